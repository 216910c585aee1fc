"""`explainbot verify`: whether the log of traces is what was written."""

from __future__ import annotations

import argparse
import json
from base64 import b64encode
from dataclasses import asdict
from functools import partial
from pathlib import Path

from explainbot.commands import terminal
from explainbot.commands.opening import add_store, open_store, public_key


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Check every record of the trace log against its signed checkpoints, and name the first that is wrong.

    Exit code 0: nothing is wrong. Exit code 1: something is, or the store cannot be read.
    """
    add_store(parser)
    parser.add_argument("--bundle", type=Path, metavar="FILE", help="check this exported bundle instead of the store")
    parser.add_argument(
        "--checkpoints", type=Path, metavar="FILE", help="the copy of the checkpoints that was kept elsewhere"
    )
    parser.add_argument(
        "--public-key",
        type=public_key,
        metavar="KEY",
        help="the key that must have signed, in base64; else the store's own",
    )
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check, say what was found, and return the exit code."""
    if options.bundle is not None:
        from explainbot.stores.bundle import check_bundle

        verdict, signer = check_bundle(options.bundle, options.public_key)
    else:
        with open_store(options.store, checkpoints=options.checkpoints) as store:
            watch = partial(terminal.progress, "checking", total=store.size())
            verdict = store.verify(options.public_key, watch)
            signer = options.public_key or store.public_key
    signed_by = b64encode(signer).decode()
    if options.json:
        print(json.dumps({**asdict(verdict), "public_key": signed_by}))
    else:
        terminal.fields(
            [
                ("records", f"{verdict.records:,}"),
                ("removed", f"{verdict.removed:,} because of their age" if verdict.removed else "none"),
                ("vouched for", f"{verdict.vouched:,} by signed checkpoints"),
                ("erased", f"{verdict.erased:,}"),
                ("lost", f"{verdict.lost:,}, told by gap records"),
                ("signed by", signed_by),
                ("verdict", verdict.fault or "nothing is wrong"),
            ]
        )
    return 1 if verdict.fault else 0
