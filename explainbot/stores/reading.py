"""Reading sealed records, whatever database they are in, and whether they lie in one file or in several."""

from __future__ import annotations

import builtins
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any

from explainbot.errors import StoreError
from explainbot.stores import log
from explainbot.stores.connection import Read, one_of
from explainbot.stores.cutting import start
from explainbot.stores.keys import COMMON, KeyTable
from explainbot.stores.paging import EVERY, Ids, Page, Where, page_size, position, unknown_page
from explainbot.stores.rows import ERASED, NO_LEAF, Row
from explainbot.stores.sealing import Sealer, Seals
from explainbot.stores.verifying import Start
from explainbot.trace import Trace
from explainbot.trace.model import NAME_LENGTH, as_name
from explainbot.trace.offered import CONVERSATION

__all__ = ["ALL", "Part", "Records", "SealedReading"]

LAST = "\U0010ffff"
"""The code point that sorts last."""

Records = Iterator[tuple[int, Row, bytes]]
"""Records in the order of the log, each with its place from 1 and its leaf hash as stored."""

ALL = 2**62
"""A place behind every record."""

Part = tuple[Read, int]
"""A way to read from a database, and the place up to which its records count."""

Terms = list[bytes]  # a name for a type, because a store has a method called `list`

AT_ONCE = 2_000
"""Records read at a time."""


