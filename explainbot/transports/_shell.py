"""What the guarded transports of httpx2 and of httpx have in common: both libraries share these interfaces.

The inner response object is kept, and only its stream replaced: a new response would lose what the client needs to
close the connection. Its content is decoded here, by a shadow of the response that is used for nothing else, because
gzip cannot be rewritten in place.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from types import ModuleType
from typing import Any, Protocol, Self

from explainbot._given import CONTEXT_KEY
from explainbot._outgoing import Request
from explainbot.errors import PrivacyError
from explainbot.exchange import TRACE_HEADER, Exchange
from explainbot.transports import away
from explainbot.transports._files import places, unread

__all__ = ["AsyncBody", "AsyncShell", "Body", "Guard", "Shell"]


FRAMING = frozenset({"content-length", "transfer-encoding"})
"""Headers that speak of the body as it was, and are written anew for the body that is sent."""


BODILESS = frozenset({"GET", "HEAD"})
"""What a redirect turns a request into where it drops the body (RFC 9110, 15.4)."""

READ = "explainbot.read"
"""Where a request that was redacted keeps what it was and what was sent; the HTTP clients hand this on to the requests
of a redirect."""

PREPARED = "explainbot.prepared"
"""Where a request that may be sent keeps its exchange, None for one that nobody reads, and where its files stood."""

LARGEST_PIECE = 65_536
"""Bytes handed on at once: a reply that is held until it is complete comes in pieces all the same."""


class Receipt(Protocol):
    """What a reply waits for."""

    def wait(self) -> object:
        """Wait, for a bounded time."""

    async def arrive(self) -> object:
        """The same, without holding up the event loop."""


class Guard(Protocol):
    """What a transport asks of the engine."""

    slow: bool
    """Whether redacting takes so long that an event loop should not wait for it."""

    def open(self, method: str, url: str) -> Exchange | None:
        """The exchange for a request, or None where no protocol reads it."""

    def let_pass(self, request: Request) -> Request:
        """A request that nobody reads, as it may be sent; a body that is streamed is not given."""

    def close(self, exchange: Exchange, error: BaseException | None = None) -> Receipt | None:
        """The exchange is over: trace it. The end of the reply waits for what this gives. May be called again."""


def _redact(http: ModuleType, exchange: Exchange, request: Any, body: bytes) -> None:
    """Redact a request in place.

    In place, since the client names this request in its errors, in its log and in the response: there too it then says
    what was sent, and not what was hidden.
    """
    given = _as_given(request, body)
    _replace(http, request, given, exchange.send_request(given))


def _as_given(request: Any, body: bytes) -> Request:
    """What the bot asked for: a request that is sent once more holds what was sent the first time."""
    url, headers = str(request.url), tuple(request.headers.multi_items())
    if (before := request.extensions.get(READ)) is not None:
        given, sent = before
        url = given.url if url == sent.url else url
        body = given.body if body == sent.body else body
        said = {now: was for was, now in zip(given.headers, sent.headers, strict=True)}
        headers = tuple(said.get(header, header) for header in headers)
    return Request(request.method, url, headers, body)


def _replace(http: ModuleType, request: Any, given: Request, sent: Request) -> None:
    """Let `request` say what is `sent`, and remember what it was."""
    headers = [(name, value) for name, value in sent.headers if name.lower() not in FRAMING]
    to = request.url if sent.url == str(request.url) else http.URL(sent.url)
    content = sent.body or None  # a request without a body has no length either
    extensions = {**request.extensions, READ: (given, sent)}
    new = http.Request(request.method, to, headers=headers, content=content, extensions=extensions)
    vars(request).update(vars(new))


def _pass(http: ModuleType, guard: Guard, request: Any) -> None:
    """Let a request that no protocol reads say what it may, if it may pass."""
    headers = tuple(request.headers.multi_items())
    if READ in request.extensions and request.method not in BODILESS:
        raise PrivacyError("a redirect leads to an endpoint that cannot be read; nothing was sent there")
    body = request.read() if isinstance(request.stream, http.ByteStream) else b""
    given = Request(request.method, str(request.url), headers, body)
    passed = guard.let_pass(given)
    if any(field.name.partition("[")[0] == CONTEXT_KEY for field in getattr(request.stream, "fields", ())):
        raise PrivacyError("about() cannot be taken out of a form; use turn() here; nothing was sent")
    if passed.body != body:
        _replace(http, request, given, passed)
    elif passed.headers != headers:
        request.headers = http.Headers(list(passed.headers))


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


class Shell(_Guarded):
    """A synchronous transport round another one."""

    def prepare(self, request: Any) -> None:
        """Make a request what may be sent, in place: ahead of sending it where it is signed in between.

        Raises:
            PrivacyError: it may not be sent.
        """
        exchange, files = self.guard.open(request.method, str(request.url)), places(request.stream)
        if exchange is None:
            _pass(self.http, self.guard, request)
        else:
            try:
                _redact(self.http, exchange, request, request.read())
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
            with unread(files):
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
            _pass(self.http, self.guard, request)
        else:
            try:
                body = await request.aread()
                if self.guard.slow:
                    await away.do(_redact, self.http, exchange, request, body)
                else:
                    _redact(self.http, exchange, request, body)
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
            with unread(files):
                response = _unread_reply(self.http, await self.inner.handle_async_request(request), request)
            shadow = _received(self.http, exchange, response, aiter)
        except BaseException as error:
            self.guard.close(exchange, error)
            raise
        response.stream = self.body(exchange, self.guard, shadow, response.stream)
        return response

    async def __aenter__(self) -> Self:
        await self.inner.__aenter__()
        return self

    async def aclose(self) -> None:
        await self.inner.aclose()
