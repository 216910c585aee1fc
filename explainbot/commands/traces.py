"""`explainbot traces`: what was recorded."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from explainbot.commands import terminal
from explainbot.commands.opening import add_store, note_access, open_store
from explainbot.commands.searching import add_filters, asked, every_page
from explainbot.commands.showing import COLUMNS, cells, explanation_text, one_line, readable, summary
from explainbot.errors import ExplainbotError
from explainbot.stores import Store, Where
from explainbot.trace import Trace
from explainbot.trace.offered import EXAMINED

RESULTS = 100
"""How many results of examining one reply are shown, the latest first."""


class NotFound(ExplainbotError):
    """No trace, or more than one, has the id that was asked for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """List and show what was recorded: every exchange with its model, its outcome, and the redacted text.

    The store is the one of the settings (EXPLAINBOT_STORE_PATH), or the file given with --store. It is only read.
    """
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="the latest traces, newest first")
    listing.add_argument("--limit", type=_count, default=20, metavar="N", help="how many (20)")
    add_filters(listing)
    _common(listing, "one JSON object a line")
    listing.set_defaults(run=list_traces)
    showing = actions.add_parser("show", help="one trace in full")
    showing.add_argument("id", metavar="ID", help="the trace's id, or as much of its beginning as is unique")
    _common(showing, "as one JSON object")
    showing.set_defaults(run=show_trace)
    counting = actions.add_parser("stats", help="how many, by outcome, grounding, hidden data and time")
    add_filters(counting)
    counting.add_argument("--png", type=Path, metavar="FILE", help="draw the figures into this new file")
    _common(counting, "as one JSON object")
    counting.set_defaults(run=_later("explainbot.commands.stats", "run"))
    following = actions.add_parser("tail", help="each trace as it is recorded, until interrupted")
    _common(following, "one JSON object a line")
    following.set_defaults(run=_later("explainbot.commands.tail", "run"))


def list_traces(options: argparse.Namespace) -> int:
    """Print the latest traces."""
    with open_store(options.store) as store:
        traces = every_page(store, options.limit, asked(options))
        if options.json:
            for trace in traces:
                print(one_line(trace))
        else:
            _print_table(list(traces))
    return 0


def show_trace(options: argparse.Namespace) -> int:
    """Print one trace."""
    with open_store(options.store) as store:
        trace = _find(store, options.id)
        results = store.list(RESULTS, where=Where(found_by=((EXAMINED, trace.id),)))
        note_access(options.store, "show", [trace.id, *(one.id for one in results)])
    if options.json:
        later = [json.loads(one.to_json()) for one in results]
        print(json.dumps(json.loads(trace.to_json()) | ({"results": later} if later else {}), indent=2))
    else:
        _print_trace(trace, results)
    return 0


def _common(parser: argparse.ArgumentParser, json_help: str) -> None:
    add_store(parser)
    parser.add_argument("--json", action="store_true", help=json_help)


def _later(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """A function that is imported when it is called."""

    def run(options: argparse.Namespace) -> int:
        code: int = getattr(import_module(module), name)(options)
        return code

    return run


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("choose a number from 1")
    return int(text)


def _find(store: Store, id: str) -> Trace:
    found = store.ids(id, limit=2)
    if not found:
        raise NotFound(f"no trace has an id that begins with {id!r}; `explainbot traces list` shows the latest")
    if len(found) > 1 and found[0] != id:
        raise NotFound(f"more than one trace has an id that begins with {id!r}; give more of it")
    trace = store.get(found[0])
    if trace is None:
        raise NotFound(f"trace {found[0]!r} is no longer there")
    return trace


def _print_table(traces: list[Trace]) -> None:
    if not traces:
        print("no traces", file=sys.stderr)
        return
    terminal.table(COLUMNS, (cells(trace) for trace in traces))


def _print_trace(trace: Trace, results: Sequence[Trace]) -> None:
    terminal.fields((name, value) for name, value in summary(trace) if value)
    for title, text in (("Sent (redacted)", trace.request), ("Reply (redacted)", trace.reply)):
        if text is not None:
            terminal.section(title, readable(text))
    if trace.explanation is not None:
        terminal.section("Explanation", explanation_text(trace.explanation))
    for one in results[:1]:
        title = f"Explanation after further checks ({one.started:%Y-%m-%d %H:%M:%S} UTC, {one.id})"
        terminal.section(title, explanation_text(one.explanation or ""))
