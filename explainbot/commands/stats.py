"""`explainbot traces stats`: how many traces there are, by what became of them."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable

from explainbot.commands import terminal
from explainbot.commands.opening import open_store
from explainbot.commands.searching import asked, every_page
from explainbot.trace import Trace
from explainbot.trace.offered import states_of

Figures = dict[str, dict[str, int]]

LATENCY = (100, 300, 1_000, 3_000, 10_000)
"""Bounds of the classes of latency, in milliseconds."""


def run(options: argparse.Namespace) -> int:
    """Count, and print the figures as bars or as JSON, or draw them into a file."""
    with open_store(options.store) as store:
        traces = every_page(store, where=asked(options))
        figures = counted(terminal.progress("reading traces", traces, store.size()))
    if options.png is not None:
        from explainbot.commands.plots import draw

        with terminal.new_file(options.png) as file:
            draw(figures, file)
    if options.json:
        print(json.dumps(figures))
    elif options.png is not None:
        print(f"{options.png}: {sum(figures['outcome'].values()):,} traces", file=sys.stderr)
    else:
        _print(figures)
    return 0


def _print(figures: Figures) -> None:
    for title, counts in figures.items():
        terminal.bars(title, counts)


def counted(traces: Iterable[Trace]) -> Figures:
    """The traces by day, outcome, model, latency and grounding; their statements by state; hidden values by type."""
    names = ("traces by day", "outcome", "model", "latency", "grounding", "replies with a statement that is", "hidden")
    day, outcome, model, latency, grounding, state, hidden = counters = [Counter[str]() for _ in names]
    for trace in traces:
        if trace.is_result:
            continue  # what it says of its reply stands for no exchange of its own
        day[f"{trace.started:%Y-%m-%d}"] += 1
        outcome[trace.status] += 1
        model[trace.response_model or trace.request_model] += 1
        latency[_class(trace.duration_ms)] += 1
        grounding[_share(trace.grounding)] += trace.grounding is not None
        state.update([*states_of(trace.explanation)])
        hidden.update(trace.hidden)
    in_order = {
        "traces by day": sorted(day.items()),
        "latency": sorted(latency.items(), key=_bound),
        "grounding": [(share, grounding[share]) for share in SHARES if grounding[share]],
    }
    return {
        name: dict(in_order.get(name, counter.most_common())) for name, counter in zip(names, counters, strict=True)
    }


SHARES = ("all of it found", "half or more found", "less than half found", "nothing found")


def _share(grounding: float | None) -> str:
    """In words, how much of a reply was found in the sources."""
    share = grounding or 0.0
    return SHARES[0] if share == 1 else SHARES[1] if share >= 0.5 else SHARES[2] if share else SHARES[3]


def _class(milliseconds: float) -> str:
    bound = next((bound for bound in LATENCY if milliseconds < bound), None)
    return f"under {bound:,} ms" if bound else f"{LATENCY[-1]:,} ms or more"


def _bound(item: tuple[str, int]) -> tuple[bool, int]:
    return not item[0].startswith("under"), int("".join(filter(str.isdecimal, item[0])))
