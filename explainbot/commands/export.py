"""`explainbot export`: the traces of one customer, or the whole log for an auditor."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from explainbot.commands import terminal
from explainbot.commands.opening import add_store, add_subject, note_access, open_store, subject_of
from explainbot.commands.searching import every_page, moment
from explainbot.commands.showing import explanation_text, readable, summary
from explainbot.errors import ConfigError
from explainbot.stores import Where
from explainbot.trace import Trace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give out the traces of one customer, redacted as they were kept; or traces for analysis; or the log for an audit.

    A bundle (--bundle) holds every record and every signed checkpoint: `explainbot verify --bundle FILE` checks it on
    any machine, without a key and without the store. A Parquet file (--parquet) is a table for DuckDB, Spark or pandas.
    Who exported what is recorded in the log.
    """
    add_subject(parser, required=False, tenant=None)
    add_store(parser)
    parser.add_argument("--bundle", type=Path, metavar="FILE", help="write the auditor's bundle into this file")
    parser.add_argument(
        "--parquet", type=Path, metavar="FILE", help="write traces into this Parquet file, for analysis"
    )
    parser.add_argument("--content", action="store_true", help="with --parquet: the redacted texts as well")
    parser.add_argument("--since", type=moment, metavar="TIME", help="with --parquet: only those from then on, as 30d")
    parser.add_argument("--until", type=moment, metavar="TIME", help="with --parquet: only those before then")
    parser.add_argument("--html", action="store_true", help="as a page to read, instead of JSON")
    parser.add_argument("--out", type=Path, metavar="FILE", help="into this new file, for its owner only")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Export, and return the exit code.

    Raises:
        ConfigError: nothing to export was named, or things that exclude each other.
    """
    asked = options.customer is not None or options.conversation is not None
    if options.bundle is not None and (asked or options.parquet is not None):
        raise ConfigError("--bundle holds the whole log, and nothing else goes with it")
    if options.bundle is not None:
        return _bundle(options)
    if options.parquet is not None:
        return _parquet(options, (subject_of(options),) if asked else ())
    if not asked:
        raise ConfigError("give --customer or --conversation, or --bundle FILE, or --parquet FILE")
    return _of_subject(options)


def _bundle(options: argparse.Namespace) -> int:
    from explainbot.stores.bundle import write_bundle

    with open_store(options.store) as store, _private(options.bundle) as file:
        count = write_bundle(store, file, lambda rows: terminal.progress("writing", rows, store.size()))
    note_access(options.store, "bundle", [])
    print(f"{options.bundle}: {count:,} records", file=sys.stderr)
    return 0


def _parquet(options: argparse.Namespace, found_by: tuple[tuple[str, str], ...]) -> int:
    from explainbot.commands.parquet import write

    with open_store(options.store) as store:
        where = Where(found_by=found_by, since=options.since, until=options.until)
        traces = _of_tenant(options, every_page(store, where=where))
        with terminal.new_file(options.parquet) as file:
            count = write(terminal.progress("writing", traces, store.size()), file, content=options.content)
    note_access(options.store, "parquet", [])
    print(f"{options.parquet}: {count:,} traces", file=sys.stderr)
    return 0


def _of_subject(options: argparse.Namespace) -> int:
    with open_store(options.store) as store:
        traces = list(_of_tenant(options, every_page(store, where=Where(found_by=(subject_of(options),)))))
    note_access(options.store, "export", [trace.id for trace in traces])
    lines = _page(traces) if options.html else [json.dumps([json.loads(one.to_json()) for one in traces], indent=2)]
    if options.out is None:
        sys.stdout.writelines(f"{line}\n" for line in lines)
    else:
        with _private(options.out) as file:
            file.writelines(f"{line}\n" for line in lines)
    return 0


def _of_tenant(options: argparse.Namespace, traces: Iterable[Trace]) -> Iterator[Trace]:
    """Those of the tenant that was named; of all where none was."""
    return (one for one in traces if options.tenant is None or one.tenant == options.tenant)


@contextmanager
def _private(path: Path) -> Iterator[IO[str]]:
    """A new text file for its owner only."""
    with terminal.new_file(path) as file, TextIOWrapper(file, "utf-8", errors="backslashreplace") as text:
        yield text


STYLE = "body{font:1rem/1.5 system-ui;max-width:50rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap}"


def _page(traces: Iterable[Trace]) -> Iterator[str]:
    """A page without scripts, with every text escaped."""
    yield '<!doctype html><html lang="en"><meta charset="utf-8"><title>Records of a customer</title>'
    yield f"<style>{STYLE}</style><h1>Records of a customer</h1>"
    for trace in traces:
        yield f"<section><h2>{escape(f'{trace.started:%Y-%m-%d %H:%M} UTC')}</h2><dl>"
        yield from (f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in summary(trace) if value)
        yield "</dl>"
        for title, text in (
            ("Sent to the AI", trace.request and readable(trace.request)),
            ("Reply", trace.reply),
            ("Explanation", trace.explanation and explanation_text(trace.explanation)),
        ):
            if text:
                yield f"<h3>{title}</h3><pre>{escape(text)}</pre>"
        yield "</section>"
    yield "</html>"
