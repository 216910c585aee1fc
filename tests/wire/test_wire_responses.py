"""The Responses interface: items, tools, citations, and what goes on from an earlier response."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from pydantic import BaseModel
from servers import Reply, Request, Server, json_reply, sse_reply
from ways import CUSTOMER, MODEL, TEXT, done, every, inside, leaked
from writers import called, response, response_body, response_reply, spoken, thought

import explainbot
from explainbot import explanation_of
from explainbot.errors import PrivacyError, UnsupportedContent

pytestmark = pytest.mark.anyio

MAIL = "marlene.quist@example.com"
either = pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])


async def respond(client: Any, streamed: bool, given: Any = f"I am {MAIL}", **more: Any) -> Any:
    """One response; a stream is read to its end."""
    if not streamed:
        return await done(client.responses.create(model=MODEL, input=given, **more))
    async with inside(client.responses.stream(model=MODEL, input=given, **more)) as stream:
        await every(stream)
        return await done(stream.get_final_response())


@either
async def test_every_kind_of_item_is_restored(client: Any, server: Server, streamed: bool) -> None:
    arguments = json.dumps({"mail": "[EMAIL_1]", "nested": json.dumps(["[EMAIL_1]"])})
    items = (thought("They are [EMAIL_1]"), called("look_up", arguments), spoken("Hello [EMAIL_1]"))
    server.script(lambda request: response_reply(request, *items, size=2))
    reply = await respond(client, streamed)
    reasoning, call, message = reply.output
    assert reasoning.summary[0].text == f"They are {MAIL}"
    assert json.loads(call.arguments) == {"mail": MAIL, "nested": json.dumps([MAIL])}
    assert message.content[0].text == f"Hello {MAIL}"
    assert explanation_of(reply).statements[0].text == f"Hello {MAIL}"


@either
async def test_citations_point_at_the_same_words(client: Any, server: Server, streamed: bool) -> None:
    text = "Dear [EMAIL_1], see our site."
    at = text.index("our site")
    places = {"start_index": at, "end_index": at + len("our site")}
    citation = {"type": "url_citation", "title": "Site", "url": "https://example.org", **places}
    server.script(lambda request: response_reply(request, spoken(text, [citation])))
    events: list[Any] = []
    if streamed:
        stream = await done(client.responses.create(model=MODEL, input=f"I am {MAIL}", stream=True))
        events = await every(stream)
        reply = events[-1].response
    else:
        reply = await respond(client, False)
    part = reply.output[0].content[0]
    found = [part.annotations[0], *(event.annotation for event in events if event.type.endswith("annotation.added"))]
    assert len(found) == 1 + streamed
    for each in found:
        where = each if isinstance(each, dict) else each.to_dict()
        assert part.text[where["start_index"] : where["end_index"]] == "our site"


async def test_the_events_are_those_of_the_bare_client(client: Any, bare: Any, server: Server) -> None:
    items = (thought("Hm."), called("look_up", '{"a": 1}'), spoken("Where [is"))
    server.script(lambda request: response_reply(request, *items, size=1))

    async def events(of: Any) -> tuple[list[Any], dict[str, str]]:
        seen = await every(await done(of.responses.create(model=MODEL, input="Where is my parcel?", stream=True)))
        told = [event.to_dict() for event in seen]
        texts: dict[str, str] = {}
        for event in told:
            texts[event["type"]] = texts.get(event["type"], "") + event.pop("delta", "")
        return told, texts

    (ours, our_texts), (theirs, their_texts) = await events(client), await events(bare)
    assert ours[-1]["response"].pop("explanation")
    assert ours == theirs
    assert our_texts == their_texts


class Order(BaseModel):
    email: str
    note: str


async def test_parse_gives_the_model_with_originals(client: Any, server: Server) -> None:
    said = json.dumps({"email": "[EMAIL_1]", "note": 'said "no" to [EMAIL_1]'})
    server.script(lambda request: response_reply(request, spoken(said)))
    reply = await done(client.responses.parse(model=MODEL, input=f"I am {MAIL}", text_format=Order))
    assert reply.output_parsed == Order(email=MAIL, note=f'said "no" to {MAIL}')
    assert server.last.json()["text"]["format"]["name"] == "Order"


async def test_tools_and_their_results_are_redacted(client: Any, server: Server) -> None:
    server.script(lambda request: response_reply(request, spoken("ok")))
    given = [
        {"role": "user", "content": [{"type": "input_text", "text": TEXT}]},
        called("look_up", json.dumps({"mail": MAIL})),
        {"type": "function_call_output", "call_id": "call_1", "output": json.dumps({"name": "Marlene Quist"})},
        {"type": "mcp_call", "id": "m", "name": "find", "server_label": "crm", "arguments": "{}", "output": TEXT},
        {"type": "computer_call", "id": "c", "call_id": "k", "action": {"type": "type", "text": TEXT}},
    ]
    tool = {
        "type": "function",
        "name": "look_up",
        "description": TEXT,
        "parameters": {"type": "object"},
        "strict": False,
    }
    with explainbot.turn(customer=CUSTOMER):
        reply = await respond(client, False, given, tools=[tool], instructions=TEXT, metadata={"for": MAIL})
    assert leaked(server) == []
    sent = server.last.json()
    assert sent["tools"][0]["name"] == "look_up"
    assert sent["tools"][0]["parameters"] == {"type": "object"}
    kinds = {source.kind for source in explanation_of(reply).sources}
    assert kinds >= {"instructions", "tool_result", "customer_message"}


@pytest.mark.parametrize(
    "part",
    [
        {"type": "input_image", "image_url": "data:image/png;base64,AAAA", "detail": "auto"},
        {"type": "input_file", "file_data": "AAAA", "filename": "a.pdf"},
        {"type": "input_hologram", "text": "x"},
    ],
)
async def test_parts_nobody_can_read_are_refused(client: Any, server: Server, part: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedContent):
        await respond(client, False, [{"role": "user", "content": [part]}])
    assert server.received == b""


async def test_what_file_search_found_is_a_source(client: Any, server: Server) -> None:
    result = {
        "file_id": "f",
        "filename": "refunds.md",
        "score": 0.9,
        "text": "Refunds take 5 working days.",
        "attributes": {},
    }
    call = {"id": "fs", "type": "file_search_call", "status": "completed", "queries": ["refund"], "results": [result]}
    server.script(lambda request: response_reply(request, call, spoken("Refunds take 5 working days.")))
    explanation = explanation_of(await respond(client, False, "When?"))
    assert explanation.statements[0].state == "found"
    assert [source.id for source in explanation.sources if source.kind == "document"] == ["refunds.md"]


# What goes on from an earlier response


async def test_an_earlier_response_keeps_its_placeholders(client: Any, server: Server) -> None:
    server.script(
        lambda request: response_reply(request, spoken("Hello [EMAIL_1]"), id="resp_a"),
        lambda request: response_reply(request, spoken("Both [EMAIL_1] and [EMAIL_2]"), id="resp_b"),
        lambda request: response_reply(request, spoken("Again [EMAIL_1] and [EMAIL_2]"), id="resp_c"),
    )
    first = await respond(client, False)
    second = await respond(client, True, "And kai.other@example.org", previous_response_id=first.id)
    third = await respond(client, False, "Well?", previous_response_id=second.id)
    assert second.output_text == f"Both {MAIL} and kai.other@example.org"
    assert third.output_text == f"Again {MAIL} and kai.other@example.org"
    assert server.requests[1].json()["input"] == "And [EMAIL_2]"


async def test_a_conversation_does_not_go_on_from_another_ones_response(client: Any, server: Server) -> None:
    server.script(lambda request: response_reply(request, spoken("Hello [EMAIL_1]"), id="resp_x"))
    with explainbot.turn(conversation="one"):
        first = await respond(client, False)
    with explainbot.turn(conversation="two"), pytest.raises(PrivacyError, match="another conversation"):
        await respond(client, False, "Hi", previous_response_id=first.id)
    assert len(server.requests) == 1


async def test_a_background_response_is_restored_when_it_is_asked_for(client: Any, server: Server) -> None:
    id = f"resp_{uuid4().hex}"

    def answer(request: Request) -> Reply:
        if request.method == "POST":
            return json_reply(response(id=id, status="queued"))
        return response_reply(request, spoken("Hello [EMAIL_1]"), id=id)

    server.script(answer)
    queued = await respond(client, False, background=True)
    assert queued.status == "queued"
    assert "explanation" not in queued.to_dict()
    reply = await done(client.responses.retrieve(queued.id))
    assert reply.output_text == f"Hello {MAIL}"
    assert server.last.body == b""
    first = explanation_of(reply)
    assert first.statements
    again = await done(client.responses.retrieve(queued.id))
    del again.explanation
    assert explanation_of(again) == first, "found by its id, which was not given to two replies"


async def test_a_stream_taken_up_again_is_restored(client: Any, server: Server) -> None:
    server.script(
        lambda request: response_reply(request, spoken("Hello [EMAIL_1]"), id="resp_s"),
        sse_reply([response_body(spoken("Hello [EMAIL_1]"), id="resp_s", size=1)]),
    )
    first = await respond(client, False)
    events = await every(await done(client.responses.retrieve(first.id, stream=True)))
    assert "".join(event.delta for event in events if event.type == "response.output_text.delta") == f"Hello {MAIL}"


async def test_conversations_and_their_items_are_redacted_and_restored(client: Any, server: Server) -> None:
    item = {"id": "msg_9", "type": "message", "role": "user", "status": "completed"}
    kept = {**item, "content": [{"type": "input_text", "text": "I am [EMAIL_1]"}]}
    listed = {"object": "list", "data": [kept], "first_id": "msg_9", "last_id": "msg_9", "has_more": False}
    server.script(
        json_reply({"id": "conv_1", "object": "conversation", "created_at": 1, "metadata": {"for": "[EMAIL_1]"}}),
        json_reply(listed),
        json_reply(listed),
    )
    items = [{"type": "message", "role": "user", "content": f"I am {MAIL}"}]
    conversation = await done(client.conversations.create(items=items, metadata={"for": MAIL}))
    assert conversation.metadata == {"for": MAIL}
    assert leaked(server, (MAIL,)) == []
    (back,) = await every(await done(client.conversations.items.list(conversation.id)))
    assert back.content[0].text == f"I am {MAIL}"
    (unknown,) = await every(await done(client.conversations.items.list("conv_2")))
    assert unknown.content[0].text == "I am [EMAIL_1]", "of another conversation, whose values are not known"


async def test_a_list_is_restored_where_its_things_are_ours(client: Any, server: Server) -> None:
    """What is listed comes from many conversations, and `[EMAIL_1]` is another person in each."""

    def completion(id: str) -> dict[str, Any]:
        message = {"role": "assistant", "content": "Hello [EMAIL_1]", "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return {"id": id, "object": "chat.completion", "created": 1, "model": MODEL, "choices": [choice]}

    listed = {"object": "list", "data": [completion("one"), completion("two")], "has_more": False}
    server.script(json_reply(completion("one")), json_reply(listed))
    with explainbot.turn(conversation="c-77", customer=CUSTOMER):
        ask = [{"role": "user", "content": f"I am {MAIL}"}]
        await done(client.chat.completions.create(model=MODEL, messages=ask, store=True, metadata={"for": MAIL}))
        page = await every(await done(client.chat.completions.list(metadata={"for": MAIL})))
    assert [each.choices[0].message.content for each in page[:2]] == [f"Hello {MAIL}", "Hello [EMAIL_1]"]
    assert "%5BEMAIL_1%5D" in server.requests[1].target
    assert leaked(server, (MAIL,)) == []
