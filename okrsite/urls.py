"""Names of things → addresses of pages: every address of the site is made here.

An address names a directory relative to the folder that all of ours lies in (``teams/platform/``,
nothing for the home page), perhaps with an anchor, and is not percent-encoded: `relative` spells
it for a link. Addresses are made of ids, never of places in the tree, so that a reorganisation
breaks no link.
"""

from __future__ import annotations

from urllib.parse import quote

from okrsite.model import Company, Reference

HOME = ""
TEAMS = "teams/"
PEOPLE = "people/"
ALIGNMENT = "alignment/"
CYCLES = "cycles/"
HOW_WE_WORK = "how-we-work/"
DATA = "data/"


def team_url(team: str) -> str:
    """Return the address of a team's page."""
    return f"{TEAMS}{team}/"


def person_url(person: str) -> str:
    """Return the address of a person's page."""
    return f"{PEOPLE}{person}/"


def cycle_url(cycle: str) -> str:
    """Return the address of a cycle's page for the whole company."""
    return f"{CYCLES}{cycle}/"


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


def priority_anchor(priority: str) -> str:
    """Return the anchor of a standing priority; no key result's id begins with a mark."""
    return f"_priority-{priority}"


def status_anchor(status: str) -> str:
    """Return the anchor of the key results of one status on a cycle's page."""
    return f"_{status}"


def node_anchor(ref: Reference) -> str:
    """Return the anchor of an objective on the alignment page."""
    return f"{ref.owner}.{ref.cycle}.{ref.objective}"


def alignment_url(ref: Reference) -> str:
    """Return the address that opens the alignment page at an objective."""
    return f"{ALIGNMENT}#{node_anchor(ref)}"


def relative(url: str, page: str, *, directory_urls: bool = True) -> str:
    """Return a link from a page to an address of ours, percent-encoded.

    Without `directory_urls` the link names the ``index.html``, for reading without a server.
    """
    path, _, anchor = url.partition("#")
    fragment = f"#{quote(anchor, safe='')}" if anchor else ""
    if path == page and fragment:
        return fragment
    here, there = page.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    link = "../" * (len(here) - shared) + quote("/".join(there[shared:]))
    if not directory_urls and (not path or path.endswith("/")):
        link += "index.html"
    return (link or "./") + fragment
