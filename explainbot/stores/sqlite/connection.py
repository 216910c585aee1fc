"""One SQLite connection: made with the right file rights, kept to one thread at a time, never carried across a fork.

SQLite must not be used on both sides of a fork (https://www.sqlite.org/howtocorrupt.html, section 2.6). Before a fork
every lane waits for its statement to end and closes its connection; both sides open a new one when they need it.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from explainbot.errors import StoreError, UnderHold

BUSY_SECONDS = 5.0
"""How long SQLite waits for another process's lock."""

FORK_SECONDS = 2 * BUSY_SECONDS
"""How long a fork waits for a statement to end."""

_ADVICE = {
    "SQLITE_FULL": "the disk or the quota is full; free some space or choose another path for the store",
    "SQLITE_IOERR": "the disk does not take the data (full, over quota, over the file-size limit, or broken); "
    "free some space or choose another path for the store",
    "SQLITE_CANTOPEN": "it cannot be opened; the directory must exist and be writable for this user",
    "SQLITE_READONLY": "it cannot be written; give this user write access to the file and its directory, "
    "or choose another path for the store",
    "SQLITE_PERM": "this user has no right to it; choose another path for the store",
    "SQLITE_NOTADB": "it is no SQLite database; move it away or choose another path for the store",
    "SQLITE_CORRUPT": "it is damaged; move it away (a new one is made) and recover it with `sqlite3 FILE .recover`",
    "SQLITE_BUSY": f"another process has kept it locked for {BUSY_SECONDS:g} seconds; find and end that process",
    "SQLITE_LOCKED": "another connection has kept it locked; find and end the process that holds it",
}
"""SQLite's primary result codes (https://www.sqlite.org/rescode.html) and what to do about each."""


class Own(sqlite3.Connection):
    """A connection with what `explainbot.stores.connection.Connection` adds."""

    def insert(self, table: str, columns: str, rows: Sequence[Sequence[Any]], /) -> None:
        """Add rows to a table."""
        marks = ", ".join("?" * (columns.count(",") + 1))
        self.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def store_error(path: Path, error: sqlite3.Error | OSError, what: str = "trace store") -> StoreError:
    """What went wrong with the file at `path`, and what to do; `what` it is to the user."""
    if isinstance(error, OSError):
        reason = f"{error.strerror}; give this user write access to it, or choose another path for the store"
        return StoreError(f"the {what} {error.filename or path} cannot be used: {reason}")
    code = getattr(error, "sqlite_errorname", "")
    if not code:  # raised by the module itself, whose message may hold a value
        return StoreError(f"the {what} {path} cannot be used: a value in it is damaged ({type(error).__name__})")
    primary = "_".join(code.split("_")[:2])
    return StoreError(f"the {what} {path} cannot be used: {_ADVICE.get(primary, str(error))} ({code})")


def connect(path: Path, parameters: str | None = None) -> Own:
    """A connection to the file at `path`, which begins no transaction by itself.

    Args:
        parameters: as SQLite takes them behind the name of a file (https://www.sqlite.org/uri.html), such as "mode=ro".
    """
    return sqlite3.connect(
        path if parameters is None else f"{path.absolute().as_uri()}?{parameters}",
        uri=parameters is not None,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        factory=Own,
    )


def connect_new(path: Path) -> Own:
    """A connection to a file that is made where it is missing, as is its directory, with rights for its owner only.

    SQLite gives the -wal and -shm files the same rights.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    return connect(path)


@contextmanager
def set_up(connection: Own) -> Iterator[Own]:
    """The connection, to be prepared for use; closed again where that fails."""
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


def header(connection: sqlite3.Connection, field: str) -> int:
    """A number in the header of the file, such as its "application_id" (https://www.sqlite.org/fileformat.html)."""
    return int(connection.execute(f"PRAGMA {field}").fetchone()[0])


def has_tables(connection: sqlite3.Connection) -> bool:
    """Whether there is anything in the file."""
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


@contextmanager
def transaction(connection: Own) -> Iterator[Own]:
    """The connection in a transaction for writing, which ends with the block: durable, or rolled back if that fails."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


class Lane:
    """A connection that is opened when needed and used by one thread at a time.

    It is opened anew after an error, and when another file has come to stand at its path (moved away, deleted).

    Args:
        path: the file.
        open: makes a connection to it.
        what: what the file is to the user, for errors.
    """

    def __init__(self, path: Path, open: Callable[[Path], Own], what: str = "trace store") -> None:
        self._path = path
        self._what = what
        self._open = open
        self._lock = threading.RLock()
        self._connection: Own | None = None
        self._file: tuple[int, int] | None = None
        self._held_for_fork = False
        _LANES.add(self)

    @contextmanager
    def use(self) -> Iterator[Own]:
        """The connection, for this thread alone.

        Raises:
            StoreError: SQLite or the file system failed; the connection was closed.
        """
        with self._lock:
            try:
                yield self._ready()
            except StoreError as error:
                self._close()
                raise _named(self._path, error, self._what) from None
            except (sqlite3.Error, OSError) as error:
                self._close()
                raise store_error(self._path, error, self._what) from error

    @property
    def is_open(self) -> bool:
        """Whether there is a connection now."""
        return self._connection is not None

    def close(self) -> None:
        """Close the connection. The next use opens it again."""
        with self._lock:
            self._close()

    def _ready(self) -> Own:
        if self._connection is not None and self._file != identity(self._path):
            self._close()
        if self._connection is None:
            self._connection = self._open(self._path)
            self._file = identity(self._path)
        return self._connection

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def before_fork(self) -> None:
        """Wait for the statement that runs, and close."""
        self._held_for_fork = self._lock.acquire(timeout=FORK_SECONDS)
        if self._held_for_fork:
            self._close()

    def after_fork_in_parent(self) -> None:
        """Go on."""
        if self._held_for_fork:
            self._lock.release()

    def after_fork_in_child(self) -> None:
        """Start afresh. A connection that could not be closed is kept, unused: closing it would harm the parent's."""
        if self._connection is not None:
            _LEFT_BY_FORK.append(self._connection)
        self._connection = None
        self._lock = threading.RLock()


def _named(path: Path, error: StoreError, what: str) -> StoreError:
    text = str(error)
    if isinstance(error, UnderHold) or str(path) in text:
        return error
    return StoreError(f"the {what} {path} cannot be used: {text}")


def identity(path: Path) -> tuple[int, int] | None:
    """Device and number of the file at `path`; None for none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


_LANES: WeakSet[Lane] = WeakSet()
_LEFT_BY_FORK: list[Own] = []


def _each_lane(step: Callable[[Lane], None]) -> Callable[[], None]:
    def run() -> None:
        for lane in list(_LANES):
            step(lane)

    return run


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_each_lane(Lane.before_fork),
        after_in_parent=_each_lane(Lane.after_fork_in_parent),
        after_in_child=_each_lane(Lane.after_fork_in_child),
    )
