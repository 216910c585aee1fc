"""The loopback server the wire tests stand on does what it says: it keeps every byte, and cuts where it was told."""

from __future__ import annotations

import socket
import time

import httpx2
import pytest
from servers import Close, Pause, Reply, Reset, Server, completion, cut, json_reply, sse_reply, stream_body


def test_it_keeps_every_byte_even_of_a_request_that_never_ends() -> None:
    with Server() as server:
        with socket.create_connection(server._listener.getsockname()) as connection:
            connection.sendall(b"POST /v1/x HTTP/1.1\r\ncontent-length: 99\r\n\r\nhalf")
            until = time.monotonic() + 10
            while not server.received.endswith(b"half") and time.monotonic() < until:
                time.sleep(0.01)
        assert server.received.endswith(b"\r\n\r\nhalf")
        assert server.requests == []


def test_it_reads_chunked_requests_and_keeps_the_connection() -> None:
    with Server(json_reply(completion("ok"))) as server, httpx2.Client() as client:
        for _ in range(3):
            client.post(f"{server.url}/chat/completions", content=iter([b'{"a"', b":1}"]))
        assert [request.json() for request in server.requests] == [{"a": 1}] * 3
        assert server.connections == 1


def test_every_piece_of_a_chunked_body_arrives_by_itself() -> None:
    body = stream_body("héllo")
    with Server(sse_reply(cut(body, 1))) as server, httpx2.stream("GET", server.url) as response:
        pieces = list(response.iter_raw())
    assert b"".join(pieces) == body
    assert {len(piece) for piece in pieces} == {1}


@pytest.mark.parametrize("end", [Close(), Reset()])
def test_a_cut_body_is_an_error_to_the_client(end: Close | Reset) -> None:
    with Server(Reply((b"half", Pause(0.05), end), framing="chunked")) as server, pytest.raises(httpx2.HTTPError):
        httpx2.get(server.url)


def test_it_notices_that_a_client_has_gone() -> None:
    with Server(sse_reply([b"data: 1\n\n", Pause(30), b"data: 2\n\n"])) as server, httpx2.Client() as client:
        with client.stream("GET", server.url) as response:
            assert next(response.iter_raw()) == b"data: 1\n\n"
        assert server.wait_for_hangup()


def test_cuts_lose_nothing() -> None:
    assert cut(b"abcdef", 4) == (b"abcd", b"ef")
    assert cut(b"abcdef", [5, 2, 2, 0, 9]) == (b"ab", b"cde", b"f")
    assert cut(b"", 1) == (b"",)


def test_a_reply_that_fails_to_be_made_fails_the_test() -> None:
    def broken(request: object) -> Reply:
        raise KeyError("no such reply")

    server = Server(broken)
    server.__enter__()
    with pytest.raises(httpx2.RemoteProtocolError):
        httpx2.get(server.url)
    with pytest.raises(KeyError):
        server.__exit__(None, None, None)
