"""`explainbot erase`: everything that was said to and by one customer, destroyed for good."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from explainbot.commands import terminal
from explainbot.commands.opening import add_store, add_subject, open_store, subject_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Destroy the traces of one customer, or of one conversation whose customer was never named.

    The key goes first, so that copies and backups of the traces cannot be read either. The log stays whole and still
    verifies: a signed record says which traces went, and when. This cannot be undone.
    """
    add_subject(parser)
    add_store(parser)
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Erase, say what went, and return the exit code."""
    store = open_store(options.store, to_write=True)
    try:
        kind, value = subject_of(options)
        erasure = store.erase(kind, value, tenant=options.tenant)
    finally:
        store.close()
    if options.json:
        print(json.dumps(asdict(erasure)))
        return 0
    found = "destroyed" if erasure.had_key else "there was none (any more)"
    terminal.fields([("traces erased", str(len(erasure.records))), ("key", found), ("record of it", erasure.id)])
    return 0
