"""The guide's pages → their examples, and what okrsite says about each.

``python tests/guide.py`` writes the messages of `problems.md` anew after one was reworded.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from okrsite.problems import Problem, format_problems

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "content" / "docs" / "guide"
PROBLEMS = GUIDE / "problems.md"
AS_OF = date(2026, 11, 20)

_FENCE = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$', re.M | re.S
)
_SECTION = re.compile(r"^### (?P<code>OKR-\w+) · (?P<title>.*?) \{ #(?P<anchor>[\w-]+) \}$", re.M)


def _link_beside_a_plan(folder: Path) -> None:
    (folder / "2026-q4.yml").write_text("- Be trusted\n")
    (folder / "platform").symlink_to(folder.parent)


# What a page cannot show as text: how to make the file, and what it is called.
_BY_HAND = {
    "OKR-F005": _link_beside_a_plan,
    "OKR-F007": lambda folder: (folder / "2026-q4.yml").write_bytes(b"- Caf\xe9 first\n"),
    "OKR-Y008": lambda folder: (folder / "2026-q4.yml").write_text("#" * (1 << 21)),
    "OKR-Y020": lambda folder: (folder / "2026-q4.yml").write_text("- Be\u2028trusted\n"),
}


@dataclass
class Section:
    """What `problems.md` says about one code."""

    code: str
    title: str
    anchor: str
    body: str
    files: dict[str, str] = field(default_factory=dict)
    message: str = ""


def sections(page: str) -> list[Section]:
    """Return what a page says about each code."""
    found = list(_SECTION.finditer(page))
    ends = [match.start() for match in found[1:]] + [len(page)]
    return [
        _section(match, page[match.end() : end]) for match, end in zip(found, ends, strict=True)
    ]


def _section(heading: re.Match[str], body: str) -> Section:
    section = Section(heading["code"], heading["title"], heading["anchor"], body)
    for fence in _FENCE.finditer(body):
        if fence["title"]:
            section.files[fence["title"]] = fence["text"]
        elif fence["language"] == "text":
            section.message = fence["text"]
    return section


def companies(page: str) -> Iterator[dict[str, str]]:
    """Yield a page's example files, anew whenever the page shows a file in its next version."""
    files: dict[str, str] = {}
    for fence in _FENCE.finditer(page):
        if path := (fence["title"] or "").removeprefix("content/okrs/"):
            if path in files:
                yield dict(files)
            files[path] = fence["text"]
    if files:
        yield files


def write_example(section: Section, folder: Path) -> None:
    """Write the files of a section's example."""
    if section.code in _BY_HAND:
        _BY_HAND[section.code](folder)
    write_files(section.files, folder)


def write_files(files: dict[str, str], folder: Path) -> None:
    """Write files by path into a folder."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def read_problems(folder: Path) -> tuple[tuple[Problem, ...], dict[str, str]]:
    """Return what is wrong in a folder, and the texts of its files."""
    from okrsite.read import read_company
    from okrsite.resolve import resolve_company

    reading = read_company(folder)
    return resolve_company(reading, AS_OF, name="Acme").problems, reading.texts


def message_of(section: Section, folder: Path) -> str:
    """Return the frames that a section's example gives, without the link to the section itself."""
    write_example(section, folder)
    problems, texts = read_problems(folder)
    own = [problem for problem in problems if problem.code == section.code]
    lines = format_problems(own, "text", texts).split("\n")
    kept = [line for line in lines[:-1] if not line.lstrip().startswith("= read:")]
    return "\n".join(kept).strip("\n") + "\n"


def has_example(section: Section) -> bool:
    """Tell whether a section's message comes from files that can be made here."""
    return bool(section.files) or section.code in _BY_HAND


def rewrite(page: str) -> str:
    """Return a page with every message as it is printed now."""
    for section in sections(page):
        if has_example(section):
            with tempfile.TemporaryDirectory() as folder:
                source = Path(folder) / "okrs"
                source.mkdir()
                message = message_of(section, source)
            if not message.strip():
                raise SystemExit(f"the example of {section.code} does not give that problem")
            old, new = f"```text\n{section.message}```", f"```text\n{message}```"
            page = page.replace(section.body, section.body.replace(old, new))
    return page


if __name__ == "__main__":
    PROBLEMS.write_text(rewrite(PROBLEMS.read_text(encoding="utf-8")), encoding="utf-8")
