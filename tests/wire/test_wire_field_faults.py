"""Faults that users of comparable wrappers reported, each shown not to happen here."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import anyio
import openai
import pytest
from servers import (
    DONE,
    Pause,
    Server,
    chat_reply,
    chunk,
    completion,
    echo,
    frame,
    json_reply,
    sse_reply,
    stream_body,
)
from ways import CUSTOMER, MODEL, TEXT, ask, client_of, close, create, done, every, first, inside, leaked, traces

import explainbot
from explainbot import _grounds, explanation_of
from explainbot.engine import Engine
from explainbot.errors import StoreError
from explainbot.exchange import Exchange
from explainbot.sinks.recorder import EXIT_SECONDS
from explainbot.stores.memory import MemoryStore
from explainbot.trace import Trace

pytestmark = pytest.mark.anyio


async def test_the_first_token_does_not_wait_for_the_last(client: Any, server: Server) -> None:
    head = frame(chunk({"role": "assistant", "content": ""})) + frame(chunk({"content": "Hello "}))
    server.script(sse_reply([head, Pause(30), stream_body("world")]))
    stream = await done(client.chat.completions.create(model=MODEL, messages=ask(), stream=True))
    await first(stream)
    assert (await first(stream)).choices[0].delta.content == "Hello "
    await done(stream.close())
    assert server.wait_for_hangup()


async def test_the_first_token_does_not_wait_for_the_explanation(
    client: Any, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even when the whole stream is there at once."""
    made: list[Any] = []
    explain = _grounds.explain
    monkeypatch.setattr(_grounds, "explain", lambda record: made.append(explain(record)) or made[-1])
    stream = await done(client.chat.completions.create(model=MODEL, messages=ask(), stream=True))
    await first(stream)
    await first(stream)
    assert made == []
    await every(stream)
    assert len(made) == 1


@pytest.mark.parametrize("text", ["A plain sentence.", "See [1] and [note", "10 > 9 [x] ", "Dear {{name}}, "])
async def test_only_a_tail_that_can_become_a_placeholder_is_held_back(client: Any, server: Server, text: str) -> None:
    server.script(sse_reply([frame(chunk({"content": text + "."})), Pause(30)]))
    stream = await done(client.chat.completions.create(model=MODEL, messages=ask(), stream=True))
    assert (await first(stream)).choices[0].delta.content == text + "."
    await done(stream.close())


async def test_the_second_turn_knows_the_placeholders_of_the_first(client: Any, server: Server) -> None:
    with explainbot.turn(conversation="c-2"):
        await create(client, False, "I am kai.other@example.org")
        server.script(lambda request: chat_reply(request, "Still [EMAIL_1]?"))
        history = [*ask("I am kai.other@example.org"), {"role": "assistant", "content": "Hello kai.other@example.org"}]
        reply = await create(client, True, messages=[*history, {"role": "user", "content": "And mia@example.org"}])
    assert reply.choices[0].message.content == "Still kai.other@example.org?"
    assert [said["content"] for said in server.last.json()["messages"]] == [
        "You help.", "I am [EMAIL_1]", "Hello [EMAIL_1]", "And [EMAIL_2]",
    ]  # fmt: skip


async def test_a_new_process_numbers_the_same_history_the_same_way(client: Any, server: Server) -> None:
    text = "From b@example.org to a@example.org and b@example.org"
    with explainbot.turn(conversation="c-3"):
        await create(client, False, text)
    explainbot.configure(explainbot.Settings(store="memory"))
    other = client_of("sync httpx2", server.url)
    with explainbot.turn(conversation="c-3"):
        await create(other, False, text)
    await close(other)
    assert server.requests[0].json()["messages"] == server.requests[1].json()["messages"]


async def test_one_call_is_one_trace_on_every_path(client: Any, server: Server) -> None:
    completions = client.chat.completions
    arguments: dict[str, Any] = {"model": MODEL, "messages": ask()}
    await done(completions.create(**arguments))
    await done((await done(completions.with_raw_response.create(**arguments))).parse())
    async with inside(completions.with_streaming_response.create(**arguments)) as response:
        await done(response.parse())
    await every(await done(completions.create(**arguments, stream=True)))
    async with inside(completions.stream(**arguments)) as stream:
        await every(stream)
    raw = await done(completions.with_raw_response.create(**arguments, stream=True))
    await every(await done(raw.parse()))
    assert [trace.status for trace in traces()] == ["ok"] * 6
    assert len(server.requests) == 6


