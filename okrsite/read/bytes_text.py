"""The bytes of a content file → its text, or why they are none."""

from __future__ import annotations

from okrsite.model import Place
from okrsite.problems import Problem
from okrsite.read.skeleton import Skeleton, TooMuchError
from okrsite.read.source import has_controls, lines_of, report_controls

MOST_BYTES = 1 << 20

_WIDE = (b"\xff\xfe", b"\xfe\xff")
_SAVE = "save the file as UTF-8"


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Return a file's text, with plain line ends and without a BOM, and the problems found.

    The text is None where the bytes are no text at all; single bytes that are no UTF-8 become
    U+FFFD, so that the rest can be read.
    """
    if len(data) > MOST_BYTES:
        place = Place(path, 1, 1, 1, 2)
        size = f"{len(data) / MOST_BYTES:,.1f} MiB"
        message = f"this file has {size}, and okrsite reads up to 1 MiB"
        return None, [Problem("OKR-Y008", place, message, "split it into several files")]
    if data.startswith(_WIDE) or data.count(0) > len(data) // 8:
        place = Place(path, 1, 1, 1, 2)
        message = "this file is no UTF-8; it looks like UTF-16 or a binary file"
        return None, [Problem("OKR-F007", place, message, _SAVE)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _decode_rest(data, path, error)
    if "\r" not in text and not has_controls(text):
        return text, []
    skeleton = Skeleton(path, lines_of(text))
    problems: list[Problem] = []
    try:
        report_controls(skeleton)
    except TooMuchError:
        problems.append(Problem("OKR-F007", Place(path), "this file is no text", _SAVE))
        return None, problems
    return "\n".join(skeleton.lines), skeleton.problems


def _decode_rest(
    data: bytes, path: str, error: UnicodeDecodeError
) -> tuple[str | None, list[Problem]]:
    """Report the first byte that is no UTF-8, and keep all others."""
    byte = data[error.start : error.start + 1]
    lines = lines_of(data[: error.start].decode("utf-8-sig"))
    line, column = len(lines), len(lines[-1]) + 1
    meant = byte.decode("cp1252", "ignore")
    hint = f", in Windows-1252 '{meant}'" if meant.isprintable() and meant else ""
    problem = Problem(
        "OKR-F007",
        Place(path, line, column, line, column + 1),
        f"a byte stands here that is no UTF-8 (0x{byte.hex().upper()}{hint})",
        f"{_SAVE}, and type the sign again",
    )
    text = data.decode("utf-8-sig", "replace")
    readable = text.count("\ufffd") * 10 <= len(text)
    return ("\n".join(lines_of(text)) if readable else None), [problem]
