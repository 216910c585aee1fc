"""WebSockets of the openai client: those in `GUARDED` are guarded, all others are refused.

Every WebSocket of the client asks it for its query first (`openai._websocket_connection`), and so says its address. A
guarded client refuses to answer, unless what is opened there will be guarded.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import Context, ContextVar, copy_context
from importlib import import_module
from inspect import iscoroutinefunction
from typing import Any

import openai

from explainbot.errors import UnguardedChannel
from explainbot.transports._dialogue import Dialogue
from explainbot.transports._guard import Guard
from explainbot.transports._queued import queued
from explainbot.transports.clients import guard_of
from explainbot.transports.realtime_socket import RealtimeDialogue
from explainbot.transports.responses_socket import ResponsesDialogue
from explainbot.transports.socket import AsyncSocket, Socket

__all__ = [
    "GUARDED",
    "HTTP",
    "TELLS_ITS_ADDRESS",
    "guard_connect",
    "is_guarding",
    "no_address",
    "no_websocket",
    "refuse_sockets",
]

HTTP: Any = import_module("httpx" if openai.__version__.startswith(("1.", "2.")) else "httpx2")
"""The HTTP library that openai speaks."""

TELLS_ITS_ADDRESS = hasattr(openai.OpenAI, "_websocket_query_params")
"""Whether every WebSocket of the client asks the client for its query first: since openai 3."""

GUARDED: Mapping[str, type[Dialogue]] = {"responses": ResponsesDialogue, "realtime": RealtimeDialogue}
"""Resources of a client whose `connect` is guarded, and what is said there."""

SCHEMES = {"ws": "http", "wss": "https"}


class _Opening:
    """A WebSocket on its way to being opened, and the dialogue on it once its address is known.

    Args:
        kind: what is said there.
        guard: the engine.
        headers: those that the client itself puts into the handshake.
        context: that in which it was opened first: one that is opened anew belongs to the same turn.
    """

    dialogue: Dialogue

    def __init__(self, kind: type[Dialogue], guard: Guard, headers: Mapping[str, str], context: Context) -> None:
        self._kind, self._guard, self._headers, self._context = kind, guard, headers, context

    def at(self, url: Any) -> None:
        """Raises PrivacyError: it may not be opened there."""
        url = url.copy_with(scheme=SCHEMES.get(url.scheme, url.scheme))
        self.dialogue = self._context.copy().run(self._kind, self._guard, str(url), self._headers)


_opening: ContextVar[_Opening | None] = ContextVar("explainbot_opening_socket", default=None)


def is_guarding() -> bool:
    """Whether the WebSocket that is being opened will be guarded."""
    return _opening.get() is not None


def refuse_sockets(client: Any) -> None:
    """Let no WebSocket of a client be opened but those that `guard_connect` guards."""
    if not TELLS_ITS_ADDRESS:
        client.websocket_base_url = no_address()
        return
    query = client._websocket_query_params

    @functools.wraps(query)
    def asked(url: Any, extra_query: Any) -> Any:
        if (opening := _opening.get()) is None:
            return no_websocket()
        params = query(url, extra_query)
        opening.at(url.copy_with(params=params))
        return params

    client._websocket_query_params = asked


def no_address() -> Any:
    """An address for WebSockets that refuses to be read."""
    refused: Any = type("NoAddress", (HTTP.URL,), {"_uri_reference": property(no_websocket, lambda *_: None)})
    return refused()


def no_websocket(*_: Any, **__: Any) -> Any:
    """Raises UnguardedChannel: always."""
    raise UnguardedChannel(
        "this WebSocket goes round explainbot: nothing on it would be hidden or restored, so none was opened. "
        "Use responses.connect(), realtime.connect() or responses.create(..., stream=True) of a client that explainbot "
        "made or wrapped, or a bare openai client for what holds no personal data"
    )


def guard_connect(resource: Any, kind: type[Dialogue], http_client: Any) -> Any:
    """Guard the WebSockets that a resource of a client opens, as its HTTP client is; the same object."""
    if not TELLS_ITS_ADDRESS:
        return resource
    connect, guard = resource.connect, guard_of(http_client)
    assert guard is not None

    @functools.wraps(connect)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        manager = connect(*args, **kwargs)
        if hasattr(manager, "_connect_ws"):
            _guard_opening(manager, kind, guard, resource._client)
            _keep_turns(manager)
        return manager

    resource.connect = guarded
    return resource


def _guard_opening(manager: Any, kind: type[Dialogue], guard: Guard, client: Any) -> None:
    """Have the WebSocket guarded that a manager opens, or opens anew."""
    opened = manager._connect_ws
    opened_in: Context | None = None

    @contextmanager
    def opening(headers: Mapping[str, Any]) -> Iterator[_Opening]:
        nonlocal opened_in
        opened_in = opened_in or copy_context()
        sent = {**client.default_headers, **headers}  # the client's own of every request included
        said = {name: str(value) for name, value in sent.items() if not isinstance(value, openai.Omit)}
        one = _Opening(kind, guard, said, opened_in)
        token = _opening.set(one)
        try:
            yield one
        finally:
            _opening.reset(token)

    def connect(query: Mapping[str, Any], headers: Mapping[str, Any]) -> Socket:
        with opening(headers) as one:
            return Socket(opened(query, headers), one.dialogue)

    async def connect_async(query: Mapping[str, Any], headers: Mapping[str, Any]) -> AsyncSocket:
        with opening(headers) as one:
            return AsyncSocket(await opened(query, headers), one.dialogue)

    manager._connect_ws = connect_async if iscoroutinefunction(opened) else connect


def _keep_turns(manager: Any) -> None:
    """Have what waits to be sent, while no WebSocket is open, remember the turn it was said in."""
    from openai._send_queue import SendQueue

    for queue in vars(manager).values():
        if isinstance(queue, SendQueue):
            queue.enqueue = _keeping_turns(queue.enqueue)  # type: ignore[method-assign]


def _keeping_turns(enqueue: Any) -> Any:
    @functools.wraps(enqueue)
    def kept(data: str | bytes, **options: Any) -> Any:
        # Only a sender with a receipt learns what becomes of its message.
        return enqueue(queued(data, told=options.get("receipt") is not None), **options)

    return kept
