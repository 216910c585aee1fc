"""Traces in memory, for tests and for bots that must leave nothing on disk. When it is full the oldest go first.

Traces are kept as their JSON, so that a trace comes back just as it would from a file.
"""

from __future__ import annotations

import heapq
import hmac
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from explainbot.errors import StoreError
from explainbot.stores.paging import EVERY, Ids, Page, Where, page_size, position, unknown_page
from explainbot.trace import Lost, Offered, Status, Trace
from explainbot.trace.model import as_name
from explainbot.trace.offered import own_terms, traits_of


@dataclass(frozen=True, slots=True)
class _Row:
    place: tuple[int, int]  # (started in microseconds, order of arrival)
    conversation: str | None
    status: Status
    model: str
    grounding: float | None
    terms: frozenset[bytes]
    body: str


class MemoryStore:
    """Keeps the last `max_traces` traces that were put."""

    def __init__(self, max_traces: int = 10_000) -> None:
        self._max = max_traces
        self._rows: dict[str, _Row] = {}
        self._arrivals = 0
        self._key = secrets.token_bytes(32)
        self._lock = threading.RLock()

    def __repr__(self) -> str:
        return f"<MemoryStore: {len(self._rows)} traces>"

    def put(self, records: Sequence[Offered | Lost], /) -> None:
        """Keep the traces among `records`; those known already stay as they are.

        Raises:
            StoreError: a content field is not redacted text; none was kept.
        """
        offered = [one for one in records if isinstance(one, Offered)]
        bodies = _bodies([one.trace for one in offered])
        with self._lock:
            for one, body in zip(offered, bodies, strict=True):
                self._arrivals += 1
                trace = one.trace
                terms = frozenset(map(self._term, [*one.found_by, *own_terms(trace), *traits_of(trace)]))
                place, model = (position(trace.started), self._arrivals), trace.response_model or trace.request_model
                row = _Row(place, trace.conversation, trace.status, model, trace.grounding, terms, body)
                self._rows.setdefault(trace.id, row)
            for id in list(islice(self._rows, max(0, len(self._rows) - self._max))):
                del self._rows[id]

    def get(self, id: str, /) -> Trace | None:
        """The trace called `id`, or None."""
        with self._lock:
            row = self._rows.get(as_name(id))
        return None if row is None else Trace.from_json(row.body)

    def ids(self, prefix: str, /, limit: int = 2) -> Ids:
        """Up to `limit` ids that begin with `prefix`, sorted."""
        with self._lock:
            return heapq.nsmallest(page_size(limit), (id for id in self._rows if id.startswith(prefix)))

    def list(self, limit: int = 50, before: str | None = None, where: Where = EVERY) -> Page:
        """Up to `limit` traces, the latest `started` first; see `Store.list`."""
        with self._lock:
            end = None if before is None else self._place(before)
            rows = [
                row
                for row in self._rows.values()
                if (end is None or row.place < end)
                and all(self._term(one) in row.terms for one in where.found_by)
                and _matches(row, where)
            ]
        page = heapq.nlargest(page_size(limit), rows, key=lambda row: row.place)
        return [Trace.from_json(row.body) for row in page]

    def _term(self, found_by: tuple[str, str]) -> bytes:
        """A keyed hash in place of the value, as in a store that is kept."""
        return hmac.digest(self._key, "\0".join(found_by).encode("utf-8", "surrogatepass"), "sha256")

    def _place(self, id: str) -> tuple[int, int]:
        row = self._rows.get(as_name(id))
        if row is None:
            raise unknown_page(id)
        return row.place

    def close(self) -> None:
        """Nothing to let go of: the traces stay until the store itself goes."""


def _matches(row: _Row, where: Where) -> bool:
    started = row.place[0]
    return (
        (where.conversation is None or row.conversation == as_name(where.conversation))
        and (where.status is None or row.status == where.status)
        and (where.model is None or row.model == where.model)
        and (where.grounding is None or (row.grounding is not None and row.grounding <= where.grounding))
        and (where.since is None or started >= position(where.since))
        and (where.until is None or started < position(where.until))
    )


def _bodies(traces: Sequence[Trace]) -> list[str]:
    try:
        return [trace.to_json() for trace in traces]
    except TypeError as error:
        raise StoreError(str(error)) from None


def open_store(path: str | Path | None) -> MemoryStore:
    """A new store in memory; `path` has no meaning here."""
    return MemoryStore()
