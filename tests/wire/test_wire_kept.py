"""Files, batches, vector stores, assistants, audio, images and embeddings: hidden going up, restored coming back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from servers import Reply, Request, Server, completion, frame, json_reply, message, sse_reply, tool_call
from ways import CUSTOMER, MODEL, TEXT, ask, done, every, inside, leaked, traces
from writers import message_reply

import explainbot
from explainbot import explanation_of
from explainbot.errors import UnsupportedContent

pytestmark = pytest.mark.anyio

MAIL = "marlene.quist@example.com"


def text_reply(text: str, kind: str = "application/octet-stream") -> Reply:
    return Reply((text.encode(),), 200, (("content-type", kind),))


# Files and batches


def batch_line(custom_id: str, url: str, body: dict[str, Any]) -> str:
    return json.dumps({"custom_id": custom_id, "method": "POST", "url": url, "body": body})


async def test_a_batch_goes_up_hidden_and_its_output_comes_back_restored(client: Any, server: Server) -> None:
    lines = [
        batch_line("a", "/v1/chat/completions", {"model": MODEL, "messages": ask(f"I am {MAIL}")}),
        batch_line("b", "/v1/responses", {"model": MODEL, "input": TEXT}),
        batch_line("c", "/v1/embeddings", {"model": MODEL, "input": [TEXT]}),
    ]
    answer = {"id": "r", "custom_id": "a", "response": {"status_code": 200, "body": completion("Hello [EMAIL_1]")}}
    file = {"id": "file-in", "object": "file", "bytes": 1, "created_at": 1, "filename": "[EMAIL_1].jsonl"}
    batch = {"id": "batch_1", "object": "batch", "endpoint": "/v1/chat/completions", "input_file_id": "file-in"}
    batch |= {"completion_window": "24h", "created_at": 1, "status": "completed"}
    server.script(
        json_reply({**file, "purpose": "batch", "status": "processed"}),
        json_reply({**batch, "metadata": {"for": "[EMAIL_1]"}}),
        json_reply({**batch, "output_file_id": "file-out"}),
        text_reply(f"{json.dumps(answer)}\n{json.dumps(answer)}"),
    )
    with explainbot.turn(customer=CUSTOMER):
        upload = (f"{MAIL}.jsonl", ("\n".join(lines) + "\n").encode())
        kept = await done(client.files.create(file=upload, purpose="batch"))
    assert kept.filename == f"{MAIL}.jsonl"
    begun = await done(
        client.batches.create(
            input_file_id=kept.id,
            endpoint="/v1/chat/completions",
            completion_window="24h",
            metadata={"for": MAIL},
        )
    )
    assert begun.metadata == {"for": MAIL}
    finished = await done(client.batches.retrieve(begun.id))
    content = await done(client.files.content(finished.output_file_id))
    for line in content.text.splitlines():
        body = json.loads(line)["response"]["body"]
        assert body["choices"][0]["message"]["content"] == f"Hello {MAIL}"
    assert leaked(server) == []
    assert b'"custom_id":"a","method":"POST","url":"/v1/chat/completions"' in server.requests[0].body


async def test_lines_whose_schema_takes_no_placeholder_have_surrogates(client: Any, server: Server) -> None:
    tool = {
        "type": "function",
        "function": {"name": "pay", "parameters": {"properties": {"card": {"type": "integer"}}}},
    }
    body = {"model": MODEL, "messages": ask("Pay with 4111 1111 1111 1111"), "tools": [tool]}
    lines = [batch_line("a", "/v1/chat/completions", body), batch_line("b", "/v1/embeddings", {"input": MAIL})]
    called = completion(message(tool_calls=[tool_call("pay", '{"card": 4242424242424242}')]))
    file = {
        "id": "file-in",
        "object": "file",
        "bytes": 1,
        "created_at": 1,
        "filename": "b.jsonl",
        "status": "processed",
    }
    server.script(
        json_reply({**file, "purpose": "batch"}),
        text_reply(json.dumps({"response": {"body": called}})),
        text_reply("card 4242424242424242"),
    )
    upload = ("b.jsonl", "\n".join(lines).encode())
    kept = await done(client.files.create(file=upload, purpose="batch"))
    sent = server.requests[0].body
    assert b"Pay with 4242 4242 4242 4242" in sent
    assert b'"input":"[EMAIL_1]"' in sent
    content = await done(client.files.content(kept.id))
    arguments = json.loads(content.text)["response"]["body"]["choices"][0]["message"]["tool_calls"][0]["function"]
    assert json.loads(arguments["arguments"]) == {"card": 4111111111111111}
    content = await done(client.files.content(kept.id))
    assert content.text == "card 4111111111111111"


async def test_a_text_file_is_hidden_and_a_binary_one_is_refused(client: Any, server: Server) -> None:
    file = {"id": "file-1", "object": "file", "bytes": 1, "created_at": 1, "filename": "n", "purpose": "user_data"}
    server.script(json_reply({**file, "status": "processed"}), text_reply("Dear [EMAIL_1]\n[EMAIL_1"))
    kept = await done(client.files.create(file=("notes.txt", f"From {MAIL}\r\nBye".encode()), purpose="user_data"))
    assert b"From [EMAIL_1]\r\nBye" in server.last.body
    assert (await done(client.files.content(kept.id))).text == f"Dear {MAIL}\n[{MAIL}"
    for data in (b"%PDF-1.7 \xff\xfe", b"a\0b"):
        with pytest.raises(UnsupportedContent) as refused:
            await done(client.files.create(file=("notes.pdf", data), purpose="user_data"))
        assert refused.value.kind == "file"
    assert len(server.requests) == 2


@pytest.mark.parametrize("line", ["no JSON", "[]", '{"a": '])
async def test_lines_that_cannot_be_read_are_not_sent(client: Any, server: Server, line: str) -> None:
    with pytest.raises(explainbot.errors.LocalProtocolError, match="line 2"):
        await done(client.files.create(file=("b.jsonl", f"{{}}\n{line} {MAIL}".encode()), purpose="batch"))
    assert server.received == b""


# Text that becomes something else


async def test_embeddings_and_moderations_see_no_original(client: Any, server: Server) -> None:
    vector = {"object": "embedding", "index": 0, "embedding": [0.25, 1e-7]}
    usage = {"prompt_tokens": 3, "total_tokens": 3}
    server.script(
        json_reply({"object": "list", "data": [vector], "model": "m", "usage": usage}),
        json_reply({"id": "modr-1", "model": "m", "results": []}),
    )
    reply = await done(client.embeddings.create(model=MODEL, input=[TEXT, "plain"], encoding_format="float"))
    assert reply.data[0].embedding == [0.25, 1e-7]
    assert "explanation" not in reply.to_dict()
    await done(client.moderations.create(input=[{"type": "text", "text": TEXT}]))
    assert leaked(server, (MAIL, "4111 1111 1111 1111")) == []
    embedded = traces()[-1]
    assert (embedded.operation, embedded.usage, embedded.explanation) == ("embeddings", usage, None)
    with pytest.raises(UnsupportedContent) as refused:
        await done(client.embeddings.create(model=MODEL, input=[[1, 2, 3]]))
    assert refused.value.kind == "tokens"


async def test_images_and_speech_are_asked_for_without_originals(client: Any, server: Server) -> None:
    server.script(
        json_reply({"created": 1, "data": [{"b64_json": "QUJD", "revised_prompt": "A card for [EMAIL_1]"}]}),
        Reply((b"\xff\xfb[EMAIL_1]",), 200, (("content-type", "audio/mpeg"),)),
    )
    image = await done(client.images.generate(prompt=f"A card for {MAIL}", model="i"))
    assert image.data[0].revised_prompt == f"A card for {MAIL}"
    speech = await done(client.audio.speech.create(input=TEXT, model="t", voice="alloy"))
    assert speech.content == b"\xff\xfb[EMAIL_1]"
    assert leaked(server, (MAIL, "4111 1111 1111 1111")) == []


@pytest.mark.parametrize("form", ["json", "text", "srt"])
async def test_a_transcript_is_restored_once_audio_is_allowed(
    client: Any, server: Server, settings: explainbot.Settings, form: str
) -> None:
    text = "Hello [EMAIL_1], hello"
    replies = {"json": json_reply({"text": text}), "text": text_reply(text, "text/plain")}
    server.script(replies.get(form, text_reply(f"1\n00:00 --> 00:01\n{text}\n", "text/plain")))
    call = {"file": ("a.wav", b"RIFF\xff"), "model": "w", "prompt": f"About {MAIL}", "response_format": form}
    with pytest.raises(UnsupportedContent) as refused:
        await done(client.audio.transcriptions.create(**call))
    assert refused.value.kind == "audio"
    allowed = type(client)(
        base_url=server.url,
        api_key="k",
        settings=settings.model_copy(update={"allow_content": frozenset({"audio"})}),
    )
    reply = await done(allowed.audio.transcriptions.create(**call))
    await done(allowed.close())
    assert f"Hello {MAIL}, hello" in (reply if isinstance(reply, str) else reply.text)
    assert leaked(server, (MAIL,)) == []
    assert b"RIFF\xff" in server.last.body


# Vector stores and assistants


async def test_a_vector_store_is_searched_with_placeholders(client: Any, server: Server) -> None:
    found = {"file_id": "f", "filename": "a.md", "score": 0.5, "content": [{"type": "text", "text": "x"}]}
    server.script(json_reply({"object": "list", "data": [{**found, "attributes": {}}], "has_more": False}))
    await every(
        await done(
            client.vector_stores.search("vs_1", query=TEXT, filters={"type": "eq", "key": "mail", "value": MAIL})
        )
    )
    assert leaked(server, (MAIL, "4111 1111 1111 1111")) == []
    assert server.last.json()["filters"] == {"type": "eq", "key": "mail", "value": "[EMAIL_1]"}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
async def test_a_run_of_an_assistant_is_restored_as_it_streams(client: Any, server: Server) -> None:
    thread = {"id": "thread_1", "object": "thread", "created_at": 1, "metadata": {}}
    message = {"id": "msg_1", "object": "thread.message", "created_at": 1, "thread_id": "thread_1", "role": "assistant"}

    def delta(text: str) -> bytes:
        part = {"index": 0, "type": "text", "text": {"value": text, "annotations": []}}
        body = {"id": "msg_1", "object": "thread.message.delta", "delta": {"content": [part]}}
        return b"event: thread.message.delta\n" + frame(body)

    whole = [{"type": "text", "text": {"value": "Hello [EMAIL_1] [", "annotations": []}}]
    events = [
        b"event: thread.message.created\n" + frame({**message, "content": [], "status": "in_progress"}),
        *map(delta, ["Hello ", "[EMA", "IL_1", "] ["]),
        b"event: thread.message.completed\n" + frame({**message, "content": whole, "status": "completed"}),
        b"event: done\ndata: [DONE]\n\n",
    ]
    server.script(json_reply(thread), sse_reply(events))
    await done(client.beta.threads.create(messages=[{"role": "user", "content": f"I am {MAIL}"}]))
    stream = await done(client.beta.threads.runs.create("thread_1", assistant_id="asst_1", stream=True))
    seen = await every(stream)
    pieces = [event.data.delta.content[0].text.value for event in seen if event.event == "thread.message.delta"]
    assert "".join(pieces) == f"Hello {MAIL} ["
    last = seen[-1].data
    assert last.content[0].text.value == f"Hello {MAIL} ["
    assert explanation_of(last).statements
    assert leaked(server, (MAIL,)) == []


# Anthropic's own shapes


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
async def test_tools_of_messages_hold_originals_and_results_are_hidden(server: Server, streamed: bool) -> None:
    anthropic = pytest.importorskip("anthropic")
    call = {
        "type": "tool_use",
        "id": "toolu_1",
        "name": "look_up",
        "input": {"mail": "[EMAIL_1]", "note": 'a "[EMAIL_1]"'},
    }

    def answer(request: Request) -> Reply:
        if request.json().get("stream"):
            return message_reply(request, {**call, "json": json.dumps(call["input"])}, size=3)
        return message_reply(request, call)

    server.script(answer)
    asked = [
        {"role": "user", "content": TEXT},
        {"role": "assistant", "content": [{**call, "input": {"mail": MAIL}}]},
        {
            "role": "user",
            "content": [
                {"type": "tool_result", "tool_use_id": "toolu_1", "content": [{"type": "text", "text": TEXT}]},
                {
                    "type": "document",
                    "title": "Notes",
                    "source": {"type": "text", "media_type": "text/plain", "data": TEXT},
                },
            ],
        },
    ]
    tools = [{"name": "look_up", "description": f"for {MAIL}", "input_schema": {"type": "object"}}]
    where: Any = {"base_url": server.origin, "http_client": explainbot.http_client()}
    more: Any = {"model": "claude", "max_tokens": 9, "tools": tools, "metadata": {"user_id": MAIL}}
    with (
        explainbot.turn(customer=CUSTOMER),
        anthropic.Anthropic(api_key="k", max_retries=0, **where) as client,
    ):
        if streamed:
            async with inside(client.messages.stream(messages=asked, **more)) as stream:
                await every(stream)
                reply = stream.get_final_message()
        else:
            reply = client.messages.create(messages=asked, **more)
        image = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AAAA"}}
        with pytest.raises(anthropic.APIConnectionError) as refused:  # what that client makes of any error of its own
            client.messages.create(messages=[{"role": "user", "content": [image]}], **more)
    assert isinstance(refused.value.__cause__, UnsupportedContent)
    assert reply.content[0].input == {"mail": MAIL, "note": f'a "{MAIL}"'}
    assert leaked(server) == []
    assert explanation_of(reply).tool_calls or explanation_of(reply).statements == ()
    assert server.requests[0].json()["tools"][0]["name"] == "look_up"
    assert traces()[-1].usage["output_tokens"] == 5
