"""Sends what the store keeps on to somewhere else, in the order of the log.

The log itself is the outbox, and the store keeps for each target the place up to which it was sent: while a target is
down nothing is lost, nobody waits, and the others get theirs. One process at a time sends; a batch whose answer was
lost is sent again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any, Final, Protocol

from explainbot.errors import ExplainbotError
from explainbot.sinks.events import emit
from explainbot.stores.sealed import SealedStore

__all__ = ["EVERY_SECONDS", "Outbox", "Target"]

EVERY_SECONDS: Final = 2.0
"""How often the log is looked at for something to send."""

LONGEST_REST: Final = 60.0
"""Seconds after which a target that does not answer is tried again at the latest; the rest doubles from try to try."""

BATCH: Final = 512
"""Things sent at a time."""


class Target(Protocol):
    """Where something of the log is sent."""

    name: str
    """Under which the store keeps the place up to which it was sent."""

    def next(self, store: SealedStore, place: int, limit: int) -> tuple[int, Sequence[Any]]:
        """Up to `limit` things to send that come after this place in the log, and the place that is then reached."""
        ...

    def take(self, things: Sequence[Any]) -> bool:
        """Send them; whether the other side has them."""
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...


class Outbox:
    """Sends the log of a store to its targets, from a thread of its own.

    Args:
        store: what is sent: what comes into it from the first use of a target on.
        targets: where to.
    """

    def __init__(self, store: SealedStore, targets: Sequence[Target]) -> None:
        self._store = store
        self._targets = targets
        self._rests: dict[str, tuple[float, float]] = {}
        self._thread: threading.Thread | None = None
        self._end = threading.Event()
        self._said: set[str] = set()

    def __repr__(self) -> str:
        return f"<Outbox to {', '.join(target.name for target in self._targets)}>"

    def start(self) -> None:
        """Have a thread send from now on, unless one does. A fork has none, and starts its own."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="explainbot-outbox", daemon=True)
            self._thread.start()

    def send(self) -> int:
        """Send what was not sent yet; by how many places all targets went on. Nothing where another process is at it.

        Raises:
            StoreError: the store cannot be read.
        """
        return sum(self._send_to(target) for target in self._targets)

    def _send_to(self, target: Target) -> int:
        sent = 0
        with self._store.exclusive(target.name) as mine:
            place = self._store.sent(target.name) if mine else None
            while place is not None:
                end, things = target.next(self._store, place, BATCH)
                if things and not target.take(things):
                    self._say_once(target.name, "it is down, or refuses what is sent")
                    self._rest(target)
                    break
                self._rests.pop(target.name, None)
                if end == place:
                    break
                self._store.note_sent(target.name, end)
                sent, place = sent + end - place, end
        return sent

    def close(self) -> None:
        """End the thread. What was not sent is sent by the next process."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(EVERY_SECONDS)
        for target in self._targets:
            target.close()

    def _run(self) -> None:
        while not self._end.wait(EVERY_SECONDS):
            for target in self._targets:
                if time.monotonic() >= self._rests.get(target.name, (0.0, 0.0))[0]:
                    self._try(target)

    def _try(self, target: Target) -> None:
        try:
            self._send_to(target)
        except ExplainbotError as error:
            self._say_once(target.name, str(error))
        except Exception as error:  # noqa: BLE001  (an exporter may raise anything; it is tried again)
            self._say_once(target.name, type(error).__name__)
            self._rest(target)

    def _rest(self, target: Target) -> None:
        """Leave it alone for a while, twice as long as the last time."""
        _, last = self._rests.get(target.name, (0.0, EVERY_SECONDS / 2))
        rest = min(2 * last, LONGEST_REST)
        self._rests[target.name] = (time.monotonic() + rest, rest)

    def _say_once(self, name: str, reason: str) -> None:
        if name not in self._said:
            self._said.add(name)
            emit("warning", "explainbot.traces_not_sent", {"to": name, "reason": reason})
