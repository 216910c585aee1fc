"""A broken request or reply ends in a clear error or the client's own; nothing leaks, and the trace tells."""

from __future__ import annotations

import json
from typing import Any

import pytest
from servers import (
    DONE,
    Reply,
    Request,
    Server,
    chunk,
    completion,
    frame,
    json_reply,
    sse_reply,
    stream_body,
    text_of,
)
from ways import MODEL, TEXT, ask, client_of, close, create, done, every, leaked, traces

import explainbot
from explainbot import explanation_of
from explainbot.errors import (
    ExplainbotError,
    LocalProtocolError,
    PrivacyError,
    UnsupportedContent,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("turn")]

MAIL = "marlene.quist@example.com"
JSON_TYPE = {"content-type": "application/json"}


async def post(
    client: Any, body: bytes, path: str = "/chat/completions", content_type: str = "application/json"
) -> Any:
    """The client's own way to send bytes as they are."""
    headers = {"content-type": content_type}
    return await done(client.post(path, cast_to=object, content=body, options={"headers": headers}))


def body_of(text: str) -> bytes:
    return json.dumps({"model": MODEL, "messages": [{"role": "user", "content": text}]}).encode()


# Requests that cannot be read


UNREADABLE = {
    "half a body": body_of(TEXT)[:-40],
    "nothing": b"",
    "no JSON": f"email={MAIL}".encode(),
    "a list": json.dumps([{"role": "user", "content": TEXT}]).encode(),
    "a string": json.dumps(TEXT).encode(),
    "not UTF-8": body_of(MAIL).replace(b"marlene", b"\xff\xfemarlene"),
    "too deep": b'{"messages":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE.keys())
async def test_a_body_that_cannot_be_read_is_not_sent(client: Any, server: Server, body: bytes) -> None:
    with pytest.raises(ExplainbotError) as caught:
        await post(client, body)
    assert isinstance(caught.value, LocalProtocolError | PrivacyError)
    assert server.received == b""
    assert "marlene" not in str(caught.value).casefold()
    (trace,) = traces()
    assert trace.status == "refused"
    assert "marlene" not in trace.to_json().casefold()


WRONG_TYPES: dict[str, dict[str, Any]] = {
    "messages a string": {"messages": TEXT},
    "messages null": {"messages": None},
    "messages of strings": {"messages": [TEXT]},
    "messages of lists": {"messages": [[{"role": "user", "content": TEXT}]]},
    "content an object": {"messages": [{"role": "user", "content": {"deep": [TEXT]}}]},
    "content a number": {"messages": [{"role": "user", "content": 4111111111111111}]},
    "part a string": {"messages": [{"role": "user", "content": [TEXT]}]},
    "part without type": {"messages": [{"role": "user", "content": [{"text": TEXT}]}]},
    "text part of objects": {"messages": [{"role": "user", "content": [{"type": "text", "text": {"a": TEXT}}]}]},
    "role personal": {"messages": [{"role": MAIL, "content": "x"}]},
    "model personal": {"model": MAIL, "messages": ask("x")},
    "tool calls a string": {"messages": [{"role": "assistant", "tool_calls": TEXT}]},
    "tool call of strings": {"messages": [{"role": "assistant", "tool_calls": [TEXT]}]},
    "arguments an object": {
        "messages": [{"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": {"to": MAIL}}}]}]
    },
    "tool name personal": {"messages": ask("x"), "tools": [{"type": "function", "function": {"name": MAIL}}]},
    "metadata a list": {"messages": ask("x"), "metadata": [TEXT]},
    "metadata keys personal": {"messages": ask("x"), "metadata": {MAIL: "1"}},
    "user a number": {"messages": ask("x"), "user": 4111111111111111},
    "stop personal": {"messages": ask("x"), "stop": [MAIL]},
    "prediction": {"messages": ask("x"), "prediction": {"type": "content", "content": TEXT}},
    "logit bias keys": {"messages": ask("x"), "logit_bias": {MAIL: 1}},
    "tool schema": {
        "messages": ask("x"),
        "tools": [{"type": "function", "function": {"name": "f", "parameters": {"enum": [MAIL], "default": MAIL}}}],
    },
    "tool schema keys": {
        "messages": ask("x"),
        "tools": [{"type": "function", "function": {"name": "f", "parameters": {"properties": {MAIL: {}}}}}],
    },
    "response format": {
        "messages": ask("x"),
        "response_format": {"type": "json_schema", "json_schema": {"name": "s", "schema": {"const": MAIL}}},
    },
    "web search location": {
        "messages": ask("x"),
        "web_search_options": {"user_location": {"type": "approximate", "approximate": {"city": MAIL}}},
    },
    "unknown top field": {"messages": ask("x"), MAIL: MAIL},
}


