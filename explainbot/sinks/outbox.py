"""Sends what the store keeps on to a collector, in the order of the log.

The log itself is the outbox, and the store keeps the place up to which it was sent: while the collector is down nothing
is lost and nobody waits. One process at a time sends; a batch whose answer was lost is sent again, with the same ids.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from explainbot.errors import ExplainbotError
from explainbot.sinks.events import emit
from explainbot.sinks.otlp import Collector, gap_span, span
from explainbot.stores.sealed import SealedStore

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan

__all__ = ["EVERY_SECONDS", "Outbox"]

EVERY_SECONDS: Final = 2.0
"""How often the log is looked at for something to send."""

BATCH: Final = 512
"""Records sent at a time."""

NAME: Final = "otlp"


class Outbox:
    """Sends the traces of a store to a collector, from a thread of its own.

    Args:
        store: what is sent: what comes into it from the first use of an outbox on.
        endpoint: see `Collector`.

    Raises:
        ConfigError: OpenTelemetry is not installed.
    """

    def __init__(self, store: SealedStore, endpoint: str) -> None:
        self._store = store
        self._collector = Collector(endpoint)
        self._thread: threading.Thread | None = None
        self._end = threading.Event()
        self._said = False

    def __repr__(self) -> str:
        return "<Outbox>"

    def start(self) -> None:
        """Have a thread send from now on, unless one does. A fork has none, and starts its own."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="explainbot-outbox", daemon=True)
            self._thread.start()

    def send(self) -> int:
        """Send what was not sent yet; how many records. Nothing where another process is at it.

        Raises:
            StoreError: the store cannot be read.
        """
        sent = 0
        with self._store.exclusive(NAME) as mine:
            place = self._store.sent(NAME) if mine else None
            while place is not None:
                end, spans = self._next(place)
                if end == place or (spans and not self._collector.take(spans)):
                    break
                self._store.note_sent(NAME, end)
                sent, place = sent + end - place, end
        return sent

    def close(self) -> None:
        """End the thread. What was not sent is sent by the next process."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(EVERY_SECONDS)
        self._collector.close()

    def _next(self, place: int) -> tuple[int, list[ReadableSpan]]:
        """The spans of the records that come after this place, and the place of the last one."""
        spans: list[ReadableSpan] = []
        for seq, row, _ in self._store.rows(place):
            place = seq
            if row.kind == "gap":
                spans.append(gap_span(row))
            elif row.kind == "trace" and (trace := self._store.opened(row)) is not None:
                spans.append(span(trace))
            if len(spans) == BATCH:
                break
        return place, spans

    def _run(self) -> None:
        while not self._end.wait(EVERY_SECONDS):
            try:
                self.send()
            except ExplainbotError as error:
                self._say_once(str(error))
            except Exception as error:  # noqa: BLE001  (an exporter may raise anything; it is tried again)
                self._say_once(type(error).__name__)

    def _say_once(self, reason: str) -> None:
        if not self._said:
            self._said = True
            emit("warning", "explainbot.traces_not_sent", {"reason": reason})
