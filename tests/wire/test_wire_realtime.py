"""Realtime over a WebSocket: hidden going up, restored coming back, each response explained by all that was said."""

from __future__ import annotations

import contextvars
import json
from collections.abc import Iterator
from typing import Any

import pytest
from desks import COLOURS, Desk, leaked
from ways import CUSTOMER, MODEL, SECRETS, TEXT, client_of, close, done, inside, traces

import explainbot
from explainbot import Customer, Source, explanation_of
from explainbot.engine import default_engine
from explainbot.errors import LocalProtocolError, PrivacyError, UnsupportedContent
from explainbot.protocols.openai_realtime import PROTOCOL
from explainbot.transports._items import MAX_ITEMS, Items
from explainbot.transports.realtime_socket import RealtimeDialogue

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.filterwarnings("ignore:connect\\(\\) must be used as a context manager:DeprecationWarning"),
]

Event = dict[str, Any]


def message(text: str, role: str = "user", **more: Any) -> Event:
    kind = "output_text" if role == "assistant" else "input_text"
    return {"type": "message", "role": role, "content": [{"type": kind, "text": text}], **more}


def called(arguments: str) -> Event:
    call = {"type": "function_call", "id": "item_call", "call_id": "call_1", "name": "find", "arguments": arguments}
    return {**call, "status": "completed"}


def answer(*items: Event, id: str = "resp_1", status: str = "completed", size: int = 4) -> Iterator[Event]:
    """The events of a response with these items (`openai.types.realtime`)."""
    head = {"id": id, "object": "realtime.response", "status": "in_progress", "output": []}
    yield {"type": "response.created", "event_id": "e_1", "response": head}
    for index, item in enumerate(items):
        place = {"event_id": "e_2", "response_id": id, "item_id": item["id"], "output_index": index}
        yield {"type": "response.output_item.added", "event_id": "e_3", "response_id": id, "output_index": index} | {
            "item": {**item, "content": [], "status": "in_progress"} if "content" in item else {**item, "arguments": ""}
        }
        yield {"type": "conversation.item.added", "event_id": "e_4", "item": {**item, "content": []}}
        yield from _said(item, place, size)
        yield {"type": "conversation.item.done", "event_id": "e_5", "item": item}
        yield {"type": "response.output_item.done", "event_id": "e_6", "response_id": id, "output_index": index} | {
            "item": item
        }
    usage = {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15}
    yield {"type": DONE, "event_id": "e_7", "response": {**head, "status": status, "output": items, "usage": usage}}


DONE = "response.done"
ADDED, COMPLETE, GONE = (f"conversation.item.{word}" for word in ("added", "done", "deleted"))


def _said(item: Event, place: Event, size: int) -> Iterator[Event]:
    if item["type"] == "function_call":
        for piece in pieces(item["arguments"], size):
            yield {"type": "response.function_call_arguments.delta", **place, "call_id": "call_1", "delta": piece}
        yield {"type": "response.function_call_arguments.done", **place, "call_id": "call_1", "name": "find"} | {
            "arguments": item["arguments"]
        }
        return
    [part] = item["content"]
    place = {**place, "content_index": 0}
    name, member, kind = (
        ("output_text", "text", "text") if "text" in part else ("output_audio_transcript", "transcript", "audio")
    )
    yield {"type": "response.content_part.added", **place, "part": {"type": kind, member: ""}}
    for piece in pieces(part[member], size):
        yield {"type": f"response.{name}.delta", **place, "delta": piece}
    yield {"type": f"response.{name}.done", **place, member: part[member]}
    yield {"type": "response.content_part.done", **place, "part": {"type": kind, member: part[member]}}


def pieces(text: str, size: int) -> Iterator[str]:
    return (text[start : start + size] for start in range(0, len(text), size))


class Assistant:
    """Answers with what it was last told, and takes every item into the conversation."""

    def __init__(self) -> None:
        self.said: list[Event] = []

    def __call__(self, event: Event) -> Iterator[Event]:
        if event["type"] == "session.update":
            yield {"type": "session.updated", "event_id": "e", "session": event["session"]}
        if event["type"] == "conversation.item.create":
            item = {**event["item"], "id": f"item_{len(self.said)}"}
            self.said.append(item)
            yield {"type": "conversation.item.added", "event_id": "e", "item": item}
            yield {"type": "conversation.item.done", "event_id": "e", "item": item}
        if event["type"] == "response.create":
            last = self.said[-1]
            text = last.get("output") or last["content"][0]["text"]
            spoken = message(f"You wrote: {text}", "assistant", id=f"item_a{len(self.said)}")
            yield from answer(spoken, id=f"resp_{len(self.said)}")


