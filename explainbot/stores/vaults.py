"""Where the originals behind placeholders are kept, so that another process can go on with a conversation.

This is the one place that holds personal data in a form that can be restored, so it is off unless a setting names it,
and it is apart from the traces: who may read those needs nothing of this.

A vault is kept as the list of what it learned (`Entry`), which only grows. Who adds to it says what stood last: of two
processes that go on with one conversation at the same moment one is told that the other was first, reads what that
added, and makes its request anew. So a placeholder never stands for two values.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

from explainbot.errors import StoreError
from explainbot.privacy.entries import Entry, Written

__all__ = ["Entry", "VaultStore", "entry_from_bytes", "entry_to_bytes"]


@runtime_checkable
class VaultStore(Protocol):
    """Keeps the vaults of one tenant. Every method is thread-safe, shared by processes, and raises `StoreError` only.

    A vault is known by a name: `conversation/` and the bot's id of the conversation, or `reply/` and a random one.
    """

    def load(self, name: str, after: int, /) -> Sequence[Entry]:
        """What the vault called `name` learned, in order, but for the first `after` entries."""
        ...

    def add(self, name: str, after: int, entries: Sequence[Entry], customer: str | None, /) -> bool:
        """Keep `entries` durably behind the first `after` ones, all or none; those that stand there already stay.

        False if others stand there, or if there should be some before them and are none: it was erased.

        Args:
            customer: whose they are, so that they can be erased with all else of that customer.
        """
        ...

    def point(self, ids: Sequence[str], name: str, /) -> None:
        """The provider keeps under these ids what was sent with the vault called `name`."""
        ...

    def find(self, ids: Sequence[str], /) -> str | None:
        """The name of the vault of the first of these ids that is known."""
        ...

    def erase(self, kind: str, value: str, /) -> int:
        """Destroy every vault of a ("customer", id) or ("conversation", id) for good; how many there were."""
        ...

    def close(self) -> None:
        """Let go of files and connections. The next use opens them again."""
        ...


def entry_to_bytes(entry: Entry) -> bytes:
    """An entry as bytes. They hold the original: encrypt them."""
    written = entry.written and [entry.written.content, entry.written.quotes]
    value = [entry.placeholder, entry.original, entry.entity_type, written, entry.apart, entry.foreign]
    return json.dumps(value).encode()


def entry_from_bytes(data: bytes) -> Entry:
    """What `entry_to_bytes` was given.

    Raises:
        StoreError: it is something else.
    """
    try:
        placeholder, original, entity_type, written, apart, foreign = _read(data)
        return Entry(placeholder, original, entity_type, written and Written(*written), apart, foreign)
    except (ValueError, TypeError):
        raise StoreError("a vault is damaged, or a newer version wrote it; upgrade explainbot") from None


def _read(data: bytes) -> list[Any]:
    value = json.loads(data)
    return value if isinstance(value, list) else []