@pytest.mark.parametrize("fields", WRONG_TYPES.values(), ids=WRONG_TYPES.keys())
async def test_whatever_the_shape_nothing_leaks(client: Any, server: Server, fields: dict[str, Any]) -> None:
    server.script(json_reply(completion("ok")))
    refused = ""
    try:
        await post(client, json.dumps({"model": MODEL, **fields}).encode())
    except ExplainbotError as error:
        refused = str(error)
    assert "marlene" not in refused.casefold()
    assert leaked(server) == []
    assert not (refused and server.received)
    (trace,) = traces()
    assert trace.status in ("ok", "refused")
    assert "marlene" not in trace.to_json().casefold()


async def test_a_key_given_twice_hides_nothing(client: Any, server: Server) -> None:
    twice = json.dumps({"role": "user", "content": TEXT})
    server.script(json_reply(completion("ok")))
    await post(client, f'{{"model":"m","messages":[{twice}],"messages":[{{"role":"user","content":"x"}}]}}'.encode())
    assert leaked(server) == []


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "application/octet-stream", "image/png"]
)
async def test_a_content_type_nobody_reads_is_not_sent_in_the_clear(
    client: Any, server: Server, content_type: str
) -> None:
    server.script(json_reply(completion("ok")))
    try:
        await post(client, body_of(TEXT), content_type=content_type)
    except ExplainbotError:
        assert server.received == b""
    assert leaked(server) == []


PARTS: dict[str, dict[str, Any]] = {
    "image": {"type": "image_url", "image_url": {"url": f"https://example.com/{MAIL}.png"}},
    "audio": {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}},
    "file": {"type": "file", "file": {"file_data": "data:application/pdf;base64,AAAA", "filename": f"{MAIL}.pdf"}},
    "unknown": {"type": "hologram", "hologram": {"text": MAIL}},
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS.keys())
async def test_parts_that_cannot_be_read_are_not_sent(client: Any, server: Server, part: dict[str, Any]) -> None:
    messages = [{"role": "user", "content": [{"type": "text", "text": "Look"}, part]}]
    with pytest.raises(UnsupportedContent, match="nothing was sent"):
        await create(client, False, messages=messages)
    assert server.received == b""
    assert [trace.status for trace in traces()] == ["refused"]


async def finished(call: Any) -> Any:
    """The result of a call that may be a value, a coroutine or a page of results."""
    result = call()
    return await every(result) if hasattr(result, "__aiter__") else await done(result)


async def test_other_endpoints_are_not_sent(client: Any, server: Server) -> None:
    calls = [
        lambda: client.fine_tuning.jobs.create(model="m", training_file="f", suffix=MAIL),
        lambda: client.realtime.client_secrets.create(session={"type": "realtime", "instructions": TEXT}),
        lambda: client.uploads.create(filename=f"{MAIL}.txt", bytes=3, mime_type="text/plain", purpose="user_data"),
        lambda: client.uploads.parts.create("upload_1", data=TEXT.encode()),
        lambda: client.post("/an/endpoint/of/tomorrow", cast_to=object, body={"text": TEXT}),
        lambda: client.files.create(file=("a.pdf", b"%PDF\xff\xfe" + TEXT.encode()), purpose="user_data"),
        lambda: client.audio.transcriptions.create(file=("a.wav", b"RIFF"), model="w", prompt=MAIL),
        lambda: client.images.edit(image=("a.png", b"\x89PNG"), prompt=TEXT),
        lambda: client.chat.completions.retrieve(MAIL),
        lambda: client.files.retrieve(MAIL),
    ]
    for call in calls:
        with pytest.raises(PrivacyError):
            await finished(call)
    assert server.received == b""


async def test_models_can_be_listed(client: Any, server: Server) -> None:
    server.script(
        json_reply({"object": "list", "data": [{"id": "m", "object": "model", "created": 1, "owned_by": "x"}]})
    )
    assert [model.id for model in await every(client.models.list())] == ["m"]


URLS = {
    "query of a call": lambda client: create(client, False, "x", extra_query={"customer": MAIL}),
    "query of a list": lambda client: every(client.models.list(extra_query={"customer": MAIL})),
    "path of a model": lambda client: done(client.models.retrieve(MAIL)),
    "known name in a query": lambda client: create(client, False, "x", extra_query={"for": "Marlene Quist"}),
}


@pytest.mark.parametrize("call", URLS.values(), ids=URLS.keys())
async def test_no_personal_data_leaves_in_a_url(client: Any, server: Server, call: Any) -> None:
    server.script(json_reply({"object": "list", "data": []}))
    with pytest.raises(PrivacyError):
        await call(client)
    assert leaked(server) == []