async def read(connection: Any) -> list[Any]:
    seen = [await done(connection.recv())]
    while seen[-1].type != DONE:
        seen.append(await done(connection.recv()))
    return seen


def deltas(seen: list[Any], name: str = "output_text") -> str:
    return "".join(one.delta for one in seen if one.type == f"response.{name}.delta")


@pytest.mark.parametrize("made", ["drop-in", "wrapped", "copied"])
@pytest.mark.parametrize("way", COLOURS)
async def test_a_session_is_guarded_and_its_responses_explained(way: str, made: str) -> None:
    policy = "Refunds take 5 days."
    with Desk(Assistant()) as desk, explainbot.turn(customer=CUSTOMER, sources=[Source(id="policy", text=policy)]):
        client = client_of(way, desk.url, drop_in=made != "wrapped")
        client = explainbot.wrap(client) if made == "wrapped" else client
        client = client.with_options(timeout=9) if made == "copied" else client
        async with inside(client.realtime.connect(model=MODEL)) as connection:
            settings = {
                "type": "realtime",
                "output_modalities": ["text"],
                "instructions": f"{policy} Ask {SECRETS[-1]}.",
            }
            await done(connection.session.update(session=settings))
            updated = await done(connection.recv())
            await done(connection.conversation.item.create(item=message(TEXT)))
            await done(connection.response.create())
            seen = await read(connection)
            await done(connection.conversation.item.create(item=message("How long do refunds take?")))
            await done(connection.response.create())
            later = await read(connection)
        await close(client)
    assert leaked(desk) == []
    assert updated.session.instructions == settings["instructions"]
    assert deltas(seen) == seen[-1].response.output[0].content[0].text == f"You wrote: {TEXT}"
    items = [one.item for one in seen if one.type == "conversation.item.done"]
    assert [item.content[0].text for item in items] == [TEXT, f"You wrote: {TEXT}"]
    explanation = explanation_of(seen[-1].response)
    assert {label.entity_type for label in explanation.hidden} >= {"EMAIL_ADDRESS", "CREDIT_CARD"}
    assert {source.kind for source in explanation.sources} >= {"customer_message"}
    rests_on = {source.id: source.kind for source in explanation_of(later[-1].response).sources if source.sent}
    assert rests_on["policy"] == "document"
    assert {*rests_on.values()} == {"document", "instructions", "history", "customer_message"}
    first, second = traces()[::-1]
    assert (first.status, first.streamed, first.operation, first.request_model) == ("ok", True, "chat", MODEL)
    assert first.conversation == second.conversation
    assert first.response_id == "resp_1"


@pytest.mark.parametrize("way", COLOURS)
async def test_a_bare_client_sees_the_same_events(way: str) -> None:
    seen = []
    with Desk(Assistant()) as desk:
        for drop_in in (True, False):
            client = client_of(way, desk.url, drop_in=drop_in)
            async with inside(client.realtime.connect(model=MODEL)) as connection:
                await done(connection.conversation.item.create(item=message("5 days?")))
                await done(connection.response.create(response={"max_output_tokens": 9}))
                seen.append([one.to_dict() for one in await read(connection)])
            await close(client)
            desk._answer = Assistant()
    assert seen[0][-1]["response"].pop("explanation")["statements"]
    assert seen[0] == seen[1]
    half = len(desk.received) // 2
    assert desk.received[:half] == desk.received[half:]
    assert desk.heads[0].splitlines()[0] == desk.heads[1].splitlines()[0]


@pytest.mark.parametrize("way", COLOURS)
async def test_tools_get_every_value_and_their_results_are_hidden(way: str) -> None:
    def desk_answer(event: Event) -> Iterator[Event]:
        if event["type"] == "response.create":
            yield from answer(called('{"mail": "[EMAIL_1]", "note": "\\"[EMAIL_1]\\""}'), size=3)

    with Desk(desk_answer) as desk:
        client = client_of(way, desk.url)
        async with inside(client.realtime.connect(model=MODEL)) as connection:
            await done(connection.conversation.item.create(item=message("I am kim@example.org")))
            await done(connection.response.create())
            seen = await read(connection)
            output = {"type": "function_call_output", "call_id": "call_1", "output": '{"copy": "lee@example.org"}'}
            await done(connection.conversation.item.create(item=output))
            await done(connection.response.create())
            await read(connection)
        await close(client)
    arguments = {"mail": "kim@example.org", "note": '"kim@example.org"'}
    assert json.loads(deltas(seen, "function_call_arguments")) == arguments
    assert json.loads(seen[-1].response.output[0].arguments) == arguments
    whole = next(one for one in seen if one.type == "response.function_call_arguments.done")
    assert json.loads(whole.arguments) == arguments
    assert json.loads(json.loads(desk.received[2])["item"]["output"]) == {"copy": "[EMAIL_2]"}


