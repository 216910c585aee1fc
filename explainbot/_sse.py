"""Bytes to and from server-sent-event frames, with a size limit.

A frame is everything up to and including its blank line (WHATWG HTML, 9.2.6 "Interpreting an event stream"). We cut
into whole frames, not lines: text owed to an earlier frame must leave before any byte of the next one does. Frames keep
their raw bytes, so one that is not touched leaves as it came.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from explainbot.errors import RemoteProtocolError

MAX_FRAME = 64 * 1024 * 1024
"""Bytes a frame may have. Far above any chat chunk; base64 images in `response.completed` reach some tens of MB."""

_BLANK_LINE = re.compile(rb"(?:\r\n|\n|\r(?!\n)){2}")
"""End of a frame: an empty line, in any mix of the three line ends the standard allows (LF, CR LF, CR)."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Frame:
    """One event: its bytes as received, its `event:` name and its `data:` lines joined by newlines (None: no data)."""

    raw: bytes
    event: str | None
    data: str | None


class FrameDecoder:
    """Cuts a byte stream into frames. At most one incomplete frame is held."""

    def __init__(self, max_frame: int = MAX_FRAME) -> None:
        self._max_frame = max_frame
        self._buffer = bytearray()
        self._searched = 0
        self._at_start = True

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that `data` completes, in order.

        Raises:
            RemoteProtocolError: a frame grew beyond the limit.
        """
        self._buffer += data
        frames = []
        while (match := _BLANK_LINE.search(self._buffer, self._searched)) is not None:
            if self._may_split_crlf(match.end()):
                break
            frames.append(self._take(match.end()))
        # A blank line may be cut anywhere, and is four bytes long at most.
        self._searched = max(0, len(self._buffer) - 3)
        if len(self._buffer) > self._max_frame:
            raise RemoteProtocolError(f"a server-sent event is larger than {self._max_frame} bytes")
        return frames

    def _may_split_crlf(self, end: int) -> bool:
        """A CR at the very end may be the first half of CR LF: wait for the next byte."""
        return self._buffer[end - 1 : end] == b"\r" and end == len(self._buffer)

    def _take(self, end: int) -> Frame:
        raw = bytes(self._buffer[:end])
        del self._buffer[:end]
        self._searched = 0
        frame = parse(raw.removeprefix(_BOM) if self._at_start else raw, raw)
        self._at_start = False
        return frame

    def close(self) -> Frame | None:
        """What is left when the stream ends. Clients read a last frame that lacks its blank line, so it counts."""
        return self._take(len(self._buffer)) if self._buffer else None


def parse(text: bytes, raw: bytes | None = None) -> Frame:
    """Read one frame's fields; unknown fields, `id:`, `retry:` and comments stay in `raw` only.

    A frame that is not UTF-8 has no fields: it is the client's to refuse.
    """
    event: str | None = None
    data: list[str] = []
    try:
        decoded = text.decode()
    except UnicodeDecodeError:
        return Frame(text if raw is None else raw, None, None)
    for line in _LINE_END.split(decoded):
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            data.append(value)
        elif name == "event":
            event = value
    return Frame(text if raw is None else raw, event, "\n".join(data) if data else None)


def encode(data: str, event: str | None = None) -> bytes:
    """The bytes of a frame. A newline in `data` becomes a further `data:` line."""
    head = "" if event is None else f"event: {event}\n"
    body = "\n".join(f"data: {line}" for line in data.split("\n"))
    return f"{head}{body}\n\n".encode()
