"""One PostgreSQL connection: opened when needed, used by one thread at a time, never carried across a fork.

It takes the queries of every store (see `explainbot.stores.connection`), and tells errors without the server's words.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from explainbot.errors import ConfigError, StoreError
from explainbot.stores.postgres import tables
from explainbot.stores.postgres.partitions import partition_of

if TYPE_CHECKING:
    import psycopg

__all__ = ["LOCK", "Line", "load_psycopg"]

LOCK = 0x58504C42
"""The advisory lock of the log."""

CONNECT_SECONDS = 5
STATEMENT_SECONDS = 30
"""How long the server may take to answer, before the spool takes over."""

ALIVE_SECONDS = 5.0
"""How long after its last use a connection is taken to be there still, without asking."""

TYPES = {
    "records": "int8 text text text text int8 int8 text text int4 bytea bytea bytea bytea".split(),
    "found_by": "bytea int8 int8".split(),
}
"""The types of the columns that are copied into each table, in order."""

STARTED = 6
"""The column of a record that says which partition it lies in."""


class _Connection:
    """A psycopg connection that takes the queries of every store."""

    def __init__(self, inner: psycopg.Connection[Any]) -> None:
        self.inner = inner
        self._partitions: set[tuple[str, int, int]] = set()
        self._checked: bool | None = None

    def execute(self, query: str, values: Sequence[Any] = (), /) -> psycopg.Cursor[Any]:
        return self.inner.execute(_own(query), values)

    def executemany(self, query: str, values: Iterable[Sequence[Any]], /) -> None:
        self.inner.cursor().executemany(_own(query), values)

    def insert(self, table: str, columns: str, rows: Sequence[Sequence[Any]], /) -> None:
        target = table
        if table == "records":
            self._make_partitions({row[STARTED] for row in rows})
            if self._is_checked():
                # PostgreSQL copies into no table whose rows it has to check by policy.
                self.execute("CREATE TEMPORARY TABLE IF NOT EXISTS incoming (LIKE records) ON COMMIT DELETE ROWS")
                target = "incoming"
        # In binary form: as text each byte of a body would be two.
        with self.inner.cursor().copy(f"COPY {target} ({columns}) FROM STDIN (FORMAT BINARY)".encode()) as copy:
            copy.set_types(TYPES[table])
            for row in rows:
                copy.write_row(row)
        if target != table:
            self.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {target}")

    def _is_checked(self) -> bool:
        """Whether row-level security counts for this user."""
        if self._checked is None:
            self._checked = self.execute("SELECT row_security_active('explainbot.records')").fetchone() == (True,)
        return self._checked

    def _make_partitions(self, moments: Iterable[int]) -> None:
        for partition in {partition_of(moment) for moment in moments} - self._partitions:
            self.execute("SELECT make_partition(?, ?, ?)", partition)
            self._partitions.add(partition)


@cache
def _own(query: str) -> bytes:
    """A query as psycopg and PostgreSQL take it."""
    return query.replace("?", "%s").replace("CROSS JOIN", "JOIN").encode()


class Line:
    """A connection that is opened when needed, used by one thread at a time, and never carried across a fork."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.RLock()
        self._open: _Connection | None = None
        self._used = 0.0
        _LINES.add(self)

    def __repr__(self) -> str:
        return "<connection to PostgreSQL>"

    @contextmanager
    def use(self, *, locked: bool = True) -> Iterator[_Connection]:
        """A transaction, committed at the end.

        Args:
            locked: no other writer of the log shares the time.

        Raises:
            StoreError: the server cannot be reached, or refused; the connection was closed.
        """
        psycopg = load_psycopg()
        with self._lock:
            try:
                connection = self._begun(locked=locked)
                yield connection
                connection.inner.commit()
                self._used = time.monotonic()
            except psycopg.Error as error:
                self.close()
                raise _store_error(error) from None
            except BaseException:
                self.close()
                raise

    def _begun(self, *, locked: bool) -> _Connection:
        """A connection at the start of a transaction. One that was lost meanwhile is made anew, once."""
        for attempt in Retrying(
            stop=stop_after_attempt(2), retry=retry_if_exception_type(load_psycopg().OperationalError), reraise=True
        ):
            with attempt:
                try:
                    if self._open is None:
                        self._open = _Connection(_connected(self._url))
                    if locked:
                        self._open.execute("SELECT pg_advisory_xact_lock(?)", [LOCK])
                    elif time.monotonic() - self._used > ALIVE_SECONDS:
                        self._open.execute("SELECT 1")
                except BaseException:
                    self.close()
                    raise
        assert self._open is not None
        return self._open

    def vacuum(self, table: str) -> None:
        """Overwrite what was deleted from a table, where this user may."""
        with self.use(locked=False) as connection:
            connection.inner.commit()
            connection.inner.autocommit = True
            try:
                connection.inner.execute(f"VACUUM {table}".encode())
            finally:
                connection.inner.autocommit = False

    def close(self) -> None:
        """Close the connection. The next use opens it again."""
        with self._lock:
            opened, self._open = self._open, None
            if opened is not None:
                opened.inner.close()

    def after_fork_in_child(self) -> None:
        """Start afresh. The parent's connection is kept, unused: closing it would end the parent's session."""
        if self._open is not None:
            _LEFT_BY_FORK.append(self._open)
        self._open = None
        self._lock = threading.RLock()


_LINES: WeakSet[Line] = WeakSet()
_LEFT_BY_FORK: list[_Connection] = []


def _after_fork() -> None:
    for line in list(_LINES):
        line.after_fork_in_child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def _connected(url: str) -> psycopg.Connection[Any]:
    options = f"-c statement_timeout={STATEMENT_SECONDS}s -c search_path=explainbot -c client_min_messages=warning"
    connection: psycopg.Connection[Any] = load_psycopg().connect(url, connect_timeout=CONNECT_SECONDS, options=options)
    try:
        tables.migrate(connection, LOCK)
    except BaseException:
        connection.close()
        raise
    return connection


def _store_error(error: psycopg.Error) -> StoreError:
    """What went wrong, without the server's words, which may show a value."""
    code = error.sqlstate or ""
    advice = next((text for start, text in _ADVICE.items() if start and code.startswith(start)), _ADVICE[""])
    return StoreError(f"the trace store in PostgreSQL cannot be used: {advice} ({code or type(error).__name__})")


_ADVICE = {
    "28": "it refuses this user; check user and password of the URL",
    "3D": "there is no such database; create it, or name another one in the URL",
    "42501": "this user has no right to do that; use the owner's, or grant explainbot_writer or explainbot_reader",
    "53": "its disk is full, or it has no connection left",
    "57014": f"it took longer than {STATEMENT_SECONDS} seconds",
    "57": "it is shutting down or starting; the traces wait in the spool meanwhile",
    "": "it cannot be reached, or a statement failed; check that the server runs and that the URL is right",
}
"""SQLSTATE codes or their beginnings (https://www.postgresql.org/docs/current/errcodes-appendix.html), what to do."""


def load_psycopg() -> Any:
    try:
        import psycopg
    except ImportError:
        raise ConfigError('traces in PostgreSQL need psycopg: pip install "explainbot[postgres]"') from None
    return psycopg
