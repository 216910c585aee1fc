"""Signed statements of how long the log is and what its root is, also kept where the database is not.

One is made with the commit that follows `EVERY_SECONDS` or `EVERY_RECORDS`, and when the store is closed. Who changes
the database afterwards would have to change every copy of the checkpoints too, and could not sign them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from explainbot.errors import StoreError
from explainbot.stores.connection import Connection
from explainbot.stores.signing import Signer
from explainbot.trace.merkle import Tree
from explainbot.trace.note import Checkpoint, key_id, sign_note

__all__ = ["EVERY_RECORDS", "EVERY_SECONDS", "KEY_NAME", "Checkpoints", "notes_in"]

EVERY_RECORDS = 1_000
EVERY_SECONDS = 60

KEY_NAME = "explainbot"
"""The name of the signing key in a note."""

NOTE_LINES = "\n\n"


class Checkpoints:
    """Makes the checkpoints of one log.

    Args:
        path: the file that gets a copy of each, only ever appended to.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __repr__(self) -> str:
        return f"<Checkpoints in {str(self.path)!r}>"

    def due(self, connection: Connection, signer: Signer, last: int) -> str | None:
        """A checkpoint over the `last` records, made in this transaction if it is time for one."""
        size, made, _ = _latest(connection)
        waited = _now() - made >= EVERY_SECONDS * 1_000_000
        return self.make(connection, signer) if last - size >= EVERY_RECORDS or (waited and last > size) else None

    def make(self, connection: Connection, signer: Signer) -> str | None:
        """A checkpoint over all records, or None where the last one still says it all."""
        size, _, frontier = _latest(connection)
        tree = Tree.resumed(size, frontier)
        for (leaf,) in connection.execute("SELECT leaf FROM records WHERE seq > ? ORDER BY seq", [size]).fetchall():
            tree.append(leaf)
        if tree.size == size:
            return None
        now = _now()
        moment = datetime.fromtimestamp(now / 1_000_000, UTC).isoformat(timespec="microseconds")
        text = Checkpoint(origin(signer.public_key), tree.size, tree.root(), (f"time {moment}",)).text()
        note = sign_note(text, KEY_NAME, signer.public_key, signer.sign)
        connection.execute(
            "INSERT INTO checkpoints VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", [tree.size, now, tree.frontier, note]
        )
        return note

    def publish(self, note: str | None) -> None:
        """Keep a copy outside the database.

        Raises:
            StoreError: the file cannot be written.
        """
        if note is None:
            return
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with open(handle, "ab", buffering=0) as file:
                file.write(f"{note}\n".encode())
        except OSError as error:
            raise StoreError(f"the checkpoints cannot be written to {self.path}: {error.strerror}") from None

    def published(self) -> list[str]:
        """The notes in the copy outside the database; none where there is no such file.

        Raises:
            StoreError: the file cannot be read.
        """
        try:
            return [*notes_in(self.path.read_text(encoding="utf-8"))]
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"the checkpoints at {self.path} cannot be read ({type(error).__name__})") from None


def origin(public_key: bytes) -> str:
    """The name of the log that is signed with this key."""
    return f"explainbot/{key_id(KEY_NAME, public_key).hex()}"


def notes_in(text: str) -> Iterator[str]:
    """The notes in a file of checkpoints; the last one may be cut short by a crash, and is then left out."""
    *whole, _ = text.split(NOTE_LINES)
    for body, signatures in zip(whole[::2], whole[1::2], strict=False):
        yield f"{body}{NOTE_LINES}{signatures}\n"


def _latest(connection: Connection) -> tuple[int, int, bytes]:
    """Size, time in microseconds, and frontier of the latest checkpoint."""
    found = connection.execute("SELECT size, made, frontier FROM checkpoints ORDER BY size DESC LIMIT 1").fetchone()
    return found or (0, 0, b"")


def _now() -> int:
    return round(datetime.now(UTC).timestamp() * 1_000_000)
