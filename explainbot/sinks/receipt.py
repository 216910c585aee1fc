"""What a reply waits for where the settings say that no reply goes out before its trace is durable."""

from __future__ import annotations

import threading
import time
from typing import Final

from explainbot.sinks.events import emit

__all__ = ["COMMIT_SECONDS", "Receipt"]

COMMIT_SECONDS: Final = 2.0
"""How long a reply waits for its trace, if nothing else is said."""


class Receipt:
    """Tells when a trace is durable, in the store or in its spool file.

    Args:
        trace_id: of the trace.
        timeout: how long to wait at most, in seconds from now, however often it is asked.
    """

    def __init__(self, trace_id: str, timeout: float) -> None:
        self.trace_id = trace_id
        self._deadline = time.monotonic() + timeout
        self._said = False
        self._settled = threading.Event()
        self._kept = False

    def __repr__(self) -> str:
        return f"<Receipt for trace {self.trace_id}>"

    def settle(self, *, kept: bool) -> None:
        """It is durable now, or it is lost."""
        self._kept = kept
        self._settled.set()

    def wait(self) -> bool:
        """Wait; whether it is durable now. If not, the log says so, and the reply goes on: a loss is told by a gap."""
        if self._settled.wait(max(0.0, self._deadline - time.monotonic())) and self._kept:
            return True
        if not self._said:
            self._said = True
            why = "lost" if self._settled.is_set() else "late"
            emit("warning", "explainbot.trace_not_durable", {"explainbot.trace.id": self.trace_id, "reason": why})
        return False

    async def arrive(self) -> bool:
        """The same, without holding up the event loop."""
        if self._settled.is_set():
            return self.wait()
        from anyio.to_thread import run_sync

        return await run_sync(self.wait, abandon_on_cancel=True)
