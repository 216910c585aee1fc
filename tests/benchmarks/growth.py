"""How reading, checking and erasing go as a log grows to a million records.

    python tests/benchmarks/growth.py [--sizes 10000 30000 100000 300000 1000000] [--png FILE] [--json]

The log is one SQLite store that grows from size to size. At each size: traces a second while it grew, the first page of
`list`, a page from the middle, a customer's page, those by type of data, `show` of one trace and `stats` over the
latest thousand, each as the best of several runs; then `stats` over all, once, and checked records a second. At the end
one customer is erased.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

from recorder import best, offered, rate, trace  # noqa: E402

from explainbot.cli import main as explainbot  # noqa: E402
from explainbot.commands.searching import every_page  # noqa: E402
from explainbot.commands.stats import counted  # noqa: E402
from explainbot.stores import Where  # noqa: E402
from explainbot.stores.sqlite import SQLiteStore  # noqa: E402

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
BATCH = 256

Figures = dict[str, float]


def grow(store: SQLiteStore, first: int, last: int) -> float:
    """Put the traces from `first` to before `last`; how many a second."""

    def work() -> None:
        for at in range(first, last, BATCH):
            store.put(offered([trace(number) for number in range(at, min(at + BATCH, last))], at))

    return rate(work, last - first)


def measure(store: SQLiteStore, size: int) -> Figures:
    """What reading costs now, in milliseconds, and checked records a second."""
    middle = trace(size // 2).id
    steps: dict[str, Callable[[], object]] = {
        "list_first_ms": lambda: store.list(50),
        "list_middle_ms": lambda: store.list(50, before=middle),
        "list_customer_ms": lambda: store.list(50, where=Where(found_by=(("customer", "c-7"),))),
        "list_status_ms": lambda: store.list(50, where=Where(status="cut")),
        "list_entity_ms": lambda: store.list(50, where=Where(found_by=(("entity", "EMAIL_ADDRESS"),))),
        "show_ms": lambda: store.get(middle),
        "stats_1000_ms": lambda: counted(every_page(store, 1_000)),
        "command_list_ms": lambda: command(store, "traces", "list"),
    }
    found = {name: best(step, 5) * 1e3 for name, step in steps.items()}
    begun = time.perf_counter()
    counted(every_page(store))
    found["stats_all_a_second"] = size / (time.perf_counter() - begun)
    begun = time.perf_counter()
    verdict = store.verify()
    assert verdict.fault is None, verdict.fault
    found["verified_a_second"] = verdict.records / (time.perf_counter() - begun)
    return found


def command(store: SQLiteStore, *arguments: str) -> None:
    with redirect_stdout(io.StringIO()):
        assert explainbot([*arguments, "--store", str(store.path)]) == 0


def draw(rows: dict[int, Figures], path: Path) -> None:
    """Each figure over the size of the log."""
    from matplotlib.figure import Figure

    names = [name for name in next(iter(rows.values())) if name.endswith("_ms")]
    figure = Figure(figsize=(9, 5), dpi=120, layout="constrained")
    left, right = figure.subplots(1, 2)
    for name in names:
        left.plot([*rows], [row[name] for row in rows.values()], marker="o", label=name.removesuffix("_ms"))
    left.axhline(200, linestyle="--", color="grey")
    left.set(xscale="log", yscale="log", xlabel="records", ylabel="milliseconds", title="reading")
    left.legend(fontsize="small")
    for name in ("put_a_second", "stats_all_a_second", "verified_a_second"):
        right.plot([*rows], [row[name] for row in rows.values()], marker="o", label=name.replace("_", " "))
    right.set(xscale="log", yscale="log", xlabel="records", title="records a second")
    right.legend(fontsize="small")
    figure.savefig(path)


def main() -> None:
    """Grow, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--png", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows: dict[int, Figures] = {}
    with tempfile.TemporaryDirectory() as place:
        store, size = SQLiteStore(Path(place) / "traces.db"), 0
        for more in options.sizes:
            put = grow(store, size, more)
            store.close()
            size = more
            rows[size] = {"put_a_second": put, **measure(store, size)}
            rows[size]["bytes_a_record"] = store.path.stat().st_size / size
            if not options.json:
                print(f"\n{size:,} records")
                print("\n".join(f"  {name:20} {value:12,.1f}" for name, value in rows[size].items()), flush=True)
        begun = time.perf_counter()
        erased = len(store.erase("customer", "c-7").records)
        rows[size]["erase_ms"] = (time.perf_counter() - begun) * 1e3
        fault = store.verify().fault
        store.close()
    if options.json:
        print(json.dumps(rows))
    else:
        print(f"\nerased {erased:,} of {size:,} in {rows[size]['erase_ms']:,.0f} ms; verify: {fault or 'good'}")
    if options.png is not None:
        draw(rows, options.png)


if __name__ == "__main__":
    main()
