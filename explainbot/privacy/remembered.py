"""What was worked out for a text before, within bounds, and without keeping the text.

A conversation is sent anew with each turn, so nearly every text was seen before. A text is known again by a keyed hash
(BLAKE2b, RFC 7693, 128 bits): the cache holds no text, and nobody outside the process can try texts against it.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Generic, TypeVar

T = TypeVar("T")

CHARACTERS = 1_000_000
"""How much text one cache answers for; the oldest is forgotten first."""

_KEY = b"".join([hash(f"explainbot {part}").to_bytes(8, "little", signed=True) for part in range(4)])
"""Made of Python's own string hash, which is keyed at random in each process (PEP 456)."""


def keyed_hash(data: bytes) -> blake2b:
    """The hash of `data` that only this process can make; more may be added to it."""
    return blake2b(data, digest_size=16, key=_KEY)


def fingerprint(text: str) -> bytes:
    """What a text is known by in this process."""
    return keyed_hash(text.encode("utf-8", "surrogatepass")).digest()


class Remembered(Generic[T]):
    """Results by text. Safe among threads without a lock: each step is one operation of a dict."""

    def __init__(self, characters: int | None = None) -> None:
        self._limit = CHARACTERS if characters is None else characters
        self._results: dict[bytes, tuple[int, T]] = {}
        self._size = 0

    def get(self, key: bytes) -> T | None:
        """The result for the text with this fingerprint; None when there is none, or no longer."""
        known = self._results.get(key)
        return None if known is None else known[1]

    def put(self, key: bytes, size: int, result: T) -> None:
        """Remember the result for a text of `size` characters, and forget the oldest ones beyond the limit."""
        if size > self._limit:
            return
        entry = (size, result)
        if self._results.setdefault(key, entry) is not entry:  # another thread was faster
            return
        self._size += size
        while self._size > self._limit:
            try:
                oldest = next(iter(self._results))
            except StopIteration:  # threads that count at the same moment may miscount: count anew
                self._size = 0
                return
            except RuntimeError:  # another thread changed it just now
                return
            if (gone := self._results.pop(oldest, None)) is not None:
                self._size -= gone[0]

    def replace(self, key: bytes, size: int, result: T) -> None:
        """Remember another result for a text."""
        if (known := self._results.pop(key, None)) is not None:
            self._size -= known[0]
        self.put(key, size, result)

    def clear(self) -> None:
        """Forget everything."""
        self._results.clear()
        self._size = 0

    def __repr__(self) -> str:
        return f"Remembered({len(self._results)} results for {self._size} characters)"
