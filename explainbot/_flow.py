"""Logic that needs further model calls, written once and driven in either colour.

A flow is a generator. It yields a `Call`, a chat-completion request as keyword arguments, and is sent back a `Reply`,
the text of the answer or the error that came instead. `drive` and `adrive` run it to its result. (The shape is that of
psycopg's wait generators and httpx's `auth_flow`.)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Call:
    """One more model call: the keyword arguments of `client.chat.completions.create`."""

    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the answer's text (personal data restored), or the error in its place."""

    text: str | None = None
    error: Exception | None = None


Flow = Generator[Call, Reply, R]


def drive(flow: Flow[R], send: Callable[[Call], Reply]) -> R:
    """Run `flow` to its result, making its calls with `send`."""
    try:
        call = next(flow)
        while True:
            call = flow.send(send(call))
    except StopIteration as stop:
        return stop.value  # type: ignore[no-any-return]
    finally:
        flow.close()


async def adrive(flow: Flow[R], send: Callable[[Call], Awaitable[Reply]]) -> R:
    """Run `flow` to its result, awaiting its calls."""
    try:
        call = next(flow)
        while True:
            call = flow.send(await send(call))
    except StopIteration as stop:
        return stop.value  # type: ignore[no-any-return]
    finally:
        flow.close()
