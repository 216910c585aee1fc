"""The recorder takes traces without holding up the bot, and says what it could not keep."""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from records import FailingStore, GatedStore, python, record, records

from explainbot.errors import StoreError
from explainbot.sinks import Recorder
from explainbot.sinks import recorder as recorder_module
from explainbot.sinks.recorder import BATCH
from explainbot.sinks.tally import OVERHEAD, weight
from explainbot.stores import Store
from explainbot.stores.memory import MemoryStore
from explainbot.stores.sqlite import SQLiteStore
from explainbot.trace import Redacted, SourceRef, Trace


@pytest.fixture
def make_recorder() -> Iterator[Callable[..., Recorder]]:
    """A function that makes a recorder, which is closed at the end."""
    made: list[Recorder] = []

    def make(store: Store, **options: float) -> Recorder:
        made.append(Recorder(store, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for recorder in made:
        if isinstance(recorder.store, GatedStore):
            recorder.store.gate.set()
        recorder.close()


Make = Callable[..., Recorder]


def adds_up(recorder: Recorder) -> bool:
    stats = recorder.stats()
    return stats.offered == stats.stored + stats.dropped + stats.failed + stats.waiting


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, "it did not happen within 20 seconds"
        time.sleep(0.001)


# Writing --------------------------------------------------------------------------------------------------------


def test_what_was_put_is_in_the_store_after_a_flush(make_recorder: Make) -> None:
    recorder = make_recorder(MemoryStore())
    for trace in records(1_000):
        recorder.put(trace)
    assert recorder.flush()
    assert len(recorder.store.list(2_000)) == 1_000
    stats = recorder.stats()
    assert (stats.offered, stats.stored, stats.waiting, stats.waiting_bytes) == (1_000, 1_000, 0, 0)


def test_it_is_written_without_a_flush_too(make_recorder: Make) -> None:
    recorder = make_recorder(MemoryStore())
    recorder.put(record(1))
    wait_until(lambda: recorder.store.get("t-00001") is not None)
    assert recorder.store.get("t-00001") == record(1)


@pytest.mark.parametrize("waits", ["flush", "commit", "close"])
def test_whoever_waits_does_not_wait_for_more_traces_to_come(
    make_recorder: Make, monkeypatch: pytest.MonkeyPatch, waits: str
) -> None:
    monkeypatch.setattr(recorder_module, "GATHER_SECONDS", 3_600.0)
    recorder = make_recorder(MemoryStore())
    recorder.put(record(1))
    wait_until(recorder._queue.empty)  # the writer has it, and waits for more
    if waits == "commit":
        assert recorder.commit(record(2), timeout=20).wait()
    else:
        assert getattr(recorder, waits)(20)
    assert recorder.stats().waiting == 0


def test_what_comes_soon_after_goes_in_the_same_commit(make_recorder: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder_module, "GATHER_SECONDS", 3_600.0)
    store = GatedStore()
    store.gate.set()
    recorder = make_recorder(store)
    recorder.put(record(0))
    wait_until(recorder._queue.empty)
    recorder.put(record(1))
    recorder.put(record(2))
    assert recorder.flush(20)
    assert store.batches == [3]


def test_no_thread_runs_before_the_first_trace(make_recorder: Make) -> None:
    before = threading.active_count()
    recorder = make_recorder(MemoryStore())
    assert recorder.flush()
    assert threading.active_count() == before
    recorder.put(record(1))
    assert threading.active_count() == before + 1
    recorder.put(record(2))
    assert threading.active_count() == before + 1
    recorder.close()
    assert threading.active_count() == before


def test_what_comes_while_the_store_is_busy_goes_in_one_commit(make_recorder: Make) -> None:
    store = GatedStore()
    recorder = make_recorder(store)
    recorder.put(record(0))
    assert store.entered.wait(20)
    for trace in records(601)[1:]:
        recorder.put(trace)
    store.gate.set()
    assert recorder.flush(20)
    assert store.batches == [1, BATCH, BATCH, 600 - 2 * BATCH]


def put_by_eight_threads(recorder: Recorder, count: int) -> None:
    """`count` traces from each, all at once."""

    def work(first: int) -> None:
        for number in range(first, first + count):
            recorder.put(record(number))

    threads = [threading.Thread(target=work, args=(number * 1_000,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_eight_threads_put_and_every_trace_arrives_once(make_recorder: Make, tmp_path: Path) -> None:
    recorder = make_recorder(SQLiteStore(tmp_path / "traces.db"))

    put_by_eight_threads(recorder, 200)
    assert recorder.flush(20)
    assert len(recorder.store.list(5_000)) == 1_600
    assert recorder.stats().stored == 1_600
    assert recorder.stats().waiting_bytes == 0


def test_a_closed_recorder_starts_again_with_the_next_trace(make_recorder: Make) -> None:
    recorder = make_recorder(MemoryStore())
    for number in range(3):
        recorder.put(record(number))
        assert recorder.close()
        assert recorder.close()
    assert len(recorder.store.list()) == 3


def test_a_put_inside_a_put_does_not_lock_up(make_recorder: Make) -> None:
    """The garbage collector may finish an abandoned stream, and so put its trace, at any point of another put."""

    class Abandoned:
        def __init__(self, trace: Trace) -> None:
            self.trace = trace
            self.circle = self

        def __del__(self) -> None:
            recorder.put(self.trace)

    recorder = make_recorder(MemoryStore(max_traces=5_000))
    threshold = gc.get_threshold()
    gc.set_threshold(1)
    try:
        for number in range(300):
            Abandoned(record(number))
            recorder.put(record(1_000 + number))
    finally:
        gc.set_threshold(*threshold)
    gc.collect()
    assert recorder.flush(20)
    assert len(recorder.store.list(5_000)) == 600
    assert recorder.stats().waiting_bytes == 0


def test_a_put_inside_the_lock_of_a_put_does_not_lock_up(make_recorder: Make) -> None:
    class Interrupted:
        """The recorder's own lock; another put comes in between as soon as it is held."""

        def __init__(self) -> None:
            self.lock, self.done = recorder._tally.lock, False

        def __enter__(self) -> None:
            self.lock.acquire()
            if not self.done:
                self.done = True
                recorder.put(record(1))

        def __exit__(self, *_: object) -> None:
            self.lock.release()

    recorder = make_recorder(MemoryStore())
    recorder._tally.lock = Interrupted()  # type: ignore[assignment]
    thread = threading.Thread(target=recorder.put, args=(record(2),), daemon=True)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()
    assert recorder.flush(20)
    assert recorder.stats().stored == 2


# Bounds ---------------------------------------------------------------------------------------------------------


def test_when_too_many_wait_the_newest_is_dropped_counted_and_said_once(
    make_recorder: Make, caplog: pytest.LogCaptureFixture
) -> None:
    store = GatedStore()
    recorder = make_recorder(store, max_records=10)
    for trace in records(25):
        recorder.put(trace)
    assert recorder.dropped == 15
    assert recorder.stats().waiting == 10
    said = [entry.message for entry in caplog.records if entry.name == "explainbot"]
    assert len(said) == 1
    assert "explainbot.traces_lost" in said[0]
    assert "more than 10 traces" in said[0]
    store.gate.set()
    assert recorder.flush(20)
    assert sorted(trace.id for trace in store.list()) == [f"t-{number:05}" for number in range(10)]
    recorder.put(record(99))
    assert recorder.flush(20)
    assert recorder.stats().stored == 11
    assert recorder.stats().offered == 26


def test_when_too_many_bytes_wait_the_newest_is_dropped(make_recorder: Make) -> None:
    store = GatedStore()
    recorder = make_recorder(store, max_bytes=1_000_000)
    for number in range(20):
        recorder.put(record(number, reply=Redacted("x" * 100_000)))
    stats = recorder.stats()
    assert stats.waiting == 9
    assert stats.dropped == 11
    assert stats.waiting_bytes <= 1_000_000
    recorder.put(record(99, request=None, reply=None))
    assert recorder.stats().waiting == 10
    store.gate.set()
    assert recorder.flush(20)
    assert recorder.stats().waiting_bytes == 0


def test_what_is_being_written_counts_as_waiting(make_recorder: Make) -> None:
    store = GatedStore()
    recorder = make_recorder(store, max_records=3)
    recorder.put(record(0))
    assert store.entered.wait(20)
    for number in range(1, 5):
        recorder.put(record(number))
    assert (recorder.stats().waiting, recorder.dropped) == (3, 2)


@pytest.mark.parametrize("text", ["", "a" * 10_000, "é" * 10_000, "中" * 10_000, "😀" * 10_000])
def test_a_trace_weighs_what_its_text_takes(text: str) -> None:
    content = weight(record(request=Redacted(text), reply=None)) - OVERHEAD
    assert len(text) <= content <= 4 * len(text) + 100


def test_what_was_counted_in_is_counted_out(tmp_path: Path) -> None:
    """A text takes more memory once it was encoded; the queue's bound holds only if that does not count."""
    recorder = Recorder(SQLiteStore(tmp_path / "traces.db"))
    for number in range(20):
        recorder.put(record(number, request=Redacted("é" * 10_000), reply=Redacted("a" * 10_000)))
    assert recorder.flush()
    assert recorder.stats().waiting_bytes == 0
    recorder.close()


def test_the_estimated_weight_is_near_the_real_one() -> None:
    import tracemalloc

    def make(number: int) -> Trace:
        sources = tuple(SourceRef(id=f"s-{number}-{part}", version=f"{number:012}") for part in range(5))
        return record(number, request=Redacted(f"{number:06} é" * 200), conversation=f"c-{number}", sources=sources)

    make(0)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        kept = [make(number) for number in range(500)]
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert 0.6 < sum(map(weight, kept)) / taken < 1.6


def test_bounds_hold_with_eight_threads(make_recorder: Make) -> None:
    store = GatedStore()
    recorder = make_recorder(store, max_records=100)

    put_by_eight_threads(recorder, 100)
    assert recorder.stats().waiting == 100
    assert recorder.dropped == 700
    assert recorder.stats().offered == 800


# A store that fails ---------------------------------------------------------------------------------------------


def test_a_store_that_fails_twice_is_tried_again(make_recorder: Make, caplog: pytest.LogCaptureFixture) -> None:
    recorder = make_recorder(FailingStore(2))
    recorder.put(record(1))
    assert recorder.flush(20)
    assert recorder.stats().stored == 1
    assert caplog.records == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (StoreError("the disk is full; free some space"), "free some space"),
        (ValueError("CANARY"), "ValueError"),
        (SystemExit(3), "SystemExit"),
    ],
)
def test_a_store_that_keeps_failing_is_given_up_counted_and_said_once(
    make_recorder: Make, caplog: pytest.LogCaptureFixture, error: BaseException, said: str
) -> None:
    store = FailingStore(float("inf"), error)
    recorder = make_recorder(store, retry_seconds=0.05)
    for number in range(4):
        recorder.put(record(number))
        assert recorder.flush(20)
    assert recorder.stats().failed == 4
    assert recorder.stats().waiting_bytes == 0
    messages = [entry.message for entry in caplog.records]
    assert len(messages) == 1
    assert said in messages[0]
    assert "CANARY" not in caplog.text
    store.left = 0
    recorder.put(record(9))
    assert recorder.flush(20)
    assert recorder.stats().stored == 1


def test_while_the_store_is_down_each_batch_is_tried_once(make_recorder: Make) -> None:
    store = FailingStore(float("inf"))
    recorder = make_recorder(store, retry_seconds=0.2)
    recorder.put(record(0))
    assert recorder.flush(20)
    first = store.tries
    assert first > 1
    for number in range(1, 4):
        recorder.put(record(number))
        assert recorder.flush(20)
    assert store.tries == first + 3


def test_a_store_that_hangs_holds_up_flush_and_close_for_the_given_time_only(
    make_recorder: Make, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = make_recorder(GatedStore())
    recorder.put(record(1))
    assert not recorder.flush(0.01)
    assert not recorder.close(0.01)
    assert "did not take them within 0.01 seconds" in caplog.text
    assert adds_up(recorder)


def test_closing_does_not_wait_for_the_next_retry(make_recorder: Make) -> None:
    recorder = make_recorder(FailingStore(float("inf")), retry_seconds=1_000)
    recorder.put(record(1))
    assert recorder.close(20)
    assert recorder.stats().failed == 1


def test_a_store_that_cannot_be_closed_does_not_reach_the_bot(make_recorder: Make) -> None:
    class Unclosable(MemoryStore):
        def close(self) -> None:
            raise OSError("no")

    recorder = make_recorder(Unclosable())
    recorder.put(record(1))
    assert recorder.close()


def test_put_comes_back_while_the_store_hangs(make_recorder: Make) -> None:
    recorder = make_recorder(GatedStore(), max_records=10)
    done = threading.Event()

    def work() -> None:
        for trace in records(50):
            recorder.put(trace)
        done.set()

    threading.Thread(target=work).start()
    assert done.wait(20)


def test_where_no_thread_can_be_started_a_flush_writes_by_itself(
    make_recorder: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't create new thread at interpreter shutdown")

    recorder = make_recorder(MemoryStore())
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        for trace in records(300):
            recorder.put(trace)
        assert recorder.flush()
        assert recorder.stats().stored == 300
        recorder.put(record(999))
        assert recorder.close()
    assert recorder.stats().stored == 301


def test_a_broken_log_does_not_keep_a_trace_out(make_recorder: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(logging.Handler):
        def emit(self, entry: logging.LogRecord) -> None:
            raise RuntimeError("no")

    handler = Broken()
    logging.getLogger("explainbot").addHandler(handler)
    try:
        store = GatedStore()
        recorder = make_recorder(store, max_records=1)
        recorder.put(record(1))
        recorder.put(record(2))
        store.gate.set()
        assert recorder.flush(20)
        assert (recorder.dropped, recorder.stats().stored) == (1, 1)
    finally:
        logging.getLogger("explainbot").removeHandler(handler)


def test_what_came_last_is_vouched_for_although_nothing_comes_after_it(
    tmp_path: Path, make_recorder: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "VOUCH_SECONDS", 0.02)
    store = SQLiteStore(tmp_path / "traces.db")
    recorder = make_recorder(store)
    for number in range(2):
        recorder.put(record(number))
        assert recorder.flush(20)
        deadline = time.monotonic() + 20
        while store.verify().vouched <= number:
            assert time.monotonic() < deadline
            time.sleep(0.01)
    time.sleep(0.1)
    assert len(store.notes()) == 2  # and none for nothing


# The end of the process, and forks ------------------------------------------------------------------------------

START = (
    "import sys, os, threading\n"
    "from records import record\n"
    "from explainbot.sinks import Recorder\n"
    "from explainbot.stores.sqlite import SQLiteStore\n"
    "recorder = Recorder(SQLiteStore(sys.argv[1]))\n"
)

ENDS: Sequence[tuple[str, str, int, int]] = [
    ("the end of the script", "recorder.put(record(1))", 1, 0),
    ("many at the end", "for n in range(3000): recorder.put(record(n))", 3_000, 0),
    ("sys.exit", "recorder.put(record(1)); sys.exit(3)", 1, 3),
    ("an exception", "recorder.put(record(1)); raise SystemError('x')", 1, 1),
    ("a KeyboardInterrupt", "recorder.put(record(1)); raise KeyboardInterrupt", 1, -2),
    (
        "SIGTERM",
        "import signal\nfor n in range(2000): recorder.put(record(n))\nsignal.raise_signal(signal.SIGTERM)",
        2_000,
        -15,
    ),
    (
        "a SIGTERM that the bot handles",
        "import signal\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(5))\n"
        "other = Recorder(recorder.store)\nrecorder.put(record(1))\nsignal.raise_signal(signal.SIGTERM)",
        1,
        5,
    ),
    (
        "sys.exit in a thread",
        "def work():\n    recorder.put(record(1)); sys.exit(4)\nthreading.Thread(target=work).start()",
        1,
        0,
    ),
    (
        "a thread that outlives the main one",
        "import time\n"
        "def work():\n    time.sleep(0.2); recorder.put(record(1))\n"
        "threading.Thread(target=work).start(); recorder.put(record(2))",
        2,
        0,
    ),
    (
        "an exit handler of the bot's that records",
        "import atexit; atexit.register(lambda: recorder.put(record(1)))",
        1,
        0,
    ),
    ("close before the end", "recorder.put(record(1)); recorder.close(); recorder.put(record(2))", 2, 0),
    (
        "an event loop that is cancelled",
        "import asyncio\n"
        "async def work():\n    recorder.put(record(1)); raise asyncio.CancelledError\n"
        "try: asyncio.run(work())\nexcept BaseException: pass",
        1,
        0,
    ),
    (
        "a child process of multiprocessing",
        "import multiprocessing, warnings\n"
        "warnings.simplefilter('ignore', DeprecationWarning)\n"
        "def work():\n    recorder.put(record(1))\n"
        "recorder.put(record(2))\n"
        "child = multiprocessing.get_context('fork').Process(target=work)\n"
        "child.start(); child.join()",
        2,
        0,
    ),
    (
        "a fork after traces were queued",
        "import warnings\n"
        "warnings.simplefilter('ignore', DeprecationWarning)\n"
        "for n in range(50): recorder.put(record(n))\n"
        "pid = os.fork()\n"
        "recorder.put(record(100 if pid else 200))\n"
        "assert recorder.stats().offered == (51 if pid else 1)\n"
        "if pid: assert os.waitpid(pid, 0)[1] == 0",
        52,
        0,
    ),
    (
        "eight forks while a thread records",
        "import warnings\n"
        "warnings.simplefilter('ignore', DeprecationWarning)\n"
        "def work():\n    for n in range(1000): recorder.put(record(n))\n"
        "thread = threading.Thread(target=work); thread.start()\n"
        "pids = []\n"
        "for child in range(8):\n"
        "    pid = os.fork()\n"
        "    if pid == 0:\n"
        "        recorder.put(record(2000 + child)); assert recorder.flush(20); os._exit(0)\n"
        "    pids.append(pid)\n"
        "thread.join()\n"
        "assert [os.waitpid(pid, 0)[1] for pid in pids] == [0] * 8",
        1_008,
        0,
    ),
]


@pytest.mark.parametrize(("code", "kept", "status"), [end[1:] for end in ENDS], ids=[end[0] for end in ENDS])
def test_no_trace_is_lost_at(tmp_path: Path, code: str, kept: int, status: int) -> None:
    path = tmp_path / "traces.db"
    result = python(START + code, path)
    assert result.returncode == status, result.stderr
    store = SQLiteStore(path, read_only=True)
    assert len(store.list(10_000)) == kept, result.stderr
    store.close()


def test_sigterm_is_heeded_where_the_recorder_was_made_in_a_thread(tmp_path: Path) -> None:
    """As in a server that answers in worker threads, and ends itself by the signal once it has closed its sockets."""
    result = python(
        "import signal, sys, threading\n"
        "from pathlib import Path\n"
        "from records import record\n"
        "from explainbot import Settings\n"
        "from explainbot.engine import Engine\n"
        "engine = Engine(Settings(store_path=Path(sys.argv[1])))\n"
        "thread = threading.Thread(target=lambda: [engine.record(record(n)) for n in range(500)])\n"
        "thread.start(); thread.join()\n"
        "signal.raise_signal(signal.SIGTERM)\n",
        tmp_path / "traces.db",
    )
    assert result.returncode == -15, result.stderr
    store = SQLiteStore(tmp_path / "traces.db")
    assert len(store.list(1_000)) == 500
    store.close()


def test_a_trace_put_by_an_exit_handler_that_runs_after_ours_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "traces.db"
    late = "import atexit\natexit.register(lambda: (recorder.put(record(1)), recorder.put(record(2))))\n"
    result = python(late + START, path)
    assert result.returncode == 0, result.stderr
    store = SQLiteStore(path, read_only=True)
    assert len(store.list()) == 2, result.stderr
    store.close()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise StoreError('the disk is full')", "the disk is full"),
        ("time.sleep(600)", "within"),
    ],
    ids=["failing", "hanging"],
)
def test_a_store_that_does_not_work_holds_up_the_exit_for_a_bounded_time(body: str, said: str) -> None:
    code = (
        "import time\n"
        "from records import record\n"
        "from explainbot.errors import StoreError\n"
        "from explainbot.sinks import Recorder, lifetime as module\n"
        "from explainbot.stores.memory import MemoryStore\n"
        "module.EXIT_SECONDS = 0.3\n"
        "class Bad(MemoryStore):\n"
        f"    def put(self, traces): {body}\n"
        "recorder = Recorder(Bad(), retry_seconds=600)\n"
        "recorder.put(record(1))\n"
    )
    result = python(code)
    assert result.returncode == 0
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_killed_after_a_flush_everything_put_before_is_there(tmp_path: Path) -> None:
    path = tmp_path / "traces.db"
    result = python(
        START
        + "import signal\n"
        + "for n in range(1000): recorder.put(record(n))\n"
        + "assert recorder.flush(20)\n"
        + "for n in range(1000, 2000): recorder.put(record(n))\n"
        + "os.kill(os.getpid(), signal.SIGKILL)\n",
        path,
    )
    assert result.returncode == -9
    store = SQLiteStore(path)
    kept = sorted(int(trace.id[2:]) for trace in store.list(10_000))
    assert kept[:1_000] == list(range(1_000))
    assert kept == list(range(len(kept)))  # of the others a beginning, without holes
    store.close()


def test_a_recorder_that_was_never_used_leaves_nothing_behind(tmp_path: Path) -> None:
    result = python(START, tmp_path / "new" / "traces.db")
    assert (result.returncode, result.stderr) == (0, "")
    assert not (tmp_path / "new").exists()
