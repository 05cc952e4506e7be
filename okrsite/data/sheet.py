"""What every row of data is made from."""

from __future__ import annotations

from dataclasses import dataclass

from okrsite.measure import Measures
from okrsite.model import Company, Place
from okrsite.words import Words


@dataclass(frozen=True, slots=True)
class Sheet:
    """What rows are made from."""

    company: Company
    measures: Measures
    words: Words

    def source(self, place: Place | None) -> str | None:
        """Return path and line; the line only for the narrowest audience.

        Lines tell how much stands above them, hidden things included.
        """
        if place is None:
            return None
        is_narrowest = self.company.audience == self.company.rules.audiences[-1]
        return f"{place.path}:{place.line}" if is_narrowest else place.path
