"""What a bot sees through the drop-in client, and what the provider sees, on real sockets, in each of four ways."""

from __future__ import annotations

import gc
import json
from typing import Any

import openai
import pytest
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from pydantic import BaseModel
from servers import (
    DONE,
    Close,
    Pause,
    Reply,
    Request,
    Reset,
    Server,
    call_tool,
    chat_reply,
    chunk,
    completion,
    cut,
    echo,
    echo_cut,
    error_reply,
    frame,
    json_reply,
    sse_reply,
    stream_body,
    text_of,
)
from ways import MODEL, TEXT, ask, client_of, close, create, done, every, first, inside, leaked, traces

import explainbot
from explainbot import explanation_of
from explainbot.errors import UnguardedChannel

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("turn")]

ECHOED = f"You wrote: {TEXT}"
either = pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])


# Redacted upstream, restored downstream


@either
async def test_nothing_of_the_customer_leaves_and_the_reply_comes_back_restored(
    client: Any, server: Server, streamed: bool
) -> None:
    reply = await create(client, streamed)
    assert leaked(server) == []
    assert "[EMAIL_" in text_of(server.last.json()["messages"][1]["content"])
    assert reply.choices[0].message.content == ECHOED


@pytest.mark.parametrize("size", [1, 2, 7])
@pytest.mark.parametrize("cut_at", [1, 5, None])
async def test_a_stream_is_restored_however_it_is_cut(
    client: Any, server: Server, size: int, cut_at: int | None
) -> None:
    server.script(echo_cut(size, cut_at))
    assert (await create(client, True)).choices[0].message.content == ECHOED


@pytest.mark.parametrize("end", ["[", "[EMAIL", "[EMAIL_", "[EMAIL_99]", "EMAIL_", "\\[EMAIL\\_"])
@either
async def test_a_reply_that_ends_like_a_placeholder_is_complete(
    client: Any, server: Server, streamed: bool, end: str
) -> None:
    server.script(lambda request: chat_reply(request, f"See {end}", size=1))
    assert (await create(client, streamed)).choices[0].message.content == f"See {end}"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
@either
async def test_compressed_replies_are_restored(client: Any, server: Server, streamed: bool, encoding: str) -> None:
    def answer(request: Request) -> Reply:
        said = f"You wrote: {request.json()['messages'][-1]['content']}"
        if streamed:
            return sse_reply(cut(stream_body(said, size=3), 11), encoding=encoding)
        return json_reply(completion(said), encoding=encoding)

    server.script(answer)
    assert (await create(client, streamed)).choices[0].message.content == ECHOED


@either
async def test_every_choice_is_restored(client: Any, server: Server, streamed: bool) -> None:
    reply = await create(client, streamed, n=3)
    assert [choice.message.content for choice in reply.choices] == [ECHOED] * 3


@either
async def test_tool_call_arguments_stay_json_and_hold_the_originals(
    client: Any, server: Server, streamed: bool
) -> None:
    text = 'Look up marlene.quist@example.com for "Marlene"'
    server.script(call_tool("look_up", lambda said: {"query": said, "nested": json.dumps({"again": said})}, size=2))
    reply = await create(client, streamed, text)
    call = reply.choices[0].message.tool_calls[0].function
    assert call.name == "look_up"
    arguments = json.loads(call.arguments)
    assert arguments["query"] == text
    assert json.loads(arguments["nested"]) == {"again": text}


@either
async def test_tool_calls_and_results_of_the_history_are_redacted(client: Any, server: Server, streamed: bool) -> None:
    arguments = json.dumps({"email": "kai.other@example.org", "card": "4111 1111 1111 1111"})
    call = {"id": "call_1", "type": "function", "function": {"name": "look_up", "arguments": arguments}}
    history = [
        *ask(),
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {
            "role": "tool",
            "tool_call_id": "call_1",
            "content": json.dumps({"name": "Marlene Quist", "born": "1971-03-09"}),
        },
    ]
    await create(client, streamed, messages=history)
    assert leaked(server) == []
    sent = server.last.json()["messages"]
    assert set(json.loads(sent[2]["tool_calls"][0]["function"]["arguments"])) == {"email", "card"}
    assert set(json.loads(sent[3]["content"])) == {"name", "born"}


