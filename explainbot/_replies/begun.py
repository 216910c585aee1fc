"""Which way a reply is read: by what its headers call it, and by how it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot._replies.lines import LinesReply
from explainbot._replies.streamed import StreamedReply
from explainbot._replies.texts import ReplyObserver
from explainbot._replies.whole import WholeReply

__all__ = ["BegunReply", "UntouchedReply"]

BOM = b"\xef\xbb\xbf"
EVENTS = re.compile(rb"(?:data|event|id|retry)?:")
"""How a line of a stream begins (WHATWG HTML, 9.2.6)."""

JSON = "application/json"
EVENT_STREAM = "text/event-stream"

FIRST_LINE = 6
"""Bytes that tell whether a line begins so."""


class UntouchedReply:
    """An error of the provider, or content of a kind we do not know: passed on as it came."""

    streamed = False
    done = False

    def receive(self, data: bytes) -> Iterator[bytes]:
        yield data

    def counts(self) -> tuple[int, int]:
        """Placeholders restored, and unknown ones left as they were."""
        return 0, 0

    def trace_rest(self) -> None:
        """Nothing was read, so there is nothing to trace."""


class BegunReply:
    """A reply that is read as what it begins like: servers and gateways send JSON as plain text, and streams as JSON.

    Args:
        exchange: whose reply it is.
        kind: what its headers call it, such as `application/json`; it is read so where its beginning says nothing else.
        asked: whether a stream was asked for.
    """

    def __init__(self, exchange: ReplyObserver, kind: str, asked: bool) -> None:
        self._exchange = exchange
        self._decided = False
        self._begun = b""
        self._reader: UntouchedReply | LinesReply | WholeReply | StreamedReply = UntouchedReply()
        if exchange.protocol.lines and kind not in (JSON, EVENT_STREAM):
            self._reader = LinesReply(exchange)
            self._decided = True
        elif kind == EVENT_STREAM or (asked and kind != JSON):
            self._reader = StreamedReply(exchange)
        elif kind == JSON or kind.endswith("+json") or not kind:
            self._reader = WholeReply(exchange)

    @property
    def streamed(self) -> bool:
        return self._reader.streamed

    @property
    def done(self) -> bool:
        return self._reader.done

    def receive(self, data: bytes) -> Iterator[bytes]:
        if self._decided:
            yield from self._reader.receive(data)
            return
        self._begun += data
        if data and not self._decide():
            return
        self._decided = True
        yield from self._reader.receive(self._begun)
        if not data and self._begun:
            yield from self._reader.receive(b"")

    def _decide(self) -> bool:
        """Choose the reader, if enough of the reply is there for that."""
        first = self._begun.removeprefix(BOM).lstrip()
        if not first or BOM.startswith(first):
            return False
        if first.startswith(b"{"):
            if not isinstance(self._reader, WholeReply):
                self._reader = WholeReply(self._exchange)
        elif not self._reader.streamed:
            if len(first) < FIRST_LINE and b":" not in first:
                return False
            if EVENTS.match(first):
                self._reader = StreamedReply(self._exchange)
        return True

    def counts(self) -> tuple[int, int]:
        return self._reader.counts()

    def trace_rest(self) -> None:
        self._reader.trace_rest()