@pytest.mark.parametrize("header", ["x-customer", "user-agent", "cookie", "idempotency-key", "x-stainless-customer"])
async def test_no_personal_data_leaves_in_a_header(client: Any, server: Server, header: str) -> None:
    server.script(json_reply(completion("ok")))
    try:
        await create(client, False, "x", extra_headers={header: f"for {MAIL}"})
    except PrivacyError:
        assert server.received == b""
    assert leaked(server) == []


# Odd texts


ODD = {
    "NUL": f"a\x00b {MAIL} \x00",
    "control characters": f"\x01\x1b[31m{MAIL}\x7f\x85",
    "line separators": f"{MAIL}\u2028{MAIL}\u2029",
    "right to left": f"\u202e{MAIL}\u202c",
    "emoji": f"👩‍👩‍👧‍👦 {MAIL} 🇪🇺",
    "combining": f"e\u0301 {MAIL} n\u0303",
    "byte order mark": f"\ufeff{MAIL}\ufeff",
    "placeholders": f"[EMAIL_1] [EMAIL_2] {MAIL} [email_1] EMAIL_1 [[EMAIL_1]] [CARD_1]",
    "JSON": json.dumps({"to": MAIL, "quote": '"', "back": "\\"}),
    "JSON in JSON": json.dumps({"inner": json.dumps({"to": MAIL})}),
    "half JSON": f'{{"to": "{MAIL}", ',
    "event stream": f"data: {MAIL}\n\ndata: [DONE]\n\n",
    "HTML": f'<a href="mailto:x">{MAIL}</a><b>{MAIL}</b>',
    "only a value": MAIL,
    "empty": "",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
async def test_odd_texts_survive_the_round_trip(client: Any, server: Server, streamed: bool, text: str) -> None:
    reply = await create(client, streamed, text)
    assert leaked(server) == []
    assert reply.choices[0].message.content == f"You wrote: {text}"


async def test_lone_surrogates_leak_nothing(client: Any, server: Server) -> None:
    raw = json.dumps({"model": MODEL, "messages": [{"role": "user", "content": f"\ud800 {MAIL} \udfff"}]})
    assert "\\ud800" in raw

    def answer(request: Request) -> Reply:
        return json_reply(completion(request.json()["messages"][0]["content"].encode("utf-8", "replace").decode()))

    server.script(answer)
    reply = await post(client, raw.encode())
    assert leaked(server) == []
    assert reply["choices"][0]["message"]["content"] == f"? {MAIL} ?"
    (trace,) = traces()
    assert trace.status == "ok"


async def test_lone_surrogates_in_the_reply_are_passed_on(client: Any, server: Server) -> None:
    body = json.dumps(completion("\ud83d broken")).encode()
    server.script(Reply((body,)))
    reply = await create(client, False)
    assert reply.choices[0].message.content == "\ud83d broken"
    assert [trace.status for trace in traces()] == ["ok"]


@pytest.mark.parametrize("way", ["sync httpx2", "async httpx2"])
async def test_ten_megabytes_are_redacted_to_the_last_byte(way: str, server: Server) -> None:
    text = "The parcel did not arrive and I would like my money back, please. " * 155_000 + TEXT
    assert len(text) > 10_000_000
    server.script(lambda request: json_reply(completion(text_of(request.json()["messages"][-1]["content"])[-2000:])))
    client = client_of(way, server.url)
    reply = await create(client, False, text)
    assert leaked(server) == []
    assert reply.choices[0].message.content.endswith(TEXT)
    assert explanation_of(reply) is not None
    await close(client)


# Replies that cannot be read


REPLIES: dict[str, Reply] = {
    "empty": Reply(()),
    "half JSON": Reply((json.dumps(completion("Hello")).encode()[:80],)),
    "a list": json_reply([1, 2]),
    "a number": json_reply(7),
    "no choices": json_reply({"id": "x", "object": "chat.completion", "created": 1, "model": "m"}),
    "choices null": json_reply({**completion("x"), "choices": None}),
    "choices a string": json_reply({**completion("x"), "choices": "x"}),
    "choices of strings": json_reply({**completion("x"), "choices": ["x", 1, None]}),
    "message null": json_reply({**completion("x"), "choices": [{"index": 0, "message": None}]}),
    "content an object": json_reply(completion({"role": "assistant", "content": {"a": "b"}})),
    "content a list": json_reply(completion({"role": "assistant", "content": [{"type": "text", "text": "b"}]})),
    "tool calls a string": json_reply(completion({"role": "assistant", "content": None, "tool_calls": "x"})),
    "tool call of numbers": json_reply(completion({"role": "assistant", "content": None, "tool_calls": [1]})),
    "arguments missing": json_reply(
        completion({"role": "assistant", "content": None, "tool_calls": [{"id": "1", "function": {"name": "f"}}]})
    ),
    "HTML": Reply((b"<html>Hello</html>",), headers=(("content-type", "text/html"),)),
    "text": Reply((b"Hello",), headers=(("content-type", "text/plain"),)),
    "no type": Reply((json.dumps(completion("Hello")).encode(),), headers=()),
    "not UTF-8": Reply((json.dumps(completion("Hello")).encode().replace(b"Hello", b"H\xe9llo"),)),
    "usage odd": json_reply({**completion("x"), "usage": {"prompt_tokens": "many", "details": {"a": None}}}),
    "ids odd": json_reply({**completion("x"), "id": 7, "model": None}),
    "no content": Reply((), status=204),
}


async def outcome(call: Any) -> Any:
    """What a call comes to: the value, or the error's class."""
    try:
        value = await call
    except Exception as error:  # noqa: BLE001 - whatever it is, it must be the same
        return type(error)
    return value


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES.keys())
async def test_an_odd_reply_is_what_the_bare_client_makes_of_it(
    client: Any, bare: Any, server: Server, reply: Reply
) -> None:
    async def call(of: Any) -> Any:
        said = await done(of.chat.completions.create(model=MODEL, messages=ask("Hello")))
        if isinstance(said, str):
            return said
        value = json.loads(said.to_json(warnings=False)) if hasattr(said, "to_json") else said
        if isinstance(value, dict):
            value.pop("explanation", None)
        return value

    server.script(reply)
    assert await outcome(call(client)) == await outcome(call(bare))
    assert len(traces()) == 1


