"""What a store is given: traces with their place in the log, and the gaps where some were lost on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from explainbot.trace.model import Trace

__all__ = ["Lost", "Offered", "as_term"]


@dataclass(frozen=True, slots=True)
class Offered:
    """A trace on its way into a store.

    Attributes:
        trace: what is kept.
        found_by: kind and value of what it shall be found by besides its own names, such as ("customer", "c-1"). A
            store keeps keyed hashes of these, never the values.
        lane: the recorder it was offered to.
        number: its place among all that was offered to that recorder, from 0.
    """

    trace: Trace
    found_by: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    lane: str = ""
    number: int = 0


def as_term(value: str) -> str:
    """A value as it is searched for: in one case and without spaces, so that what is typed later finds it."""
    return "".join(value.casefold().split())


@dataclass(frozen=True, slots=True)
class Lost:
    """Traces that were offered one after the other and never reached a store.

    Attributes:
        lane: the recorder they were offered to.
        number: the place of the first of them.
        count: how many.
        reason: why, in a word or two.
        noticed: when, UTC.
    """

    lane: str
    number: int
    count: int
    reason: str
    noticed: datetime
