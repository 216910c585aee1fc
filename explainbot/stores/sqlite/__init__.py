"""Everything kept in SQLite files: traces (the default store), the wrapped keys beside them, and vaults."""

from __future__ import annotations

from explainbot.stores.sqlite.store import SQLiteStore, open_store

__all__ = ["SQLiteStore", "open_store"]
