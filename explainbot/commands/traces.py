"""`explainbot traces`: what was recorded."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from explainbot.commands import terminal
from explainbot.errors import ConfigError, ExplainbotError
from explainbot.stores import Store
from explainbot.trace import STATUSES, Trace
from explainbot.trace.offered import as_term

if TYPE_CHECKING:
    from explainbot.stores.sqlite import SQLiteStore

PAGE = 500
"""Traces read at a time."""

COLUMNS = ("STARTED (UTC)", "TRACE", "STATUS", "MODEL", "MS", "HIDDEN", "CONVERSATION")


class NotFound(ExplainbotError):
    """No trace, or more than one, has the id that was asked for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """List and show what was recorded: every exchange with its model, its outcome, and the redacted text.

    The store is the one of the settings (EXPLAINBOT_STORE_PATH), or the file given with --store. It is only read.
    """
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="the latest traces, newest first")
    listing.add_argument("--limit", type=_count, default=20, metavar="N", help="how many (20)")
    listing.add_argument("--conversation", metavar="C", help="only those of this conversation")
    listing.add_argument("--customer", metavar="ID", help="only those of this customer")
    listing.add_argument("--value", metavar="V", help="only those in which this e-mail, number or name was hidden")
    listing.add_argument("--status", choices=STATUSES, help="only those that ended so")
    _common(listing, "one JSON object a line")
    listing.set_defaults(run=list_traces)
    showing = actions.add_parser("show", help="one trace in full")
    showing.add_argument("id", metavar="ID", help="the trace's id, or as much of its beginning as is unique")
    _common(showing, "as one JSON object")
    showing.set_defaults(run=show_trace)


def list_traces(options: argparse.Namespace) -> int:
    """Print the latest traces."""
    store = open_store(options.store)
    try:
        traces = _pages(store, options)
        if options.json:
            for trace in traces:
                print(_one_line(trace))
        else:
            _print_table(list(traces))
    finally:
        store.close()
    return 0


def show_trace(options: argparse.Namespace) -> int:
    """Print one trace."""
    store = open_store(options.store)
    try:
        trace = _find(store, options.id)
    finally:
        store.close()
    if options.json:
        print(json.dumps(json.loads(trace.to_json()), indent=2))
    else:
        _print_trace(trace)
    return 0


def open_store(path: Path | None, *, checkpoints: Path | None = None) -> SQLiteStore:
    """The store at `path`, or the one of the settings, for reading only.

    Raises:
        ConfigError: the settings keep no store that another process can read.
    """
    from explainbot.stores.sqlite import SQLiteStore

    return SQLiteStore(path or configured_path(), read_only=True, checkpoints=checkpoints)


def configured_path() -> Path:
    """The SQLite file that the settings name.

    Raises:
        ConfigError: they name none.
    """
    from explainbot.config import Settings

    settings = Settings.from_env()
    if settings.store != "sqlite":
        raise ConfigError(f"the settings say store={settings.store!r}, which leaves no file; name one with --store")
    return settings.store_path or Settings.default_store_path()


def _common(parser: argparse.ArgumentParser, json_help: str) -> None:
    parser.add_argument("--store", type=Path, metavar="PATH", help="the SQLite file to read")
    parser.add_argument("--json", action="store_true", help=json_help)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("choose a number from 1")
    return int(text)


def _pages(store: Store, options: argparse.Namespace) -> Iterator[Trace]:
    left, before = options.limit, None
    while left:
        page = store.list(min(left, PAGE), before, options.conversation, options.status, _found_by(options))
        yield from page
        if len(page) < min(left, PAGE):
            return
        left, before = left - len(page), page[-1].id


def _found_by(options: argparse.Namespace) -> tuple[str, str] | None:
    """What is searched for besides.

    Raises:
        ConfigError: more than one thing.
    """
    asked = [(kind, as_term(value)) for kind in ("customer", "value") if (value := getattr(options, kind)) is not None]
    if len(asked) > 1:
        raise ConfigError("give --customer or --value, not both")
    return asked[0] if asked else None


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
    terminal.table(COLUMNS, (_cells(trace) for trace in traces))


def _cells(trace: Trace) -> tuple[str, ...]:
    return (
        f"{trace.started:%Y-%m-%d %H:%M:%S}",
        trace.id,
        trace.status,
        trace.response_model or trace.request_model,
        f"{trace.duration_ms:.0f}",
        str(sum(trace.hidden.values())),
        trace.conversation or "",
    )


def _print_trace(trace: Trace) -> None:
    terminal.fields((name, value) for name, value in _summary(trace) if value)
    for title, text in (("Sent (redacted)", trace.request), ("Reply (redacted)", trace.reply)):
        if text is not None:
            terminal.section(title, _readable(text))
    if trace.explanation is not None:
        terminal.section("Explanation", _explanation_text(trace.explanation))


def _summary(trace: Trace) -> Iterator[tuple[str, str]]:
    yield "trace", trace.id
    yield "started", f"{trace.started:%Y-%m-%d %H:%M:%S.%f} UTC"
    yield "status", trace.status + (f" (HTTP {trace.http_status})" if trace.http_status else "")
    yield "error", trace.error or ""
    yield "duration", f"{trace.duration_ms:.1f} ms"
    yield "first token", f"{trace.first_token_ms:.1f} ms" if trace.first_token_ms is not None else ""
    yield "provider", f"{trace.provider}, {trace.operation}" + (", streamed" if trace.streamed else "")
    yield "model", trace.request_model + (f" -> {trace.response_model}" if trace.response_model else "")
    yield "reply id", trace.response_id or ""
    yield "tenant", trace.tenant
    yield "conversation", trace.conversation or ""
    yield "turn", trace.turn or ""
    yield "purpose", trace.purpose or ""
    yield "hidden", ", ".join(f"{count} {entity_type}" for entity_type, count in trace.hidden.items()) or "nothing"
    yield "restored", f"{trace.restored}, and {trace.unknown_placeholders} invented by the model"
    yield "sources", ", ".join(f"{source.id} ({source.kind})" for source in trace.sources)
    yield "tokens", ", ".join(f"{name} {count}" for name, count in (trace.usage or {}).items())
    yield "attempt", str(trace.retry + 1) if trace.retry else ""
    yield "settings", trace.settings


def _readable(text: str) -> str:
    """JSON indented, any other text as it is."""
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def _explanation_text(text: str) -> str:
    """The plain-language text that the explanation's JSON carries, or all of the JSON where it has none."""
    try:
        explanation = json.loads(text)
    except (ValueError, RecursionError):
        return text
    plain = explanation.get("text") if isinstance(explanation, dict) else None
    return plain if isinstance(plain, str) and plain else _readable(text)


def _one_line(trace: Trace) -> str:
    """The trace as one line of ASCII JSON, which every terminal, locale and reader of lines takes."""
    return json.dumps(json.loads(trace.to_json()), separators=(",", ":"))