@either
async def test_every_field_that_may_name_the_customer_is_redacted(client: Any, server: Server, streamed: bool) -> None:
    address = "marlene.quist@example.com"
    await create(
        client,
        streamed,
        messages=[
            {"role": "developer", "content": f"Serve {address}"},
            {"role": "user", "name": "Marlene", "content": [{"type": "text", "text": f"I am {address}"}]},
            {"role": "assistant", "content": None, "refusal": f"Not for {address}"},
            {"role": "user", "content": "Why?"},
        ],
        user=address,
        metadata={"customer": address},
        safety_identifier="cust-88231",
        prompt_cache_key=f"key-{address}",
        extra_body={"unknown_field": {"deep": [address]}},
        extra_headers={"x-customer": address},
    )
    assert leaked(server) == []


# The client's own types and paths


@either
async def test_types_and_content_are_those_of_the_bare_client(
    client: Any, bare: Any, server: Server, streamed: bool
) -> None:
    text = "Where is my parcel?"
    ours, theirs = await create(client, streamed, text), await create(bare, streamed, text)
    assert type(ours) is type(theirs)
    assert isinstance(ours, ChatCompletion)
    mine, plain = ours.to_dict(), theirs.to_dict()
    mine.pop("explanation", None)
    mine["choices"][0].pop("explanation", None)
    mine["choices"][0]["message"].pop("explanation", None)
    assert mine == plain


async def test_a_stream_is_the_clients_own_stream(client: Any, bare: Any, server: Server) -> None:
    ours = await done(client.chat.completions.create(model=MODEL, messages=ask(), stream=True))
    theirs = await done(bare.chat.completions.create(model=MODEL, messages=ask("Hello"), stream=True))
    assert type(ours) is type(theirs)
    chunks = await every(ours)
    await every(theirs)
    assert all(type(piece) is ChatCompletionChunk for piece in chunks)
    assert "".join(piece.choices[0].delta.content or "" for piece in chunks) == ECHOED


async def test_the_stream_helper_gives_the_same_events_as_the_bare_client(
    client: Any, bare: Any, server: Server
) -> None:
    async def events(of: Any) -> tuple[list[str], str]:
        async with inside(of.chat.completions.stream(model=MODEL, messages=ask("where is my parcel?"))) as stream:
            seen = await every(stream)
        return [event.type for event in seen], "".join(e.delta for e in seen if e.type == "content.delta")

    assert await events(client) == await events(bare)


@either
async def test_the_explanation_is_carried_by_the_reply(client: Any, server: Server, streamed: bool, turn: Any) -> None:
    reply = await create(client, streamed)
    explanation = explanation_of(reply)
    assert explanation is not None
    assert explanation.ai_generated
    assert explanation.purpose == "support"
    assert {label.entity_type for label in explanation.hidden} >= {"EMAIL_ADDRESS", "CREDIT_CARD", "IBAN_CODE"}
    assert "Example Ltd" in explanation.text
    assert turn.explanation == explanation
    assert explanation_of(explanation.trace_id) == explanation


async def test_the_last_chunk_of_a_stream_carries_the_explanation(client: Any, server: Server) -> None:
    stream = await done(client.chat.completions.create(model=MODEL, messages=ask(), stream=True))
    last = [piece for piece in await every(stream) if piece.choices][-1]
    assert explanation_of(last) is not None


async def test_with_raw_response_gives_headers_and_the_restored_reply(client: Any, server: Server) -> None:
    raw = await done(client.chat.completions.with_raw_response.create(model=MODEL, messages=ask()))
    assert raw.headers["x-request-id"] == "req_1"
    assert raw.headers["x-explainbot-trace"] == traces()[0].id
    reply = await done(raw.parse())
    assert reply.choices[0].message.content == ECHOED
    assert (
        json.loads(raw.text if isinstance(raw.text, str) else raw.text())["choices"][0]["message"]["content"] == ECHOED
    )
    assert leaked(server) == []


