"""A company → its `feed.xml` and that of each team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from okrsite import urls
from okrsite.asset import Asset
from okrsite.feeds.atom import Entry, Feed, write_atom
from okrsite.feeds.company import company_entries
from okrsite.feeds.plans import plan_entries, win_entries
from okrsite.feeds.teller import Teller, lasting_name, newest
from okrsite.keep import Piece
from okrsite.model import Team
from okrsite.prose import plain
from okrsite.views.context import Context

_MOST_OF_TEAM = 20
_MOST_OF_COMPANY = 40


def feed_files(context: Context) -> Iterator[Asset]:
    """Yield the company's feed and each team's, also where a team had its page before.

    A feed reader does not follow the page that redirects people.
    """
    yield Asset(urls.feed_url(urls.HOME), partial(_draw_company, context))
    taken = {team.id for team in context.company.teams}
    for team in context.company.teams:
        if not team.title_only:
            former = [old for old in dict.fromkeys(team.aka) if old not in taken]
            taken.update(former)
            for id in (team.id, *former):
                url = urls.feed_url(urls.team_url(id))
                yield Asset(url, partial(_draw_team, context, team))


def _draw_company(context: Context) -> list[Piece]:
    company, home = context.company, urls.HOME
    teller = Teller(context, urls.feed_url(home))
    title = company.name or context.words.gettext("OKRs")
    root = company.teams[0] if company.teams and not company.teams[0].parent else None
    about = root.mission if root and not root.title_only else ""
    entries = _newest(company_entries(teller), _MOST_OF_COMPANY)
    return _write(teller, "feed", title, about, home, entries)


def _draw_team(context: Context, team: Team) -> list[Piece]:
    page = urls.team_url(team.id)
    teller = Teller(context, urls.feed_url(page))
    entries = [
        e for plan in context.company.plans_of(team.id) for e in plan_entries(teller, team, plan)
    ]
    entries += win_entries(teller, team, context.company.weeklies_of(team.id))
    told = _newest(entries, _MOST_OF_TEAM)
    return _write(teller, f"{lasting_name(team)}/feed", team.title, team.mission, page, told)


def _newest(entries: Iterable[Entry], most: int) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda e: (e.updated, e.published), reverse=True)[:most])


def _write(
    teller: Teller, name: str, title: str, about: str, page: str, entries: tuple[Entry, ...]
) -> list[Piece]:
    context = teller.context
    okrs = context.words.gettext("OKRs")
    title = title if title.endswith(okrs) else f"{title} · {okrs}"
    feed = Feed(
        id=teller.tag(name),
        title=title,
        subtitle=plain(about),
        author=context.company.name or title,
        href=teller.href(page),
        own_href=teller.href(teller.here) if context.address else "",
        updated=newest((entry.updated for entry in entries), context.company.as_of),
        language=context.words.tag,
        entries=entries,
    )
    return [write_atom(feed).encode("utf-8", "xmlcharrefreplace")]
