"""Guarded transports for httpx2 clients."""

from __future__ import annotations

import httpx2

from explainbot.transports._shell import AsyncBody, AsyncShell, Body, Shell

__all__ = ["AsyncGuardedTransport", "GuardedTransport"]


class _Body(Body, httpx2.SyncByteStream):
    """A guarded reply's stream."""


class _AsyncBody(AsyncBody, httpx2.AsyncByteStream):
    """A guarded reply's stream."""


class GuardedTransport(Shell, httpx2.BaseTransport):
    """A transport that redacts what passes through it and restores what comes back."""

    http = httpx2
    body = _Body


class AsyncGuardedTransport(AsyncShell, httpx2.AsyncBaseTransport):
    """The same for asynchronous clients."""

    http = httpx2
    body = _AsyncBody
