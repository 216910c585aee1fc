"""What becomes of queues when the process ends or is forked.

At exit every queue is written out, within `EXIT_SECONDS` in all; also on SIGTERM where the program does not handle it:
Python would end at once then, and run no exit function. After a fork the child starts with empty queues of its own,
since what was queued before belongs to the parent.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
import time
from typing import Final, Protocol
from weakref import WeakSet

EXIT_SECONDS: Final = 5.0
"""How long the end of the process may be held up, in all."""


class Queue(Protocol):
    """What has to be written out at the end."""

    def begin_anew(self) -> None:
        """Start with nothing, after a fork."""

    def close(self, timeout: float = ...) -> bool:
        """Write out what waits, within `timeout` seconds."""
        ...


class Ending:
    """The end of the process: whether it has begun, and how long it may still be held up."""

    def __init__(self) -> None:
        self.begun = False
        self._deadline = 0.0

    def begin(self) -> None:
        """It begins now."""
        self.begun = True
        self._deadline = time.monotonic() + EXIT_SECONDS

    def seconds_left(self) -> float:
        """What is left of `EXIT_SECONDS`, and at least a tenth of a second."""
        return max(0.1, self._deadline - time.monotonic())


ENDING: Final = Ending()
_QUEUES: WeakSet[Queue] = WeakSet()


def watch(queue: Queue) -> None:
    """Have `queue` written out at exit and on SIGTERM, and emptied in the child of a fork."""
    _QUEUES.add(queue)
    heed_sigterm()


def watch_worker_process(queue: Queue) -> None:
    """Have `queue` written out at the end of a child process of `multiprocessing`, which skips `atexit`."""
    if "multiprocessing.util" not in sys.modules:
        return
    from multiprocessing import parent_process, util

    if parent_process() is not None:
        util.Finalize(queue, queue.close, exitpriority=0)


def _finish_all() -> None:
    """Write out every queue. What comes from now on is written at once by the queues themselves."""
    ENDING.begin()
    for queue in list(_QUEUES):
        queue.close(ENDING.seconds_left())


def heed_sigterm() -> None:
    """Handle SIGTERM where nobody does yet; only the main thread may say so."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _terminated)


def _terminated(number: int, _: object) -> None:
    """Write out every queue, and then end as the signal says."""
    _finish_all()
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)


def _begin_all() -> None:
    """After a fork, in the child."""
    for queue in list(_QUEUES):
        queue.begin_anew()


atexit.register(_finish_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_all)