@pytest.mark.parametrize("way", COLOURS)
async def test_what_cannot_be_read_is_not_sent(way: str) -> None:
    image = {"type": "input_image", "image_url": "data:image/png;base64,AAAA"}
    sound = {"type": "input_audio", "audio": "AAAA"}
    with Desk(lambda _: iter(())) as desk:
        client = client_of(way, desk.url)
        async with inside(client.realtime.connect(model=MODEL)) as connection:
            for part in (image, sound):
                item = {"type": "message", "role": "user", "content": [part]}
                with pytest.raises(UnsupportedContent):
                    await done(connection.conversation.item.create(item=item))
            with pytest.raises(UnsupportedContent, match="'audio'"):
                await done(connection.input_audio_buffer.append(audio="AAAA"))
            with pytest.raises(LocalProtocolError):
                await done(connection.send_raw(b"\x00\xff"))
            with pytest.raises(PrivacyError):
                await done(connection.conversation.item.delete(item_id="kim.lee@example.org"))
        for query in ({"mail": SECRETS[3]}, {"note": {"card": 4111111111111111}}):
            with pytest.raises(PrivacyError):
                await done(client.realtime.connect(model=MODEL, extra_query=query).enter())
        with pytest.raises(PrivacyError):
            await done(client.realtime.connect(model=SECRETS[3]).enter())
        await close(client)
    assert desk.received == []
    assert len(desk.heads) == 1


SOUNDS = ["UklG", "AAAA"]


def heard_and_spoken(event: Event) -> Iterator[Event]:
    """What comes of it when the customer has spoken: a transcript, and an answer that is spoken too."""
    if event["type"] != "input_audio_buffer.commit":
        return
    place = {"item_id": "item_1", "content_index": 0, "event_id": "e"}
    yield {"type": ADDED, "event_id": "e", "item": message("", id="item_1")}
    heard = "conversation.item.input_audio_transcription"
    yield {"type": f"{heard}.delta", **place, "delta": "[EMAIL_1], ["}
    yield {
        "type": f"{heard}.completed",
        **place,
        "transcript": "[EMAIL_1], [",
        "usage": {"type": "duration", "seconds": 1},
    }
    part = {"type": "output_audio", "transcript": "Hello [EMAIL_1]"}
    first, *rest = answer({"type": "message", "role": "assistant", "id": "item_2", "content": [part]})
    yield first
    for sound in SOUNDS:
        yield {
            "type": "response.output_audio.delta",
            "response_id": "resp_1",
            **place,
            "output_index": 0,
            "delta": sound,
        }
    yield from rest


async def test_audio_passes_once_it_is_allowed_and_what_is_spoken_is_restored() -> None:
    explainbot.configure(default_engine().settings.model_copy(update={"allow_content": frozenset({"audio"})}))
    with Desk(heard_and_spoken) as desk:
        client = client_of("sync httpx2", desk.url)
        with client.realtime.connect(model=MODEL) as connection:
            connection.conversation.item.create(item=message("I am kim@example.org"))
            connection.input_audio_buffer.append(audio="AAAA")
            connection.input_audio_buffer.commit()
            seen = await read(connection)
        client.close()
    assert json.loads(desk.received[1])["audio"] == "AAAA"
    assert [one.transcript for one in seen if one.type.endswith("transcription.completed")] == ["[EMAIL_1], ["]
    assert deltas(seen, "output_audio_transcript") == "Hello kim@example.org"
    assert seen[-1].response.output[0].content[0].transcript == "Hello kim@example.org"
    assert [one.delta for one in seen if one.type == "response.output_audio.delta"] == SOUNDS
    assert explanation_of(seen[-1].response).statements
    assert len(traces()) == 1


