"""Who and what is named, and how to get there: the top of a page, people, ties, notes."""

from __future__ import annotations

from okrsite.model.quick import quick_dataclass
from okrsite.views.fragments.signs import BadgeView, DateView


@quick_dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way from the home page to this one."""

    title: str
    url: str


@quick_dataclass(frozen=True, slots=True)
class ActionView:
    """A button that leads somewhere."""

    kind: str
    """``check-in``, ``start``, ``edit``, ``discuss``, ``follow``, ``question``."""
    label: str
    href: str
    """As it stands in the link: on another site, or relative to the page's own."""
    external: bool = True
    url: str = ""
    """Instead of that, an address of ours."""
    main: bool = False
    """It is what most people come for."""


@quick_dataclass(frozen=True, slots=True)
class HeadView:
    """What stands at the top of every page."""

    title: str
    """Inline Markdown."""
    plain_title: str
    crumbs: tuple[Crumb, ...] = ()
    actions: tuple[ActionView, ...] = ()
    lead: str = ""
    """One sentence below the title; inline Markdown."""


@quick_dataclass(frozen=True, slots=True)
class PersonLink:
    """A person, or a team, who is named somewhere."""

    name: str
    url: str
    """Empty for a role that nobody holds."""
    away: bool = False


@quick_dataclass(frozen=True, slots=True)
class LinkView:
    """Another objective, key result or priority that something is tied to."""

    title: str
    """Inline Markdown; empty where restricted."""
    url: str
    owner: PersonLink | None
    progress: str = ""
    badge: BadgeView | None = None
    restricted: bool = False
    cycle: str = ""
    """Its cycle's name where that is another one."""


@quick_dataclass(frozen=True, slots=True)
class NoteView:
    """What somebody said about something on a day."""

    text: str
    """Markdown."""
    by: PersonLink | None
    date: DateView | None
    source: str
    """The file that it stands in, which names pictures relative to itself."""
    kind: str = ""
    """``note``, ``blocker``, ``decision``, ``ask``."""
    label: str = ""


@quick_dataclass(frozen=True, slots=True)
class MoreView:
    """What was left out of a list, and the page that shows all of it."""

    text: str
    """``All 60 teams``."""
    url: str
