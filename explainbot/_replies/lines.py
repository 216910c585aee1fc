"""A reply that is a file or a plain text, read line by line."""

from __future__ import annotations

from collections.abc import Iterator

from explainbot import _json
from explainbot._replies.texts import ReplyObserver, Texts
from explainbot._spliced import spliced
from explainbot.protocols.base import Channel

__all__ = ["LinesReply"]

MAX_LINE = 64 * 1024 * 1024
"""Bytes a line of a file may have; a longer one holds no text, and the file is passed on as it comes."""


class LinesReply:
    """A file or a plain text: restored line by line, each read as JSON where it is an object."""

    streamed = False
    done = False

    def __init__(self, exchange: ReplyObserver) -> None:
        self._exchange = exchange
        self._texts = Texts(exchange)
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
