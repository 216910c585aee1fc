"""A guarded WebSocket of the Responses API: requests and events are those of HTTP, each as a message of its own.

`response.create` is a request to create a response, and what comes back are the events that a stream would bring, so
each response is an exchange like any other. Responses with the same `stream_id` come one after the other; those of
different ones take turns (`openai.types.responses.responses_client_event`). Other messages, such as the input that
steers a response under way, are refused: which request their reply belongs to cannot be told.

An error may name no lane, as one about a message that the server could not read. Where it cannot be told which response
it ends, nothing is restored from there on, and nothing is sent: else the next customer's reply might be taken for it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from threading import Lock
from typing import Any

from explainbot import _json, _sse
from explainbot._outgoing import Request
from explainbot.errors import LocalProtocolError, PrivacyError, RemoteProtocolError, UnguardedChannel
from explainbot.exchange import Exchange
from explainbot.protocols.openai_responses import ENDED
from explainbot.transports import away
from explainbot.transports._guard import Guard, Receipt

__all__ = ["AsyncSocket", "Dialogue", "Socket"]

CREATE = "response.create"
CREATED = "response.created"
ERROR = "error"
OVER = ENDED | {ERROR}
"""Events after which a response says no more."""

EVENTS = {"content-type": "text/event-stream"}


class Dialogue:
    """The exchanges on one WebSocket, without any input or output of its own.

    Args:
        guard: the engine.
        url: what the WebSocket is opened for, with the scheme of HTTP.
        headers: those that the client itself puts into the handshake.

    Raises:
        PrivacyError: the URL or the headers hold personal data; they cannot be replaced here.
    """

    def __init__(self, guard: Guard, url: str, headers: Mapping[str, str]) -> None:
        self.slow = guard.slow
        self._guard, self._url = guard, url
        self._lanes: defaultdict[str, deque[Exchange]] = defaultdict(deque)
        self._changing = Lock()  # one thread may send while another one receives
        self._begun: dict[str, bool] = {}  # lanes whose first response was heard of, and whether it was created
        self._lost = False
        self._ready: deque[bytes] = deque()
        asked = Request("GET", url, tuple(headers.items()), b"")
        if (sent := self._exchange().send_request(asked)).url != url or sent.headers != asked.headers:
            raise PrivacyError("the address or the headers of a WebSocket hold personal data; none was opened")

    def _exchange(self) -> Exchange:
        exchange = self._guard.open("POST", self._url)
        if exchange is None:
            raise UnguardedChannel("no wire protocol is known for this WebSocket; none was opened")
        return exchange

    def send(self, message: str | bytes) -> str:
        """A message as it may leave.

        Raises:
            UnguardedChannel: it asks for anything but a response.
            PrivacyError: something in it could not be read or replaced.
            LocalProtocolError: it is no event.
        """
        if self._lost:
            raise PrivacyError(
                "which responses the events of this WebSocket belong to cannot be told any more; nothing was sent. "
                "Open another one"
            )
        body = _bytes(message)
        event = _event(body)
        if event.get("type") != CREATE:
            raise UnguardedChannel(
                "on a WebSocket of Responses only response.create is guarded, so nothing was sent. "
                "Wait for the response and create another one from its id, or use a bare openai client"
            )
        exchange = self._exchange()
        try:
            sent = exchange.send_request(Request("POST", self._url, (), body)).body.decode()
        except BaseException as error:
            self._guard.close(exchange, error)
            raise
        exchange.receive_headers(200, EVENTS)
        with self._changing:
            self._lanes[_lane(event)].append(exchange)
        return sent

    def receive(self, message: str | bytes) -> Receipt | None:
        """Take a message; what became of it is in `next()`. Gives what the end of a response has to wait for."""
        body = _bytes(message)
        try:
            event = _event(body)
        except LocalProtocolError:  # nothing of ours is in it; the client says what it thinks of it
            event = {}
        name, place = self._placed(event)
        lane = self._lanes.get(name)
        if not event or not lane:
            self._ready.append(body)
            return None
        exchange = lane[place]
        self._hear(exchange, _sse.encode(body.decode().replace("\r\n", "\n").replace("\r", "\n")))
        kind = str(event.get("type"))
        if kind not in OVER:
            if kind.startswith("response."):
                self._begun[name] = self._begun.get(name, False) or kind == CREATED
            return None
        self._hear(exchange, b"")
        self._end(name, place)
        return self._guard.close(exchange)

    def _end(self, name: str, place: int) -> None:
        with self._changing:
            lane = self._lanes[name]
            del lane[place]
            if not lane:
                del self._lanes[name]
        if place == 0:
            self._begun.pop(name, None)

    def _placed(self, event: Mapping[str, Any]) -> tuple[str, int]:
        """The lane of the response that an event is of, and its place there: the first, or the one that is refused."""
        name = _lane(event)
        if event.get("type") == ERROR:
            # One with a number is of a response's stream, any other is about a request (`ResponseWsError`).
            streamed = "sequence_number" in event
            name = name if name or self._is_open(name, streamed) else self._only(streamed)
            return name, int(not streamed and name in self._begun and len(self._lanes[name]) > 1)
        if event.get("type") == CREATED and self._begun.get(name):
            self._lose()
        return name, 0

    def _is_open(self, name: str, streamed: bool) -> bool:
        """Whether a lane has a response that has begun (`streamed`), or one that has not."""
        begun = name in self._begun
        return begun if streamed else len(self._lanes.get(name, ())) > begun

    def _only(self, streamed: bool) -> str:
        """The one lane that an error may be of, though it names none; "" where none is open, or it cannot be told."""
        lanes = [name for name in self._lanes if self._is_open(name, streamed)] or [*self._lanes]
        if len(lanes) > 1:
            self._lose()
        return lanes[0] if len(lanes) == 1 else ""

    def _lose(self) -> None:
        self._lost = True
        self.close(RemoteProtocolError("it cannot be told which response an event of the WebSocket is of"))

    def next(self) -> bytes | None:
        """The next message for the client, as far as it has come."""
        return self._ready.popleft() if self._ready else None

    def close(self, error: BaseException | None = None) -> bool:
        """The WebSocket was closed by the bot, or broke off: whether something is left for the client to read."""
        self._begun.clear()
        while self._lanes:
            for exchange in self._lanes.popitem()[1]:
                if error is not None:
                    self._hear(exchange, b"")
                self._guard.close(exchange, error)
        return bool(self._ready)

    def _hear(self, exchange: Exchange, data: bytes) -> None:
        decoder = _sse.FrameDecoder()
        for part in exchange.receive_parts(data):
            self._ready += [frame.data.encode() for frame in decoder.feed(part) if frame.data is not None]


def _bytes(message: str | bytes) -> bytes:
    return message.encode() if isinstance(message, str) else bytes(message)


def _event(body: bytes) -> dict[str, Any]:
    """Raises LocalProtocolError: the message is no JSON object."""
    try:
        event = _json.loads(body.decode())
    except ValueError as error:
        raise LocalProtocolError(f"a message cannot be read ({error}); nothing was sent") from None
    if not isinstance(event, dict):
        raise LocalProtocolError(f"a message must be an object, not {type(event).__name__}; nothing was sent")
    return event


def _lane(event: Mapping[str, Any]) -> str:
    return str(event.get("stream_id") or "")


class Socket:
    """A WebSocket connection of the `websockets` package, as far as the openai client makes use of one."""

    def __init__(self, inner: Any, dialogue: Dialogue) -> None:
        self._inner, self._dialogue = inner, dialogue

    def send(self, message: str | bytes) -> None:
        self._inner.send(self._dialogue.send(message))

    def recv(self, decode: bool | None = None, **options: Any) -> str | bytes:
        from websockets.exceptions import ConnectionClosed

        while (ready := self._dialogue.next()) is None:
            try:
                message = self._inner.recv(**options)
            except ConnectionClosed as error:
                if not self._dialogue.close(error):
                    raise
                continue
            if (receipt := self._dialogue.receive(message)) is not None:
                receipt.wait()
        return ready if decode is False else ready.decode()

    def close(self, **why: Any) -> None:
        self._dialogue.close()
        self._inner.close(**why)


class AsyncSocket:
    """The same for asynchronous clients."""

    def __init__(self, inner: Any, dialogue: Dialogue) -> None:
        self._inner, self._dialogue = inner, dialogue

    async def send(self, message: str | bytes) -> None:
        await self._inner.send(await self._do(self._dialogue.send, message))

    async def recv(self, decode: bool | None = None) -> str | bytes:
        from websockets.exceptions import ConnectionClosed

        while (ready := self._dialogue.next()) is None:
            try:
                message = await self._inner.recv()
            except ConnectionClosed as error:
                if not self._dialogue.close(error):
                    raise
                continue
            if (receipt := await self._do(self._dialogue.receive, message)) is not None:
                await receipt.arrive()
        return ready if decode is False else ready.decode()

    async def close(self, **why: Any) -> None:
        self._dialogue.close()
        await self._inner.close(**why)

    async def _do(self, work: Any, message: str | bytes) -> Any:
        return await away.do(work, message) if self._dialogue.slow else work(message)
