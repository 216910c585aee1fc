"""Traces in one SQLite file: the default store.

The file is a write-ahead log (WAL) database with `synchronous=FULL`: a put that returned survives a crash of the
process and a loss of power. One put is one transaction, because one durable transaction a trace reaches about 200 a
second and 256 traces a transaction reach thousands. Writing and reading have a connection each, so a long list does
not hold up the writer; other processes may read and write the same file at the same time.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from explainbot.errors import ConfigError, StoreError
from explainbot.stores.connection import Lane, open_readable, open_writable
from explainbot.stores.paging import Ids, Page, page_size, position, unknown_page
from explainbot.trace import Status, Trace
from explainbot.trace.model import NAME_LENGTH, as_name

LAST = "\U0010ffff"
"""The code point that sorts last."""

Values = list[str | int]


class SQLiteStore:
    """Keeps traces in the file at `path`.

    Args:
        path: the file. It and its directory are made at the first use, for their owner only.
        read_only: change nothing and make nothing, for reading another process's store.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        self.path = Path(path).expanduser().absolute()
        self.read_only = read_only
        self._writing = Lane(self.path, open_writable)
        self._reading = Lane(self.path, open_readable)

    def __repr__(self) -> str:
        return f"<SQLiteStore {str(self.path)!r}>"

    def put(self, traces: Sequence[Trace], /) -> None:
        """Keep all of `traces`, durably; those known already stay as they are.

        Raises:
            StoreError: none was kept. The message says what to do.
        """
        if self.read_only:
            raise StoreError(f"the trace store {self.path} was opened for reading only")
        rows = [_row(trace) for trace in traces]
        with self._writing.use() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(_INSERT, rows)
            connection.execute("COMMIT")

    def get(self, id: str, /) -> Trace | None:
        """The trace called `id`, or None."""
        rows = self._read("SELECT id, body FROM traces WHERE id = ?", [as_name(id)])
        return _trace(rows[0]) if rows else None

    def ids(self, prefix: str, /, limit: int = 2) -> Ids:
        """Up to `limit` ids that begin with `prefix`, sorted."""
        start = as_name(prefix)
        query = "SELECT id FROM traces WHERE id >= ? AND id <= ? ORDER BY id LIMIT ?"
        return [id for (id,) in self._read(query, [start, start + LAST * NAME_LENGTH, page_size(limit)])]

    def list(
        self,
        limit: int = 50,
        before: str | None = None,
        conversation: str | None = None,
        status: Status | None = None,
    ) -> Page:
        """Up to `limit` traces, the latest `started` first; see `Store.list`."""
        where = ["1"]
        values: Values = []
        if before is not None:
            where.append("(started, seq) < (?, ?)")
            values += self._place(before)
        if conversation is not None:
            where.append("conversation = ?")
            values.append(as_name(conversation))
        if status is not None:
            # "+" keeps SQLite from the index by status where the one by conversation finds far fewer rows.
            where.append("status = ?" if conversation is None else "+status = ?")
            values.append(status)
        query = f"SELECT id, body FROM traces WHERE {' AND '.join(where)} ORDER BY started DESC, seq DESC LIMIT ?"
        return [_trace(row) for row in self._read(query, [*values, page_size(limit)])]

    def close(self) -> None:
        """Close the file. The next use opens it again."""
        self._writing.close()
        self._reading.close()

    def _place(self, id: str) -> tuple[int, int]:
        rows = self._read("SELECT started, seq FROM traces WHERE id = ?", [as_name(id)])
        if not rows:
            raise unknown_page(id)
        started, seq = rows[0]
        return started, seq

    def _read(self, query: str, values: Sequence[Any]) -> Sequence[Any]:
        if not self.read_only and not self.path.exists():
            with self._writing.use():  # makes the file
                pass
        with self._reading.use() as connection:
            return connection.execute(query, values).fetchall()


_INSERT = """
INSERT INTO traces (id, started, tenant, conversation, status, body) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO NOTHING
"""


def _row(trace: Trace) -> tuple[str, int, str, str | None, str, str]:
    try:
        body = trace.to_json()
    except TypeError as error:
        raise StoreError(str(error)) from None
    return trace.id, position(trace.started), trace.tenant, trace.conversation, trace.status, body


def _trace(row: tuple[str, str]) -> Trace:
    id, body = row
    try:
        return Trace.from_json(body)
    except ValueError:
        raise StoreError(
            f"trace {id!r} cannot be read: it is damaged, or a newer version of explainbot wrote it; upgrade explainbot"
        ) from None


def open_store(path: Path | None) -> SQLiteStore:
    """The store in the file at `path`.

    Raises:
        ConfigError: no path was given.
    """
    if path is None:
        raise ConfigError("the SQLite store needs a path: Settings(store_path=...)")
    return SQLiteStore(path)
