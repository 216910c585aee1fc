"""What does not need the reply is done while the provider works: ahead of a reply, and behind a stream's first word."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import httpx2
import pytest
from servers import Reply, Request, Server, completion, json_reply, sse_reply, stream_body
from ways import MODEL, ask, done, every

import explainbot
from explainbot._grounds import Grounds
from explainbot.exchange import Exchange

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("turn")]

LONGEST = 20.0
"""Seconds after which a server that waits in vain answers."""


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set when the sources were read ahead of the reply."""
    event = threading.Event()
    read_ahead = Grounds.read_ahead

    def told(self: Grounds) -> None:
        read_ahead(self)
        event.set()

    monkeypatch.setattr(Grounds, "read_ahead", told)
    return event


async def test_sources_are_read_before_the_provider_answers(
    client: Any, server: Server, ahead: threading.Event
) -> None:
    def answer(request: Request) -> Reply:
        return json_reply(completion("in time" if ahead.wait(LONGEST) else "too late"))

    server.script(answer)
    reply = await done(client.chat.completions.create(model=MODEL, messages=ask()))
    assert reply.choices[0].message.content == "in time"
    assert explainbot.explanation_of(reply).status == "answer"


async def test_others_have_their_turn_between_hiding_and_reading_ahead(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a connection that is open, nothing waits for the network in between."""
    seen: list[str] = []
    send_request, read_ahead = Exchange.send_request, Grounds.read_ahead

    def hide(self: Exchange, request: Any) -> Any:
        seen.append("hiding")
        time.sleep(0.02)  # as long as a long text takes; by then the other task is due
        return send_request(self, request)

    def read(self: Grounds) -> None:
        seen.append("reading")
        read_ahead(self)

    async def other() -> None:
        while True:
            await asyncio.sleep(0.001)
            seen.append("other")

    monkeypatch.setattr(Exchange, "send_request", hide)
    monkeypatch.setattr(Grounds, "read_ahead", read)
    task = asyncio.ensure_future(other())
    async with explainbot.AsyncOpenAI(base_url=server.url, api_key="k") as client:
        for _ in range(8):
            await client.chat.completions.create(model=MODEL, messages=ask())
    task.cancel()
    assert [seen[at - 1] for at, what in enumerate(seen) if what == "reading"] == ["other"] * 8


async def test_a_stream_hands_on_its_first_word_first(client: Any, server: Server, ahead: threading.Event) -> None:
    server.script(sse_reply((stream_body("Refunds take 14 days. They go to your card.", size=8),)))
    stream = await done(client.chat.completions.create(model=MODEL, messages=ask(), stream=True))
    pieces = stream if hasattr(stream, "__aiter__") else _each(stream)
    read = [ahead.is_set() async for chunk in pieces if chunk.choices and chunk.choices[0].delta.content]
    assert read == [False, *[True] * (len(read) - 1)]
    assert len(read) > 2


async def _each(stream: Any) -> Any:
    for chunk in stream:
        yield chunk


async def test_a_trace_function_of_the_bot_hears_what_it_heard(way: str, client: Any, server: Server) -> None:
    heard: list[str] = []

    def trace(event: str, about: Any) -> None:
        heard.append(event)

    async def atrace(event: str, about: Any) -> None:
        heard.append(event)

    chosen = atrace if way.startswith("async") else trace
    http = client._client
    request = client._client.build_request(
        "POST",
        f"{server.url}/chat/completions",
        json={"model": MODEL, "messages": ask()},
        extensions={"trace": chosen},
    )
    await done(http.send(request))
    assert "http11.send_request_body.complete" in heard
    assert request.extensions["trace"] is chosen


async def test_a_transport_that_takes_the_trace_function_off_is_no_fault() -> None:
    def answer(request: Any) -> Any:
        request.extensions.clear()
        return httpx2.Response(200, json=completion("Good day."))

    client = explainbot.http_client(transport=httpx2.MockTransport(answer))
    reply = client.post("https://api.example.test/v1/chat/completions", json={"model": MODEL, "messages": ask()})
    assert reply.json()["choices"][0]["message"]["content"] == "Good day."


@pytest.mark.parametrize("streamed", [False, True])
async def test_reading_ahead_that_fails_costs_nothing(
    client: Any, server: Server, streamed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(sources: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("explainbot._grounds.read_ahead", broken)
    body = stream_body("Refunds take 14 days.")
    server.script(sse_reply((body,)) if streamed else json_reply(completion("Refunds take 14 days.")))
    with explainbot.turn(sources=[explainbot.Source("kb-1", "Refunds take 14 days.")]) as turn:
        reply = await done(client.chat.completions.create(model=MODEL, messages=ask(), stream=streamed))
        if streamed:
            await every(reply)
    assert turn.explanation is not None
    assert turn.explanation.status == "answer"
