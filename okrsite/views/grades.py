"""Plans of a closed cycle → the grades that were given, and how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from okrsite.model import Plan, State
from okrsite.model.quick import quick_dataclass
from okrsite.views.context import Context


@quick_dataclass(frozen=True, slots=True)
class BandView:
    """How many objectives were graded within a band."""

    status: str
    """Slug of the colour."""
    label: str
    count: int
    share: str
    """Percent of all that were graded, for a bar."""


def grades_of(context: Context, plans: Iterable[Plan]) -> list[Fraction]:
    """Return the grades of active objectives."""
    measures = [
        context.measures.objective(o.ref)
        for plan in plans
        for o in plan.objectives
        if o.state is State.ACTIVE and not o.title_only
    ]
    return [Fraction(m.grade) for m in measures if m.grade is not None]


def say_graded(context: Context, plans: Iterable[Plan], grades: list[Fraction]) -> str:
    """Return ``31 of 35 objectives graded, mean 0.68``, or nothing where none was given."""
    if not grades:
        return ""
    of = sum(o.state is State.ACTIVE for plan in plans for o in plan.objectives)
    mean = context.words.grade(sum(grades, Fraction(0)) / len(grades))
    return context.words.ngettext(
        "{graded} of {n} objective graded, mean {mean}",
        "{graded} of {n} objectives graded, mean {mean}",
        of,
        graded=len(grades),
        mean=mean,
    )


def view_bands(context: Context, grades: list[Fraction]) -> tuple[BandView, ...]:
    """Return how many grades lie within which band."""
    if not grades:
        return ()
    low, high = Fraction(4, 10), Fraction(7, 10)
    counted = Counter(0 if g < low else 1 if g < high else 2 for g in grades)
    labels = (
        ("off-track", context.words.gettext("below 0.4")),
        ("at-risk", context.words.gettext("0.4 to 0.7")),
        ("on-track", context.words.gettext("from 0.7")),
    )
    return tuple(
        BandView(status, label, counted[band], f"{counted[band] * 100 / len(grades):.4g}")
        for band, (status, label) in enumerate(labels)
    )
