"""How much of a list a page of a team, a person or an objective has room for.

Such a page stays small whatever the company's size: it shows the first of a long list, figures
over all of it, and a link to the page that lists the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from okrsite.model import Feedback, Objective
from okrsite.model.quick import quick_dataclass

MOST_OBJECTIVE_ROWS = 30
"""Objectives and key results that one page shows in rows."""
MOST_ROWS_OF_TEAM = 26
"""The same on a team's page, which shows much else."""
MOST_KEY_RESULTS = 12
"""Key results of one objective in a list."""
MOST_TIES, FEWEST_TIES = 20, 6
"""Objectives that a page ties to, and so many where there is much else."""
MOST_KEY_RESULT_TIES = 5
FEWEST_TEAMS = 5
"""Teams right below one that its own page lists in any case."""
MOST_PEOPLE = 40
MOST_FEEDBACK = 8
MOST_ASKS = 8
MOST_BROKEN = 12
MOST_BACKERS = 24
MOST_CHARTS = 5
"""Key results of one objective that its page draws, and whose check-ins it lists."""
MOST_OWED = 20
MOST_ROLES = 20
MOST_REVIEWED = 50
"""Objectives and key results on the screens of one review."""
MOST_LOGGED = 100
"""Check-ins on one page of all of them."""
STORY_ROOM = 46_000
"""Characters, about, that an objective's page has for charts and check-ins."""
USUAL_KEY_RESULTS = 4
"""Key results that leave so much room."""
KEY_RESULT_ROOM = 2_600
"""Characters that each one more takes of it."""

_TEAM_ROOM = 55_150
"""Characters, about, that a team's page has for what may be long on it."""
_ROW, _TIE, _TEAM, _WEEK, _NAME, _ASK, _PIECE = 1230, 600, 1550, 550, 90, 260, 250
"""Characters that one of each takes, about: a week of the chart, a name, a piece of feedback."""
_AIR = 3500
_CHART = 2200
"""Characters of a chart without weeks."""


@quick_dataclass(frozen=True, slots=True)
class TeamRoom:
    """How much of its lists a team's page shows."""

    plans: tuple[int, ...]
    """Objectives of each plan."""
    ties: int
    teams: int


def beside_lists(weeks: int, people: int, asks: int, feedback: Iterable[Feedback]) -> int:
    """Return how many characters, about, other things take on a team's page."""
    said = sum(_PIECE + len(piece.text) + len(piece.answer) for piece in feedback)
    chart = _CHART + _WEEK * weeks if weeks > 1 else 0
    return chart + _NAME * min(people, MOST_PEOPLE) + _ASK * min(asks, MOST_ASKS) + said


def team_room(
    plans: Sequence[Sequence[Objective]], ties: int, teams: int, beside: int = 0
) -> TeamRoom:
    """Return how many objectives, ties and teams a team's page has room for."""
    shown, rows = [], 0
    for objectives in plans:
        count = fitting(objectives, max(MOST_ROWS_OF_TEAM - rows, 1))
        rows += rows_of(objectives[:count])
        shown.append(count)
    left = _TEAM_ROOM - beside - _ROW * rows
    ties = min(ties, MOST_TIES)
    if _TIE * ties + _TEAM * teams > left:
        # Where something must go anyway, the estimates get some air.
        ties, left = min(ties, FEWEST_TIES), left - _AIR
    fit = (left - _TIE * ties) // _TEAM
    return TeamRoom(tuple(shown), ties, min(teams, max(fit, FEWEST_TEAMS)))


def share_out(lengths: Sequence[int], room: int) -> list[int]:
    """Return how many of each of several lists to show: as even as can be, none in vain."""
    shares = [0] * len(lengths)
    waiting = sorted(range(len(lengths)), key=lambda place: lengths[place])
    for count, place in zip(range(len(waiting), 0, -1), waiting, strict=True):
        shares[place] = min(lengths[place], -(-room // count))
        room -= shares[place]
    return shares


def weigh(objective: Objective) -> int:
    """Return how many rows an objective takes in a list."""
    return 1 + min(len(objective.key_results), MOST_KEY_RESULTS)


def fitting(objectives: Sequence[Objective], room: int) -> int:
    """Return how many of some objectives have room, the first of them in any case."""
    used = 0
    for count, objective in enumerate(objectives):
        used += weigh(objective)
        if count and used > room:
            return count
    return len(objectives)


def stretches(objectives: Sequence[Objective]) -> list[Sequence[Objective]]:
    """Return objectives in stretches that a page has room for; one where there are none."""
    found = []
    while True:
        count = fitting(objectives, MOST_OBJECTIVE_ROWS)
        found.append(objectives[:count])
        objectives = objectives[count:]
        if not objectives:
            return found


def rows_of(objectives: Iterable[Objective]) -> int:
    """Return how many rows objectives take in a list."""
    return sum(map(weigh, objectives))
