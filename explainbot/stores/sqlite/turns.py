"""Writers of one SQLite file take turns, also over the checkpoint that may end a turn.

In SQLite 3.7.0 to 3.51.2 a write-ahead log can be damaged, though rarely, when one connection writes while another one
copies the log back into the file (https://www.sqlite.org/wal.html, "The WAL reset bug"). SQLite's own lock is let go
before that copying begins, so on these versions a lock of ours is held until it is over.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from explainbot.errors import StoreError
from explainbot.stores.locking import locked

__all__ = ["WAL_MENDED", "turn"]

WAL_MENDED: Final = (3, 51, 3)
"""The version of SQLite from which on nothing needs to be done."""

SHORTEST, LONGEST = 0.000_2, 0.01
"""Seconds between two looks at whether the turn has come."""


@contextmanager
def turn(path: Path, seconds: float, version: tuple[int, ...] = sqlite3.sqlite_version_info) -> Iterator[None]:
    """Hold the only turn there is for the file at `path`; at once, where this version of SQLite needs none.

    Args:
        seconds: how long to wait for it.

    Raises:
        StoreError: it did not come, or there is no place for the lock.
    """
    if version >= WAL_MENDED:
        yield
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path.with_name(f"{path.name}.turn"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        reason = f"{error.strerror}; give this user write access to it, or choose another path for the store"
        raise StoreError(f"the trace store {error.filename or path} cannot be used: {reason}") from error
    _HELD.add(handle)
    try:
        _wait(handle, path, seconds)
        yield
    finally:
        _HELD.discard(handle)
        os.close(handle)


_HELD: set[int] = set()


def _let_go() -> None:
    """After a fork, in the child: a lock lasts as long as anybody has its handle, and the turn is the parent's."""
    while _HELD:
        os.close(_HELD.pop())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


def _wait(handle: int, path: Path, seconds: float) -> None:
    deadline, pause = time.monotonic() + seconds, SHORTEST
    while not locked(handle):
        if time.monotonic() > deadline:
            raise StoreError(
                f"the trace store {path} cannot be used: another process has kept it locked for {seconds:g} seconds; "
                "find and end that process (its turn)"
            )
        time.sleep(pause)
        pause = min(2 * pause, LONGEST)
