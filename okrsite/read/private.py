"""Fields and lines that cannot be read → whether they may have said who may see what.

What cannot be read about visibility counts as the narrowest, so a doubt is enough here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from okrsite.model import Place
from okrsite.problems import nearest
from okrsite.read.nodes import Node, Scalar

FIELD = "visibility"
_SYNONYMS = {
    "access",
    "audience",
    "audiences",
    "confidential",
    "hidden",
    "private",
    "restricted",
    "secret",
    "visible",
    "可见性",
    "sichtbarkeit",
    "visibilidad",
    "visibilidade",
    "visibilité",
}
_MENTION = re.compile(r"\bvi?si?b|\baudience|\bprivate\b|\bconfidential\b", re.IGNORECASE)


def is_visibility(key: str) -> bool:
    """Tell whether an unknown field was probably meant as `visibility:`."""
    return key.casefold() in _SYNONYMS or bool(nearest(key, [FIELD], 1))


def names_audience(value: Node, audiences: Collection[str]) -> bool:
    """Tell whether a value is one of the company's audiences."""
    known = {audience.casefold() for audience in audiences}
    return isinstance(value, Scalar) and value.text.casefold() in known


def is_mentioned(lines: Iterable[str]) -> bool:
    """Tell whether lines that could not be read speak of who may see something."""
    return any(_MENTION.search("".join(filter(str.isprintable, line))) for line in lines)


def lines_around(place: Place, lines: Sequence[str]) -> range:
    """Return the numbers of a node's lines, from 1, those after its last readable key included."""
    end = place.end_line
    while end < len(lines):
        line = lines[end]
        if line.strip() and len(line) - len(line.lstrip()) < place.column - 1:
            break
        end += 1
    return range(place.line, end + 1)
