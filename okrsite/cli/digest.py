"""`okrsite digest`: the week in a page, for all, a team or a person; and out by chat or mail."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import click

from okrsite.cli.common import config_option, content_options, load_target, past_option, read_day
from okrsite.company import Loaded
from okrsite.digest import (
    FORMATS,
    BadAddressError,
    NotInstalledError,
    NotSentError,
    send_digest,
    write_digest,
)
from okrsite.lookup import find
from okrsite.model import Person, Team
from okrsite.problems import nearest, neutral
from okrsite.site import find_mkdocs_yml
from okrsite.views.context import Context
from okrsite.views.digest import DigestView, view_digest
from okrsite.words import Words

_EXAMPLE = """\b
Examples:
  okrsite digest
  okrsite digest --team platform --since 2026-11-16
  okrsite digest --for ana --format html --send mailtos://…
"""
_WEEK = timedelta(days=6)
"""From the first day of a week to its last."""
Owner = TypeVar("Owner", Team, Person)


@click.command("digest", epilog=_EXAMPLE)
@click.option(
    "--since", callback=read_day, metavar="DATE", help="The first day to tell of; a week ago."
)
@click.option("--team", "team_id", metavar="T", default="", help="Of this team and those below it.")
@click.option("--for", "person_id", metavar="PERSON", default="", help="What is this person's.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="How to write it: text, or Markdown where it is sent.",
)
@click.option(
    "--send",
    "addresses",
    metavar="URL",
    multiple=True,
    help="Send it there, by Apprise: chat, mail and more; several times for several places.",
)
@click.option(
    "--site-url", metavar="URL", default="", help="Where links lead; site_url of mkdocs.yml."
)
@content_options
@config_option
@past_option
def digest(
    since: date | None,
    team_id: str,
    person_id: str,
    format_: str | None,
    addresses: tuple[str, ...],
    site_url: str,
    source: Path | None,
    as_of: date | None,
    audience: str,
    mkdocs_yml: Path | None,
    at: str,
) -> None:
    """Tell what came in a week: wins, moves, what needs a decision, asks, who owes a check-in.

    With --team of a team and those below it, with --for what somebody owes and owns.
    """
    if team_id and person_id:
        raise click.UsageError("a digest is for a team or for a person; leave out one of the two")
    if addresses and format_ == "json":
        raise click.UsageError("JSON is for scripts and cannot be sent; write --format markdown")
    loaded = load_target(source, as_of, audience, mkdocs_yml, at)
    until = loaded.company.as_of
    first = since or until - _WEEK
    if first > until:
        raise click.UsageError(f"{first} is after {until}, the day that it speaks of")
    address, directory_urls = _published(site_url, source, mkdocs_yml)
    words = Words(loaded.language, until)
    context = Context(loaded.company, loaded.measures, words, address=address)
    about = _about(loaded, team_id, person_id)
    view = view_digest(context, first, about, directory_urls=directory_urls)
    if addresses:
        _send(view, addresses, format_ or "markdown")
    else:
        click.echo(write_digest(view, format_ or "text"), nl=False)


def _published(site_url: str, source: Path | None, mkdocs_yml: Path | None) -> tuple[str, bool]:
    """Return where the site is published, and whether its links name directories."""
    if site_url:
        if urlsplit(site_url).scheme not in ("http", "https"):
            raise click.UsageError(f"{site_url!r} is no address; write https://okrs.example.com/")
        return site_url.rstrip("/") + "/", True
    yml = mkdocs_yml or find_mkdocs_yml(Path.cwd())
    if yml is None or (source and not mkdocs_yml):
        return "", True
    # MkDocs is slow to import.
    from okrsite.site.config import published
    from okrsite.site.order import UsageError

    try:
        found = published(yml)
    except UsageError as error:
        raise click.UsageError(str(error)) from error
    return found.address, found.directory_urls


def _about(loaded: Loaded, team_id: str, person_id: str) -> Team | Person | None:
    company = loaded.company
    if team_id:
        return _named(loaded, team_id, Team, "team", [team.id for team in company.teams])
    if person_id:
        ids = [person.id for person in company.people]
        return _named(loaded, person_id, Person, "person", ids)
    return None


def _named(loaded: Loaded, text: str, kind: type[Owner], word: str, known: list[str]) -> Owner:
    found = find(loaded.company, text)
    if isinstance(found, kind):
        return found
    near = nearest(text, known)
    meant = f"; did you mean {' or '.join(map(neutral, near))}?" if near else ""
    raise click.UsageError(f"no {word} is called '{neutral(text)}'{meant}")


def _send(view: DigestView, addresses: tuple[str, ...], format_: str) -> None:
    """Send a digest; where that fails, say so in a line and exit: 2 for a wrong address, else 1."""
    try:
        send_digest(view, addresses, format_)
    except NotInstalledError as error:
        raise click.UsageError(
            "sending needs Apprise; mend: pip install 'okrsite[notify]'"
        ) from error
    except BadAddressError as error:
        raise click.UsageError(
            f"Apprise knows no address like {error}; "
            "mend: write one as https://appriseit.com/services/ has them"
        ) from error
    except NotSentError as error:
        click.echo(
            f"The digest could not be sent to {error}; "
            "mend: see whether this machine reaches it, and whether its password still holds.",
            err=True,
        )
        raise click.exceptions.Exit(1) from error
    places = "1 place" if len(addresses) == 1 else f"{len(addresses)} places"
    click.echo(f"Sent to {places}: {view.title}", err=True)
