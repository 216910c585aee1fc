"""Showing tables and fields in a terminal: with rich where it is installed, as plain text otherwise.

Text of a model may hold terminal control sequences; none of them reaches the terminal.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, TypeVar

from explainbot.errors import StoreError

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""C0 and C1 controls but tab and newline (ECMA-48), bidirectional controls (Unicode UAX #9), lone surrogates."""


BAR = 40
"""Columns of the longest bar."""

FULL = "\u2588"

T = TypeVar("T")


def visible(text: str) -> str:
    """`text` with every control character written as an escape."""
    return CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under headings."""
    cells = [[visible(cell).replace("\n", " ") for cell in row] for row in rows]
    console = _console()
    if console is None:
        _plain_table(columns, cells)
        return
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in cells:
        drawn.add_row(*map(Text, row))
    console.print(drawn)


def fields(pairs: Iterable[tuple[str, str]]) -> None:
    """Print names and values, one pair a line."""
    known = [(name, visible(value)) for name, value in pairs]
    width = max((len(name) for name, _ in known), default=0)
    for name, value in known:
        say(f"{name:{width}}  {value}", style_first=len(name))


def section(title: str, text: str) -> None:
    """Print a heading and a longer text under it."""
    say(f"\n{title}", style_first=len(title) + 1)
    say(visible(text))


def bars(title: str, counts: Mapping[str, int]) -> None:
    """Print a heading, and a bar for each count."""
    if not counts:
        return
    say(f"\n{title}", style_first=len(title) + 1)
    names = {visible(name).replace("\n", " "): count for name, count in counts.items()}
    width, most = max(map(len, names)), max(counts.values())
    for name, count in names.items():
        say(f"{name:{width}}  {FULL * max(1, round(BAR * count / most)) if count else '':{BAR}}  {count:,}")


def progress(what: str, items: Iterable[T], total: int | None = None) -> Iterator[T]:
    """The items, counted on the terminal while they are read; `total` is how many there are at most."""
    if not sys.stderr.isatty() or not _has_rich():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, what, total, console=Console(stderr=True), transient=True)


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A new file for its owner only. It is gone again if it cannot be written whole.

    Raises:
        StoreError: it cannot be made, or is there already.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}; name a new file") from None
    try:
        with open(handle, "wb") as file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def say(text: str, *, style_first: int = 0) -> None:
    """Print a line, its first characters in bold where the terminal can."""
    console = _console()
    if console is None:
        print(text)
        return
    from rich.text import Text

    styled = Text(text)
    styled.stylize("bold", 0, style_first)
    console.print(styled, soft_wrap=True)


def _has_rich() -> bool:
    return find_spec("rich") is not None


def _console() -> Any:
    """A rich console, or None where rich is missing or the output is no terminal (files and pipes get plain text)."""
    if not sys.stdout.isatty():
        return None
    try:
        from rich.console import Console
    except ImportError:
        return None
    return Console(highlight=False)


def _plain_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = [columns, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(columns))]
    for line in lines:
        print("  ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)).rstrip())
