"""The guide is true: its examples are read, its messages are printed, its links lead somewhere."""

import re
from pathlib import Path

import guide
import markdown
import pytest

from okrsite.problems import CODES, Severity
from okrsite.read.schema import KEY_RESULT, OBJECTIVE, RULES, TEAM

PAGES = sorted(guide.GUIDE.glob("*.md"))
README = guide.ROOT / "README.md"
SECTIONS = guide.sections(guide.PROBLEMS.read_text(encoding="utf-8"))
# These cannot be told without the message about the mistake itself.
ACCOMPANIED = {"OKR-V003", "OKR-V004"}
# What is found while a site is opened or built, not while files are read.
ELSEWHERE = {"OKR-F006", "OKR-F008", "OKR-H001", "OKR-P001", "OKR-P002"} | {
    *("OKR-H002", "OKR-H003", "OKR-V005")
}


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=path.name) for path in paths]


def anchors(page: Path) -> set[str]:
    html = markdown.markdown(
        page.read_text(encoding="utf-8"), extensions=["toc", "attr_list", "fenced_code"]
    )
    return set(re.findall(r'id="([^"]+)"', html))


def test_every_code_has_its_section_under_its_own_title() -> None:
    assert {each.code: each.title for each in SECTIONS} == {
        code: entry.title for code, entry in CODES.items()
    }
    assert len(SECTIONS) == len(CODES)


def test_every_section_has_the_anchor_that_diagnostics_link_to() -> None:
    assert {each.code.lower() for each in SECTIONS} <= anchors(guide.PROBLEMS)
    assert [each.code for each in SECTIONS if each.anchor != each.code.lower()] == []


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.code)
def test_every_section_shows_a_message_and_a_mend(section: guide.Section) -> None:
    assert f"{CODES[section.code].severity}[{section.code}]" in section.message
    assert "**Mend:** " in section.body
    assert guide.has_example(section) == (section.code not in ELSEWHERE)


@pytest.mark.parametrize(
    "section", [each for each in SECTIONS if guide.has_example(each)], ids=lambda each: each.code
)
def test_an_example_gives_its_problem_and_no_other(section: guide.Section, tmp_path: Path) -> None:
    source = tmp_path / "okrs"
    source.mkdir()
    guide.write_example(section, source)
    found = {problem.code for problem in guide.read_problems(source)[0]}
    assert section.code in found
    assert found == {section.code} or section.code in ACCOMPANIED


@pytest.mark.parametrize(
    "section", [each for each in SECTIONS if guide.has_example(each)], ids=lambda each: each.code
)
def test_a_message_is_printed_as_the_guide_shows_it(section: guide.Section, tmp_path: Path) -> None:
    source = tmp_path / "okrs"
    source.mkdir()
    assert guide.message_of(section, source) == section.message, (
        "if the new message is the better one: python tests/guide.py"
    )


@pytest.mark.parametrize(
    "page", named([page for page in [*PAGES, README] if page != guide.PROBLEMS])
)
def test_a_page_s_examples_are_valid(page: Path, tmp_path: Path) -> None:
    for number, files in enumerate(guide.companies(page.read_text(encoding="utf-8"))):
        source = tmp_path / str(number)
        guide.write_files(files, source)
        problems, _ = guide.read_problems(source)
        wrong = [each for each in problems if each.severity is not Severity.ADVICE]
        assert [f"{each.place} {each.code} {each.message}" for each in wrong] == []


def test_pages_with_examples_are_found() -> None:
    counts = {page.name: len(list(guide.companies(page.read_text("utf-8")))) for page in PAGES}
    assert {name for name, count in counts.items() if count} >= {
        "check-in.md",
        "customise.md",
        "first-plan.md",
        "format.md",
        "index.md",
    }


@pytest.mark.parametrize("page", named([*PAGES, README]))
def test_links_lead_to_pages_and_anchors_that_exist(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    text = re.sub(r"`[^`\n]*`", "", text)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if link.startswith(("http:", "https:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", named([*PAGES, README]))
def test_only_commands_that_exist_are_spoken_of(page: Path) -> None:
    from okrsite.cli import COMMANDS

    text = page.read_text(encoding="utf-8")
    shells = re.findall(r"^```sh\n(.*?)^```$", text, flags=re.M | re.S)
    used = set(
        re.findall(r"`okrsite ([a-z]+)", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S))
    )
    used |= set(re.findall(r"^okrsite ([a-z]+)", "\n".join(shells), flags=re.M))
    assert used - set(COMMANDS) == set()


@pytest.mark.parametrize(
    ("fields", "table"),
    [
        (TEAM, "`team.md`"),
        (RULES, "`okrs.yml`"),
        (OBJECTIVE, "An objective"),
        (KEY_RESULT, "A key"),
    ],
    ids=["team", "rules", "objective", "key result"],
)
def test_the_reference_names_every_field(fields: object, table: str) -> None:
    text = (guide.GUIDE / "format.md").read_text(encoding="utf-8")
    assert [key for key in fields.keys if f"`{key}`" not in text] == []  # type: ignore[attr-defined]
