"""Names of things → addresses of pages: every address of the site is made here.

An address names a directory relative to the folder that all of ours lies in (``teams/platform/``,
nothing for the home page), perhaps with an anchor, and is not percent-encoded: `relative` spells
it for a link. Addresses are made of ids, never of places in the tree, so that a reorganisation
breaks no link.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from okrsite.model import Company, Reference

HOME = ""
TEAMS = "teams/"
PEOPLE = "people/"
ALIGNMENT = "alignment/"
REVIEW = "review/"
CYCLES = "cycles/"
ATTENTION = "attention/"
PROPOSALS = "proposals/"
CHANGES = "changes/"
WINS = "wins/"
COMPARE = "cycles/compare/"
CALIBRATION = "cycles/calibration/"
CALIBRATION_ANCHOR = "_calibration"
CHECK_INS_ANCHOR = "_check-ins"
"""Both of a cycle's page; no status is called so."""
NOT_CYCLES = frozenset({"compare", "calibration", "ties", "teams", "asks", "feedback", "owns"})
"""What no cycle may be called, as these stand where a cycle's page would, or a plan's."""
HOW_WE_WORK = "how-we-work/"
DATA = "data/"
CALENDAR = "calendar.ics"
START = "_start"
"""The anchor at which the screens of a review begin; no id begins with a mark."""

_UNQUOTED = {"": re.compile(r"[\w.~-]*", re.ASCII), "/": re.compile(r"[\w.~/-]*", re.ASCII)}
"""What no link percent-encodes: in an anchor, and in a path."""


def team_url(team: str) -> str:
    """Return the address of a team's page."""
    return f"{TEAMS}{team}/"


def team_teams_url(team: str) -> str:
    """Return the address of the list of all teams below one that has many."""
    return f"{team_url(team)}teams/"


def people_url(path: str) -> str:
    """Return the address of a part of the list of people.

    Teams and people share their names, so that a department's people meet no person's page.
    """
    return f"{PEOPLE}{path}"


def person_url(person: str) -> str:
    """Return the address of a person's page."""
    return f"{PEOPLE}{person}/"


def cycle_url(cycle: str, path: str = "") -> str:
    """Return the address of a cycle's page for the whole company, or for a part of it."""
    return f"{CYCLES}{cycle}/{path}"


def okrs_url(cycle: str, path: str = "") -> str:
    """Return the address of the list of all a cycle's OKRs, or of a part of it."""
    return f"okrs/{cycle}/{path}"


def attention_url(path: str) -> str:
    """Return the address of a part of the list of what waits for somebody."""
    return f"{ATTENTION}{path}"


def proposals_url(path: str) -> str:
    """Return the address of a part of the list of proposals."""
    return f"{PROPOSALS}{path}"


def review_url(team: str = "") -> str:
    """Return the address of a team's review, or of the whole company's."""
    return f"{REVIEW}{team}/" if team else REVIEW


def start_url(review: str) -> str:
    """Return the address at which a review opens at the first of its screens."""
    return f"{review}#{START}"


def picture_url(path: str) -> str:
    """Return the address of a picture, by its path in the source folder."""
    return f"files/{path}"


def owner_url(company: Company, owner: str) -> str:
    """Return the address of a team's or person's page, whichever the id names."""
    return team_url(owner) if company.team(owner) else person_url(owner)


def plan_url(company: Company, owner: str, cycle: str) -> str:
    """Return the address of a team's or person's page for one cycle."""
    return f"{owner_url(company, owner)}{cycle}/"


def reference_url(company: Company, ref: Reference) -> str:
    """Return the address of an objective, a key result or a team's standing priority."""
    if not ref.cycle:
        return f"{owner_url(company, ref.owner)}#{priority_anchor(ref.objective)}"
    page = f"{plan_url(company, ref.owner, ref.cycle)}{ref.objective}/"
    return f"{page}#{ref.key_result}" if ref.key_result else page


def ties_url(page: str) -> str:
    """Return the address of all that a team or an objective hangs together with."""
    return f"{page}ties/"


def owns_url(person: str) -> str:
    """Return the address of all that a person owns, leads and owes."""
    return f"{person_url(person)}owns/"


def asks_url(team: str) -> str:
    """Return the address of all that others ask of a team."""
    return f"{team_url(team)}asks/"


def feedback_url(team: str) -> str:
    """Return the address of all feedback to a team."""
    return f"{team_url(team)}feedback/"


def check_ins_url(page: str, key_result: str = "") -> str:
    """Return the address of all check-ins about an objective as a whole, or a key result of it."""
    return f"{page}check-ins/{key_result}/" if key_result else f"{page}check-ins/"


def feed_url(page: str) -> str:
    """Return the address of the feed beside a page."""
    return f"{page}feed.xml"


def badge_url(team: str, objective: str = "") -> str:
    """Return the address of a team's badge, or of an objective's in whichever cycle is nearest."""
    return f"badges/{team}/{objective}.svg" if objective else f"badges/{team}.svg"


def stretch_path(number: int) -> str:
    """Return what the address of a stretch of a long list ends in; no id begins with a mark."""
    return f"-{number}/"


def priority_anchor(priority: str) -> str:
    """Return the anchor of a standing priority; no key result's id begins with a mark."""
    return f"_priority-{priority}"


def status_anchor(status: str) -> str:
    """Return the anchor of the key results of one status on a cycle's page."""
    return f"_{status}"


def node_anchor(ref: Reference) -> str:
    """Return the anchor of an objective on the alignment page."""
    return f"{ref.owner}.{ref.cycle}.{ref.objective}"


def alignment_url(path: str, ref: Reference | None = None) -> str:
    """Return the address of a part of the alignment page, which opens at an objective."""
    return f"{ALIGNMENT}{path}#{node_anchor(ref)}" if ref else f"{ALIGNMENT}{path}"


def relative(url: str, page: str, *, directory_urls: bool = True) -> str:
    """Return a link from a page to an address of ours, percent-encoded.

    Without `directory_urls` the link names the ``index.html``, for reading without a server.
    """
    path, _, anchor = url.partition("#")
    fragment = f"#{_quote(anchor, '')}" if anchor else ""
    if path == page and fragment:
        return fragment
    here, there = _folders(page), path.split("/")
    shared = 0
    for mine, theirs in zip(here, there[:-1], strict=False):
        if mine != theirs:
            break
        shared += 1
    link = "../" * (len(here) - shared) + _quote("/".join(there[shared:]), "/")
    if not directory_urls and (not path or path.endswith("/")):
        link += "index.html"
    return (link or "./") + fragment


@lru_cache(maxsize=64)
def _folders(page: str) -> tuple[str, ...]:
    return tuple(page.split("/")[:-1])


def _quote(text: str, safe: str) -> str:
    # Hardly any id needs it, and asking takes a tenth of the time.
    return text if _UNQUOTED[safe].fullmatch(text) else quote(text, safe=safe)
