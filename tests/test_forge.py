"""Deep links into a forge: each host's own spelling, whole paths, nothing secret."""

from urllib.parse import parse_qs, urlsplit

import pytest

from okrsite.forge import Forge, Kind, discuss_url, read_forge

GITHUB = Forge("https://github.com/harbor/okrs", Kind.GITHUB, "main", "content/okrs")
GITLAB = Forge("https://git.harbor.example/okrs", Kind.GITLAB, "main", "content/okrs")
GITEA = Forge("https://codeberg.org/harbor/okrs", Kind.GITEA, "main", "content/okrs")


@pytest.mark.parametrize(
    ("forge", "expected"),
    [
        (GITHUB, "https://github.com/harbor/okrs/edit/main/content/okrs/data/2026-q4.yml"),
        (GITLAB, "https://git.harbor.example/okrs/-/edit/main/content/okrs/data/2026-q4.yml"),
        (GITEA, "https://codeberg.org/harbor/okrs/_edit/main/content/okrs/data/2026-q4.yml"),
    ],
)
def test_a_file_is_edited_where_it_lies(forge: Forge, expected: str) -> None:
    assert forge.edit_url("data/2026-q4.yml") == expected


@pytest.mark.parametrize(
    ("forge", "page", "name", "content"),
    [
        (GITHUB, "/harbor/okrs/new/main", "filename", "value"),
        (GITLAB, "/okrs/-/new/main", "file_name", "content"),
        (GITEA, "/harbor/okrs/_new/main", "filename", "value"),
    ],
)
def test_a_new_file_brings_its_whole_path_and_its_text(
    forge: Forge, page: str, name: str, content: str
) -> None:
    text = "key_results:\n  trust/sev1: 2 & 3\n"
    address = urlsplit(forge.new_url("data/checkins/2026-11-23.yml", text))
    assert address.path == page
    path = "content/okrs/data/checkins/2026-11-23.yml"
    assert parse_qs(address.query) == {name: [path], content: [text]}


def test_a_text_too_long_for_a_link_is_left_out() -> None:
    address = GITHUB.new_url("a.yml", "x" * 10_000)
    assert parse_qs(urlsplit(address).query) == {"filename": ["content/okrs/a.yml"]}


def test_an_issue_has_the_reference_in_its_title() -> None:
    title = "platform@2026-q4/trust: "
    assert parse_qs(urlsplit(GITHUB.issue_url(title)).query) == {"title": [title]}
    assert parse_qs(urlsplit(GITLAB.issue_url(title)).query) == {"issue[title]": [title]}
    assert urlsplit(GITLAB.issue_url(title)).path == "/okrs/-/issues/new"


@pytest.mark.parametrize(
    ("repository", "address", "kind"),
    [
        ("https://github.com/harbor/okrs", "https://github.com/harbor/okrs", Kind.GITHUB),
        ("https://github.com/harbor/okrs.git/", "https://github.com/harbor/okrs", Kind.GITHUB),
        ("git@github.com:harbor/okrs.git", "https://github.com/harbor/okrs", Kind.GITHUB),
        ("ssh://git@gitlab.com/h/okrs.git", "https://gitlab.com/h/okrs", Kind.GITLAB),
        ("https://git.harbor.example:8443/o", "https://git.harbor.example:8443/o", Kind.GITLAB),
        ("https://codeberg.org/h/okrs", "https://codeberg.org/h/okrs", Kind.GITEA),
        ("https://user:s3cret@gitlab.com/h/o", "https://gitlab.com/h/o", Kind.GITLAB),
    ],
)
def test_a_repository_is_recognised(repository: str, address: str, kind: Kind) -> None:
    assert read_forge(repository, "main", "/content/okrs/") == Forge(
        address, kind, "main", "content/okrs"
    )


@pytest.mark.parametrize("nothing", ["", "okrs", "/srv/git/okrs.git", "file:///x", "javascript:x"])
def test_what_is_no_web_address_is_no_forge(nothing: str) -> None:
    assert read_forge(nothing) is None


def test_a_kind_may_be_named() -> None:
    forge = read_forge("https://git.harbor.example/okrs", kind="gitea")
    assert forge is not None
    assert forge.kind is Kind.GITEA


def test_branch_and_path_are_encoded() -> None:
    forge = Forge("https://github.com/h/o", Kind.GITHUB, "team/ä b")
    assert forge.edit_url("平台/a#b.yml") == (
        "https://github.com/h/o/edit/team/%C3%A4%20b/%E5%B9%B3%E5%8F%B0/a%23b.yml"
    )


def test_discuss_fills_in_the_reference() -> None:
    pattern = "https://git.example.com/okrs/issues/new?title={ref}"
    assert discuss_url(pattern, "a@2026-q4/b c") == (
        "https://git.example.com/okrs/issues/new?title=a%402026-q4%2Fb%20c"
    )
