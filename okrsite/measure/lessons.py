"""What a team wants to do next, and its following plan → which of it that plan speaks of.

Words are all that can be compared: a lesson is taken up where one text of the plan quotes it, or
shares at least half of its telling words, two at the least. What a team does is another matter, so
that whoever shows this says no more than that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from okrsite.model import KeyResult, Objective, Plan, Reference
from okrsite.model.quick import quick_dataclass

LONG = 4
"""Letters of a word that is long enough to tell something."""
FEWEST = 2
"""Words that a text must share, where it does not quote."""
_FUNCTION_WORDS = frozenset(
    "with that this from have when what which their them they than then into also only every "
    "where there these those will more less "
    "oder aber eine einen einem einer ohne über unter wenn dass auch nicht mehr jede jeden "
    "pour avec dans sans plus cette leur leurs nous vous mais quand chaque "
    "para como pero esta este cada cuando donde entre nuestro nuestra "
    "mais pelo pela pelos pelas seus suas quando sobre nosso nossa".split()
)
"""Words that tell nothing of what a sentence is about."""
_ENDING = 2
"""Letters at a word's end that may differ: ``drill`` and ``drills``, ``tried`` and ``tries``."""
_WORD = re.compile(r"[^\W\d_]+")
_IDEOGRAPH = "\u2e80"
"""From here on scripts have no spaces; two neighbours stand for a word."""


@quick_dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence of ``next:``, and where the following plan speaks of it."""

    text: str
    found: bool
    about: Reference | None = None
    """What of the plan speaks of it; None for its prose, and where nothing does."""
    quoted: bool = False
    shared: tuple[str, ...] = ()
    """The lesson's telling words that the text shares, as the lesson writes them."""


def find_lessons(lessons: Iterable[str], plan: Plan) -> tuple[Lesson, ...]:
    """Return for each lesson the text of a plan that shares most of its words, if by enough."""
    texts = [(about, _plain(text), words_of(text)) for about, text in texts_of(plan)]
    return tuple(_find(lesson, texts) for lesson in lessons)


def texts_of(plan: Plan) -> Iterator[tuple[Reference | None, str]]:
    """Yield the texts of a plan and what each is about: evidence is none of them."""
    for objective in plan.objectives:
        yield from ((objective.ref, text) for text in _of_objective(objective) if text)
        for kr in objective.key_results:
            yield from ((kr.ref, text) for text in _of_key_result(kr) if text)
    yield from ((each.about, each.why) for each in plan.amendments if each.why)
    yield from ((None, metric.title) for metric in plan.health)
    yield from ((None, paragraph) for paragraph in plan.prose.split("\n\n") if paragraph)


def _of_objective(objective: Objective) -> Iterator[str]:
    yield objective.title
    yield from objective.why.split("\n\n")
    yield from (initiative.title for initiative in objective.initiatives)


def _of_key_result(kr: KeyResult) -> Iterator[str]:
    yield kr.title
    yield kr.description
    if kr.definition:
        yield from (kr.definition.text, kr.definition.counts, kr.definition.contributes)
    yield from (step.title for step in kr.steps)
    yield from (level.text for level in kr.rubric)
    yield from (initiative.title for initiative in kr.initiatives)


def words_of(text: str) -> dict[str, str]:
    """Return the telling words of a text, plain, each with how it is written there first."""
    found: dict[str, str] = {}
    for match in _WORD.finditer(text):
        word = match[0]
        if word[0] >= _IDEOGRAPH:
            for pair in (word[place : place + 2] for place in range(len(word) - 1)):
                found.setdefault(pair, pair)
        elif len(word) >= LONG and word.casefold() not in _FUNCTION_WORDS:
            found.setdefault(_plain(word), word)
    return found


def alike(one: str, other: str) -> bool:
    """Tell whether two plain words are the same but for their endings."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    same = max(LONG, shorter - _ENDING)
    return shorter >= same and one[:same] == other[:same]


def _find(lesson: str, texts: list[tuple[Reference | None, str, dict[str, str]]]) -> Lesson:
    plain, words = _plain(lesson).strip(" ."), words_of(lesson)
    best = Lesson(lesson, found=False)
    for about, text, theirs in texts:
        if words and plain in text:
            return Lesson(lesson, found=True, about=about, quoted=True, shared=(*words.values(),))
        shared = tuple(
            written for word, written in words.items() if any(alike(word, each) for each in theirs)
        )
        enough = len(shared) >= FEWEST and 2 * len(shared) >= len(words)
        if enough and len(shared) > len(best.shared):
            best = Lesson(lesson, found=True, about=about, shared=shared)
    return best


def _plain(text: str) -> str:
    """Return a text without case and accents, with one space where there were several."""
    letters = unicodedata.normalize("NFKD", " ".join(text.casefold().split()))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
