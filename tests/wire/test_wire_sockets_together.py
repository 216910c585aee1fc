"""Several threads or tasks on one WebSocket: no customer gets what is another one's, whoever is quicker or gives up."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any, ClassVar

import pytest
from anyio.to_thread import run_sync
from desks import events
from ways import MODEL, traces
from writers import spoken

import explainbot
from explainbot import Detection, Settings
from explainbot.detectors.slow import Slow, Timer
from explainbot.engine import default_engine
from explainbot.errors import PrivacyError
from explainbot.transports.realtime_socket import RealtimeDialogue
from explainbot.transports.responses_socket import ResponsesDialogue
from explainbot.transports.socket import AsyncSocket, Socket

pytestmark = pytest.mark.anyio

READING, GATE = Event(), Event()


@dataclass(frozen=True)
class Patient(Slow):
    """Finds nothing, once the gate is open."""

    name: ClassVar[str] = "patient"
    packages: ClassVar[tuple[str, ...]] = ()

    def load(self) -> None:
        return

    def read(self, text: str, in_time: Timer) -> Iterator[Detection]:
        READING.set()
        assert GATE.wait(30)
        yield from ()


class Line:
    """A connection: what leaves is kept, and what the server says is put into it."""

    def __init__(self) -> None:
        self.sent: list[str | bytes] = []
        self.said: list[str | bytes] = []
        self.error: BaseException | None = None

    def send(self, message: str | bytes) -> None:
        if self.error is not None:
            raise self.error
        self.sent.append(message)

    def recv(self) -> str | bytes:
        return self.said.pop(0)


class AsyncLine(Line):
    async def send(self, message: str | bytes) -> None:  # type: ignore[override]
        super().send(message)

    async def recv(self) -> str | bytes:  # type: ignore[override]
        return super().recv()


class Crossing(Line):
    """Its first message leaves behind the second one, if that comes soon."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = Event(), Event()

    def send(self, message: str | bytes) -> None:
        if not self.first.is_set():
            self.first.set()
            self.second.wait(0.3)
        super().send(message)
        self.second.set()


def asks(text: str) -> str:
    return json.dumps({"type": "response.create", "model": MODEL, "input": text})


def responses() -> ResponsesDialogue:
    return ResponsesDialogue(default_engine(), "https://api.example.test/v1/responses", {})


@pytest.fixture
def _slow() -> Iterator[None]:
    READING.clear()
    GATE.clear()
    explainbot.configure(Settings(store="memory", tenant="together", detectors=[Patient()]))
    yield
    GATE.set()
    explainbot.configure(Settings(store="off"))


async def test_messages_of_two_threads_are_answered_in_the_order_in_which_they_left() -> None:
    inner = Crossing()
    socket = Socket(inner, responses())

    def say(name: str, word: str) -> None:
        with explainbot.turn(conversation=name):
            socket.send(asks(f"{name}@example.org likes {word}"))

    thread = Thread(target=say, args=["kim", "apples"])
    thread.start()
    assert inner.first.wait(30)
    say("lee", "plums")
    thread.join()
    for message in inner.sent:
        word = str(message).partition(" likes ")[2].partition('"')[0]
        inner.said += [json.dumps(event) for event in events(spoken(f"{word} for [EMAIL_1]"))]
    heard = "".join(str(socket.recv()) for _ in [*inner.said])
    assert "apples for kim@example.org" in heard
    assert "plums for lee@example.org" in heard


@pytest.mark.usefixtures("_slow")
async def test_what_is_made_ready_for_a_task_that_was_cancelled_never_left() -> None:
    """Else the reply to the next customer would be taken for its own."""
    inner = AsyncLine()
    socket = AsyncSocket(inner, responses())
    with explainbot.turn(conversation="c-1"):
        task = asyncio.ensure_future(socket.send(asks("I am kim@example.org")))
        assert await run_sync(READING.wait, 30)
    task.cancel()
    GATE.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert inner.sent == []
    with explainbot.turn(conversation="c-2"), pytest.raises(PrivacyError, match="Open another one"):
        await socket.send(asks("I am lee@example.org"))


@pytest.mark.usefixtures("_slow")
async def test_what_a_task_was_reading_when_it_was_cancelled_is_read_next() -> None:
    inner = AsyncLine()
    socket = AsyncSocket(inner, responses())
    GATE.set()
    await socket.send(asks("I am kim@example.org"))
    said = [json.dumps(event) for event in events(spoken("Hello [EMAIL_1], you are welcome here."))]
    inner.said += said[:-1]
    for _ in said[:-1]:
        await socket.recv()
    READING.clear()
    GATE.clear()
    inner.said += said[-1:]
    task = asyncio.ensure_future(socket.recv())
    assert await run_sync(READING.wait, 30)
    task.cancel()
    GATE.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert "kim@example.org" in str(await socket.recv())


async def test_a_response_is_waited_for_though_something_else_could_not_be_sent() -> None:
    inner: Any = Line()
    socket = Socket(inner, RealtimeDialogue(default_engine(), "https://api.example.test/v1/realtime", {}))
    with explainbot.turn(purpose="billing"):
        socket.send('{"type": "response.create"}')
    inner.error = OSError("no")
    with pytest.raises(OSError, match="no"):
        socket.send('{"type": "session.update", "session": {"type": "realtime", "instructions": "Be kind."}}')
    head = {"id": "resp_1", "object": "realtime.response", "status": "completed", "output": [spoken("Good day.")]}
    inner.said += [json.dumps({"type": f"response.{word}", "response": head}) for word in ("created", "done")]
    assert "Good day" in str([socket.recv(), socket.recv()][-1])
    [trace] = traces()
    assert trace.purpose == "billing"
