"""The Responses API over a WebSocket: hidden going up, restored and explained coming back, as over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from desks import COLOURS, Desk, echo, events, leaked, read, read_sync
from ways import MODEL, SECRETS, TEXT, client_of, close, done, inside, traces
from writers import called, spoken

import explainbot
from explainbot import explanation_of
from explainbot.engine import default_engine
from explainbot.errors import PrivacyError, UnguardedChannel, UnsupportedContent
from explainbot.transports.responses_socket import ResponsesDialogue

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.usefixtures("turn"),
    # openai's client opens its socket in the way that websockets 17.1 warns of
    pytest.mark.filterwarnings("ignore:connect\\(\\) must be used as a context manager:DeprecationWarning"),
]


@pytest.mark.parametrize("made", ["drop-in", "wrapped", "copied"])
@pytest.mark.parametrize("way", COLOURS)
async def test_a_response_over_a_websocket_is_guarded_and_explained(way: str, made: str) -> None:
    with Desk(echo) as desk:
        client = client_of(way, desk.url, drop_in=made != "wrapped")
        client = explainbot.wrap(client) if made == "wrapped" else client
        client = client.with_options(timeout=9) if made == "copied" else client
        async with inside(client.responses.connect()) as connection:
            await done(connection.response.create(model=MODEL, input=TEXT))
            seen = await read(connection)
        await close(client)
    assert leaked(desk) == []
    assert "".join(one.delta for one in seen if one.type == "response.output_text.delta") == f"You wrote: {TEXT}"
    assert seen[-1].response.output_text == f"You wrote: {TEXT}"
    assert explanation_of(seen[-1]) == explanation_of(seen[-1].response)  # the event will do as well
    assert {label.entity_type for label in explanation_of(seen[-1].response).hidden} >= {"EMAIL_ADDRESS", "CREDIT_CARD"}
    [trace] = traces()
    assert (trace.status, trace.streamed, trace.operation) == ("ok", True, "chat")


@pytest.mark.parametrize("way", COLOURS)
async def test_a_bare_client_sees_the_same_events(way: str) -> None:
    seen = []
    with Desk(lambda _: iter(events(spoken("Refunds take 5 days."), called("find", "{}")))) as desk:
        for drop_in in (True, False):
            client = client_of(way, desk.url, drop_in=drop_in)
            async with inside(client.responses.connect()) as connection:
                await done(connection.response.create(model=MODEL, input="When?"))
                seen.append([one.to_dict() for one in await read(connection)])
            await close(client)
    assert seen[0][-1]["response"].pop("explanation")["statements"]
    assert seen[0] == seen[1]
    assert desk.received[0] == desk.received[1]


async def test_several_responses_at_once_keep_apart() -> None:
    asked = [("a", "kim@example.org"), ("b", "lee@example.org"), ("a", "pat@example.org")]
    with Desk(echo) as desk:
        client = client_of("sync httpx2", desk.url)
        with client.responses.connect() as connection:
            for lane, mail in asked:
                with explainbot.turn(conversation=f"c-{mail}"):
                    connection.response.create(model=MODEL, input=f"I am {mail}", stream_id=lane)
            said = [(end.stream_id, end.response.output_text) for end in (read_sync(connection) for _ in asked)]
            assert connection._connection._dialogue._lanes == {}
        client.close()
    assert said == [(lane, f"You wrote: I am {mail}") for lane, mail in asked]
    assert all("[EMAIL_1]" in message for message in desk.received)


async def test_a_response_goes_on_from_one_of_the_same_socket() -> None:
    def answer(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield from events(spoken("Yes, [EMAIL_1]."), id=f"resp_{len(desk.received)}")

    with Desk(answer) as desk:
        client = client_of("sync httpx2", desk.url)
        with client.responses.connect() as connection:
            connection.response.create(model=MODEL, input="I am kim.lee@example.org")
            first = read_sync(connection).response
            connection.response.create(model=MODEL, input="Sure?", previous_response_id=first.id)
            assert read_sync(connection).response.output_text == "Yes, kim.lee@example.org."
        client.close()


@pytest.mark.parametrize("way", COLOURS)
async def test_what_was_held_back_is_read_though_the_socket_breaks_off(way: str) -> None:
    from websockets.exceptions import ConnectionClosed

    def answer(_: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield from events(spoken("Dear [EMAIL_"), size=20)[:5]
        yield {"type": "hang up"}

    with Desk(answer) as desk:
        client = client_of(way, desk.url)
        async with inside(client.responses.connect()) as connection:
            await done(connection.response.create(model=MODEL, input=TEXT))
            seen: list[Any] = []
            with pytest.raises(ConnectionClosed):
                await read(connection, seen)
        await close(client)
    assert "".join(one.delta for one in seen if one.type == "response.output_text.delta") == "Dear [EMAIL_"
    [trace] = traces()
    assert trace.status == "cut"


@pytest.mark.parametrize("way", COLOURS)
async def test_a_socket_closed_early_is_traced(way: str) -> None:
    with Desk(lambda _: iter(events(spoken("Hello"))[:3])) as desk:
        client = client_of(way, desk.url)
        async with inside(client.responses.connect()) as connection:
            await done(connection.response.create(model=MODEL, input=TEXT))
            await done(connection.recv())
        await close(client)
    [trace] = traces()
    assert trace.status == "abandoned"


@pytest.mark.parametrize("way", COLOURS)
async def test_what_cannot_be_guarded_is_not_sent(way: str) -> None:
    with Desk(echo) as desk:
        client = client_of(way, desk.url)
        async with inside(client.responses.connect()) as connection:
            with pytest.raises(UnguardedChannel, match=r"only response\.create and response\.steer are guarded"):
                await done(connection.send({"type": "response.future", "input": "x"}))
            image = {"type": "input_image", "image_url": "https://example.org/a.png"}
            with pytest.raises(UnsupportedContent):
                await done(connection.response.create(model=MODEL, input=[{"role": "user", "content": [image]}]))
        for query, headers in (
            ({"mail": SECRETS[3]}, {}),
            ({"note": {"to": [SECRETS[3]]}}, {}),
            ({"card": 4111111111111111}, {}),
            ({"note": {"card": 4111111111111111, "by": "x"}}, {}),
            ({"note": {SECRETS[3]: "x"}}, {}),
            ({}, {"x-note": SECRETS[3]}),
        ):
            with pytest.raises(PrivacyError):
                await done(client.responses.connect(extra_query=query, extra_headers=headers).enter())
        await close(client)
    assert desk.received == []
    assert len(desk.heads) == 1


@pytest.mark.parametrize("way", COLOURS)
@pytest.mark.parametrize("own", ["default_headers", "default_query"])
async def test_what_the_client_sends_with_every_request_is_looked_at_too(way: str, own: str) -> None:
    with Desk(echo) as desk:
        for note, opened in (("desk 3", True), (SECRETS[3], False)):
            client = client_of(way, desk.url, **{own: {"x-note": note}})
            with nullcontext() if opened else pytest.raises(PrivacyError):
                async with inside(client.responses.connect()) as connection:
                    await done(connection.response.create(model=MODEL, input=TEXT))
                    await read(connection)
            await close(client)
    assert leaked(desk) == []
    assert "desk" in desk.heads[0]
    assert len(desk.heads) == 1


async def test_an_error_event_ends_its_response_alone() -> None:
    def answer(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if event["input"] == "bad":
            error = {"type": "invalid_request_error", "message": "no", "code": "x"}
            yield {"type": "error", "status": 400, "error": error}
        else:
            yield from echo(event)

    with Desk(answer) as desk:
        client = client_of("sync httpx2", desk.url)
        with client.responses.connect() as connection:
            for said in ("bad", TEXT):
                connection.response.create(model=MODEL, input=said)
            assert connection.recv().type == "error"
            assert read_sync(connection).response.output_text == f"You wrote: {TEXT}"
        client.close()
    assert len(traces()) == 2


class Talk:
    """A dialogue without a socket: what the server says is given to it."""

    def __init__(self, *asked: tuple[str, str]) -> None:
        self.dialogue = ResponsesDialogue(default_engine(), "https://api.example.test/v1/responses", {})
        for mail, lane in asked:
            self.ask(mail, lane)

    def ask(self, mail: str, lane: str) -> None:
        event = {"type": "response.create", "model": MODEL, "input": f"I am {mail}"}
        with explainbot.turn(conversation=f"c-{mail}"):
            self.dialogue.send(json.dumps({**event, "stream_id": lane} if lane else event))

    def hear(self, *said: dict[str, Any]) -> list[str]:
        """What the client gets of these events, and by now."""
        for event in said:
            self.dialogue.receive(json.dumps(event))
        return [out.decode() for out in iter(self.dialogue.next, None)]

    def reply(self, lane: str) -> str:
        """What the whole reply on a lane says to the client."""
        events_of = events(spoken("You are [EMAIL_1]"))
        heard = self.hear(*({**one, "stream_id": lane} if lane else one for one in events_of))
        return str(json.loads(heard[-1])["response"]["output"][0]["content"][0]["text"])


REFUSED = {"type": "error", "status": 400, "error": {"message": "no", "code": "x"}}
BROKEN = {"type": "error", "sequence_number": 3, "error": {"message": "no", "code": "x"}}
NOISE = {"type": "keepalive"}


@pytest.mark.parametrize("lane", ["a", ""])
@pytest.mark.parametrize("error", [{}, {"stream_id": "a"}])
async def test_an_error_ends_the_request_that_it_is_about(lane: str, error: dict[str, str]) -> None:
    talk = Talk(("kim@example.org", lane), ("lee@example.org", lane))
    talk.hear(NOISE, {**REFUSED, **(error if lane else {})})
    assert talk.reply(lane) == "You are lee@example.org"
    talk.ask("pat@example.org", lane)
    assert talk.reply(lane) == "You are pat@example.org"


@pytest.mark.parametrize("lane", ["a", ""])
async def test_a_request_is_refused_while_another_reply_is_under_way(lane: str) -> None:
    talk = Talk(*((f"{one}@example.org", lane) for one in ("kim", "lee", "pat")))
    begun, *rest = [{**one, **({"stream_id": lane} if lane else {})} for one in events(spoken("You are [EMAIL_1]"))]
    talk.hear(begun, REFUSED)
    assert "kim@example.org" in talk.hear(*rest)[-1]
    assert talk.reply(lane) == "You are pat@example.org"


async def test_an_error_of_a_stream_ends_the_reply_under_way() -> None:
    talk = Talk(("kim@example.org", "a"), ("lee@example.org", "b"), ("pat@example.org", "a"))
    talk.hear({**events()[0], "stream_id": "a"}, BROKEN)
    assert (talk.reply("a"), talk.reply("b")) == ("You are pat@example.org", "You are lee@example.org")


@pytest.mark.parametrize(
    "said",
    [
        [REFUSED],  # that of either lane
        [{**events()[0], "stream_id": "a"}, {**events()[0], "stream_id": "a"}],  # how the first one ended is not known
    ],
)
async def test_where_it_cannot_be_told_whose_reply_it_is_nothing_is_restored_or_sent(said: list[Any]) -> None:
    talk = Talk(("kim@example.org", "a"), ("lee@example.org", "b"), ("pat@example.org", "a"))
    assert [json.loads(one) for one in talk.hear(*said)] == said
    assert talk.reply("a") == talk.reply("b") == "You are [EMAIL_1]"
    with pytest.raises(PrivacyError, match="Open another one"):
        talk.ask("max@example.org", "c")
    assert len(traces()) == 3


async def test_what_is_no_text_is_handed_on() -> None:
    talk = Talk(("kim@example.org", ""))
    for odd in (b"\xff\xfe{\x00}\x00", b"", b"[1]", b"{"):
        talk.dialogue.receive(odd)
        assert talk.dialogue.next() == odd
    assert talk.reply("") == "You are kim@example.org"
