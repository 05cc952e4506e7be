"""Sizes → okrsite and its peers built side by side, and a report of what each cost.

``python -m tests.benchmarks.run --sizes 100 1000 4000`` takes its time. Within a round all tools
take turns, so that a busy machine is busy for all; the median of the rounds is quoted.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from .builds import OKRSITE, Build, Workshop, tools
from .company import write_company
from .measure import LOOK_EVERY, ROOT, Cost, run
from .report import report, write_report
from .results import Results, count_site, describe_machine, load_results, save_results, weigh_pages
from .serving import NotServedError, measure_serving

SIZES = (100, 1000, 4000)
ROUNDS = 3
TWELVE_TEAMS = 36
"""Objectives of a company whose check is promised in a wink."""

_PEERS = ("hugo", "zensical", "mkdocs")
_SLOW_TOOLS = ("mkdocs", "zensical")
_NOW_AND_THEN = 0.2
"""Seconds between two looks at the memory of these."""
ROOMS_AT = 1000
"""Objectives up to which okrsite is watched at work."""
SLOW = 20
"""Seconds from which a peer's build is measured in the first round only."""


def main() -> None:
    """Measure as the command line asks."""
    words = _words()
    load = os.getloadavg()[0]
    about = {"rounds": str(words.rounds), "load at the beginning": f"{load:.1f}"}
    file = words.out / "results.json"
    results = load_results(file) if words.more else Results(describe_machine() | about)
    for name, command in tools().items():
        if command is None:
            _say(f"{name} IS NOT INSTALLED: left out (pip install 'okrsite[bench]').")
    if load > 0.5:
        _say(f"THIS MACHINE IS BUSY (load {load:.1f}): trust ratios, not seconds.")
    with tempfile.TemporaryDirectory(prefix="okrsite-bench-", dir=words.work) as folder:
        root = Path(folder)
        _warm_up(root / "first")
        if not words.more:
            _check_twelve(root / "twelve", results, words.rounds)
        for size in words.sizes:
            shop = _measure(root / str(size), size, words, results)
            save_results(results, file)
            _serve(shop, results)
            _see_rooms(shop, results)
            save_results(results, file)
            shutil.rmtree(shop.root)
    write_report(results, words.out)
    print(report(results))
    _say(f"The results are in {words.out}.")


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of objectives")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--peers", nargs="*", default=[*_PEERS], choices=_PEERS, metavar="NAME")
    parser.add_argument("--more", action="store_true", help="add to the results that are there")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--work", type=Path, help="where to build; default: the system's folder")
    return parser.parse_args()


def _warm_up(folder: Path) -> None:
    """Let Python compile what it is going to import, so that no tool pays for being first."""
    write_company(folder, 3)
    run([*OKRSITE, "build"], folder)


def _check_twelve(folder: Path, results: Results, rounds: int) -> None:
    write_company(folder, TWELVE_TEAMS)
    figure = results.place(TWELVE_TEAMS, "okrsite", "check cold")
    for _ in range(rounds):
        shutil.rmtree(folder / ".okrsite-cache", ignore_errors=True)
        figure.add(run([*OKRSITE, "check"], folder))


def _measure(folder: Path, size: int, words: argparse.Namespace, results: Results) -> Workshop:
    _say(f"{size:,} objectives: writing the company and the peers' pages")
    shop = Workshop(folder, size)
    shop.prepare_peers()
    builds = [b for b in shop.peer_builds() if b.tool in words.peers]
    for turn in range(words.rounds):
        for build in [*shop.own_builds(), *builds]:
            _once(build, size, turn, results)
        _compare_pages(results, size)
    for build in [*shop.own_builds(), *builds]:
        _weigh(build, size, results)
    return shop


def _see_rooms(shop: Workshop, results: Results) -> None:
    """Look where okrsite's time goes, at the largest size at which that takes little."""
    if not results.rooms_at < shop.objectives <= ROOMS_AT:
        return
    results.rooms_at, out = shop.objectives, shop.root / "rooms.json"
    for build in shop.room_builds(out):
        _run(build)
        results.rooms[build.case] = json.loads(out.read_text(encoding="utf-8"))


def _serve(shop: Workshop, results: Results) -> None:
    try:
        served = measure_serving(shop)
    except NotServedError as error:
        _say(f"OKRSITE SERVE WAS NOT MEASURED: {error}")
        return
    figure = results.place(shop.objectives, "okrsite", "serve")
    figure.walls += served.reloads or served.pages
    figure.memory = served.memory
    _say(f"  okrsite serve: {figure.wall:.2f} s")


def _once(build: Build, size: int, turn: int, results: Results) -> None:
    figure = results.place(size, build.tool, build.case)
    if turn and figure.wall > SLOW and build.tool != "okrsite":
        return
    # What takes minutes is not slowed down by a look now and then, and need not run again.
    cost = _run(build, weigh=_NOW_AND_THEN if build.tool in _SLOW_TOOLS else 0)
    figure.add(cost)
    _say(f"  {build.tool}, {build.case}: {cost.wall:.2f} s")
    if build.site and build.case == "cold":
        count_site(figure, build.site)
        if build.tool == "okrsite":
            weights = weigh_pages(build.site)
            results.weights = {
                name: max(weight, results.weights.get(name, 0)) for name, weight in weights.items()
            }


def _weigh(build: Build, size: int, results: Results) -> None:
    figure = results.place(size, build.tool, build.case)
    if figure.memory is None:
        figure.memory = _run(build, weigh=LOOK_EVERY).memory


def _run(build: Build, *, weigh: float = 0) -> Cost:
    build.prepare()
    return run(build.command, build.folder, weigh=weigh)


def _compare_pages(results: Results, size: int) -> None:
    made = {
        each.tool: each.pages
        for each in results.figures
        if each.objectives == size and each.case == "cold" and each.pages
    }
    if len(set(made.values())) > 1:
        raise SystemExit(f"{size} objectives: the tools made different numbers of pages: {made}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
