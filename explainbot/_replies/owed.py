"""A chunk of a stream that waits for the rest of a text, and how the rest gets into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from explainbot import _sse
from explainbot._spliced import spliced
from explainbot.protocols.base import Channel

__all__ = ["Owed", "Waiting"]


@dataclass(slots=True)
class Waiting:
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


class Owed:
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
