"""What a reply waits for where the settings say that no reply goes out before its trace is durable.

When the time is up the rule counts: the reply goes on, and should its trace be lost, a gap tells; or an error takes the
place of the end of the reply, so that the bot hands the conversation to a person.
"""

from __future__ import annotations

import threading
import time
from typing import Final

from explainbot.errors import NotRecorded
from explainbot.sinks.events import emit

__all__ = ["COMMIT_SECONDS", "Receipt"]

COMMIT_SECONDS: Final = 2.0
"""How long a reply waits for its trace, if nothing else is said."""


class Receipt:
    """Tells when a trace is durable, in the store or in its spool file.

    Args:
        trace_id: of the trace.
        timeout: how long to wait at most, in seconds from now, however often it is asked.
        to_person: whether a reply whose trace is not durable in time ends with an error.
        contact: how a customer reaches a person, for that error.
    """

    def __init__(self, trace_id: str, timeout: float, *, to_person: bool = False, contact: str | None = None) -> None:
        self.trace_id = trace_id
        self._to_person = to_person
        self._contact = contact
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
        """Wait; whether it is durable now. If not, the log says so.

        Raises:
            NotRecorded: it is not, and a person takes over. Raised once, however often it is asked.
        """
        if self._settled.wait(max(0.0, self._deadline - time.monotonic())) and self._kept:
            return True
        if not self._said:
            self._said = True
            why = "lost" if self._settled.is_set() else "late"
            emit("warning", "explainbot.trace_not_durable", {"explainbot.trace.id": self.trace_id, "reason": why})
            if self._to_person:
                raise NotRecorded(self.trace_id, self._contact)
        return False

    async def arrive(self) -> bool:
        """The same, without holding up the event loop."""
        if self._settled.is_set():
            return self.wait()
        from anyio.to_thread import run_sync

        return await run_sync(self.wait, abandon_on_cancel=True)
