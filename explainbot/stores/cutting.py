"""Where a log begins once its oldest records are gone because of their age.

The table `removed` keeps up to which place it was cut, at a signed checkpoint, and where each recorder stood there that
wrote on afterwards; so what is left can still be checked (see `explainbot.stores.verifying`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from explainbot import _json
from explainbot.stores.connection import Connection, Read
from explainbot.stores.rows import NO_LEAF, lost_in
from explainbot.stores.verifying import Start

__all__ = ["cut", "cut_to", "old", "start"]

OF_LANE = "SELECT number, kind, body, leaf FROM records WHERE lane = ? AND seq <= ? ORDER BY seq"
"""What a recorder wrote up to a place."""

Written = Iterable[tuple[int, str, bytes, bytes]]


def start(read: Read) -> Start:
    """Where the log of a store begins."""
    query = "SELECT removed.size, lanes, frontier FROM removed LEFT JOIN checkpoints ON checkpoints.size = removed.size"
    for size, lanes, frontier in read(query, []):
        stands = {
            lane: (bytes.fromhex(leaf), kept, offered) for lane, (leaf, kept, offered) in _json.loads(lanes).items()
        }
        return Start(size, bytes(frontier or b""), stands)
    return Start()


def cut_to(connection: Connection) -> tuple[int, dict[str, Any]]:
    """Up to which place the log was cut, and where its recorders stood there."""
    found = connection.execute("SELECT size, lanes FROM removed").fetchone()
    return (0, {}) if found is None else (found[0], _json.loads(found[1]))


def cut(connection: Connection, size: int, written: Callable[[str], Written]) -> None:
    """Have the log begin behind a place, inside a transaction of the store's; the records go afterwards.

    Args:
        size: the place, at which there is a checkpoint.
        written: what a recorder wrote up to there and is still kept, in order, see `OF_LANE`.
    """
    going_on = "SELECT lane FROM lanes WHERE first <= ? AND last > ?"
    names = [lane for (lane,) in connection.execute(going_on, [size, size]).fetchall()]
    before = cut_to(connection)[1]
    stands = {lane: _stand(written(lane), before.get(lane)) for lane in names}
    connection.execute("DELETE FROM lanes WHERE last <= ?", [size])
    connection.execute("DELETE FROM checkpoints WHERE size < ?", [size])
    connection.execute("DELETE FROM removed")
    connection.execute("INSERT INTO removed VALUES (?, ?)", [size, _json.dumps(stands).decode()])


def old(ages: Mapping[str, int]) -> tuple[str, list[Any]]:
    """A test for traces that may go, and its values.

    Args:
        ages: up to which start, in microseconds, those of a tenant may go; those of other tenants stay.
    """
    test = " OR ".join("(tenant = ? AND started < ?)" for _ in ages) or "1 = 0"
    return f"({test})", [value for pair in ages.items() for value in pair]


def _stand(written: Written, before: Sequence[Any] | None) -> tuple[str, int, int]:
    """The leaf of a recorder's last record, how many it kept up to there, and how many it was offered."""
    leaf, kept, offered = before or (NO_LEAF.hex(), 0, 0)
    for number, kind, body, found in written:
        count = lost_in(body) if kind == "gap" else 1
        leaf, kept, offered = found.hex(), kept + count, max(offered, number + count)
    return leaf, kept, offered
