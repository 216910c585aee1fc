"""Work that is done while the network works: when a request is sent, and its reply is not there yet.

Both HTTP clients say when that is, to the function that a request holds as its extension `trace` (httpcore, "Request
extensions"). Where no network is asked, nobody says it, and the work is done when it is needed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["ameanwhile", "meanwhile"]

TRACE = "trace"
SENT = ".send_request_body.complete"
"""How the name of the event ends that says so, for any version of HTTP."""

Told = Callable[[str, Any], None]
ATold = Callable[[str, Any], Awaitable[None]]


@contextmanager
def meanwhile(request: Any, work: Callable[[], None]) -> Iterator[None]:
    """While `request` is sent, `work` waits for its moment."""
    told: Told | None = request.extensions.get(TRACE)

    def hear(event: str, about: Any) -> None:
        if told is not None:
            told(event, about)
        if event.endswith(SENT):
            work()

    with _hearing(request, hear, told):
        yield


@contextmanager
def ameanwhile(request: Any, work: Callable[[], Awaitable[None]]) -> Iterator[None]:
    """The same for asynchronous clients."""
    told: ATold | None = request.extensions.get(TRACE)

    async def hear(event: str, about: Any) -> None:
        if told is not None:
            await told(event, about)
        if event.endswith(SENT):
            await work()

    with _hearing(request, hear, told):
        yield


@contextmanager
def _hearing(request: Any, hear: Told | ATold, told: Told | ATold | None) -> Iterator[None]:
    request.extensions[TRACE] = hear
    try:
        yield
    finally:
        if told is None:
            request.extensions.pop(TRACE, None)  # a transport of the bot's may have taken it off
        else:
            request.extensions[TRACE] = told
