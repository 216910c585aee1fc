"""The tables of the SQLite store, as a list of functions: the schema version is how many of them were run.

A migration is never changed once released; a change of the tables is a new function at the end. The version is
SQLite's own `user_version`, and the file carries our `application_id`, so that we never write into a stranger's file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from explainbot.errors import StoreError

APPLICATION_ID = 0x58504C42
"""'XPLB' in the header of the file (https://www.sqlite.org/fileformat.html#application_id)."""


def m001_traces(connection: sqlite3.Connection) -> None:
    """One row a trace: what is searched for in columns, the trace itself as JSON.

    A rowid table: rows of about 2 KB in a `WITHOUT ROWID` table double the file.
    """
    connection.execute(
        """
        CREATE TABLE traces (
            seq INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            started INTEGER NOT NULL, -- microseconds since 1970, UTC
            tenant TEXT NOT NULL,
            conversation TEXT,
            status TEXT NOT NULL,
            body TEXT NOT NULL -- Trace.to_json()
        )
        """
    )
    connection.execute("CREATE INDEX traces_started ON traces (started)")
    connection.execute("CREATE INDEX traces_conversation ON traces (conversation, started)")
    connection.execute("CREATE INDEX traces_status ON traces (status, started)")


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (m001_traces,)


def check(connection: sqlite3.Connection) -> int:
    """The schema version of the file, 0 for an empty one.

    Raises:
        StoreError: it is another program's file, or written by a newer version.
    """
    version, application = _header(connection, "user_version"), _header(connection, "application_id")
    if application != APPLICATION_ID and (application or version or _has_tables(connection)):
        raise StoreError("it is a SQLite database, but not one of explainbot; choose another path for the store")
    if version > len(MIGRATIONS):
        raise StoreError(
            f"it has schema {version} and this version of explainbot knows up to {len(MIGRATIONS)}; "
            "upgrade explainbot, or choose another path for the store"
        )
    return version


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file up to date, in one transaction, so that processes that start together do not collide."""
    if check(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for migration in MIGRATIONS[check(connection) :]:
            migration(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _header(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _has_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None
