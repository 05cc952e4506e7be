"""Pictures that prose or people.yml name → those that are not there, each where it is named."""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from okrsite.model import Company, Place
from okrsite.pictures import ENDINGS, NamedPicture, named_pictures
from okrsite.read import Reading
from okrsite.resolve.desk import Desk

_LINKED = re.compile(r"\](?:\(\s*<?|:\s+<?)([^)>\s]+)")


def linked_paths(reading: Reading) -> set[str]:
    """Return the paths that any text links, relative to the file that does: they are no strays."""
    named: set[str] = set()
    for path, data in reading.tree.data.items():
        if b"](" not in data and b"]:" not in data:
            continue
        text = reading.texts.get(path, "")
        folder = posixpath.dirname(path)
        for link in _LINKED.findall(text):
            named.add(posixpath.normpath(posixpath.join(folder, unquote(link.partition("#")[0]))))
    named.update(posixpath.normpath(record.person.avatar) for record in reading.records.people)
    return named


def check_pictures(company: Company, reading: Reading, desk: Desk) -> None:
    """Report the pictures that no page can show, each once for each place that names it."""
    told: set[Place] = set()
    for named in named_pictures(company):
        place = _place_of(named, reading.texts.get(named.place.path, ""))
        if named.path in reading.tree.pictures or place in told:
            continue
        told.add(place)
        desk.report("OKR-P003", place, *_what_is_wrong(named, reading))


def _what_is_wrong(named: NamedPicture, reading: Reading) -> tuple[str, str]:
    """Return a message and a mend."""
    address = unquote(named.address)
    if named.path not in reading.tree.strays:
        mend = "correct the path, which counts from this file, or put the picture there"
        return f"no picture is at '{address}'", mend
    if PurePosixPath(named.path).suffix.lower() in ENDINGS:
        return f"the picture '{address}' holds more than 5 MB", "make it smaller"
    known = ", ".join(ending[1:] for ending in ENDINGS)
    return f"'{address}' is no picture that pages show", f"save it as one of: {known}"


def _place_of(named: NamedPicture, text: str) -> Place:
    """Return where an address is written: from the beginning of what names it on."""
    spellings = (named.address, unquote(named.address))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines[named.place.line - 1 :], named.place.line):
        for spelling in spellings:
            if (column := line.find(spelling) + 1) > 0:
                end = column + len(spelling)
                return Place(named.place.path, number, column, number, end)
    return named.place
