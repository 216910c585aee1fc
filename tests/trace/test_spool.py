"""While the store fails its records wait, encrypted, in a file; and what a killed process took along is told."""

from __future__ import annotations

import os
import signal
import stat
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import NOON, offered, python, record, records

from explainbot.errors import StoreError
from explainbot.sinks import Recorder, delivery
from explainbot.stores import Where
from explainbot.stores.recovery import holes_among, recover
from explainbot.stores.spool import PAGE
from explainbot.stores.sqlite import SQLiteStore
from explainbot.trace import Lost, Offered


class Breakable(SQLiteStore):
    """A store that fails when the test says so."""

    broken = False
    dies_after: int | None = None

    def put(self, records: Sequence[Offered | Lost], /) -> None:
        if self.broken:
            raise StoreError("the disk is full; free some space")
        super().put(records)
        if self.dies_after is not None and records:
            self.dies_after -= 1
            if self.dies_after < 0:
                raise StoreError("it was put, and then the connection was gone")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Breakable]:
    monkeypatch.setattr(delivery, "PROBE_SECONDS", 0.02)
    store = Breakable(tmp_path / "traces.db")
    yield store
    store.close()


@pytest.fixture
def recorder(store: Breakable) -> Iterator[Recorder]:
    recorder = Recorder(store)
    yield recorder
    store.broken, store.dies_after = False, None
    recorder.close()


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, "it did not happen within 20 seconds"
        time.sleep(0.005)


def ids(store: SQLiteStore) -> list[str]:
    return sorted(trace.id for trace in store.list(10_000))


