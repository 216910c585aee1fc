"""What waits to be sent, before a WebSocket is open or while it is opened anew, is guarded as what is sent at once."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from threading import Thread
from typing import Any

import anyio
import openai
import pytest
from desks import COLOURS, Desk, echo, events, read, read_sync
from ways import MODEL, TEXT, client_of, close, done, inside, traces
from writers import spoken

import explainbot
from explainbot import Customer
from explainbot.engine import default_engine
from explainbot.errors import LocalProtocolError, PrivacyError, UnguardedChannel, UnsupportedContent
from explainbot.integrations._sockets import GUARDED
from explainbot.transports.realtime_socket import RealtimeDialogue
from explainbot.transports.responses_socket import ResponsesDialogue
from explainbot.transports.socket import AsyncSocket, Socket

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


class Stuck:
    """A connection on which nothing leaves until it is told so; what the server says is put into it."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error
        self.sent: list[str | bytes] = []
        self.said: list[str | bytes] = []

    def send(self, message: str | bytes) -> None:
        if self.error is not None:
            raise self.error
        self.sent.append(message)

    def recv(self) -> str | bytes:
        return self.said.pop(0)


class AsyncStuck(Stuck):
    async def send(self, message: str | bytes) -> None:  # type: ignore[override]
        await anyio.sleep_forever() if self.error else self.sent.append(message)

    async def recv(self) -> str | bytes:  # type: ignore[override]
        return self.said.pop(0)


def responses() -> ResponsesDialogue:
    return ResponsesDialogue(default_engine(), "https://api.example.test/v1/responses", {})


@pytest.mark.parametrize("cancelled", [True, False])
async def test_nothing_is_sent_behind_what_may_not_have_left(cancelled: bool) -> None:
    """Else the answer to the second customer might be taken for that to the first."""
    inner = (AsyncStuck if cancelled else Stuck)(OSError("no"))
    socket: Any = (AsyncSocket if cancelled else Socket)(inner, responses())
    with explainbot.turn(conversation="c-1"):
        if cancelled:
            with anyio.move_on_after(0.01):
                await socket.send(json.dumps(asks("I am kim@example.org")))
        else:
            with pytest.raises(OSError, match="no"):
                socket.send(json.dumps(asks("I am kim@example.org")))
    inner.error = None
    with explainbot.turn(conversation="c-2"), pytest.raises(PrivacyError, match="Open another one"):
        await done(socket.send(json.dumps(asks("I am lee@example.org"))))
    inner.said += [json.dumps(event) for event in events(spoken("[EMAIL_1]"))]
    heard = [await done(socket.recv()) for _ in [*inner.said]]
    assert "kim@example.org" in heard[-1]
    await done(socket.send(json.dumps(asks("I am lee@example.org"))))
    assert "[EMAIL_1]" in inner.sent[0]


async def test_a_realtime_response_that_may_not_have_been_asked_for_is_not_waited_for() -> None:
    def write(text: str) -> None:
        item = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": text}]}
        socket.send(json.dumps({"type": "conversation.item.create", "item": item}))

    inner = Stuck()
    socket = Socket(inner, RealtimeDialogue(default_engine(), "https://api.example.test/v1/realtime", {}))
    write("I am kim@example.org")
    inner.error = OSError("no")
    with pytest.raises(OSError, match="no"):
        socket.send('{"type": "response.create"}')
    inner.error = None
    write("Hurry")
    socket.send('{"type": "response.create"}')
    head = {"id": "resp_1", "object": "realtime.response", "status": "completed", "output": [spoken("[EMAIL_1]")]}
    inner.said += [json.dumps({"type": f"response.{word}", "response": head}) for word in ("created", "done")]
    assert "kim@example.org" in [socket.recv(), socket.recv()][-1]
    answered, unsure = traces()
    assert "Hurry" in answered.request
    assert "OSError" in unsure.error


async def test_a_frame_leaves_as_the_kind_that_it_was_said_in() -> None:
    inner = Stuck()
    socket = Socket(inner, responses())
    for frame in (json.dumps(asks("When?")), json.dumps(asks("When?")).encode()):
        socket.send(frame)
    assert [type(frame) for frame in inner.sent] == [str, bytes]


@pytest.mark.parametrize("spaces", [{}, {"separators": (",", ":"), "ensure_ascii": False}])
async def test_a_frame_leaves_as_the_bot_spelt_it(spaces: Any) -> None:
    inner = Stuck()
    socket = Socket(inner, responses())
    frame = json.dumps(asks("Naïve?"), **spaces)
    for one in (frame, frame.encode(), json.dumps(asks("I am kim@example.org"), **spaces)):
        socket.send(one)
    assert inner.sent == [frame, frame.encode(), json.dumps(asks("I am [EMAIL_1]"), **spaces)]


@pytest.mark.parametrize("resource", GUARDED)
async def test_half_a_character_leaves_as_an_escape_and_is_refused_as_itself(resource: str) -> None:
    inner = Stuck()
    socket = Socket(inner, GUARDED[resource](default_engine(), f"https://api.example.test/v1/{resource}", {}))
    spaces = (",", ":")
    frame = json.dumps({"type": "response.create", "instructions": "\ud83d kim@example.org"}, separators=spaces)
    socket.send(frame)
    socket.send(frame.encode())
    assert inner.sent == [(left := frame.replace("kim@example.org", "[EMAIL_1]")), left.encode()]
    with pytest.raises(LocalProtocolError, match="nothing was sent") as refused:
        socket.send(frame.replace("\\ud83d", "\ud83d"))
    assert "kim" not in repr(refused.value)


@pytest.mark.parametrize("resource", GUARDED)
@pytest.mark.parametrize("inner", [Stuck, AsyncStuck])
async def test_a_frame_is_given_as_the_kind_that_it_came_in(resource: str, inner: Any) -> None:
    dialogue = GUARDED[resource](default_engine(), f"https://api.example.test/v1/{resource}", {})
    socket: Any = (AsyncSocket if inner is AsyncStuck else Socket)(inner(), dialogue)
    frames = ["{}", b"{}", b"\x00\xff", ""]
    socket._inner.said += frames * 2
    assert [await done(socket.recv()) for _ in frames] == frames
    assert [await done(socket.recv(decode=False)) for _ in frames] == [b"{}", b"{}", b"\x00\xff", b""]


async def test_a_realtime_session_that_is_opened_anew_stays_in_its_conversation() -> None:
    def answer(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if event["type"] == "input_audio_buffer.clear":
            yield RESTART
        else:
            yield {"type": "conversation.item.added", "event_id": "e", "item": {**event["item"], "id": "item_1"}}

    def speak(_: Any) -> None:
        thread = Thread(target=lambda: say(connection))
        thread.start()
        thread.join()

    def say(connection: Any) -> None:
        with explainbot.turn(conversation="c-1"):
            part = {"type": "input_text", "text": "I am kim@example.org"}
            connection.conversation.item.create(item={"type": "message", "role": "user", "content": [part]})

    with Desk(answer) as desk:
        client = client_of("sync httpx2", desk.url)
        manager = client.realtime.connect(model=MODEL, on_reconnecting=speak, initial_delay=0.0, max_retries=1)
        with explainbot.turn(conversation="c-1"):
            connection = manager.enter()
        connection.input_audio_buffer.clear()
        added = next(iter(connection))
        connection.close()
        client.close()
    assert added.item.content[0].text == "I am kim@example.org"
    assert "[EMAIL_1]" in desk.received[1]
