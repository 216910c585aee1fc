"""What waits to be sent, before a WebSocket is open or while it is opened anew, is guarded as what is sent at once."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from threading import Thread
from typing import Any

import openai
import pytest
from desks import COLOURS, Desk, echo, events, read, read_sync
from ways import MODEL, TEXT, client_of, close, done, inside, traces
from writers import spoken

import explainbot
from explainbot import Customer
from explainbot.errors import UnguardedChannel, UnsupportedContent

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.filterwarnings("ignore:connect\\(\\) must be used as a context manager:DeprecationWarning"),
]

WORD = "bluebottle"
"""Nobody's name, unless a customer is known by it."""


def asks(text: Any) -> dict[str, Any]:
    return {"type": "response.create", "model": MODEL, "input": text}


RESTART = {"type": "hang up", "code": 1012}
"""A server that will soon be back (RFC 6455, 7.4.2 and its registry)."""

IMAGE = [{"role": "user", "content": [{"type": "input_image", "image_url": "https://example.org/a.png"}]}]


@pytest.mark.parametrize("way", COLOURS)
async def test_what_waits_for_a_websocket_belongs_to_the_turn_it_was_said_in(way: str) -> None:
    with Desk(echo) as desk:
        client = client_of(way, desk.url)
        manager = client.responses.connect()
        with explainbot.turn(customer=Customer(name=WORD), conversation="c-1"):
            manager.send(asks(f"I am {WORD}"))
        async with inside(manager) as connection:
            seen = await read(connection)
        await close(client)
    assert WORD not in desk.received[0]
    assert seen[-1].response.output_text == f"You wrote: I am {WORD}"
    assert [trace.conversation for trace in traces()] == ["c-1"]


@pytest.mark.parametrize("way", COLOURS)
@pytest.mark.parametrize(("said", "error"), [(asks(IMAGE), UnsupportedContent), ({"type": "x"}, UnguardedChannel)])
async def test_what_waited_and_may_not_be_sent_is_told_to_who_reads(way: str, said: Any, error: Any) -> None:
    """The client itself would say nothing, and the bot would wait for an answer for ever."""
    with Desk(echo) as desk:
        client = client_of(way, desk.url)
        manager = client.responses.connect()
        for message in (said, asks(TEXT)):
            manager.send(message)
        async with inside(manager) as connection:
            with pytest.raises(error, match="nothing was sent"):
                await done(connection.recv())
            seen = await read(connection)
        await close(client)
    assert seen[-1].response.output_text == f"You wrote: {TEXT}"
    assert len(desk.received) == 1


async def test_what_is_said_while_a_websocket_is_opened_anew_keeps_its_turn() -> None:
    def answer(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield from [RESTART] if event["input"] == "break off" else echo(event)

    def speak(_: Any) -> None:
        """The bot's own thread, while the one that reads opens the socket anew."""
        thread = Thread(target=lambda: say(connection))
        thread.start()
        thread.join()

    def say(connection: Any) -> None:
        with explainbot.turn(customer=Customer(name=WORD)):
            connection.response.create(model=MODEL, input=f"I am {WORD}")
        connection.send({"type": "response.future"})

    with Desk(answer) as desk:
        client = client_of("sync httpx2", desk.url)
        options = {"on_reconnecting": speak, "initial_delay": 0.0, "max_retries": 1}
        with client.responses.connect(**options) as connection:
            connection.response.create(model=MODEL, input="break off")
            with pytest.raises(UnguardedChannel):
                read_sync(connection)
            assert read_sync(connection).response.output_text == f"You wrote: I am {WORD}"
        client.close()
    assert len(desk.heads) == 2
    assert WORD not in desk.received[1]


async def test_what_was_never_sent_is_given_back_as_it_was_said() -> None:
    def speak(_: Any) -> Any:
        connection.send(asks(TEXT))
        connection.send_raw(b"\x00\xff")
        return {"abort": True}

    with Desk(lambda _: iter([RESTART])) as desk:
        client = client_of("sync httpx2", desk.url)
        with client.responses.connect(on_reconnecting=speak, initial_delay=0.0) as connection:
            connection.send(asks("break off"))
            with pytest.raises(openai.WebSocketConnectionClosedError) as closed:
                read_sync(connection)
        client.close()
    text, raw = closed.value.unsent_frames
    assert (json.loads(text), raw) == (asks(TEXT), b"\x00\xff")
    assert [type(pickle.loads(pickle.dumps(frame))) for frame in (text, raw)] == [str, bytes]


async def test_a_response_that_is_not_stored_goes_on_on_its_own_websocket() -> None:
    def answer(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield from events(spoken("[EMAIL_1], [EMAIL_2]."), id=f"resp_{len(desk.received)}")

    with Desk(answer) as desk:
        client = client_of("sync httpx2", desk.url)
        with client.responses.connect() as connection:
            connection.response.create(model=MODEL, input="I am kim@example.org", store=False)
            first = read_sync(connection).response
            said = {"input": "Copy lee@example.org", "previous_response_id": first.id}
            connection.response.create(model=MODEL, store=False, **said)
            assert read_sync(connection).response.output_text == "kim@example.org, lee@example.org."
        client.close()
    assert "[EMAIL_2]" in desk.received[1]
