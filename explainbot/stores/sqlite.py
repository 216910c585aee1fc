"""Traces in one SQLite file: the default store.

Beside `traces.db` stand `traces.db.keys` with the wrapped keys, `traces.db.checkpoints` with the signed checkpoints of
the log, where no key-encryption key was given `traces.db.key` with one, and the directory `traces.db.spool` of the
recorders that run. Keep the key and the checkpoints
elsewhere if you can: a stolen disk then shows nothing, and a changed file cannot hide it.

The file is a write-ahead log (WAL) database with `synchronous=FULL`: a put that returned survives a crash of the
process and a loss of power. One put is one transaction, because one durable transaction a trace reaches about 200 a
second and 256 traces a transaction reach thousands. Writing and reading have a connection each, so a long list does
not hold up the writer; other processes may read and write the same file at the same time.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from explainbot.errors import ConfigError, StoreError
from explainbot.stores import log
from explainbot.stores.checkpoints import Checkpoints
from explainbot.stores.connection import Lane, open_readable, open_writable
from explainbot.stores.keys import KEY_VARIABLE, KeyWrapper, LocalKey
from explainbot.stores.keytable import SQLiteKeys
from explainbot.stores.paging import Ids, Page, page_size, unknown_page
from explainbot.stores.sealing import CONVERSATION, Row, Sealer, Seals, gap_row
from explainbot.stores.spool import Holes, Spool, holes_among, recover
from explainbot.stores.verifying import Verdict, check_log
from explainbot.trace import Lost, Offered, Status, Trace
from explainbot.trace.model import NAME_LENGTH, as_name

LAST = "\U0010ffff"
"""The code point that sorts last."""


class SQLiteStore:
    """Keeps traces, encrypted, in the file at `path`.

    Args:
        path: the file. It and its directory are made at the first use, for their owner only.
        read_only: change nothing and make nothing, for reading another process's store.
        key: the key-encryption key; None takes `EXPLAINBOT_KEY`, else the key file beside the store.
        checkpoints: where signed checkpoints are written besides; None means beside the store.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        read_only: bool = False,
        key: KeyWrapper | None = None,
        checkpoints: Path | None = None,
    ) -> None:
        self.path = Path(path).expanduser().absolute()
        self.read_only = read_only
        self._key = key
        self._unvouched = False
        self._writing = Lane(self.path, open_writable)
        self._reading = Lane(self.path, open_readable)
        self._keys = SQLiteKeys(self._beside("keys"), read_only=read_only)
        self._seals = Seals(self._keys, self._wrapper)
        self.spool = Spool(self._beside("spool"), self._seals.wrapper)
        self.checkpoints = Checkpoints(checkpoints or self._beside("checkpoints"))

    def __repr__(self) -> str:
        return f"<SQLiteStore {str(self.path)!r}>"

    def put(self, records: Sequence[Offered | Lost], /) -> None:
        """Keep all of `records`, durably; those known already stay as they are.

        Raises:
            StoreError: none was kept. The message says what to do.
        """
        if self.read_only:
            raise StoreError(f"the trace store {self.path} was opened for reading only")
        # Keys are opened first: who holds one of the two files never waits for the other, also not in a fork.
        rows = self._sealed(records)
        signer = self._seals.signer()
        with self._writing.use() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                log.append(connection, log.fresh(connection, rows))
                note = self.checkpoints.due(connection, signer)
                connection.execute("COMMIT")
            except BaseException:
                connection.rollback()
                raise
        self._unvouched = note is None
        self.checkpoints.publish(note)

    def get(self, id: str, /) -> Trace | None:
        """The trace called `id`, or None where there is none, or it was erased."""
        return next(self._traces("FROM records WHERE kind = 'trace' AND id = ?", [as_name(id)]), None)

    def ids(self, prefix: str, /, limit: int = 2) -> Ids:
        """Up to `limit` ids that begin with `prefix`, sorted."""
        start = as_name(prefix)
        query = "SELECT id FROM records WHERE id >= ? AND id <= ? AND kind = 'trace' ORDER BY id LIMIT ?"
        return [id for (id,) in self._read(query, [start, start + LAST * NAME_LENGTH, page_size(limit)])]

    def list(
        self,
        limit: int = 50,
        before: str | None = None,
        conversation: str | None = None,
        status: Status | None = None,
        found_by: tuple[str, str] | None = None,
    ) -> Page:
        """Up to `limit` traces, the latest `started` first; see `Store.list`."""
        table, place, where = "records", "records", ["kind = 'trace'"]
        values: list[Any] = []
        wanted = [] if found_by is None else [found_by]
        if conversation is not None:
            wanted.append((CONVERSATION, as_name(conversation)))
        if wanted:
            # CROSS JOIN: the index of terms, which is in the right order, is read first.
            first, *others = (self._terms(kind, value) for kind, value in wanted)
            table, place = "found_by CROSS JOIN records USING (seq)", "found_by"
            where.append(_one_of("term", first))
            values += first
            for terms in others:
                where.append(f"seq IN (SELECT seq FROM found_by WHERE {_one_of('term', terms)})")
                values += terms
        if before is not None:
            where.append(f"({place}.started, {place}.seq) < (?, ?)")
            values += self._place(before)
        if status is not None:
            where.append("status = ?")
            values.append(status)
        query = f"FROM {table} WHERE {' AND '.join(where)} ORDER BY {place}.started DESC, {place}.seq DESC LIMIT ?"
        return [*self._traces(query, [*values, page_size(limit)])]

    def close(self) -> None:
        """Vouch for what is not yet vouched for, and close the files. The next use opens them again."""
        if self._unvouched and self.path.exists():
            # Where it cannot be done now, the first checkpoint after the next opening does it.
            with suppress(StoreError):
                signer = self._seals.signer()
                with self._writing.use() as connection:
                    note = self.checkpoints.make(connection, signer)
                self.checkpoints.publish(note)
                self._unvouched = False
        self._writing.close()
        self._reading.close()
        self._keys.close()

    @property
    def public_key(self) -> bytes:
        """The key that signs the checkpoints of this store, 32 bytes."""
        return self._seals.signer().public_key

    def verify(self, public_key: bytes | None = None) -> Verdict:
        """Check the whole log against its checkpoints; see `check_log`.

        Args:
            public_key: the key that must have signed them; None takes that of this store's own keys.

        Raises:
            StoreError: the file or the keys cannot be read.
        """
        key = public_key or self.public_key
        inside = [note for (note,) in self._read("SELECT note FROM checkpoints ORDER BY size", [])]
        return check_log(self.rows(), inside, self.checkpoints.published(), key)

    def erase(self, kind: str, value: str, *, tenant: str = "default") -> log.Erasure:
        """Destroy all that was said to and by a subject: its key first, then what was encrypted under it.

        The log stays whole: hashes take the place of what was destroyed, and a record says what went and when.

        Args:
            kind, value: the subject: ("customer", id), or ("conversation", id) where no customer was named.
            tenant: whose subject it is.

        Raises:
            StoreError: a file cannot be used. Erase again: what was destroyed stays so.
        """
        recover(self)
        sealer = self._sealer(tenant)
        subject = sealer.term(kind, value)
        had_key = sealer.destroy(subject)
        signer = self._seals.signer()
        with self._writing.use() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                erasure = log.erase(connection, subject, tenant, had_key=had_key)
                note = self.checkpoints.make(connection, signer)
                connection.execute("COMMIT")
            except BaseException:
                connection.rollback()
                raise
        self.checkpoints.publish(note)
        return erasure

    def holes(self, lane: str, offered: int, /) -> Holes:
        """What a recorder was offered and is neither kept nor known to be lost; see `Spooled.holes`."""
        with self._writing.use() as connection:
            return holes_among(log.places(connection, lane), offered)

    def rows(self, after: int = 0) -> Iterator[tuple[int, Row, bytes]]:
        """Every record in the order of the log, with its place from 1 and its leaf hash as stored.

        Raises:
            StoreError: the file cannot be read.
        """
        query = f"SELECT seq, {log.COLUMNS}, leaf FROM records WHERE seq > ? ORDER BY seq LIMIT {AT_ONCE}"
        while page := self._read(query, [after]):
            for seq, *fields, leaf in page:
                yield seq, Row(*fields), leaf
            after = page[-1][0]

    def _sealed(self, records: Sequence[Offered | Lost]) -> Rows:
        """The rows; the traces of each tenant are sealed in one go."""
        traces = [one for one in records if isinstance(one, Offered)]
        rows = [gap_row(one) for one in records if isinstance(one, Lost)]
        for tenant in dict.fromkeys(one.trace.tenant for one in traces):
            rows += self._sealer(tenant).seal([one for one in traces if one.trace.tenant == tenant])
        return rows

    def _traces(self, query: str, values: Sequence[Any]) -> Iterator[Trace]:
        """The traces that `query` finds, but those that were erased."""
        for fields in self._read(f"SELECT {log.RECORD} {query}", values):
            row = Row(*fields)
            if (trace := self._opened(row)) is not None:
                yield trace

    def _sealer(self, tenant: str) -> Sealer:
        self._seals.renew_if(self._keys.identity())
        return self._seals.of(tenant)

    def _opened(self, row: Row) -> Trace | None:
        try:
            return self._sealer(row.tenant).open(row)
        except StoreError as error:
            raise StoreError(f"trace {row.id!r} cannot be read: {error}") from None

    def _terms(self, kind: str, value: str) -> Terms:
        """What stands in the index for a value, for every tenant of the store."""
        return [self._sealer(tenant).term(kind, value) for (tenant,) in self._read("SELECT name FROM tenants", [])]

    def _place(self, id: str) -> tuple[int, int]:
        rows = self._read("SELECT started, seq FROM records WHERE id = ?", [as_name(id)])
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

    def _beside(self, what: str) -> Path:
        return self.path.with_name(f"{self.path.name}.{what}")

    def _wrapper(self) -> KeyWrapper:
        """The key-encryption key; where there is none, one is made and the user is told."""
        if (key := self._key or LocalKey.from_environment()) is not None:
            return key
        path = self._beside("key")
        if self.read_only and not path.exists():
            raise StoreError(f"the traces are encrypted; give the key in {KEY_VARIABLE}, or bring {path} back")
        key, made = LocalKey.from_file(path)
        if made:
            logging.getLogger("explainbot").warning(
                "traces are encrypted with the key in %s; keep a copy of it, and better move it into %s",
                path,
                KEY_VARIABLE,
            )
        return key


Rows = list[Row]  # names for types, because a store has a method called `list`
Terms = list[bytes]

AT_ONCE = 2_000
"""Records read at a time."""


def _one_of(column: str, values: Sequence[object]) -> str:
    return f"{column} IN ({', '.join('?' * len(values))})"


def open_store(path: Path | None) -> SQLiteStore:
    """The store in the file at `path`.

    Raises:
        ConfigError: no path was given.
    """
    if path is None:
        raise ConfigError("the SQLite store needs a path: Settings(store_path=...)")
    return SQLiteStore(path)
