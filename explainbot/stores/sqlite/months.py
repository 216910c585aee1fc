"""Months that are over, each in a file of its own, so that ending what is old is deleting a file.

Beside `traces.db` stands `traces.db.2026-10` with the records of that month as they were, and their checkpoints. The
log stays one log: places, lanes and the hash tree go on from file to file. A month ends with the last checkpoint that
was made in it, so that its end is signed; its records are moved in the course of later puts, some at a time. They are
durable in the month's file before they go from `traces.db`, whose table `months` says up to which place a file counts.

When a month goes for good, `traces.db` keeps how far the log was cut and what is needed to go on checking from there:
the signed checkpoint over what is gone, and where each recorder stood that wrote on afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from explainbot.errors import StoreError
from explainbot.stores import log
from explainbot.stores.connection import Connection, Read, found_for, one_of
from explainbot.stores.cutting import OF_LANE, cut, cut_to, old
from explainbot.stores.leaving import leave
from explainbot.stores.paging import month_after, position
from explainbot.stores.rows import Row, is_erased
from explainbot.stores.sqlite import tables
from explainbot.stores.sqlite.connection import Lane, Own, store_error, transaction
from explainbot.stores.sqlite.files import open_as_it_is, open_month

__all__ = ["Month", "Months"]

AT_ONCE = 500
"""Records moved in the course of one put, at most."""


@dataclass(frozen=True, slots=True)
class Month:
    """A file with the records of a month.

    Attributes:
        name: as "2026-10".
        first, last: places of the first and of the last record that count.
    """

    name: str
    first: int
    last: int


class Months:
    """The files of the months of one store.

    Args:
        path: of the store; the names of the files begin with its name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lanes: dict[str, Lane] = {}
        self._settled: datetime | None = None

    def path(self, name: str) -> Path:
        """The file of a month."""
        return self._path.with_name(f"{self._path.name}.{name}")

    def close(self) -> None:
        """Close the files. The next use opens them again."""
        for lane in self._lanes.values():
            lane.close()
        self._settled = None

    # Reading ----------------------------------------------------------------------------------------------------

    def read(self, name: str, query: str, values: Sequence[Any]) -> list[Any]:
        """All rows that `query` finds in a month.

        Raises:
            StoreError: the file is gone, or cannot be read.
        """
        if not self.path(name).exists():
            raise StoreError(f"the traces of {name} are missing; bring the file {self.path(name)} back")
        if name not in self._lanes:
            self._lanes[name] = Lane(self.path(name), open_as_it_is)
        with self._lanes[name].use() as connection:
            return connection.execute(query, values).fetchall()

    def known(self, months: Iterable[Month], ids: Sequence[str]) -> set[str]:
        """Those of `ids` that one of the months holds."""
        query = "SELECT id, seq FROM records"
        return {
            id
            for month in months
            for id, seq in found_for(partial(self.read, month.name), query, "id", ids)
            if seq <= month.last
        }

    def of_subject(self, months: Iterable[Month], subject: bytes) -> dict[str, list[tuple[int, Row]]]:
        """The traces under a subject's key that were not erased, by month."""
        found = {}
        for month in months:
            rows = [(seq, Row(*fields)) for seq, *fields in self.read(month.name, log.OF_SUBJECT, [subject])]
            if left := [(seq, row) for seq, row in rows if not is_erased(row.body)]:
                found[month.name] = left
        return found

    # Moving -----------------------------------------------------------------------------------------------------

    def move(self, connection: Connection) -> None:
        """Bring some of what is over into the file of its month, inside a transaction of the store's."""
        now = datetime.now(UTC)
        begun = datetime(now.year, now.month, 1, tzinfo=UTC)
        if self._settled == begun:
            return
        found = _next(connection, begun)
        if found is None:
            self._settled = begun
            return
        name, end = found
        query = f"SELECT seq, {log.COLUMNS}, leaf FROM records WHERE seq <= ? ORDER BY seq LIMIT {AT_ONCE}"
        rows = connection.execute(query, [end]).fetchall()
        first, last = rows[0][0], rows[-1][0]
        # The checkpoints over whole months stay: the log can be cut there.
        inner = "FROM checkpoints WHERE size < ? AND size > ? AND size NOT IN (SELECT last FROM months)"
        between = [last, cut_to(connection)[0]]
        notes = connection.execute(f"SELECT * {inner}", between).fetchall()
        terms = [
            (term, row.started, seq) for seq, row in _rows(rows) for term in row.each_term() if not is_erased(row.body)
        ]
        marks = ", ".join("?" * len(rows[0]))
        with self._writing(name) as month:
            month.executemany(f"INSERT OR REPLACE INTO records VALUES ({marks})", rows)
            month.executemany("INSERT OR IGNORE INTO found_by VALUES (?, ?, ?)", terms)
            month.executemany("INSERT OR IGNORE INTO checkpoints VALUES (?, ?, ?, ?)", notes)
        connection.execute("DELETE FROM records WHERE seq <= ?", [last])
        connection.executemany("DELETE FROM found_by WHERE term = ? AND started = ? AND seq = ?", terms)
        connection.execute(f"DELETE {inner}", between)
        connection.execute(
            "INSERT INTO months VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last",
            [name, first, last],
        )

    def destroy(self, found: Mapping[str, Sequence[tuple[int, Row]]]) -> None:
        """Put hashes in the place of these traces, and give the room they took back."""
        for name, rows in found.items():
            with self._writing(name) as month:
                log.destroy(month, rows)

    @contextmanager
    def _writing(self, name: str) -> Iterator[Own]:
        """The file of a month in a transaction of its own; made where there is none."""
        lane = Lane(self.path(name), open_month)
        try:
            with lane.use() as connection, transaction(connection):
                tables.make_month(connection)
                yield connection
        finally:
            lane.close()

    # Ending -----------------------------------------------------------------------------------------------------

    def left(self, month: Month, ages: Mapping[str, int], held: Sequence[bytes]) -> bool:
        """Whether a month holds a trace that was not erased and may not go yet.

        Args:
            ages: see `cutting.old`.
            held: the subjects whose traces stay.
        """
        if any(self.has(month, subject) for subject in held):
            return True
        test, values = old(ages)
        query = f"SELECT 1 FROM records WHERE kind = 'trace' AND {log.WHOLE} AND NOT {test} LIMIT 1"
        return bool(self.read(month.name, query, [log.ERASED, *values]))

    def old(self, month: Month, tenant: str, before: int, held: Sequence[bytes]) -> list[tuple[int, Row]]:
        """Up to `AT_ONCE` traces of a tenant that started before then, were not erased and are not held."""
        query = (
            f"SELECT seq, {log.COLUMNS} FROM records WHERE kind = 'trace' AND started < ? AND tenant = ? "
            f"AND {log.WHOLE} AND NOT {one_of('subject', held)} ORDER BY started LIMIT {AT_ONCE}"
        )
        return [*_rows(self.read(month.name, query, [before, tenant, log.ERASED, *held]))]

    def has(self, month: Month, subject: bytes) -> bool:
        """Whether a trace that was not erased is under a subject's key."""
        return bool(self.read(month.name, log.HAS, [subject, log.ERASED]))

    def cut(self, connection: Connection, month: Month) -> None:
        """Have the log begin behind a month, inside a transaction of the store's; the file is deleted afterwards."""
        leave(connection, self.read(month.name, "SELECT DISTINCT tenant, subject FROM records", []))
        cut(connection, month.last, lambda lane: self.read(month.name, OF_LANE, [lane, month.last]))
        connection.execute("DELETE FROM months WHERE name = ?", [month.name])

    def delete(self, name: str) -> None:
        """Delete the file of a month.

        Raises:
            StoreError: it cannot be deleted.
        """
        if name in self._lanes:
            self._lanes.pop(name).close()
        try:
            self.path(name).unlink(missing_ok=True)
        except OSError as error:
            raise store_error(self.path(name), error) from error

    def delete_cut(self, size: int) -> None:
        """Delete what a crash left of months that the log no longer begins with: those up to the place `size`."""
        for path in self._path.parent.glob(f"{self._path.name}.[0-9][0-9][0-9][0-9]-[0-9][0-9]"):
            name = path.name.removeprefix(f"{self._path.name}.")
            [(last,)] = self.read(name, "SELECT max(seq) FROM records", [])
            if last is not None and last <= size:
                self.delete(name)


