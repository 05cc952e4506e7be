"""A plan that was read → what is known of its items, for those who read another version of it.

Versions of a plan differ in a few lines. An item that stands in the same lines of both says the
same in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from okrsite.model import Place, State
from okrsite.model.quick import quick_dataclass
from okrsite.read import schema
from okrsite.read.fields import Fields
from okrsite.read.records import KeyResultRecord, ObjectiveRecord, PlanRecord


@quick_dataclass(frozen=True, slots=True)
class Item:
    """An item, and the lines that it stands in."""

    record: ObjectiveRecord | KeyResultRecord
    lines: list[str]

    @property
    def place(self) -> Place:
        """Return where it stands."""
        return self.record.place


@quick_dataclass(frozen=True, slots=True)
class Before:
    """What is known of a plan."""

    items: Mapping[tuple[Fields, int], Item]
    """By what they are, and the number of their first line."""

    @classmethod
    def of(cls, record: PlanRecord, text: str) -> Before:
        """Take a plan in which nothing was wrong, and its text."""
        lines = text.split("\n")
        return cls({key: Item(item, _lines(item.place, lines)) for key, item in _items(record)})

    def find(self, fields: Fields, line: int) -> Item | None:
        """Return the item that began in a line."""
        return self.items.get((fields, line))


def _items(
    record: PlanRecord,
) -> Iterator[tuple[tuple[Fields, int], ObjectiveRecord | KeyResultRecord]]:
    for objective in record.objectives:
        yield (schema.OBJECTIVE, objective.place.line), objective
        # In a draft, a key result may say what would be wrong elsewhere.
        for key_result in objective.key_results if objective.state is not State.DRAFT else ():
            yield (schema.KEY_RESULT, key_result.place.line), key_result


def _lines(place: Place, lines: list[str]) -> list[str]:
    return lines[place.line - 1 : place.end_line]