class SealedReading(ABC):
    """Finds and opens records."""

    _keys: KeyTable
    _seals: Seals

    @abstractmethod
    def _read(self, query: str, values: Sequence[Any]) -> builtins.list[Any]:
        """All rows that `query` finds."""

    def _parts(self, *, whole: bool = True) -> Iterator[Part]:
        """Where records are, the newest first; those that are missing are left out unless the `whole` is asked for."""
        yield self._read, ALL

    def _older(self, query: str, after: int) -> builtins.list[Any]:
        """A page of records that are not in the database itself any more: what `query` finds from `after` to `ALL`."""
        return []

    def start(self) -> Start:
        """Where the log begins: at its first record, unless months were removed because of their age."""
        return start(self._read)

    def get(self, id: str, /) -> Trace | None:
        """The trace called `id`, or None where there is none, or it was erased."""
        query = f"SELECT {log.COLUMNS} FROM records WHERE kind = 'trace' AND id = ? AND +seq <= ?"
        for read, last in self._parts():
            if found := read(query, [as_name(id), last]):
                return self.opened(Row(*found[0]))
        return None

    def ids(self, prefix: str, /, limit: int = 2) -> Ids:
        """Up to `limit` ids that begin with `prefix`, sorted."""
        start = as_name(prefix)
        query = "SELECT id FROM records WHERE id >= ? AND id <= ? AND kind = 'trace' AND +seq <= ? ORDER BY id LIMIT ?"
        within = [start, start + LAST * NAME_LENGTH]
        found = {id for read, last in self._parts() for (id,) in read(query, [*within, last, page_size(limit)])}
        return sorted(found)[:limit]

    def list(self, limit: int = 50, before: str | None = None, where: Where = EVERY) -> Page:
        """Up to `limit` traces, the latest `started` first; see `Store.list`."""
        page_size(limit)
        wanted = self._wanted(where)
        query, values = self._query(before, where, wanted)
        page: dict[int, Row] = {}
        since = -ALL if where.since is None else position(where.since)
        firsts = [[term] for term in wanted[0]] if wanted else [[]]
        for read, last in self._parts():
            for first in firsts:
                rows = read(query, [*first, *values, last, since, limit])
                page = _latest({**page, **{seq: Row(*fields) for seq, *fields in rows}}, limit)
                if len(page) == limit:
                    since = min(row.started for row in page.values())  # what is older has no place on it any more
        return [trace for trace in self.opened_all([*page.values()]) if trace is not None]

    def _wanted(self, where: Where) -> builtins.list[Terms]:
        """For each value that is searched by, the terms of which a trace has one; what is rare first."""
        wanted = [*where.found_by]
        if where.conversation is not None:
            wanted.append((CONVERSATION, as_name(where.conversation)))
        return [self._terms(kind, value) for kind, value in sorted(wanted, key=lambda one: one[0] in COMMON)]

    def _query(self, before: str | None, where: Where, wanted: Sequence[Terms]) -> tuple[str, builtins.list[Any]]:
        """What finds the traces of a page, by one of the first terms that are `wanted` where there are any.

        Returns:
            Query and values. Ahead of the values goes that term, behind them the place up to which records count, the
            earliest start, and the limit.
        """
        table, place, tests = (log.BY_TERM, "found_by", ["found_by.term = ?"]) if wanted else ("records", "records", [])
        tests += ["kind = 'trace'", log.WHOLE]
        values: builtins.list[Any] = [ERASED]
        for terms in wanted[1:]:
            tests.append(f"EXISTS (SELECT 1 FROM found_by AS other WHERE {one_of('other.term', terms)} AND {SAME})")
            values += terms
        if before is not None:
            tests.append(f"({place}.started, {place}.seq) < (?, ?)")
            values += self._place(before)
        if where.status is not None and where.status != "ok":
            tests.append("status <> 'ok'")  # as the index says that has the rare ones only
        for test, value in (
            ("status = ?", where.status),
            ("model = ?", where.model),
            ("grounding BETWEEN 0 AND ?", None if where.grounding is None else round(where.grounding * 1000)),
            (f"{place}.started < ?", None if where.until is None else position(where.until)),
        ):
            if value is not None:
                tests.append(test)
                values.append(value)
        # The plus: it is no way to find them.
        tests += ["+records.seq <= ?", f"{place}.started >= ?"]
        order = f"ORDER BY {place}.started DESC, {place}.seq DESC LIMIT ?"
        return f"SELECT records.seq, {log.RECORD} FROM {table} WHERE {' AND '.join(tests)} {order}", values

    def tenants_with(self, kind: str, value: str) -> builtins.list[str]:
        """The tenants that have a trace under a subject's key which was not erased, in order; see `erase`.

        Raises:
            StoreError: the store cannot be read.
        """
        names = [name for (name,) in self._read("SELECT name FROM tenants ORDER BY name", [])]
        return [name for name in names if self._has(self._sealer(name).term(kind, value))]

    def _has(self, subject: bytes) -> bool:
        """Whether a trace that was not erased is under a subject's key."""
        return any(read(log.HAS, [subject, ERASED]) for read, _ in self._parts())

    def size(self) -> int:
        """How many records the log has.

        Raises:
            StoreError: the store cannot be read.
        """
        [(last,)] = self._read("SELECT coalesce(max(seq), 0) FROM records", [])
        return int(last)

    def notes(self) -> builtins.list[str]:
        """The signed checkpoints in the database, the first first."""
        return [note for _, note in self.notes_after(0, 2**31)]

    def notes_after(self, size: int, limit: int) -> builtins.list[tuple[int, str]]:
        """The first checkpoints over more than `size` records, each with how many it vouches for.

        Raises:
            StoreError: the store cannot be read.
        """
        query = "SELECT size, note FROM checkpoints WHERE size > ? ORDER BY size LIMIT ?"
        found = {place: note for read, _ in self._parts(whole=False) for place, note in read(query, [size, limit])}
        return sorted(found.items())[:limit]

    def rows(self, after: int = 0) -> Records:
        """Every record in the order of the log, with its place from 1 and its leaf hash as stored.

        Raises:
            StoreError: the file cannot be read.
        """
        for seq, *fields, leaf in self._walk(f"{log.COLUMNS}, leaf", after):
            yield seq, Row(*fields), leaf

    def located(self, id: str) -> tuple[int, Row, bytes] | None:
        """A record of any kind with its place in the log and the leaf hash before it in its lane; None for none.

        Raises:
            StoreError: the store cannot be read.
        """
        query = f"SELECT seq, {log.COLUMNS} FROM records WHERE id = ? AND +seq <= ?"
        for read, last in self._parts():
            for seq, *fields in read(query, [as_name(id), last]):
                row = Row(*fields)
                return seq, row, self._leaf_before(row.lane, seq)
        return None

    def _leaf_before(self, lane: str, place: int) -> bytes:
        query = "SELECT leaf FROM records WHERE lane = ? AND seq < ? ORDER BY seq DESC LIMIT 1"
        for read, last in self._parts():
            for (leaf,) in read(query, [lane, min(place, last + 1)]):
                return bytes(leaf)
        return self.start().lanes.get(lane, (NO_LEAF, 0, 0))[0]

    def leaves(self) -> Iterator[bytes]:
        """The leaf hash of every record in the order of the log.

        Raises:
            StoreError: the file cannot be read.
        """
        return (leaf for _, leaf in self._walk("leaf", 0))

    def _walk(self, columns: str, after: int) -> Iterator[Any]:
        """Place and these columns of every record behind a place, in order."""
        query = f"SELECT seq, {columns} FROM records WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT {AT_ONCE}"
        after = max(after, self.start().size)
        while page := self._page(query, after):
            yield from page
            after = page[-1][0]

    def _page(self, query: str, after: int) -> builtins.list[Any]:
        """The records that follow a place: from the database if it has the next one, else from where older ones are."""
        page = self._read(query, [after, ALL])
        return page if page and page[0][0] == after + 1 else self._older(query, after) or page

    def _sealer(self, tenant: str) -> Sealer:
        self._seals.renew_if(self._keys.identity())
        return self._seals.of(tenant)

    def opened(self, row: Row) -> Trace | None:
        """The trace in a row of that kind; None where it was erased.

        Raises:
            StoreError: it cannot be read.
        """
        return next(self.opened_all([row]))

    def opened_all(self, rows: Sequence[Row]) -> Iterator[Trace | None]:
        """The trace in each of some rows of that kind; None where it was erased.

        Raises:
            StoreError: one cannot be read.
        """
        try:
            # The rows of each tenant by themselves, which is nearly always one; the order is that of the rows.
            opened = {
                tenant: self._sealer(tenant).open_all([row for row in rows if row.tenant == tenant])
                for tenant in {row.tenant for row in rows}
            }
        except StoreError as error:
            raise StoreError(f"trace {rows[0].id!r} cannot be read: {error}") from None
        return (next(opened[row.tenant]) for row in rows)

    def _terms(self, kind: str, value: str) -> Terms:
        """What stands in the index for a value, for every tenant of the store."""
        terms = [self._sealer(tenant).term(kind, value) for (tenant,) in self._read("SELECT name FROM tenants", [])]
        if kind in COMMON and terms:
            sets = self._read(f"SELECT term FROM traits WHERE {one_of('one', terms)} ORDER BY term", terms)
            terms += [bytes(term) for (term,) in sets]
        return terms

    def _place(self, id: str) -> tuple[int, int]:
        query = "SELECT started, seq FROM records WHERE id = ? AND +seq <= ?"
        for read, last in self._parts():
            for started, seq in read(query, [as_name(id), last]):
                return started, seq
        raise unknown_page(id)


SAME = "other.started = records.started AND other.seq = records.seq"


def _latest(rows: dict[int, Row], limit: int) -> dict[int, Row]:
    """The latest `limit` of some rows, in order; their keys are their places."""
    return dict(sorted(rows.items(), key=lambda item: (item[1].started, item[0]), reverse=True)[:limit])
