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

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from explainbot.errors import ConfigError, StoreError
from explainbot.stores.checkpoints import Checkpoints
from explainbot.stores.connection import Connection
from explainbot.stores.paths import default_store_path
from explainbot.stores.postgres.connection import LOCK, Line, load_psycopg
from explainbot.stores.postgres.keys import PostgresKeys
from explainbot.stores.postgres.partitions import drop_oldest
from explainbot.stores.sealed import SealedStore
from explainbot.stores.sealing import Seals
from explainbot.stores.spool import Spool
from explainbot.stores.wrapping import KeyWrapper

__all__ = ["PostgresStore", "open_store"]


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
        load_psycopg()
        self.path = path or _default_path(url)
        self.read_only = read_only
        self._key = key
        self._url = url
        self._writing = Line(url)
        self._reading = Line(url)
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
        line = Line(self._url)
        try:
            with line.use(locked=False) as connection:
                asked = connection.execute("SELECT pg_try_advisory_xact_lock(?, hashtext(?))", [LOCK, name])
                yield asked.fetchone() == (True,)
        finally:
            line.close()

    def _release(self) -> None:
        self._writing.close()
        self._reading.close()


def _default_path(url: str) -> Path:
    info = load_psycopg().conninfo.conninfo_to_dict(url)
    place = "/".join(str(info.get(part, "")) for part in ("host", "port", "dbname"))
    return default_store_path().with_name(f"postgres-{sha256(place.encode()).hexdigest()[:12]}")


def open_store(place: str | Path | None) -> PostgresStore:
    """The store at the URL `place`.

    Raises:
        ConfigError: no URL was given.
    """
    if not isinstance(place, str):
        raise ConfigError("the PostgreSQL store needs a URL: Settings(store_url=...)")
    return PostgresStore(place)
