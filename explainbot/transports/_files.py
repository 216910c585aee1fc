"""Where the files stand that a request sends.

A body is read here before it is sent. To the transport inside, and to whoever made the files, it shall look as if it
were read while it is sent, as without us: an authentication that sends a request twice goes by it, for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import IOBase
from typing import Any

__all__ = ["Places", "places", "unread"]

Places = list[tuple[IOBase, int]]
"""Files, and the offset in bytes at which each stands."""


def places(stream: Any) -> Places:
    """Where the files stand that make up a request's stream: those of a form, or the one that is the body."""
    files = [getattr(field, "file", None) for field in getattr(stream, "fields", ())]
    found = [file for file in (*files, getattr(stream, "_stream", None)) if isinstance(file, IOBase)]
    return [(file, place) for file in found if (place := _place(file)) is not None]


def _place(file: IOBase) -> int | None:
    """Where a file stands; None for one that cannot say, and is sent all the same."""
    try:
        return file.tell() if file.seekable() else None
    except (OSError, ValueError):
        return None


@contextmanager
def unread(before: Places) -> Iterator[None]:
    """Let files stand where they stood `before` they were read, and in the end where they stand now."""
    after = [(file, file.tell()) for file, _ in before]
    _put(before)
    try:
        yield
    finally:
        _put(after)


def _put(places: Places) -> None:
    for file, place in places:
        if not file.closed:
            file.seek(place)
