"""`explainbot hold`: what nothing may erase for now."""

from __future__ import annotations

import argparse

from explainbot.commands.opening import add_store, add_subject, open_store, subject_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Put the traces of a customer, or of a conversation, under a legal hold: neither `erase` nor their age ends them.

    Setting and lifting a hold is recorded in the log.
    """
    add_subject(parser)
    add_store(parser)
    parser.add_argument("--lift", action="store_true", help="end the hold")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Set or lift the hold, and return the exit code."""
    store = open_store(options.store, to_write=True)
    try:
        kind, value = subject_of(options)
        record = store.hold(kind, value, tenant=options.tenant, lift=options.lift)
    finally:
        store.close()
    print(f"{'lifted' if options.lift else 'held'}; record of it: {record}")
    return 0
