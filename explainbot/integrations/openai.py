"""The drop-in clients: real subclasses of openai's, and ways to guard a client or an HTTP client that exists already.

Nothing of the client is patched: each guarded client has an HTTP client that is guarded in place, whichever transport
it takes. `copy()` and `with_options()` reuse that HTTP client, or guard the one they are given.

openai 3 speaks httpx2, and takes httpx too; openai 1 and 2 speak httpx.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, overload

import openai

from explainbot.config import Settings
from explainbot.engine import engine_for
from explainbot.errors import ConfigError
from explainbot.integrations._signing import sign_what_is_sent
from explainbot.integrations._sockets import (
    GUARDED,
    HTTP,
    TELLS_ITS_ADDRESS,
    guard_connect,
    no_websocket,
    refuse_sockets,
)
from explainbot.transports.clients import guard, guard_of

if TYPE_CHECKING:
    import httpx2

__all__ = ["AsyncAzureOpenAI", "AsyncOpenAI", "AzureOpenAI", "OpenAI", "async_http_client", "http_client", "wrap"]

HttpT = TypeVar("HttpT")
SelfT = TypeVar("SelfT")
P = ParamSpec("P")
ClientT = TypeVar("ClientT", bound="openai.OpenAI | openai.AsyncOpenAI | ModuleType")

DEFAULT_TIMEOUT = HTTP.Timeout(timeout=600, connect=5.0)
"""Seconds; the openai client's own default, so that a guarded HTTP client behaves like the one it replaces."""


def http_client(*, settings: Settings | None = None, **options: Any) -> httpx2.Client:
    """A guarded `httpx2.Client` for any framework that takes one; an `httpx.Client` where openai is older than 3.

    Args:
        settings: what applies to it; None means the process's default.
        options: passed to that class.
    """
    client: httpx2.Client = HTTP.Client(**{"timeout": DEFAULT_TIMEOUT, "follow_redirects": True, **options})
    return guarded(client, settings)


def async_http_client(*, settings: Settings | None = None, **options: Any) -> httpx2.AsyncClient:
    """A guarded `httpx2.AsyncClient`; see `http_client`."""
    client: httpx2.AsyncClient = HTTP.AsyncClient(**{"timeout": DEFAULT_TIMEOUT, "follow_redirects": True, **options})
    return guarded(client, settings)


def wrap(client: ClientT, *, settings: Settings | None = None) -> ClientT:
    """Guard an existing client in place: the same object, of the same type. Wrapping it twice changes nothing.

    Works for every client built on openai's, for its HTTP client of either kind (httpx2 or legacy httpx), and for the
    module `openai` itself, whose functions share one client.

    Raises:
        ConfigError: `client` is no openai client.
    """
    if isinstance(client, ModuleType):
        return _wrap_module(client, settings)
    if not isinstance(client, openai.OpenAI | openai.AsyncOpenAI):
        raise ConfigError(f"wrap() takes an openai client, not {type(client).__name__}")
    guarded(client._client, settings)
    if not isinstance(client, _Guarded) and "copy" not in vars(client):
        copy = client.copy

        @functools.wraps(copy)
        def guarded_copy(*args: Any, **kwargs: Any) -> Any:
            return wrap(copy(*args, **kwargs), settings=settings)

        vars(client).update(copy=guarded_copy, with_options=guarded_copy)
        refuse_sockets(client)
        sign_what_is_sent(client)
        # Without the package none can be opened, and the resources need not be imported.
        if TELLS_ITS_ADDRESS and find_spec("websockets"):
            for name, dialogue in GUARDED.items():
                guard_connect(getattr(client, name), dialogue, client._client)
    return client


def _wrap_module(module: ClientT, settings: Settings | None) -> ClientT:
    """Guard the client that `openai.chat.completions.create(...)` and its like share."""
    if module is not openai:
        raise ConfigError("wrap() takes an openai client, or the module openai, and no other module")
    if openai.http_client is None:
        openai.http_client = http_client(settings=settings)
    guarded(openai.http_client, settings)
    if TELLS_ITS_ADDRESS:
        openai._ModuleClient._websocket_query_params = no_websocket  # type: ignore[method-assign]
    else:
        openai._ModuleClient.websocket_base_url = property(no_websocket, lambda *_: None)  # type: ignore[assignment]
    return module


class _Guarded:
    """Guards the HTTP client of the openai client it is mixed into, whoever made it."""

    _client: Any

    def __init__(self, *args: Any, settings: Settings | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._settings = settings
        guarded(self._client, settings)
        refuse_sockets(self)
        sign_what_is_sent(self)

    if not TYPE_CHECKING:  # type checkers see the client's own signature

        def copy(self, *args: Any, _extra_kwargs: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
            """The client's own, with the settings handed on."""
            return super().copy(*args, _extra_kwargs={"settings": self._settings, **(_extra_kwargs or {})}, **kwargs)

        with_options = copy

        @functools.cached_property
        def responses(self) -> Any:
            """The client's own, its WebSockets guarded."""
            return guard_connect(super().responses, GUARDED["responses"], self._client)

        @functools.cached_property
        def realtime(self) -> Any:
            """The client's own, its WebSockets guarded."""
            return guard_connect(super().realtime, GUARDED["realtime"], self._client)


if TYPE_CHECKING:

    def _as(
        method: Callable[Concatenate[Any, P], None], /
    ) -> Callable[[Callable[Concatenate[SelfT, ...], None]], Callable[Concatenate[SelfT, P], None]]:
        """Type checkers and editors see the parameters of this method."""


class OpenAI(_Guarded, openai.OpenAI):
    """`openai.OpenAI`, guarded. Takes the same arguments, and `settings` besides."""

    if TYPE_CHECKING:

        @overload
        @_as(openai.OpenAI.__init__)
        def __init__(self, *args: Any, **kwargs: Any) -> None: ...
        @overload
        def __init__(self, *args: Any, settings: Settings | None, **kwargs: Any) -> None: ...
        def __init__(self, *args: Any, **kwargs: Any) -> None: ...


class AsyncOpenAI(_Guarded, openai.AsyncOpenAI):
    """`openai.AsyncOpenAI`, guarded. Takes the same arguments, and `settings` besides."""

    if TYPE_CHECKING:

        @overload
        @_as(openai.AsyncOpenAI.__init__)
        def __init__(self, *args: Any, **kwargs: Any) -> None: ...
        @overload
        def __init__(self, *args: Any, settings: Settings | None, **kwargs: Any) -> None: ...
        def __init__(self, *args: Any, **kwargs: Any) -> None: ...


class AzureOpenAI(_Guarded, openai.AzureOpenAI):
    """`openai.AzureOpenAI`, guarded. Takes the same arguments, and `settings` besides."""


class AsyncAzureOpenAI(_Guarded, openai.AsyncAzureOpenAI):
    """`openai.AsyncAzureOpenAI`, guarded. Takes the same arguments, and `settings` besides."""


def guarded(client: HttpT, settings: Settings | None) -> HttpT:
    """An HTTP client that is guarded, in place and once; the same object.

    Raises:
        ConfigError: it is guarded already, by other settings.
    """
    known, engine = guard_of(client), engine_for(settings)
    if known is None:
        guard(client, engine)
    elif settings is not None and known is not engine:
        raise ConfigError("the HTTP client is guarded already, by other settings: give each of them its own")
    return client
