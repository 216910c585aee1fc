"""What traces are searched by on the command line, and reading all that match."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from explainbot.stores import Store, Where
from explainbot.stores.paging import EVERY
from explainbot.trace import STATUSES, Trace
from explainbot.trace.offered import as_term

PAGE = 500
"""Traces read at a time."""

STATES = ("partly found", "not found", "conflicts")
"""What a statement of a reply may be that is not found."""


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The options that say which traces."""
    parser.add_argument("--conversation", metavar="C", help="only those of this conversation")
    parser.add_argument("--customer", metavar="ID", help="only those of this customer")
    parser.add_argument("--value", metavar="V", help="only those in which this e-mail, number or name was hidden")
    parser.add_argument("--status", choices=STATUSES, help="only those that ended so")
    parser.add_argument("--model", metavar="M", help="only those answered by this model")
    parser.add_argument("--entity", metavar="TYPE", help="only those in which such data was hidden, as EMAIL_ADDRESS")
    parser.add_argument("--state", choices=STATES, help="only those with a statement in this state")
    parser.add_argument("--grounding", type=_share, metavar="X", help="only those grounded by no more than X (0 to 1)")
    parser.add_argument("--since", type=moment, metavar="TIME", help="only those from then on: 2026-05-04, 12h or 7d")
    parser.add_argument("--until", type=moment, metavar="TIME", help="only those before then")


def asked(options: argparse.Namespace) -> Where:
    """What the options say."""
    found_by = [
        *((kind, as_term(value)) for kind in ("customer", "value") if (value := getattr(options, kind)) is not None),
        *((kind, value) for kind in ("entity", "state") if (value := getattr(options, kind)) is not None),
    ]
    return Where(
        conversation=options.conversation,
        status=options.status,
        found_by=tuple(found_by),
        model=options.model,
        grounding=options.grounding,
        since=options.since,
        until=options.until,
    )


def every_page(store: Store, limit: int | None = None, where: Where = EVERY) -> Iterator[Trace]:
    """The latest traces that match, read a page at a time; all of them without a limit."""
    left, before = limit, None
    while left is None or left > 0:
        size = PAGE if left is None else min(left, PAGE)
        page = store.list(size, before, where)
        yield from page
        if not page:
            return
        left, before = None if left is None else left - len(page), page[-1].id


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError("choose a number from 0 to 1")
    return share


UNITS = {"d": "days", "h": "hours", "m": "minutes"}


def moment(text: str) -> datetime:
    """A date or time in UTC, or so long ago."""
    try:
        if text[-1:] in UNITS and text[:-1].isdecimal():
            return datetime.now(UTC) - timedelta(**{UNITS[text[-1]]: int(text[:-1])})
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError("choose a date, as 2026-05-04, a time, as 2026-05-04T12:00, or 7d") from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
