"""What should stand in a file → lines of YAML that any reader reads as just that."""

from __future__ import annotations

import json
import re

from okrsite.edit.page import CannotEditError, Data
from okrsite.model import Place
from okrsite.read.fields import TEXT, Fields, sentences
from okrsite.read.line import quote
from okrsite.read.nodes import Mapping, Scalar, Sequence
from okrsite.read.yaml_text import read_nodes

_STEP = "  "
_PLAIN = re.compile(r"(?:[\w(€$£¥+.]|-(?=\d))(?:(?!: |:$| #)[^\n\t：])*", re.DOTALL)
"""A text that needs no quotes."""
_FLOW_PLAIN = re.compile(r"[\w@./%-]+(?: [\w@./%-]+)*")
"""A text that needs no quotes in brackets either."""
_KEY = re.compile(r"\w(?:[\w/.@ -]{0,99}[\w/.@-])?")
_PROBE = {
    "key: ": Fields(keys={"key": TEXT}),
    "- ": sentences(),
    "key:\n  ": Fields(keys={"key": TEXT}),
}


def write_pair(key: str, value: Data, indent: int) -> list[str]:
    """Return the lines of a key and its value, the first one from its column on."""
    head = " " * indent + write_key(key)
    if isinstance(value, str):
        first, *more = write_text(value, "key: ").split("\n")
        below = " " * indent + _STEP
        return [f"{head}: {first}", *(f"{below}{line}".rstrip() for line in more)]
    if not value:
        return [f"{head}: {'[]' if isinstance(value, list) else '{}'}"]
    return [f"{head}:", *write_below(value, indent + len(_STEP))]


def write_below(value: list[Data] | dict[str, Data], indent: int) -> list[str]:
    """Return the lines of a list or of keys with values."""
    if isinstance(value, list):
        return [line for item in value for line in write_item(item, indent)]
    return [line for key, each in value.items() for line in write_pair(key, each, indent)]


def write_item(item: Data, indent: int) -> list[str]:
    """Return the lines of an item of a list."""
    dash = " " * indent + "- "
    if isinstance(item, str):
        first, *more = write_text(item, "- ").split("\n")
        return [dash + first, *(f"{' ' * indent}{_STEP}{line}".rstrip() for line in more)]
    first, *more = write_below(item, indent + len(_STEP))
    return [dash + first.lstrip(), *more]


def write_text(text: str, before: str = "key: ") -> str:
    """Return a text as YAML: bare where that is safe, else in quotes; several lines below a ``|``.

    `before` is what it stands behind. CannotEditError for a text that no file can hold.
    """
    if "\n" in text:
        block = "|\n" + text
        if _reads_as(block.replace("\n", "\n  "), text, before):
            return block
    candidates = [quote(text), json.dumps(text, ensure_ascii=False)]
    if _PLAIN.fullmatch(text):
        candidates.insert(0, text)
    for candidate in candidates:
        if "\n" not in candidate and _reads_as(candidate, text, before):
            return candidate
    shown = text if len(text) < 60 else f"{text[:57]}…"
    raise CannotEditError(
        f"no file can hold {shown!r}", Place("."), "leave out what cannot be printed"
    )


def write_flow(value: Data) -> str:
    """Return a value as it stands inside braces and brackets."""
    if isinstance(value, str):
        return value if _FLOW_PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(write_flow, value))}]"
    pairs = (f"{write_key(key)}: {write_flow(each)}" for key, each in value.items())
    return f"{{{', '.join(pairs)}}}"


def write_key(key: str) -> str:
    """Return a key as YAML."""
    return key if _KEY.fullmatch(key) else quote(key)


def _reads_as(written: str, text: str, before: str) -> bool:
    """Tell whether our reader takes what is written for a text."""
    node, problems = read_nodes(before + written + "\n", "", schema=_PROBE[before])
    if problems:
        return False
    if isinstance(node, Mapping):
        node = node.get("key")
    elif isinstance(node, Sequence) and len(node.items) == 1:
        node = node.items[0]
    return isinstance(node, Scalar) and node.text == text and node.checked is None
