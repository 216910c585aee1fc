"""The three ways a reply is read: left untouched, whole, or streamed in server-sent events; and which of them it is.

Each takes the reply's bytes and gives the customer's. Text of one channel is held back only while its tail can still
become a placeholder; what is held is given out inside the chunk that ends the channel, or that first speaks on another
channel of the same choice, so no chunk is added to a stream that ends as it should.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
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
    def heard(self, text: str) -> None: ...
    def note_facts(self, facts: ReplyFacts) -> None: ...
    def note_unreadable(self, what: str) -> None: ...
    def explained(self, said: Said) -> Any: ...


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """What the first choice of a reply said, restored. Its `repr` shows none of it.

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

    streamed = False
    done = False

    def receive(self, data: bytes) -> Iterator[bytes]:
        yield data

    def counts(self) -> tuple[int, int]:
        """Placeholders restored, and unknown ones left as they were."""
        return 0, 0

    def trace_rest(self) -> None:
        """Nothing was read, so there is nothing to trace."""


MAX_EXPLAINED = 200_000
"""Characters of a reply that are explained and traced; a longer one is delivered whole but explained up to here."""


class _Texts:
    """The channels of one reply: a restorer each, and what was restored so far.

    Attributes:
        restorers: by channel.
        holding: by choice, the channels that hold text back, so that no other need be looked at.
    """

    def __init__(self, exchange: ReplyObserver) -> None:
        self._exchange = exchange
        self._parts: dict[Channel, list[str]] = {}
        self._kept = 0
        self.restorers: dict[Channel, Restorer] = {}
        self.holding: dict[int, dict[Channel, None]] = {}

    def feed(self, channel: Channel, text: str) -> str:
        restorer = self.restorers.get(channel)
        if restorer is None:
            restorer = self.restorers[channel] = self._exchange.restorer(channel)
            self._parts[channel] = []
        given = self._keep(channel, restorer.feed(text))
        if restorer.holds:
            self.holding.setdefault(channel.choice, {})[channel] = None
        else:
            self._holds_no_more(channel)
        return given

    def flush(self, channel: Channel) -> str:
        self._holds_no_more(channel)
        return self._keep(channel, self.restorers[channel].flush())

    def _holds_no_more(self, channel: Channel) -> None:
        if (held := self.holding.get(channel.choice)) is not None:
            held.pop(channel, None)
            if not held:
                del self.holding[channel.choice]

    def whole(self, channel: Channel, text: str) -> str:
        return self.feed(channel, text) + self.flush(channel)

    def _keep(self, channel: Channel, text: str) -> str:
        if channel.choice == 0 and (kept := text[: MAX_EXPLAINED - self._kept]):
            self._parts[channel].append(kept)
            self._kept += len(kept)
            if channel.role == "reply":
                self._exchange.heard(kept)
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

    streamed = False
    done = False

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

    streamed = True

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
        spoken: Counter[Channel] = Counter()

        def feed(channel: Channel, text: str) -> str:
            spoken[channel] += 1
            return self._texts.feed(channel, text)

        protocol.map_chunk(chunk, feed)
        touched = list(protocol.touched(chunk))
        self._give_out(chunk, self._finished(touched, spoken), spoken)
        if (0, True) in touched and not self._explained:
            self._explain_in(chunk)

    def _finished(self, touched: Iterable[tuple[int, bool]], spoken: Collection[Channel]) -> list[Channel]:
        """The channels that hold text and will say no more: all of a choice at its end, else those another followed."""
        followed = {channel.choice for channel in spoken}
        finished: dict[Channel, None] = {}
        for choice, ends in touched:
            for channel in self._texts.holding.get(choice, ()):
                if ends or (choice in followed and channel not in spoken):
                    finished[channel] = None
        return list(finished)

    def _give_out(self, chunk: dict[str, Any], channels: Iterable[Channel], spoken: Counter[Channel]) -> bool:
        """Put the text still held back for `channels` into `chunk`, behind the last that the chunk itself says on each.

        Args:
            spoken: how often the chunk speaks on each channel.

        Returns:
            Whether there was any.
        """
        owed = {channel: text for channel in channels if (text := self._texts.flush(channel))}
        any_owed = bool(owed)

        def behind(channel: Channel, own: str) -> str:
            spoken[channel] -= 1
            return own if spoken[channel] else own + owed.pop(channel, "")

        if not spoken.keys().isdisjoint(owed):
            self._exchange.protocol.map_chunk(chunk, behind)
        for channel, text in owed.items():
            self._exchange.protocol.add_text(chunk, channel, text)
        return any_owed

    def _explain_in(self, chunk: dict[str, Any]) -> None:
        self._explained = True
        if (explanation := self._texts.explained()) is not None:
            self._exchange.protocol.attach(chunk, explanation)

    def _owed(self) -> bytes:
        """Text still held back when a stream ends without ending its channels, as one more chunk for each choice."""
        frames = []
        for held in list(self._texts.holding.values()):
            chunk = self._exchange.protocol.empty_chunk(self._last)
            if self._give_out(chunk, list(held), Counter()):
                frames.append(_sse.encode(_json.dumps(chunk).decode()))
        return b"".join(frames)

    def counts(self) -> tuple[int, int]:
        return self._texts.counts()

    def trace_rest(self) -> None:
        """A stream that never ended its first choice is explained for the trace, as far as it came."""
        if not self._explained and self._texts.restorers:
            self._explained = True
            self._texts.explained()


BOM = b"\xef\xbb\xbf"
EVENTS = re.compile(rb"(?:data|event|id|retry)?:")
"""How a line of a stream begins (WHATWG HTML, 9.2.6)."""

JSON = "application/json"
EVENT_STREAM = "text/event-stream"

FIRST_LINE = 6
"""Bytes that tell whether a line begins so."""


class BegunReply:
    """A reply that is read as what it begins like: servers and gateways send JSON as plain text, and streams as JSON.

    Args:
        exchange: whose reply it is.
        kind: what its headers call it, such as `application/json`; it is read so where its beginning says nothing else.
        asked: whether a stream was asked for.
    """

    def __init__(self, exchange: ReplyObserver, kind: str, asked: bool) -> None:
        self._exchange = exchange
        self._reader: UntouchedReply | WholeReply | StreamedReply = UntouchedReply()
        if kind == EVENT_STREAM or (asked and kind != JSON):
            self._reader = StreamedReply(exchange)
        elif kind == JSON or kind.endswith("+json") or not kind:
            self._reader = WholeReply(exchange)
        self._decided = False
        self._begun = b""

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
