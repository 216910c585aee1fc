"""What the trace holds of an exchange, and how streams end: faults that users of comparable tools reported."""

from __future__ import annotations

import json
from typing import Any

import httpx
import httpx2
import openai
import pytest
from servers import Server, cut, sse_reply, stream_body
from ways import MODEL, TEXT, WAYS, ask, client_of, close, create, done, every, inside, traces
from writers import response_body, spoken

import explainbot

pytestmark = pytest.mark.anyio

MADE_UP = "Write to max.fremd@example.net, card 5555 5555 5555 4444, and wait for an answer. Then call us again."
"""What the model says of itself: nobody gave these values."""
VALUES = ("max.fremd@example.net", "5555 5555 5555 4444")


def written() -> str:
    return "".join(trace.to_json() + repr(trace) for trace in traces())


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
async def test_a_value_of_the_models_own_cut_anywhere_is_in_no_trace(client: Any, server: Server, size: int) -> None:
    """Found in the whole reply, not chunk by chunk: the customer reads it, the trace holds it hidden."""
    server.script(sse_reply([stream_body(MADE_UP, size=size)]))
    reply = await create(client, True, "Whom may I ask?")
    assert reply.choices[0].message.content == MADE_UP
    assert [value for value in VALUES if value in written()] == []
    assert "[EMAIL_1]" in written()


@pytest.mark.parametrize("streamed", [False, True])
async def test_what_the_trace_holds_is_what_went_out(client: Any, server: Server, streamed: bool) -> None:
    """Not a redacted copy in the log and the original on the wire."""
    await create(client, streamed)
    [trace] = traces()
    assert json.loads(trace.request) == server.last.json()


async def test_a_listener_changes_nothing_of_a_stream_however_it_is_cut(client: Any, server: Server) -> None:
    """Restoring, telling of statements and explaining go at different paces over the same text."""
    for size in (1, 2, 5, 11, 64):
        server.script(sse_reply(cut(stream_body("Hello [PERSON_1]. We wrote to [EMAIL_1]. Bye."), size)))
        told: list[str] = []
        with explainbot.turn(conversation=f"c-{size}", on_statement=lambda one, told=told: told.append(one.text)):
            reply = await create(client, True, "Mr. Max Fremd, max.fremd@example.net")
        assert reply.choices[0].message.content == "Hello Max Fremd. We wrote to max.fremd@example.net. Bye."
        assert "We wrote to max.fremd@example.net." in told


@pytest.mark.parametrize("left", [1, 2, 5])
async def test_a_response_that_is_never_completed_ends_as_the_bare_client_ends_it(
    client: Any, bare: Any, server: Server, left: int
) -> None:
    """A compatible provider leaves `response.completed` out, or more: nothing raises, hangs or is lost."""
    events = response_body(spoken("Hello [EMAIL_1], we are open.")).split(b"\n\n")[:-1]
    server.script(sse_reply([b"".join(event + b"\n\n" for event in events[:-left])]))

    async def said(of: Any) -> tuple[list[str], str]:
        stream = await done(of.responses.create(model=MODEL, input="I am jane@example.com", stream=True))
        seen = await every(stream)
        return [event.type for event in seen], "".join(getattr(event, "delta", "") for event in seen)

    kinds, text = await said(bare)
    mine = await said(client)
    assert mine[0] == kinds
    assert mine[1] == text.replace("[EMAIL_1]", "jane@example.com")
    assert len(traces()) == 1


class _Fails(httpx2.BaseTransport, httpx.BaseTransport):
    """A transport whose error quotes what it was given, and all that it could have known."""

    def handle_request(self, request: Any) -> Any:
        raise RuntimeError(f"cannot send {TEXT!r}")


@pytest.mark.parametrize("library", [httpx2, httpx])
async def test_an_error_that_quotes_the_customer_leaves_only_its_name_in_the_trace(
    library: Any, server: Server
) -> None:
    """What an exception says may be anything: only its type is kept."""
    bot = explainbot.wrap(
        openai.OpenAI(base_url=server.url, api_key="k", max_retries=0, http_client=library.Client(transport=_Fails()))
    )
    with pytest.raises(RuntimeError, match="Marlene"):
        bot.chat.completions.create(model=MODEL, messages=ask())
    [trace] = traces()
    assert (trace.status, trace.error) == ("error", "RuntimeError")
    assert "marlene" not in written().casefold()
    bot.close()


async def test_an_error_of_a_handler_leaves_only_its_name_too() -> None:
    @explainbot.explained
    def handle(message: str) -> str:
        raise LookupError(f"no answer to {message}")

    with pytest.raises(LookupError, match="Marlene"):
        handle(TEXT)
    [trace] = traces()
    assert trace.error == "LookupError"
    assert "marlene.quist" not in written().casefold()


@pytest.mark.parametrize("way", WAYS)
async def test_a_raw_stream_is_closed_by_the_names_that_the_client_uses(way: str, server: Server) -> None:
    """Wrappers broke here: `aclose` on the stream's response, and leaving a stream helper half way."""
    client = client_of(way, server.url)
    async with inside(client.chat.completions.stream(model=MODEL, messages=ask())) as stream:
        async for _ in _as_async(stream):
            break
    stream = await done(client.chat.completions.create(model=MODEL, messages=ask(), stream=True))
    await done(stream.response.aclose() if way.startswith("async") else stream.response.close())
    await done(stream.close())
    assert [trace.status for trace in traces()] == ["abandoned"] * 2
    await close(client)


async def _as_async(stream: Any) -> Any:
    if hasattr(stream, "__aiter__"):
        async for item in stream:
            yield item
    else:
        for item in stream:
            yield item
