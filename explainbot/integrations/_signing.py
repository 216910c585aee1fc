"""Clients that sign their requests, as for Amazon Bedrock: what is sent is signed, and not what was asked for.

A signature over the body holds for the bytes that were signed (AWS Signature Version 4), so such a request is redacted
ahead of its signature, and not on its way through the transport.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

__all__ = ["sign_what_is_sent"]


def sign_what_is_sent(client: Any) -> None:
    """Let a guarded client that signs its requests do so once they may be sent."""
    runtime = getattr(client, "_provider_runtime", None)
    if runtime is None or runtime.prepare_request is None:
        return
    client._provider_runtime = replace(
        runtime,
        prepare_request=_redacted_first(client, runtime.prepare_request),
        prepare_async_request=_redacted_first_async(client, runtime.prepare_async_request),
    )


def _is_read(request: Any) -> bool:
    """Whether a request's body is at hand; one that comes as a stream is not signed, but refused by what signs."""
    try:
        request.content  # noqa: B018 - raises where it was not read (`RequestNotRead`)
    except RuntimeError:
        return False
    return True


def _redacted_first(client: Any, sign: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @functools.wraps(sign)
    def prepare(request: Any) -> None:
        shell = client._client._transport_for_url(request.url)
        if _is_read(request):
            shell.prepare(request)
        with shell.traced(request):
            sign(request)

    return prepare


def _redacted_first_async(client: Any, sign: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @functools.wraps(sign)
    async def prepare(request: Any) -> None:
        shell = client._client._transport_for_url(request.url)
        if _is_read(request):
            await shell.prepare(request)
        with shell.traced(request):
            await sign(request)

    return prepare
