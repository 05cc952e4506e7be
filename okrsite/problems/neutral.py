"""Text from content → text that can do nothing to a terminal, a CI log or a comment.

What people wrote is quoted in diagnostics, and diagnostics are printed where characters are
commands: a terminal obeys escape sequences, a CI runner obeys ``::error`` and ``##[command]``, a
forge pings whoever is mentioned in a comment.
"""

from __future__ import annotations

import re
import unicodedata

# Joiners are invisible too, but Persian, the Indic scripts and emoji are spelt with them.
_JOINERS = "\u200c\u200d"

# Controls (C0 and C1), formats (bidi overrides, zero width), lone surrogates, line separators.
_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

# The second of two colons, and the second # of a runner's `##[command]` or `##vso[command]`.
_COMMAND = re.compile(r"(?<=:):|(?<=#)#(?=[A-Za-z]*\[)")

_MARKDOWN = re.compile(r"[\\`*_\[\]<>#&|~!$()/+=\-]")
# What GitHub and GitLab turn into a mention, a cross-reference or a label when a word follows.
_REFERENCE = re.compile(r"[@#!%~&$](?=\S)|\bGH(?=-\d)")


def is_unsafe(character: str) -> bool:
    """Tell whether a character is a command, invisible, or turns the direction of text."""
    return unicodedata.category(character) in _CATEGORIES and character not in _JOINERS


def neutral_cells(text: str) -> list[str]:
    r"""Return what to print for each character of a text, ``\x1b`` for an escape.

    A line break is a command too; whoever wants lines splits them before. A tab becomes ``\t``.
    """
    commands = {match.start() for match in _COMMAND.finditer(text)}
    return [
        _escaped(character) if index in commands or is_unsafe(character) else character
        for index, character in enumerate(text)
    ]


def neutral(text: str) -> str:
    """Return a text on one line that neither a terminal nor a CI runner obeys."""
    return "".join(neutral_cells(text))


def neutral_path(path: str) -> str:
    """Return a path that stays one word in ``path:line:column``, and obeyed by nobody."""
    return neutral(path).replace(":", _escaped(":"))


def neutral_json(document: str) -> str:
    r"""Return a JSON document that says the same, with unsafe characters as ``\u001b``.

    Programs read back exactly what was found; terminals and CI runners see nothing to obey.
    """
    commands = {match.start() for match in _COMMAND.finditer(document)}
    return "".join(
        _json_escaped(character)
        if index in commands or (is_unsafe(character) and character != "\n")
        else character
        for index, character in enumerate(document)
    )


def neutral_markdown(text: str) -> str:
    """Return Markdown that shows a text as it is: no markup, mention, reference or quick action."""
    # A zero-width space after the sign: the forge looks for mentions after rendering, so that
    # neither a backslash nor an entity holds it back.
    unlinked = _REFERENCE.sub("\\g<0>\u200b", neutral(text).strip())
    return _MARKDOWN.sub(r"\\\g<0>", unlinked)


def _escaped(character: str) -> str:
    code = ord(character)
    if character in "\t\n\r":
        return {"\t": "\\t", "\n": "\\n", "\r": "\\r"}[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _json_escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
