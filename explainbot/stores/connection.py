"""A connection as the log needs one, whatever the database, and the few ways in which queries are written for both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

__all__ = ["Connection", "Cursor", "Read", "found_for", "one_of", "reader"]

AT_ONCE = 500
"""Values asked for in one statement; SQLite takes 999 in its oldest versions."""

Read = Callable[[str, Sequence[Any]], list[Any]]
"""Takes a query and its values, and gives all rows."""


class Cursor(Protocol):
    """What a statement found."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        ...

    def fetchone(self) -> Any:
        """The next row, or None."""
        ...

    def fetchall(self) -> list[Any]:
        """All rows."""
        ...


class Connection(Protocol):
    """A connection inside a transaction; `?` stands for a value."""

    def execute(self, query: str, values: Sequence[Any] = ..., /) -> Cursor:
        """Run one statement."""
        ...

    def executemany(self, query: str, values: Iterable[Sequence[Any]], /) -> object:
        """Run one statement for each of several rows of values."""
        ...

    def insert(self, table: str, columns: str, rows: Sequence[Sequence[Any]], /) -> None:
        """Add rows to a table."""
        ...


def reader(connection: Connection) -> Read:
    """What reads through a connection."""
    return lambda query, values: connection.execute(query, values).fetchall()


def one_of(column: str, values: Sequence[object]) -> str:
    """A test for a column that holds one of these values."""
    return f"{column} IN ({', '.join('?' * len(values))})" if values else "1 = 0"


def found_for(read: Read, query: str, column: str, values: Sequence[Any]) -> Iterator[Any]:
    """The rows whose column holds one of these values, however many there are.

    Args:
        query: without its WHERE.
    """
    for at in range(0, len(values), AT_ONCE):
        some = values[at : at + AT_ONCE]
        yield from read(f"{query} WHERE {one_of(column, some)}", some)
