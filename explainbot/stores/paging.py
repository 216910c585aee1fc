"""The order of a page, the same in every store: latest `started` first, and of equal ones the last put first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from explainbot.errors import StoreError
from explainbot.trace import Trace

Page = list[Trace]  # names for types, because a store has a method called `list`
Ids = list[str]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def position(started: datetime) -> int:
    """Microseconds since 1970, UTC; exact, unlike `timestamp()`, which is a float."""
    return (started - EPOCH) // timedelta(microseconds=1)


def page_size(limit: int) -> int:
    """`limit`, if it is one.

    Raises:
        StoreError: it is less than 1.
    """
    if limit < 1:
        raise StoreError(f"a page holds at least 1 trace, not {limit}")
    return limit


def unknown_page(before: str) -> StoreError:
    """The error for a page after a trace that is not in the store."""
    return StoreError(f"there is no page after trace {before!r}: the store does not hold it; start from the first page")
