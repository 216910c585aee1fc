"""Months that are over lie in files of their own; the log, and every way to read it, goes on over all of them."""

from __future__ import annotations

import random
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from records import record

from explainbot.errors import StoreError
from explainbot.stores import Where, checkpoints, log, reading, sealed
from explainbot.stores.bundle import check_bundle, write_bundle
from explainbot.stores.leaving import leave
from explainbot.stores.recovery import holes_among
from explainbot.stores.sqlite import SQLiteStore, months, tables
from explainbot.stores.sqlite import store as store_module
from explainbot.stores.sqlite.months import Months
from explainbot.stores.verifying import Start, check_log
from explainbot.trace import Lost, Offered, Redacted, Trace

YEAR = 365.0


class Clock:
    """The time, as the test sets it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def to(self, month: int, day: int = 1, year: int = 2026) -> None:
        self.moment = datetime(year, month, day, 12, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(datetime(2026, 1, 5, 12, tzinfo=UTC))

    class Told(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return clock.moment

    for module in (checkpoints, log, months, sealed, store_module):
        monkeypatch.setattr(module, "datetime", Told)
    return clock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "traces.db"


@pytest.fixture
def store(path: Path, clock: Clock) -> Iterator[SQLiteStore]:
    store = SQLiteStore(path)
    yield store
    store.close()


def trace(number: int, clock: Clock, **fields: Any) -> Trace:
    return record(number, **{"started": clock.moment + timedelta(seconds=number), **fields})


def fill(store: SQLiteStore, clock: Clock, last: int, each: int = 10) -> None:
    """Put so many traces in each month up to this one, by one recorder; a checkpoint ends each month."""
    for month in range(1, last + 1):
        clock.to(month)
        first = each * (month - 1)
        numbers = range(first, first + each)
        store.put([Offered(trace(n, clock), (("customer", f"c-{n % 3}"),), "lane", n) for n in numbers])
        store.close()


def files(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.glob("traces.db.2*"))


def in_main(path: Path) -> int:
    with closing(sqlite3.connect(path)) as other:
        return int(other.execute("SELECT count(*) FROM records").fetchone()[0])


def test_what_is_over_lies_in_a_file_of_its_month_and_is_read_as_before(
    store: SQLiteStore, path: Path, clock: Clock
) -> None:
    fill(store, clock, 4)
    assert files(path) == ["traces.db.2026-01", "traces.db.2026-02", "traces.db.2026-03"]
    assert in_main(path) == 10
    assert {stat.S_IMODE((path.parent / name).stat().st_mode) for name in files(path)} == {0o600}
    assert [trace.id for trace in store.list(100)] == [f"t-{n:05}" for n in range(39, -1, -1)]
    assert store.get("t-00003") is not None
    assert store.ids("t-0000", limit=20) == [f"t-{n:05}" for n in range(10)]
    assert store.size() == 40
    assert [seq for seq, _, _ in store.rows()] == [*range(1, 41)]
    assert [seq for seq, _, _ in store.rows(17)] == [*range(18, 41)]
    assert len(store.notes()) == 4
    verdict = store.verify()
    assert (verdict.fault, verdict.records, verdict.vouched, verdict.removed) == (None, 40, 40, 0)


def test_every_search_gives_the_same_as_in_one_file(tmp_path: Path, clock: Clock) -> None:
    chance = random.Random(7)
    split, whole = SQLiteStore(tmp_path / "split" / "traces.db"), SQLiteStore(tmp_path / "whole" / "traces.db")
    for month in range(1, 7):
        clock.to(month)
        for number in range(40 * month, 40 * month + 40):
            late = timedelta(days=chance.choice([0, 0, 0, 20, 50]))
            one = trace(
                number,
                clock,
                started=clock.moment - late + timedelta(seconds=chance.randrange(9)),
                conversation=f"v-{number % 4}",
                status=chance.choice(["ok", "cut"]),
                grounding=chance.choice([None, 0.5, 1.0]),
            )
            offered = Offered(one, (("customer", f"c-{number % 5}"),), "lane", number - 40)
            split.put([offered])
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(Months, "move", lambda *_: None)
                whole.put([offered])
        split.close()
    assert len(files(tmp_path / "split" / "traces.db")) == 5
    queries = [
        Where(),
        Where(conversation="v-1"),
        Where(status="cut"),
        Where(found_by=(("customer", "c-2"),)),
        Where(conversation="v-1", found_by=(("customer", "c-2"),), status="ok"),
        Where(grounding=0.5),
        Where(since=datetime(2026, 2, 1, tzinfo=UTC), until=datetime(2026, 4, 1, tzinfo=UTC)),
    ]
    for query in queries:
        before = None
        for _ in range(40):
            page = whole.list(13, before, query)
            assert split.list(13, before, query) == page
            if not page:
                break
            before = page[-1].id
        assert before is not None
    assert split.verify().fault is None
    split.close()
    whole.close()


def test_a_crash_while_records_move_loses_none_and_doubles_none(
    store: SQLiteStore, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, clock, 1)
    clock.to(2)
    writing = Months._writing

    def cut_short(self: Months, name: str) -> Any:
        context = writing(self, name)

        class Crash:
            def __enter__(self) -> Any:
                return context.__enter__()

            def __exit__(self, *error: Any) -> None:
                context.__exit__(None, None, None)  # the month's file is durable, and then
                raise StoreError("the power is gone")

        return Crash()

    new = Offered(trace(10, clock), (), "lane", 10)
    with monkeypatch.context() as patch:
        patch.setattr(Months, "_writing", cut_short)
        with pytest.raises(StoreError):
            store.put([new])
    assert files(path) == ["traces.db.2026-01"]
    assert [trace.id for trace in store.list(100)] == [f"t-{n:05}" for n in range(9, -1, -1)]
    assert store.verify().records == 10
    store.put([new])
    assert [trace.id for trace in store.list(100)] == [f"t-{n:05}" for n in range(10, -1, -1)]
    assert in_main(path) == 1
    assert store.verify().fault is None


def test_what_is_put_again_is_known_in_the_file_of_its_month_too(store: SQLiteStore, clock: Clock) -> None:
    fill(store, clock, 3)
    store.put([Offered(trace(n, clock), (), "lane", n) for n in range(5)])  # a spool that is brought in twice
    store.put([Offered(trace(n, clock), (), "another lane", n) for n in range(5)])
    assert store.size() == 30
    assert store.verify().fault is None


def test_a_recorder_that_went_on_over_months_is_accounted_for(store: SQLiteStore, clock: Clock) -> None:
    fill(store, clock, 3)
    store.put([Lost("lane", 33, 4, "queue full", clock.moment)])
    assert store.holes("lane", 40) == [(30, 3), (37, 3)]
    clock.to(4)
    store.put([Offered(trace(n, clock), (), "lane", n) for n in (30, 31, 32, 37, 38, 39)])
    assert store.holes("lane", 40) == []
    assert store.verify().fault is None


def moved_while_read(store: SQLiteStore, clock: Clock) -> list[int]:
    """The places that `rows` gives while records move to their month."""
    pages = store.rows()
    seen = [next(pages)[0] for _ in range(3)]
    clock.to(2)
    store.put([Offered(trace(99, clock), (), "other", 0)])
    return [*seen, *(seq for seq, _, _ in pages)]


def test_who_reads_the_log_while_records_move_sees_each_once(
    store: SQLiteStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "AT_ONCE", 3)
    fill(store, clock, 1)
    assert moved_while_read(store, clock) == [*range(1, 12)]


def test_readers_and_a_writer_that_moves(store: SQLiteStore, path: Path, clock: Clock, monkeypatch: Any) -> None:
    monkeypatch.setattr(months, "AT_ONCE", 5)
    monkeypatch.setattr(reading, "AT_ONCE", 7)
    fill(store, clock, 1, each=300)
    clock.to(2)
    faults: list[object] = []
    over = threading.Event()

    def read() -> None:
        reader = SQLiteStore(path, read_only=True)
        while not over.is_set():
            places = [seq for seq, _, _ in reader.rows()]
            if places != [*range(1, len(places) + 1)] or len(places) < 300:
                faults.append(places)
            if len({trace.id for trace in reader.list(1_000)}) < 300:
                faults.append("list")
            if reader.get("t-00000") is None:
                faults.append("get")
        reader.close()

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(300, 380):
        store.put([Offered(trace(number, clock), (), "lane", number)])
    over.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert in_main(path) == 80
    assert store.verify().fault is None


def test_a_put_of_nothing_in_a_new_month_keeps_the_place_of_the_next_record(store: SQLiteStore, clock: Clock) -> None:
    fill(store, clock, 1)
    clock.to(2)
    for number in range(10, 14):
        store.put([])
        store.put([Offered(trace(number, clock), (), "lane", number)])
    assert [seq for seq, _, _ in store.rows()] == [*range(1, 15)]


# Retention ------------------------------------------------------------------------------------------------------


def numbers(store: SQLiteStore) -> list[int]:
    return [int(trace.id[2:]) for trace in store.list(100)]


def later(store: SQLiteStore, clock: Clock, year: int, month: int, number: int = 900) -> None:
    """Put one more trace at that time, after an hour in which nothing was looked for."""
    clock.to(month, year=year)
    store.put([Offered(trace(number, clock), (), f"lane-{number}", 0)])
    store.close()


def test_a_month_that_was_kept_long_enough_is_deleted_and_the_log_still_verifies(
    store: SQLiteStore, path: Path, tmp_path: Path, clock: Clock
) -> None:
    store.retain("default", YEAR)
    fill(store, clock, 4)
    later(store, clock, 2027, 1)
    assert files(path)[0] == "traces.db.2026-01"  # its last trace is not yet a year old
    later(store, clock, 2027, 3, 901)
    store.put([])
    store.put([])
    assert files(path) == ["traces.db.2026-03", "traces.db.2026-04", "traces.db.2027-01"]
    verdict = store.verify()
    assert (verdict.fault, verdict.removed, verdict.lost) == (None, 20, 0)
    assert store.get("t-00003") is None
    assert store.get("t-00023") is not None
    assert next(seq for seq, _, _ in store.rows()) == 21
    assert {trace.id for trace in store.list(100)} >= {f"t-{n:05}" for n in range(20, 40)}
    bundle = tmp_path / "bundle"
    with bundle.open("w") as file:
        assert write_bundle(store, file) == verdict.records
    checked, _ = check_bundle(bundle)
    assert checked == verdict
    told = [row for _, row, _ in store.rows() if row.kind == "erasure"]
    assert [b'"through":10' in row.body or b'"through":20' in row.body for row in told] == [True, True]


def test_a_recorder_that_goes_on_after_the_cut_is_accounted_for(store: SQLiteStore, path: Path, clock: Clock) -> None:
    store.retain("default", YEAR)
    fill(store, clock, 2)
    later(store, clock, 2027, 2)
    store.put([])
    assert files(path) == ["traces.db.2026-02"]
    assert store.holes("lane", 20) == []
    assert store.holes("lane", 25) == [(20, 5)]
    store.put([Offered(trace(n, clock), (), "lane", n) for n in range(20, 25)])
    assert store.verify().fault is None
    store.close()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("DELETE FROM records WHERE lane = 'lane'")
    assert store.verify().fault is not None


@pytest.fixture
def cut(store: SQLiteStore, clock: Clock) -> SQLiteStore:
    """Two months of four are gone."""
    store.retain("default", YEAR)
    fill(store, clock, 4)
    later(store, clock, 2027, 3)
    store.put([])
    store.put([])
    store.close()
    assert store.verify().removed == 20
    return store


TAMPERINGS = {
    "more than was removed is missing": ["UPDATE removed SET size = 30"],
    "less was removed than is missing": ["UPDATE removed SET size = 10"],
    "nothing was removed": ["DELETE FROM removed"],
    "the tree over it is another": ["UPDATE checkpoints SET frontier = zeroblob(64) WHERE size = 20"],
    "its checkpoint is gone": ["DELETE FROM checkpoints WHERE size = 20"],
    "a recorder stood elsewhere": ["UPDATE removed SET lanes = replace(lanes, '20,20]', '19,20]')"],
    "a month is not listed": ["DELETE FROM months WHERE name = '2026-03'"],
}


@pytest.mark.parametrize("statements", TAMPERINGS.values(), ids=TAMPERINGS)
def test_whatever_is_changed_about_what_was_removed_is_found(
    cut: SQLiteStore, path: Path, statements: list[str]
) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        changed = sum(other.execute(statement).rowcount for statement in statements)
    assert changed
    assert cut.verify().fault is not None


def test_a_month_that_somebody_deletes_is_missed(cut: SQLiteStore, path: Path) -> None:
    path.with_name("traces.db.2026-03").unlink()
    assert cut.verify().fault == "record 21 is not there; the next one is 31"
    with pytest.raises(StoreError, match="2026-03"):
        cut.get("t-00000")


def test_an_older_copy_of_a_month_is_found(store: SQLiteStore, path: Path, clock: Clock) -> None:
    fill(store, clock, 2)
    with closing(sqlite3.connect(path.with_name("traces.db.2026-01"))) as other, other:
        other.execute("UPDATE records SET status = 'cut' WHERE seq = 4")
    assert store.verify().fault == "record 4 (t-00003) was changed, or does not belong in this place"


def test_a_cut_without_a_record_of_it_is_found(store: SQLiteStore, path: Path, clock: Clock) -> None:
    """Who can write the database cuts the log at a signed checkpoint, as retention would, but cannot say so."""
    fill(store, clock, 3)
    with closing(sqlite3.connect(path.with_name("traces.db.2026-01"))) as month:
        [leaf] = month.execute("SELECT hex(leaf) FROM records WHERE seq = 10").fetchone()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("DELETE FROM months WHERE name = '2026-01'")
        other.execute("INSERT INTO removed VALUES (10, ?)", [f'{{"lane":["{leaf}",10,10]}}'])
    path.with_name("traces.db.2026-01").unlink()
    assert store.verify().fault == "the first 10 records were removed, and no record says so"


def test_a_tree_over_what_was_removed_needs_a_checkpoint(store: SQLiteStore) -> None:
    verdict = check_log([], [], [], store.public_key, Start(1, bytes(32)))
    assert verdict.fault == "no checkpoint vouches for the 1 records that were removed"


def subject_keys(store: SQLiteStore) -> int:
    return len(store._keys.beginning("subject/"))


def test_the_key_of_a_customer_goes_with_the_last_month_that_has_a_trace_of_theirs(
    store: SQLiteStore, clock: Clock
) -> None:
    store.retain("default", YEAR)
    clock.to(1)
    store.put([Offered(trace(500, clock), (("customer", "once"),), "early", 0)])
    fill(store, clock, 2)
    assert subject_keys(store) == 4
    later(store, clock, 2027, 2)
    store.put([])
    assert subject_keys(store) == 4  # c-0, c-1 and c-2 were here in February too, and one more came
    assert store.get("t-00013") is not None
    later(store, clock, 2027, 4, 901)
    store.put([])
    store.put([])
    assert subject_keys(store) == 2
    assert store.get("t-00900") is not None
    assert store.verify().fault is None


def test_the_keys_of_what_ends_at_its_age_go_too(store: SQLiteStore, clock: Clock) -> None:
    store.retain("default", 30)
    store.put([Offered(trace(1, clock), (("customer", "once"),), "lane", 0)])
    clock.to(1, day=20)
    store.put([Offered(trace(2, clock), (("customer", "still"),), "lane", 1)])
    clock.to(2, day=10)
    store.put([Offered(trace(3, clock), (("customer", "new"),), "lane", 2)])
    store.put([])
    assert sorted(numbers(store)) == [2, 3]
    assert subject_keys(store) == 2


def test_a_customer_who_returns_while_their_key_is_destroyed_is_kept_under_a_new_one(
    store: SQLiteStore, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.retain("default", 30)
    store.put([Offered(trace(1, clock), (("customer", "c"),), "lane", 0)])
    clock.to(3)
    other = SQLiteStore(path)
    sealed_once = other._sealed

    def meanwhile(records: Any) -> Any:
        rows = sealed_once(records)
        monkeypatch.setattr(other, "_sealed", sealed_once)
        store.put([])
        store.put([])
        assert subject_keys(store) == 0
        return rows

    monkeypatch.setattr(other, "_sealed", meanwhile)
    other.put([Offered(trace(2, clock), (("customer", "c"),), "other", 0)])
    assert (numbers(store), numbers(other), subject_keys(store)) == ([2], [2], 1)
    assert store.verify().fault is None
    other.close()


def test_the_new_key_of_a_customer_who_returned_goes_too(store: SQLiteStore, path: Path, clock: Clock) -> None:
    store.retain("default", 30)
    store.put([Offered(trace(1, clock), (("customer", "c"),), "lane", 0)])
    clock.to(3)
    store.put([])
    store.put([])
    assert subject_keys(store) == 0
    for number in range(2):
        late = Offered(
            record(7 + number, started=datetime(2026, 1, 2, tzinfo=UTC)), (("customer", "c"),), "late", number
        )
        with closing(SQLiteStore(path)) as other:  # which looks for what is old with its first put
            other.retain("default", 30)
            other.put([late])
            assert subject_keys(other) == 1
            other.put([])
            assert subject_keys(other) == 0
    assert store.verify().fault is None


def test_keys_stay_while_a_month_that_may_need_them_is_missing(store: SQLiteStore, path: Path, clock: Clock) -> None:
    store.put([Offered(trace(1, clock), (("customer", "c"),), "lane", 0)])
    store.close()
    clock.to(2)
    store.put([Offered(trace(2, clock), (("customer", "other"),), "lane", 1)])
    assert files(path) == ["traces.db.2026-01"]
    month = path.with_name("traces.db.2026-01")
    month.rename(path.with_name("away"))
    with store._transaction() as connection:
        leave(connection, [("default", store._sealer("default").term("customer", "c"))])
    store.put([])
    assert subject_keys(store) == 2
    path.with_name("away").rename(month)
    store.put([])
    assert (subject_keys(store), sorted(numbers(store))) == (2, [1, 2])


def test_a_hold_keeps_a_month_until_it_is_lifted(store: SQLiteStore, path: Path, clock: Clock) -> None:
    store.retain("default", YEAR)
    fill(store, clock, 3)
    store.hold("customer", "c-1")
    later(store, clock, 2027, 6)
    store.put([])
    assert files(path)[0] == "traces.db.2026-01"
    assert {number % 3 for number in numbers(store) if number < 900} == {1}  # of the others nothing is left
    assert len(numbers(store)) > 3
    store.hold("customer", "c-1", lift=True)
    later(store, clock, 2027, 7, 901)
    for _ in range(4):
        store.put([])
    assert files(path) == ["traces.db.2027-06"]
    assert store.verify().fault is None


def test_another_tenants_traces_keep_a_month(store: SQLiteStore, path: Path, clock: Clock) -> None:
    store.retain("default", YEAR)
    store.put([Offered(trace(500, clock, tenant="other"), (), "theirs", 0)])
    fill(store, clock, 3)
    later(store, clock, 2027, 6)
    store.put([])
    assert files(path)[0] == "traces.db.2026-01"
    store.retain("other", YEAR)
    later(store, clock, 2027, 7, 901)
    for _ in range(4):
        store.put([])
    assert files(path) == ["traces.db.2027-06"]


def test_what_is_kept_for_less_than_months_goes_at_its_age(store: SQLiteStore, path: Path, clock: Clock) -> None:
    store.retain("default", 30)
    fill(store, clock, 1)
    clock.to(1, day=20)
    store.put([Offered(trace(50, clock), (), "late", 0)])
    later(store, clock, 2026, 2)
    clock.moment += timedelta(days=5)
    for _ in range(3):
        store.put([])
    assert files(path) == ["traces.db.2026-01"]  # for the sake of what is not yet 30 days old
    assert [trace.id for trace in store.list(100)] == ["t-00900", "t-00050"]
    verdict = store.verify()
    assert (verdict.fault, verdict.erased) == (None, 10)
    clock.moment += timedelta(days=30)
    store.put([Offered(trace(51, clock), (), "later", 0)])
    store.put([])
    store.put([])
    assert files(path) == []
    assert [trace.id for trace in store.list(100)] == ["t-00051"]
    assert store.verify().fault is None


def test_what_a_crash_left_of_a_month_is_deleted(
    store: SQLiteStore, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.retain("default", YEAR)
    fill(store, clock, 2)
    with monkeypatch.context() as patch:
        patch.setattr(Months, "delete", lambda *_: None)  # the process is gone before it deletes the file
        later(store, clock, 2027, 2)
    assert "traces.db.2026-01" in files(path)
    assert store.get("t-00003") is None
    store.put([])
    assert "traces.db.2026-01" not in files(path)
    assert "traces.db.2026-02" in files(path)


# Erasing --------------------------------------------------------------------------------------------------------


def test_a_customer_is_erased_from_all_months(store: SQLiteStore, path: Path, clock: Clock) -> None:
    fill(store, clock, 4)
    erasure = store.erase("customer", "c-1")
    assert sorted(erasure.records) == [f"t-{n:05}" for n in range(40) if n % 3 == 1]
    assert {trace.id for trace in store.list(100)} == {f"t-{n:05}" for n in range(40) if n % 3 != 1}
    assert store.list(where=Where(found_by=(("customer", "c-1"),))) == []
    verdict = store.verify()
    assert (verdict.fault, verdict.erased) == (None, 13)
    with closing(sqlite3.connect(path.with_name("traces.db.2026-01"))) as other:
        assert {len(body) for (body,) in other.execute("SELECT body FROM records WHERE id = 't-00001'")} == {33}


def test_an_erasure_that_is_cut_short_is_completed_by_another(
    store: SQLiteStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, clock, 3)
    with monkeypatch.context() as patch:
        patch.setattr(Months, "destroy", lambda *_: None)
        store.erase("customer", "c-1")
    assert store.get("t-00001") is None  # its key is gone
    assert store.verify().fault is None
    assert len(store.erase("customer", "c-1").records) == 7
    verdict = store.verify()
    assert (verdict.fault, verdict.erased) == (None, 10)


def test_a_file_of_an_older_version_is_read_and_learns_where_its_recorders_stand(
    path: Path, clock: Clock, monkeypatch: Any
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(tables, "MIGRATIONS", tables.MIGRATIONS[:4])
        patch.setattr(
            log,
            "_HEAD",
            "INSERT INTO lanes SELECT ?, ?, ? WHERE ? + ? > 0 ON CONFLICT (lane) DO UPDATE SET leaf = excluded.leaf",
        )
        patch.setattr(months, "in_order", lambda read: [])
        patch.setattr(store_module, "in_order", lambda read: [])
        patch.setattr(store_module, "start", lambda read: Start())
        patch.setattr(sealed, "state", lambda connection: (False, False))
        patch.setattr(SQLiteStore, "_unknown", lambda self, connection, rows: rows)
        patch.setattr(SQLiteStore, "_tidy", lambda self, connection: None)
        old = SQLiteStore(path)
        old.put([Offered(trace(n, clock, hidden={}), (), "lane", n) for n in range(10)])
        old.close()
    reader = SQLiteStore(path, read_only=True)
    assert (len(reader.list(100)), reader.verify().fault) == (10, None)
    reader.close()
    store = SQLiteStore(path)
    assert len(store.list(100)) == 10
    store.close()
    clock.to(2)
    store.put([Offered(trace(n, clock), (), "lane", n) for n in range(8, 12)])
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT next, last FROM lanes WHERE lane = 'lane'").fetchone() == (12, 12)
    assert store.size() == 12
    assert store.verify().fault is None
    store.close()


def test_holes_are_what_is_between(clock: Clock) -> None:
    assert holes_among([(0, 20), (3, 1), (25, 2)], 30) == [(20, 5), (27, 3)]


def test_no_text_is_in_any_file_of_a_month_in_the_clear(store: SQLiteStore, path: Path, clock: Clock) -> None:
    store.put([Offered(trace(1, clock, reply=Redacted("CANARY")), (("value", "CANARY"),), "lane", 0)])
    store.close()
    later(store, clock, 2026, 3)
    assert files(path) == ["traces.db.2026-01"]
    assert all(b"CANARY" not in file.read_bytes() for file in path.parent.iterdir() if file.is_file())
