"""Traces in SQLite, one file for each month: the default store.

Beside `traces.db` stand `traces.db.keys` with the wrapped keys, `traces.db.checkpoints` with the signed checkpoints of
the log, where no key-encryption key was given `traces.db.key` with one, and the directory `traces.db.spool` of the
recorders that run. Keep the key and the checkpoints elsewhere if you can: a stolen disk then shows nothing, and a
changed file cannot hide it. Each month that is over has a file of its own (see `explainbot.stores.sqlite.months`).

The file is a write-ahead log (WAL) database with `synchronous=FULL`: a put that returned survives a crash of the
process and a loss of power. One put is one transaction, because one durable transaction a trace reaches about 200 a
second and 256 traces a transaction reach thousands. Writing and reading have a connection each, so a long list does
not hold up the writer; other processes may read and write the same file at the same time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from explainbot.errors import ConfigError, StoreError
from explainbot.stores import log
from explainbot.stores.checkpoints import Checkpoints
from explainbot.stores.connection import Connection, reader
from explainbot.stores.cutting import start
from explainbot.stores.leaving import leave
from explainbot.stores.reading import ALL, Part
from explainbot.stores.rows import Row
from explainbot.stores.sealed import SealedStore
from explainbot.stores.sealing import Seals
from explainbot.stores.spool import Spool
from explainbot.stores.sqlite.connection import BUSY_SECONDS, Lane, transaction
from explainbot.stores.sqlite.files import NotMade, open_as_it_is, open_readable, open_writable
from explainbot.stores.sqlite.keys import SQLiteKeys
from explainbot.stores.sqlite.months import Month, Months, in_order
from explainbot.stores.sqlite.turns import turn
from explainbot.stores.wrapping import KeyWrapper


class SQLiteStore(SealedStore):
    """Keeps traces, encrypted, in the file at `path`.

    Args:
        path: the file. It and its directory are made at the first use, for their owner only.
        read_only: change nothing and make nothing, for reading another process's store.
        key: the key-encryption key; None takes `EXPLAINBOT_KEY`, else the key file beside the store.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        read_only: bool = False,
        key: KeyWrapper | None = None,
    ) -> None:
        super().__init__()
        self.path = Path(path).expanduser().absolute()
        self.read_only = read_only
        self._key = key
        self._writing = Lane(self.path, open_writable)
        self._reading = Lane(self.path, open_as_it_is if read_only else open_readable)
        self._keys = SQLiteKeys(self._beside("keys"), read_only=read_only)
        self._months = Months(self.path)
        self._seals = Seals(self._keys, self._wrapper)
        self.spool = Spool(self._beside("spool"), self._seals.wrapper)
        self.checkpoints = Checkpoints(self._beside("checkpoints"))

    def __repr__(self) -> str:
        return f"<SQLiteStore {str(self.path)!r}>"

    def _cannot_write(self) -> NoReturn:
        raise StoreError(f"the trace store {self.path} was opened for reading only")

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._turn(), self._writing.use() as connection, transaction(connection):
            yield connection

    def _turn(self) -> AbstractContextManager[None]:
        return turn(self.path, BUSY_SECONDS)

    def _is_there(self) -> bool:
        return self.path.exists()

    def _release(self) -> None:
        self._reading.close()
        # The last one to close copies the write-ahead log into the file. Where no turn comes, others are there.
        with suppress(StoreError), self._turn() if self._writing.is_open else nullcontext():
            self._writing.close()
        self._writing.close()
        self._months.close()

    def _read(self, query: str, values: Sequence[Any]) -> list[Any]:
        try:
            with self._reading.use() as connection:
                return connection.execute(query, values).fetchall()
        except NotMade:
            if self.read_only:
                raise
        # Makes the file, or waits for who is making it.
        with self._turn(), self._writing.use() as connection:
            return connection.execute(query, values).fetchall()

    # Months that are over ---------------------------------------------------------------------------------------

    def month_files(self) -> list[Path]:
        """The files of the months that are over, the oldest first.

        Raises:
            StoreError: the store cannot be read.
        """
        return [self._months.path(month.name) for month in in_order(self._read)]

    def _parts(self, *, whole: bool = True) -> Iterator[Part]:
        yield self._read, ALL
        # Looked up only now: what goes into a month's file meanwhile is read twice, and never missed.
        for month in reversed(in_order(self._read)):
            if whole or self._months.path(month.name).exists():
                yield partial(self._months.read, month.name), month.last

    def _older(self, query: str, after: int) -> list[Any]:
        for month in in_order(self._read):
            # A file that is gone leaves a hole in the log, and `verify` says so.
            if month.last > after and self._months.path(month.name).exists():
                return self._months.read(month.name, query, [after, month.last])
        return []

    def _unknown(self, connection: Connection, rows: Sequence[Row]) -> list[Row]:
        months = in_order(reader(connection))
        if not months or not rows:
            return [*rows]
        # Only what a recorder wrote before can lie in a month that is over; one that nobody knows is looked up.
        stands = log.stands(connection, [*{row.lane for row in rows}])
        doubtful = [row.id for row in rows if row.number < stands.get(row.lane, ALL)]
        known = self._months.known(months, doubtful)
        return [row for row in rows if row.id not in known]

    def _elsewhere(self, connection: Connection, subject: bytes) -> tuple[list[str], Callable[[], None]]:
        found = self._months.of_subject(in_order(reader(connection)), subject)
        ids = [row.id for rows in found.values() for _, row in rows]
        return ids, lambda: self._months.destroy(found)

    def _taken(self, connection: Connection, lane: str) -> list[tuple[int, int]]:
        months = in_order(reader(connection))

        def elsewhere(first: int) -> Iterator[Any]:
            for month in months:
                if month.last >= first:
                    yield from self._months.read(month.name, f"{log.OF_LANE} AND seq <= ?", [lane, first, month.last])

        _, _, offered = start(reader(connection)).lanes.get(lane, (b"", 0, 0))
        return [(0, offered), *log.places(connection, lane, elsewhere)]

    def _tidy(self, connection: Connection) -> Callable[[], None] | None:
        self._months.move(connection)
        now = datetime.now(UTC)
        return self._end(connection, now) if self._retention.is_due("months", now) else None

    def _end(self, connection: Connection, now: datetime) -> Callable[[], None] | None:
        """Have the oldest month go if all in it is old enough; else what is old in any, where that cannot wait."""
        held = [subject for (subject,) in reader(connection)("SELECT subject FROM holds", [])]
        months = in_order(reader(connection))
        size = start(reader(connection)).size
        vouched = "SELECT 1 FROM checkpoints WHERE size = ?"
        if months and connection.execute(vouched, [months[0].last]).fetchone():
            oldest = months[0]
            if not self._months.left(oldest, self._retention.ages(now), held):
                self._retention.more("months")  # the next one may be old enough too
                self._months.cut(connection, oldest)
                says = {"records": [], "through": oldest.last, "reason": "kept long enough"}
                log.note(connection, "erasure", says)
                return lambda: self._months.delete(oldest.name)
        self._months.delete_cut(size)
        return self._expire_in(connection, months, self._retention.ends(now), held)

    def _expire_in(
        self, connection: Connection, months: Sequence[Month], ages: Mapping[str, int], held: Sequence[bytes]
    ) -> Callable[[], None] | None:
        for tenant, before in ages.items():
            for month in months:
                if rows := self._months.old(month, tenant, before, held):
                    self._retention.more("months")
                    says = {"records": [row.id for _, row in rows], "reason": "kept long enough"}
                    log.note(connection, "erasure", says, tenant)
                    leave(connection, ((row.tenant, row.subject) for _, row in rows))
                    found = {month.name: rows}
                    return lambda: self._months.destroy(found)
        return None


def open_store(path: str | Path | None) -> SQLiteStore:
    """The store in the file at `path`.

    Raises:
        ConfigError: no path was given.
    """
    if path is None:
        raise ConfigError("the SQLite store needs a path: Settings(store_path=...)")
    return SQLiteStore(path)
