"""Wrapped keys in a SQLite file of their own, beside the traces and never in a backup of them.

A destroyed key must be gone from the disk. So the file has no write-ahead log, deleted content is overwritten with
zeros (`PRAGMA secure_delete`, https://www.sqlite.org/pragma.html#pragma_secure_delete), and the rollback journal is
truncated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from explainbot.errors import StoreError
from explainbot.stores.connection import found_for, reader
from explainbot.stores.sqlite.connection import Lane, Own, connect, connect_new, header, identity, set_up

__all__ = ["SQLiteKeys"]

APPLICATION_ID = 0x58504C4B
"""'XPLK' in the header of the file."""


class SQLiteKeys:
    """A `KeyTable` in the file at `path`.

    Args:
        path: the file. It is made at the first key, for its owner only.
        read_only: change nothing and make nothing.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._read_only = read_only
        self._lane = Lane(path, _open_readable if read_only else _open)

    def __repr__(self) -> str:
        return f"<SQLiteKeys {str(self.path)!r}>"

    def get(self, names: Sequence[str], /) -> dict[str, bytes]:
        """The wrapped keys of these names, where there are any."""
        if not self.path.exists():
            return {}
        with self._lane.use() as connection:
            return _found(connection, names)

    def add(self, wrapped: Mapping[str, bytes], /) -> dict[str, bytes]:
        """Keep these durably, but where another process was first; what is kept now under their names."""
        if self._read_only:
            raise StoreError(f"the keys of the traces are not at {self.path}; bring them back, or nothing can be read")
        with self._lane.use() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO keys VALUES (?, ?) ON CONFLICT (name) DO NOTHING", wrapped.items())
            kept = _found(connection, [*wrapped])
            connection.execute("COMMIT")
            return kept

    def beginning(self, *starts: str) -> dict[str, bytes]:
        """The wrapped keys whose names begin with one of these."""
        if not self.path.exists():
            return {}
        test = " OR ".join("substr(name, 1, ?) = ?" for _ in starts)
        values = [value for start in starts for value in (len(start), start)]
        with self._lane.use() as connection:
            return dict(connection.execute(f"SELECT name, wrapped FROM keys WHERE {test}", values).fetchall())

    def replace(self, wrapped: Mapping[str, bytes], /) -> None:
        """Keep these durably in place of what is kept under their names."""
        with self._lane.use() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "UPDATE keys SET wrapped = ? WHERE name = ?", [(key, name) for name, key in wrapped.items()]
            )
            connection.execute("COMMIT")

    def destroy(self, names: Sequence[str], /) -> int:
        """Forget the keys of these names for good; how many there were."""
        if not self.path.exists():
            return 0
        with self._lane.use() as connection:
            connection.execute("BEGIN IMMEDIATE")
            gone = connection.executemany("DELETE FROM keys WHERE name = ?", [(name,) for name in names]).rowcount
            connection.execute("COMMIT")
            return gone

    def identity(self) -> tuple[int, int] | None:
        """Which file stands at the path now; None for none."""
        return identity(self.path)

    def close(self) -> None:
        """Close the file. The next use opens it again."""
        self._lane.close()


def _found(connection: Own, names: Sequence[str]) -> dict[str, bytes]:
    return dict(found_for(reader(connection), "SELECT name, wrapped FROM keys", "name", names))


def _open_readable(path: Path) -> Own:
    return connect(path, "mode=ro")


def _open(path: Path) -> Own:
    with set_up(connect_new(path)) as connection:
        application = header(connection, "application_id")
        if application not in (0, APPLICATION_ID):
            raise StoreError("it is a SQLite database, but not one of explainbot's keys; choose another path")
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS keys (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID"
        )
        if application != APPLICATION_ID:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return connection