def in_order(read: Read) -> list[Month]:
    """The months that stand beside a store, the oldest first."""
    return [Month(*fields) for fields in read("SELECT name, first, last FROM months ORDER BY first", [])]


def _next(connection: Connection, begun: datetime) -> tuple[str, int] | None:
    """The month of the oldest record that is still in the store's own file, and the place where that month ended."""
    (first, last) = connection.execute("SELECT min(seq), max(seq) FROM records").fetchone()
    query = "SELECT made FROM checkpoints WHERE size >= ? AND made < ? ORDER BY size LIMIT 1"
    found = connection.execute(query, [first or 0, position(begun)]).fetchone()
    if first is None or found is None:
        return None
    month = datetime.fromtimestamp(found[0] / 1e6, UTC)
    after = month_after(month.year, month.month)
    query = "SELECT size FROM checkpoints WHERE made < ? ORDER BY size DESC LIMIT 1"
    (size,) = connection.execute(query, [position(after)]).fetchone()
    end = min(size, last - 1)  # the last record stays, so that the place of the next one is known
    return (f"{month:%Y-%m}", end) if end >= first else None


def _rows(found: Iterable[Sequence[Any]]) -> Iterator[tuple[int, Row]]:
    """Places and rows; what stands behind them, such as the leaf, is left out."""
    width = log.COLUMNS.count(",") + 1
    return ((seq, Row(*fields[:width])) for seq, *fields in found)