@either
async def test_with_streaming_response_gives_the_restored_reply(client: Any, server: Server, streamed: bool) -> None:
    options = {"model": MODEL, "messages": ask(), **({"stream": True} if streamed else {})}
    async with inside(client.chat.completions.with_streaming_response.create(**options)) as response:
        parsed = await done(response.parse())
        if streamed:
            text = "".join(piece.choices[0].delta.content or "" for piece in await every(parsed))
        else:
            text = parsed.choices[0].message.content
    assert text == ECHOED
    assert len(traces()) == 1


async def test_with_streaming_response_gives_restored_bytes(client: Any, server: Server) -> None:
    async with inside(client.chat.completions.with_streaming_response.create(model=MODEL, messages=ask())) as response:
        body = b"".join(await every(response.iter_bytes(7)))
    assert json.loads(body)["choices"][0]["message"]["content"] == ECHOED


class Order(BaseModel):
    email: str
    note: str


@either
async def test_parse_gives_the_model_with_originals(client: Any, server: Server, streamed: bool) -> None:
    text = 'marlene.quist@example.com said "no"'

    def answer(request: Request) -> Reply:
        said = request.json()["messages"][-1]["content"]
        return chat_reply(request, json.dumps({"email": said.split()[0], "note": said}), size=2)

    server.script(answer)
    if streamed:
        reply = await create(client, True, text, response_format=Order)
    else:
        options = {"model": MODEL, "messages": ask(text), "response_format": Order}
        reply = await done(client.chat.completions.parse(**options))
    assert reply.choices[0].message.parsed == Order(email="marlene.quist@example.com", note=text)
    assert explanation_of(reply) is not None
    assert leaked(server) == []


@pytest.mark.parametrize("change", ["copy", "with_options"])
async def test_a_copied_client_is_still_guarded(client: Any, server: Server, change: str) -> None:
    other = getattr(client, change)(timeout=30, default_headers={"x-copy": "1"})
    assert type(other) is type(client)
    reply = await create(other, False)
    assert reply.choices[0].message.content == ECHOED
    assert server.last.header("x-copy") == "1"
    assert leaked(server) == []
    assert len(traces()) == 1


async def test_a_wrapped_client_is_the_same_object_and_guarded(bare: Any, server: Server) -> None:
    kind = type(bare)
    wrapped = explainbot.wrap(bare)
    assert wrapped is bare
    assert type(wrapped) is kind
    assert (await create(wrapped, True)).choices[0].message.content == ECHOED
    assert leaked(server) == []


async def test_wrapping_twice_traces_once(bare: Any, server: Server) -> None:
    reply = await create(explainbot.wrap(explainbot.wrap(bare)), False)
    assert reply.choices[0].message.content == ECHOED
    assert len(traces()) == 1


@pytest.mark.parametrize("colour", ["sync", "async"])
async def test_a_guarded_http_client_serves_the_bare_client(server: Server, colour: str) -> None:
    make = explainbot.http_client if colour == "sync" else explainbot.async_http_client
    client = client_of(f"{colour} httpx2", server.url, drop_in=False, http_client=make())
    assert (await create(client, True)).choices[0].message.content == ECHOED
    assert leaked(server) == []
    await close(client)


@pytest.mark.parametrize("colour", ["sync", "async"])
@either
async def test_azure_clients(server: Server, colour: str, streamed: bool) -> None:
    kind = explainbot.AzureOpenAI if colour == "sync" else explainbot.AsyncAzureOpenAI
    client = kind(azure_endpoint=server.origin, api_key="key", api_version="2025-01-01", max_retries=0)
    assert isinstance(client, openai.AzureOpenAI if colour == "sync" else openai.AsyncAzureOpenAI)
    assert (await create(client, streamed)).choices[0].message.content == ECHOED
    assert server.last.path == f"/openai/deployments/{MODEL}/chat/completions"
    assert leaked(server) == []
    await close(client)


# Errors, retries, cuts


ERRORS = [
    (400, openai.BadRequestError),
    (401, openai.AuthenticationError),
    (404, openai.NotFoundError),
    (429, openai.RateLimitError),
    (500, openai.InternalServerError),
]


