"""The months of the log in PostgreSQL, a partition each, so that ending what is old gives its room back at once.

Partitions are by start, the log is by place, and a trace that waited in a spool has a late place. So the log is cut
where all records up to a checkpoint are old enough, as soon as that takes the whole of the oldest partition along; the
few records of the next month that stand before that place go with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from explainbot.stores import cutting, log
from explainbot.stores.connection import Connection
from explainbot.stores.leaving import leave
from explainbot.stores.paging import EPOCH, month_after, position

__all__ = ["drop_oldest", "partition_of"]

OLDEST = (
    "SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid "
    "WHERE inhparent = 'explainbot.records'::regclass ORDER BY relname LIMIT 1"
)
HELD = (
    "SELECT 1 FROM records JOIN holds ON holds.tenant = records.tenant AND holds.subject = records.subject "
    f"WHERE seq <= ? AND {log.WHOLE} LIMIT 1"
)


def partition_of(moment: int) -> tuple[str, int, int]:
    """Name of the partition for a moment, and when that begins and ends; in microseconds since 1970."""
    started = EPOCH + timedelta(microseconds=moment)
    year, month = started.year, started.month
    end = position(month_after(year, month)) if (year, month) != (9999, 12) else 2**62
    return f"records_{year:04}_{month:02}", position(datetime(year, month, 1, tzinfo=UTC)), end


def drop_oldest(connection: Connection, ages: Mapping[str, int]) -> int:
    """Drop the oldest month if all in it may go, inside a transaction of the store's.

    Args:
        ages: see `cutting.old`.

    Returns:
        The place up to which the log was cut; 0 for none.
    """
    found = connection.execute(OLDEST).fetchone()
    if found is None or not ages:
        return 0
    [name] = found
    if position(month_after(int(name[8:12]), int(name[13:15]))) > min(ages.values()):
        return 0
    [last] = connection.execute(f"SELECT max(seq) FROM {name}").fetchone()
    if last is None:  # all that was in it went with the month before
        connection.execute(f"DROP TABLE {name}")
        return drop_oldest(connection, ages)
    [size] = connection.execute("SELECT min(size) FROM checkpoints WHERE size >= ?", [last]).fetchone()
    if size is None or _must_stay(connection, size, ages):
        return 0
    whose = "SELECT DISTINCT tenant, subject FROM records WHERE seq <= ?"
    leave(connection, connection.execute(whose, [size]).fetchall())
    cutting.cut(connection, size, lambda lane: connection.execute(cutting.OF_LANE, [lane, size]).fetchall())
    connection.execute(f"DROP TABLE {name}")
    connection.execute("DELETE FROM records WHERE seq <= ?", [size])
    log.note(connection, "erasure", {"records": [], "through": size, "reason": "kept long enough"})
    return int(size)


def _must_stay(connection: Connection, size: int, ages: Mapping[str, int]) -> bool:
    """Whether a trace up to this place was not erased and is too young, of a tenant whose traces stay, or held."""
    test, values = cutting.old(ages)
    young = f"SELECT 1 FROM records WHERE seq <= ? AND kind = 'trace' AND {log.WHOLE} AND NOT {test} LIMIT 1"
    return bool(
        connection.execute(young, [size, log.ERASED, *values]).fetchone()
        or connection.execute(HELD, [size, log.ERASED]).fetchone()
    )
