"""Work that takes milliseconds, done in a worker thread while the event loop goes on with others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextvars import ContextVar
from functools import partial
from typing import Any, TypeVar

__all__ = ["back", "do", "each", "others", "through"]

R = TypeVar("R")
A = TypeVar("A")

_away: ContextVar[bool] = ContextVar("explainbot_away", default=False)


async def do(work: Callable[..., R], *args: Any) -> R:
    """What `work` returns or raises, in a thread that sees this task's context variables."""
    from anyio.to_thread import run_sync

    return await run_sync(partial(_work, work, *args))


def _work(work: Callable[..., R], *args: Any) -> R:
    _away.set(True)  # in the thread's own copy of the context
    return work(*args)


async def others() -> None:
    """Let what else waits for the event loop go on first."""
    from anyio.lowlevel import checkpoint

    await checkpoint()


async def through(work: Callable[..., R], *args: Any) -> tuple[R, asyncio.CancelledError | None]:
    """The same, on asyncio, to its end: what `work` returns, and how the task was cancelled meanwhile, if it was.

    A thread cannot be stopped. A task that did not wait for it would not know what it has changed.
    """
    from anyio import CancelScope

    task, cancelled = asyncio.ensure_future(do(work, *args)), None
    with CancelScope(shield=True):  # which else would cancel again and again
        while not task.done():
            try:
                await asyncio.wait([task])
            except asyncio.CancelledError as error:
                cancelled = error
    if cancelled is not None and task.exception() is not None:
        raise cancelled
    return task.result(), cancelled


async def each(steps: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The items of an iterator, each made in a thread when it is asked for."""
    while (item := await do(next, steps, None)) is not None:
        yield item


def back(callback: Callable[[A], object]) -> Callable[[A], object]:
    """`callback` on the event loop's own thread, whoever calls it: a bot's code does not expect another one."""

    def call(argument: A) -> object:
        if not _away.get():
            return callback(argument)
        from anyio.from_thread import run_sync

        return run_sync(callback, argument)

    return call
