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

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from explainbot.errors import ConfigError, StoreError
from explainbot.stores.checkpoints import Checkpoints
from explainbot.stores.connection import Lane, NotMade, open_readable, open_writable
from explainbot.stores.keys import KeyWrapper
from explainbot.stores.keytable import SQLiteKeys
from explainbot.stores.log import Connection
from explainbot.stores.sealed import SealedStore
from explainbot.stores.sealing import Seals
from explainbot.stores.spool import Spool


class SQLiteStore(SealedStore):
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
        super().__init__()
        self.path = Path(path).expanduser().absolute()
        self.read_only = read_only
        self._key = key
        self._writing = Lane(self.path, open_writable)
        self._reading = Lane(self.path, open_readable)
        self._keys = SQLiteKeys(self._beside("keys"), read_only=read_only)
        self._seals = Seals(self._keys, self._wrapper)
        self.spool = Spool(self._beside("spool"), self._seals.wrapper)
        self.checkpoints = Checkpoints(checkpoints or self._beside("checkpoints"))

    def __repr__(self) -> str:
        return f"<SQLiteStore {str(self.path)!r}>"

    def _cannot_write(self) -> NoReturn:
        raise StoreError(f"the trace store {self.path} was opened for reading only")

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._writing.use() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                connection.rollback()
                raise

    def _is_there(self) -> bool:
        return self.path.exists()

    def _release(self) -> None:
        self._writing.close()
        self._reading.close()

    def _read(self, query: str, values: Sequence[Any]) -> list[Any]:
        try:
            with self._reading.use() as connection:
                return connection.execute(query, values).fetchall()
        except NotMade:
            if self.read_only:
                raise
        with self._writing.use() as connection:  # makes the file, or waits for who is making it
            return connection.execute(query, values).fetchall()


def open_store(path: str | Path | None) -> SQLiteStore:
    """The store in the file at `path`.

    Raises:
        ConfigError: no path was given.
    """
    if path is None:
        raise ConfigError("the SQLite store needs a path: Settings(store_path=...)")
    return SQLiteStore(path)
