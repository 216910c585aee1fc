"""The relay that keeps every byte on its way to a server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from explainbot.demo import tap as tap_module
from explainbot.demo.standin import stand_in
from explainbot.demo.tap import Tap, bodies


@pytest.fixture
def tap() -> Iterator[Tap]:
    with stand_in() as port, Tap("127.0.0.1", port) as running:
        yield running


def ask(tap: Tap, text: str) -> httpx.Response:
    body = {"messages": [{"role": "user", "content": text}]}
    return httpx.post(f"http://127.0.0.1:{tap.port}/v1/chat/completions", json=body, headers={"X-Note": "kept"})


def test_it_relays_and_keeps_headers_and_bodies(tap: Tap) -> None:
    assert ask(tap, "first").status_code == ask(tap, "second").status_code == 200
    first, second = tap.received()
    assert b"X-Note: kept" in first
    assert [b"first" in body for body in bodies(first)] == [True]
    assert [b"second" in body for body in bodies(second)] == [True]
    assert tap.complete


def test_requests_on_one_connection_are_told_apart(tap: Tap) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{tap.port}") as client:
        client.get("/v1/models")
        for text in ("one", "two"):
            client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": text}]})
    (stream,) = tap.received()
    assert [b"one" in body for body in bodies(stream)] == [True, False]


def test_past_the_limit_it_still_relays_and_says_that_bytes_are_missing(
    tap: Tap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tap_module, "MAX_KEPT", 10)
    assert ask(tap, "hello").status_code == 200
    assert not tap.complete
    assert sum(map(len, tap.received())) <= 10


def test_a_server_that_is_gone_closes_the_connection_and_not_the_tap() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as gone:
        port = gone.getsockname()[1]
    with Tap("127.0.0.1", port) as tap:
        for _ in range(2):
            with pytest.raises(httpx.TransportError):
                ask(tap, "hello")


def test_at_the_end_connections_are_closed_and_nothing_listens_any_more() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, Tap("127.0.0.1", silent.getsockname()[1]) as tap:
        near = socket.create_connection(("127.0.0.1", tap.port), timeout=10)
        far, _ = silent.accept()
        near.sendall(b"hello")
        assert far.recv(5) == b"hello"
    with near, far:
        assert near.recv(1) == b""
        far.settimeout(10)
        assert far.recv(1) == b""
    with pytest.raises(ConnectionError):
        socket.create_connection(("127.0.0.1", tap.port), timeout=2)
