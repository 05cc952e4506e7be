"""`quick_dataclass`: a frozen dataclass with slots that is quick to make, to compare and to keep.

A company has a million of them. Python sets each field of a frozen one by a call, and to keep one
its fields have to be asked for by name. msgspec makes, reads and writes classes of its own several
times as quick, and nobody can change what is of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as quick_dataclass
    from dataclasses import replace as quick_replace
else:
    from dataclasses import MISSING, Field, dataclass, fields

    import msgspec

    _LEFT = frozenset({"__dict__", "__weakref__", "__annotations__", "__match_args__"})
    """What a class has by itself, which the one that takes its place makes anew."""

    def quick_dataclass(*, frozen, slots, order=False):  # noqa: ARG001 - they always are
        """Return a decorator that makes of a class what `dataclass` would."""

        def make(cls):
            told = [value for value in vars(cls).values() if isinstance(value, Field)]
            is_shy = not all(field.repr for field in told)
            is_loose = not all(field.compare and field.hash is not False for field in told)
            # Only what msgspec cannot leave out is written by Python.
            cls = dataclass(init=False, repr=is_shy, eq=is_loose, unsafe_hash=is_loose)(cls)
            names = {field.name for field in fields(cls)}
            return msgspec.defstruct(
                cls.__name__,
                [(field.name, field.type, *_default(field)) for field in fields(cls)],
                namespace={k: v for k, v in vars(cls).items() if k not in names | _LEFT},
                module=cls.__module__,
                frozen=True,
                order=order,
                array_like=True,
                # None ever holds itself, however far down.
                gc=False,
            )

        return make

    def _default(field):
        if field.default_factory is not MISSING:
            return [msgspec.field(default_factory=field.default_factory)]
        return [] if field.default is MISSING else [field.default]

    quick_replace = msgspec.structs.replace


__all__ = ["quick_dataclass", "quick_replace"]
