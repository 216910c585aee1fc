"""`explainbot traces tail`: each trace as it is recorded."""

from __future__ import annotations

import argparse
import time

from explainbot.commands import terminal
from explainbot.commands.opening import open_store
from explainbot.commands.showing import cells, one_line

POLL_SECONDS = 0.5


def run(options: argparse.Namespace) -> int:
    """Print what is recorded from now on, until interrupted."""
    with open_store(options.store) as store:
        last = store.size()
        while True:
            for seq, row, _ in store.rows(last):
                last = seq
                trace = store.opened(row) if row.kind == "trace" else None
                if trace is not None:
                    terminal.say(one_line(trace) if options.json else terminal.visible("  ".join(cells(trace))))
            time.sleep(POLL_SECONDS)
