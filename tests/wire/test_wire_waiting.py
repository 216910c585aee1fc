"""Retries, waiting, time-outs and cancelling are the client's own: a bare client and ours play the same scenes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import httpx2
import openai
import pytest
from servers import (
    Close,
    Pause,
    Reply,
    Request,
    Reset,
    Server,
    completion,
    cut,
    echo,
    error_reply,
    json_reply,
    sse_reply,
    stream_body,
)
from ways import MODEL, WAYS, ask, client_of, close, create, done, leaked, traces

import explainbot

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("turn")]

LONG = stream_body("A long answer without any personal data in it. " * 20)
ASYNC = [way for way in WAYS if way.startswith("async")]
ONE_OF_EACH = ["sync httpx2", "async httpx2"]

OVER = 30.0
"""Seconds of silence that no scene waits for to the end."""

SOON = {"retry-after-ms": "1"}
HELD = json_reply(completion("late"))
HELD = Reply(HELD.body, HELD.status, HELD.headers, first_byte_after=OVER)


@dataclass
class Seen:
    """What a scene looks like from outside."""

    outcome: str = ""
    heard: str = ""
    retries: list[str | None] = field(default_factory=list)
    waits: list[str | None] = field(default_factory=list)


async def play(client: Any, server: Server, scene: Any) -> Seen:
    """One scene, from the first request to what the bot sees of its end; requests retried must be the same bytes."""
    server.forget()
    seen = Seen()
    try:
        await scene(client, seen)
    except (openai.OpenAIError, httpx.HTTPError, httpx2.HTTPError, TimeoutError, asyncio.CancelledError) as error:
        # Either library may be under the client: the bare one raises the class of its own.
        seen.outcome = type(error).__name__
    await close(client)
    assert len({request.body for request in server.requests}) <= 1
    assert len({request.header("idempotency-key") for request in server.requests}) <= 1
    seen.retries = [request.header("x-stainless-retry-count") for request in server.requests]
    seen.waits = [request.header("x-stainless-read-timeout") for request in server.requests]
    return seen


async def both(way: str, server: Server, answers: list[Any], scene: Any, **options: Any) -> Seen:
    """The scene as the bare client and as ours plays it: they must look the same."""
    played = []
    for drop_in in (False, True):
        server.script(*answers)
        played.append(await play(client_of(way, server.url, drop_in=drop_in, **options), server, scene))
    assert played[0] == played[1]
    assert leaked(server) == []
    return played[1]


async def whole(client: Any, seen: Seen) -> None:
    seen.heard = (await create(client, False)).choices[0].message.content


async def streamed(client: Any, seen: Seen) -> None:
    stream = await done(client.chat.completions.create(model=MODEL, messages=ask(), stream=True))
    async for chunk in each(stream):
        seen.heard += "".join(choice.delta.content or "" for choice in chunk.choices)


async def each(stream: Any) -> AsyncIterator[Any]:
    """The items of a stream of either kind."""
    if hasattr(stream, "__aiter__"):
        async for item in stream:
            yield item
    else:
        for item in stream:
            yield item


@pytest.mark.parametrize("status", [400, 401, 408, 409, 422, 429, 500, 503])
async def test_what_is_tried_again_is_tried_again_as_often(way: str, server: Server, status: int) -> None:
    seen = await both(way, server, [error_reply(status, headers=SOON), echo], whole, max_retries=2)
    again = status in (408, 409, 429) or status >= 500
    assert seen.retries == (["0", "1"] if again else ["0"])
    assert bool(seen.heard) is again


@pytest.mark.parametrize("limit", [0, 3])
@pytest.mark.parametrize("scene", [whole, streamed])
async def test_it_is_given_up_after_as_many_tries(way: str, server: Server, scene: Any, limit: int) -> None:
    seen = await both(way, server, [error_reply(503, headers=SOON)], scene, max_retries=limit)
    assert seen.outcome == "InternalServerError"
    assert seen.retries == [str(number) for number in range(limit + 1)]


@pytest.mark.parametrize(("says", "status", "tries"), [("true", 400, 2), ("false", 503, 1)])
async def test_the_server_may_say_whether_to_try_again(
    way: str, server: Server, says: str, status: int, tries: int
) -> None:
    refused = error_reply(status, headers={**SOON, "x-should-retry": says})
    assert len((await both(way, server, [refused, echo], whole, max_retries=2)).retries) == tries


@pytest.mark.parametrize("way", ONE_OF_EACH)
@pytest.mark.parametrize("headers", [{"retry-after": "1"}, {"retry-after-ms": "300"}])
async def test_it_waits_as_long_as_the_server_asks(way: str, server: Server, headers: dict[str, str]) -> None:
    came: list[float] = []

    def busy(request: Request) -> Reply:
        came.append(time.monotonic())
        return error_reply(429, headers=headers)

    def ready(request: Request) -> Reply:
        came.append(time.monotonic())
        return echo(request)

    await both(way, server, [busy, ready], whole, max_retries=1)
    asked = float(headers.get("retry-after", 0)) + float(headers.get("retry-after-ms", 0)) / 1000
    assert [came[1] - came[0] >= asked, came[3] - came[2] >= asked] == [True, True]


@pytest.mark.parametrize("end", [Close(), Reset()])
async def test_a_connection_that_is_lost_is_tried_again(way: str, server: Server, end: Any) -> None:
    lost = Reply((b'{"id"', end), headers=(("content-type", "application/json"), ("content-length", "999")))
    seen = await both(way, server, [lost, echo], whole, max_retries=1)
    assert len(seen.retries) >= 1


@pytest.mark.parametrize("end", [Close(), Reset(), Pause(OVER)], ids=["closed", "reset", "silent"])
async def test_a_stream_that_breaks_off_ends_in_the_clients_own_error(way: str, server: Server, end: Any) -> None:
    seen = await both(way, server, [sse_reply([LONG[:2000], end, LONG[2000:]])], streamed, timeout=0.5)
    assert seen.outcome
    assert seen.heard.startswith("A long answer")
    assert seen.retries == ["0"], "a reply that has begun is not asked for again"


@pytest.mark.parametrize("scene", [whole, streamed])
async def test_time_runs_out_before_the_first_byte(way: str, server: Server, scene: Any) -> None:
    seen = await both(way, server, [HELD], scene, timeout=0.2, max_retries=1)
    assert (seen.outcome, seen.retries) == ("APITimeoutError", ["0", "1"])


async def test_one_call_may_have_a_time_of_its_own(way: str, server: Server) -> None:
    async def hasty(client: Any, seen: Seen) -> None:
        await create(client, False, timeout=0.2)

    seen = await both(way, server, [HELD], hasty, timeout=OVER)
    assert (seen.outcome, seen.waits) == ("APITimeoutError", ["0.2"])


@pytest.mark.parametrize("way", ONE_OF_EACH)
async def test_a_slow_stream_is_no_silent_one(way: str, server: Server) -> None:
    """The time that a client allows is that between two pieces, not that of the whole stream."""
    pieces = [part for piece in cut(LONG, len(LONG) // 5) for part in (piece, Pause(0.25))]
    seen = await both(way, server, [sse_reply(pieces)], streamed, timeout=1.0)
    assert (seen.outcome, len(seen.heard)) == ("", len("A long answer without any personal data in it. ") * 20)


@pytest.mark.parametrize("way", ASYNC)
@pytest.mark.parametrize("moment", ["before the first byte", "in the stream"])
@pytest.mark.parametrize("by", ["cancel", "timeout"])
async def test_a_cancelled_call_leaves_nothing_behind(way: str, server: Server, moment: str, by: str) -> None:
    begun = asyncio.Event()
    answers = [HELD] if moment == "before the first byte" else [sse_reply([LONG[:2000], Pause(OVER), LONG[2000:]])]

    async def waiting(client: Any, seen: Seen) -> None:
        stream = await client.chat.completions.create(model=MODEL, messages=ask(), stream=True)
        async for chunk in stream:
            seen.heard += "".join(choice.delta.content or "" for choice in chunk.choices)
            begun.set()

    async def cancelled(client: Any, seen: Seen) -> None:
        begun.clear()
        before = asyncio.all_tasks()
        if by == "timeout":
            try:
                async with asyncio.timeout(0.5):
                    await waiting(client, seen)
            finally:
                assert asyncio.all_tasks() == before
        task = asyncio.create_task(waiting(client, seen))
        if moment == "in the stream":
            await begun.wait()
        else:
            await asyncio.to_thread(_until, lambda: bool(server.requests))
        task.cancel()
        try:
            await task
        finally:
            assert asyncio.all_tasks() == before

    seen = await both(way, server, answers, cancelled, timeout=OVER)
    assert seen.outcome == ("CancelledError" if by == "cancel" else "TimeoutError")
    assert server.wait_for_hangup(2)
    [trace] = traces()
    assert trace.status == "abandoned"
    assert explainbot.context.current_turn() is not None, "the bot's own turn goes on"


def _until(happened: Any) -> None:
    while not happened():
        time.sleep(0.005)
