"""What every store with sealed rows does, whatever database they are in: one log, its keys, its checkpoints.

A database gives a transaction that one writer has at a time, a way to read, and a connection with the methods of
`Connection`; queries are written once, with `?` for a value.
"""

from __future__ import annotations

import builtins
import logging
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from explainbot.errors import StoreError
from explainbot.stores import log
from explainbot.stores.checkpoints import Checkpoints
from explainbot.stores.keys import KEY_VARIABLE, KeyTable, KeyWrapper, LocalKey
from explainbot.stores.log import Connection
from explainbot.stores.paging import EPOCH, Ids, Page, Where, page_size, position, unknown_page
from explainbot.stores.sealing import ERASED, Row, Sealer, Seals, gap_row
from explainbot.stores.spool import Holes, Spool, holes_among, locked, recover
from explainbot.stores.verifying import Verdict, check_log
from explainbot.trace import Lost, Offered, Status, Trace
from explainbot.trace.model import NAME_LENGTH, as_name
from explainbot.trace.offered import CONVERSATION

__all__ = ["SealedStore"]

LAST = "\U0010ffff"
"""The code point that sorts last."""

EXPIRE_EVERY = timedelta(hours=1)
"""How often traces that are kept long enough are looked for."""

Records = Iterator[tuple[int, Row, bytes]]
"""Records in the order of the log, each with its place from 1 and its leaf hash as stored."""


