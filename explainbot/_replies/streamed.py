"""A reply in server-sent events.

Text of one channel is held back only while its tail can still become a placeholder. A chunk whose text has such a tail
waits for the next chunk of its channel, or for the one that ends it, and what was held back is then given out inside
it: so no chunk is ever added, and the pieces of a text always add up to the whole.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

from explainbot import _json, _sse
from explainbot._replies.owed import Owed, Waiting
from explainbot._replies.texts import ReplyObserver, Texts, fault
from explainbot.protocols.base import Channel

__all__ = ["StreamedReply"]

MAX_WAITING = 64
"""Chunks that may wait for the rest of one that is held back, while others speak: a bound for memory and patience."""


class StreamedReply:
    """A stream of server-sent events, explained with the chunk that ends the first choice."""

    streamed = True

    def __init__(self, exchange: ReplyObserver) -> None:
        self._exchange = exchange
        self._texts = Texts(exchange)
        self._decoder = _sse.FrameDecoder()
        self._waiting: deque[Waiting] = deque()
        self._explained = not exchange.protocol.answers
        self.done = False
        """Whether the stream said that it is complete: clients stop reading there, so its end may never be seen."""

    def receive(self, data: bytes) -> Iterator[bytes]:
        """Frame by frame: a client has the first token in hand before the explanation in a later frame is made."""
        if data:
            for frame in self._decoder.feed(data):
                yield self._frame(frame)
            return
        if (rest := self._decoder.close()) is not None:
            yield self._frame(rest)
        yield self._all_out()

    def _frame(self, frame: _sse.Frame) -> bytes:
        if frame.data is None:
            self._waiting.append(Waiting(frame))
            return self._out()
        if frame.data.startswith("[DONE]"):
            self.done = True
            return self._all_out() + frame.raw
        try:
            chunk = _json.loads(frame.data)
            if isinstance(chunk, dict) and not chunk.get("error"):
                self._chunk(frame, chunk)
                return self._out()
        except (ValueError, RecursionError) as error:
            self._exchange.note_unreadable(f"a streamed chunk is {fault(error)}")
            self._waiting.append(Waiting(frame))
            return self._out()
        return self._all_out() + frame.raw

    def _chunk(self, frame: _sse.Frame, chunk: dict[str, Any]) -> None:
        protocol, texts = self._exchange.protocol, self._texts
        self._exchange.note_facts(protocol.facts(chunk))
        texts.spoken, texts.changed = set(), False
        protocol.map_chunk(chunk, texts)
        for earlier in self._waiting:
            earlier.owes -= texts.spoken  # what was held back is held back, or given out, by this chunk now
        spoken = texts.spoken
        entry = Waiting(frame, chunk, texts.changed, {channel for channel in spoken if texts.streams[channel].holds})
        self._waiting.append(entry)
        ends = protocol.ends(chunk, spoken)
        if ends is None:
            return
        for waiting in self._waiting:
            self._pay(waiting, {channel for channel in waiting.owes if ends.channels(channel)})
        self.done = self.done or ends.stream
        if ends.answer:
            self._exchange.note_reply(chunk)
            self._explain_in(entry)

    def _pay(self, waiting: Waiting, channels: set[Channel]) -> None:
        """Put the text still held back for `channels` into a chunk that waits for it."""
        for channel in channels:
            assert waiting.chunk is not None
            texts = Owed(channel)
            self._exchange.protocol.map_chunk(waiting.chunk, texts)
            texts.give(self._texts.flush(channel))
            self._exchange.protocol.map_chunk(waiting.chunk, texts)
            waiting.changed = True
        waiting.owes -= channels

    def _explain_in(self, entry: Waiting) -> None:
        if self._explained:
            return
        self._explained = True
        if (explanation := self._exchange.explained(self._texts.said())) is not None:
            assert entry.chunk is not None
            self._exchange.protocol.attach(entry.chunk, explanation)
            entry.changed = True

    def _out(self) -> bytes:
        """The frames that wait for nothing any more."""
        if len(self._waiting) > MAX_WAITING:
            self._pay(self._waiting[0], set(self._waiting[0].owes))
        out = []
        while self._waiting and not self._waiting[0].owes:
            out.append(self._waiting.popleft().bytes())
        return b"".join(out)

    def _all_out(self) -> bytes:
        """Every frame, when a stream ends or breaks off without ending its channels."""
        for waiting in self._waiting:
            self._pay(waiting, set(waiting.owes))
        return self._out()

    def counts(self) -> tuple[int, int]:
        return self._texts.counts()

    def trace_rest(self) -> None:
        """A stream that never ended its first choice is explained for the trace, as far as it came."""
        if not self._explained and self._texts.streams:
            self._explained = True
            self._exchange.explained(self._texts.said())
