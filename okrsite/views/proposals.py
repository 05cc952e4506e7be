"""Proposed objectives → the page where a company chooses among them: candidates, backers, aims."""

from __future__ import annotations

from collections.abc import Iterator

from okrsite import urls
from okrsite.model import Cycle, CycleState, Level, Objective, Reference, State
from okrsite.model.quick import quick_dataclass
from okrsite.views.actions import discuss_action
from okrsite.views.context import Context
from okrsite.views.fragments import (
    ActionView,
    Crumb,
    HeadView,
    LinkView,
    MoreView,
    PartRow,
    PersonLink,
)
from okrsite.views.parting import cycles_crumb, part_head, part_rows, reference_name
from okrsite.views.parts import reference_link, view_people, view_person
from okrsite.views.room import MOST_BACKERS, MOST_KEY_RESULTS
from okrsite.views.split import Part, split_rows
from okrsite.words import TYPE_WORDS

_EXAMPLE = "- title: …\n  state: proposed\n  votes: []\n"


@quick_dataclass(frozen=True, slots=True)
class ProposalView:
    """An objective that somebody proposes."""

    anchor: str
    title: str
    """Inline Markdown."""
    url: str
    team: PersonLink
    owners: tuple[PersonLink, ...]
    type: str
    origin: str
    """``bottom-up``, ``top-down`` or nothing."""
    why: str
    """Markdown."""
    source: str
    """The file that its Markdown stands in, which names pictures relative to itself."""
    key_results: tuple[str, ...]
    """Inline Markdown."""
    left: str
    """``and 3 more key results``, or nothing."""
    backers: tuple[PersonLink, ...]
    backed: str
    """``5 backers``, or that nobody has backed it yet."""
    actions: tuple[ActionView, ...]
    """The buttons that back it and that discuss it."""


@quick_dataclass(frozen=True, slots=True)
class ProposalGroup:
    """What is proposed for a cycle towards one aim."""

    aim: LinkView | None
    """What the proposals would support, with how it stands; None where they name nothing."""
    is_company: bool
    """They would be the company's own, so that others support them."""
    proposals: tuple[ProposalView, ...]
    """What most people back first."""


@quick_dataclass(frozen=True, slots=True)
class ProposalCycle:
    """What is proposed for a cycle."""

    name: str
    url: str
    groups: tuple[ProposalGroup, ...]


@quick_dataclass(frozen=True, slots=True)
class ProposalsView:
    """All that the page of proposals may show."""

    head: HeadView
    departments: tuple[PartRow, ...]
    """Those whose proposals stand on their own pages, past 200 rows."""
    cycles: tuple[ProposalCycle, ...]
    """The soonest first."""
    example: str
    """What a proposal looks like in a plan, for the empty page."""
    next_plan: str
    """The name of the plan that it might stand in; nothing where no cycle is to come."""


def proposal_parts(context: Context) -> Part[Reference]:
    """Return the pages of the proposals for cycles that are not closed."""
    return split_rows(context.unwatched, (((o.team,), o.ref) for o in _proposed(context)))


def say_proposals(context: Context) -> MoreView:
    """Return how many objectives are proposed, and where they are listed."""
    context.watch.note("structure")
    count = sum(1 for _ in _proposed(context))
    named = _count(context, count) if count else context.words.gettext("Proposals")
    return MoreView(named, urls.PROPOSALS)


def _count(context: Context, n: int) -> str:
    return context.words.ngettext("{n} objective is proposed", "{n} objectives are proposed", n)


def _proposed(context: Context) -> Iterator[Objective]:
    company = context.unwatched
    for cycle in _open_cycles(context):
        for plan in company.plans_in(cycle.id):
            yield from (o for o in plan.objectives if o.state is State.PROPOSED)