@pytest.mark.parametrize(("status", "kind"), ERRORS)
@either
async def test_errors_are_the_clients_own_with_the_body_as_sent(
    client: Any, server: Server, streamed: bool, status: int, kind: type[openai.APIStatusError]
) -> None:
    reply = error_reply(status, "say [EMAIL_1] twice: [EMAIL_1]")
    server.script(reply)
    with pytest.raises(kind) as caught:
        await create(client, streamed)
    assert type(caught.value) is kind
    assert caught.value.response.content == b"".join(reply.body)  # type: ignore[arg-type]
    assert leaked(server) == []
    (trace,) = traces()
    assert (trace.status, trace.http_status) == ("provider_error", status)
    assert "twice" not in trace.to_json()


async def test_retries_are_byte_identical(way: str, server: Server) -> None:
    busy = error_reply(500, headers={"retry-after-ms": "1"})
    server.script(busy, error_reply(429, headers={"retry-after": "0", "retry-after-ms": "1"}), echo)
    client = client_of(way, server.url, max_retries=3)
    assert (await create(client, False)).choices[0].message.content == ECHOED
    await close(client)
    first_try, second, third = server.requests
    assert first_try.body == second.body == third.body
    assert sorted((trace.retry, trace.status) for trace in traces()) == [
        (0, "provider_error"), (1, "provider_error"), (2, "ok"),
    ]  # fmt: skip


async def test_an_abandoned_stream_closes_the_connection_and_is_traced(client: Any, server: Server) -> None:
    body = stream_body("A long answer. " * 40)
    server.script(sse_reply([body[:900], Pause(20), body[900:]]))
    stream = await done(client.chat.completions.create(model=MODEL, messages=ask(), stream=True))
    await first(stream)
    await done(stream.close())
    assert server.wait_for_hangup()
    (trace,) = traces()
    assert trace.status == "abandoned"
    assert trace.streamed


async def test_a_stream_that_is_merely_dropped_is_traced(client: Any, server: Server) -> None:
    body = stream_body("A long answer. " * 40)
    server.script(sse_reply([body[:900], Pause(0.2), body[900:]]))

    async def walk_away() -> None:
        async with inside(client.chat.completions.stream(model=MODEL, messages=ask())) as stream:
            await first(stream)

    await walk_away()
    gc.collect()
    assert [trace.status for trace in traces()] == ["abandoned"]


@pytest.mark.parametrize("end", [Close(), Reset()], ids=["closed", "reset"])
@either
async def test_a_cut_connection_is_the_clients_own_error_and_traced(
    client: Any, bare: Any, server: Server, streamed: bool, end: Any
) -> None:
    body = stream_body("Hello [EMAIL_1], a long answer.") if streamed else json.dumps(completion("Hello")).encode()
    reply = Reply((body[:150], Pause(0.05), end, body[150:]), framing="chunked", headers=(
        ("content-type", "text/event-stream" if streamed else "application/json"),
    ))  # fmt: skip
    server.script(reply)
    with pytest.raises(openai.APIError) as theirs:
        await create(bare, streamed, "Hello")
    with pytest.raises(openai.APIError) as ours:
        await create(client, streamed)
    assert type(ours.value) is type(theirs.value)
    (trace,) = traces()
    assert trace.status == "cut"


async def test_half_a_frame_and_a_clean_end_is_what_the_bare_client_makes_of_it(
    client: Any, bare: Any, server: Server
) -> None:
    head = frame(chunk({"role": "assistant", "content": "Hello"}))
    server.script(sse_reply([head + b'data: {"id":"chatcmpl-1","choices":[{"index":0,"del'], framing="close"))

    async def outcome(of: Any) -> tuple[str, str]:
        try:
            stream = await done(of.chat.completions.create(model=MODEL, messages=ask("Hello"), stream=True))
            return "read", "".join(piece.choices[0].delta.content or "" for piece in await every(stream))
        except Exception as error:  # noqa: BLE001 - whatever it is, it must be the same
            return "failed", type(error).__name__

    assert await outcome(client) == await outcome(bare)
    (trace,) = traces()
    assert trace.status in ("cut", "error")
    assert trace.error


