"""`explainbot hold`: what nothing may erase for now."""

from __future__ import annotations

import argparse
import sys

from explainbot.commands.opening import add_store, add_subject, nothing_found, open_store, subject_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Put the traces of a customer, or of a conversation, under a legal hold: neither `erase` nor their age ends them.

    Those that come later are held as well. Setting and lifting a hold is recorded in the log. Where there is nothing to
    hold or to lift, nothing is done and the exit code is 1; `--ahead` holds what is still to come.
    """
    add_subject(parser)
    add_store(parser)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--lift", action="store_true", help="end the hold")
    how.add_argument("--ahead", action="store_true", help="also where no traces are kept yet")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Set or lift the hold, and return the exit code."""
    with open_store(options.store, to_write=True) as store:
        kind, value = subject_of(options)
        if options.lift and not store.is_held(kind, value, tenant=options.tenant):
            return _refused(f"nothing was lifted: there is no such hold under the tenant {options.tenant!r}")
        if not options.lift and not options.ahead and options.tenant not in store.tenants_with(kind, value):
            ahead = "to hold what is still to come, give --ahead"
            return _refused(f"nothing was held: {nothing_found(store, options)}; {ahead}")
        record = store.hold(kind, value, tenant=options.tenant, lift=options.lift)
    print(f"{'lifted' if options.lift else 'held'}; record of it: {record}")
    return 0


def _refused(why: str) -> int:
    print(f"explainbot: {why}", file=sys.stderr)
    return 1
