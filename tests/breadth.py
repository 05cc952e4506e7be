"""How much of a long test runs: a part of it each time, all of it with ``make long``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

LONG = os.environ.get("LONG") == "1"


def part_of(items: Sequence[T], one_in: int) -> Sequence[T]:
    """Return all of what a test could go through where there is time, else one in so many."""
    return items if LONG else items[::one_in]
