"""A made-up company → the same pages as Markdown, for MkDocs + Material and for Zensical.

Every page that okrsite makes has its page here, with the same key results, check-ins and notes.
Charts and bars are ready-made inline SVG and HTML, so that these peers need not draw them. Settings
are what their manuals recommend for large sites: pages of single teams, people and objectives stay
out of the navigation, and what is left of it is pruned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .company import CYCLE, Company
from .places import Place
from .plans import Team
from .views import KeyResult, Objective, View, bar, draw_chart, percent, views

_CONFIG = """\
site_name: Meridian OKRs
site_url: https://okrs.meridian.example/
docs_dir: docs
site_dir: site

theme:
  name: material
  font: false
  features:
    - navigation.tabs
    - navigation.indexes
    - navigation.prune

plugins:
  - search

extra_css:
  - okrs.css

markdown_extensions:
  - attr_list
  - md_in_html
  - tables
  - toc

not_in_nav: |
  /teams/*/
  /people/*
validation:
  nav:
    omitted_files: ignore

nav:
"""

CSS = """\
.bar { display: inline-block; width: 8em; height: .5em; background: #8884; }
.bar span { display: block; height: 100%; background: #4051b5; }
.chart { max-width: 40em; fill: none; stroke: #4051b5; }
.chart text { font-size: 9px; fill: currentColor; stroke: none; }
.chart .expected { stroke-dasharray: 3; stroke: #8888; }
.chart .target { stroke: #4a48; }
"""

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


def write_markdown(folder: Path, company: Company, places: list[Place]) -> None:
    """Write a MkDocs project with one Markdown page for each of the places."""
    seen = views(company)
    pages = _Pages(company, seen)
    docs = folder / "docs"
    for place in places:
        file = docs / f"{place.url}index.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(pages.page(place)) + "\n", encoding="utf-8")
    (docs / "okrs.css").write_text(CSS, encoding="utf-8")
    heads = [place for place in places if place.is_in_nav]
    nav = "".join(f"  - {place.title}: {place.url}index.md\n" for place in heads)
    (folder / "mkdocs.yml").write_text(_CONFIG + nav, encoding="utf-8")


class _Pages:
    """Writes pages of one company."""

    def __init__(self, company: Company, seen: dict[str, View]) -> None:
        self.company = company
        self.seen = seen
        self.titles = {
            f"{view.written.team.id}/{each.source['id']}": each.source["title"]
            for view in seen.values()
            for each in view.objectives
        }
        self.supporters: dict[str, list[str]] = {}
        self.below: dict[str, list[Team]] = {}
        self.home: dict[str, Team] = {}
        for view in seen.values():
            team = view.written.team
            self.home |= dict.fromkeys((team.lead, team.member), team)
            if team.parent:
                self.below.setdefault(team.parent.id, []).append(team)
            for each in view.objectives:
                for ref in _supports(each):
                    self.supporters.setdefault(ref, []).append(f"{team.id}/{each.source['id']}")

    def page(self, place: Place) -> Iterator[str]:
        """Yield a page's lines."""
        up = "../" * place.url.count("/")
        if place.kind == "person":
            return self._person(place, up)
        if place.kind == "list":
            return self._list(place, up)
        view = self.seen[place.team]
        if place.kind == "objective":
            wanted = next(each for each in view.objectives if each.source["id"] == place.item)
            return self._objective(view, wanted, up)
        return self._team(view, up, whole=place.kind == "team")

    def _list(self, place: Place, up: str) -> Iterator[str]:
        yield f"# {place.title}\n\nWhat we want to achieve this quarter, and how far we are.\n"
        if place.people:
            yield "| Who | What | Team |\n|---|---|---|"
            for handle in place.rows:
                title = self.company.people[handle]["title"]
                team = self.home[handle]
                yield f"| {self._who(handle, up)} | {title} | [{_text(team.title)}]({up}teams/{team.id}/index.md) |"
            return
        yield "| Team | Objective | Progress | Confidence |\n|---|---|---|---|"
        for id in place.rows:
            view = self.seen[id]
            for each in view.objectives:
                yield (
                    f"| [{_text(view.written.team.title)}]({up}teams/{id}/index.md) "
                    f"| {self._link(id, each, up)} | {bar(_mean(each))} {percent(_mean(each))} "
                    f"| {_confidence(each)} |"
                )

    def _person(self, place: Place, up: str) -> Iterator[str]:
        handle = place.item
        team = self.home[handle]
        yield f"# {self.company.people[handle]['name']}\n"
        yield f"{self.company.people[handle]['title']} · [{_text(team.title)}]({up}teams/{team.id}/index.md)\n"
        yield "## Answers for these objectives\n"
        for each in self.seen[team.id].objectives:
            if each.source["owner"] == handle:
                yield from self._short(team, each, up)
        yield "\n## Owns these key results\n"
        yield from _HEAD
        for each in self.seen[team.id].objectives:
            for kr in each.key_results:
                if kr.owner == handle:
                    yield self._row(kr, up)

    def _team(self, view: View, up: str, *, whole: bool) -> Iterator[str]:
        team = view.written.team
        yield f"# {_text(team.title)}{'' if whole else ', ' + CYCLE}\n"
        yield f"Nobody has to think about {_text(team.title)}.\n"
        yield f"{team.level.capitalize()} · lead {self._who(team.lead, up)} · 2 people\n"
        newest = list(view.written.check_ins.values())[-1]
        if whole:
            for key in ("priorities", "upcoming", "wins"):
                if key in newest:
                    yield f"## {key.capitalize()}\n"
                    yield from (f"- {_text(text)}" for text in newest[key])
                    yield ""
        yield "## Objectives and key results\n"
        for each in view.objectives:
            yield from self._short(team, each, up)
        yield f"\n## Health\n\n- Mood of the team {newest['health']['mood']} (≥ 4)\n"
        yield "## Confidence and progress\n"
        yield self._weeks_chart(view)
        yield "\n| Week | Confidence | Progress |\n|---|---|---|"
        yield from (f"| {day} | {mean} | {share} |" for day, mean, share in view.weeks)
        if whole:
            yield from self._about(view, up)

    def _about(self, view: View, up: str) -> Iterator[str]:
        team = view.written.team
        if below := self.below.get(team.id):
            yield "\n## Teams below\n"
            for each in below:
                yield f"- [{_text(each.title)}]({up}teams/{each.id}/index.md)"
        yield f"\n## People\n\n- {self._who(team.lead, up)}\n- {self._who(team.member, up)}\n"
        yield f"## About\n\nWe are {_text(team.title)}."
        yield "We plan in quarters, check in on Mondays and share on Fridays.\n"
        yield "Ask us anything on our board; who is on duty answers within the day.\n"
        yield "## How to check in: a file with these lines\n\n```yaml\nkey_results:"
        for objective in view.objectives:
            for kr in objective.key_results:
                yield f"  # {kr.title} ({kr.now})\n  {objective.source['id']}/{kr.id}:"
        yield "```"

    def _short(self, team: Team, each: Objective, up: str) -> Iterator[str]:
        yield f"\n### {self._link(team.id, each, up)}\n"
        yield f"{each.source['type']} · {self._who(each.source['owner'], up)} {self._ties(each, up)}\n"
        yield f"{bar(_mean(each))} {percent(_mean(each))} · confidence {_confidence(each)}\n"
        yield from _HEAD
        yield from (self._row(kr, up) for kr in each.key_results)

    def _row(self, kr: KeyResult, up: str) -> str:
        return (
            f"| {kr.priority} | {_text(kr.title)} | {self._who(kr.owner, up)} | {kr.start} | {_text(kr.now)} "
            f"| {_text(kr.target)} | {bar(kr.share)} {percent(kr.share)} | {kr.confidence} |"
        )

    def _objective(self, view: View, each: Objective, up: str) -> Iterator[str]:
        source, team = each.source, view.written.team
        yield f"# {_text(source['title'])}\n"
        yield f"[{_text(team.title)}]({up}teams/{team.id}/index.md) · [{CYCLE}]({up}teams/{team.id}/{CYCLE}/index.md)\n"
        yield (
            f"{source['type']} · {source['origin']} · owner {self._who(source['owner'], up)} · "
            f"{' '.join('#' + tag for tag in source['tags'])}\n"
        )
        yield f"{bar(_mean(each))} {percent(_mean(each))} · confidence {_confidence(each)}\n"
        yield f"## Why\n\n{_text(source['why'])}\n"
        yield f"## Hangs together with\n\n{self._ties(each, up)}\n"
        for ref in self.supporters.get(f"{team.id}/{source['id']}", ()):
            yield f"- supported by {self._ref(ref, up)}"
        for kr in each.key_results:
            yield from self._key_result(view, kr, up)
        yield "\n## Initiatives\n"
        yield from (f"- {_text(text)}" for text in source["initiatives"])

    def _key_result(self, view: View, kr: KeyResult, up: str) -> Iterator[str]:
        days = list(view.written.check_ins)
        points = [
            (days.index(row.day), row.share, row.value)
            for row in reversed(kr.rows)
            if row.share is not None
        ]
        yield f"\n## {_text(kr.title)} {{ #{kr.id} }}\n"
        yield f"{kr.priority} · {self._who(kr.owner, up)} · {bar(kr.share)} {percent(kr.share)} · confidence {kr.confidence}\n"
        drawn = draw_chart(kr.title, days, points)
        yield f"<figure>{drawn}</figure>\n"
        yield "| | |\n|---|---|"
        yield from (f"| {name} | {_text(text)} |" for name, text in kr.facts)
        yield "\n| Date | Value | Confidence | By | Said |\n|---|---|---|---|---|"
        for row in kr.rows:
            said = "<br>".join(_text(text) for text in row.said)
            yield f"| {row.day} | {_text(row.value) or '–'} | {row.confidence} | {self._who(row.by, up)} | {said} |"

    def _weeks_chart(self, view: View) -> str:
        days = [day for day, _, _ in view.weeks]
        points = [
            (week, float(share.removesuffix(" %")) / 100, share)
            for week, (_, _, share) in enumerate(view.weeks)
        ]
        return f"<figure>{draw_chart('Confidence and progress', days, points)}</figure>"

    def _ties(self, each: Objective, up: str) -> str:
        ties = [f"supports {self._ref(ref, up)}" for ref in _supports(each)]
        ties += [f"depends on {self._ref(ref, up)}" for ref in each.source.get("depends_on", ())]
        return " · ".join(ties)

    def _ref(self, ref: str, up: str) -> str:
        team, _, objective = ref.partition("/")
        return f"[{_text(self.titles[ref])}]({up}teams/{team}/{CYCLE}/{objective}/index.md)"

    def _link(self, team: str, each: Objective, up: str) -> str:
        return self._ref(f"{team}/{each.source['id']}", up)

    def _who(self, handle: str, up: str) -> str:
        return f"[{self.company.people[handle]['name']}]({up}people/{handle}/index.md)"


_HEAD = (
    "| | Key result | Owner | From | Now | Target | Progress | Confidence |",
    "|---|---|---|---|---|---|---|---|",
)


def _supports(each: Objective) -> list[str]:
    return [each.source["supports"]] if "supports" in each.source else []


def _mean(each: Objective) -> float | None:
    shares = [kr.share for kr in each.key_results if kr.share is not None]
    return sum(shares) / len(shares) if shares else None


def _confidence(each: Objective) -> str:
    said = [float(kr.confidence) for kr in each.key_results if kr.confidence]
    return f"{sum(said) / len(said):.1f}" if said else "–"


def _text(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", words)
