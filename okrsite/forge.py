"""A repository's address → deep links into its forge: edit a file, add one, open an issue.

GitHub and Gitea take ``filename`` and ``value``, GitLab ``file_name`` and ``content``; all of them
take the whole path in the query, while a folder in the path loses its last part. Some GitLab
releases leave the editor empty all the same, so pages show what to write as well.
"""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import quote, urlencode, urlsplit

from okrsite.model.quick import quick_dataclass

_LONGEST = 6000
"""Characters of a link; forges answer longer ones with an error."""


class Kind(StrEnum):
    """Which software a forge runs, which decides how its addresses are built."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GITEA = "gitea"


@quick_dataclass(frozen=True, slots=True)
class Forge:
    """A repository on the web, and where in it the source folder lies."""

    repository: str
    """``https://github.com/harbor/okrs``, without a slash at the end."""
    kind: Kind = Kind.GITHUB
    branch: str = "main"
    source: str = ""
    """The source folder's path in the repository, ``content/okrs``; nothing for its root."""

    def edit_url(self, path: str) -> str:
        """Return where a file, named relative to the source folder, is edited."""
        edit = {
            Kind.GITHUB: f"edit/{_path(self.branch)}",
            Kind.GITLAB: f"-/edit/{_path(self.branch)}",
            Kind.GITEA: f"_edit/{_path(self.branch)}",
        }[self.kind]
        return f"{self.repository}/{edit}/{_path(self._inside(path))}"

    def new_url(self, path: str, text: str) -> str:
        """Return where a file is added, filled with a text unless that makes the link too long."""
        new, name, content = {
            Kind.GITHUB: ("new", "filename", "value"),
            Kind.GITLAB: ("-/new", "file_name", "content"),
            Kind.GITEA: ("_new", "filename", "value"),
        }[self.kind]
        page = f"{self.repository}/{new}/{_path(self.branch)}"
        full = f"{page}?{_query({name: self._inside(path), content: text})}"
        return full if len(full) <= _LONGEST else f"{page}?{_query({name: self._inside(path)})}"

    def issue_url(self, title: str, body: str = "") -> str:
        """Return where an issue is opened with a title and a first text."""
        if self.kind is Kind.GITLAB:
            query = {"issue[title]": title, "issue[description]": body}
            return f"{self.repository}/-/issues/new?{_query(query)}"
        return f"{self.repository}/issues/new?{_query({'title': title, 'body': body})}"

    def _inside(self, path: str) -> str:
        return f"{self.source}/{path}" if self.source else path


def read_forge(repository: str, branch: str = "", source: str = "", kind: str = "") -> Forge | None:
    """Return the forge behind a repository's address, or None where it is no web address.

    What software it runs is told by `kind`, else by its host's name, else taken for GitLab: that
    is what most companies run themselves. Without a branch it is ``main``.
    """
    address = _web_address(repository.strip())
    if not address:
        return None
    chosen = Kind(kind) if kind else _kind_of(urlsplit(address).hostname or "")
    return Forge(address, chosen, branch or "main", source.strip("/"))


def discuss_url(pattern: str, ref: str, page: str = "") -> str:
    """Return `links.discuss` with ``{ref}`` and ``{url}`` replaced, encoded for a query."""
    values = {"{ref}": quote(ref, safe=""), "{url}": quote(page, safe="")}
    for name, value in values.items():
        pattern = pattern.replace(name, value)
    return pattern


def _web_address(repository: str) -> str:
    """Return an https address also for what git itself writes (``git@host:team/okrs.git``)."""
    trimmed = repository.rstrip("/").removesuffix(".git")
    if trimmed.startswith("git@") and ":" in trimmed:
        host, _, path = trimmed.removeprefix("git@").partition(":")
        return f"https://{host}/{path}"
    if trimmed.startswith("ssh://"):
        parts = urlsplit(trimmed)
        return f"https://{parts.hostname}{parts.path}" if parts.hostname else ""
    parts = urlsplit(trimmed)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    # A name or token before the host belongs to whoever cloned, not on a page.
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"


def _kind_of(host: str) -> Kind:
    if host == "github.com" or host.startswith("github."):
        return Kind.GITHUB
    if host == "codeberg.org" or host.startswith(("gitea.", "forgejo.")):
        return Kind.GITEA
    return Kind.GITLAB


def _path(text: str) -> str:
    return quote(text, safe="/")


def _query(values: dict[str, str]) -> str:
    return urlencode({name: value for name, value in values.items() if value}, quote_via=quote)
