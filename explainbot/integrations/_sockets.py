"""WebSockets of the openai client: those of `responses.connect` are guarded, all others are refused.

Every WebSocket of the client asks it for an address first (`openai._websocket_connection`). A guarded client refuses to
say, unless the one that asks has what it opens guarded.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from inspect import iscoroutinefunction
from typing import Any

import openai

from explainbot.errors import UnguardedChannel
from explainbot.transports._guard import Guard
from explainbot.transports.clients import guard_of
from explainbot.transports.socket import AsyncSocket, Dialogue, Socket

__all__ = ["HTTP", "TELLS_ITS_ADDRESS", "guard_connect", "no_address", "no_websocket", "refuse_sockets"]

HTTP: Any = import_module("httpx" if openai.__version__.startswith(("1.", "2.")) else "httpx2")
"""The HTTP library that openai speaks."""

TELLS_ITS_ADDRESS = hasattr(openai.OpenAI, "_websocket_query_params")
"""Whether every WebSocket of the client asks the client for its query first: since openai 3."""

_guarding: ContextVar[bool] = ContextVar("explainbot_guarding_socket", default=False)


def refuse_sockets(client: Any) -> None:
    """Let no WebSocket of a client be opened but those that `guard_connect` guards."""
    if not TELLS_ITS_ADDRESS:
        client.websocket_base_url = no_address()
        return
    query = client._websocket_query_params

    @functools.wraps(query)
    def asked(url: Any, extra_query: Any) -> Any:
        return query(url, extra_query) if _guarding.get() else no_websocket()

    client._websocket_query_params = asked


def no_address() -> Any:
    """An address for WebSockets that refuses to be read."""
    refused: Any = type("NoAddress", (HTTP.URL,), {"_uri_reference": property(no_websocket, lambda *_: None)})
    return refused()


def no_websocket(*_: Any, **__: Any) -> Any:
    """Raises UnguardedChannel: always."""
    raise UnguardedChannel(
        "this WebSocket goes round explainbot: nothing on it would be hidden or restored, so none was opened. "
        "Use responses.connect() or responses.create(..., stream=True) of a client that explainbot made or wrapped, "
        "or a bare openai client for what holds no personal data"
    )


def guard_connect(responses: Any, http_client: Any) -> Any:
    """Guard the WebSockets that a client's `responses` opens, as its HTTP client is; the same object."""
    if not TELLS_ITS_ADDRESS:
        return responses
    connect, guard = responses.connect, guard_of(http_client)
    assert guard is not None

    @functools.wraps(connect)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        manager = connect(*args, **kwargs)
        if hasattr(manager, "_connect_ws"):
            manager._connect_ws = _opening(responses._client, manager, guard)
        return manager

    responses.connect = guarded
    return responses


def _opening(client: Any, manager: Any, guard: Guard) -> Callable[..., Any]:
    """What opens a WebSocket, or opens it anew, and guards it."""
    opened = manager._connect_ws

    def connect(query: Mapping[str, Any], headers: Mapping[str, Any]) -> Socket:
        with _letting():
            dialogue = _dialogue(client, manager, guard, query, headers)
            return Socket(opened(query, headers), dialogue)

    async def connect_async(query: Mapping[str, Any], headers: Mapping[str, Any]) -> AsyncSocket:
        with _letting():
            dialogue = _dialogue(client, manager, guard, query, headers)
            return AsyncSocket(await opened(query, headers), dialogue)

    return connect_async if iscoroutinefunction(opened) else connect


def _dialogue(
    client: Any, manager: Any, guard: Guard, query: Mapping[str, Any], headers: Mapping[str, Any]
) -> Dialogue:
    """A dialogue at the address and with the headers that the client will send, its own of every request included."""
    url = manager._prepare_url()
    scheme = "http" if url.scheme == "ws" else "https"
    url = url.copy_with(scheme=scheme, params=client._websocket_query_params(url, query))
    sent = {**client.default_headers, **headers}
    said = {name: str(value) for name, value in sent.items() if not isinstance(value, openai.Omit)}
    return Dialogue(guard, str(url), said)


@contextmanager
def _letting() -> Iterator[None]:
    token = _guarding.set(True)
    try:
        yield
    finally:
        _guarding.reset(token)
