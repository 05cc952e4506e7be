"""Pages that have hardly any room, so that a small company is split as a very large one is."""

from __future__ import annotations

import sys

import pytest

FEW = {
    "MOST_ROWS": 5,
    "MOST_OBJECTIVE_ROWS": 6,
    "MOST_ROWS_OF_TEAM": 6,
    "MOST_KEY_RESULTS": 2,
    "MOST_TIES": 2,
    "FEWEST_TIES": 1,
    "MOST_KEY_RESULT_TIES": 1,
    "FEWEST_TEAMS": 1,
    "MOST_PEOPLE": 2,
    "MOST_FEEDBACK": 1,
    "MOST_ASKS": 1,
    "MOST_BACKERS": 1,
    "MOST_OWED": 1,
    "MOST_ROLES": 1,
    "MOST_LOGGED": 3,
    "MOST_BROKEN": 1,
    "STORY_ROOM": 900,
    "_TEAM_ROOM": 9000,
}


def cramp(patch: pytest.MonkeyPatch) -> None:
    """Leave pages so little room, wherever the limits were imported to."""
    modules = [module for name, module in sys.modules.items() if name.startswith("okrsite.")]
    for name, few in FEW.items():
        found = [module for module in modules if isinstance(getattr(module, name, None), int)]
        assert found, name
        for module in found:
            patch.setattr(module, name, few)
