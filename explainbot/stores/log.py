"""The log inside a SQLite file: appending to it, and erasing from it without a break.

Functions here work inside a transaction of the caller's.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from typing import Any

from explainbot.stores.paging import position
from explainbot.stores.sealing import NO_LEAF, Row, erasure_row, is_erased, leaf_of, lost_in

__all__ = ["COLUMNS", "RECORD", "Erasure", "append", "erase", "fresh", "places"]

COLUMNS = "id, kind, tenant, lane, number, started, status, model, grounding, subject, terms, body"
"""The members of a `Row`, in order."""

RECORD = COLUMNS.replace("started", "records.started")
"""The same, where `found_by` is read too."""

_INSERT = f"INSERT INTO records (seq, {COLUMNS}, leaf) VALUES (?{', ?' * 13})"
_HEAD = "INSERT INTO lanes VALUES (?, ?, ?) ON CONFLICT (lane) DO UPDATE SET leaf = excluded.leaf"
_OF_SUBJECT = f"SELECT seq, {RECORD} FROM found_by CROSS JOIN records USING (seq) WHERE term = ? AND subject = term"


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


def fresh(connection: sqlite3.Connection, rows: Sequence[Row]) -> list[Row]:
    """Those that are not kept yet, each once."""
    names = json.dumps([row.id for row in rows])
    known = connection.execute("SELECT id FROM records WHERE id IN (SELECT value FROM json_each(?))", [names])
    seen = {id for (id,) in known}
    first = {row.id: row for row in reversed(rows) if row.id not in seen}
    return [row for row in rows if first.get(row.id) is row]


def append(connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Add the rows to the end of the log."""
    (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM records").fetchone()
    heads: dict[str, bytes] = {}
    records: list[tuple[Any, ...]] = []
    terms: list[tuple[bytes, int, int]] = []
    for seq, row in enumerate(rows, last + 1):
        before = heads[row.lane] if row.lane in heads else _head(connection, row.lane)
        leaf = heads[row.lane] = leaf_of(row, before)
        records.append((seq, *astuple(row), leaf))
        terms += [(term, row.started, seq) for term in row.each_term()]
    connection.executemany(_INSERT, records)
    connection.executemany("INSERT INTO found_by VALUES (?, ?, ?)", terms)
    connection.executemany("INSERT OR IGNORE INTO tenants VALUES (?)", {(row.tenant,) for row in rows if row.subject})
    connection.executemany(_HEAD, [(lane, leaf, last + 1) for lane, leaf in heads.items()])


def erase(connection: sqlite3.Connection, subject: bytes, tenant: str, *, had_key: bool) -> Erasure:
    """Put hashes in the place of all that is under a subject's key, and a record that says so at the end."""
    found = [(seq, Row(*fields)) for seq, *fields in connection.execute(_OF_SUBJECT, [subject])]
    whole = [(seq, row) for seq, row in found if not is_erased(row.body)]
    connection.executemany(
        "UPDATE records SET body = ? WHERE seq = ?", [(row.erased().body, seq) for seq, row in whole]
    )
    connection.executemany(
        "DELETE FROM found_by WHERE term = ? AND started = ? AND seq = ?",
        [(term, row.started, seq) for seq, row in whole for term in row.each_term()],
    )
    ids = tuple(row.id for _, row in whole)
    made = erasure_row(f"erasure-{secrets.token_hex(8)}", tenant, position(datetime.now(UTC)), ids)
    append(connection, [made])
    return Erasure(made.id, ids, had_key)


def places(connection: sqlite3.Connection, lane: str) -> list[tuple[int, int]]:
    """Number and count of each record of a lane, and of each of its gaps, in order."""
    found = connection.execute(
        "SELECT number, kind, body FROM records WHERE lane = ? AND seq >= (SELECT first FROM lanes WHERE lane = ?) "
        "ORDER BY number",
        [lane, lane],
    )
    return [(number, lost_in(body) if kind == "gap" else 1) for number, kind, body in found]


def _head(connection: sqlite3.Connection, lane: str) -> bytes:
    """The leaf hash of the lane's last record."""
    found = connection.execute("SELECT leaf FROM lanes WHERE lane = ?", [lane]).fetchone()
    return NO_LEAF if found is None else bytes(found[0])
