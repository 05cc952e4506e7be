"""A plan's amendments → the rows that tell what changed, who changed it, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import groupby

from okrsite.model import Amendment, Objective, Plan, Reference
from okrsite.model.change import Term, Value
from okrsite.views.context import Context
from okrsite.views.fragments import AmendmentRow
from okrsite.views.parts import reference_link, view_date, view_person
from okrsite.words import say_change


def view_amendments(
    context: Context, plan: Plan, objective: Objective | None = None, since: date = date.min
) -> tuple[AmendmentRow, ...]:
    """Return a plan's amendments after a day, newest first; of one objective where it is given."""
    newer = sorted((a for a in plan.amendments if a.date > since), key=lambda a: a.date)
    own = [a for a in newer if objective is None or _amends(a, objective)]
    return view_amendment_rows(context, own)


def view_amendment_rows(context: Context, own: Iterable[Amendment]) -> tuple[AmendmentRow, ...]:
    """Return the rows of some of a plan's amendments, given oldest first, newest first."""
    rows = [_amendment(context, list(same)) for _, same in groupby(own, key=_occasion)]
    return tuple(reversed(rows))


def say_incomplete(context: Context) -> str:
    """Return that amendments may be missing, where the repository does not have them all."""
    if context.company.history not in _CUT_SHORT:
        return ""
    return context.words.gettext(
        "The history is incomplete here: this clone does not have all commits."
    )


_CUT_SHORT = ("shallow", "owner", "damaged")


def _amends(amendment: Amendment, objective: Objective) -> bool:
    about = amendment.about
    return about is not None and about.objective == objective.ref.objective


def _occasion(amendment: Amendment) -> tuple[object, ...]:
    """Return what changes of one item in one commit have in common."""
    return amendment.date, amendment.about, amendment.commit, amendment.why, bool(amendment.change)


def _amendment(context: Context, same: list[Amendment]) -> AmendmentRow:
    first = same[0]
    title, url = _about(context, first)
    return AmendmentRow(
        date=view_date(context, first.date),
        title=title,
        url=url,
        why=first.why,
        changes=tuple(_changes(context, same)),
        by=view_person(context, first.by) if first.by else None,
        author=first.author,
    )


def _about(context: Context, amendment: Amendment) -> tuple[str, str]:
    """Return the title of what was amended, and its address if it is still there."""
    about = amendment.about
    if about is None:
        return "", ""
    if _is_there(context, about):
        link = reference_link(context, about)
        return link.title, link.url
    change = amendment.change
    if change and change.term is Term.REMOVED and change.before:
        return change.before.text, ""
    return about.key_result or about.objective, ""


def _is_there(context: Context, about: Reference) -> bool:
    objective = context.company.objective(replace(about, key_result=""))
    if objective is None or not about.key_result:
        return objective is not None or not about.cycle
    return any(kr.ref == about for kr in objective.key_results)


def _changes(context: Context, same: Iterable[Amendment]) -> Iterator[str]:
    for amendment in same:
        change = amendment.change
        if change and change.term in _NAMING:
            name = partial(_NAMING[change.term], context)
            before, after = (_named(value, name) for value in (change.before, change.after))
            change = replace(change, before=before, after=after)
        if change:
            yield say_change(context.words, change)


def _named(value: Value | None, name: Callable[[str], str]) -> Value | None:
    """Return a list of people or references as a list of what they are called."""
    return value and Value("\n".join(map(name, value.text.splitlines())))


def _owner(context: Context, id: str) -> str:
    return view_person(context, id).name


def _title(context: Context, name: str) -> str:
    head, _, path = name.partition("/")
    owner, _, cycle = head.partition("@")
    objective, _, key_result = path.partition("/")
    ref = Reference(owner, cycle, objective, key_result)
    return reference_link(context, ref).title if _is_there(context, ref) else name


_NAMING: dict[Term, Callable[[Context, str], str]] = {Term.OWNER: _owner, Term.SUPPORTS: _title}
