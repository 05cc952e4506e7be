"""A file and one change → the file in which exactly that is different, or CannotEditError.

Every change is made in the lines, guided by the places that our reader gives, and the result is
read again: what it says must be what the file said before, with the change made to that.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from collections.abc import Sequence as Ordered
from functools import partial

from okrsite.edit.page import CannotEditError, Data, Page, UnreadableError, data_of
from okrsite.edit.writing import (
    write_below,
    write_flow,
    write_item,
    write_pair,
    write_text,
)
from okrsite.model import Place
from okrsite.read.nodes import Mapping, Node, Pair, Scalar, Sequence

Keys = tuple[str | int, ...]
"""The way to a node from the outside in: keys of mappings, numbers of items from 0."""


def put(page: Page, keys: Keys, value: Data, order: Ordered[str] = ()) -> Page:
    """Return a file with a value under a key: a new one, or in place of the one that is there.

    Keys above that are missing are made. Among its neighbours a new key stands as `order` has it,
    else last.
    """
    while len(keys) > 1 and find(page.node, keys[:-1]) is None:
        keys, value = keys[:-1], {str(keys[-1]): value}
    above, key = find(page.node, keys[:-1]), str(keys[-1])
    if page.node is not None and not isinstance(above, Mapping):
        raise _refused(page, above, f"'{key}' has no place here")
    expected = _put_data(data_of(page.node), keys, value)
    if not isinstance(above, Mapping):
        return _checked(page, page.appended(write_pair(key, value, 0)), expected)
    pair = next((each for each in above.pairs if each.key.text == key), None)
    try:
        made = _add(page, above, key, value, order) if pair is None else _set(page, pair, value)
    except UnreadableError as error:
        raise _refused(page, above, f"'{key}' cannot be written here") from error
    return _checked(page, made, expected)


def extend(page: Page, keys: Keys, items: list[Data], order: Ordered[str] = ()) -> Page:
    """Return a file with items at the end of a list, which is made where there is none."""
    node = find(page.node, keys)
    if node is None:
        return put(page, keys, items, order)
    above = find(page.node, keys[:-1])
    before = data_of(node)
    old = before if isinstance(before, list) else [before] if before else []
    expected = _put_data(data_of(page.node), keys, [*old, *items])
    try:
        if isinstance(node, Sequence) and node.items:
            made = _append(page, node, items)
        elif isinstance(above, Mapping) and isinstance(node, Scalar | Sequence):
            pair = next(each for each in above.pairs if each.value is node)
            made = _spread(page, pair, [*old, *items])
        else:
            raise _refused(page, node, "this is no list")
    except UnreadableError as error:
        raise _refused(page, node, "this list cannot be added to") from error
    return _checked(page, made, expected)


def give_fields(page: Page, keys: Keys, below: str = "") -> Page:
    """Return a file in which a sentence is a mapping with that title, so that it can have fields.

    A title with a list below it gets the list under `below`; an empty box before it goes. What is
    ticked has no day on which it was done, and only people know that: it is refused.
    """
    node = find(page.node, keys)
    if isinstance(node, Scalar) and node.checked:
        raise CannotEditError(
            "this is ticked, which leaves no room for fields",
            node.place,
            "write it with title: and the day in done: first",
        )
    if isinstance(node, Scalar):
        fields: Data = {"title": node.text}
        ways: list[Callable[[Page, Node], Page]] = [_titled_as_typed, _titled]
    elif isinstance(node, Mapping) and len(node.pairs) == 1 and below:
        title, inner = node.pairs[0].key, data_of(node.pairs[0].value)
        if title.checked is not None or not isinstance(inner, list):
            raise _refused(page, node, "this cannot be given fields")
        fields = {"title": title.text, below: inner}
        ways = [partial(_title_above, below=below)]
    else:
        raise _refused(page, node, "this cannot be given fields")
    expected = _put_data(data_of(page.node), keys, fields)
    for way in ways:
        try:
            return _checked(page, way(page, node), expected)
        except (UnreadableError, CannotEditError):
            continue
    raise _refused(page, node, "this cannot be given fields")


def find(node: Node | None, keys: Keys) -> Node | None:
    """Return the node that keys lead to, or None where there is none."""
    for key in keys:
        if isinstance(node, Mapping) and isinstance(key, str):
            node = node.get(key)
        elif isinstance(node, Sequence) and isinstance(key, int) and key < len(node.items):
            node = node.items[key]
        else:
            return None
    return node


def _checked(page: Page, made: Page, expected: Data | None) -> Page:
    """Return what was made, if it says what it should and nothing else."""
    if data_of(made.node) != expected or made.prose != page.prose:
        raise _refused(
            page, page.node, "this file is written in a way that cannot be changed safely"
        )
    return made


def _refused(page: Page, node: Node | None, message: str) -> CannotEditError:
    place = node.place if node else Place(page.path)
    return CannotEditError(message, place, "write it into the file by hand")


def _put_data(data: Data | None, keys: Keys, value: Data) -> Data:
    """Return what a file should say: the change made to what it said, without looking at lines."""
    if not keys:
        return value
    first, *rest = keys
    copied = copy.copy(data)
    if isinstance(copied, list) and isinstance(first, int):
        copied[first] = _put_data(copied[first], tuple(rest), value)
        return copied
    made = copied if isinstance(copied, dict) else {}
    made[str(first)] = _put_data(made.get(str(first)), tuple(rest), value)
    return made


def _add(page: Page, above: Mapping, key: str, value: Data, order: Ordered[str]) -> Page:
    """Add a key to a mapping."""
    if _is_flow(page, above):
        at = page.span(above.place)[1] - 1
        comma = ", " if above.pairs else ""
        return page.replaced(at, at, f"{comma}{write_flow({key: value})[1:-1]}")
    column = above.pairs[0].key.place.column
    lines = write_pair(key, value, column - 1)
    earlier = order[: order.index(key)] if key in order else [pair.key.text for pair in above.pairs]
    last = max((i for i, pair in enumerate(above.pairs) if pair.key.text in earlier), default=-1)
    if last < 0 and above.place.column == 1 and above.place.line == above.pairs[0].key.place.line:
        return page.inserted_below(above.place.line - 1, lines)
    return page.inserted_below(_last_line(above.pairs[max(last, 0)]), lines)


def _set(page: Page, pair: Pair, value: Data) -> Page:
    """Put another value behind a key."""
    old = pair.value
    if isinstance(old, Mapping) and isinstance(value, dict):
        raise TypeError("fields are put one by one")
    if _is_flow(page, old) or _in_flow(page, pair):
        return page.replaced(*page.span(old.place), write_flow(value))
    if isinstance(value, str) and isinstance(old, Scalar):
        written = write_text(value)
        lines = written.replace("\n", "\n" + " " * (pair.key.place.column + 1))
        if old.text or old.style != "plain":
            return page.replaced(*page.span(old.place), lines)
        colon = _behind_colon(page, pair)
        return page.replaced(colon, colon, f" {lines}")
    if isinstance(value, str):
        raise _refused(page, old, f"'{pair.key.text}' holds more than a text")
    return _spread(page, pair, value)


def _spread(page: Page, pair: Pair, value: list[Data] | dict[str, Data]) -> Page:
    """Put a list or fields into the lines below a key, in place of what stands behind it."""
    if _in_flow(page, pair):
        return page.replaced(*page.span(pair.value.place), write_flow(value))
    lines = write_below(value, pair.key.place.column + 1)
    start = _behind_colon(page, pair)
    is_empty = isinstance(pair.value, Scalar) and not pair.value.text
    end = start if is_empty else page.span(pair.value.place)[1]
    return page.replaced(start, end, "".join(f"\n{line}" for line in lines))


def _append(page: Page, node: Sequence, items: list[Data]) -> Page:
    """Add items to a list that has some."""
    if _is_flow(page, node):
        at = page.span(node.place)[1] - 1
        return page.replaced(at, at, "".join(f", {write_flow(item)}" for item in items))
    column = node.place.column
    lines = [line for item in items for line in write_item(item, column - 1)]
    return page.inserted_below(_end_of(node, node.place.end_line), lines)


def _titled_as_typed(page: Page, node: Node) -> Page:
    """Write ``title:`` before a sentence that stands behind a dash or a key."""
    start, _ = page.span(node.place)
    if _is_inside_brackets(page, node.place):
        raise _refused(page, node, "a title in brackets needs braces")
    return page.replaced(_box_before(page, node), start, "title: ")


def _titled(page: Page, node: Node) -> Page:
    """Write a sentence anew as a title: one in brackets, or over several lines."""
    text = node.text if isinstance(node, Scalar) else ""
    start, end = page.span(node.place)
    if _is_inside_brackets(page, node.place):
        return page.replaced(start, end, write_flow({"title": text}))
    return page.replaced(_box_before(page, node), end, f"title: {write_text(text)}")


def _box_before(page: Page, node: Node) -> int:
    """Return where a sentence begins, the empty box before it included."""
    start, _ = page.span(node.place)
    if isinstance(node, Scalar) and node.checked is not None:
        return page.text.rindex("[", 0, start)
    return start


def _title_above(page: Page, node: Node, below: str) -> Page:
    """Turn ``Title:`` above a list into fields of their own."""
    if not isinstance(node, Mapping):
        raise _refused(page, node, "this has no title")
    (pair,) = node.pairs
    start = page.span(pair.key.place)[0]
    colon = _behind_colon(page, pair)
    indent = " " * (pair.key.place.column - 1)
    title = page.text[start : colon - 1].rstrip()
    return page.replaced(start, colon, f"title: {title}\n{indent}{below}:")


def _behind_colon(page: Page, pair: Pair) -> int:
    """Return the offset behind the colon of a key."""
    return page.text.index(":", page.span(pair.key.place)[1]) + 1


def _is_flow(page: Page, node: Node) -> bool:
    """Tell whether a list or mapping stands in brackets."""
    return not isinstance(node, Scalar) and page.written(node.place)[:1] in ("{", "[")


def _in_flow(page: Page, pair: Pair) -> bool:
    """Tell whether a key stands in braces."""
    return _is_inside_brackets(page, pair.key.place)


def _is_inside_brackets(page: Page, place: Place) -> bool:
    """Tell whether a bracket is open where something begins: in its line, or in one above."""
    start = page.span(place)[0]
    before = page.text[page.offset(place.line, 1) : start].strip(" -").removesuffix("[ ]").rstrip()
    return before != "" and not before.endswith(":")


def _last_line(pair: Pair) -> int:
    """Return the last line of a key and all that is its value."""
    return _end_of(pair.value, pair.key.place.end_line)


def _end_of(node: Node, line: int) -> int:
    """Return the last line of a node that begins in a line or below it."""
    if isinstance(node, Mapping) and node.pairs:
        return max(node.place.line, _last_line(node.pairs[-1]), line)
    if isinstance(node, Sequence) and node.items:
        return max(node.place.line, _end_of(node.items[-1], line), line)
    if isinstance(node, Scalar) and not node.text:
        return line
    return max(node.place.end_line, line)
