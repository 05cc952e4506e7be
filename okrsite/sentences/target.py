"""A `target:` field → the side that its operator names, and the quantity."""

from __future__ import annotations

from okrsite.model import Bound, Quantity
from okrsite.quantities import Unread, fold, read_quantity
from okrsite.sentences.tokens import OPERATORS
from okrsite.sentences.words import LEXICONS, Role

_BOUNDS = {
    Role.AT_LEAST: Bound.AT_LEAST,
    Role.AT_MOST: Bound.AT_MOST,
    Role.ABOVE: Bound.ABOVE,
    Role.BELOW: Bound.BELOW,
}
_AFTER = {Role.OR_MORE: Bound.AT_LEAST, Role.OR_LESS: Bound.AT_MOST}


def _phrases(bounds: dict[Role, Bound]) -> list[tuple[str, Bound]]:
    """Return the phrases of all languages that name a bound, longest first."""
    found = {
        phrase: bound
        for lexicon in LEXICONS.values()
        for phrase, roles in lexicon.phrases.items()
        for role, bound in bounds.items()
        if role in roles
    }
    return sorted(found.items(), key=lambda item: -len(item[0]))


_LEADING = [
    *((sign, _BOUNDS[role]) for sign, role in OPERATORS.items()),
    *_phrases(_BOUNDS),
]
_TRAILING = _phrases(_AFTER)
# By the sign that they begin or end with, as most texts begin with a digit.
_LEADING_BY_SIGN = {
    sign: [each for each in _LEADING if each[0][0] == sign] for sign in {p[0] for p, _ in _LEADING}
}
_TRAILING_BY_SIGN = {
    sign: [each for each in _TRAILING if each[0][-1] == sign]
    for sign in {phrase[-1] for phrase, _ in _TRAILING}
}


def read_target(text: str, language: str = "en") -> tuple[Bound | None, Quantity] | Unread:
    """Return a target and the bound that an operator before or after it names, if one does.

    `>= 99.9%`, `below 200 ms`, `at most 3`, `7 days or less` and `40k+` have one, `600 ms` none.
    """
    rest, bound = _without_leading(text.strip())
    if bound is None:
        rest, bound = _without_trailing(rest)
    quantity = read_quantity(rest, language)
    return quantity if isinstance(quantity, Unread) else (bound, quantity)


def _without_leading(text: str) -> tuple[str, Bound | None]:
    folded = fold(text)
    for phrase, bound in _LEADING_BY_SIGN.get(folded[:1].lower()[:1], ()):
        rest = text[len(phrase) :]
        if folded[: len(phrase)].lower() == phrase and _parts(phrase[-1], fold(rest[:1])):
            return rest.strip(), bound
    return text, None


def _without_trailing(text: str) -> tuple[str, Bound | None]:
    folded = fold(text)
    if folded.endswith("+"):
        return text[:-1], Bound.AT_LEAST
    for phrase, bound in _TRAILING_BY_SIGN.get(folded[-1:].lower()[-1:], ()):
        rest = text[: -len(phrase)]
        if folded[-len(phrase) :].lower() == phrase and _parts(fold(rest[-1:]), phrase[0]):
            return rest.strip(), bound
    return text, None


def _parts(left: str, right: str) -> bool:
    """Tell whether a word ends between two characters; Chinese words need no gap."""
    latin = left.isalpha() and max(left, right) < "\u2e80"
    return not (latin and right.isalnum())
