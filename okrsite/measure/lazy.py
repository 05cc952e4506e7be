"""A property that is worked out once: `cached_property` without the lock it has before 3.12.

Measuring asks for a million of them; the lock would be half of its time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Self, TypeVar, overload

Result = TypeVar("Result")


class lazy(Generic[Result]):  # noqa: N801 - a decorator, named like `property`
    """Computes on first access and leaves the result in the instance's own attributes."""

    def __init__(self, compute: Callable[..., Result]) -> None:
        self.compute = compute
        self.name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> Result: ...

    def __get__(self, instance: object | None, owner: type) -> Self | Result:
        if instance is None:
            return self
        result = self.compute(instance)
        instance.__dict__[self.name] = result
        return result
