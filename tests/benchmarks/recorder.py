"""What recording costs the bot, and how fast the store is, as ratios to something plain measured in the same run.

    python tests/benchmarks/recorder.py [--puts 20000] [--rows 100000] [--like STORE] [--json]

The bot's side: the time `Recorder.put` takes with a store that is healthy, slow (20 ms a commit), failing, hung, dead
with a spool that takes over, and on a full disk where the spool fails too, beside appending to a `deque` and calling an
empty function. Then the other steps of recording, in the same unit.
The store's side: traces a second in commits of 256 beside one commit a trace; the first page beside the first page of
a store a hundred times smaller. With --like the traces are those of another store, such as one that `explainbot demo
--store STORE` made, again and again under new ids and times, so that the bytes a record are those of real ones.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from explainbot.errors import StoreError
from explainbot.sinks import Recorder, log_event
from explainbot.stores import Store, Where
from explainbot.stores.memory import MemoryStore
from explainbot.stores.spool import Journal
from explainbot.stores.sqlite import SQLiteStore
from explainbot.trace import Lost, Offered, Redacted, SourceRef, Trace

START = datetime(2026, 1, 1, tzinfo=UTC)
REQUEST = Redacted(json.dumps({"model": "m", "messages": [{"role": "user", "content": "[EMAIL_1] " * 150}]}))
REPLY = Redacted("We wrote to [EMAIL_1]. " * 20)

Figures = dict[str, float]


def trace(number: int) -> Trace:
    """A trace with 2 KB of content, of a support bot's usual shape."""
    return Trace(
        id=f"{number:032x}",
        conversation=f"c-{number // 10}",
        started=START + timedelta(milliseconds=number),
        duration_ms=800.0,
        provider="openai",
        request_model="gpt-5-mini",
        status="ok" if number % 50 else "cut",
        request=REQUEST,
        reply=REPLY,
        hidden={"EMAIL_ADDRESS": 1},
        restored=1,
        sources=(SourceRef(id="refunds-v7", version="0123456789ab"),),
        usage={"prompt_tokens": 400, "completion_tokens": 90},
    )


def nothing(_: Trace) -> None:
    """An empty function, to compare with."""


class Slow(MemoryStore):
    """20 ms a commit."""

    def put(self, records: Sequence[Offered | Lost], /) -> None:
        time.sleep(0.02)
        super().put(records)


class Failing(MemoryStore):
    """Never takes anything."""

    def put(self, records: Sequence[Offered | Lost], /) -> None:
        raise StoreError("the disk is full; free some space")


class Dead(SQLiteStore):
    """Never takes anything, but its spool does."""

    def put(self, records: Sequence[Offered | Lost], /) -> None:
        raise StoreError("the store is locked")


class NoRoom(Journal):
    """A spool file on a full disk."""

    def keep(self, records: Sequence[Offered | Lost]) -> None:
        raise StoreError("the disk is full; free some space")