def _open_cycles(context: Context) -> list[Cycle]:
    company = context.unwatched
    found = [c for c in company.cycles if c.state(company.as_of) is not CycleState.CLOSED]
    return sorted(found, key=lambda cycle: (cycle.start, cycle.days))


def view_proposals(
    context: Context, part: Part[Reference], above: tuple[Part[Reference], ...] = ()
) -> ProposalsView:
    """Return a page of proposals."""
    say = context.words.gettext
    context.watch.note("structure")
    lead = _count(context, part.size)
    crumb, name_of = Crumb(say("Proposals"), urls.PROPOSALS), reference_name(context)
    upcoming = (c.id for c in _open_cycles(context) if c.start > context.company.as_of)
    following = next(upcoming, context.now)
    return ProposalsView(
        head=part_head(context, crumb, part, above, lead, name_of, (cycles_crumb(context),)),
        departments=part_rows(context, part, urls.PROPOSALS, name_of),
        cycles=tuple(_cycles(context, part.rows)),
        example=_EXAMPLE,
        next_plan=f"{following}.yml" if following else "",
    )


def _cycles(context: Context, refs: tuple[Reference, ...]) -> Iterator[ProposalCycle]:
    for id in dict.fromkeys(ref.cycle for ref in refs):
        found = [context.company.objective(ref) for ref in refs if ref.cycle == id]
        objectives = sorted((o for o in found if o), key=lambda o: -len(o.votes))
        name = context.company.cycle(id).name
        yield ProposalCycle(name, urls.cycle_url(id), tuple(_groups(context, objectives)))


def _groups(context: Context, objectives: list[Objective]) -> Iterator[ProposalGroup]:
    """Yield the company's own, then the proposals for each aim, those that name none last."""
    own = [o for o in objectives if _is_company(context, o)]
    if own:
        yield ProposalGroup(None, True, tuple(_proposal(context, o) for o in own))
    by_aim: dict[Reference | None, list[Objective]] = {}
    for objective in (o for o in objectives if o not in own):
        targets = (link.target for link in objective.supports if link.target)
        by_aim.setdefault(next(targets, None), []).append(objective)
    aims = sorted(by_aim, key=lambda aim: (aim is None, -sum(len(o.votes) for o in by_aim[aim])))
    for aim in aims:
        proposals = tuple(_proposal(context, objective) for objective in by_aim[aim])
        yield ProposalGroup(reference_link(context, aim) if aim else None, False, proposals)


def _is_company(context: Context, objective: Objective) -> bool:
    team = context.company.team(objective.ref.owner)
    return team is not None and team.level is Level.COMPANY


def _proposal(context: Context, objective: Objective) -> ProposalView:
    words, count = context.words, len(objective.votes)
    left = len(objective.key_results) - MOST_KEY_RESULTS
    backed = words.ngettext("{n} backer", "{n} backers", count)
    return ProposalView(
        anchor=urls.node_anchor(objective.ref),
        title=objective.title,
        url=urls.reference_url(context.company, objective.ref),
        team=view_person(context, objective.ref.owner),
        owners=view_people(context, objective.owners),
        type=words.gettext(TYPE_WORDS[objective.type]),
        origin=objective.origin,
        why=objective.why,
        source=objective.place.path,
        key_results=tuple(kr.title for kr in objective.key_results[:MOST_KEY_RESULTS]),
        left=words.ngettext("and {n} more key result", "and {n} more key results", left)
        if left > 0
        else "",
        backers=view_people(context, objective.votes[:MOST_BACKERS]),
        backed=backed if count else words.gettext("nobody has backed it yet"),
        actions=(*_back(context, objective), *discuss_action(context, str(objective.ref))),
    )


def _back(context: Context, objective: Objective) -> tuple[ActionView, ...]:
    """Return the button that opens the plan, to add one's name to `votes`."""
    if context.forge is None:
        return ()
    url = context.forge.edit_url(objective.place.path)
    return (ActionView("back", context.words.gettext("Back it"), url),)
