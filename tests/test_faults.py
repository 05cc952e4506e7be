"""Nothing that happens to a build leaves half a site; `make storm` tries all of it, this a sample."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import ROOT, okrsite_inside
from storm import AS_OF, COMPANY, SITE, fingerprints
from trees import write_files

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the storm forks its builders"),
]

# Not `alone`: with several processes at work it is chance which of them makes the n-th call.
KINDS = ("once", "full", "broken", "kill")
SAMPLE = ("--each", "1", "--kills", "8", "--rivals", "3", "--seed", "20261120")


@pytest.fixture(scope="module")
def storm() -> dict[str, Any]:
    words = (sys.executable, str(ROOT / "tests/storm.py"), *SAMPLE, "--kinds", *KINDS)
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_nothing_went_wrong_in_the_storm(storm: dict[str, Any]) -> None:
    assert storm["wrong"] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("start", ["first", "again", "prose"])
def test_calls_of_every_kind_were_struck(storm: dict[str, Any], kind: str, start: str) -> None:
    assert storm["calls"][start] > 100
    assert sum(storm["cases"][f"{kind} {start}"].values()) == 1


def test_what_is_kept_was_damaged(storm: dict[str, Any]) -> None:
    assert storm["kept"] > 50
    assert storm["cases"]["cache again"] == {"exit 0, new": 5}


def test_builds_were_killed_and_set_on_each_other(storm: dict[str, Any]) -> None:
    assert sum(storm["cases"]["moment again"].values()) == 6
    assert sum(storm["cases"]["rivals again"].values()) == 3


HOOK = """
from pathlib import Path

def on_post_build(config):
    for page in Path(config.site_dir).rglob("*.html"):
        page.write_text(page.read_text() + "<!-- half a site -->")
    raise OSError("and then it failed")
"""


def test_a_hook_that_rewrites_pages_and_fails_leaves_the_old_site(tmp_path: Path) -> None:
    company = write_files(tmp_path, COMPANY)
    assert okrsite_inside("build", *AS_OF, cwd=company).returncode == 0
    old = fingerprints(company / SITE)
    hooked = COMPANY["mkdocs.yml"] + "hooks: [hook.py]\n"
    write_files(company, {"mkdocs.yml": hooked, "hook.py": HOOK})
    failed = okrsite_inside("build", *AS_OF, cwd=company)
    assert failed.returncode == 2
    assert "and then it failed" in failed.stderr
    assert fingerprints(company / SITE) == old
