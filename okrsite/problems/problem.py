"""A `Problem`: what is wrong, where, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from okrsite.model import Place
from okrsite.model.quick import quick_dataclass
from okrsite.problems.codes import CODES, Severity


@quick_dataclass(frozen=True, slots=True)
class Problem:
    """One mistake or piece of advice, with its place and its mend."""

    code: str
    place: Place
    message: str
    """One sentence without a full stop, naming what was found: ``nothing is called 'x'``."""
    mend: str
    """What to do, ideally the corrected line: ``write company/reliable``."""
    hint: str = ""
    """A few words beside the carets: ``company has: reliable, growth``."""
    also: tuple[tuple[Place, str], ...] = ()
    """Further places, each with a few words: a problem about two places gets two frames."""

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise KeyError(f"{self.code} is not in okrsite.problems.codes")

    @property
    def severity(self) -> Severity:
        """Return how much it weighs."""
        return CODES[self.code].severity


class Reporter:
    """Somebody who notes the problems of what passes by."""

    problems: list[Problem]

    def report(
        self,
        code: str,
        place: Place,
        message: str,
        mend: str,
        hint: str = "",
        also: tuple[tuple[Place, str], ...] = (),
    ) -> None:
        """Note a problem."""
        self.problems.append(Problem(code, place, message, mend, hint, also))


def by_place(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in the order of files and lines, without repetition."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda p: (p.place.path, p.place.line, p.place.column, p.code))


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the known words most like a mistyped one, best first; exact up to case first."""
    words = list(dict.fromkeys(known))
    folded = {other.casefold(): other for other in words}
    exact = [folded[word.casefold()]] if word.casefold() in folded else []
    close = difflib.get_close_matches(word.casefold(), list(folded), n=most, cutoff=0.6)
    return list(dict.fromkeys(exact + [folded[match] for match in close]))[:most]
