"""MkDocs' configuration → what the pages room is told about the site around ours."""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from okrsite.forge import Forge, read_forge
from okrsite.pages.page import Surroundings
from okrsite.theme_dir import theme_dir

_EDIT_ADDRESS = re.compile(
    r"(?P<repository>https?://[^?#]+?)/(?:-/)?_?(?:edit|blob|tree|src/branch)/"
    r"(?P<branch>[^/?#]+)/(?P<folder>[^?#]*)"
)
"""Where GitHub, GitLab and Gitea edit files, up to the folder of the documentation."""


def describe_surroundings(
    config: MkDocsConfig, source: Path, at: str, home_prose: str
) -> Surroundings:
    """Return the site's address, its templates and where its source files are edited."""
    return Surroundings(
        address=urljoin(config.site_url, at) if config.site_url else "",
        directory_urls=config.use_directory_urls,
        forge=find_forge(config, source),
        home_prose=home_prose,
        template_dirs=template_dirs(config),
    )


def template_dirs(config: MkDocsConfig) -> tuple[Path, ...]:
    """Return where templates of ours are looked for: the company's `custom_dir`, then ours."""
    custom = config.theme.custom_dir
    return (*((Path(custom),) if custom else ()), theme_dir())


def find_forge(config: MkDocsConfig, source: Path) -> Forge | None:
    """Return the forge that `edit_uri`, else `repo_url`, speaks of; None where neither does.

    A full address as `edit_uri` needs no `repo_url`, which makes Material's script ask GitHub or
    GitLab for the number of stars.
    """
    edit_uri = config.edit_uri or ""
    repository = (config.repo_url or "").rstrip("/")
    address = urljoin(repository + "/", edit_uri) if repository else edit_uri
    if found := _EDIT_ADDRESS.match(address):
        above = os.path.relpath(source, config.docs_dir).replace(os.sep, "/")
        folder = posixpath.normpath(posixpath.join(unquote(found["folder"]), above))
        if not folder.startswith(".."):
            folder = "" if folder == "." else folder
            return read_forge(found["repository"], unquote(found["branch"]), folder)
    if repository and config.config_file_path:
        root = Path(config.config_file_path).parent
        if source.is_relative_to(root):
            folder = source.relative_to(root).as_posix()
            return read_forge(repository, "", "" if folder == "." else folder)
    return None


def read_at(at: str) -> str:
    """Return `at:` as the beginning of an address: nothing, or ending in one slash."""
    folder = at.strip("/")
    if folder and not re.fullmatch(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*", folder):
        raise PluginError(f"at: {at!r} is no folder of the site; mend: write okrs")
    return f"{folder}/" if folder else ""


def read_source(source: str, config: MkDocsConfig) -> Path:
    """Return the source folder, relative to `mkdocs.yml`; never one that MkDocs would publish."""
    beside = Path(config.config_file_path).parent if config.config_file_path else Path()
    folder = (beside / source).resolve()
    if folder.is_relative_to(Path(config.docs_dir).resolve()):
        raise PluginError(
            f"the OKR files in {source} lie inside docs_dir, so MkDocs would "
            "publish them as they are, whoever they are meant for; mend: move them beside it"
        )
    return folder
