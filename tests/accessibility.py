"""What axe-core is asked in which window, so that each thing is asked where it may be otherwise."""

from __future__ import annotations

from importlib.resources import files

from breadth import LONG
from browser import PHONE

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8") + ";0"
"""The program, to be run in a page before it is asked."""

_ALL = "rules: {}"
_COLOURS = "runOnly: ['color-contrast', 'link-in-text-block']"
_ALL_BUT_CONTRAST = "rules: {'color-contrast': {enabled: false}}"


def rules_for(width: int, scheme: str) -> str:
    """Return axe's option of what to look for.

    A width changes no colours: contrast, which takes most of the time, is looked at once a palette.
    A palette changes nothing else, so that the other one is looked at for colours alone. `make long`
    looks at everything everywhere.
    """
    if LONG:
        return _ALL
    if width == PHONE:
        return _ALL_BUT_CONTRAST
    return _COLOURS if scheme == "light" else _ALL
