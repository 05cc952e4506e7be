"""Addresses: made of ids, spelt relative to the page, percent-encoded."""

from urllib.parse import unquote, urljoin

import pytest
from builders import company, key_result, objective, plan, ref, team
from hypothesis import given
from hypothesis import strategies as st

from okrsite import urls
from okrsite.lookup import find_url
from okrsite.model import StandingPriority

IDS = st.text("abcé中-_1", min_size=1, max_size=6).filter(lambda text: text[0] not in "-_")
PATHS = st.lists(IDS, max_size=4).map(lambda parts: "".join(f"{part}/" for part in parts))


@pytest.mark.parametrize(
    ("url", "page", "expected"),
    [
        ("", "", "./"),
        ("", "teams/", "../"),
        ("teams/platform/", "teams/platform/2026-q4/trust/", "../../"),
        ("teams/platform/2026-q4/trust/#sev1", "", "teams/platform/2026-q4/trust/#sev1"),
        ("teams/a/#_priority-x", "teams/a/", "#_priority-x"),
        ("teams/平台/", "teams/", "%E5%B9%B3%E5%8F%B0/"),
        ("data/okrs.json", "data/", "okrs.json"),
    ],
)
def test_a_link_is_relative_and_encoded(url: str, page: str, expected: str) -> None:
    assert urls.relative(url, page) == expected


def test_without_directory_urls_a_link_names_the_file() -> None:
    assert urls.relative("teams/a/", "", directory_urls=False) == "teams/a/index.html"
    assert urls.relative("teams/a/#x", "teams/b/", directory_urls=False) == "../a/index.html#x"
    assert urls.relative("data/okrs.json", "", directory_urls=False) == "data/okrs.json"


@given(url=PATHS, page=PATHS)
def test_a_link_leads_where_it_says(url: str, page: str) -> None:
    base = "https://okrs.example.com/"
    assert unquote(urljoin(base + page, urls.relative(url, page))) == base + url


def test_addresses_are_made_of_ids_not_of_folders() -> None:
    trust = objective("platform@2026-q4/trust", key_result("sev1"))
    own = objective("ana@2026-q4/focus", team="platform")
    deep = team("platform", folder="engineering/platform")
    house = company(plan(trust), plan(own), teams=(team("company"), deep))
    assert urls.reference_url(house, trust.ref) == "teams/platform/2026-q4/trust/"
    sev1 = trust.key_results[0].ref
    assert urls.reference_url(house, sev1) == "teams/platform/2026-q4/trust/#sev1"
    assert urls.reference_url(house, own.ref) == "people/ana/2026-q4/focus/"


def test_okr_links_find_owners_cycles_references_and_former_names() -> None:
    sev1 = key_result("sev1", aka=("incidents",))
    trust = objective("platform@2026-q4/trust", sev1, aka=("reliable",))
    standing = (StandingPriority("calm", "Keep calm"),)
    teams = (team("company"), team("platform", aka=("infra",), priorities=standing))
    house = company(plan(trust), teams=teams)
    page = "teams/platform/2026-q4/trust/"
    assert find_url(house, "platform") == "teams/platform/"
    assert find_url(house, "ana") == "people/ana/"
    assert find_url(house, "platform@2026-Q4".lower()) == "teams/platform/2026-q4/"
    assert find_url(house, "platform/trust") == page
    assert find_url(house, "infra@2026-q4/reliable/incidents") == f"{page}#sev1"
    assert find_url(house, "platform/calm") == "teams/platform/#_priority-calm"
    assert find_url(house, "@ana") == "people/ana/"
    assert find_url(house, "company") == "teams/company/"
    assert find_url(house, "platform/reliable") == page
    assert find_url(house, "platform/trust/nothing") is None
    assert find_url(house, "platform@2026-q4/calm") is None
    assert find_url(house, "platform/nothing") is None
    assert find_url(house, "nobody") is None
    assert find_url(house, "platform@2025-q1/trust") is None


def test_anchors_of_ours_cannot_be_ids_of_key_results() -> None:
    assert urls.priority_anchor("sev1").startswith("_")
    assert "." in urls.node_anchor(ref("platform@2026-q4/trust"))
