"""The log inside a database: appending to it, and erasing from it without a break.

Functions here work inside a transaction of the caller's.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from explainbot.stores.connection import Connection, found_for, reader
from explainbot.stores.paging import position
from explainbot.stores.rows import ERASED, NO_LEAF, Kind, Row, is_erased, leaf_of, lost_in, note_row

__all__ = [
    "BY_TERM",
    "COLUMNS",
    "ERASED",
    "HAS",
    "OF_LANE",
    "OF_SUBJECT",
    "RECORD",
    "WHOLE",
    "Erasure",
    "append",
    "destroy",
    "erase",
    "expire",
    "fresh",
    "hold",
    "is_held",
    "note",
    "places",
    "stands",
]

COLUMNS = "id, kind, tenant, lane, number, started, status, model, grounding, subject, terms, body"
"""The members of a `Row`, in order."""

RECORD = COLUMNS.replace("started", "records.started")
"""The same, where `found_by` is read too."""

BY_TERM = "found_by CROSS JOIN records ON records.seq = found_by.seq"
"""Records by a search term. CROSS JOIN: the index of terms, which is in the right order, is read first."""

AT_ONCE = 500
"""Traces that expire in one transaction, at most."""

WHOLE = "substr(body, 1, 1) <> ?"
"""A test for a body that was not erased; its value is `ERASED`."""

_HEAD = (
    "INSERT INTO lanes (lane, leaf, first, next, last) VALUES (?, ?, ?, ?, ?) ON CONFLICT (lane) DO UPDATE SET "
    "leaf = excluded.leaf, last = excluded.last, "
    "next = CASE WHEN excluded.next > lanes.next THEN excluded.next ELSE lanes.next END"
)
HAS = f"SELECT 1 FROM {BY_TERM} WHERE term = ? AND subject = term AND {WHOLE} LIMIT 1"
"""Whether a trace that was not erased is under a subject's key; its values are the subject and `ERASED`."""

