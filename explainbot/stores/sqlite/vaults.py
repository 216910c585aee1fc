"""Vaults in one SQLite file, encrypted, for processes of one machine.

Beside `vaults.db` stands `vaults.db.keys` with one wrapped key for each vault, and, where no key-encryption key was
given, `vaults.db.key` with one; see `explainbot.stores.keys`. An entry is encrypted with AES-256-GCM under its vault's
key and bound to tenant, conversation and place, so that none can be moved into another conversation. Names of
conversations, ids and customers stand in the file as keyed hashes. Erasing destroys the key first: no copy of the file
can be read then.

What was added is durable before the request is sent (`synchronous=FULL`), so a process that is killed leaves nothing at
the provider that nobody can restore.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from explainbot.errors import StoreError
from explainbot.stores.encryption import decrypt, encrypt
from explainbot.stores.keys import KeyRing
from explainbot.stores.sqlite.connection import Lane, Own, connect_new, has_tables, header, set_up, transaction
from explainbot.stores.sqlite.keys import SQLiteKeys
from explainbot.stores.vaults import Entry, entry_from_bytes, entry_to_bytes
from explainbot.stores.wrapping import KeyWrapper, local_key

__all__ = ["SQLiteVaults"]

APPLICATION_ID: Final = 0x58504C56
"""'XPLV' in the header of the file."""

SECONDS_A_DAY: Final = 86_400
NOTE_SECONDS: Final = 3_600
"""How exactly the last use of a vault is known, and how often old ones are looked for."""

CONVERSATION: Final = "conversation"
NAME: Final = -1
"""The place to which the name of a vault is bound, ahead of its entries."""

_TABLES = """
CREATE TABLE IF NOT EXISTS vaults (vault BLOB PRIMARY KEY, name BLOB NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (vault BLOB, number INTEGER, body BLOB NOT NULL, PRIMARY KEY (vault, number))
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ids (id BLOB PRIMARY KEY, vault BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ids_vault ON ids (vault);
CREATE TABLE IF NOT EXISTS owners (owner BLOB, vault BLOB, PRIMARY KEY (owner, vault)) WITHOUT ROWID;
"""

_ENTRIES = "SELECT number, body FROM entries WHERE vault = ? AND number >= ? ORDER BY number"
_USED = "INSERT OR REPLACE INTO vaults VALUES (?, ?, ?)"
_NAMED = "SELECT vault, name FROM ids JOIN vaults USING (vault) WHERE id = ?"


class SQLiteVaults:
    """Keeps the vaults of `tenant` in the file at `path`.

    Args:
        path: the file. It and its directory are made at the first use, for their owner only.
        tenant: whose vaults; every key and every entry is bound to it.
        days: a vault that was not used for so long is destroyed.
        key: the key-encryption key; None takes `EXPLAINBOT_KEY`, else the key file beside the file.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        path: str | Path,
        tenant: str = "default",
        days: float = 30,
        *,
        key: KeyWrapper | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.path = Path(path).expanduser().absolute()
        self._tenant = tenant
        self._seconds = days * SECONDS_A_DAY
        self._key = key
        self._clock = clock
        self._lane = Lane(self.path, _open, "vault store")
        self._table = SQLiteKeys(self._beside("keys"))
        self._opened: KeyRing | None = None
        self._expired = 0.0

    def __repr__(self) -> str:
        return f"<SQLiteVaults {str(self.path)!r}>"

    def load(self, name: str, after: int, /) -> Sequence[Entry]:
        """What the vault called `name` learned, in order, but for the first `after` entries."""
        vault = self._term(name)
        with self._lane.use() as connection:
            rows = connection.execute(_ENTRIES, [vault, after]).fetchall()
            used = connection.execute("SELECT used FROM vaults WHERE vault = ?", [vault]).fetchone()
        if not rows or not self._note_use(vault, used[0] if used else 0):
            return ()
        key = self._ring.find(vault.hex())
        return () if key is None else [self._entry(key, name, *row) for row in rows]

    def add(self, name: str, after: int, entries: Sequence[Entry], customer: str | None, /) -> bool:
        """Keep `entries` durably behind the first `after` ones, all or none; those that stand there already stay.

        False if others stand there, or if there should be some before them and are none: it was erased.
        """
        vault, (key, is_new) = self._term(name), self._key_of(name)
        owner = None if customer is None else self._ring.term("customer", customer)
        with self._transaction() as connection:
            known = self._known(connection, vault, key, name, after, is_new=is_new)
            if known != list(entries[: len(known)]) or (after and not known):
                return False
            fresh = enumerate(entries[len(known) :], after + len(known))
            sealed = [(vault, at, encrypt(key, entry_to_bytes(entry), self._place(at, name))) for at, entry in fresh]
            connection.execute(_USED, [vault, encrypt(key, _bytes(name), self._place(NAME, "")), int(self._clock())])
            connection.executemany("INSERT INTO entries VALUES (?, ?, ?)", sealed)
            if owner is not None:
                connection.execute("INSERT OR IGNORE INTO owners VALUES (?, ?)", [owner, vault])
        self._expire()
        return True

    def _known(self, connection: Own, vault: bytes, key: bytes, name: str, after: int, *, is_new: bool) -> list[Entry]:
        """The entries that stand there. What a backup brought back under a key that was destroyed does not count."""
        rows = connection.execute(_ENTRIES, [vault, after]).fetchall()
        try:
            return [self._entry(key, name, *row) for row in rows]
        except StoreError:
            if not is_new:
                raise
            connection.execute("DELETE FROM entries WHERE vault = ?", [vault])
            return []

    def point(self, ids: Sequence[str], name: str, /) -> None:
        """The provider keeps under these ids what was sent with the vault called `name`."""
        vault = self._term(name)
        rows = [(self._ring.term("id", id), vault) for id in ids]
        with self._transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO ids VALUES (?, ?)", rows)

    def find(self, ids: Sequence[str], /) -> str | None:
        """The name of the vault of the first of these ids that is known."""
        for term in [self._ring.term("id", id) for id in ids]:
            with self._lane.use() as connection:
                found = connection.execute(_NAMED, [term]).fetchone()
            if found and (key := self._ring.find(found[0].hex())) is not None:
                return decrypt(key, found[1], self._place(NAME, "")).decode("utf-8", "surrogatepass")
        return None

    def erase(self, kind: str, value: str, /) -> int:
        """Destroy every vault of a ("customer", id) or ("conversation", id) for good; how many there were."""
        if kind == CONVERSATION:
            return self._destroy([self._term(f"{CONVERSATION}/{value}")])
        owner = self._ring.term(kind, value)
        with self._lane.use() as connection:
            owned = connection.execute("SELECT vault FROM owners WHERE owner = ?", [owner]).fetchall()
        return self._destroy([row[0] for row in owned])

    def close(self) -> None:
        """Let go of files and connections. The next use opens them again."""
        self._lane.close()
        self._table.close()

    def _destroy(self, vaults: Sequence[bytes]) -> int:
        """Destroy vaults, their keys first."""
        count = sum(self._ring.destroy(vault.hex()) for vault in vaults)
        with self._transaction() as connection:
            for table in ("entries", "ids", "owners", "vaults"):
                connection.executemany(f"DELETE FROM {table} WHERE vault = ?", [(vault,) for vault in vaults])
        return count

    def _expire(self) -> None:
        now = self._clock()
        if now - self._expired < NOTE_SECONDS:
            return
        self._expired = now
        with self._lane.use() as connection:
            old = connection.execute("SELECT vault FROM vaults WHERE used < ?", [int(now - self._seconds)]).fetchall()
        if old:
            self._destroy([row[0] for row in old])

    def _note_use(self, vault: bytes, used: int) -> bool:
        """Note that a vault is used; False where it is too old for that, and is destroyed."""
        now = int(self._clock())
        if now - used > self._seconds:
            self._destroy([vault])
            return False
        if now - used > NOTE_SECONDS:
            with self._lane.use() as connection:
                connection.execute("UPDATE vaults SET used = ? WHERE vault = ?", [now, vault])
        return True

    @contextmanager
    def _transaction(self) -> Iterator[Own]:
        with self._lane.use() as connection, transaction(connection):
            yield connection

    # Keys -------------------------------------------------------------------------------------------------------

    @property
    def _ring(self) -> KeyRing:
        if self._opened is None:
            self._opened = KeyRing(self._table, self._wrapper(), self._tenant)
        return self._opened

    def _wrapper(self) -> KeyWrapper:
        return self._key or local_key(self._beside("key"), "vaults")

    def _key_of(self, name: str) -> tuple[bytes, bool]:
        """The key of a vault, and whether there was none; asked for anew, since another process may destroy it."""
        subject = self._term(name).hex()
        key = self._ring.find(subject)
        if key is not None:
            return key, False
        self._ring.prepare([subject])  # forgets one that is only remembered; another process may be first to make one
        return self._ring.for_subject(subject), True

    def _term(self, name: str) -> bytes:
        return self._ring.term("vault", name)

    def _entry(self, key: bytes, name: str, number: int, body: bytes) -> Entry:
        return entry_from_bytes(decrypt(key, body, self._place(number, name)))

    def _place(self, number: int, name: str) -> bytes:
        """What is bound into a ciphertext: whose it is, and where it stands."""
        return json.dumps([self._tenant, name, number]).encode()

    def _beside(self, what: str) -> Path:
        return self.path.with_name(f"{self.path.name}.{what}")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _open(path: Path) -> Own:
    with set_up(connect_new(path)) as connection:
        if header(connection, "application_id") != APPLICATION_ID:
            _make(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    return connection


def _make(connection: Own) -> None:
    """The tables, unless another process made them meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    application = header(connection, "application_id")
    if application == APPLICATION_ID:
        connection.execute("ROLLBACK")
        return
    if application or has_tables(connection):
        raise StoreError("it is a SQLite database, but not one of explainbot's vaults; choose another path")
    for table in _TABLES.split(";"):
        connection.execute(table)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("COMMIT")
