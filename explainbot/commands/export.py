"""`explainbot export`: the traces of one customer, or the whole log for an auditor."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import IO

from explainbot.commands.opening import add_store, add_subject, note_access, open_store, subject_of
from explainbot.commands.searching import every_page
from explainbot.commands.traces import explanation_text, readable, summary
from explainbot.errors import ConfigError, StoreError
from explainbot.trace import Trace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give out the traces of one customer, redacted as they were kept, or the whole log, still encrypted, for an audit.

    A bundle (--bundle) holds every record and every signed checkpoint: `explainbot verify --bundle FILE` checks it on
    any machine, without a key and without the store. Who exported what is recorded in the log.
    """
    add_subject(parser, required=False)
    add_store(parser)
    parser.add_argument("--bundle", type=Path, metavar="FILE", help="write the auditor's bundle into this file")
    parser.add_argument("--html", action="store_true", help="as a page to read, instead of JSON")
    parser.add_argument("--out", type=Path, metavar="FILE", help="into this new file, for its owner only")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Export, and return the exit code.

    Raises:
        ConfigError: neither a customer nor a bundle was asked for, or both.
    """
    asked = options.customer is not None or options.conversation is not None
    if asked == (options.bundle is not None):
        raise ConfigError("give --customer or --conversation, or --bundle FILE")
    store = open_store(options.store)
    try:
        if options.bundle is not None:
            from explainbot.stores.bundle import write_bundle

            with _private(options.bundle) as file:
                count = write_bundle(store, file)
            note_access(options.store, "bundle", [])
            print(f"{options.bundle}: {count:,} records", file=sys.stderr)
            return 0
        traces = list(every_page(store, found_by=subject_of(options)))
    finally:
        store.close()
    note_access(options.store, "export", [trace.id for trace in traces])
    lines = _page(traces) if options.html else [json.dumps([json.loads(one.to_json()) for one in traces], indent=2)]
    if options.out is None:
        sys.stdout.writelines(f"{line}\n" for line in lines)
    else:
        with _private(options.out) as file:
            file.writelines(f"{line}\n" for line in lines)
    return 0


@contextmanager
def _private(path: Path) -> Iterator[IO[str]]:
    """A new file for its owner only."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}; name a new file") from None
    with open(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        yield file


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