STREAMS: dict[str, list[bytes]] = {
    "nothing": [],
    "only done": [DONE],
    "no done": [stream_body("Hello").removesuffix(DONE)],
    "no finish": [frame(chunk({"role": "assistant", "content": "Hello"})), DONE],
    "chunk no JSON": [frame(chunk({"content": "Hel"})), b"data: oops\n\n", frame(chunk({"content": "lo"})), DONE],
    "chunk a list": [frame(chunk({"content": "Hel"})), b"data: [1]\n\n", DONE],
    "no choices": [frame({"id": "x", "object": "chat.completion.chunk"}), stream_body("Hello")],
    "choices null": [frame({**chunk({}), "choices": None}), stream_body("Hello")],
    "delta null": [frame({**chunk({}), "choices": [{"index": 0, "delta": None}]}), stream_body("Hello")],
    "no index": [frame({**chunk({}), "choices": [{"delta": {"content": "x"}}]}), stream_body("Hello")],
    "content a number": [frame(chunk({"content": 7})), stream_body("Hello")],
    "filter results first": [frame({**chunk(None), "prompt_filter_results": [{"x": 1}]}), stream_body("Hello")],
    "usage last": [stream_body("Hello", usage=True)],
    "comments": [b": keep-alive\n\n", b": keep-alive\n\n", stream_body("Hello")],
    "CRLF": [stream_body("Hello").replace(b"\n", b"\r\n")],
    "CR": [stream_body("Hello").replace(b"\n", b"\r")],
    "no space": [stream_body("Hello").replace(b"data: ", b"data:")],
    "ids and retry": [b"id: 1\nretry: 10\n" + stream_body("Hello")],
    "after done": [stream_body("Hello"), frame(chunk({"content": "late"}))],
    "blank lines": [b"\n\n\n", stream_body("Hello").replace(b"\n\n", b"\n\n\n\n")],
    "not UTF-8": [frame(chunk({"content": "Hello"})).replace(b"Hello", b"H\xe9llo"), DONE],
    "two finishes": [stream_body("Hello").removesuffix(DONE), frame(chunk({}, finish="stop")), DONE],
    "byte order mark": [b"\xef\xbb\xbf", stream_body("Hello")],
}


@pytest.mark.parametrize("body", STREAMS.values(), ids=STREAMS.keys())
async def test_an_odd_stream_is_what_the_bare_client_makes_of_it(
    client: Any, bare: Any, server: Server, body: list[bytes]
) -> None:
    async def call(of: Any) -> tuple[str, Any]:
        text = ""
        try:
            stream = await done(of.chat.completions.create(model=MODEL, messages=ask("Hello"), stream=True))
            for piece in await every(stream):
                for choice in piece.choices or []:
                    text += str((choice.delta and choice.delta.content) or "")
        except Exception as error:  # noqa: BLE001 - whatever it is, it must be the same
            return text, type(error)
        return text, None

    server.script(sse_reply(body))
    assert await call(client) == await call(bare)
    assert len(traces()) == 1


async def test_errors_name_no_value_of_the_customer(way: str, server: Server) -> None:
    client = client_of(way, server.url)
    with pytest.raises(ExplainbotError) as caught:
        await create(client, False, messages=[{"role": MAIL, "content": TEXT}])
    error: BaseException | None = caught.value
    while error is not None:
        assert "marlene" not in f"{error} {error!r}".casefold()
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    assert "marlene" not in repr(explainbot.turn(customer=None)).casefold()
    await close(client)