OF_SUBJECT = f"SELECT records.seq, {RECORD} FROM {BY_TERM} WHERE term = ? AND subject = term"
_OLD = (
    f"SELECT seq, {COLUMNS} FROM records WHERE kind = 'trace' AND started < ? AND tenant = ? AND {WHOLE} "
    "AND NOT EXISTS (SELECT 1 FROM holds WHERE holds.tenant = records.tenant AND holds.subject = records.subject) "
    "ORDER BY started LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased.

    Attributes:
        id: of the record that says so.
        records: ids of the traces that were destroyed.
        had_key: whether there was a key; False if it had been destroyed before.
    """

    id: str
    records: tuple[str, ...]
    had_key: bool


def fresh(connection: Connection, rows: Sequence[Row]) -> list[Row]:
    """Those that are not kept yet, each once."""
    kept = found_for(reader(connection), "SELECT id FROM records", "id", [row.id for row in rows])
    seen = {id for (id,) in kept}
    first = {row.id: row for row in reversed(rows) if row.id not in seen}
    return [row for row in rows if first.get(row.id) is row]


def append(connection: Connection, rows: Sequence[Row]) -> int:
    """Add the rows to the end of the log; how many records it then has."""
    (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM records").fetchone()
    if not rows:
        return int(last)
    heads: dict[str, bytes] = {}
    stands: dict[str, tuple[int, int]] = {}
    records: list[tuple[Any, ...]] = []
    terms: list[tuple[bytes, int, int]] = []
    for seq, row in enumerate(rows, last + 1):
        before = heads[row.lane] if row.lane in heads else _head(connection, row.lane)
        leaf = heads[row.lane] = leaf_of(row, before)
        after = row.number + (lost_in(row.body) if row.kind == "gap" else 1)
        stands[row.lane] = (max(after, stands[row.lane][0]) if row.lane in stands else after, seq)
        records.append((seq, *row.fields(), leaf))
        terms += [(term, row.started, seq) for term in row.each_term()]
    connection.insert("records", f"seq, {COLUMNS}, leaf", records)
    connection.insert("found_by", "term, started, seq", sorted(terms))  # each page of the index is touched once
    traits = {(one, row.traits[0]) for row in rows for one in row.traits[1:]}
    if traits:
        connection.executemany("INSERT INTO traits VALUES (?, ?) ON CONFLICT DO NOTHING", sorted(traits))
    tenants = {(row.tenant,) for row in rows if row.subject}
    connection.executemany("INSERT INTO tenants VALUES (?) ON CONFLICT DO NOTHING", [*tenants])
    connection.executemany(_HEAD, [(lane, leaf, last + 1, *stands[lane]) for lane, leaf in heads.items()])
    return int(last) + len(rows)


def erase(
    connection: Connection, subject: bytes, tenant: str, *, had_key: bool, elsewhere: Sequence[str] = ()
) -> Erasure:
    """Put hashes in the place of all that is under a subject's key, and a record that says so at the end.

    Args:
        elsewhere: ids of what goes besides, from other files.
    """
    found = [(seq, Row(*fields)) for seq, *fields in connection.execute(OF_SUBJECT, [subject]).fetchall()]
    ids = [*elsewhere, *destroy(connection, [(seq, row) for seq, row in found if not is_erased(row.body)])]
    return Erasure(note(connection, "erasure", {"records": ids, "reason": "erased"}, tenant), tuple(ids), had_key)


def expire(connection: Connection, tenant: str, before: int) -> list[Row]:
    """Put hashes in the place of what a tenant's traces say that started `before`, in microseconds; which they were.

    At most `AT_ONCE` go at a time. Those under a legal hold stay.
    """
    found = connection.execute(_OLD, [before, tenant, ERASED, AT_ONCE]).fetchall()
    rows = [(seq, Row(*fields)) for seq, *fields in found]
    if ids := destroy(connection, rows):
        note(connection, "erasure", {"records": ids, "reason": "kept long enough"}, tenant)
    return [row for _, row in rows]


def hold(connection: Connection, tenant: str, subject: bytes, *, lift: bool) -> str:
    """Keep a subject's traces from being erased, or no longer; the id of the record that says so."""
    if lift:
        connection.execute("DELETE FROM holds WHERE tenant = ? AND subject = ?", [tenant, subject])
    else:
        connection.execute("INSERT INTO holds VALUES (?, ?) ON CONFLICT DO NOTHING", [tenant, subject])
    return note(connection, "hold", {"subject": subject.hex(), "held": not lift}, tenant)


def is_held(connection: Connection, tenant: str, subject: bytes) -> bool:
    """Whether a subject's traces are under a legal hold."""
    query = "SELECT 1 FROM holds WHERE tenant = ? AND subject = ?"
    return connection.execute(query, [tenant, subject]).fetchone() is not None


def note(connection: Connection, kind: Kind, says: Mapping[str, Any], tenant: str = "") -> str:
    """Add a record of what was done with the log, a lane of its own; its id."""
    made = note_row(f"{kind}-{secrets.token_hex(8)}", kind, tenant, position(datetime.now(UTC)), says)
    append(connection, [made])
    return made.id


def destroy(connection: Connection, found: Sequence[tuple[int, Row]]) -> list[str]:
    """Put hashes in the place of bodies, so that the log still verifies; the ids of the records."""
    connection.executemany(
        "UPDATE records SET body = ? WHERE seq = ?", [(row.erased().body, seq) for seq, row in found]
    )
    connection.executemany(
        "DELETE FROM found_by WHERE term = ? AND started = ? AND seq = ?",
        [(term, row.started, seq) for seq, row in found for term in row.each_term()],
    )
    return [row.id for _, row in found]


OF_LANE = "SELECT number, kind, body FROM records WHERE lane = ? AND seq >= ?"
"""What a recorder wrote; its values are its lane, and the place of its first record."""


def places(connection: Connection, lane: str, elsewhere: Callable[[int], Iterable[Any]]) -> list[tuple[int, int]]:
    """Number and count of each record of a lane, and of each of its gaps, in order.

    Args:
        elsewhere: gives what `OF_LANE` finds in other files, from this place in the log on.
    """
    begun = connection.execute("SELECT first FROM lanes WHERE lane = ?", [lane]).fetchone()
    if begun is None:
        return []
    found = [*elsewhere(begun[0]), *connection.execute(OF_LANE, [lane, begun[0]]).fetchall()]
    return sorted((number, lost_in(body) if kind == "gap" else 1) for number, kind, body in found)


def stands(connection: Connection, lanes: Sequence[str]) -> dict[str, int]:
    """The number after the last one of each of these lanes that has a record."""
    return dict(found_for(reader(connection), "SELECT lane, next FROM lanes", "lane", lanes))


def _head(connection: Connection, lane: str) -> bytes:
    """The leaf hash of the lane's last record."""
    found = connection.execute("SELECT leaf FROM lanes WHERE lane = ?", [lane]).fetchone()
    return NO_LEAF if found is None else bytes(found[0])
