"""Where traces are kept: what a store does, and the stores there are.

A store is used by one writer thread and any number of readers. It holds each trace once, by id: putting a trace a
second time changes nothing, so a batch whose fate is unknown may be put again.

    sqlite, postgres, memory                the stores
    sealed, reading, connection, paging     what those with a database share: one log of encrypted records
    rows, sealing, packing                  a trace as a record of it, and back
    keys, wrapping, encryption, signing     what that is done with
    log, leaving, cutting, retention        adding to the log, erasing from it, ending what is old
    checkpoints, verifying, proofs, bundle  showing that nothing else was changed
    spool, recovery, locking                traces that wait while a store fails
    vaults                                  apart from all this: the originals behind placeholders
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from explainbot._registry import Registry
from explainbot.stores.paging import EVERY, Ids, Page, Where
from explainbot.trace import Lost, Offered, Trace

__all__ = ["STORES", "Retaining", "Store", "Vouching", "Where"]


@runtime_checkable
class Store(Protocol):
    """Keeps traces. Every method is thread-safe and raises `StoreError`, which says what to do, and nothing else."""

    def put(self, records: Sequence[Offered | Lost], /) -> None:
        """Keep all of `records`, or none. On return they are durable, as far as this store can be."""
        ...

    def get(self, id: str, /) -> Trace | None:
        """The trace called `id`, or None."""
        ...

    def ids(self, prefix: str, /, limit: int = 2) -> Ids:
        """Up to `limit` ids that begin with `prefix`, sorted."""
        ...

    def list(self, limit: int = 50, before: str | None = None, where: Where = EVERY) -> Page:
        """Up to `limit` traces, the latest `started` first.

        Args:
            limit: size of the page, at least 1.
            before: id of the last trace of the previous page.
            where: only those that match this.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections. The next use opens them again."""
        ...


@runtime_checkable
class Retaining(Protocol):
    """A store that ends what it keeps at some age."""

    def retain(self, tenant: str, days: float) -> None:
        """Destroy what a tenant's traces say once they are this old."""
        ...


@runtime_checkable
class Vouching(Protocol):
    """A store that signs checkpoints of what it keeps."""

    def publish_to(self, path: Path) -> None:
        """Append a copy of each checkpoint to this file from now on."""
        ...

    def vouch(self) -> None:
        """Sign a checkpoint over what none vouches for yet."""
        ...


STORES: Registry[Callable[[str | Path | None], Store]] = Registry(
    "store",
    "explainbot.stores",
    {
        "memory": "explainbot.stores.memory:open_store",
        "postgres": "explainbot.stores.postgres:open_store",
        "sqlite": "explainbot.stores.sqlite:open_store",
    },
)
"""Name to a function that takes the path or the URL of the settings (or None) and gives the store."""
