"""A name, a status and a progress → an SVG of less than two kilobytes.

It carries its own ground, so that it is read on light and dark pages alike, and no font, style or
script: where it is shown, as a picture in a README, none of these may be asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from okrsite.charts.svg import escape, fit, number, text_width
from okrsite.model import Status

_HEIGHT = 24
_SIZE = 11.5
_NAME_WIDTH = 320.0
"""At most; longer names are cut."""
_MOST_NAMED = 60
"""Characters of a name that are read aloud."""
_PAD = 9.0
_SHAPE = 12.0
_GROUND = "#39424e"
_COLOURS = {
    Status.ON_TRACK: "#1a7a4c",
    Status.AT_RISK: "#955600",
    Status.OFF_TRACK: "#b3211b",
    Status.MISSED: "#b3211b",
    Status.ACHIEVED: "#1f5ea8",
}
"""Dark enough for white words: the theme's own."""
_NEUTRAL = "#5f6879"
_SHAPES = {
    Status.ON_TRACK: '<circle cx="6" cy="6" r="5.2"/>',
    Status.AT_RISK: '<path d="M6 .8 11.7 11H.3z"/>',
    Status.OFF_TRACK: '<path d="M1 1h10v10H1z"/>',
    Status.ACHIEVED: '<path d="M4.5 11 .2 6.7 2 4.9l2.5 2.5L10 1.6l1.8 1.7z"/>',
    Status.MISSED: '<path d="M2.2.4 6 4.2 9.8.4l1.8 1.8L7.8 6l3.8 3.8-1.8 1.8L6 7.8l-3.8 3.8'
    'L.4 9.8 4.2 6 .4 2.2z"/>',
    Status.OUTDATED: '<circle cx="6" cy="6" r="4" fill="none" stroke="#fff" stroke-width="2.4"/>',
    Status.NOT_STARTED: '<path d="M.8 4.9h10.4v2.3H.8z"/>',
    Status.UNKNOWN: '<path d="M3 4a3 3 0 1 1 4.2 2.7V8H4.8V5.2A1 1 0 1 0 5.2 4zm1.8 5.4h2.4v2.2'
    'H4.8z"/>',
    Status.PAUSED: '<path d="M2 1h3v10H2zm5 0h3v10H7z"/>',
    Status.CANCELLED: '<path d="M9.4.6 11.3 2 2.6 11.4.7 10z"/>',
}
"""In a box of twelve, as on the site."""


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge says."""

    name: str
    """Plain text."""
    status: Status | None
    """None where there is nothing that could have one."""
    word: str
    """The status, or that there is nothing, in the site's language."""
    progress: str
    """``52 %``, or nothing."""
    share: float | None
    """How far the bar goes, 0 to 1; None draws none."""


def draw_badge(badge: Badge) -> str:
    """Return a badge: the name, the status as shape, word and colour, and how far it is."""
    said = f"{badge.word} · {badge.progress}" if badge.progress else badge.word
    name, label = fit(badge.name, _NAME_WIDTH), _cut(f"{badge.name}: {said}", badge, said)
    left = _PAD * 2 + _width(name)
    shape = _SHAPE + 5 if badge.status else 0.0
    right = _PAD * 2 + shape + _width(said)
    colour = _COLOURS.get(badge.status, _NEUTRAL) if badge.status else _NEUTRAL
    spoken = escape(label)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(left + right)}" '
        f'height="{_HEIGHT}" role="img" aria-label="{spoken}"><title>{spoken}</title>'
        f'<rect width="{number(left + right)}" height="{_HEIGHT}" rx="4" fill="{_GROUND}"/>'
        f'<path d="{_right_half(left, right)}" fill="{colour}"/>'
        f"{_bar(badge.share, left, right)}"
        f'<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" '
        f'font-size="{_SIZE}" text-anchor="middle">'
        f"{_text(left / 2, name)}"
        f"{_sign(badge.status, left + _PAD)}"
        f"{_text(left + _PAD + shape + _width(said) / 2, said)}</g></svg>\n"
    )


def _cut(label: str, badge: Badge, said: str) -> str:
    if len(badge.name) <= _MOST_NAMED:
        return label
    return f"{badge.name[: _MOST_NAMED - 1].rstrip()}…: {said}"


def _width(text: str) -> float:
    return text_width(text) / 13 * _SIZE


def _text(x: float, text: str) -> str:
    # The reader's font may be wider than what was reckoned with: the words keep to their room.
    room = f' textLength="{number(_width(text))}"' if text else ""
    return f'<text x="{number(x)}" y="16"{room}>{escape(text)}</text>'


def _right_half(left: float, right: float) -> str:
    end, height = number(right - 4), _HEIGHT
    return f"M{number(left)} 0h{end}a4 4 0 0 1 4 4v{height - 8}a4 4 0 0 1-4 4h-{end}z"


def _bar(share: float | None, left: float, right: float) -> str:
    if share is None:
        return ""
    line = f'<path d="M{number(left + 4)} 21h{number(right - 8)}" stroke="#fff" stroke-width="2"'
    track = f'{line} opacity=".35"/>'
    done = number((right - 8) * share)
    return f'{track}{line} stroke-dasharray="{done} 999"/>' if share else track


def _sign(status: Status | None, x: float) -> str:
    if status is None:
        return ""
    return f'<g transform="translate({number(x)} 6)">{_SHAPES[status]}</g>'
