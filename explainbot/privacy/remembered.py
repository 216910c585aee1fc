"""What was worked out before, within bounds: what was unused longest is forgotten first.

A conversation is sent anew with each turn, so nearly every text was seen before. A text is known again by a keyed hash
(BLAKE2b, RFC 7693, 128 bits): no text is kept, and nobody outside the process can try texts against it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from contextlib import suppress
from hashlib import blake2b
from typing import Generic, TypeVar

T = TypeVar("T")

CHARACTERS = 1_000_000
"""How much text one cache answers for."""

_KEY = b"".join([hash(f"explainbot {part}").to_bytes(8, "little", signed=True) for part in range(4)])
"""Made of Python's own string hash, which is keyed at random in each process (PEP 456)."""


def keyed_hash(data: bytes) -> blake2b:
    """The hash of `data` that only this process can make; more may be added to it."""
    return blake2b(data, digest_size=16, key=_KEY)


def fingerprint(text: str) -> bytes:
    """What a text is known by in this process."""
    return keyed_hash(text.encode("utf-8", "surrogatepass")).digest()


class Remembered(Generic[T]):
    """Results by key, within a size. Safe among threads without a lock: each step is one operation of a dict.

    Args:
        room: the size of all results together, in characters of what they were worked out for.
    """

    def __init__(self, room: int | None = None) -> None:
        self._room = CHARACTERS if room is None else room
        self._results: OrderedDict[Hashable, tuple[int, T]] = OrderedDict()
        self._size = 0

    def get(self, key: Hashable) -> T | None:
        """The result, which becomes the last used; None when there is none, or no longer."""
        known = self._results.get(key)
        if known is None:
            return None
        with suppress(KeyError):  # another thread has dropped it just now
            self._results.move_to_end(key)
        return known[1]

    def put(self, key: Hashable, size: int, result: T) -> None:
        """Remember a result, unless there is one, and forget those beyond the room that were unused longest."""
        if size > self._room:
            return
        entry = (size, result)
        if self._results.setdefault(key, entry) is not entry:  # another thread was faster
            return
        self._size += size
        while self._size > self._room:
            try:
                self._size -= self._results.popitem(last=False)[1][0]
            except KeyError:  # threads that count at the same moment may miscount: count anew
                self._size = 0

    def replace(self, key: Hashable, size: int, result: T) -> None:
        """Remember another result."""
        if (known := self._results.pop(key, None)) is not None:
            self._size -= known[0]
        self.put(key, size, result)

    def clear(self) -> None:
        """Forget everything."""
        self._results.clear()
        self._size = 0

    def __repr__(self) -> str:
        return f"Remembered({len(self._results)} results for {self._size} characters)"
