"""What tests share: whether a browser is there for those that drive one, and the demo's site."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from browser import Chromium, Served, Tab
    from figures import Case
    from site_builder import Site

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let files that take long begin first, so that no worker has one left when others are done."""
    weights: dict[Path, int] = {}
    for item in items:
        weight = 2 * bool(item.get_closest_marker("browser"))
        weight += bool(item.get_closest_marker("slow"))
        weights[item.path] = max(weight, weights.get(item.path, 0))
    items.sort(key=lambda item: -weights[item.path])


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave browser tests out where there is no browser; in CI, that is a failure."""
    if item.get_closest_marker("browser") and not find_chromium():
        if os.environ.get("CI") == "true":
            pytest.fail("there is no Chromium, and CI=true", pytrace=False)
        pytest.skip("there is no Chromium")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the Chromium to drive."""
    path = find_chromium()
    assert path, "mark the test with `browser`"
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Chromium]:
    """Run one Chromium for all tests."""
    from browser import Chromium

    with Chromium(chromium) as running:
        yield running


@pytest.fixture
def served(demo: Site) -> Iterator[Served]:
    """Serve the demo on a port that no browser has been at, and knows no choices of."""
    from browser import serve

    with serve(demo.root) as served:
        yield served


@pytest.fixture
def tab(browser: Chromium) -> Iterator[Tab]:
    """Open a tab for one test."""
    with browser.tab() as tab:
        yield tab


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build the demo company once, strictly; `test_demo` builds it otherwise and compares."""
    from command import build_site

    here = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"}
    return build_site(tmp_path_factory.mktemp("demo") / "site", "--strict", env=here)


@pytest.fixture(scope="session", params=["demo", "made up"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Return a built site with its numbers worked out anew: of the demo, and of a made-up company."""
    from command import build_site, write_tree
    from figures import Case
    from made_quarters import AS_OF, make_quarters

    if request.param == "demo":
        return Case(request.getfixturevalue("demo"))
    folder = tmp_path_factory.mktemp("made")
    write_tree(folder / "content" / "okrs", make_quarters(7))
    theme = "theme: {name: material, font: false}"
    config = f"site_name: Made\n{theme}\nplugins: [search, okrsite]\n"
    write_tree(folder, {"mkdocs.yml": config, "docs/about.md": "# About\n"})
    return Case(build_site(folder / "site", "--as-of", AS_OF.isoformat(), cwd=folder))