class Talk:
    """A dialogue without a socket: what the server says is given to it."""

    def __init__(self) -> None:
        self.dialogue = RealtimeDialogue(default_engine(), "https://api.example.test/v1/realtime?model=m", {})

    def say(self, kind: str, **more: Any) -> Event:
        sent = self.dialogue.send(json.dumps({"type": kind, **more}))
        assert sent is not None
        return dict(json.loads(sent))

    def write(self, text: str, **more: Any) -> Event:
        return self.say("conversation.item.create", item=message(text), **more)

    def hear(self, *said: Event) -> list[Event]:
        for event in said:
            self.dialogue.receive(json.dumps(event))
        return [json.loads(out) for out in iter(self.dialogue.next, None)]

    def asked(self) -> list[str]:
        """The texts that the latest traced response rests on."""
        latest = max(traces(), key=lambda trace: trace.started)
        return [text.text for text in PROTOCOL.sent(json.loads(latest.request))]

    def reply(self, text: str, id: str = "resp_1") -> str:
        heard = self.hear(*answer(message(text, "assistant", id="item_x"), id=id))
        return str(heard[-1]["response"]["output"][0]["content"][0]["text"])


async def test_a_response_rests_on_the_items_that_there_are_in_their_order() -> None:
    talk = Talk()
    talk.say("session.update", session={"instructions": "Be kind."})
    talk.write("first")
    talk.write("gone")
    talk.hear(*({"type": ADDED, "item": message(text, id=text[0])} for text in ("first", "gone")))
    talk.write("between", previous_item_id="f", event_id="x")
    talk.say("conversation.item.create", item=message("ahead", id="a"), previous_item_id="root")
    talk.hear({"type": GONE, "item_id": "g"})
    talk.hear({"type": ADDED, "item": message("", "assistant", id="r"), "previous_item_id": "a"})
    talk.hear({"type": COMPLETE, "item": message("reply", "assistant", id="r")})
    items = [item["content"][0]["text"] for item in talk.dialogue._items.all()]
    assert items == ["ahead", "reply", "first", "between"]
    talk.say(
        "response.create", response={"input": [{"type": "item_reference", "id": "f"}], "instructions": "Be brief."}
    )
    talk.reply("Yes.")
    assert talk.asked() == ["Be brief.", "first"]
    talk.say("response.create")
    talk.reply("Yes.", "resp_2")
    assert talk.asked() == ["Be kind.", *items, "Yes."]


async def test_few_items_are_kept() -> None:
    kept = Items()
    for number in range(MAX_ITEMS + 5):
        kept.add(message(str(number)))
    assert [item["content"][0]["text"] for item in kept.all()] == [str(n + 5) for n in range(MAX_ITEMS)]


async def test_what_nobody_can_read_is_not_kept() -> None:
    kept = Items()
    kept.add({"type": "message", "content": [{"type": "input_audio", "audio": "AAAA", "transcript": "hello"}]})
    assert kept.all() == [{"type": "message", "content": [{"type": "input_audio", "transcript": "hello"}]}]


async def test_a_session_is_one_conversation() -> None:
    with explainbot.turn(conversation="c-1"):
        talk = Talk()
    talk.write("I am kim@example.org")
    with explainbot.turn(conversation="c-1"):
        talk.say("response.create")
    with explainbot.turn(conversation="c-2"), pytest.raises(PrivacyError, match="one conversation"):
        talk.write("I am lee@example.org")
    about = explainbot.about(conversation="c-2")
    with pytest.raises(PrivacyError, match="one conversation"):
        talk.say("conversation.item.create", item=message("I am lee@example.org"), **about)
    assert talk.reply("[EMAIL_1]") == "kim@example.org"
    assert [trace.conversation for trace in traces() if trace.status == "ok"] == ["c-1"]


async def test_sessions_without_a_turn_do_not_know_each_other() -> None:
    one, other = Talk(), Talk()
    one.write("I am kim@example.org")
    other.write("I am lee@example.org")
    assert (one.reply("[EMAIL_1]"), other.reply("[EMAIL_1]")) == ("kim@example.org", "lee@example.org")


async def test_what_about_gives_does_not_leave() -> None:
    talk = Talk()
    about = explainbot.about(customer=Customer(name="bluebottle"))
    sent = talk.say("conversation.item.create", item=message("I am bluebottle"), **about)
    assert "bluebottle" not in json.dumps(sent)
    assert sent.keys() == {"type", "item"}


