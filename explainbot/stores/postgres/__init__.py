"""Traces and their wrapped keys in PostgreSQL (`pip install "explainbot[postgres]"`)."""

from __future__ import annotations

from explainbot.stores.postgres.store import PostgresStore, open_store

__all__ = ["PostgresStore", "open_store"]
