"""The three ways a reply is read: left untouched, whole, or streamed in server-sent events.

Each takes the reply's bytes and gives the customer's. Text of one channel is held back only while its tail can still
become a placeholder; what is held is given out inside the chunk that ends the channel, or that first speaks on another
channel of the same choice, so no chunk is added to a stream that ends as it should.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from explainbot import _json, _sse
from explainbot.privacy import Restorer
from explainbot.protocols.base import Channel

if TYPE_CHECKING:
    from explainbot.protocols.base import ReplyFacts, WireProtocol


class ReplyObserver(Protocol):
    """What a reader asks of, and tells to, its exchange."""

    protocol: WireProtocol

    def restorer(self, channel: Channel) -> Restorer: ...
    def note_facts(self, facts: ReplyFacts) -> None: ...
    def note_unreadable(self, what: str) -> None: ...
    def explained(self, said: Said) -> Any: ...


@dataclass(frozen=True, slots=True)
class Said:
    """What the first choice of a reply said, restored.

    Attributes:
        reply: its text for the customer, the refusal among it.
        tools: what it asked tools for.
        refused: whether it refused.
        unknown: how many placeholders it invented.
    """

    reply: str
    tools: Sequence[str] = ()
    refused: bool = False
    unknown: int = 0


class UntouchedReply:
    """An error of the provider, or content of a kind we do not know: passed on as it came."""

    def receive(self, data: bytes) -> Iterator[bytes]:
        yield data

    def counts(self) -> tuple[int, int]:
        """Placeholders restored, and unknown ones left as they were."""
        return 0, 0

    def trace_rest(self) -> None:
        """Nothing was read, so there is nothing to trace."""


class _Texts:
    """The channels of one reply: a restorer each, and what was restored so far."""

    def __init__(self, exchange: ReplyObserver) -> None:
        self._exchange = exchange
        self._parts: dict[Channel, list[str]] = {}
        self.restorers: dict[Channel, Restorer] = {}

    def feed(self, channel: Channel, text: str) -> str:
        restorer = self.restorers.get(channel)
        if restorer is None:
            restorer = self.restorers[channel] = self._exchange.restorer(channel)
            self._parts[channel] = []
        return self._keep(channel, restorer.feed(text))

    def flush(self, channel: Channel) -> str:
        return self._keep(channel, self.restorers[channel].flush())

    def whole(self, channel: Channel, text: str) -> str:
        return self.feed(channel, text) + self.flush(channel)

    def _keep(self, channel: Channel, text: str) -> str:
        if text and channel.choice == 0:
            self._parts[channel].append(text)
        return text

    def explained(self) -> Any:
        """The explanation of the first choice; any other is restored, but not explained."""
        texts = [(channel, "".join(parts)) for channel, parts in self._parts.items() if parts]
        reply = "\n".join(text for channel, text in texts if channel.role in ("reply", "refusal"))
        tools = [text for channel, text in texts if channel.role == "tool"]
        refused = any(channel.role == "refusal" for channel, _ in texts)
        return self._exchange.explained(Said(reply, tools, refused, self.counts()[1]))

    def counts(self) -> tuple[int, int]:
        restorers = self.restorers.values()
        return sum(r.restored for r in restorers), sum(r.unknown for r in restorers)


class WholeReply:
    """A JSON reply: held until it is complete, then restored and explained."""

    def __init__(self, exchange: ReplyObserver) -> None:
        self._exchange = exchange
        self._texts = _Texts(exchange)
        self._received = bytearray()

    def receive(self, data: bytes) -> Iterator[bytes]:
        if data:
            self._received += data
        else:
            yield self._whole(bytes(self._received))

    def _whole(self, raw: bytes) -> bytes:
        try:
            body = _json.loads(raw)
        except ValueError as error:
            self._exchange.note_unreadable(f"the reply is {error}")
            return raw
        return self._read(body) if isinstance(body, dict) else raw

    def _read(self, body: dict[str, Any]) -> bytes:
        protocol = self._exchange.protocol
        self._exchange.note_facts(protocol.facts(body))
        protocol.map_reply(body, self._texts.whole)
        if (explanation := self._texts.explained()) is not None:
            protocol.attach(body, explanation)
        return _json.dumps(body)

    def counts(self) -> tuple[int, int]:
        return self._texts.counts()

    def trace_rest(self) -> None:
        """A reply that never became complete was never read."""


class StreamedReply:
    """A stream of server-sent events, explained with the chunk that ends the first choice."""

    def __init__(self, exchange: ReplyObserver) -> None:
        self._exchange = exchange
        self._texts = _Texts(exchange)
        self._decoder = _sse.FrameDecoder()
        self._last: dict[str, Any] = {}
        self._explained = False
        self.done = False
        """Whether `[DONE]` came: clients stop reading there, so the end of the body may never be seen."""

    def receive(self, data: bytes) -> Iterator[bytes]:
        """Frame by frame: a client has the first token in hand before the explanation in a later frame is made."""
        if data:
            for frame in self._decoder.feed(data):
                yield self._frame(frame)
            return
        if (rest := self._decoder.close()) is not None:
            yield self._frame(rest)
        yield self._owed()

    def _frame(self, frame: _sse.Frame) -> bytes:
        if frame.data is None:
            return frame.raw
        if frame.data.startswith("[DONE]"):
            self.done = True
            return self._owed() + frame.raw
        try:
            chunk = _json.loads(frame.data)
        except ValueError as error:
            self._exchange.note_unreadable(f"a streamed chunk is {error}")
            return frame.raw
        if not isinstance(chunk, dict) or chunk.get("error"):
            return self._owed() + frame.raw
        self._chunk(chunk)
        return _sse.encode(_json.dumps(chunk).decode(), frame.event)

    def _chunk(self, chunk: dict[str, Any]) -> None:
        protocol = self._exchange.protocol
        self._exchange.note_facts(protocol.facts(chunk))
        self._last = chunk
        spoken: set[Channel] = set()

        def feed(channel: Channel, text: str) -> str:
            spoken.add(channel)
            return self._texts.feed(channel, text)

        protocol.map_chunk(chunk, feed)
        for choice, ends in list(protocol.touched(chunk)):
            for channel in self._finished(choice, ends, spoken):
                self._give_out(chunk, channel, spoken)
            if ends and choice == 0 and not self._explained:
                self._explain_in(chunk)

    def _finished(self, choice: int, ends: bool, spoken: set[Channel]) -> list[Channel]:
        """The channels of `choice` that will say no more: all at its end, else those another channel has followed."""
        channels = [channel for channel in self._texts.restorers if channel.choice == choice]
        if ends:
            return channels
        return [c for c in channels if c not in spoken] if any(c in spoken for c in channels) else []

    def _give_out(self, chunk: dict[str, Any], channel: Channel, spoken: set[Channel]) -> bool:
        """Put the text still held back for `channel` into `chunk`, behind what the chunk itself says on it.

        Returns:
            Whether there was any.
        """
        if not (text := self._texts.flush(channel)):
            return False
        if channel in spoken:
            self._exchange.protocol.map_chunk(chunk, lambda other, own: own + text if other == channel else own)
        else:
            self._exchange.protocol.add_text(chunk, channel, text)
        return True

    def _explain_in(self, chunk: dict[str, Any]) -> None:
        self._explained = True
        if (explanation := self._texts.explained()) is not None:
            self._exchange.protocol.attach(chunk, explanation)

    def _owed(self) -> bytes:
        """Text still held back when a stream ends without ending its channels, as one more chunk."""
        chunk = self._exchange.protocol.empty_chunk(self._last)
        owed = [channel for channel in self._texts.restorers if self._give_out(chunk, channel, set())]
        return _sse.encode(_json.dumps(chunk).decode()) if owed else b""

    def counts(self) -> tuple[int, int]:
        return self._texts.counts()

    def trace_rest(self) -> None:
        """A stream that never ended its first choice is explained for the trace, as far as it came."""
        if not self._explained and self._texts.restorers:
            self._explained = True
            self._texts.explained()