async def test_sentinels_of_the_client_are_not_sent(client: Any, server: Server) -> None:
    await create(client, False, temperature=openai.omit, user=openai.NOT_GIVEN)
    assert set(server.last.json()) == {"model", "messages"}


async def test_a_bare_client_in_the_same_process_is_left_alone(client: Any, bare: Any, server: Server) -> None:
    await create(client, False)
    reply = await create(bare, False)
    assert leaked(server) != []
    assert reply.choices[0].message.content == f"You wrote: {TEXT}"
    assert len(traces()) == 1


async def exchanges() -> int:
    """How many exchanges are alive, once the event loop has closed the generators that nobody reads any more."""
    for _ in range(3):
        gc.collect()
        await anyio.sleep(0.01)
    return sum(isinstance(thing, Exchange) for thing in gc.get_objects())


async def test_abandoned_streams_leave_nothing_behind(client: Any, server: Server) -> None:
    body = stream_body("Hello " * 50)
    server.script(sse_reply([body[:700], Pause(5), body[700:]]))
    before = await exchanges()
    for _ in range(10):
        stream = await done(client.chat.completions.create(model=MODEL, messages=ask(), stream=True))
        await first(stream)
        await done(stream.close())
    del stream
    assert await exchanges() == before
    assert [trace.status for trace in traces()] == ["abandoned"] * 10


