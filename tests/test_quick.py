"""Quick dataclasses are made, compared, hashed, shown and pickled as frozen ones are."""

from __future__ import annotations

import dataclasses
import pickle
from decimal import Decimal

import pytest

from okrsite.model import Place, Quantity, Style
from okrsite.model.quick import quick_dataclass
from okrsite.read.nodes import Broken
from okrsite.read.skeleton import Stray
from okrsite.tree import FileKind, Naming, SourceFile


@quick_dataclass(frozen=True, slots=True, order=True)
class Pair:
    first: int
    second: str = "b"


def test_they_are_compared_and_hashed_by_their_fields() -> None:
    assert Pair(1) == Pair(1, "b")
    assert len({Pair(1), Pair(1, "b"), Pair(2)}) == 2
    assert sorted([Pair(2), Pair(1, "c"), Pair(1)]) == [Pair(1), Pair(1, "c"), Pair(2)]


def test_a_field_that_does_not_compare_is_not_hashed_either() -> None:
    dollars = Quantity(Decimal(1), "USD", Style(prefix="$"))
    assert {dollars} == {Quantity(Decimal(1), "USD")}


def test_nobody_changes_them() -> None:
    with pytest.raises(AttributeError):
        Pair(1).first = 2  # type: ignore[misc]


def test_a_field_that_is_not_shown_stays_hidden() -> None:
    file = SourceFile("a.yml", Naming(FileKind.STRAY), b"secret")
    assert repr(file).startswith("SourceFile(path='a.yml', naming=Naming(kind=")
    assert "secret" not in repr(file)


def test_they_have_slots_and_can_be_replaced() -> None:
    assert not hasattr(Pair(1), "__dict__")
    assert dataclasses.replace(Pair(1), first=2) == Pair(2)


@pytest.mark.parametrize(
    "value",
    [
        Pair(1),
        Place("a.yml", 1, 2, 3, 4),
        Broken(Place("a.yml")),  # of one field
        Stray(Place("a.yml")),  # a class below another
        Quantity(Decimal("1.20"), "USD", Style(prefix="$", places=2)),
    ],
)
def test_they_come_back_from_a_pickle(value: object) -> None:
    found = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own bytes
    assert type(found) is type(value)
    assert repr(found) == repr(value)
    assert found == value
