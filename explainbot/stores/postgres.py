"""Traces in PostgreSQL, for bots on many machines (`pip install "explainbot[postgres]"`).

The log is the same as in a file: sealed rows, one hash tree, signed checkpoints. Writers take turns by an advisory lock
that ends with their transaction, so a place in the log is given once and without a gap; a batch is one COPY and one
commit. Rows lie in monthly partitions. Wrapped keys stand in a schema of their own: dump the data without it
(`pg_dump --exclude-schema=explainbot_keys`), and a dump alone can be read by nobody.

Three kinds of user: the owner, who made the tables and may erase; members of `explainbot_writer`, who may add and never
change or delete a record; members of `explainbot_reader`, who see the tenants that `explainbot.readers` names for them.

On this machine stand, beside `path`, the spool, the copy of the checkpoints and, where none was given, the key.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from weakref import WeakSet

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from explainbot.errors import ConfigError, StoreError
from explainbot.stores import postgres_tables
from explainbot.stores.checkpoints import Checkpoints
from explainbot.stores.keys import KeyWrapper
from explainbot.stores.log import Connection
from explainbot.stores.paging import EPOCH, position
from explainbot.stores.partitions import drop_oldest, month_after
from explainbot.stores.sealed import SealedStore
from explainbot.stores.sealing import Seals
from explainbot.stores.spool import Spool

if TYPE_CHECKING:
    import psycopg

__all__ = ["PostgresStore"]

LOCK = 0x58504C42
"""The advisory lock of the log."""

CONNECT_SECONDS = 5
STATEMENT_SECONDS = 30
"""How long the server may take to answer, before the spool takes over."""

TYPES = {
    "records": "int8 text text text text int8 int8 text text int4 bytea bytea bytea bytea".split(),
    "found_by": "bytea int8 int8".split(),
}
"""The types of the columns that are copied into each table, in order."""

ALIVE_SECONDS = 5.0
"""How long after its last use a connection is taken to be there still, without asking."""

STARTED = 6
"""The column of a record that says which partition it lies in."""


class PostgresStore(SealedStore):
    """Keeps traces, encrypted, in the database at `url`.

    Args:
        url: as libpq takes it, "postgresql://user@host/name"; without a password, `PGPASSWORD` and ~/.pgpass count.
        read_only: change nothing and make nothing.
        key: the key-encryption key; None takes `EXPLAINBOT_KEY`, else the key file beside `path`.
        path: where spool, checkpoints and key file stand on this machine; None means beside the default store.

    Raises:
        ConfigError: psycopg is not installed.
    """

    def __init__(
        self, url: str, *, read_only: bool = False, key: KeyWrapper | None = None, path: Path | None = None
    ) -> None:
        super().__init__()
        _psycopg()
        self.path = path or _default_path(url)
        self.read_only = read_only
        self._key = key
        self._url = url
        self._writing = _Line(url)
        self._reading = _Line(url)
        self._keys = PostgresKeys(url)
        self._seals = Seals(self._keys, self._wrapper)
        self.spool = Spool(self._beside("spool"), self._seals.wrapper)
        self.checkpoints = Checkpoints(self._beside("checkpoints"))

    def __repr__(self) -> str:
        return f"<PostgresStore {self.path.name}>"

    def _cannot_write(self) -> NoReturn:
        raise StoreError("the trace store was opened for reading only")

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._writing.use() as connection:
            yield connection

    def _may_erase(self) -> bool:
        with self._reading.use(locked=False) as connection:
            query = "SELECT has_table_privilege('explainbot.records', 'UPDATE')"
            return connection.execute(query).fetchone() == (True,)

    def _is_there(self) -> bool:
        return True

    def _tidy(self, connection: Connection) -> Callable[[], None] | None:
        now = datetime.now(UTC)
        if not self._retention.is_due("months", now) or not self._may_erase():
            return None
        return partial(self._drop_months, self._retention.ages(now))

    def _drop_months(self, ages: Mapping[str, int]) -> None:
        """Have the months go that are old enough. Where that fails no put does, and it is tried again in an hour."""
        with suppress(StoreError):
            while size := self._drop_oldest(ages):
                # What the index still holds of them leads nowhere, so nobody waits for it to go.
                with self._writing.use(locked=False) as connection:
                    connection.execute("SET LOCAL statement_timeout = 0")
                    connection.execute("DELETE FROM found_by WHERE seq <= ?", [size])

    def _drop_oldest(self, ages: Mapping[str, int]) -> int:
        with self._transaction() as connection:
            return drop_oldest(connection, ages)

    def _read(self, query: str, values: Sequence[Any]) -> list[Any]:
        with self._reading.use(locked=False) as connection:
            return connection.execute(query, values).fetchall()

    @contextmanager
    def exclusive(self, name: str) -> Iterator[bool]:
        """Whether this process, of those on all machines, is the only one to do what is called `name`."""
        line = _Line(self._url)
        try:
            with line.use(locked=False) as connection:
                asked = connection.execute("SELECT pg_try_advisory_xact_lock(?, hashtext(?))", [LOCK, name])
                yield asked.fetchone() == (True,)
        finally:
            line.close()

    def _release(self) -> None:
        self._writing.close()
        self._reading.close()


class PostgresKeys:
    """A `KeyTable` in the schema `explainbot_keys`."""

    def __init__(self, url: str) -> None:
        self._line = _Line(url)

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
    found: dict[str, bytes] = {}
    for at in range(0, len(names), 500):
        some = names[at : at + 500]
        marks = ", ".join("?" * len(some))
        query = f"SELECT name, wrapped FROM explainbot_keys.keys WHERE name IN ({marks})"
        found.update(connection.execute(query, some).fetchall())
    return found


class _Connection:
    """A psycopg connection that takes the queries of every store."""

    def __init__(self, inner: psycopg.Connection[Any]) -> None:
        self.inner = inner
        self._months: set[int] = set()
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
        for year, month in {_month(moment) for moment in moments}:
            first = position(datetime(year, month, 1, tzinfo=UTC))
            if first not in self._months:
                end = position(month_after(year, month)) if (year, month) != (9999, 12) else 2**62
                self.execute("SELECT make_partition(?, ?, ?)", [f"records_{year:04}_{month:02}", first, end])
                self._months.add(first)


def _month(moment: int) -> tuple[int, int]:
    started = EPOCH + timedelta(microseconds=moment)
    return started.year, started.month


@cache
def _own(query: str) -> bytes:
    """A query as psycopg and PostgreSQL take it."""
    return query.replace("?", "%s").replace("CROSS JOIN", "JOIN").encode()


class _Line:
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
        psycopg = _psycopg()
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
            stop=stop_after_attempt(2), retry=retry_if_exception_type(_psycopg().OperationalError), reraise=True
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


_LINES: WeakSet[_Line] = WeakSet()
_LEFT_BY_FORK: list[_Connection] = []


def _after_fork() -> None:
    for line in list(_LINES):
        line.after_fork_in_child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def _connected(url: str) -> psycopg.Connection[Any]:
    options = f"-c statement_timeout={STATEMENT_SECONDS}s -c search_path=explainbot -c client_min_messages=warning"
    connection: psycopg.Connection[Any] = _psycopg().connect(url, connect_timeout=CONNECT_SECONDS, options=options)
    try:
        postgres_tables.migrate(connection, LOCK)
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


def _default_path(url: str) -> Path:
    from explainbot.stores.paths import default_store_path

    info = _psycopg().conninfo.conninfo_to_dict(url)
    place = "/".join(str(info.get(part, "")) for part in ("host", "port", "dbname"))
    return default_store_path().with_name(f"postgres-{sha256(place.encode()).hexdigest()[:12]}")


def _psycopg() -> Any:
    try:
        import psycopg
    except ImportError:
        raise ConfigError('traces in PostgreSQL need psycopg: pip install "explainbot[postgres]"') from None
    return psycopg


def open_store(place: str | Path | None) -> PostgresStore:
    """The store at the URL `place`.

    Raises:
        ConfigError: no URL was given.
    """
    if not isinstance(place, str):
        raise ConfigError("the PostgreSQL store needs a URL: Settings(store_url=...)")
    return PostgresStore(place)
