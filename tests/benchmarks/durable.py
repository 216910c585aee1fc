"""How long a reply waits for its trace with `durability="commit"`, and what several processes write into one log.

    python tests/benchmarks/durable.py [--postgres] [--seconds 10] [--processes 4]

First one process at 200 traces a second, each waiting for its receipt: the time from offering to the acknowledgement.
Then so many processes at once, in commits of 256, beside one row a commit into a plain table of the same database.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from base64 import b64encode
from contextlib import nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "benchmarks")]

from crashes import opened  # noqa: E402
from postgres import Postgres  # noqa: E402
from recorder import trace  # noqa: E402

from explainbot.sinks import Recorder  # noqa: E402
from explainbot.trace import Offered  # noqa: E402

A_SECOND = 200


def waits(place: str, seconds: float) -> list[float]:
    """The milliseconds that each of `A_SECOND` traces a second waited for its receipt."""
    recorder = Recorder(opened(place))
    recorder.commit(trace(0), timeout=20).wait()
    taken: list[float] = []

    def one(number: int) -> None:
        begun = time.perf_counter()
        assert recorder.commit(trace(number), timeout=20).wait()
        taken.append((time.perf_counter() - begun) * 1e3)

    threads = []
    start = time.perf_counter()
    for number in range(1, int(seconds * A_SECOND)):
        time.sleep(max(0.0, start + number / A_SECOND - time.perf_counter()))
        threads.append(threading.Thread(target=one, args=(number,)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    recorder.close(20)
    return sorted(taken)


def write(place: str, number: int, seconds: float) -> None:
    """Put batches for a while, and print how many traces it was."""
    store = opened(place)
    store.put([Offered(trace(number * 10**8), (), f"lane-{number}", 0)])
    traces = [trace(number * 10**8 + one) for one in range(256)]
    count, end = 1, time.monotonic() + seconds
    while time.monotonic() < end:
        batch = [one.model_copy(update={"id": f"{number}-{count + place}"}) for place, one in enumerate(traces)]
        store.put([Offered(one, (), f"lane-{number}", count + place) for place, one in enumerate(batch)])
        count += len(batch)
    store.close()
    print(count)


def plain(url: str | None, place: Path) -> float:
    """Rows a second, one a commit, into a plain table."""
    row = "x" * 700
    if url is None:
        import sqlite3

        connection = sqlite3.connect(place / "plain.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        mark = "?"
    else:
        import psycopg

        connection = psycopg.connect(url, autocommit=True)
        mark = "%s"
    connection.execute("CREATE TABLE plain (body TEXT)")
    begun = time.perf_counter()
    for _ in range(500):
        connection.execute(f"INSERT INTO plain VALUES ({mark})", [row])
    taken = time.perf_counter() - begun
    connection.close()
    return 500 / taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--write", nargs=2, metavar=("PLACE", "NUMBER"))
    options = parser.parse_args()
    if options.write:
        write(options.write[0], int(options.write[1]), options.seconds)
        return
    os.environ["EXPLAINBOT_KEY"] = b64encode(os.urandom(32)).decode()
    with tempfile.TemporaryDirectory() as name, Postgres() if options.postgres else nullcontext() as server:
        url = server.database() if server else None
        where = f"{url} {Path(name) / 'here'}" if url else str(Path(name) / "traces.db")
        taken = waits(where, options.seconds)
        middle, late = taken[len(taken) // 2], taken[len(taken) * 99 // 100]
        print(f"{A_SECOND} a second, acknowledged: p50 {middle:.1f} ms, p99 {late:.1f} ms, max {taken[-1]:.1f} ms")
        base = plain(url, Path(name))
        command = [sys.executable, __file__, "--seconds", str(options.seconds), "--write", where]
        writers = [
            subprocess.Popen([*command, str(number)], stdout=subprocess.PIPE, text=True)
            for number in range(1, options.processes + 1)
        ]
        total = sum(int(writer.communicate()[0]) for writer in writers) / options.seconds
        print(
            f"{options.processes} processes: {total:,.0f} traces a second, {total / base:.1f} times plain {base:,.0f}"
        )
        store = opened(where)
        print(f"verify: {store.verify().fault or 'nothing is wrong'}")
        store.close()


if __name__ == "__main__":
    main()
