"""A real WebSocket server for the tests, and what it says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from ways import SECRETS, done
from writers import response_body, spoken

sync = pytest.importorskip("websockets.sync.server")
ConnectionClosed = pytest.importorskip("websockets.exceptions").ConnectionClosed

Answer = Callable[[dict[str, Any]], Iterator[dict[str, Any]]]
IDLE = 20
"""Seconds after which a silent client is left alone."""

COLOURS = ("sync httpx2", "async httpx2")


def events(*items: Any, size: int = 4, **more: Any) -> list[dict[str, Any]]:
    """The events of a response with these items."""
    frames = response_body(*items, size=size, **more).split(b"\n\n")
    return [json.loads(frame.partition(b"data: ")[2]) for frame in frames if frame]


def echo(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    lane = {"stream_id": event["stream_id"]} if "stream_id" in event else {}
    yield from ({**one, **lane} for one in events(spoken(f"You wrote: {event['input']}")))


def heard(connection: Any) -> Any:
    """The next message; None where there is none: a test then fails, and does not wait for ever."""
    try:
        return connection.recv(timeout=IDLE)
    except (TimeoutError, ConnectionClosed):
        return None


class Desk:
    """A real WebSocket server on this machine; keeps every message and the head of each handshake."""

    def __init__(self, answer: Answer) -> None:
        self.received: list[str] = []
        self.heads: list[str] = []
        self._answer = answer
        self._server = sync.serve(self._talk, "127.0.0.1", 0, compression=None)
        self._thread = Thread(target=self._server.serve_forever)

    def _talk(self, connection: Any) -> None:
        self.heads.append(f"{connection.request.path}\n{connection.request.headers}")
        for message in iter(lambda: heard(connection), None):
            self.received.append(message)
            for event in self._answer(json.loads(message)):
                if event.get("type") == "hang up":
                    connection.close(event.get("code", 1000))
                    return
                connection.send(json.dumps(event, ensure_ascii=False))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.socket.getsockname()[1]}/v1"

    def __enter__(self) -> Desk:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._thread.join()


async def read(connection: Any, seen: list[Any] | None = None) -> list[Any]:
    """The events up to the one that ends a response; put into `seen` as they come."""
    seen = [] if seen is None else seen
    while not seen or seen[-1].type not in ("response.completed", "error"):
        seen.append(await done(connection.recv()))
    return seen


def leaked(desk: Desk) -> list[str]:
    return [secret for secret in SECRETS if any(secret in text for text in (*desk.received, *desk.heads))]


def read_sync(connection: Any) -> Any:
    return next(event for event in connection if event.type == "response.completed")
