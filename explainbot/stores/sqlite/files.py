"""Opens the files that traces lie in, for writing, for reading, and as they are in a backup."""

from __future__ import annotations

import os
from pathlib import Path

from explainbot.errors import StoreError
from explainbot.stores.sqlite import tables
from explainbot.stores.sqlite.connection import Own, connect, connect_new, set_up

__all__ = ["NotMade", "open_as_it_is", "open_month", "open_readable", "open_writable"]


class NotMade(StoreError):
    """There is no store in the file yet."""


def open_writable(path: Path) -> Own:
    """A connection for writing; file and directory are made where they are missing, for their owner only."""
    with set_up(connect_new(path)) as connection:
        tables.check(connection)
        _be_thorough(connection)
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode = WAL")
        tables.migrate(connection)
    return connection


def open_month(path: Path) -> Own:
    """A connection for writing. There is no write-ahead log: the file is whole by itself, and rarely written."""
    with set_up(connect_new(path)) as connection:
        _be_thorough(connection)
    return connection


def open_readable(path: Path) -> Own:
    """A connection that changes nothing, to a file with today's tables.

    Raises:
        NotMade: the file is missing, has no tables yet, or those of an older version.
    """
    with set_up(open_as_it_is(path)) as connection:
        if tables.check(connection) < len(tables.MIGRATIONS):
            raise NotMade(f"the trace store {path} was made by an older version")
    return connection


def open_as_it_is(path: Path) -> Own:
    """A connection that changes nothing. From a place nobody can write to, such as a backup, it reads without locks.

    Tables that an older version did not have are there, and empty.

    Raises:
        NotMade: the file is missing, or has no tables yet.
    """
    if not path.exists():
        raise NotMade(f"there is no trace store at {path}; run a bot that records there, or name another path")
    is_backup = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
    with set_up(connect(path, "mode=ro&immutable=1" if is_backup else "mode=ro")) as connection:
        version = tables.check(connection)
        if version == 0:
            raise NotMade(f"the trace store {path} is empty; run a bot that records there, or name another path")
        tables.stand_in(connection, version)
    return connection


def _be_thorough(connection: Own) -> None:
    """What was written is on the disk, and what was deleted is gone from it."""
    # Rows of about 700 bytes waste a sixth of a page of 4 KB, and 3 % of one of 8 KB.
    connection.execute("PRAGMA page_size = 8192")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
