"""What okrsite promises about speed and size, beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .results import Results


@dataclass(frozen=True)
class Promise:
    """One promise: the most that it allows, what it hopes for, and what was measured."""

    what: str
    most: float
    unit: str
    """`{}` stands for the number."""
    found: float | None
    """None where it was not measured."""
    aim: float | None = None

    @property
    def verdict(self) -> str:
        """In a word: met, missed or not measured."""
        if self.found is None:
            return "not measured"
        if self.found > self.most:
            return "**missed**"
        return "met" if self.aim is None or self.found <= self.aim else "met, not the aim"

    @property
    def limit(self) -> str:
        """What is promised, and what is hoped for."""
        aim = f", aim {self.say(self.aim)}" if self.aim is not None else ""
        return f"≤ {self.say(self.most)}{aim}"

    def say(self, number: float | None) -> str:
        """Return a number in the promise's unit."""
        if number is None:
            return "–"
        text = f"{number:.0f}" if number >= 20 else f"{number:.2f}".rstrip("0").rstrip(".")
        return self.unit.format(text)


def promises(results: Results) -> list[Promise]:
    """Return every promise that these builds can show, with its figure."""
    return [*_builds(results), *_commands(results), *_weights(results)]


def _builds(results: Results) -> Iterator[Promise]:
    for size, times in ((1000, 1.5), (4000, 2.0)):
        cold = f"cold build, {size:,} objectives"
        hugo = _ratio(results, size, "hugo")
        yield Promise(f"{cold}, beside Hugo", times, "{} ×", hugo, aim=1)
        plain = _ratio(results, size, "mkdocs")
        yield Promise(f"{cold}, beside MkDocs + Material", 0.2, "{} ×", plain)
    small, large = (_wall(results, size, "cold") for size in (1000, 4000))
    growth = large / small if small and large else None
    yield Promise("growth: time for 4,000 ÷ time for 1,000", 4.4, "{}", growth)
    seconds = "{} s"
    yield Promise(
        "one check-in changed, cache restored, 1,000 objectives",
        1,
        seconds,
        _wall(results, 1000, "ci"),
    )
    yield Promise(
        "one check-in changed, cache restored, 4,000 objectives",
        2.5,
        seconds,
        _wall(results, 4000, "ci"),
        aim=1,
    )
    found = results.find(4000, "okrsite", "cold")
    memory = found.memory / 1e6 if found and found.memory else None
    yield Promise("memory of all processes, 4,000 objectives", 500, "{} MB", memory)


def _commands(results: Results) -> Iterator[Promise]:
    seconds = "{} s"
    reload = _wall(results, 1000, "serve")
    yield Promise("`okrsite serve`, save to reload, 1,000 objectives", 0.5, seconds, reload)
    for size, case, most, what in (
        (36, "check cold", 0.4, "12 plans, cold"),
        (1000, "check cold", 2, "334 plans, cold"),
        (1000, "check warm", 0.5, "334 plans, warm"),
    ):
        yield Promise(f"`okrsite check`, {what}", most, seconds, _wall(results, size, case))


def _weights(results: Results) -> Iterator[Promise]:
    for what, name, most in (
        ("largest page of a team, objective or person", "page", 80),
        ("the same, gzipped", "page, gzipped", 20),
        ("largest chart", "chart", 6),
        ("first view of such a page beyond Material's assets", "first view", 100),
    ):
        found = results.weights.get(name)
        yield Promise(what, most, "{} kB", found / 1000 if found else None)


def _wall(results: Results, size: int, case: str) -> float | None:
    found = results.find(size, "okrsite", case)
    return found.wall if found else None


def _ratio(results: Results, size: int, peer: str) -> float | None:
    own, other = _wall(results, size, "cold"), results.find(size, peer, "cold")
    return own / other.wall if own and other else None
