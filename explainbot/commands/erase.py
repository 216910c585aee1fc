"""`explainbot erase`: everything that was said to and by one customer, destroyed for good."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from explainbot.commands import terminal
from explainbot.commands.traces import configured_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Destroy the traces of one customer, or of one conversation whose customer was never named.

    The key goes first, so that copies and backups of the traces cannot be read either. The log stays whole and still
    verifies: a signed record says which traces went, and when. This cannot be undone.
    """
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--customer", metavar="ID", help="the customer's id, else e-mail address, as the bot gave it")
    who.add_argument("--conversation", metavar="C", help="the conversation's id")
    parser.add_argument("--tenant", default="default", metavar="T", help="whose customer it is (default)")
    parser.add_argument("--store", type=Path, metavar="PATH", help="the SQLite file")
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Erase, say what went, and return the exit code."""
    from explainbot.errors import StoreError
    from explainbot.stores.sqlite import SQLiteStore
    from explainbot.trace.offered import as_term

    path = options.store or configured_path()
    if not path.exists():
        raise StoreError(f"there is no trace store at {path}; name another path with --store")
    store = SQLiteStore(path)
    try:
        if options.customer is not None:
            erasure = store.erase("customer", as_term(options.customer), tenant=options.tenant)
        else:
            erasure = store.erase("conversation", options.conversation, tenant=options.tenant)
    finally:
        store.close()
    if options.json:
        print(json.dumps(asdict(erasure)))
        return 0
    found = "destroyed" if erasure.had_key else "there was none (any more)"
    terminal.fields([("traces erased", str(len(erasure.records))), ("key", found), ("record of it", erasure.id)])
    return 0
