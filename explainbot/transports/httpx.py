"""Guarded transports for httpx clients."""

from __future__ import annotations

import httpx

from explainbot.transports._shell import AsyncBody, AsyncShell, Body, Shell

__all__ = ["AsyncGuardedTransport", "GuardedTransport"]


class _Body(Body, httpx.SyncByteStream):
    """A guarded reply's stream."""


class _AsyncBody(AsyncBody, httpx.AsyncByteStream):
    """A guarded reply's stream."""


class GuardedTransport(Shell, httpx.BaseTransport):
    """A transport that redacts what passes through it and restores what comes back."""

    http = httpx
    body = _Body


class AsyncGuardedTransport(AsyncShell, httpx.AsyncBaseTransport):
    """The same for asynchronous clients."""

    http = httpx
    body = _AsyncBody
