"""Wrapped keys in PostgreSQL, in a schema of their own that a dump of the traces can leave out.

Who destroys a key also vacuums the table, so that the key is gone from its pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explainbot.stores.connection import Connection, found_for, reader
from explainbot.stores.postgres.connection import Line

__all__ = ["PostgresKeys"]


class PostgresKeys:
    """A `KeyTable` in the schema `explainbot_keys`."""

    def __init__(self, url: str) -> None:
        self._line = Line(url)

    def __repr__(self) -> str:
        return "<PostgresKeys>"

    def get(self, names: Sequence[str], /) -> dict[str, bytes]:
        """The wrapped keys of these names, where there are any."""
        with self._line.use(locked=False) as connection:
            return _kept(connection, names)

    def add(self, wrapped: Mapping[str, bytes], /) -> dict[str, bytes]:
        """Keep these durably, but where another process was first; what is kept now under their names."""
        with self._line.use(locked=False) as connection:
            rows = sorted(wrapped.items())  # in one order, so that two writers cannot wait for each other
            connection.executemany("INSERT INTO explainbot_keys.keys VALUES (?, ?) ON CONFLICT DO NOTHING", rows)
            return _kept(connection, [*wrapped])

    def beginning(self, *starts: str) -> dict[str, bytes]:
        """The wrapped keys whose names begin with one of these."""
        test = " OR ".join("starts_with(name, ?)" for _ in starts)
        with self._line.use(locked=False) as connection:
            return dict(connection.execute(f"SELECT name, wrapped FROM explainbot_keys.keys WHERE {test}", starts))

    def replace(self, wrapped: Mapping[str, bytes], /) -> None:
        """Keep these durably in place of what is kept under their names."""
        with self._line.use(locked=False) as connection:
            rows = [(key, name) for name, key in sorted(wrapped.items())]
            connection.executemany("UPDATE explainbot_keys.keys SET wrapped = ? WHERE name = ?", rows)
        self._line.vacuum("explainbot_keys.keys")

    def destroy(self, names: Sequence[str], /) -> int:
        """Forget the keys of these names for good, also in the pages of the table; how many there were."""
        with self._line.use(locked=False) as connection:
            query = "DELETE FROM explainbot_keys.keys WHERE name = ANY(?)"
            gone = connection.execute(query, [[*names]]).rowcount
        self._line.vacuum("explainbot_keys.keys")
        return gone

    def identity(self) -> object:
        """There is one such table for a URL."""
        return None

    def close(self) -> None:
        """Let go of the connection. The next use opens it again."""
        self._line.close()


def _kept(connection: Connection, names: Sequence[str]) -> dict[str, bytes]:
    return dict(found_for(reader(connection), "SELECT name, wrapped FROM explainbot_keys.keys", "name", names))
