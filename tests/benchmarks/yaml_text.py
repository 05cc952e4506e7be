"""Plain Python values → YAML that people might have written and every reader understands alike."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_QUOTED = re.compile(
    r": |:$| #|^[\s#&*!|>'\"%@`\[\]{},?-]|,|^$|^(?:yes|no|on|off|true|false|null|~)$", re.I
)


def yaml_text(value: dict[str, Any] | list[Any]) -> str:
    """Return a mapping or list as a YAML file in block style."""
    return "\n".join(_lines(value)) + "\n"


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _entry(f"{_scalar(str(key))}:", inner, "  ")
    else:
        for inner in value:
            if isinstance(inner, dict | list):
                first, *rest = _lines(inner)
                yield f"- {first}"
                yield from (f"  {line}" for line in rest)
            else:
                yield f"- {_scalar(str(inner))}"


def _entry(head: str, inner: Any, indent: str) -> Iterator[str]:
    if isinstance(inner, dict | list):
        yield head
        yield from (indent + line for line in _lines(inner))
    elif "\n" in str(inner):
        yield f"{head} |"
        yield from (indent + line for line in str(inner).split("\n"))
    else:
        yield f"{head} {_scalar(str(inner))}"


def _scalar(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if _QUOTED.search(text) else text
