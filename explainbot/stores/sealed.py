"""What every store with sealed rows does, whatever database they are in: one log, its keys, its checkpoints.

A database gives a transaction that one writer has at a time, a way to read, and a connection with the methods of
`Connection`; queries are written once, with `?` for a value.
"""

from __future__ import annotations

import builtins
import os
from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from explainbot.errors import StoreError, UnderHold
from explainbot.stores import log
from explainbot.stores.checkpoints import Checkpoints
from explainbot.stores.connection import Connection
from explainbot.stores.keys import KeyTable, rewrap
from explainbot.stores.leaving import are_gone, forget, leave, state
from explainbot.stores.locking import locked
from explainbot.stores.paging import Ids
from explainbot.stores.reading import Records, SealedReading
from explainbot.stores.recovery import Holes, holes_among, recover
from explainbot.stores.retention import Retention
from explainbot.stores.rows import Row, gap_row
from explainbot.stores.sealing import Seals
from explainbot.stores.spool import Spool
from explainbot.stores.verifying import Verdict, check_log
from explainbot.stores.wrapping import KeyWrapper, local_key
from explainbot.trace import Lost, Offered

__all__ = ["SealedStore"]


class SealedStore(SealedReading):
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
        self._retention = Retention()

    # What a database gives --------------------------------------------------------------------------------------

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[Connection]:
        """A transaction that no other writer shares; committed at the end, rolled back on an error."""

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

    def _unknown(self, connection: Connection, rows: Rows) -> Rows:
        """Those that are not kept elsewhere either."""
        return rows

    def _tidy(self, connection: Connection) -> Callable[[], None] | None:
        """Bring what is old to where it belongs, some at a time; what is to be done once that is committed."""
        return None

    def _beside(self, what: str) -> Path:
        return self.path.with_name(f"{self.path.name}.{what}")

    def _wrapper(self) -> KeyWrapper:
        """The key-encryption key."""
        return self._key or local_key(self._beside("key"), "traces", read_only=self.read_only)

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
            some_gone, some_left = state(connection)
            if some_gone and are_gone(connection, {row.subject for row in rows}):
                rows = self._sealed(records)
            size = log.append(connection, self._unknown(connection, log.fresh(connection, rows)))
            self._expire(connection)
            afterwards = self._tidy(connection)
            note = self.checkpoints.due(connection, signer, size)
        self._unvouched = note is None
        self.checkpoints.publish(note)
        if afterwards is not None:
            afterwards()
        if some_left and self._may_erase():
            self._forget()

    def close(self) -> None:
        """Vouch for what is not yet vouched for, and close the files. The next use opens them again."""
        if self._unvouched and self._is_there():
            # Where it cannot be done now, the first checkpoint after the next opening does it.
            with suppress(StoreError):
                self.vouch()
        self._release()
        self._keys.close()

    def vouch(self) -> None:
        """Sign a checkpoint over what this process put and none vouches for yet.

        Raises:
            StoreError: the store cannot be used.
        """
        if not self._unvouched:
            return
        signer = self._seals.signer()
        with self._transaction() as connection:
            note = self.checkpoints.make(connection, signer)
        self.checkpoints.publish(note)
        self._unvouched = False

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
        # The checkpoints first: none of them speaks of records that come, or go to another file, while these are read.
        inside, outside = self.notes(), self.checkpoints.published()
        return check_log(watch(self.rows()), inside, outside, key, self.start())

    def erase(self, kind: str, value: str, *, tenant: str = "default") -> log.Erasure:
        """Destroy all that was said to and by a subject: its key first, then what was encrypted under it.

        The log stays whole: hashes take the place of what was destroyed, and a record says what went and when.

        Args:
            kind, value: the subject: ("customer", id), or ("conversation", id) where no customer was named.
            tenant: whose subject it is.

        Raises:
            UnderHold: it is under a legal hold.
            StoreError: a file cannot be used. Erase again: what was destroyed stays so.
        """
        recover(self)
        sealer = self._sealer(tenant)
        subject = sealer.term(kind, value)
        signer = self._seals.signer()
        with self._transaction() as connection:  # one, so that nobody holds what is being destroyed
            if log.is_held(connection, tenant, subject):
                raise UnderHold(
                    "what is asked to be erased is under a legal hold; lift it first: explainbot hold --lift"
                )
            ids, destroy = self._elsewhere(connection, subject)
            had_key = sealer.destroy([subject]) > 0
            erasure = log.erase(connection, subject, tenant, had_key=had_key, elsewhere=ids)
            note = self.checkpoints.make(connection, signer)
        self.checkpoints.publish(note)
        destroy()
        return erasure

    def _elsewhere(self, connection: Connection, subject: bytes) -> tuple[Ids, Callable[[], None]]:
        """Ids of a subject's traces that are not in the database itself, and what destroys those.

        The record that says they went is there first: a crash in between leaves nothing that `verify` finds amiss, and
        another `erase` completes it.
        """
        return [], lambda: None

    def holes(self, lane: str, offered: int, /) -> Holes:
        """What a recorder was offered and is neither kept nor known to be lost; see `Spooled.holes`."""
        with self._transaction() as connection:
            return holes_among(self._taken(connection, lane), offered)

    def _taken(self, connection: Connection, lane: str) -> builtins.list[tuple[int, int]]:
        """Number and count of what a recorder wrote, see `places`; what went because of its age was written too."""
        _, _, offered = self.start().lanes.get(lane, (b"", 0, 0))
        return [(0, offered), *log.places(connection, lane, lambda first: [])]

    def hold(self, kind: str, value: str, *, tenant: str = "default", lift: bool = False) -> str:
        """Put a subject's traces under a legal hold, so that nothing erases them; or lift it.

        Args:
            kind, value, tenant: as for `erase`.

        Returns:
            The id of the record that says so.
        """
        subject = self._sealer(tenant).term(kind, value)
        with self._transaction() as connection:
            record = log.hold(connection, tenant, subject, lift=lift)
        self._unvouched = True
        return record

    def is_held(self, kind: str, value: str, *, tenant: str = "default") -> bool:
        """Whether a subject's traces are under a legal hold; kind, value and tenant as for `erase`."""
        with self._transaction() as connection:
            return log.is_held(connection, tenant, self._sealer(tenant).term(kind, value))

    def rewrap(self) -> int:
        """Wrap the keys anew under the newest key-encryption key; how many the others are wrapped by.

        Raises:
            StoreError: the keys cannot be read or written, or do not open; nothing was changed.
        """
        if self.read_only:
            self._cannot_write()
        return rewrap(self._keys, self._seals.wrapper())

    def retain(self, tenant: str, days: float) -> None:
        """Destroy what was said in a tenant's traces once they are this old, unless it is under a legal hold.

        It happens in the course of later puts. The log stays whole, as after `erase`.
        """
        self._retention.keep(tenant, days)

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
        if not self._retention.is_due("traces", now) or not self._may_erase():
            return
        ended = [log.expire(connection, tenant, end) for tenant, end in self._retention.ends(now).items()]
        leave(connection, ((row.tenant, row.subject) for rows in ended for row in rows))
        if any(len(rows) == log.AT_ONCE for rows in ended):
            self._retention.more("traces")

    def _forget(self) -> None:
        """Destroy keys under which nothing is kept; where that fails no put does, and the next one tries again."""
        with suppress(StoreError), self._transaction() as connection:
            forget(connection, self._has, lambda tenant, names: self._sealer(tenant).destroy(names), datetime.now(UTC))

    def _sealed(self, records: Sequence[Offered | Lost]) -> Rows:
        """The rows; the traces of each tenant are sealed in one go."""
        traces = [one for one in records if isinstance(one, Offered)]
        rows = [gap_row(one) for one in records if isinstance(one, Lost)]
        for tenant in dict.fromkeys(one.trace.tenant for one in traces):
            rows += self._sealer(tenant).seal([one for one in traces if one.trace.tenant == tenant])
        return rows


Rows = list[Row]  # a name for a type, because a store has a method called `list`
