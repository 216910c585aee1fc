"""Who read a text only in part: told by a slow detector, heard where the text is redacted.

A detector is a plain function of a text, so it has no other way to say that its time was up. The word travels in a
context variable, and so stays within one thread and one call.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["hearing", "unread_by"]

_heard: ContextVar[set[str] | None] = ContextVar("explainbot_unread", default=None)


def unread_by(detector: str) -> None:
    """Say that `detector` did not read all of the text it was just asked about."""
    if (heard := _heard.get()) is not None:
        heard.add(detector)


@contextmanager
def hearing() -> Iterator[set[str]]:
    """The names of the detectors that say so in this block."""
    heard: set[str] = set()
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)
