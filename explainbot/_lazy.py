"""A property that is computed once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

__all__ = ["lazy"]

R = TypeVar("R")


class lazy(Generic[R]):
    """A property that is computed at its first use and kept in the object's own dictionary.

    `functools.cached_property` is the same, but up to Python 3.11 it computes under a lock, which stays held for ever
    in the child of a fork that happens meanwhile. Here two threads may compute the value twice; the first one stays.
    """

    def __init__(self, compute: Callable[[Any], R]) -> None:
        self._compute = compute
        self._name = ""
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> R: ...
    def __get__(self, instance: object | None, owner: type) -> Self | R:
        if instance is None:
            return self
        kept: R = instance.__dict__.setdefault(self._name, self._compute(instance))
        return kept
