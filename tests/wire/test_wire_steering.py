"""Input that steers a response under way on a WebSocket is hidden, and its successor restored and explained."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from desks import COLOURS, Desk, events, leaked
from ways import MODEL, TEXT, client_of, close, done, inside, traces
from writers import spoken

import explainbot
from explainbot import Customer, explanation_of
from explainbot.engine import default_engine
from explainbot.errors import PrivacyError
from explainbot.transports.responses_socket import ResponsesDialogue

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.usefixtures("turn"),
    pytest.mark.filterwarnings("ignore:connect\\(\\) must be used as a context manager:DeprecationWarning"),
]


def response(said: str, id: str, parent: str | None = None, lane: str = "", **more: Any) -> list[dict[str, Any]]:
    """The events of a response that says what it goes on from."""
    every = events(spoken(said), id=id, **more)
    for event in every:
        if "response" in event:
            event["response"]["previous_response_id"] = parent
    return [{**one, "stream_id": lane} for one in every] if lane else every


def steered(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Accepts what steers, ends the response under way, and answers all that was said."""
    if event["type"] == "response.create":
        yield response("", "resp_1")[0]
        return
    ids = {"id": "steer_1", "previous_response_id": event["previous_response_id"]}
    yield {"type": "response.steer.accepted", "sequence_number": 2, "steer": ids}
    yield {**response("Just a", "resp_1")[-1], "type": "response.incomplete"}
    yield from response(f"You wrote: {event['input']}", "resp_2", "resp_1")


@pytest.mark.parametrize("way", COLOURS)
async def test_what_steers_is_hidden_and_the_successor_restored_and_explained(way: str) -> None:
    with Desk(steered) as desk:
        client = client_of(way, desk.url)
        async with inside(client.responses.connect()) as connection:
            await done(connection.response.create(model=MODEL, input="I am kim@example.org. When?"))
            assert (await done(connection.recv())).type == "response.created"
            await done(connection.response.steer(input=TEXT, previous_response_id="resp_1"))
            seen = [await done(connection.recv())]
            while seen[-1].type != "response.completed":
                seen.append(await done(connection.recv()))
        await close(client)
    assert leaked(desk) == []
    assert json.loads(desk.received[1]).keys() == {"type", "input", "previous_response_id"}
    assert "[EMAIL_1]" in desk.received[0]
    assert "[EMAIL_1]" not in desk.received[1]  # the address in the steering input is another one
    assert [one.type for one in seen[:2]] == ["response.steer.accepted", "response.incomplete"]
    assert seen[-1].response.output_text == f"You wrote: {TEXT}"
    assert "".join(one.delta for one in seen if one.type == "response.output_text.delta") == f"You wrote: {TEXT}"
    explanation = explanation_of(seen[-1].response)
    assert {source.id for source in explanation.sources} >= {"steer"}
    assert {label.entity_type for label in explanation.hidden} >= {"EMAIL_ADDRESS", "CREDIT_CARD"}
    assert [trace.response_id for trace in traces()] == ["resp_2", "resp_1"]


class Talk:
    """A dialogue without a socket."""

    def __init__(self) -> None:
        self.dialogue = ResponsesDialogue(default_engine(), "https://api.example.test/v1/responses", {})

    def ask(self, text: Any, **more: Any) -> dict[str, Any]:
        said = self.dialogue.send(json.dumps({"type": "response.create", "model": MODEL, "input": text, **more}))
        assert said is not None
        return dict(json.loads(said))

    def steer(self, text: Any, parent: str) -> dict[str, Any]:
        said = self.dialogue.send(json.dumps({"type": "response.steer", "input": text, "previous_response_id": parent}))
        assert said is not None
        return dict(json.loads(said))

    def hear(self, *said: dict[str, Any]) -> list[dict[str, Any]]:
        for event in said:
            self.dialogue.receive(json.dumps(event))
        return [json.loads(out) for out in iter(self.dialogue.next, None)]

    def reply(self, *said: dict[str, Any]) -> str:
        return str(self.hear(*said)[-1]["response"]["output"][0]["content"][0]["text"])


EVERYBODY = "[EMAIL_1] [EMAIL_2] [EMAIL_3]"
THEM = "kim@example.org lee@example.org pat@example.org"


