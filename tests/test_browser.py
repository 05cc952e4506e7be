"""Built sites in a real Chromium: for everybody, on every screen, and asking nobody else."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
import yaml
from accessibility import AXE, rules_for
from breadth import LONG
from browser import DESK, PAPER, PHONE, Chromium, Headers, Tab, search_for, serve
from command import ROOT, build_site, write_tree
from demo_pages import KINDS, OBJECTIVE
from site_builder import Site
from visited_sites import LITTLE, LITTLE_KINDS, MUCH_KINDS, much

pytestmark = pytest.mark.browser

LOOKS = [(DESK, "light"), (DESK, "dark"), (PHONE, "light"), (PHONE, "dark")]
# What a width breaks it breaks in both palettes; `make long` looks at everything nevertheless.
NEEDED = {
    "demo": [(DESK, "light"), (DESK, "dark"), (PHONE, "dark")],
    "one team": [(DESK, "dark"), (PHONE, "light")],
    "much": [(DESK, "dark"), (PHONE, "dark")],
}
PRINTED = ("demo", DESK, "light")
UNDER_POLICY = ("demo", "light")
SEEN = [(site, *look) for site in NEEDED for look in LOOKS if LONG or look in NEEDED[site]]
"""Which sites are looked at in which width and palette."""

QUIET = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}

MATERIALS_OWN = {
    "aria-dialog-name": "the search is a dialog without a name",
    "color-contrast": "tabs that are not active are pale, and so are comments in coloured code",
    "label": "the switches of navigation and palette are labelled by icons",
    "link-in-text-block": "links in the prose of Markdown pages differ from it by colour alone",
    "scrollable-region-focusable": "code in Markdown pages scrolls on a phone, by touch alone",
}
"""What axe finds serious in the shell around our pages: Material's, which is not ours to mend."""

AXE_SAYS = """
axe.run(document, {%s, resultTypes: ['violations'], preload: false}).then(found => found.violations.flatMap(
  rule => rule.nodes.filter(node => ['serious', 'critical'].includes(node.impact)).map(node => {
    const element = document.querySelector(node.target.flat(9).at(-1));
    const ours = !!element && !!element.closest('.okr-page');
    return {ours, rule: rule.id, html: node.html.slice(0, 160), why: node.failureSummary};
  })))
"""

# What reaches beyond the window without something around it that scrolls.
BEYOND = """
[...document.querySelectorAll('article *')].filter(element => {
  const box = element.getBoundingClientRect();
  if (!box.width || box.right <= innerWidth + 1 || element.closest('svg') !== null
      && element.tagName !== 'svg') return false;
  for (let above = element.parentElement; above; above = above.parentElement)
    if (/auto|scroll|hidden|clip/.test(getComputedStyle(above).overflowX)
        && above.getBoundingClientRect().right <= innerWidth + 1) return false;
  return true;
}).map(element => element.outerHTML.slice(0, 120))
"""

# What must not be missing on paper.
HIDDEN = """
[...document.querySelectorAll('article :is(h1, h2, .okr-title, .okr-badge, table)')]
  .filter(e => !e.checkVisibility({visibilityProperty: true})
    && !e.closest('details:not([open]), dialog:not([open])')).map(e => e.outerHTML.slice(0, 120))
"""

# Blocks beside each other that lie on each other.
OVERLAPS = """
(() => {
  const found = [];
  for (const box of document.querySelectorAll('article :is(.okr, .okr-cols, .okr-stack, ul, ol)')) {
    const parts = [...box.children].filter(e => e.checkVisibility() && e.tagName !== 'svg')
      .map(e => [e, e.getBoundingClientRect()])
      .filter(([e, r]) => r.width > 1 && r.height > 1
        && !['absolute', 'fixed'].includes(getComputedStyle(e).position));
    parts.forEach(([one, a], i) => parts.slice(i + 1).forEach(([other, b]) => {
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
          && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
        found.push(one.outerHTML.slice(0, 90) + ' × ' + other.outerHTML.slice(0, 90));
    }));
  }
  return found;
})()
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build the site of a company whose lists take more than one page."""
    folder = write_tree(tmp_path_factory.mktemp("much"), much())
    return build_site(folder / "site", "--as-of", "2026-11-20", cwd=folder)


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build the site of a company that is one team with one file and one check-in."""
    folder = write_tree(tmp_path_factory.mktemp("little"), LITTLE)
    return build_site(folder / "site", "--as-of", "2026-11-20", cwd=folder)


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build a site of Material alone, as deep as ours, from the same configuration."""
    folder = tmp_path_factory.mktemp("material")
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    config = {**config, "docs_dir": "docs", "plugins": ["search"]}
    del config["nav"], config["extra_css"]
    pages = {f"docs/{'deep/' * depth}index.md": "# Page\n\nText.\n" for depth in range(6)}
    write_tree(folder, {"mkdocs.yml": yaml.dump(config), **pages})
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "-q", "build"], cwd=folder, env=QUIET, check=True
    )
    return Site(folder / "site")


