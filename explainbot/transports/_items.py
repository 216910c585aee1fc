"""The items of a Realtime conversation, in their order, as the client and the server tell of them.

A client may leave it to the server to give an item its id, and the server puts items of its own between them
(`conversation_item_added`). What nobody can read, such as audio, is not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any

from explainbot.protocols.fields import class_of
from explainbot.protocols.records import objects

__all__ = ["MAX_ITEMS", "Items"]

MAX_ITEMS = 1_000
"""Items that are kept: the latest."""

ADDED = frozenset({"conversation.item.added", "conversation.item.created"})
COMPLETE = frozenset({"conversation.item.done", "conversation.item.retrieved"})
DELETED = "conversation.item.deleted"

FIRST = "root"
"""What stands for an id where an item is put ahead of all others."""


class Items:
    """A list of items that one thread may add to while another one reads it."""

    def __init__(self) -> None:
        self._items: list[dict[str, Any]] = []
        self._changing = Lock()

    def all(self) -> list[dict[str, Any]]:
        with self._changing:
            return [*self._items]

    def add(self, item: Mapping[str, Any], after: Any = None) -> None:
        """An item of the client's, at the end or behind the one that it names."""
        with self._changing:
            self._put(item, after)

    def hear(self, event: Mapping[str, Any]) -> None:
        """What the server says of an item."""
        kind, item = event.get("type"), event.get("item")
        with self._changing:
            if kind == DELETED:
                self._items = [one for one in self._items if one.get("id") != event.get("item_id")]
            elif isinstance(item, dict) and (kind in COMPLETE or kind in ADDED):
                known = self._known(item)
                if known is None:
                    self._put(item, event.get("previous_item_id"))
                elif kind in COMPLETE:
                    self._items[known] = _readable(item)
                else:
                    self._items[known]["id"] = item.get("id")

    def _put(self, item: Mapping[str, Any], after: Any) -> None:
        ids = [one.get("id") for one in self._items]
        place = 0 if after == FIRST else ids.index(after) + 1 if after and after in ids else len(ids)
        self._items.insert(place, _readable(item))
        del self._items[:-MAX_ITEMS]

    def _known(self, item: Mapping[str, Any]) -> int | None:
        """The place of an item: by its id, or of the first like it that has none yet."""
        places = [n for n, one in enumerate(self._items) if one.get("id") == item.get("id")]
        nameless = [n for n, one in enumerate(self._items) if "id" not in one and _like(one) == _like(item)]
        return next(iter([*places, *nameless]), None)


def _like(item: Mapping[str, Any]) -> tuple[Any, Any]:
    return item.get("type"), item.get("role")


def _readable(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item without what nobody can read."""
    parts = [
        {key: value for key, value in part.items() if class_of(key, "content", str(part.get("type"))) != "unreadable"}
        for part in objects(item.get("content"))
    ]
    return {**item, "content": parts} if isinstance(item.get("content"), list) else {**item}
