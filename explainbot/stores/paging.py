"""The order of a page, the same in every store: latest `started` first, and of equal ones the last put first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from explainbot.errors import StoreError
from explainbot.trace import Status, Trace

Page = list[Trace]  # names for types, because a store has a method called `list`
Ids = list[str]


@dataclass(frozen=True, slots=True)
class Where:
    """What else traces are searched by; None and empty leave it open.

    Attributes:
        conversation, status: whose, and how it ended.
        found_by: each of these kinds and values, see `Offered`; besides, ("entity", "EMAIL_ADDRESS") finds what had
            such data hidden, and ("state", "not found") what had a statement in that state.
        model: the model that answered.
        grounding: a share of statements found that is not exceeded, 0 to 1; those without statements are left out.
        since, until: when it started; `until` is excluded.
    """

    conversation: str | None = None
    status: Status | None = None
    found_by: tuple[tuple[str, str], ...] = ()
    model: str | None = None
    grounding: float | None = None
    since: datetime | None = None
    until: datetime | None = None


EVERY = Where()
"""Every trace."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def position(started: datetime) -> int:
    """Microseconds since 1970, UTC; exact, unlike `timestamp()`, which is a float."""
    return (started - EPOCH) // timedelta(microseconds=1)


def month_after(year: int, month: int) -> datetime:
    """When the month after this one begins."""
    return datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)


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