async def test_a_slow_first_byte_is_waited_for(client: Any, server: Server) -> None:
    def answer(request: Request) -> Reply:
        said = echo(request)
        return Reply(said.body, said.status, said.headers, said.framing, first_byte_after=0.2)

    server.script(answer)
    assert (await create(client, False)).choices[0].message.content == ECHOED


async def test_a_timeout_is_the_clients_own_and_traced(way: str, server: Server) -> None:
    server.script(Reply((b"{}",), first_byte_after=5))
    client = client_of(way, server.url, timeout=0.2)
    with pytest.raises(openai.APITimeoutError):
        await create(client, False)
    await close(client)
    (trace,) = traces()
    assert trace.status == "error"
    assert trace.request is not None


async def test_nobody_listening_is_the_clients_own_error(way: str) -> None:
    with Server() as gone:
        url = gone.url
    client = client_of(way, url)
    with pytest.raises(openai.APIConnectionError):
        await create(client, False)
    await close(client)
    assert [trace.status for trace in traces()] == ["error"]


async def test_an_error_inside_a_stream_is_raised_as_the_bare_client_does(
    client: Any, bare: Any, server: Server
) -> None:
    fault = frame({"error": {"message": "overloaded", "type": "server_error", "code": None, "param": None}})
    server.script(sse_reply([frame(chunk({"role": "assistant", "content": "Hel"})), fault, DONE]))
    with pytest.raises(openai.APIError) as theirs:
        await create(bare, True, "Hello")
    with pytest.raises(openai.APIError) as ours:
        await create(client, True)
    assert (type(ours.value), ours.value.message) == (type(theirs.value), theirs.value.message)


# Ways round the transport


@pytest.mark.parametrize("colour", ["sync", "async"])
async def test_a_proxy_of_the_environment_is_used_and_guarded(
    server: Server, colour: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.origin)
    client = client_of(f"{colour} httpx2", "http://upstream.invalid/v1")
    assert (await create(client, True)).choices[0].message.content == ECHOED
    assert server.last.target == "http://upstream.invalid/v1/chat/completions"
    assert leaked(server) == []
    await close(client)


@pytest.mark.parametrize("way", ["sync httpx2", "sync httpx"])
async def test_a_mounted_transport_is_guarded(server: Server, way: str) -> None:
    library = pytest.importorskip(way.split()[1])
    mounted = library.Client(mounts={"http://127.0.0.1": library.HTTPTransport()})
    client = client_of(way, server.url, http_client=mounted)
    assert (await create(client, False)).choices[0].message.content == ECHOED
    assert leaked(server) == []
    await close(client)


@pytest.mark.parametrize("way", ["sync httpx2", "sync httpx", "async httpx2", "async httpx"])
async def test_a_reply_that_was_read_inside_the_transport_is_restored(way: str) -> None:
    """Mock transports and caches hand out replies with their content loaded."""
    library = pytest.importorskip(way.split()[1])

    def answer(request: Any) -> Any:
        assert b"jane@example.org" not in request.content
        return library.Response(200, json=completion("We write to [EMAIL_1]."))

    kind = library.Client if way.startswith("sync") else library.AsyncClient
    client = client_of(way, "http://127.0.0.1:9/v1", http_client=kind(transport=library.MockTransport(answer)))
    reply = await create(client, False, "I am jane@example.org")
    assert reply.choices[0].message.content == "We write to jane@example.org."
    assert explanation_of(reply).status != "unavailable"
    await close(client)


@pytest.mark.parametrize("colour", ["sync", "async"])
async def test_a_foreign_http_client_is_guarded_or_refused(server: Server, colour: str) -> None:
    client = client_of(f"{colour} httpx2", server.url)
    foreign = openai.DefaultHttpxClient() if colour == "sync" else openai.DefaultAsyncHttpxClient()
    try:
        other = client.with_options(http_client=foreign)
        await create(other, False)
    except UnguardedChannel:
        assert server.requests == []
    assert leaked(server) == []
    await close(foreign) if colour == "sync" else await foreign.aclose()
    await close(client)