def policy_for(site: Site) -> str:
    """Return the strictest Content-Security-Policy under which a site's own scripts run."""
    inline = re.compile(r"<script>(.*?)</script>", re.DOTALL)
    scripts = {
        script
        for path in site.bytes()
        if path.endswith(".html")
        for script in inline.findall(site.text(path))
    }
    hashes = {base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts}
    allowed = " ".join(f"'sha256-{hash}'" for hash in sorted(hashes))
    return (
        f"default-src 'none'; script-src 'self' {allowed}; style-src 'self'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


@pytest.fixture(scope="module")
def policy(material: Site) -> str:
    """Return the strictest policy that Material alone just bears."""
    return policy_for(material)


def with_policy(policy: str) -> Headers:
    return lambda _: {"Content-Security-Policy": policy}


@dataclass(frozen=True)
class Printed:
    """What a page showed on paper."""

    hidden: list[str]
    overlaps: list[str]
    width: int
    beyond: list[str]
    has_header: bool


@dataclass(frozen=True)
class Visit:
    """What a page showed once."""

    scheme: str
    axe: list[dict[str, Any]]
    errors: list[str]
    foreign: list[str]
    width: int
    beyond: list[str]
    overlaps: list[str]
    printed: Printed | None
    """Where it was printed, too."""


Visits = Callable[[str, int, str], dict[str, Visit]]


@pytest.fixture(scope="module")
def visits(browser: Chromium, demo: Site, little: Site, large: Site, policy: str) -> Visits:
    """Return a function that tells of all pages of a site in a width and a palette.

    Each page is loaded once for each palette, and looked at in all widths.
    """
    sites = {
        "demo": (demo, KINDS),
        "one team": (little, LITTLE_KINDS),
        "much": (large, MUCH_KINDS),
    }

    @cache
    def visit(site: str, scheme: str) -> dict[tuple[int, str], Visit]:
        (built, kinds), found = sites[site], {}
        widths = [width for width in (DESK, PHONE) if (site, width, scheme) in SEEN]
        # What a policy forbids is an error, and so is seen; what it hides is seen in the dark.
        headers = with_policy(policy) if (site, scheme) == UNDER_POLICY else None
        with serve(built.root, headers) as served, browser.tab(widths[0], scheme) as tab:
            if headers:
                tab.without_search()  # which `TestPolicy` tries
            for kind, url in kinds.items():
                tab.resize(widths[0])
                tab.open(served.address + url)
                tab.value(AXE)
                for width in widths:
                    tab.resize(width)
                    tab.settle(0.1)
                    question = AXE_SAYS % rules_for(width, scheme)
                    printed = (site, width, scheme) == PRINTED
                    found[width, kind] = look_at(tab, question, printed=printed)
                    tab.prefer(scheme)
        return found

    def visits(site: str, width: int, scheme: str) -> dict[str, Visit]:
        return {kind: seen for (w, kind), seen in visit(site, scheme).items() if w == width}

    return visits


def look_at(tab: Tab, question: str, *, printed: bool) -> Visit:
    """Look at the page that is open: ask axe in it a question, and print it, too, if wished."""
    return Visit(
        tab.value("document.body.dataset.mdColorScheme"),
        tab.value(question),
        list(tab.errors),
        tab.foreign,
        tab.value("document.documentElement.scrollWidth"),
        tab.value(BEYOND),
        tab.value(OVERLAPS),
        look_at_paper(tab) if printed else None,
    )


def look_at_paper(tab: Tab) -> Printed:
    """Print the page that is open, as people do who have read it on their screen."""
    tab.resize(PAPER)
    tab.prefer("light", "print")
    return Printed(
        tab.value(HIDDEN),
        tab.value(OVERLAPS),
        tab.value("document.documentElement.scrollWidth"),
        tab.value(BEYOND),
        tab.value("document.querySelector('.md-header').checkVisibility()"),
    )


@pytest.mark.parametrize(("site", "width", "scheme"), SEEN)
class TestEveryKindOfPage:
    def test_follows_the_system_s_palette(
        self, visits: Visits, site: str, width: int, scheme: str
    ) -> None:
        wanted = {"light": "default", "dark": "slate"}[scheme]
        assert {visit.scheme for visit in visits(site, width, scheme).values()} == {wanted}

    def test_is_accessible(self, visits: Visits, site: str, width: int, scheme: str) -> None:
        found = {
            kind: [f"{finding['rule']}: {finding['html']} {finding['why']}" for finding in ours]
            for kind, visit in visits(site, width, scheme).items()
            if (ours := [finding for finding in visit.axe if finding["ours"]])
        }
        assert found == {}

    def test_stands_in_a_shell_whose_faults_are_known(
        self, visits: Visits, site: str, width: int, scheme: str
    ) -> None:
        shell = {
            finding["rule"]: finding["html"]
            for visit in visits(site, width, scheme).values()
            for finding in visit.axe
            if not finding["ours"]
        }
        assert {rule: html for rule, html in shell.items() if rule not in MATERIALS_OWN} == {}

    def test_has_no_error(self, visits: Visits, site: str, width: int, scheme: str) -> None:
        pages = visits(site, width, scheme)
        assert {kind: visit.errors for kind, visit in pages.items() if visit.errors} == {}

    def test_asks_no_other_host(self, visits: Visits, site: str, width: int, scheme: str) -> None:
        pages = visits(site, width, scheme)
        assert {kind: visit.foreign for kind, visit in pages.items() if visit.foreign} == {}

    def test_fits_the_window(self, visits: Visits, site: str, width: int, scheme: str) -> None:
        pages = visits(site, width, scheme)
        assert {kind: visit.width for kind, visit in pages.items() if visit.width > width} == {}
        assert {kind: visit.beyond for kind, visit in pages.items() if visit.beyond} == {}

    def test_has_no_overlaps(self, visits: Visits, site: str, width: int, scheme: str) -> None:
        pages = visits(site, width, scheme)
        assert {kind: visit.overlaps for kind, visit in pages.items() if visit.overlaps} == {}


def test_paper_shows_all_and_nothing_twice(visits: Visits) -> None:
    for kind, visit in visits(*PRINTED).items():
        assert visit.printed, kind
        assert visit.printed.hidden == [], kind
        assert visit.printed.overlaps == [], kind
        assert visit.printed.width <= PAPER, kind
        assert visit.printed.beyond == [], kind
        assert not visit.printed.has_header, kind


class TestPolicy:
    """Under a policy that Material alone just bears, ours needs nothing more."""

    def test_material_bears_it(self, material: Site, policy: str, tab: Tab) -> None:
        with serve(material.root, with_policy(policy)) as served:
            for depth in range(6):
                tab.open(served.address + "deep/" * depth)
                search_for(tab, "page")
                assert tab.errors == [], depth

    def test_it_is_strict(self, material: Site, policy: str, tab: Tab) -> None:
        without = re.sub(r"'sha256-[^']*'", "", policy)
        with serve(material.root, with_policy(without)) as served:
            tab.open(served.address)
            assert any("Content Security Policy" in error for error in tab.errors)

    def test_ours_needs_no_more(self, visits: Visits, demo: Site, policy: str, tab: Tab) -> None:
        pages = visits(UNDER_POLICY[0], DESK, UNDER_POLICY[1])
        assert {kind: visit.errors for kind, visit in pages.items() if visit.errors} == {}
        with serve(demo.root, with_policy(policy)) as served:
            tab.open(served.address + OBJECTIVE)
            search_for(tab, "morning")
            assert tab.errors == []
