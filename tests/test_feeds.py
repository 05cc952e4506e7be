"""Feeds: what happened as feed readers list it, valid, safe, and told once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import pytest
from builders import check_in, company, cycle, key_result, objective, plan, team
from drawing import BASE, Outline, drawn, files, rendered
from hostile import hostile_company
from lxml import etree

from okrsite.company import load_company
from okrsite.feeds.atom import Entry, Feed, write_atom
from okrsite.model import Amendment, Company, Place, Rules, Weekly
from okrsite.model.change import Change, Term, Value

ROOT = Path(__file__).parents[1]
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
PLACE = Place("platform/checkins/2026-11-16.yml")


def faults(text: str) -> list[str]:
    """Return what two readers of Atom find wrong with a feed."""
    tree = etree.fromstring(text.encode())
    SCHEMA.validate(tree)
    found = [str(error) for error in SCHEMA.error_log]
    read = feedparser.parse(text.encode())
    found += [repr(read.bozo_exception)] if read.bozo else []
    ids = [read.feed.id, *(entry.id for entry in read.entries)]
    return found + [f"{id} twice" for id in ids if ids.count(id) > 1]


def entries(text: str) -> list[Any]:
    return list(feedparser.parse(text.encode()).entries)


def told(text: str) -> list[str]:
    """Return day, kind and title of each entry."""
    return [f"{e.updated[:10]} {e.tags[0].term}: {e.title}" for e in entries(text)]


def content(text: str, title: str) -> str:
    """Return the HTML of the only entry whose title begins with something."""
    [html] = [e.content[0].value for e in entries(text) if e.title.startswith(title)]
    return str(html)


def weekly(day: str, *wins: str, owner: str = "platform") -> Weekly:
    return Weekly(owner, owner, date.fromisoformat(day), PLACE, wins=wins)


def an_amended_plan() -> Company:
    """Return a company in its seventh week, with something of everything that feeds tell."""
    sev1 = key_result(
        "sev1",
        check_in("2026-11-02", 30, confidence=8),
        check_in("2026-11-09", 40, confidence=5, note="The *night* shift, see [it](okr:data)."),
        check_in("2026-11-10", 41, from_feed=True),
        title="Reduce `Sev-1` incidents",
    )
    trust = objective("trust", sev1, key_result("drills"), title="Be trusted")
    change = Change(Term.TARGET, Value("600 ms"), Value("700 ms"))
    about = sev1.ref
    amendments = (
        Amendment(date(2026, 11, 4), about, "Measured without TLS.", change=change, by="ana"),
        Amendment(date(2026, 11, 4), None, "Said of the whole.", PLACE),
    )
    old = plan(
        objective("platform@2026-q3/steady", key_result("a"), title="Steady", grade="0.7"),
        grade_note="We learned.",
    )
    fast = plan(objective("data@2026-q4/fast", key_result("p95", check_in("2026-11-09", 10))))
    third = cycle("2026-q3", "2026-07-01", "2026-09-30")
    return company(
        old,
        plan(trust, amendments=amendments),
        fast,
        cycles=(third, cycle()),
        rules=Rules(company="Harbor"),
        weeklies=(
            weekly("2026-11-09", "Zero *Sev-1* for three weeks", "A drill"),
            weekly("2026-11-09", "Faster", owner="data"),
            weekly("2026-11-16"),
        ),
    )


class TestTeam:
    def test_tells_what_happened_newest_first(self) -> None:
        assert told(files(an_amended_plan())["teams/platform/feed.xml"]) == [
            "2026-11-09 check-in: Platform · 2026-Q4, week 6 of 13: at risk 1",
            "2026-11-09 win: Platform: Zero Sev-1 for three weeks, and 1 more",
            "2026-11-04 amendment: Platform amended its plan for 2026-Q4",
            "2026-11-02 check-in: Platform · 2026-Q4, week 5 of 13: on track 1",
            "2026-10-14 grade: Platform graded 2026-Q3: 0.7",
            "2026-10-01 plan: Platform set its OKRs for 2026-Q4",
            "2026-07-01 plan: Platform set its OKRs for 2026-Q3",
        ]

    def test_a_week_says_what_flipped_and_what_was_said(self) -> None:
        html = content(
            files(an_amended_plan())["teams/platform/feed.xml"], "Platform · 2026-Q4, week 6"
        )
        page = f"{BASE}teams/platform/2026-q4/trust/"
        assert f'▲ <a href="{page}">Be trusted</a>: not started → at risk' in html
        assert f'<a href="{page}#sev1">Reduce Sev-1 incidents</a>: on track → at risk' in html
        assert "40 · confidence 5 of 10" in html
        assert f'<em>night</em> shift, see <a href="{BASE}teams/data/"' in html
        assert "41" not in html, "a feed's values are no check-in"

    def test_an_amendment_says_what_who_and_why(self) -> None:
        html = content(
            files(an_amended_plan())["teams/platform/feed.xml"], "Platform amended its plan"
        )
        assert "target 600 ms → 700 ms (Ana)<br />Measured without TLS." in html
        assert "Said of the whole." in html

    def test_a_grade_comes_with_its_note(self) -> None:
        html = content(files(an_amended_plan())["teams/platform/feed.xml"], "Platform graded")
        assert "We learned." in html
        assert "Steady</a>: 0.7" in html

    def test_becoming_outdated_is_told_when_the_week_is_over(self) -> None:
        house = company(
            plan(objective("trust", key_result("sev1", check_in("2026-10-19", 9, confidence=8)))),
            as_of="2026-11-16",
        )
        assert told(files(house)["teams/platform/feed.xml"])[0] == (
            "2026-11-04 check-in: Platform · 2026-Q4, week 5 of 13: outdated 1"
        )

    def test_is_capped(self) -> None:
        weeklies = tuple(weekly(f"2026-10-{day:02}", f"Win {day}") for day in range(1, 32))
        house = company(plan(objective()), weeklies=weeklies)
        found = told(files(house)["teams/platform/feed.xml"])
        assert len(found) == 20
        assert found[0] == "2026-10-31 win: Platform: Win 31"

    def test_without_anything_to_tell_is_a_feed_all_the_same(self) -> None:
        text = files(company(teams=(team("company"), team("new"))))["teams/new/feed.xml"]
        assert faults(text) == []
        assert told(text) == []

    def test_stays_at_its_former_address_under_its_first_name(self) -> None:
        house = company(
            plan(objective("new@2026-q4/a", key_result("b", check_in("2026-11-09", 1)))),
            teams=(team("company"), team("new", aka=("old", "newer"))),
        )
        found = files(house, "feed.xml")
        assert {"teams/old/feed.xml", "teams/newer/feed.xml"} <= set(found)
        assert found["teams/old/feed.xml"] == found["teams/new/feed.xml"]
        ids = [entry.id for entry in entries(found["teams/new/feed.xml"])]
        assert ids[0] == "tag:okrs.example.com,2026:/old@2026-q4/week-6"

    def test_a_former_name_that_is_another_s_now_is_theirs(self) -> None:
        teams = (team("company"), team("old", title="Other"), team("new", aka=("old",)))
        read = feedparser.parse(files(company(teams=teams))["teams/old/feed.xml"])
        assert read.feed.title == "Other · OKRs"

    def test_of_which_only_the_title_is_known_has_none(self) -> None:
        house = company(teams=(team("company"), team("dark", title_only=True)))
        assert "teams/dark/feed.xml" not in files(house)


class TestCompany:
    def test_tells_of_all_teams_together(self) -> None:
        assert told(files(an_amended_plan())["feed.xml"]) == [
            "2026-11-11 check-in: Harbor · 2026-Q4, week 6 of 13: at risk 1 · off track 1",
            "2026-11-09 win: Platform: Zero Sev-1 for three weeks, and 2 more",
            "2026-11-04 amendment: Platform amended its plan for 2026-Q4",
            "2026-11-04 check-in: Harbor · 2026-Q4, week 5 of 13: on track 1",
            "2026-10-14 grade: Grades of 2026-Q3",
            "2026-10-01 plan: 2 plans for 2026-Q4",
            "2026-07-01 plan: 1 plan for 2026-Q3",
        ]

    def test_names_whose_it_is(self) -> None:
        text = files(an_amended_plan())["feed.xml"]
        assert "▲ Platform · <a href=" in content(text, "Harbor · 2026-Q4, week 6")
        assert 'teams/data/">Data</a>: Faster' in content(text, "Platform: Zero")

    def test_stays_short_however_many_teams_there_are(self) -> None:
        said = (check_in("2026-11-02", 1, confidence=9), check_in("2026-11-09", 1, confidence=1))
        plans = [plan(objective(f"t{n}@2026-q4/a", key_result("b", *said))) for n in range(400)]
        weeklies = tuple(weekly("2026-11-09", f"Win {n}", owner=f"t{n}") for n in range(400))
        text = files(company(*plans, weeklies=weeklies), "feed.xml")["feed.xml"]
        assert faults(text) == []
        assert len(text) < 25_000
        assert "and 775 more" in content(text, "Company · 2026-Q4, week 6")


@pytest.fixture(scope="module")
def harbor() -> Company:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    return load_company(ROOT / "content" / "okrs", now.date(), "internal", now=now).company


@pytest.fixture(scope="module")
def feeds(harbor: Company) -> dict[str, str]:
    return files(harbor, "feed.xml")


class TestFile:
    def test_is_valid(self, feeds: dict[str, str]) -> None:
        assert len(feeds) > 15
        assert {url: faults(text) for url, text in feeds.items() if faults(text)} == {}

    def test_has_something_to_tell(self, feeds: dict[str, str]) -> None:
        kinds = {entry.tags[0].term for text in feeds.values() for entry in entries(text)}
        assert kinds == {"check-in", "win", "amendment", "plan", "grade"}

    def test_tells_nothing_of_tomorrow(self, feeds: dict[str, str]) -> None:
        days = {e.updated for text in feeds.values() for e in entries(text)}
        assert max(days) <= "2026-11-20T12:00:00Z"

    def test_leads_to_pages(self, harbor: Company, feeds: dict[str, str]) -> None:
        pages = drawn(harbor)
        ids = {url: set(Outline(html).ids) for url, html in pages.items()}
        for url, text in feeds.items():
            for entry in entries(text):
                links = [entry.link, *Outline(entry.content[0].value).links]
                for link in links:
                    target = urlsplit(link)
                    if link.startswith(BASE):
                        page, anchor = unquote(target.path[1:]), unquote(target.fragment)
                        assert page in pages, (url, link)
                        assert not anchor or anchor in ids[page], (url, link)

    def test_html_is_whole_and_dead(self, feeds: dict[str, str]) -> None:
        for text in feeds.values():
            for entry in entries(text):
                assert Outline(entry.content[0].value).faults == []

    def test_links_from_where_it_stands_where_nobody_knows_the_address(self) -> None:
        house = an_amended_plan()
        pages = drawn(house)
        text = files(house, address="")["teams/platform/feed.xml"]
        assert faults(text) == []
        assert 'rel="self"' not in text
        hrefs = re.findall('href="([^"]*)"', text)
        assert "2026-q4/" in hrefs
        for href in hrefs:
            target = urlsplit(urljoin(f"{BASE}teams/platform/feed.xml", href))
            assert unquote(target.path[1:]) in pages, href
        assert "<id>tag:harbor.invalid,2026:/platform/feed</id>" in text

    def test_links_name_files_where_addresses_do(self) -> None:
        text = files(an_amended_plan(), directory_urls=False)["feed.xml"]
        assert f'href="{BASE}cycles/2026-q4/index.html"' in text
        assert f'<link rel="alternate" type="text/html" href="{BASE}index.html"/>' in text

    def test_ids_are_of_the_folder_that_the_site_lies_in(self) -> None:
        text = files(an_amended_plan(), address="https://münchen.example/our/okrs/")["feed.xml"]
        assert "<id>tag:xn--mnchen-3ya.example,2026:/our/okrs/feed</id>" in text
        assert faults(text) == []

    @pytest.mark.parametrize(
        "payload",
        [
            "<script>alert(1)</script>",
            "]]><script>alert(1)</script><![CDATA[",
            '"><img src=x onerror=alert(1)>',
            "[x](javascript:alert(1)) ![y](https://evil.example/pixel.png)",
            "&lt;b&gt; \x00\x0b\ufffe 🙂",
            "مرحبا <b> 中文",
        ],
    )
    def test_what_people_write_is_text(self, payload: str) -> None:
        for text in files(hostile_company(payload), "feed.xml").values():
            assert faults(text) == []
            for entry in entries(text):
                assert Outline(entry.content[0].value).faults == []

    def test_writes_what_xml_forbids_as_nothing(self) -> None:
        day = date(2026, 11, 16)
        entry = Entry("tag:a.example,2026:/x", "a\x0bb", "x/", day, day, "win", "<p>\x00]]></p>")
        feed = Feed("tag:a.example,2026:/f", "T", "", "A", "./", "", day, "en", (entry,))
        text = write_atom(feed)
        assert faults(text) == []
        assert entries(text)[0].title == "ab"
        assert entries(text)[0].content[0].value == "<p>]]></p>"

    def test_hangs_on_its_own_team_alone(self) -> None:
        site = rendered(an_amended_plan())
        with site.watch.reading() as parts:
            {asset.url: asset for asset in site.assets}["teams/data/feed.xml"].draw()
        assert parts == {
            ("plans_of", "data"),
            ("weeklies_of", "data"),
            ("plan", "data", "2026-q4"),
        }


def test_a_check_in_makes_only_its_team_s_files_new() -> None:
    before = an_amended_plan()
    fast = before.plans[2]
    said = check_in("2026-11-16", 20)
    [result] = fast.objectives[0].key_results
    result = replace(result, check_ins=(*result.check_ins, said))
    again = replace(fast, objectives=(replace(fast.objectives[0], key_results=(result,)),))
    after = replace(before, plans=(*before.plans[:2], again))
    was, now = rendered(before), rendered(after)
    assert was.everywhere == now.everywhere
    new = set()
    for asset in was.assets:
        with was.watch.reading() as parts:
            asset.draw()
        assert parts, f"{asset.url} would be drawn in every build"
        if was.digest(parts) != now.digest(parts):
            new.add(asset.url)
    assert new == {
        "feed.xml",
        "teams/data/feed.xml",
        "badges/data.svg",
        "badges/data/fast.svg",
    }
