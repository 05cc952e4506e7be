"""`feed:` files, date,value rows that a job commits → check-ins with a value and nothing else."""

from __future__ import annotations

import csv
import io
import posixpath

from okrsite.model import CheckIn, KeyResult, Place
from okrsite.model.quick import quick_dataclass
from okrsite.read.records import Text
from okrsite.resolve.desk import Desk
from okrsite.resolve.values import read_number
from okrsite.tree import read_date


@quick_dataclass(frozen=True, slots=True)
class Feed:
    """A feed's path in the tree, and its rows."""

    path: str
    check_ins: tuple[CheckIn, ...]


def read_feed(
    name: Text, kr: KeyResult, folder: str, data: dict[str, bytes], language: str, desk: Desk
) -> Feed | None:
    """Return a feed's rows up to the as-of date; what cannot be read is reported."""
    path = _find(name.value, folder, data)
    if path is None:
        desk.report(
            "OKR-C017",
            name.place,
            f"there is no feed at '{name.value}'",
            "write the path of a .csv file, relative to this plan's folder",
        )
        return None
    try:
        text = data[path].decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        desk.report(
            "OKR-C017",
            Place(path),
            "this feed is no CSV file in UTF-8",
            "write rows of date,value such as 2026-11-16,720",
        )
        return Feed(path, ())
    has_header = bool(rows and rows[0]) and _is_header(rows[0])
    columns = max(2, len(rows[0])) if has_header else 2
    found = (
        _row(row, columns, Place(path, line, 1, line, 1), kr, language, desk)
        for line, row in enumerate(rows, 1)
        if any(cell.strip() for cell in row) and not (line == 1 and has_header)
    )
    return Feed(path, tuple(row for row in found if row and row.date <= desk.as_of))


def _find(name: str, folder: str, data: dict[str, bytes]) -> str | None:
    for start in (folder, ""):
        path = posixpath.normpath(posixpath.join(start, name))
        if path in data and path.lower().endswith(".csv"):
            return path
    return None


def _is_header(row: list[str]) -> bool:
    return not any(character.isdigit() for character in row[0])


def _row(
    row: list[str], columns: int, place: Place, kr: KeyResult, language: str, desk: Desk
) -> CheckIn | None:
    cells = [cell.strip() for cell in row]
    day = read_date(cells[0])
    # A third cell that no header announces is the rest of a number, such as 1,200.
    if day is None or len(cells) < 2 or any(cells[columns:]):
        desk.report(
            "OKR-C017",
            place,
            f"'{','.join(cells)[:40]}' is no row of date and value",
            "write it as 2026-11-16,720",
        )
        return None
    if not cells[1]:
        return None
    value = read_number(Text(cells[1], place), kr, language, desk, "OKR-C017")
    return CheckIn(day, place, value=value, from_feed=True) if value else None
