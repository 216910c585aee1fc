"""A request of httpx2 or httpx made what may be sent, in place.

In place, since the client names this request in its errors, in its log and in the response: there too it then says what
was sent, and not what was hidden.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from explainbot._given import CONTEXT_KEY
from explainbot._outgoing import Request
from explainbot.errors import PrivacyError
from explainbot.exchange import Exchange
from explainbot.transports._guard import Guard

__all__ = ["let_pass", "redact"]

FRAMING = frozenset({"content-length", "transfer-encoding"})
"""Headers that speak of the body as it was, and are written anew for the body that is sent."""


BODILESS = frozenset({"GET", "HEAD"})
"""What a redirect turns a request into where it drops the body (RFC 9110, 15.4)."""

READ = "explainbot.read"
"""Where a request that was redacted keeps what it was and what was sent; the HTTP clients hand this on to the requests
of a redirect."""


def redact(http: ModuleType, exchange: Exchange, request: Any, body: bytes) -> None:
    """Redact a request.

    Raises:
        PrivacyError: something could not be read or replaced. Nothing may be sent.
        LocalProtocolError: the body is not what the protocol allows.
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


def let_pass(http: ModuleType, guard: Guard, request: Any) -> None:
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
