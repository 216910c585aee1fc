"""With `durability="commit"` a reply ends when its trace is durable, on every path, and waits no longer than it may."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from records import GatedStore
from servers import Server
from ways import MODEL, WAYS, ask, client_of, close, done, every

import explainbot
from explainbot import engine as engines
from explainbot.engine import Engine
from explainbot.errors import NotRecorded
from explainbot.trace import Lost, Offered

pytestmark = pytest.mark.anyio


class Late(GatedStore):
    """Takes what it is given a tenth of a second later."""

    def put(self, records: Sequence[Offered | Lost], /) -> None:
        threading.Event().wait(0.1)
        super().put(records)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Late]:
    store = Late()
    store.gate.set()
    settings = explainbot.Settings(store="memory", durability="commit", commit_seconds=0.4)
    monkeypatch.setattr(engines, "_default", Engine(settings, store=store))
    yield store
    store.gate.set()


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("way", WAYS)
async def test_the_trace_is_durable_when_the_reply_has_ended(
    store: Late, server: Server, way: str, streamed: bool
) -> None:
    client = client_of(way, server.url)
    reply: Any = await done(client.chat.completions.create(model=MODEL, messages=ask(), stream=streamed))
    if streamed:
        await every(reply)
    assert len(store.list()) == 1
    await close(client)


@pytest.mark.parametrize("way", WAYS)
async def test_a_store_that_hangs_holds_up_the_reply_for_the_given_time_only(
    store: Late, server: Server, way: str, caplog: pytest.LogCaptureFixture
) -> None:
    store.gate.clear()
    client = client_of(way, server.url)
    reply: Any = await done(client.chat.completions.create(model=MODEL, messages=ask()))
    assert reply.choices[0].message.content
    assert "explainbot.trace_not_durable" in caplog.text
    await close(client)


async def test_a_handler_waits_too(store: Late) -> None:
    @explainbot.explained
    async def answer(message: str) -> str:
        return "We are open."

    @explainbot.explained
    def answer_at_once(message: str) -> str:
        return "We are open."

    await answer("When?")
    answer_at_once("When?")
    assert len(store.list()) == 2


@pytest.fixture
def strict(store: Late, monkeypatch: pytest.MonkeyPatch) -> Late:
    """The same store, which hangs, where a person takes over."""
    settings = explainbot.Settings(
        store="memory", durability="commit", commit_seconds=0.2, not_durable="person", contact="call 0800 123"
    )
    monkeypatch.setattr(engines, "_default", Engine(settings, store=store))
    store.gate.clear()
    return store


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("way", WAYS)
async def test_a_reply_whose_trace_is_not_durable_in_time_goes_to_a_person(
    strict: Late, server: Server, way: str, streamed: bool
) -> None:
    client = client_of(way, server.url)

    async def whole() -> None:
        reply: Any = await done(client.chat.completions.create(model=MODEL, messages=ask(), stream=streamed))
        await every(reply)

    with pytest.raises(NotRecorded, match=r"hand over to a person \(call 0800 123\)") as caught:
        await whole()
    assert caught.value.contact == "call 0800 123"
    assert len(server.requests) == 1  # the client did not ask again
    strict.gate.set()
    await close(client)


async def test_a_handler_whose_trace_is_not_durable_in_time_goes_to_a_person(strict: Late) -> None:
    @explainbot.explained
    def answer(message: str) -> str:
        return "We are open."

    with pytest.raises(NotRecorded):
        answer("When?")
