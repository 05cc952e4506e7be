"""A skeleton → nodes, by libyaml's events and with limits; masked texts come back as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NoReturn

import yaml

from okrsite.model import Place
from okrsite.problems import Problem
from okrsite.read.nodes import Broken, Mapping, Node, Pair, Scalar, Sequence
from okrsite.read.skeleton import MOST_LEVELS, MOST_NODES, UNREADABLE, Skeleton, Stray, TooMuchError

_STYLES = {"'": "quoted", '"': "quoted", "|": "block", ">": "block"}
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd-\uffff]")
_END = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_START = (yaml.MappingStartEvent, yaml.SequenceStartEvent)


class NoLibyaml(RuntimeError):  # noqa: N818 (the name says what is missing)
    """PyYAML was installed without libyaml, by which alone files are read."""

    def __init__(self) -> None:
        super().__init__(
            "this PyYAML has no libyaml, which okrsite reads files with; "
            "install a PyYAML wheel, or build it with libyaml's headers at hand"
        )


def compose(skeleton: Skeleton) -> Node | None:
    """Return the skeleton's nodes; raises yaml.YAMLError where libyaml cannot read it."""
    return _Composer(skeleton).read()


def require_libyaml() -> Any:
    """Return libyaml's parser; raises NoLibyaml where there is none."""
    parser = getattr(yaml, "CBaseLoader", None)
    if parser is None:
        raise NoLibyaml
    return parser


def events_of(text: str) -> Iterator[Any]:
    """Yield libyaml's events for a text."""
    reader = require_libyaml()(text)
    try:
        while (event := reader.get_event()) is not None:
            yield event
    finally:
        reader.dispose()


class _Composer:
    def __init__(self, skeleton: Skeleton) -> None:
        self.skeleton = skeleton
        self.count = 0
        self.tainted = 0
        """How many of the open levels hold something that may be part of what is around it."""

    def read(self) -> Node | None:
        open_: list[tuple[Any, list[Node]]] = []
        done: list[Node] = []
        typed, found = self.skeleton.typed, 0
        for event in events_of("\n".join(self.skeleton.out) + "\n"):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                mark = event.start_mark
                node = typed.get((mark.line, mark.column))
                if node is not None:
                    found += 1
                    done.append(node)
                else:
                    done.append(self._scalar(event))
            elif kind in _START:
                open_.append((event, done))
                done = []
                if len(open_) > MOST_LEVELS:
                    raise TooMuchError(f"more than {MOST_LEVELS} levels", event.start_mark.line)
            elif kind in _END:
                level = len(open_)
                start, outer = open_.pop()
                outer.append(self._collection(start, event, done, level))
                done = outer
        if found != len(typed):
            self._disagree(found)
        return done[0] if done else None

    def _disagree(self, found: int) -> NoReturn:
        """Refuse a skeleton in which libyaml did not find each masked text at its place."""
        line, column = list(self.skeleton.typed)[found]
        mark = yaml.Mark("", 0, line, column, None, 0)
        raise yaml.MarkedYAMLError(problem="a text stands where none can be", problem_mark=mark)

    def _scalar(self, event: Any) -> Scalar | Broken:
        start, end = event.start_mark, event.end_mark
        raw = self.skeleton.raws.get((start.line, start.column))
        last = (raw.end_line, raw.end_column) if raw else (end.line, end.column)
        place = self.skeleton.place(start.line, start.column, *last)
        text, style = event.value, _STYLES.get(event.style, "plain")
        if style == "plain":
            return Scalar(text, place)
        if _INVISIBLE.search(text):
            self._report_invisible(text, place)
            return Broken(place)
        if style == "block":
            text = text.rstrip("\n")
        return Scalar(text, place, style, raw.checked if raw else None)

    def _report_invisible(self, value: str, place: Place) -> None:
        first = self.skeleton.first_line
        lines = self.skeleton.lines[place.line - first : place.end_line - first + 1]
        if any(UNREADABLE in line for line in lines):
            return  # it was reported when it was taken out
        found = sorted({f"U+{ord(sign):04X}" for sign in _INVISIBLE.findall(value)})
        self.skeleton.problems.append(
            Problem(
                "OKR-Y020",
                place,
                f"this text holds a control character ({', '.join(found)})",
                "write it without that escape",
            )
        )

    def _collection(self, start: Any, end: Any, inside: list[Node], level: int) -> Node:
        first = start.start_mark
        self.count += len(inside)
        if self.count > MOST_NODES:
            raise TooMuchError(f"more than {MOST_NODES:,} parts", first.line)
        if start.flow_style or not inside:
            last = end.end_mark
            place = self.skeleton.place(first.line, first.column, last.line, last.column)
        else:
            tail = inside[-1].place
            place = Place(
                tail.path,
                first.line + self.skeleton.first_line,
                first.column + 1,
                tail.end_line,
                tail.end_column,
            )
        is_list = type(start) is yaml.SequenceStartEvent
        if any(type(node) is Stray for node in inside):
            self.tainted = max(self.tainted, level)
            inside = _taint_before(inside, is_list)
        broken = level <= self.tainted
        self.tainted = min(self.tainted, level - 1)
        return Sequence(tuple(inside), place) if is_list else self._mapping(inside, place, broken)

    def _mapping(self, inside: list[Node], place: Place, broken: bool) -> Mapping:
        pairs: dict[str, Pair] = {}
        both = iter(inside)
        for key, value in zip(both, both, strict=True):
            if not isinstance(key, Scalar):
                broken = True
            elif key.text in pairs:
                self._twice(pairs[key.text].key, key)
                broken = True
            else:
                pairs[key.text] = Pair(key, value)
        return Mapping(tuple(pairs.values()), place, broken)

    def _twice(self, first: Scalar, second: Scalar) -> None:
        self.skeleton.problems.append(
            Problem(
                "OKR-Y002",
                second.place,
                f"'{second.text}' stands twice",
                f"keep one of the two: the other is in line {first.place.line}",
                also=((first.place, "the first is here"),),
            )
        )


def _taint_before(inside: list[Node], is_list: bool) -> list[Node]:
    """Return nodes without strays; what stands before one is broken, as it may belong there."""
    found: list[Node] = []
    for node in inside:
        if type(node) is not Stray:
            found.append(node)
            continue
        if found and (is_list or len(found) % 2 == 0):
            found[-1] = _taint(found[-1])
        found.append(Broken(node.place))
    return found


def _taint(node: Node) -> Node:
    """Return a node in which the last mapping, and all around it, count as broken."""
    if isinstance(node, Sequence) and node.items:
        return replace(node, items=(*node.items[:-1], _taint(node.items[-1])))
    if not isinstance(node, Mapping):
        return node
    if not node.pairs:
        return replace(node, broken=True)
    last = node.pairs[-1]
    pairs = (*node.pairs[:-1], replace(last, value=_taint(last.value)))
    return replace(node, pairs=pairs, broken=True)