async def test_a_response_that_nobody_asked_for_is_explained_by_the_turn_of_the_session() -> None:
    with explainbot.turn(conversation="c-1", purpose="billing"):
        talk = Talk()
        talk.write("I am kim@example.org")
    with explainbot.turn(conversation="c-2"):
        assert talk.reply("Dear [EMAIL_1]") == "Dear kim@example.org"
    [trace] = traces()
    assert (trace.conversation, trace.purpose, trace.status) == ("c-1", "billing", "ok")


async def test_several_responses_at_once_keep_apart() -> None:
    talk = Talk()
    talk.write("I am kim@example.org")
    for _ in range(2):
        talk.say("response.create")
    pairs = [list(answer(message(f"{n} [EMAIL_1]", "assistant", id=f"i{n}"), id=f"resp_{n}", size=5)) for n in (1, 2)]
    heard = talk.hear(*(event for pair in zip(*pairs, strict=True) for event in pair))
    said: dict[str, str] = {}
    for event in heard:
        if event["type"] == "response.output_text.delta":
            said[event["response_id"]] = said.get(event["response_id"], "") + event["delta"]
    assert said == {"resp_1": "1 kim@example.org", "resp_2": "2 kim@example.org"}
    assert talk.dialogue._open == {}
    assert sorted(trace.response_id for trace in traces()) == ["resp_1", "resp_2"]


@pytest.mark.parametrize("named", [True, False])
async def test_an_error_ends_the_response_that_was_refused(named: bool) -> None:
    talk = Talk()
    talk.write("I am kim@example.org")
    talk.say("response.create", event_id="mine")
    error = {"type": "invalid_request_error", "message": "[EMAIL_1]?", **({"event_id": "mine"} if named else {})}
    refused = {"type": "error", "event_id": "e", "error": error}
    assert talk.hear(refused) == [refused]
    assert not talk.dialogue._waiting
    assert talk.hear({**refused, "error": {**error, "event_id": "other"}}) != []
    talk.say("response.create")
    assert talk.reply("[EMAIL_1]") == "kim@example.org"
    assert len(traces()) == 2


async def test_what_is_left_is_traced_when_the_socket_is_closed() -> None:
    talk = Talk()
    talk.say("response.create")
    talk.hear(*list(answer(message("Hello", "assistant", id="i")))[:4])
    talk.say("response.create")
    talk.dialogue.close()
    assert [trace.status for trace in traces()] == ["abandoned", "abandoned"]


@pytest.mark.parametrize("cut", range(1, 12))
async def test_a_placeholder_is_restored_wherever_it_is_cut(cut: int) -> None:
    talk = Talk()
    talk.write("I am kim@example.org")
    heard = talk.hear(*answer(message("Dear [EMAIL_1], [EMAIL_", "assistant", id="i"), size=cut))
    said = "".join(event["delta"] for event in heard if event["type"] == "response.output_text.delta")
    assert said == "Dear kim@example.org, [EMAIL_"


async def test_an_item_of_the_conversation_is_restored_and_no_part_of_a_response() -> None:
    told: list[str] = []
    with explainbot.turn(on_statement=lambda statement: told.append(statement.text)):
        talk = Talk()
        talk.write("I am kim@example.org")
        talk.write("When?")
        talk.say("response.create")
        first, *rest = answer(message("Dear [EMAIL_1].", "assistant", id="i"))
        talk.hear(first, {"type": ADDED, "item": message("Some earlier reply. And more.", "assistant", id="a")})
        complete = next(event for event in talk.hear(*rest) if event["type"] == COMPLETE)
    assert complete["item"]["content"][0]["text"] == "Dear kim@example.org."
    assert told == ["Dear kim@example.org."]


async def test_what_is_spoken_is_not_held_back() -> None:
    talk = Talk()
    first = next(answer())
    sound = {"type": "response.output_audio.delta", "response_id": "resp_1", "output_index": 0, "delta": "EMAI"}
    assert talk.hear(first, sound) == [first, sound]


async def test_what_is_no_event_is_handed_on() -> None:
    talk = Talk()
    for odd in (b"\xff\xfe{\x00}\x00", b"", b"[1]", b"{"):
        talk.dialogue.receive(odd)
        assert talk.dialogue.next() == odd


async def test_a_response_read_in_another_thread_goes_on() -> None:
    talk = Talk()
    talk.write("I am kim@example.org")
    talk.say("response.create")
    assert contextvars.Context().run(talk.reply, "[EMAIL_1]") == "kim@example.org"
