"""`quick_dataclass`: a frozen dataclass with slots that is quick to make and to pickle.

A company has a million of them. Python sets each field of a frozen one by a call, when it is made
and when it is unpickled, which takes four to eight times as long as without. So these are frozen
for mypy, which lets nobody change one, and open at run time; they are compared and hashed by their
fields all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as quick_dataclass
else:
    from dataclasses import dataclass, fields
    from operator import attrgetter

    def quick_dataclass(*, frozen, slots, order=False):
        """Return a decorator that makes of a class what `dataclass` would."""

        def make(cls):
            cls = dataclass(slots=slots, order=order, unsafe_hash=frozen)(cls)
            names = [field.name for field in fields(cls)]
            # Of one name, `attrgetter` returns no tuple.
            values = attrgetter(*names) if names[1:] else lambda self: (getattr(self, names[0]),)
            cls.__reduce__ = lambda self: (type(self), values(self))
            return cls

        return make


__all__ = ["quick_dataclass"]
