"""Kills a process that records, again and again, and accounts for every trace it was given.

    python tests/benchmarks/crashes.py [--kills 200] [--months] [--postgres [--crashes 20]]

A child offers traces, a tenth of them waiting for their receipt, and the store fails now and then so that the spool
takes over. It writes down what it offers and what was acknowledged, in shared memory. It is killed with SIGKILL after a
random time, and the next one starts on the same store. At the end each trace that was acknowledged must be there, none
twice, and each other trace must be there or be counted by a gap. With --postgres the log is in a server of its own,
which crashes too (`pg_ctl stop -m immediate`) and comes back. With --months the child's clock runs so fast that a month
takes a fifth of a second, so that it is killed while records move into the files of their months.
"""

from __future__ import annotations

import argparse
import mmap
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from postgres import Postgres  # noqa: E402
from records import record  # noqa: E402

from explainbot.sinks import Recorder, delivery  # noqa: E402
from explainbot.stores import checkpoints  # noqa: E402
from explainbot.stores.postgres import PostgresStore  # noqa: E402
from explainbot.stores.recovery import recover  # noqa: E402
from explainbot.stores.sealed import SealedStore  # noqa: E402
from explainbot.stores.sqlite import SQLiteStore, months  # noqa: E402

MOST = 100_000
"""Traces of one child."""


def opened(place: str) -> SealedStore:
    """The store in a file, or at "URL PATH"."""
    url, _, path = place.partition(" ")
    return PostgresStore(url, path=Path(path)) if path else SQLiteStore(place)


def hurry() -> None:
    """Have a month pass in a fifth of a second."""
    begun = datetime(2000, 1, 1, tzinfo=UTC)

    class Fast(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return begun + (time.time() - FAST_FROM) * 5 * timedelta(days=30)

    for module in (checkpoints, months):
        module.datetime = Fast  # type: ignore[attr-defined]


FAST_FROM = 1_780_000_000 + (time.time() - 1_780_000_000) // 3_600 * 3_600
"""The last full hour, in seconds: the fast clock goes on from child to child."""


def child(path: str, run: int, tally: str) -> None:
    """Record until killed. Byte n of the tally: 1 for about to be offered, 2 for offered, 3 for acknowledged."""
    from explainbot.errors import StoreError

    chance = random.Random(run)
    delivery.PROBE_SECONDS = 0.05  # type: ignore[misc]
    store = opened(path)
    put = store.put

    def sometimes(records: list[object]) -> None:
        if records and chance.random() < 0.05:
            raise StoreError("it fails now and then")
        put(records)  # type: ignore[arg-type]

    store.put = sometimes  # type: ignore[method-assign, assignment]
    with open(tally, "r+b") as file:
        seen = mmap.mmap(file.fileno(), MOST)
    recorder = Recorder(store)
    # Until this is acknowledged, the parent waits.
    seen[0] = 3 if recorder.commit(record(id=f"r{run}-0"), timeout=60).wait() else 2
    for number in range(1, MOST):
        seen[number] = 1
        if chance.random() < 0.1:
            receipt = recorder.commit(record(id=f"r{run}-{number}"), timeout=20)
            seen[number] = 2
            if receipt.wait():
                seen[number] = 3
        else:
            recorder.put(record(id=f"r{run}-{number}"))
            seen[number] = 2
        if number % 50 == 0:
            time.sleep(0.001)


def main() -> int:
    """Kill, account and print; 1 if something is unaccounted for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--crashes", type=int, default=0, help="of the server, spread over the kills")
    parser.add_argument("--months", action="store_true")
    parser.add_argument("--child", nargs=3, metavar=("PATH", "RUN", "TALLY"))
    options = parser.parse_args()
    if options.child:
        if options.months:
            hurry()
        child(options.child[0], int(options.child[1]), options.child[2])
        return 0
    chance = random.Random(7)
    every = options.kills // options.crashes if options.crashes else 0
    with tempfile.TemporaryDirectory() as name, Postgres() if options.postgres else nullcontext() as server:
        place = Path(name)
        where = f"{server.database()} {place / 'here'}" if server else str(place / "traces.db")
        begun: set[str] = set()
        offered: set[str] = set()
        acknowledged: set[str] = set()
        for run in range(options.kills):
            tally = place / f"tally-{run}"
            tally.write_bytes(bytes(MOST))
            process = subprocess.Popen(
                [sys.executable, __file__, *(["--months"] * options.months), "--child", where, str(run), str(tally)],
                env={**os.environ, "PYTHONWARNINGS": "ignore"},
                stderr=subprocess.DEVNULL,
            )
            while tally.read_bytes()[:1] != b"\x03" and process.poll() is None:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.6))
            if server and every and run % every == 0:
                server.stop("immediate")
                time.sleep(chance.uniform(0, 0.3))
                server.start()
            process.send_signal(signal.SIGKILL)
            process.wait()
            marks = tally.read_bytes().rstrip(b"\0")
            tally.unlink()
            begun |= {f"r{run}-{number}" for number, mark in enumerate(marks) if mark == 1}
            offered |= {f"r{run}-{number}" for number, mark in enumerate(marks) if mark >= 2}
            acknowledged |= {f"r{run}-{number}" for number, mark in enumerate(marks) if mark == 3}
        store = opened(where)
        recover(store)
        kept = Counter(row.id for _, row, _ in store.rows() if row.kind == "trace")
        verdict = store.verify()
        moved = store.month_files() if isinstance(store, SQLiteStore) else []
        store.close()
    missing, twice = acknowledged - kept.keys(), [id for id, count in kept.items() if count > 1]
    # Those killed in the middle of `put`, one a kill at most, may have been offered or not.
    untold = len(offered - kept.keys()) - verdict.lost
    middle = len(begun - kept.keys())
    print(f"kills {options.kills}, offered {len(offered):,}, acknowledged {len(acknowledged):,}, kept {len(kept):,}")
    if options.months:
        print(f"months in files of their own: {len(moved)}")
    print(f"told by gaps {verdict.lost:,}, killed in the middle of being offered {middle:,}")
    print(f"offered, and neither kept nor told {max(untold, 0):,}")
    print(
        f"acknowledged but lost {len(missing)}, kept twice {len(twice)}, verify: {verdict.fault or 'nothing is wrong'}"
    )
    if missing:
        print(f"lost: {', '.join(sorted(missing)[:20])}")
    return int(bool(missing or twice or verdict.fault or not -middle <= untold <= 0))


if __name__ == "__main__":
    sys.exit(main())