def test_what_the_store_does_not_take_waits_in_the_spool_and_comes_in_once(
    store: Breakable, recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    recorder.put(record(0))
    assert recorder.flush(20)
    store.broken = True
    for trace in records(600)[1:]:
        recorder.put(trace, [("customer", "c-1")])
    assert recorder.flush(20)
    assert (recorder.stats().spooled, recorder.stats().failed, len(ids(store))) == (599, 0, 1)
    assert [entry.message for entry in caplog.records if "spooled" in entry.message] != []
    store.broken = False
    wait_until(lambda: recorder.stats().spooled == 0)
    assert ids(store) == [f"t-{number:05}" for number in range(600)]
    assert len(store.list(1_000, where=Where(found_by=(("customer", "c-1"),)))) == 599
    assert recorder.stats().stored == 600
    assert store.verify().fault is None


def test_later_traces_queue_up_behind_the_spool(store: Breakable, recorder: Recorder) -> None:
    store.broken = True
    recorder.put(record(0))
    assert recorder.flush(20)
    store.broken = False
    for trace in records(50)[1:]:
        recorder.put(trace)
        recorder.flush(20)
    wait_until(lambda: recorder.stats().spooled == 0)
    assert [row.number for _, row, _ in store.rows()] == list(range(50))


def test_a_replay_that_is_cut_short_is_done_again_without_duplicates(store: Breakable, recorder: Recorder) -> None:
    store.broken = True
    for number in range(5):
        recorder.put(record(number))
        assert recorder.flush(20)
    store.dies_after, store.broken = 2, False
    wait_until(lambda: store.dies_after == -2)
    store.dies_after = None
    wait_until(lambda: recorder.stats().spooled == 0)
    assert ids(store) == [f"t-{number:05}" for number in range(5)]
    verdict = store.verify()
    assert (verdict.fault, verdict.records, verdict.lost) == (None, 5, 0)


def test_the_spool_shows_nothing_and_is_for_its_owner_only(store: Breakable, recorder: Recorder) -> None:
    store.broken = True
    recorder.put(record(1), [("value", "jane.doe@example.com")])
    assert recorder.flush(20)
    [file] = store.spool.files()
    content = file.read_bytes()
    assert len(content) > PAGE
    for canary in (b"jane.doe", b"We wrote", b"EMAIL", b"t-00001"):
        assert canary not in content
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_spool_file_that_was_taken_away_is_made_anew(store: Breakable, recorder: Recorder) -> None:
    store.broken = True
    recorder.put(record(1))
    assert recorder.flush(20)
    [file] = store.spool.files()
    file.unlink()
    recorder.put(record(2))
    assert recorder.flush(20)
    assert (recorder.stats().spooled, recorder.stats().failed) == (1, 0)
    store.broken = False
    wait_until(lambda: recorder.stats().spooled == 0)
    assert ids(store) == ["t-00002"]


def test_a_store_that_fails_slowly_is_left_alone_for_longer(
    store: Breakable, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "REST", 1_000)
    tries = 0

    def slowly(records: Sequence[Offered | Lost], /) -> None:
        nonlocal tries
        tries += 1
        time.sleep(0.05)
        raise StoreError("another process has kept it locked")

    monkeypatch.setattr(store, "put", slowly)
    for number in range(50):
        recorder.put(record(number))
        assert recorder.flush(20)
        time.sleep(0.01)
    assert tries <= 2  # one batch, and what an earlier process may have left
    assert recorder.stats().spooled == 50


def test_a_recorder_that_is_closed_leaves_no_file(store: Breakable) -> None:
    recorder = Recorder(store)
    recorder.put(record(1))
    assert recorder.flush(20)
    assert len(store.spool.files()) == 1
    recorder.close()
    assert store.spool.files() == []


def test_a_file_that_was_left_is_brought_in_by_the_next_recorder(store: Breakable) -> None:
    recorder = Recorder(store)
    store.broken = True
    recorder.put(record(1))
    recorder.close()
    assert len(store.spool.files()) == 1
    store.broken = False
    other = Recorder(store)
    other.put(record(2))
    assert other.flush(20)
    assert ids(store) == ["t-00001", "t-00002"]
    other.close()
    assert store.spool.files() == []
    assert store.verify().fault is None


def test_a_file_of_a_recorder_that_runs_is_left_alone(store: Breakable, recorder: Recorder) -> None:
    store.broken = True
    recorder.put(record(1))
    assert recorder.flush(20)
    store.broken = False
    wait_until(lambda: recorder.stats().spooled == 0)
    assert list(store.spool.left()) == []
    recover(store)
    assert len(store.spool.files()) == 1


@pytest.mark.parametrize("cut", [1, 3, 40])
def test_a_frame_that_was_cut_by_a_crash_ends_the_file(store: Breakable, cut: int) -> None:
    journal = store.spool.begin("lane")
    journal.tell(3)
    journal.keep(offered(records(2)))
    journal.keep(offered([record(2)], first=2))
    os.truncate(journal.path, journal.path.stat().st_size - cut)
    assert [len(frame) for frame in journal.frames()] == [2]
    journal.close(remove=False)
    recover(store)
    assert ids(store) == ["t-00000", "t-00001"]
    verdict = store.verify()
    assert (verdict.fault, verdict.lost) == (None, 1)


def test_a_changed_or_moved_frame_is_not_brought_in(store: Breakable) -> None:
    journal = store.spool.begin("lane")
    journal.keep(offered([record(1)]))
    content = bytearray(journal.path.read_bytes())
    content[-1] ^= 1
    journal.path.write_bytes(content)
    assert list(journal.frames()) == []
    journal.close(remove=True)


def test_a_gap_goes_through_the_spool_as_it_is(store: Breakable) -> None:
    journal = store.spool.begin("lane")
    lost = Lost("lane", 4, 17, "queue full", NOON)
    journal.keep([lost, *offered([record(1)], first=21)])
    assert next(journal.frames()) == [lost, *offered([record(1)], first=21)]
    journal.close(remove=True)


def test_a_trace_with_plain_text_gets_into_no_spool(store: Breakable, recorder: Recorder) -> None:
    store.broken = True
    recorder.put(record(2).model_copy(update={"reply": "jane.doe@example.com"}))
    assert recorder.flush(20)
    assert (recorder.stats().failed, recorder.stats().spooled) == (1, 0)


def test_under_another_key_the_file_stays_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLAINBOT_KEY", "A" * 43 + "=")
    SQLiteStore(tmp_path / "traces.db").spool.begin("lane").close(remove=False)
    monkeypatch.setenv("EXPLAINBOT_KEY", "B" * 42 + "A=")
    assert list(SQLiteStore(tmp_path / "traces.db").spool.left()) == []
    assert len(SQLiteStore(tmp_path / "traces.db").spool.files()) == 1


def test_erasing_brings_in_what_was_left_and_erases_it_too(store: Breakable) -> None:
    journal = store.spool.begin("lane")
    journal.tell(1)
    journal.keep([Offered(record(1), (("customer", "c-1"),), "lane", 0)])
    journal.close(remove=False)
    assert store.erase("customer", "c-1").records == ("t-00001",)
    assert store.spool.files() == []


# A process that is killed ---------------------------------------------------------------------------------------


def test_what_a_killed_process_took_along_is_told_by_a_gap(tmp_path: Path) -> None:
    path = tmp_path / "traces.db"
    result = python(
        "import os, signal, sys, threading\n"
        "from records import record\n"
        "from explainbot.sinks import Recorder\n"
        "from explainbot.stores.sqlite import SQLiteStore\n"
        "class Slow(SQLiteStore):\n"
        "    def put(self, records):\n"
        "        super().put(records)\n"
        "        if len(records) == 1: done.set()\n"
        "        else: threading.Event().wait()\n"
        "done = threading.Event()\n"
        "recorder = Recorder(Slow(sys.argv[1]))\n"
        "recorder.put(record(0))\n"
        "done.wait()\n"
        "for number in range(1, 1000): recorder.put(record(number))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n",
        path,
    )
    assert result.returncode == -signal.SIGKILL, result.stderr
    store = SQLiteStore(path)
    before = len(store.list(10_000))
    assert 1 <= before < 1_000
    recover(store)
    verdict = store.verify()
    assert (verdict.fault, verdict.lost, verdict.records) == (None, 1_000 - before, before + 1)
    recover(store)
    assert store.verify().lost == 1_000 - before
    assert store.spool.files() == []
    store.close()


def test_a_fork_does_not_hold_the_parents_file(tmp_path: Path) -> None:
    result = python(
        "import os, sys, warnings\n"
        "warnings.simplefilter('ignore', DeprecationWarning)\n"
        "from records import record\n"
        "from explainbot.sinks import Recorder\n"
        "from explainbot.stores.sqlite import SQLiteStore\n"
        "store = SQLiteStore(sys.argv[1]); recorder = Recorder(store)\n"
        "recorder.put(record(0)); recorder.flush(20)\n"
        "told, tell = os.pipe()\n"
        "if os.fork() == 0:\n"
        "    os.read(told, 1)\n"
        "    assert len(list(store.spool.left())) == 1\n"
        "    os.close(1); os._exit(0)\n"
        "recorder._delivery.abandon(); os.write(tell, b'x')\n"
        "print(os.waitstatus_to_exitcode(os.wait()[1]))\n",
        tmp_path / "traces.db",
    )
    assert result.stdout == "0\n", result.stderr


@given(st.lists(st.booleans(), max_size=40), st.integers(0, 45))
def test_holes_are_what_is_missing(there: list[bool], offered: int) -> None:
    taken = [(number, 1) for number, kept in enumerate(there) if kept]
    missing = {number for first, count in holes_among(taken, offered) for number in range(first, first + count)}
    last = max([number + 1 for number, _ in taken], default=0)
    assert missing == set(range(max(offered, last))) - {number for number, _ in taken}


# Waiting until a trace is durable -------------------------------------------------------------------------------


def test_a_receipt_comes_when_the_trace_is_durable(store: Breakable, recorder: Recorder) -> None:
    assert recorder.commit(record(1)).wait()
    assert ids(store) == ["t-00001"]
    store.broken = True
    assert recorder.commit(record(2)).wait()
    assert recorder.stats().spooled == 1


def test_a_receipt_does_not_come_for_what_is_lost_or_late(
    store: Breakable, recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    gate = threading.Event()
    store.put = lambda records: gate.wait(20)  # type: ignore[method-assign, assignment]
    assert not recorder.commit(record(1), timeout=0.01).wait()
    assert "late" in caplog.text
    recorder.max_records = 0
    assert not recorder.commit(record(2), timeout=20).wait()
    assert "lost" in caplog.text
    gate.set()
    assert recorder.flush(20)