class Full(Dead):
    """Takes nothing, and neither does its spool."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        begin = self.spool.begin

        def full(lane: str) -> Journal:
            journal = begin(lane)
            journal.__class__ = NoRoom
            return journal

        self.spool.begin = full  # type: ignore[method-assign]


class Hung(MemoryStore):
    """Never comes back, until it is released."""

    def __init__(self) -> None:
        super().__init__()
        self.release = threading.Event()

    def put(self, records: Sequence[Offered | Lost], /) -> None:
        self.release.wait()


def quantiles(call: Callable[[Trace], object], traces: Sequence[Trace]) -> tuple[float, float, float]:
    """Median, 99th percentile and maximum of the time of one call, in microseconds."""
    taken = []
    clock = time.perf_counter_ns
    for one in traces:
        begun = clock()
        call(one)
        taken.append(clock() - begun)
        if len(taken) % 100 == 0:
            time.sleep(0.002)  # a bot does other work in between
    taken.sort()
    return taken[len(taken) // 2] / 1e3, taken[len(taken) * 99 // 100] / 1e3, taken[-1] / 1e3


def bots_side(puts: int, place: Path) -> dict[str, Figures]:
    """The cost of each step in the thread of the call."""
    traces = [trace(number) for number in range(puts)]
    found: dict[str, Figures] = {}
    base = 0.0

    def measure(name: str, call: Callable[[Trace], object]) -> None:
        nonlocal base
        p50, p99, longest = quantiles(call, traces)
        base = base or p50
        found[name] = {
            "p50_us": p50,
            "p99_us": p99,
            "max_us": longest,
            "p50_ratio": p50 / base,
            "p99_ratio": p99 / base,
        }

    measure("an empty function", nothing)
    measure("deque.append", deque[Trace]().append)
    stores: dict[str, Store] = {
        "healthy (SQLite)": SQLiteStore(place / "bot.db"),
        "slow": Slow(),
        "failing": Failing(),
        "hung": Hung(),
        "dead, spool takes over": Dead(place / "dead.db"),
        "full, spool too": Full(place / "full.db"),
    }
    for name, store in stores.items():
        recorder = Recorder(store, retry_seconds=0.5)
        measure(f"put, store {name}", recorder.put)
        if isinstance(store, Hung):
            store.release.set()
        recorder.close(30)
    measure("log_event, nothing configured", log_event)
    measure("Trace(...)", lambda one: trace(7))
    measure("Trace.to_json (writer thread)", Trace.to_json)
    return found


def stores_side(rows: int, place: Path, like: Sequence[Trace] = ()) -> Figures:
    """Traces a second and pages, in the thread that writes or reads."""
    small, big = SQLiteStore(place / "small.db"), SQLiteStore(place / "big.db")
    traces = [trace(number) for number in range(rows)]
    if like:
        traces = [again(like[number % len(like)], one) for number, one in enumerate(traces)]
    alone = min(300, rows // 100)
    one_by_one = rate(lambda: [small.put(offered([one], number)) for number, one in enumerate(traces[:alone])], alone)
    small.put(offered(traces[alone : rows // 100], alone))
    batches = [traces[first : first + 256] for first in range(0, rows, 256)]
    spent = time.process_time()
    together = rate(lambda: [big.put(offered(batch, 256 * number)) for number, batch in enumerate(batches)], rows)
    spent = time.process_time() - spent
    big.close()  # what is in the write-ahead log goes into the file
    middle = traces[rows // 2].id
    found = {
        "traces_a_second_one_a_commit": one_by_one,
        "traces_a_second_256_a_commit": together,
        "traces_a_cpu_second": rows / spent,
        "commit_ratio": together / one_by_one,
        "bytes_a_trace": sum((place / f"big.db{part}").stat().st_size for part in ("", ".keys")) / rows,
    }
    pages: dict[str, Callable[[SQLiteStore], object]] = {
        "first": lambda store: store.list(50),
        "deep": lambda store: store.list(50, before=middle if store is big else trace(rows // 200).id),
        "conversation": lambda store: store.list(50, where=Where(conversation="c-7")),
        "status": lambda store: store.list(50, where=Where(status="cut")),
        "value": lambda store: store.list(50, where=Where(found_by=(("value", "v-7-0"),))),
        "get": lambda store: store.get(trace(5).id),
    }
    for name, page in pages.items():
        few, many = (best(lambda store=store, page=page: page(store)) for store in (small, big))
        found[f"{name}_ms"] = many * 1e3
        found[f"{name}_ratio_to_{rows // 100}_rows"] = many / few
    found["verified_a_second"] = rate(big.verify, rows)
    begun = time.perf_counter()
    erased = big.erase("customer", "c-7", tenant=traces[0].tenant)
    found["erase_ms"] = (time.perf_counter() - begun) * 1e3
    found["traces_erased"] = len(erased.records)
    small.close()
    big.close()
    return found


def again(like: Trace, new: Trace) -> Trace:
    """A trace like another one, with the id, the start and the conversation of a new one."""
    explanation = like.explanation
    if explanation is not None:
        text = explanation.replace(like.id, new.id)
        explanation = Redacted(text.replace(_written(like.started), _written(new.started)))
    fields = {"id": new.id, "started": new.started, "conversation": new.conversation, "explanation": explanation}
    return like.model_copy(update=fields)


def _written(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def offered(traces: Sequence[Trace], first: int = 0) -> list[Offered]:
    """The traces as one recorder offers them, each of a customer and found by each value that was hidden in it."""
    found = []
    for number, one in enumerate(traces, first):
        values = [("value", f"v-{number}-{place}") for place in range(sum(one.hidden.values()))]
        found.append(Offered(one, (("customer", f"c-{number % 500}"), *values), "lane", number))
    return found


def taken(like: str | None) -> list[Trace]:
    """The traces of another store."""
    if like is None:
        return []
    store = SQLiteStore(like, read_only=True)
    traces = store.list(1_000)
    store.close()
    return traces


def rate(work: Callable[[], object], count: int) -> float:
    begun = time.perf_counter()
    work()
    return count / (time.perf_counter() - begun)


def best(work: Callable[[], object], rounds: int = 7) -> float:
    """The shortest of several runs, in seconds."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--puts", type=int, default=20_000)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--like", metavar="STORE")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        bot = bots_side(options.puts, Path(place))
        store = stores_side(options.rows, Path(place), taken(options.like))
    if options.json:
        print(json.dumps({"bot": bot, "store": store}, indent=2))
        return
    print(f"{'in the bot, us':32} {'p50':>8} {'p99':>8} {'max':>9} {'p50 x':>7} {'p99 x':>7}   (x = an empty function)")
    for name, row in bot.items():
        print(f"{name:32} " + "{:8.2f} {:8.2f} {:9.1f} {:7.1f} {:7.1f}".format(*row.values()))
    print(f"\nstore, {options.rows} traces")
    for name, value in store.items():
        print(f"{name:38} {value:12.2f}")


if __name__ == "__main__":
    main()
