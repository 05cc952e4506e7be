"""A built site, and its numbers worked out anew from its own data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from recomputed import Recomputed, Row
from restated import Restated
from site_builder import Site
from tables import Tables


@dataclass
class Case:
    """A built site, and its numbers worked out anew."""

    site: Site

    @cached_property
    def numbers(self) -> Recomputed:
        return Recomputed(self.site.text("data/okrs.json"))

    @cached_property
    def stood(self) -> Restated:
        return Restated(self.numbers)

    def article(self, url: str) -> str:
        html = self.site.text(f"{url}index.html")
        article = re.search(r"<article[^>]*>(.*)</article>", html, re.DOTALL)
        assert article, url
        return article[1].replace("\u00a0", " ")

    def page(self, url: str) -> Tables:
        return Tables(self.article(url))

    def closed(self) -> list[str]:
        known = self.numbers
        return [c for c, r in known.cycles.items() if r["state"] == "closed" and known.plans_in(c)]

    def begun(self) -> dict[str, list[Row]]:
        """Return the plans for each cycle that has begun, where there are any."""
        cycles = self.numbers.cycles
        plans = {c: self.numbers.plans_in(c) for c, r in cycles.items() if r["state"] != "upcoming"}
        return {cycle: found for cycle, found in plans.items() if found}
