"""The tables of the SQLite store, as a list of functions: the schema version is how many of them were run.

A migration is never changed once released; a change of the tables is a new function at the end. The version is
SQLite's own `user_version`, and the file carries our `application_id`, so that we never write into a stranger's file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from explainbot.errors import StoreError
from explainbot.stores.sqlite.connection import has_tables, header

APPLICATION_ID = 0x58504C42
"""'XPLB' in the header of the file (https://www.sqlite.org/fileformat.html#application_id)."""


def m001_records(connection: sqlite3.Connection) -> None:
    """One row a record of the log, in columns what it is searched by; who wrote what last; and the checkpoints.

    A rowid table: rows of about 1 KB in a `WITHOUT ROWID` table double the file.
    """
    connection.execute(
        """
        CREATE TABLE records (
            seq INTEGER PRIMARY KEY, -- place in the log, from 1 and without a gap
            id TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            tenant TEXT NOT NULL,
            lane TEXT NOT NULL,
            number INTEGER NOT NULL,
            started INTEGER NOT NULL, -- microseconds since 1970, UTC
            status TEXT NOT NULL,
            model TEXT NOT NULL,
            grounding INTEGER NOT NULL, -- thousandths, -1 for none
            subject BLOB NOT NULL,
            terms BLOB NOT NULL,
            body BLOB NOT NULL,
            leaf BLOB NOT NULL
        )
        """
    )
    connection.execute("CREATE INDEX records_started ON records (started) WHERE kind = 'trace'")
    connection.execute("CREATE INDEX records_status ON records (status, started) WHERE kind = 'trace'")
    connection.execute(
        "CREATE TABLE found_by (term BLOB, started INTEGER, seq INTEGER, PRIMARY KEY (term, started, seq)) "
        "WITHOUT ROWID"
    )
    connection.execute("CREATE TABLE tenants (name TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute("CREATE TABLE lanes (lane TEXT PRIMARY KEY, leaf BLOB NOT NULL) WITHOUT ROWID")
    connection.execute(
        """
        CREATE TABLE checkpoints (
            size INTEGER PRIMARY KEY,
            made INTEGER NOT NULL, -- microseconds since 1970, UTC
            frontier BLOB NOT NULL,
            note TEXT NOT NULL
        )
        """
    )


def m002_first_of_lane(connection: sqlite3.Connection) -> None:
    """Where in the log a recorder's first record is, so that its records are found without reading all."""
    connection.execute("ALTER TABLE lanes ADD COLUMN first INTEGER NOT NULL DEFAULT 1")


def m003_holds(connection: sqlite3.Connection) -> None:
    """Whose traces are under a legal hold."""
    connection.execute("CREATE TABLE holds (tenant TEXT, subject BLOB, PRIMARY KEY (tenant, subject)) WITHOUT ROWID")


def m004_outbox(connection: sqlite3.Connection) -> None:
    """Up to which place the log was sent on, by where to."""
    connection.execute("CREATE TABLE outbox (name TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID")


MONTHS = (
    "months (name TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID",
    "removed (size INTEGER PRIMARY KEY, lanes TEXT NOT NULL)",
)


def m005_months(connection: sqlite3.Connection) -> None:
    """Which months lie in files of their own, and how much of the log was removed; where each recorder stands."""
    for table in MONTHS:
        connection.execute(f"CREATE TABLE {table}")
    connection.execute("ALTER TABLE lanes ADD COLUMN next INTEGER NOT NULL DEFAULT 0")
    connection.execute("ALTER TABLE lanes ADD COLUMN last INTEGER NOT NULL DEFAULT 0")
    connection.execute(
        "INSERT OR REPLACE INTO lanes SELECT lanes.lane, lanes.leaf, lanes.first, max(number) + 1, max(seq) "
        "FROM lanes JOIN records ON records.lane = lanes.lane GROUP BY lanes.lane"
    )


TRAITS = "traits (one BLOB, term BLOB, PRIMARY KEY (one, term)) WITHOUT ROWID"


def m006_traits(connection: sqlite3.Connection) -> None:
    """Which terms stand for several, and for which; and of the ways traces end only those that are rare are indexed."""
    connection.execute(f"CREATE TABLE {TRAITS}")
    connection.execute("DROP INDEX records_status")
    connection.execute(
        "CREATE INDEX records_status ON records (status, started) WHERE kind = 'trace' AND status <> 'ok'"
    )


def m007_leaving(connection: sqlite3.Connection) -> None:
    """Of whom traces ended, and whose key was destroyed for that, in microseconds since 1970.

    0 is for not yet; below 0 it was, and traces under a new key ended since.
    """
    connection.execute(
        "CREATE TABLE leaving (subject BLOB, tenant TEXT, gone INTEGER NOT NULL, PRIMARY KEY (subject, tenant)) "
        "WITHOUT ROWID"
    )


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    m001_records,
    m002_first_of_lane,
    m003_holds,
    m004_outbox,
    m005_months,
    m006_traits,
    m007_leaving,
)

OF_MONTHS = (m001_records, m006_traits)
"""Those that the file of a month is made by."""


def make_month(connection: sqlite3.Connection) -> None:
    """Bring the tables of the file of a month up to date. A part of the transaction that runs."""
    version = check(connection)
    if version == len(MIGRATIONS):
        return
    for migration in OF_MONTHS:
        if MIGRATIONS.index(migration) >= version:
            migration(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def stand_in(connection: sqlite3.Connection, version: int) -> None:
    """Have what reads a file of an older version, and may not change it, find every table."""
    missing = [*(MONTHS if version < 5 else ()), *((TRAITS,) if version < 6 else ())]
    if missing:
        connection.execute("PRAGMA temp_store = MEMORY")
    for table in missing:
        connection.execute(f"CREATE TEMPORARY TABLE {table}")


def check(connection: sqlite3.Connection) -> int:
    """The schema version of the file, 0 for an empty one.

    Raises:
        StoreError: it is another program's file, or written by a newer version.
    """
    version, application = header(connection, "user_version"), header(connection, "application_id")
    if application != APPLICATION_ID and (application or version or has_tables(connection)):
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
