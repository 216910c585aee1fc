"""A lock on a file, which ends with the process that holds it."""

from __future__ import annotations

import sys

__all__ = ["locked"]


def locked(handle: int) -> bool:
    """Lock a file for whoever holds this handle, or one made from it; False if somebody has. No effect on Windows."""
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
