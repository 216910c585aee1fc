"""`explainbot rotate`: the keys of the traces, wrapped anew under the newest key-encryption key."""

from __future__ import annotations

import argparse

from explainbot.commands.opening import add_store, note_access, open_store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Wrap the keys of the traces anew under the newest key-encryption key, so that the one before can be given up.

    Write the new key as the first line of the key file, or of EXPLAINBOT_KEY, and keep the old one below it; restart
    the bots; run this; then take the old line away. No trace is written anew. The rotation is recorded in the log.
    """
    add_store(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Rotate, say how many keys it was, and return the exit code."""
    with open_store(options.store, to_write=True) as store:
        count = store.rewrap()
    note_access(options.store, "rotate", [])
    print(f"{count:,} keys are wrapped under the newest key now; the older ones are no longer needed for these traces")
    return 0