class SealedStore(ABC):
    """Keeps traces, encrypted, in the log of a database.

    Attributes:
        path: the file; the names of what stands beside it begin with its name.
        checkpoints: makes the signed checkpoints, and keeps a copy of them elsewhere.
        spool: where records wait while the database cannot be used.
        read_only: change nothing and make nothing.
    """

    path: Path
    checkpoints: Checkpoints
    spool: Spool
    read_only: bool
    _key: KeyWrapper | None
    _keys: KeyTable
    _seals: Seals
    _unvouched = False

    def __init__(self) -> None:
        self._retention: dict[str, timedelta] = {}
        self._expired = datetime.min.replace(tzinfo=UTC)

    # What a database gives --------------------------------------------------------------------------------------

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[Connection]:
        """A transaction that no other writer shares; committed at the end, rolled back on an error."""

    @abstractmethod
    def _read(self, query: str, values: Sequence[Any]) -> builtins.list[Any]:
        """All rows that `query` finds."""

    @abstractmethod
    def _is_there(self) -> bool:
        """Whether there is a database."""

    @abstractmethod
    def _release(self) -> None:
        """Let go of files and connections."""

    @abstractmethod
    def _cannot_write(self) -> NoReturn:
        """Refuse to write into a store that was opened for reading.

        Raises:
            StoreError: always.
        """

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

    def _may_erase(self) -> bool:
        """Whether this user may put hashes in the place of what was said."""
        return True

    # What a store does ------------------------------------------------------------------------------------------

    def put(self, records: Sequence[Offered | Lost], /) -> None:
        """Keep all of `records`, durably; those known already stay as they are.

        Raises:
            StoreError: none was kept. The message says what to do.
        """
        if self.read_only:
            self._cannot_write()
        # Keys are opened first: who holds one of the two files never waits for the other, also not in a fork.
        rows = self._sealed(records)
        signer = self._seals.signer()
        with self._transaction() as connection:
            log.append(connection, log.fresh(connection, rows))
            self._expire(connection)
            note = self.checkpoints.due(connection, signer)
        self._unvouched = note is None
        self.checkpoints.publish(note)

    def get(self, id: str, /) -> Trace | None:
        """The trace called `id`, or None where there is none, or it was erased."""
        found = self._read(f"SELECT {log.COLUMNS} FROM records WHERE kind = 'trace' AND id = ?", [as_name(id)])
        return self.opened(Row(*found[0])) if found else None

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
        where: Where | None = None,
    ) -> Page:
        """Up to `limit` traces, the latest `started` first; see `Store.list`."""
        rows = self._found(limit, before, conversation, status, found_by, where or Where())
        return [trace for row in rows if (trace := self.opened(row)) is not None]

    def _found(
        self,
        limit: int,
        before: str | None,
        conversation: str | None,
        status: Status | None,
        found_by: tuple[str, str] | None,
        where: Where,
    ) -> Iterator[Row]:
        table, place, tests = "records", "records", ["kind = 'trace'", log.WHOLE]
        values: builtins.list[Any] = [ERASED]
        wanted = [*where.found_by] if found_by is None else [found_by, *where.found_by]
        if conversation is not None:
            wanted.append((CONVERSATION, as_name(conversation)))
        if wanted:
            first, *others = (self._terms(kind, value) for kind, value in wanted)
            table, place = log.BY_TERM, "found_by"
            tests.append(_one_of("term", first))
            values += first
            for terms in others:
                tests.append(f"records.seq IN (SELECT seq FROM found_by WHERE {_one_of('term', terms)})")
                values += terms
        if before is not None:
            tests.append(f"({place}.started, {place}.seq) < (?, ?)")
            values += self._place(before)
        for test, value in (
            ("status = ?", status),
            ("model = ?", where.model),
            ("grounding BETWEEN 0 AND ?", None if where.grounding is None else round(where.grounding * 1000)),
            (f"{place}.started >= ?", None if where.since is None else position(where.since)),
            (f"{place}.started < ?", None if where.until is None else position(where.until)),
        ):
            if value is not None:
                tests.append(test)
                values.append(value)
        query = f"FROM {table} WHERE {' AND '.join(tests)} ORDER BY {place}.started DESC, {place}.seq DESC LIMIT ?"
        for fields in self._read(f"SELECT {log.RECORD} {query}", [*values, page_size(limit)]):
            yield Row(*fields)

    def close(self) -> None:
        """Vouch for what is not yet vouched for, and close the files. The next use opens them again."""
        if self._unvouched and self._is_there():
            # Where it cannot be done now, the first checkpoint after the next opening does it.
            with suppress(StoreError):
                signer = self._seals.signer()
                with self._transaction() as connection:
                    note = self.checkpoints.make(connection, signer)
                self.checkpoints.publish(note)
                self._unvouched = False
        self._release()
        self._keys.close()

    @property
    def public_key(self) -> bytes:
        """The key that signs the checkpoints of this store, 32 bytes."""
        return self._seals.signer().public_key

    def verify(self, public_key: bytes | None = None, watch: Callable[[Records], Records] = iter) -> Verdict:
        """Check the whole log against its checkpoints; see `check_log`.

        Args:
            public_key: the key that must have signed them; None takes that of this store's own keys.
            watch: sees the records go by.

        Raises:
            StoreError: the file or the keys cannot be read.
        """
        key = public_key or self.public_key
        return check_log(watch(self.rows()), self.notes(), self.checkpoints.published(), key)

    def erase(self, kind: str, value: str, *, tenant: str = "default") -> log.Erasure:
        """Destroy all that was said to and by a subject: its key first, then what was encrypted under it.

        The log stays whole: hashes take the place of what was destroyed, and a record says what went and when.

        Args:
            kind, value: the subject: ("customer", id), or ("conversation", id) where no customer was named.
            tenant: whose subject it is.

        Raises:
            StoreError: it is under a legal hold; or a file cannot be used. Erase again: what was destroyed stays so.
        """
        recover(self)
        sealer = self._sealer(tenant)
        subject = sealer.term(kind, value)
        with self._transaction() as connection:
            if log.is_held(connection, tenant, subject):
                raise StoreError(
                    "what is asked to be erased is under a legal hold; lift it first: explainbot hold --lift"
                )
        had_key = sealer.destroy(subject)
        signer = self._seals.signer()
        with self._transaction() as connection:
            erasure = log.erase(connection, subject, tenant, had_key=had_key)
            note = self.checkpoints.make(connection, signer)
        self.checkpoints.publish(note)
        return erasure

    def holes(self, lane: str, offered: int, /) -> Holes:
        """What a recorder was offered and is neither kept nor known to be lost; see `Spooled.holes`."""
        with self._transaction() as connection:
            return holes_among(log.places(connection, lane), offered)

    def hold(self, kind: str, value: str, *, tenant: str = "default", lift: bool = False) -> str:
        """Put a subject's traces under a legal hold, so that nothing erases them; or lift it.

        Args:
            kind, value, tenant: as for `erase`.

        Returns:
            The id of the record that says so.
        """
        subject = self._sealer(tenant).term(kind, value)
        with self._transaction() as connection:
            return log.hold(connection, tenant, subject, lift=lift)

    def retain(self, tenant: str, days: float) -> None:
        """Destroy what was said in a tenant's traces once they are this old, unless it is under a legal hold.

        It happens in the course of later puts. The log stays whole, as after `erase`.
        """
        self._retention[tenant] = timedelta(days=days)

    def publish_to(self, path: Path) -> None:
        """Append a copy of each checkpoint to this file from now on, in place of the one beside the store."""
        self.checkpoints.path = path.expanduser().absolute()

    def note_access(self, by: str, what: str, records: Sequence[str]) -> None:
        """Record that somebody read traces.

        Args:
            by: who.
            what: how, such as "export".
            records: the ids of what was read.

        Raises:
            StoreError: it cannot be recorded.
        """
        if self.read_only:
            self._cannot_write()
        with self._transaction() as connection:
            log.note(connection, "access", {"by": by, "what": what, "records": [*records]})
        self._unvouched = True

    def size(self) -> int:
        """How many records the log has.

        Raises:
            StoreError: the store cannot be read.
        """
        [(last,)] = self._read("SELECT coalesce(max(seq), 0) FROM records", [])
        return int(last)

    def notes(self) -> builtins.list[str]:
        """The signed checkpoints in the database, the first first."""
        return [note for (note,) in self._read("SELECT note FROM checkpoints ORDER BY size", [])]

    def notes_after(self, size: int, limit: int) -> builtins.list[tuple[int, str]]:
        """The first checkpoints over more than `size` records, each with how many it vouches for.

        Raises:
            StoreError: the store cannot be read.
        """
        return self._read("SELECT size, note FROM checkpoints WHERE size > ? ORDER BY size LIMIT ?", [size, limit])

    def sent(self, name: str) -> int:
        """The place in the log up to which it was sent on; the end of the log at the first time.

        Raises:
            StoreError: the store cannot be used.
        """
        with self._transaction() as connection:
            start = "SELECT ?, coalesce(max(seq), 0) FROM records WHERE true"
            connection.execute(f"INSERT INTO outbox (name, seq) {start} ON CONFLICT (name) DO NOTHING", [name])
            (place,) = connection.execute("SELECT seq FROM outbox WHERE name = ?", [name]).fetchone()
            return int(place)

    def note_sent(self, name: str, place: int) -> None:
        """Note that the log was sent on up to this place.

        Raises:
            StoreError: the store cannot be used.
        """
        with self._transaction() as connection:
            connection.execute("UPDATE outbox SET seq = ? WHERE name = ?", [place, name])

    @contextmanager
    def exclusive(self, name: str) -> Iterator[bool]:
        """Whether this process is the only one to do something with the store that is called `name`."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._beside(name), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            yield locked(handle)
        finally:
            os.close(handle)

    def _expire(self, connection: Connection) -> None:
        """Destroy what was kept long enough, some at a time."""
        now = datetime.now(UTC)
        if not self._retention or now - self._expired < EXPIRE_EVERY:
            return
        if not self._may_erase():
            self._expired = now
            return
        more = [
            log.expire(connection, tenant, position(max(now - kept, EPOCH))) == log.AT_ONCE
            for tenant, kept in self._retention.items()
        ]
        if not any(more):
            self._expired = now

    def rows(self, after: int = 0) -> Records:
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

    def _sealer(self, tenant: str) -> Sealer:
        self._seals.renew_if(self._keys.identity())
        return self._seals.of(tenant)

    def opened(self, row: Row) -> Trace | None:
        """The trace in a row of that kind; None where it was erased.

        Raises:
            StoreError: it cannot be read.
        """
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


Rows = list[Row]  # names for types, because a store has a method called `list`
Terms = list[bytes]

AT_ONCE = 2_000
"""Records read at a time."""


def _one_of(column: str, values: Sequence[object]) -> str:
    return f"{column} IN ({', '.join('?' * len(values))})" if values else "1 = 0"
