"""OKRs as companies really wrote them, in Markdown → plans of a tree, every sentence kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

DATA = Path(__file__).parents[2] / "shared/data/real-okrs"
_HEADING = re.compile(r"(#{2,})\s+(.*\S)")
_ITEM = re.compile(r"(\s*)(?:[-*]|\d+[.)])\s+(\[[ xX]\]\s+)?(.*\S)")


@dataclass
class Item:
    """A line of a list, with the lines below it."""

    text: str
    checked: bool = False
    below: list[Item] = field(default_factory=list)


@dataclass
class Part:
    """An objective: a title with its list."""

    title: str
    items: list[Item] = field(default_factory=list)


def read_headings(text: str) -> list[Part]:
    """Read a document in which headings are objectives and the lists below them key results."""
    parts: list[Part] = []
    indents: list[tuple[int, Item]] = []
    for line in text.splitlines():
        if heading := _HEADING.fullmatch(line.rstrip()):
            parts.append(Part(heading[2]))
            indents = []
        elif (item := _ITEM.fullmatch(line.rstrip())) and parts:
            found = Item(item[3], (item[2] or "").strip().lower() == "[x]")
            indents = [(depth, above) for depth, above in indents if depth < len(item[1])]
            (indents[-1][1].below if indents else parts[-1].items).append(found)
            indents.append((len(item[1]), found))
    return [part for part in parts if part.items]


def read_labels(text: str) -> list[Part]:
    """Read a document whose list items begin with **Objective:** and **Key Result:**."""
    (whole,) = read_headings("## All\n" + text[text.index("* **Objective:**") :])
    return [
        Part(_unlabelled(objective), [_labelled(kr) for kr in objective.below])
        for objective in whole.items
    ]


def write_plan(parts: list[Part]) -> str:
    """Write objectives as a person would paste them: quoted only where the reader asks for it."""
    lines = ["objectives:"]
    for part in parts:
        lines += [f"  - title: {_typed(part.title)}", "    key_results:"]
        for item in part.items:
            box = "[x] " if item.checked else ""
            if not item.below:
                lines.append(f"      - {box}{_typed(item.text)}")
                continue
            lines += [f"      - title: {_typed(item.text)}", "        milestones:"]
            lines += [
                f"          - {'[x] ' if step.checked else ''}{_typed(step.text)}"
                for step in item.below
            ]
    return "\n".join(lines) + "\n"


def _unlabelled(item: Item) -> str:
    return re.sub(r"^\*\*[\w ]+:\*\*\s*", "", item.text)


def _labelled(item: Item) -> Item:
    return Item(_unlabelled(item), item.checked, item.below)


def _typed(text: str) -> str:
    # The reader refuses ` #word` and says to quote it.
    if re.search(r"\s#\S", text):
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return text
