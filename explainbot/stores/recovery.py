"""What recorders left behind that are no more: records that wait in their spool files, and what never reached a file.

A recorder counts what it is offered. Whoever opens the store next brings in what waits, sees what is missing, and has
the log told by a gap.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Protocol

from explainbot.stores import Store
from explainbot.stores.spool import Spool
from explainbot.trace import Lost

__all__ = ["Holes", "Spooled", "holes_among", "recover"]

Holes = list[tuple[int, int]]
"""First number and count of each run of traces that are missing."""


class Spooled(Store, Protocol):
    """A store that records find their way into also after it failed."""

    spool: Spool

    def holes(self, lane: str, offered: int, /) -> Holes:
        """First number and count of what a recorder was offered and the store neither keeps nor knows to be lost."""
        ...


def recover(store: Spooled) -> None:
    """Bring into the store what recorders left behind that are no more, and have gaps told where there is nothing.

    Raises:
        StoreError: the store or a file cannot be used; what was not brought in is still there.
    """
    for journal in store.spool.left():
        done = False
        try:
            for records in journal.frames():
                store.put(records)
            holes = store.holes(journal.lane, journal.offered)
            if holes:
                now = datetime.now(UTC)
                store.put([Lost(journal.lane, first, count, "process ended", now) for first, count in holes])
            done = True
        finally:
            journal.close(remove=done)


def holes_among(taken: Iterable[tuple[int, int]], offered: int) -> Holes:
    """What is missing below `offered`: first number and count of each hole.

    Args:
        taken: number and count of what is there, in order.
    """
    found, at = [], 0
    for number, count in taken:
        if number > at:
            found.append((at, number - at))
        at = max(at, number + count)
    return [*found, (at, offered - at)] if offered > at else found
