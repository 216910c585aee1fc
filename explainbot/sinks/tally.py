"""What became of each trace a recorder was offered: how many wait, were kept, or are lost, and which gaps are untold.

The lock is re-entrant: an abandoned stream may be finished by the garbage collector at any point, also in here.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from explainbot.sinks.receipt import Receipt
from explainbot.trace import Lost, Offered, Trace

__all__ = ["Stats", "Tally", "Waiting", "weight"]

OVERHEAD: Final = 2_400
"""What a trace takes in memory beside its content and its sources, in bytes (measured: 1,940 bare, 2,390 in full)."""

SOURCE_OVERHEAD: Final = 700
"""What one source of a trace takes in memory, in bytes (measured: 690)."""


@dataclass(frozen=True, slots=True)
class Stats:
    """What became of the traces that were put. `offered` is the sum of the other five counts.

    Attributes:
        stored: handed to the store, which kept them.
        spooled: in the spool file, until the store works again.
        dropped: not queued, because the queue was full.
        failed: given up, because neither the store nor a spool took them.
        waiting: in the queue or being written.
        waiting_bytes: the memory these take, estimated.
    """

    offered: int
    stored: int
    spooled: int
    dropped: int
    failed: int
    waiting: int
    waiting_bytes: int


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """A trace in the queue, and the bytes it was counted as: CPython keeps what a text was encoded to, and it grows."""

    record: Offered
    size: int
    receipt: Receipt | None = None


class Tally:
    """Counts the traces of one recorder. Thread-safe.

    Args:
        lane: the recorder's name in the log.
        tell: is told how many were offered so far, so that this outlives the process.

    Attributes:
        offered: how many were offered so far.
        waiting: how many wait to be written.
        dropped: how many were not queued, because too many waited.
    """

    def __init__(self, lane: str, tell: Callable[[int], None]) -> None:
        self.lock = threading.RLock()
        self.offered = self.waiting = self.dropped = 0
        self._lane = lane
        self._tell = tell
        self._bytes = self._stored = self._failed = 0
        self._lost: list[Lost] = []

    def stats(self, spooled: int) -> Stats:
        """All counts; `spooled` traces of those that were kept are not in the store yet."""
        with self.lock:
            counts = (self._stored - spooled, spooled, self.dropped, self._failed, self.waiting)
            return Stats(sum(counts), *counts, self._bytes)

    def tell(self) -> None:
        """Tell how many were offered, also where nothing was since."""
        with self.lock:
            self._tell(self.offered)

    def admit(self, size: int, max_records: int, max_bytes: int) -> int | None:
        """The place of one more trace in the lane, or None where so many, or so much, would wait with it."""
        with self.lock:
            number = self.offered
            self.offered += 1
            self._tell(self.offered)
            if self.waiting >= max_records or self._bytes + size > max_bytes:
                self.dropped += 1
                self._lose(number, "queue full")
                return None
            self.waiting += 1
            self._bytes += size
            return number

    def settle(self, batch: Sequence[Waiting], *, kept: bool) -> None:
        """These wait no longer: they were kept, or given up."""
        size = sum(waiting.size for waiting in batch)
        with self.lock:
            self.waiting -= len(batch)
            self._bytes -= size
            if kept:
                self._stored += len(batch)
            else:
                self._failed += len(batch)
                for waiting in batch:
                    self._lose(waiting.record.number, "store failed")

    def untold(self) -> tuple[Lost, ...]:
        """The gaps that no store was told of."""
        with self.lock:
            return tuple(self._lost)

    def told(self, lost: Sequence[Lost]) -> None:
        """The store keeps these gaps now; what the last of them grew by since is told the next time."""
        with self.lock:
            for old, now in zip(lost, self._lost, strict=False):
                if now.count > old.count:
                    self._lost.append(replace(now, number=now.number + old.count, count=now.count - old.count))
            del self._lost[: len(lost)]

    def _lose(self, number: int, reason: str) -> None:
        """Note that the trace at this place is lost: the store is told with the next batch."""
        if self._lost:
            last = self._lost[-1]
            if last.reason == reason and last.number + last.count == number:
                self._lost[-1] = replace(last, count=last.count + 1)
                return
        self._lost.append(Lost(self._lane, number, 1, reason, datetime.now(UTC)))


def weight(trace: Trace) -> int:
    """The memory a trace takes, in bytes, estimated: its content exactly, all else by what it usually takes."""
    content = (trace.request, trace.reply, trace.explanation)
    return (
        OVERHEAD
        + SOURCE_OVERHEAD * len(trace.sources)
        + sum(sys.getsizeof(text) for text in content if text is not None)
    )
