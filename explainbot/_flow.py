"""Logic that needs further model calls, written once and driven in either colour.

A flow is a generator. It yields a `Call`, a chat-completion request, and is sent back a `Reply`, the text of the answer
or the error that came instead. `drive` and `adrive` run it to its result. (The shape is that of psycopg's wait
generators and httpx's `auth_flow`.) A flow sees redacted text only, as it was sent and received.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Call:
    """One more model call: the fields of a chat-completion request; the model is the reply's own if none is named."""

    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back.

    Attributes:
        text: the answer, redacted; None if there was none.
        error: what came in its place: the client's own error, or `BudgetSpent`.
        body: the whole reply, for fields such as log-probabilities; its message is the restored one.
    """

    text: str | None = None
    error: Exception | None = None
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)


class BudgetSpent(Exception):
    """There is no call, or no time, left."""


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
