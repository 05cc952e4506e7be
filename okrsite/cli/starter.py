"""A name, teams and a cycle → the files of a company that builds at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from string import Template

from okrsite import __version__
from okrsite.model.cycle_names import is_known_name
from okrsite.resolve.ids import is_reserved, mixes_scripts, slug

_SOURCE = "content/okrs"
_TAKEN = frozenset({"company", "checkins", "feedback"})
_PLAIN = re.compile(r"[^\W\d_](?:[\w .'&()/-]*[\w.)])?")


class StarterError(ValueError):
    """A name that cannot become a folder, or two that become the same."""


@dataclass(frozen=True, slots=True)
class Starter:
    """What a new company is made of."""

    name: str
    cycle: str
    """A cycle's known name, in lower case."""
    teams: tuple[str, ...]
    """Titles; ``Engineering/Platform`` is a team inside a department."""
    forge: str
    """``github``, ``gitlab``, ``both`` or ``none``."""
    today: date


class _Text(Template):
    """A file with ``§name`` to fill in: shells, YAML and CI files leave the sign alone."""

    delimiter = "§"


def starter_files(starter: Starter) -> dict[str, str]:
    """Return the files of a company by path; StarterError for names that do not work."""
    folders = _folders(starter.teams)
    leaves = [path for path in folders if not _has_teams_below(path, folders)]
    words = _words(starter, leaves)
    written = {
        "mkdocs.yml": "mkdocs.yml",
        "README.md": "README.md",
        "requirements.txt": "requirements.txt",
        ".gitignore": "gitignore",
        "content/docs/index.md": "index.md",
        f"{_SOURCE}/okrs.yml": "okrs.yml",
        f"{_SOURCE}/people.yml": "people.yml",
        f"{_SOURCE}/team.md": "company.md",
        f"{_SOURCE}/{starter.cycle}.yml": "company-plan.yml",
        **_forge_files(starter.forge),
    }
    made = {path: _fill(name, words) for path, name in written.items()}
    if "CODEOWNERS" in made:
        made["README.md"] += _fill("publish.md", words)
    for path, title in folders.items():
        made[f"{_SOURCE}/{path}/team.md"] = _fill("team.md", words | {"title": _scalar(title)})
        if path in leaves:
            made[f"{_SOURCE}/{path}/{starter.cycle}.yml"] = _fill("team-plan.yml", words)
    return made


def _words(starter: Starter, leaves: list[str]) -> dict[str, str]:
    return {
        "name": _scalar(starter.name),
        "plain_name": starter.name,
        "site_name": _scalar(f"{starter.name} OKRs"),
        "cycle": starter.cycle,
        "version": __version__,
        "day": starter.today.isoformat(),
        "where": f"{leaves[0]}/" if leaves else "",
        "example": "rhythm/weeks" if leaves else "open/weeks",
        "owners": "\n".join(_owner_line(path) for path in leaves or ["platform"]),
    }


def _owner_line(path: str) -> str:
    return f"# /{_SOURCE}/{path}/  @your-company/{path.rpartition('/')[2]}"


def _forge_files(forge: str) -> dict[str, str]:
    github = {
        ".github/workflows/okrs.yml": "github.yml",
        ".github/workflows/okrs-pull-request.yml": "github-request.yml",
        ".github/pull_request_template.md": "change-request.md",
    }
    gitlab = {
        ".gitlab-ci.yml": "gitlab.yml",
        ".gitlab/merge_request_templates/Default.md": "change-request.md",
    }
    chosen = {"github": github, "gitlab": gitlab, "both": github | gitlab, "none": {}}[forge]
    return {"CODEOWNERS": "CODEOWNERS", **chosen} if chosen else {}


def _fill(name: str, words: dict[str, str]) -> str:
    file = files("okrsite.cli") / "starter_files" / name
    return _Text(file.read_text(encoding="utf-8")).substitute(words)


def _folders(teams: Iterable[str]) -> dict[str, str]:
    """Return folder to title of every team and the departments around them, in order."""
    folders: dict[str, str] = {}
    owners: dict[str, str] = {}
    for team in teams:
        path = ""
        for title in (part.strip() for part in team.split("/")):
            id = team_id(title)
            path = f"{path}/{id}".lstrip("/")
            if owners.setdefault(id, path) != path or folders.setdefault(path, title) != title:
                raise StarterError(f"two teams would be called '{id}'; give one another name")
    return folders


def _has_teams_below(path: str, folders: Iterable[str]) -> bool:
    return any(other.startswith(f"{path}/") for other in folders)


def team_id(title: str) -> str:
    """Return the folder of a title, which is its team's id too."""
    name = slug(title)
    if not name:
        raise StarterError(f"'{title}' has no letter to name a folder by")
    if mixes_scripts(name):
        raise StarterError(f"'{name}' mixes letters of several scripts that look alike")
    if name in _TAKEN or is_reserved(name) or is_known_name(name):
        raise StarterError(f"a team cannot be called '{name}', which means something else")
    return name


def _scalar(text: str) -> str:
    """Return a text as YAML: bare where that is safe, else in double quotes."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
