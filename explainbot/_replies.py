"""The ways a reply is read: left untouched, whole, line by line, or streamed in server-sent events.

Each takes the reply's bytes and gives the customer's. Text of one channel is held back only while its tail can still
become a placeholder. A chunk whose text has such a tail waits for the next chunk of its channel, or for the one that
ends it, and what was held back is then given out inside it: so no chunk is ever added, and the pieces of a text always
add up to the whole.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, MutableSequence, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from explainbot import _json, _sse
from explainbot._spliced import spliced
from explainbot.privacy import Restorer
from explainbot.privacy.restore import Edit, moved
from explainbot.protocols.base import Channel

if TYPE_CHECKING:
    from explainbot.protocols.base import ReplyFacts, WireProtocol

MAX_WAITING = 64
"""Chunks that may wait for the rest of one that is held back, while others speak: a bound for memory and patience."""

MAX_MOVES = 1_000
"""Replacements of a text that citations in it are moved by: the last ones, since a stream may have any number."""

MAX_LINE = 64 * 1024 * 1024
"""Bytes a line of a file may have; a longer one holds no text, and the file is passed on as it comes."""


class ReplyObserver(Protocol):
    """What a reader asks of, and tells to, its exchange."""

    protocol: WireProtocol

    @property
    def surrogates(self) -> bool: ...
    def restorer(self, channel: Channel, edits: MutableSequence[Edit] | None) -> Restorer: ...
    def heard(self, text: str) -> None: ...
    def note_facts(self, facts: ReplyFacts) -> None: ...
    def note_reply(self, body: dict[str, Any]) -> None: ...
    def owns(self, id: str | None) -> bool: ...
    def note_unreadable(self, what: str) -> None: ...
    def explained(self, said: Said) -> Any: ...


MAX_EXPLAINED = 200_000
"""Characters of a reply that are explained and traced; a longer one is delivered whole but explained up to here."""


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


class _Texts:
    """The texts of one reply (a `ReplyTexts`): a restorer for each channel, and what was restored so far.

    Attributes:
        spoken: the channels on which something was fed since this was last emptied.
        changed: whether a text became another since this was last set back.
    """

    def __init__(self, exchange: ReplyObserver) -> None:
        self.spoken: set[Channel] = set()
        self.changed = False
        self.surrogates = exchange.surrogates
        self.streams: dict[Channel, Restorer] = {}
        self._exchange = exchange
        self._wholes: dict[Channel, Restorer] = {}
        self._edits: dict[Channel, deque[Edit]] = {}
        self._parts: dict[Channel, list[str]] = {}
        self._counts = [0, 0]
        self._kept = 0

    def feed(self, channel: Channel, text: str) -> str:
        self.spoken.add(channel)
        restorer = self.streams.get(channel)
        if restorer is None:
            restorer = self.streams[channel] = self._restorer(channel)
        given = restorer.feed(text)
        self.changed = self.changed or given != text
        return self._keep(channel, given)

    def flush(self, channel: Channel) -> str:
        return self._keep(channel, self.streams[channel].flush())

    def whole(self, channel: Channel, text: str) -> str:
        repeated = channel in self.streams  # the end of a stream says once more what was said
        restorer = self._exchange.restorer(channel, None) if repeated else self._restorer(channel)
        given = restorer.feed(text) + restorer.flush()
        self.changed = self.changed or given != text
        if repeated:
            return given
        if channel.role == "other":
            self._counts[0] += restorer.restored
            self._counts[1] += restorer.unknown
        else:
            self._wholes[channel] = restorer
            self._parts[channel] = []
            self._keep(channel, given)
        return given

    def _restorer(self, channel: Channel) -> Restorer:
        """A restorer that keeps its last replacements where offsets may point into the text."""
        if channel.role == "reply":
            self._edits[channel] = deque(maxlen=MAX_MOVES)
        return self._exchange.restorer(channel, self._edits.get(channel))

    def owns(self, id: str | None) -> bool:
        return self._exchange.owns(id)

    def moved(self, channel: Channel, offset: int) -> int:
        place = moved(self._edits.get(channel, ()), offset)
        self.changed = self.changed or place != offset
        return place

    def _keep(self, channel: Channel, text: str) -> str:
        if channel.choice == 0 and channel.role != "other" and (kept := text[: MAX_EXPLAINED - self._kept]):
            self._parts.setdefault(channel, []).append(kept)
            self._kept += len(kept)
            if channel.role == "reply":
                self._exchange.heard(kept)
        return text

    def said(self) -> Said:
        """What the first choice said; any other is restored, but not explained."""
        texts = [(channel, "".join(parts)) for channel, parts in self._parts.items() if parts and channel.choice == 0]
        return Said(
            reply="\n".join(text for channel, text in texts if channel.role in ("reply", "refusal")),
            tools=[text for channel, text in texts if channel.role == "tool"],
            refused=any(channel.role == "refusal" for channel, _ in texts),
            unknown=self.counts()[1],
        )

    def counts(self) -> tuple[int, int]:
        restorers = ({**self._wholes, **self.streams}).values()
        restored, unknown = self._counts
        return restored + sum(r.restored for r in restorers), unknown + sum(r.unknown for r in restorers)


class WholeReply:
    """A JSON reply: held until it is complete, then restored and, where it is an answer, explained."""

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
            return self._read(body, raw) if isinstance(body, dict) else raw
        except (ValueError, RecursionError) as error:
            reason = "JSON nested too deeply" if isinstance(error, RecursionError) else str(error)
            self._exchange.note_unreadable(f"the reply is {reason}")
            return raw

    def _read(self, body: dict[str, Any], raw: bytes) -> bytes:
        protocol = self._exchange.protocol
        self._exchange.note_facts(protocol.facts(body))
        self._exchange.note_reply(body)
        protocol.map_reply(body, self._texts)
        if protocol.answered(body) and (explanation := self._exchange.explained(self._texts.said())) is not None:
            protocol.attach(body, explanation)
        elif not self._texts.changed:
            return raw
        return spliced(raw.decode(), body) if json.detect_encoding(raw) == "utf-8" else _json.dumps(body)

    def counts(self) -> tuple[int, int]:
        return self._texts.counts()

    def trace_rest(self) -> None:
        """A reply that never became complete was never read."""


class LinesReply:
    """A file or a plain text: restored line by line, each read as JSON where it is an object."""

    streamed = False
    done = False

    def __init__(self, exchange: ReplyObserver) -> None:
        self._exchange = exchange
        self._texts = _Texts(exchange)
        self._held = bytearray()
        self._opaque = False

    def receive(self, data: bytes) -> Iterator[bytes]:
        if self._opaque:
            yield data
            return
        self._held += data
        end = self._held.rfind(b"\n") + 1 if data else len(self._held)
        self._opaque = len(self._held) - end > MAX_LINE
        if self._opaque:
            end = len(self._held)
        lines = bytes(self._held[:end])
        del self._held[:end]
        yield lines if self._opaque else b"".join(self._line(line) for line in lines.splitlines(keepends=True))

    def _line(self, line: bytes) -> bytes:
        if b"_" not in line and b"[" not in line and not self._texts.surrogates:
            return line  # no spelling of a placeholder is without
        try:
            text = line.decode()
        except UnicodeDecodeError:
            return line
        stripped = text.strip()
        return text.replace(stripped, self._restored(stripped), 1).encode() if stripped else line

    def _restored(self, text: str) -> str:
        self._texts.changed = False
        if text.startswith("{"):
            try:
                body = _json.loads(text)
                self._exchange.protocol.map_reply(body, self._texts)
            except (ValueError, RecursionError):
                return self._texts.whole(Channel(0, "line"), text)
            return spliced(text, body).decode() if self._texts.changed else text
        return self._texts.whole(Channel(0, "line"), text)

    def counts(self) -> tuple[int, int]:
        return self._texts.counts()

    def trace_rest(self) -> None:
        """A file is no answer to a customer."""


@dataclass(slots=True)
class _Waiting:
    """A frame on its way out.

    Attributes:
        frame: as received.
        chunk: what it holds, None for a frame that is passed on as it came.
        changed: whether the chunk is no longer what the frame holds.
        owes: the channels of which a tail is held back that belongs into this chunk.
    """

    frame: _sse.Frame
    chunk: dict[str, Any] | None = None
    changed: bool = False
    owes: set[Channel] = field(default_factory=set)

    def bytes(self) -> bytes:
        if self.chunk is None or not self.changed:
            return self.frame.raw
        assert self.frame.data is not None
        return _sse.encode(spliced(self.frame.data, self.chunk).decode(), self.frame.event)


class _Owed:
    """Puts what was held back behind the last piece of one channel (a `ReplyTexts`); leaves all else as it is."""

    def __init__(self, channel: Channel) -> None:
        self.changed = self.surrogates = False
        self.pieces = 0
        self._channel = channel
        self._owed = ""
        self._last = 0

    def give(self, owed: str) -> None:
        """The next pass puts `owed` behind the last of the pieces that this one saw."""
        self._owed, self._last, self.pieces = owed, self.pieces, 0

    def feed(self, channel: Channel, text: str) -> str:
        if channel != self._channel:
            return text
        self.pieces += 1
        return text + self._owed if self.pieces == self._last else text

    def whole(self, channel: Channel, text: str) -> str:
        return text

    def owns(self, id: str | None) -> bool:
        return False

    def moved(self, channel: Channel, offset: int) -> int:
        return offset


class StreamedReply:
    """A stream of server-sent events, explained with the chunk that ends the first choice."""

    streamed = True

    def __init__(self, exchange: ReplyObserver) -> None:
        self._exchange = exchange
        self._texts = _Texts(exchange)
        self._decoder = _sse.FrameDecoder()
        self._waiting: deque[_Waiting] = deque()
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
            self._waiting.append(_Waiting(frame))
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
            reason = "JSON nested too deeply" if isinstance(error, RecursionError) else str(error)
            self._exchange.note_unreadable(f"a streamed chunk is {reason}")
            self._waiting.append(_Waiting(frame))
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
        entry = _Waiting(frame, chunk, texts.changed, {channel for channel in spoken if texts.streams[channel].holds})
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

    def _pay(self, waiting: _Waiting, channels: set[Channel]) -> None:
        """Put the text still held back for `channels` into a chunk that waits for it."""
        for channel in channels:
            assert waiting.chunk is not None
            texts = _Owed(channel)
            self._exchange.protocol.map_chunk(waiting.chunk, texts)
            texts.give(self._texts.flush(channel))
            self._exchange.protocol.map_chunk(waiting.chunk, texts)
            waiting.changed = True
        waiting.owes -= channels

    def _explain_in(self, entry: _Waiting) -> None:
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