async def test_a_successor_goes_on_with_all_that_was_said_to_its_parents() -> None:
    talk = Talk()
    assert "[EMAIL_1]" in talk.ask("I am kim@example.org", stream_id="a")["input"]
    talk.hear(response("", "resp_1", lane="a")[0])
    message = [{"role": "user", "content": [{"type": "input_text", "text": "Copy lee@example.org"}]}]
    assert talk.steer(message, "resp_1")["input"][0]["content"][0]["text"] == "Copy [EMAIL_2]"
    assert talk.steer("and pat@example.org", "resp_1")["input"] == "and [EMAIL_3]"
    talk.hear(response("", "resp_1", lane="a")[-1])
    assert talk.reply(*response(EVERYBODY, "resp_2", "resp_1", "a")) == THEM
    talk.ask("Sure?", previous_response_id="resp_2", stream_id="a")
    assert "kim@example.org" in talk.reply(*response(EVERYBODY, "resp_3", "resp_2", "a"))


async def test_input_that_is_given_back_is_restored() -> None:
    talk = Talk()
    talk.ask("I am kim@example.org")
    talk.hear(response("", "resp_1")[0])
    sent = talk.steer("Copy lee@example.org", "resp_1")
    steer = {"input": sent["input"], "previous_response_id": "resp_1"}
    error = {"type": "invalid_request_error", "code": "response_not_active", "message": "no"}
    [failed] = talk.hear({"type": "response.steer.failed", "sequence_number": 3, "error": error, "steer": steer})
    assert failed["steer"]["input"] == "Copy lee@example.org"
    assert "kim@example.org" in talk.reply(*response("[EMAIL_1]", "resp_1")[1:])
    unknown = {"type": "response.steer.failed", "sequence_number": 3, "steer": {**steer, "previous_response_id": "x"}}
    assert talk.hear(unknown) == [unknown]


async def test_what_waits_in_the_lane_comes_behind_a_successor() -> None:
    talk = Talk()
    with explainbot.turn(conversation="c-1"):
        talk.ask("I am kim@example.org")
        talk.hear(response("", "resp_1")[0])
        talk.steer("Hurry", "resp_1")
    with explainbot.turn(conversation="c-2"):
        talk.ask("I am lee@example.org")
    talk.hear(response("", "resp_1")[-1])
    assert talk.reply(*response("[EMAIL_1]", "resp_2", "resp_1")) == "kim@example.org"
    assert talk.reply(*response("[EMAIL_1]", "resp_3")) == "lee@example.org"


async def test_a_response_asked_for_with_tool_results_takes_in_what_steered() -> None:
    talk = Talk()
    talk.ask("I am kim@example.org")
    talk.hear(response("", "resp_1")[0])
    talk.steer("Copy lee@example.org", "resp_1")
    talk.hear(response("", "resp_1")[-1])
    result = [{"type": "function_call_output", "call_id": "c", "output": "pat@example.org"}]
    assert talk.ask(result, previous_response_id="resp_1")["input"][0]["output"] == "[EMAIL_3]"
    assert talk.reply(*response(EVERYBODY, "resp_2", "resp_1")) == THEM
    assert talk.dialogue._steers == {}


async def test_where_a_response_does_not_say_what_it_goes_on_from_nothing_is_restored() -> None:
    talk = Talk()
    with explainbot.turn(conversation="c-1"):
        talk.ask("I am kim@example.org")
        talk.hear(response("", "resp_1")[0])
        talk.steer("Hurry", "resp_1")
    with explainbot.turn(conversation="c-2"):
        talk.ask("I am lee@example.org")
    talk.hear(response("", "resp_1")[-1])
    assert talk.reply(*events(spoken("[EMAIL_1]"), id="resp_2")) == "[EMAIL_1]"
    with pytest.raises(PrivacyError, match="Open another one"):
        talk.ask("And now?")


async def test_another_conversation_cannot_steer_a_response() -> None:
    talk = Talk()
    with explainbot.turn(conversation="c-1", customer=Customer(name="Kim Lee")):
        talk.ask("I am kim@example.org")
        talk.hear(response("", "resp_1")[0])
    with explainbot.turn(conversation="c-2"), pytest.raises(PrivacyError, match="another conversation"):
        talk.steer("I am lee@example.org", "resp_1")


async def test_what_steered_a_response_that_broke_off_is_over_too() -> None:
    talk = Talk()
    talk.ask("When?")
    talk.hear(response("", "resp_1")[0])
    talk.steer("Hurry", "resp_1")
    talk.dialogue.close()
    assert [trace.status for trace in traces()] == ["abandoned", "abandoned"]
