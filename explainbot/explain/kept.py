"""What was worked out before, within bounds: the longest unused is dropped first."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """A bounded store, oldest use out first. Single dict operations only: safe to share between threads."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._held = 0
        self._items: dict[Hashable, tuple[int, T]] = {}

    def get(self, key: Hashable) -> T | None:
        """What is kept under `key`, which becomes the last used."""
        item = self._items.pop(key, None)
        if item is None:
            return None
        self._items[key] = item
        return item[1]

    def put(self, key: Hashable, value: T, size: int) -> None:
        """Keep `value`; when the room is full, drop a quarter of it, unused longest first."""
        if size > self._room // 4:
            return
        self._items[key] = (size, value)
        self._held += size
        if self._held > self._room:
            self._drop()

    def _drop(self) -> None:
        """Drop what was unused longest, and count anew: two threads at once may have miscounted."""
        items = list(self._items.items())
        held = sum(size for _, (size, _) in items)
        for key, (size, _) in items:
            if held <= self._room * 3 // 4:
                break
            self._items.pop(key, None)
            held -= size
        self._held = held
