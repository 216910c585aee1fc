"""What is made once in a process, such as its default engine, is made while this lock is held."""

from __future__ import annotations

import os
from threading import RLock

__all__ = ["once"]

_lock = RLock()


def once() -> RLock:
    """The lock; the same in the whole process."""
    return _lock


def _renew() -> None:
    """After a fork: a lock that another thread held would stay held in the child."""
    global _lock  # noqa: PLW0603 - the one lock of this module
    _lock = RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew)
