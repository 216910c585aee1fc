"""One body of tests for every protocol that answers customers: what leaves, what comes back, however it is cut."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from servers import Reply, Request, Server, chat_reply, text_of
from ways import MODEL, TEXT, client_of, close, create, done, every, inside, leaked, traces
from writers import message_reply, response_reply, spoken, text_completion_reply

import explainbot
from explainbot import explanation_of

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("turn")]


@dataclass(frozen=True)
class Dialect:
    """One protocol, as a bot uses it and as a provider speaks it.

    Attributes:
        call: makes one call; a stream is read to its end, and its pieces are put together.
        heard: the last text in a request, as the provider reads it.
        answer: the reply that says a text.
    """

    call: Callable[[Any, bool, str], Any]
    heard: Callable[[Request], str]
    answer: Callable[..., Reply]
    ways: tuple[str, ...] = ("sync httpx2", "sync httpx", "async httpx2", "async httpx")


@dataclass(frozen=True)
class Said:
    """The text that came back, put together from its pieces, and what carries the explanation."""

    text: str
    carrier: Any


async def chat(client: Any, streamed: bool, text: str) -> Said:
    reply = await create(client, streamed, text)
    return Said(reply.choices[0].message.content, reply)


async def responses(client: Any, streamed: bool, text: str) -> Said:
    arguments = {"model": MODEL, "instructions": "You help.", "input": text}
    if not streamed:
        reply = await done(client.responses.create(**arguments))
        return Said(reply.output_text, reply)
    async with inside(client.responses.stream(**arguments)) as stream:
        events = await every(stream)
        final = await done(stream.get_final_response())
    pieces = "".join(event.delta for event in events if event.type == "response.output_text.delta")
    dones = [event.text for event in events if event.type == "response.output_text.done"]
    assert [pieces] == dones == [final.output_text]
    return Said(pieces, final)


async def messages(client: Any, streamed: bool, text: str) -> Said:
    asked = [{"role": "user", "content": text}]
    arguments = {"model": MODEL, "max_tokens": 9, "system": "You help.", "messages": asked}
    if not streamed:
        reply = await done(client.messages.create(**arguments))
        return Said(reply.content[0].text, reply)
    async with inside(client.messages.stream(**arguments)) as stream:
        events = await every(stream)
        final = await done(stream.get_final_message())
    pieces = "".join(event.text for event in events if event.type == "text")
    assert pieces == final.content[0].text
    return Said(pieces, next(event for event in events if event.type == "message_delta"))


async def completions(client: Any, streamed: bool, text: str) -> Said:
    if not streamed:
        reply = await done(client.completions.create(model=MODEL, prompt=text))
        return Said(reply.choices[0].text, reply)
    chunks = await every(await done(client.completions.create(model=MODEL, prompt=text, stream=True)))
    return Said("".join(chunk.choices[0].text for chunk in chunks), chunks[-1])


DIALECTS = {
    "chat": Dialect(chat, lambda request: text_of(request.json()["messages"][-1]["content"]), chat_reply),
    "responses": Dialect(
        responses,
        lambda request: request.json()["input"],
        lambda request, text, **how: response_reply(request, spoken(text), **how),
    ),
    "completions": Dialect(completions, lambda request: request.json()["prompt"], text_completion_reply),
    "messages": Dialect(
        messages,
        lambda request: request.json()["messages"][-1]["content"],
        lambda request, text, **how: message_reply(request, {"type": "text", "text": text}, **how),
        ways=("sync httpx2", "async httpx2"),
    ),
}


@pytest.fixture(params=[(name, way) for name in DIALECTS for way in DIALECTS[name].ways], ids=" ".join)
async def speaking(request: pytest.FixtureRequest, server: Server) -> AsyncIterator[tuple[Dialect, Any]]:
    """A dialect, and a guarded client that speaks it."""
    name, way = request.param
    client = anthropic_client(way, server.url) if name == "messages" else client_of(way, server.url)
    yield DIALECTS[name], client
    await close(client)


def anthropic_client(way: str, url: str) -> Any:
    anthropic = pytest.importorskip("anthropic")
    sync = way.startswith("sync")
    kind = anthropic.Anthropic if sync else anthropic.AsyncAnthropic
    http_client = explainbot.http_client() if sync else explainbot.async_http_client()
    return kind(base_url=url.removesuffix("/v1"), api_key="key", max_retries=0, http_client=http_client)


either = pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
ECHOED = f"You wrote: {TEXT}"


@either
async def test_nothing_of_the_customer_leaves_and_the_reply_comes_back_restored_and_explained(
    speaking: Any, server: Server, streamed: bool, turn: Any
) -> None:
    dialect, client = speaking
    server.script(lambda request: dialect.answer(request, f"You wrote: {dialect.heard(request)}"))
    said = await dialect.call(client, streamed, TEXT)
    assert said.text == ECHOED
    assert leaked(server) == []
    explanation = explanation_of(said.carrier)
    assert explanation == turn.explanation
    assert {label.entity_type for label in explanation.hidden} >= {"EMAIL_ADDRESS", "CREDIT_CARD", "IBAN_CODE"}
    assert explanation.statements[0].state in ("found", "partly found")
    (trace,) = traces()
    assert (trace.status, trace.streamed) == ("ok", streamed)
    assert trace.explanation is not None
    assert trace.restored > 5


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("cut_at", [1, 7, None])
async def test_a_stream_is_restored_however_it_is_cut(
    speaking: Any, server: Server, size: int, cut_at: int | None
) -> None:
    dialect, client = speaking
    server.script(lambda request: dialect.answer(request, dialect.heard(request), size=size, cut_at=cut_at))
    assert (await dialect.call(client, True, TEXT)).text == TEXT


@pytest.mark.parametrize("end", ["[", "[EMAIL", "[EMAIL_99]", "EMAIL_", "\\[EMAIL\\_"])
@either
async def test_a_reply_that_ends_like_a_placeholder_is_complete(
    speaking: Any, server: Server, streamed: bool, end: str
) -> None:
    dialect, client = speaking
    server.script(lambda request: dialect.answer(request, f"See {end}", size=1))
    assert (await dialect.call(client, streamed, TEXT)).text == f"See {end}"
