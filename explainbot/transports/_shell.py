"""What the guarded transports of httpx2 and of httpx have in common: both libraries share these interfaces.

The inner response object is kept, and only its stream replaced: a new response would lose what the client needs to
close the connection. Its content is decoded here, by a shadow of the response that is used for nothing else, because
gzip cannot be rewritten in place.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import ModuleType
from typing import Any, Self

from explainbot.exchange import TRACE_HEADER, Exchange
from explainbot.transports import away
from explainbot.transports._files import places, unread
from explainbot.transports._guard import Guard, Receipt
from explainbot.transports._meanwhile import ameanwhile, meanwhile
from explainbot.transports._requests import let_pass, redact

__all__ = ["AsyncBody", "AsyncShell", "Body", "Shell"]

PREPARED = "explainbot.prepared"
"""Where a request that may be sent keeps its exchange, None for one that nobody reads, and where its files stood."""

LARGEST_PIECE = 65_536
"""Bytes handed on at once: a reply that is held until it is complete comes in pieces all the same."""


def _received(http: ModuleType, exchange: Exchange, response: Any, read: Callable[[Any], Any]) -> Any:
    """Tell the exchange of the reply's head; a shadow of the response that decodes its content.

    It takes the bytes by `read`, and has no way to close their stream: the response does that, once.
    """
    headers = {name.lower(): value for name, value in response.headers.items()}
    changes = exchange.receive_headers(response.status_code, headers)
    shadow = http.Response(response.status_code, headers=response.headers, content=read(response.stream))
    if changes:
        for name in ("content-encoding", "content-length"):
            response.headers.pop(name, None)
    response.headers[TRACE_HEADER] = exchange.trace_id
    return shadow if changes else None


def _unread_reply(http: ModuleType, response: Any, request: Any) -> Any:
    """The response with its content still to be read: one made of loaded content (as by `MockTransport`, or a cache)
    would hand that out past any stream."""
    if not response.is_stream_consumed:
        return response
    response.request = request  # as the client does with the response it gets
    headers = [(name, value) for name, value in response.headers.multi_items() if name.lower() != "content-encoding"]
    stream = http.ByteStream(response.content)
    return http.Response(response.status_code, headers=headers, stream=stream, extensions=response.extensions)


def _pieces(parts: Iterator[bytes]) -> Iterator[bytes]:
    for part in parts:
        if len(part) <= LARGEST_PIECE:
            yield part
        else:
            yield from (part[start : start + LARGEST_PIECE] for start in range(0, len(part), LARGEST_PIECE))


class Body:
    """A reply's byte stream, passed through its exchange.

    Read a second time, it drains what is left and gives none of it: clients do so behind the last event of a stream, so
    that the connection can be used again. Nothing is left of a stream that broke off.
    """

    def __init__(self, exchange: Exchange, guard: Guard, shadow: Any, raw: Any) -> None:
        self._exchange, self._guard, self._shadow, self._raw = exchange, guard, shadow, raw
        self._receipt: Receipt | None = None
        self._begun = self._broken = False

    def __iter__(self) -> Iterator[bytes]:
        if self._begun:
            yield from (b"" for _ in (() if self._broken else self._raw))
            return
        self._begun = True
        error: BaseException | None = None
        chunks = self._raw if self._shadow is None else self._shadow.iter_bytes()
        try:
            for chunk in chunks:
                yield from _pieces(self._exchange.receive_parts(chunk))
            yield from _pieces(self._exchange.receive_parts(b""))
        except BaseException as caught:
            error = caught
            self._broken = True
            raise
        finally:
            self._receipt = self._guard.close(self._exchange, error) or self._receipt
        if self._receipt is not None:
            self._receipt.wait()

    def close(self) -> None:
        try:
            self._raw.close()
        finally:
            self._receipt = self._guard.close(self._exchange) or self._receipt
        if self._receipt is not None:
            self._receipt.wait()


class AsyncBody:
    """The same for asynchronous clients."""

    def __init__(self, exchange: Exchange, guard: Guard, shadow: Any, raw: Any) -> None:
        self._exchange, self._guard, self._shadow, self._raw = exchange, guard, shadow, raw
        self._receipt: Receipt | None = None
        self._begun = self._broken = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._begun:
            if not self._broken:
                async for _ in self._raw:
                    yield b""
            return
        self._begun = True
        error: BaseException | None = None
        chunks = self._raw if self._shadow is None else self._shadow.aiter_bytes()
        try:
            async for chunk in chunks:
                async for out in self._parts(chunk):
                    yield out
            async for out in self._parts(b""):
                yield out
        except BaseException as caught:
            error = caught
            self._broken = True
            raise
        finally:
            self._receipt = self._guard.close(self._exchange, error) or self._receipt
        if self._receipt is not None:
            await self._receipt.arrive()

    async def _parts(self, chunk: bytes) -> AsyncIterator[bytes]:
        parts = _pieces(self._exchange.receive_parts(chunk))
        if self._guard.slow:
            async for out in away.each(parts):
                yield out
        else:
            for out in parts:
                yield out

    async def aclose(self) -> None:
        try:
            await self._raw.aclose()
        finally:
            self._receipt = self._guard.close(self._exchange) or self._receipt
        if self._receipt is not None:
            await self._receipt.arrive()


class _Guarded:
    """State of either shell: the transport inside, and the engine."""

    http: ModuleType
    body: type[Any]

    def __init__(self, inner: Any, guard: Guard) -> None:
        self.inner = inner
        self.guard = guard

    @contextmanager
    def traced(self, request: Any) -> Iterator[None]:
        """While a request is made ready elsewhere, prepared or not: where that fails, its exchange is over."""
        try:
            yield
        except BaseException as error:
            exchange, _ = request.extensions.pop(PREPARED, (None, None))
            if exchange is not None:
                self.guard.close(exchange, error)
            raise


class Shell(_Guarded):
    """A synchronous transport round another one."""

    def prepare(self, request: Any) -> None:
        """Make a request what may be sent, in place: ahead of sending it where it is signed in between.

        Raises:
            PrivacyError: it may not be sent.
        """
        exchange, files = self.guard.open(request.method, str(request.url)), places(request.stream)
        if exchange is None:
            let_pass(self.http, self.guard, request)
        else:
            try:
                redact(self.http, exchange, request, request.read())
            except BaseException as error:
                self.guard.close(exchange, error)
                raise
        request.extensions[PREPARED] = exchange, files

    def handle_request(self, request: Any) -> Any:
        if PREPARED not in request.extensions:
            self.prepare(request)
        exchange, files = request.extensions.pop(PREPARED)
        if exchange is None:
            return self.inner.handle_request(request)
        try:
            with unread(files), meanwhile(request, exchange.read_ahead):
                response = _unread_reply(self.http, self.inner.handle_request(request), request)
            shadow = _received(self.http, exchange, response, iter)
        except BaseException as error:
            self.guard.close(exchange, error)
            raise
        response.stream = self.body(exchange, self.guard, shadow, response.stream)
        return response

    def __enter__(self) -> Self:
        self.inner.__enter__()
        return self

    def close(self) -> None:
        self.inner.close()


class AsyncShell(_Guarded):
    """An asynchronous transport round another one."""

    async def prepare(self, request: Any) -> None:
        """The same for asynchronous clients."""
        exchange, files = self.guard.open(request.method, str(request.url)), places(request.stream)
        if exchange is None:
            let_pass(self.http, self.guard, request)
        else:
            try:
                body = await request.aread()
                if self.guard.slow:
                    await away.do(redact, self.http, exchange, request, body)
                else:
                    redact(self.http, exchange, request, body)
            except BaseException as error:
                self.guard.close(exchange, error)
                raise
        request.extensions[PREPARED] = exchange, files

    async def handle_async_request(self, request: Any) -> Any:
        if PREPARED not in request.extensions:
            await self.prepare(request)
        exchange, files = request.extensions.pop(PREPARED)
        if exchange is None:
            return await self.inner.handle_async_request(request)
        try:
            with unread(files), ameanwhile(request, partial(self._read_ahead, exchange)):
                response = _unread_reply(self.http, await self.inner.handle_async_request(request), request)
            shadow = _received(self.http, exchange, response, aiter)
        except BaseException as error:
            self.guard.close(exchange, error)
            raise
        response.stream = self.body(exchange, self.guard, shadow, response.stream)
        return response

    async def _read_ahead(self, exchange: Exchange) -> None:
        if self.guard.slow:
            await away.do(exchange.read_ahead)
        else:
            await away.others()  # since the event loop was held up to hide what was sent just now
            exchange.read_ahead()

    async def __aenter__(self) -> Self:
        await self.inner.__aenter__()
        return self

    async def aclose(self) -> None:
        await self.inner.aclose()