class StuckStore(MemoryStore):
    """A store that does not answer until it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()

    def put(self, traces: Sequence[Trace], /) -> None:
        self.free.wait(30)
        super().put(traces)


def test_a_store_that_hangs_does_not_hold_up_the_reply(server: Server) -> None:
    import httpx2

    from explainbot.transports.httpx2 import GuardedTransport

    store = StuckStore()
    engine = Engine(explainbot.Settings(store="memory"), store=store)
    http = httpx2.Client(transport=GuardedTransport(httpx2.HTTPTransport(), engine))
    with openai.OpenAI(base_url=server.url, api_key="k", http_client=http) as client:
        for _ in range(5):
            reply = client.chat.completions.create(model=MODEL, messages=ask())
            assert explanation_of(reply) is not None
    assert store.list() == []
    store.free.set()
    assert engine.recorder is not None
    assert engine.recorder.flush(10)
    assert len(store.list()) == 5


class UnreadableStore(MemoryStore):
    """A store whose disk is gone."""

    def get(self, trace_id: str, /) -> None:
        raise StoreError("no such disk")


def stuck() -> Engine:
    """An engine with a trace that its store does not take."""
    engine = Engine(explainbot.Settings(store="memory"), store=StuckStore())
    engine.record(
        Trace(id="e" * 32, started=datetime.now(UTC), duration_ms=1, provider="p", request_model="m", status="ok")
    )
    return engine


@pytest.mark.parametrize("engine", [lambda: Engine(store=UnreadableStore()), stuck])
def test_a_store_that_cannot_be_read_stands_in_the_way_of_no_other_explanation(
    engine: Callable[[], Engine], caplog: pytest.LogCaptureFixture
) -> None:
    unusable = engine()
    begun = time.monotonic()
    assert explanation_of("f" * 32).status == "unavailable"
    assert "explainbot.store_unreadable" in caplog.text
    assert time.monotonic() - begun < EXIT_SECONDS
    unusable._explanations.put("f" * 32, explanation_of("0" * 32))
    assert explanation_of("f" * 32) is unusable.remembered("f" * 32)
    if isinstance(unusable._recording._store, StuckStore):
        unusable._recording._store.free.set()


async def test_token_counts_reach_the_bot_and_the_trace(client: Any, server: Server) -> None:
    stream = await done(
        client.chat.completions.create(model=MODEL, messages=ask(), stream=True, stream_options={"include_usage": True})
    )
    assert (await every(stream))[-1].usage.total_tokens == 15
    (trace,) = traces()
    assert trace.usage is not None
    assert trace.usage["completion_tokens"] == 5


async def test_a_chunk_that_cannot_be_read_does_not_cost_the_text_before_it(
    client: Any, bare: Any, server: Server
) -> None:
    server.script(sse_reply([frame(chunk({"content": "Hello "})), Pause(0.05), b"data: {oops\n\n", DONE]))

    async def received(of: Any) -> list[str]:
        texts = []
        stream = await done(of.chat.completions.create(model=MODEL, messages=ask("Hello"), stream=True))
        try:
            while True:
                texts.append((await first(stream)).choices[0].delta.content)
        except (Exception, StopAsyncIteration):  # noqa: BLE001 - the same for both clients, compared below
            return texts

    assert await received(client) == await received(bare) == ["Hello "]


async def test_text_after_the_last_placeholder_character_is_delivered_inside_the_last_chunk(
    client: Any, server: Server
) -> None:
    """No chunk is added and none lost: frameworks count them."""
    server.script(sse_reply([stream_body("Bye [", size=1)]))
    stream = await done(client.chat.completions.create(model=MODEL, messages=ask("Hello"), stream=True))
    chunks = await every(stream)
    assert len(chunks) == 1 + len("Bye [") + 1
    assert "".join(piece.choices[0].delta.content or "" for piece in chunks) == "Bye ["
    assert chunks[-1].choices[0].finish_reason == "stop"


@pytest.mark.parametrize("end", [b"", DONE], ids=["cut short", "done"])
async def test_a_stream_without_a_finish_gains_no_chunk(client: Any, bare: Any, server: Server, end: bytes) -> None:
    """What is held back waits with its own chunk."""
    for text in ("Hello", "Hello [EMAIL"):
        server.script(sse_reply([frame(chunk({"content": text})) + end]))
        counts = []
        for each in (client, bare):
            stream = await done(each.chat.completions.create(model=MODEL, messages=ask("Hello"), stream=True))
            chunks = await every(stream)
            assert "".join(piece.choices[0].delta.content or "" for piece in chunks) == text
            counts.append(len(chunks))
        assert counts == [1, 1]


async def test_an_address_split_over_two_messages_of_a_reply_is_still_the_customers_own(
    client: Any, server: Server
) -> None:
    """A model that writes a value out in the clear is passed on, and the trace still hides it."""
    server.script(sse_reply([stream_body("Mail marlene.quist@example.com now", size=9)]))
    with explainbot.turn(customer=CUSTOMER):
        reply = await create(client, True)
    assert reply.choices[0].message.content == "Mail marlene.quist@example.com now"
    assert "marlene" not in traces()[0].to_json().casefold()


async def test_extra_arguments_of_the_call_are_not_needed(client: Any, server: Server) -> None:
    """Context comes by context variable or in the body, and never reaches the provider."""
    extra = explainbot.about(conversation="c-9", customer=CUSTOMER, purpose="billing")
    reply = await create(client, True, extra_body=extra)
    assert leaked(server) == []
    assert "explainbot" not in server.last.json()
    assert explanation_of(reply).purpose == "billing"  # type: ignore[union-attr]


async def test_a_reply_with_the_same_id_each_time_is_not_mixed_up(client: Any, server: Server) -> None:
    server.script(json_reply(completion("One.")), json_reply(completion("Two.")))
    one, two = await create(client, False), await create(client, False)
    assert [explanation_of(reply).statements[0].text for reply in (one, two)] == ["One.", "Two."]  # type: ignore[union-attr]


async def test_echo_is_what_the_tests_think_it_is(bare: Any, server: Server) -> None:
    """The control: through a bare client the same search finds every secret that the text holds."""
    server.script(echo)
    await create(bare, False)
    assert len(leaked(server)) == 10


async def test_the_connection_of_a_finished_stream_is_used_again(client: Any, bare: Any, server: Server) -> None:
    """The client drains what follows the last event, through the stream it was given."""
    server.script(sse_reply([stream_body("Hello"), Pause(0.005)]))
    opened = []
    for each in (bare, client):
        before = server.connections
        for _ in range(3):
            await every(await done(each.chat.completions.create(model=MODEL, messages=ask("Hi"), stream=True)))
        opened.append(server.connections - before)
    assert opened[0] == opened[1]
