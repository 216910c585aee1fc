"""What is said on one guarded WebSocket, without any input or output of its own."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from explainbot import _json, _sse
from explainbot._outgoing import Request
from explainbot.errors import ExplainbotError, LocalProtocolError, PrivacyError, UnguardedChannel
from explainbot.exchange import Exchange
from explainbot.transports._guard import Guard, Receipt
from explainbot.transports._queued import Queued

__all__ = ["Dialogue", "as_bytes", "event_of", "written"]

EVENTS = {"content-type": "text/event-stream"}


class Dialogue(ABC):
    """The exchanges on one WebSocket. What its messages are, its subclasses say, and by which method of the table of
    protocols they are found.

    Args:
        guard: the engine.
        url: what the WebSocket is opened for, with the scheme of HTTP.
        headers: those that the client itself puts into the handshake.

    Raises:
        PrivacyError: the URL or the headers hold personal data; they cannot be replaced here.
    """

    method = "POST"
    _conversation: str | None = None
    """What everything on it is of; None where each exchange is of its own turn's conversation."""

    def __init__(self, guard: Guard, url: str, headers: Mapping[str, str]) -> None:
        self.slow = guard.slow
        self._guard, self._url = guard, url
        self._ready: deque[bytes | ExplainbotError] = deque()
        asked = Request("GET", url, tuple(headers.items()), b"")
        exchange = self._exchange()
        if (sent := exchange.send_request(asked)).url != url or sent.headers != asked.headers:
            raise PrivacyError("the address or the headers of a WebSocket hold personal data; none was opened")
        if self._conversation is not None:
            self._conversation = exchange.context.conversation

    def _exchange(self) -> Exchange:
        exchange = self._guard.open(self.method, self._url, self._conversation)
        if exchange is None:
            raise UnguardedChannel("no wire protocol is known for this WebSocket; none was opened")
        return exchange

    def _asked(self, said: Mapping[str, Any]) -> tuple[Exchange, Any]:
        """The exchange for a request, ready to hear the events of its reply; and the request as it may leave."""
        exchange = self._exchange()
        try:
            sent = exchange.send_request(Request(self.method, self._url, (), _json.dumps(said))).body
        except BaseException as error:
            self._guard.close(exchange, error)
            raise
        exchange.receive_headers(200, EVENTS)
        return exchange, _json.loads(sent)

    def send(self, message: str | bytes) -> str | None:
        """A message as it may leave. One that waited, and nobody hears any more what becomes of, is None where it may
        not: `next` then says why.

        Raises:
            UnguardedChannel: it is of a kind that is not guarded.
            PrivacyError: something in it could not be read or replaced.
            LocalProtocolError: it is no event.
        """
        if not isinstance(message, Queued):
            return _spelt_as(message, self._said(message))
        assert isinstance(message, str | bytes)
        try:
            return _spelt_as(message, message.context.run(self._said, message))
        except ExplainbotError as error:
            if message.told:
                raise
            self._ready.append(error)
            return None

    @abstractmethod
    def _said(self, message: str | bytes) -> str:
        """A message as it may leave, noted as said."""

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """While a message leaves. Where that fails or is cancelled, nobody knows whether the server will get it."""
        try:
            yield
        except BaseException as error:
            self._doubt(error)
            raise

    @abstractmethod
    def _doubt(self, error: BaseException) -> None:
        """Note that the message said last may not have left."""

    @abstractmethod
    def receive(self, message: str | bytes) -> Receipt | None:
        """Take a message; what became of it is in `next()`. Gives what the end of a response has to wait for."""

    def next(self) -> bytes | None:
        """The next message for the client, as far as it has come.

        Raises:
            ExplainbotError: a message that waited could not be sent.
        """
        ready = self._ready.popleft() if self._ready else None
        if isinstance(ready, ExplainbotError):
            raise ready
        return ready

    @abstractmethod
    def close(self, error: BaseException | None = None) -> bool:
        """The WebSocket was closed by the bot, or broke off: whether something is left for the client to read."""

    def _break_off(self, exchange: Exchange, error: BaseException | None) -> None:
        """An exchange whose reply will not become complete."""
        if error is not None:
            self._hear(exchange, b"")
        self._guard.close(exchange, error)

    def _hear(self, exchange: Exchange, body: bytes) -> None:
        self._ready += self._heard(exchange, body)

    def _heard(self, exchange: Exchange, body: bytes) -> list[bytes]:
        """What an exchange makes of an event, or of the end of its reply, which is empty."""
        decoder = _sse.FrameDecoder()
        data = _sse.encode(body.decode().replace("\r\n", "\n").replace("\r", "\n")) if body else b""
        frames = (frame for part in exchange.receive_parts(data) for frame in decoder.feed(part))
        return [frame.data.encode() for frame in frames if frame.data is not None]


def written(value: Any) -> str:
    """A message as the client itself writes one (`openai.resources.responses`)."""
    return json.dumps(value)


def _spelt_as(message: str | bytes, sent: str) -> str:
    """What is sent, without spaces and escapes where the bot wrote the message so."""
    text = as_bytes(message)
    if sent.encode() == text or _json.dumps(_json.loads(text)) != text:
        return sent
    return _json.dumps(_json.loads(sent)).decode()


def as_bytes(message: str | bytes) -> bytes:
    """A message as bytes. What is no UTF-8 in it stays so and is refused later: an error of `encode` holds the text."""
    return message.encode("utf-8", "surrogatepass") if isinstance(message, str) else bytes(message)


def event_of(body: bytes) -> dict[str, Any]:
    """Raises LocalProtocolError: the message is no JSON object."""
    try:
        return _json.loads_object(body.decode())
    except ValueError as error:
        raise LocalProtocolError(f"a message cannot be read ({error}); nothing was sent") from None
