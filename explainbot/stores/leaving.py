"""Keys under which nothing is kept any more, because all of it came to its age.

Whose traces end is noted in the table `leaving`, by the transaction that ends them. After later puts it is looked, for
some at a time, whether anything is left of them, and the keys of those of whom nothing is are destroyed. A process that
sealed a trace of such a customer meanwhile finds them noted as gone when it is its turn to write, and seals it anew
under a new key. If that ends too, they are noted as both: gone, and to be looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

from explainbot.stores.connection import Connection, found_for, reader
from explainbot.stores.paging import position

__all__ = ["are_gone", "forget", "leave", "state"]

SOME = 100
"""Subjects looked at in one go."""

REMEMBERED = timedelta(hours=1)
"""How long a destroyed key is remembered: nothing that was sealed waits longer for its turn."""

Subject = tuple[str, bytes]


def leave(connection: Connection, subjects: Iterable[Subject]) -> None:
    """Note of whom, by tenant and term, some traces ended; inside a transaction of the store's."""
    rows = sorted({(bytes(subject), tenant) for tenant, subject in subjects if subject})
    if rows:
        both = "ON CONFLICT (subject, tenant) DO UPDATE SET gone = -abs(leaving.gone)"
        connection.executemany(f"INSERT INTO leaving VALUES (?, ?, 0) {both}", rows)


def are_gone(connection: Connection, subjects: Collection[bytes]) -> bool:
    """Whether the key of one of these was destroyed lately."""
    names = sorted({subject for subject in subjects if subject})
    return any(gone for (gone,) in found_for(reader(connection), "SELECT gone FROM leaving", "subject", names))


def state(connection: Connection) -> tuple[bool, bool]:
    """Whether keys were destroyed lately, and whether there is somebody to look at. Nearly always neither is so."""
    [last, first] = connection.execute("SELECT max(gone), min(gone) FROM leaving").fetchone()
    return bool(last) or bool(first), first is not None and first <= 0


def forget(
    connection: Connection,
    keeps: Callable[[bytes], bool],
    destroy: Callable[[str, list[bytes]], object],
    now: datetime,
) -> None:
    """Destroy the keys of some of whom nothing is kept, inside a transaction that no writer shares.

    Args:
        keeps: whether a trace of a subject is kept.
        destroy: destroys the keys of a tenant's subjects.
    """
    query = f"SELECT tenant, subject, gone FROM leaving WHERE gone <= 0 ORDER BY subject LIMIT {SOME}"
    found = {(tenant, bytes(subject)): -before for tenant, subject, before in connection.execute(query).fetchall()}
    over = [(tenant, subject) for tenant, subject in found if not keeps(subject)]
    for tenant in sorted({tenant for tenant, _ in over}):
        destroy(tenant, [subject for name, subject in over if name == tenant])
    # Written only now: PostgreSQL leaves deleted rows in their pages while another transaction writes.
    moment = position(now)
    seen = [(subject, tenant) for tenant, subject in found]
    before = {whose: when for whose, when in found.items() if when}
    gone = [(subject, tenant, when) for (tenant, subject), when in {**before, **dict.fromkeys(over, moment)}.items()]
    connection.executemany("DELETE FROM leaving WHERE subject = ? AND tenant = ?", seen)
    connection.executemany("INSERT INTO leaving VALUES (?, ?, ?)", gone)
    connection.execute("DELETE FROM leaving WHERE gone > 0 AND gone < ?", [position(now - REMEMBERED)])
