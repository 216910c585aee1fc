"""Sends a log to a real OpenTelemetry endpoint, half of it recorded while that was down, and counts what arrived.

    python tests/benchmarks/collector.py --start "COMMAND" --endpoint URL --count "COMMAND" [--only spans] [--traces N]

First the traces are recorded and sent to where nobody answers yet. Then COMMAND starts the endpoint, more are recorded,
and all is sent. `--count` is run until it prints the number of traces, for at most two minutes.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

from recorder import offered, trace  # noqa: E402

from explainbot.sinks.outbox import Outbox  # noqa: E402
from explainbot.sinks.targets import OTLP, TARGETS  # noqa: E402
from explainbot.stores.sqlite import SQLiteStore  # noqa: E402

PATIENCE = 120


def main() -> int:
    """Record, send, count; 1 if something is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", required=True, metavar="COMMAND")
    parser.add_argument("--endpoint", required=True, metavar="URL")
    parser.add_argument("--count", required=True, metavar="COMMAND")
    parser.add_argument("--only", choices=OTLP, action="append")
    parser.add_argument("--traces", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        store = SQLiteStore(Path(place) / "traces.db")
        outbox = Outbox(store, [TARGETS.load(name)(options.endpoint) for name in options.only or OTLP])
        outbox.send()  # from here on
        half = options.traces // 2
        store.put(offered([trace(number) for number in range(half)]))
        print(f"while it is down: {outbox.send()} sent of {half}")
        server = subprocess.Popen(shlex.split(options.start), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            store.put(offered([trace(number) for number in range(half, options.traces)], half))
            return _deliver(outbox, options)
        finally:
            server.terminate()
            server.wait()
            outbox.close()
            store.close()


def _deliver(outbox: Outbox, options: argparse.Namespace) -> int:
    deadline, sent, arrived = time.monotonic() + PATIENCE, 0, ""
    wanted = options.traces * len(options.only or OTLP)
    while time.monotonic() < deadline and arrived != str(options.traces):
        if sent < wanted:
            sent += outbox.send()
        counted = subprocess.run(options.count, shell=True, capture_output=True, text=True, check=False)
        arrived = counted.stdout.strip()
        time.sleep(1)
    print(f"once it is up: {sent} places sent, {arrived} of {options.traces} traces arrived")
    return int(arrived != str(options.traces))


if __name__ == "__main__":
    sys.exit(main())
