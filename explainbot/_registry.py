"""A table of names, each pointing at `module:attribute`, loaded on first use and open to entry points.

One new detector, protocol, store or language is one new file and one literal line in such a table. A package
outside this one adds a line through an entry point of the table's group; a built-in name cannot be replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, TypeVar, cast

from explainbot._lazy import lazy
from explainbot.errors import UnknownName

T = TypeVar("T")


class Registry(Generic[T]):
    """Names of one kind of thing.

    Args:
        kind: what an entry is called in error messages, such as "detector".
        group: the entry-point group searched after the table, such as "explainbot.detectors".
        table: name to "module:attribute".
    """

    def __init__(self, kind: str, group: str, table: Mapping[str, str]) -> None:
        self.kind = kind
        self.group = group
        self._table = dict(table)
        self._loaded: dict[str, T] = {}

    @lazy
    def _plugins(self) -> dict[str, EntryPoint]:
        return {point.name: point for point in entry_points(group=self.group)}

    def __iter__(self) -> Iterator[str]:
        """The names, built-in ones first, each in the order of its table."""
        yield from self._table
        yield from (name for name in self._plugins if name not in self._table)

    def load(self, name: str) -> T:
        """The thing called `name`.

        Raises:
            UnknownName: neither the table nor an entry point has it.
        """
        if name not in self._loaded:
            self._loaded[name] = self._resolve(name)
        return self._loaded[name]

    def _resolve(self, name: str) -> T:
        if name in self._table:
            module, _, attribute = self._table[name].partition(":")
            return cast(T, getattr(import_module(module), attribute))
        if name in self._plugins:
            return cast(T, self._plugins[name].load())
        raise UnknownName(self.kind, name, self)
