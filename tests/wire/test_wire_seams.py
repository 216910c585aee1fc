"""What the client and the transport inside see of a guarded request: the bytes that were sent, and one close."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx2
import openai
import pytest
from servers import Server, completion, error_reply, json_reply
from ways import CUSTOMER, MODEL, TEXT, ask, client_of, close, create, done, every, inside

import explainbot
from explainbot.errors import PrivacyError
from explainbot.transports._shell import LARGEST_PIECE

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("turn")]

MAIL = CUSTOMER.email or ""


async def test_an_error_names_the_request_as_it_was_sent(client: Any, server: Server) -> None:
    """So a report of the error holds what the provider got, and nothing that was hidden from it."""
    server.script(error_reply(400))
    with pytest.raises(openai.BadRequestError) as caught:
        await create(client, False)
    assert caught.value.request.content == server.last.body
    assert MAIL.encode() not in caught.value.request.content


async def test_the_log_of_the_http_client_names_the_url_as_it_was_sent(
    client: Any, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.script(json_reply({"object": "list", "data": []}))
    with caplog.at_level(logging.DEBUG, logger="httpx2"), caplog.at_level(logging.DEBUG, logger="httpx"):
        await done(client.chat.completions.list(metadata={"mail": MAIL}))
    said = "".join(record.getMessage() for record in caplog.records if record.name in ("httpx2", "httpx"))
    assert "metadata" in said
    assert MAIL not in said
    assert MAIL.replace("@", "%40") not in said


async def test_a_request_that_is_sent_again_says_the_same(way: str, server: Server) -> None:
    """HTTP clients send one request twice, as for an answer to a challenge of the server."""
    client = client_of(way, server.url)
    http = client._client
    request = http.build_request("POST", f"{server.url}/chat/completions", json={"model": MODEL, "messages": ask()})
    first, second = await done(http.send(request)), await done(http.send(request))
    assert server.requests[0].body == server.requests[1].body
    for reply in (first, second):
        assert reply.json()["choices"][0]["message"]["content"] == f"You wrote: {TEXT}"
    await close(client)


@pytest.mark.parametrize("way", ["sync httpx2", "async httpx2"])
async def test_a_file_stands_where_it_would_stand_without_us(way: str) -> None:
    """At its place when the transport inside gets the request, and at its end once that is sent."""
    file, stood = io.BytesIO(b"head,rest"), list[int]()
    file.seek(5)

    def answer(request: httpx2.Request) -> httpx2.Response:
        stood.append(file.tell())
        return httpx2.Response(200, json={"id": "file-1", "object": "file"})

    http: Any = {"sync": httpx2.Client, "async": httpx2.AsyncClient}[way.split(maxsplit=1)[0]](
        transport=httpx2.MockTransport(answer)
    )
    settings = explainbot.Settings(store="off", allow_content={"file"})
    client = client_of(way, "https://api.example", http_client=http, settings=settings)
    await done(client.files.create(file=("a.csv", file), purpose="assistants"))
    assert [*stood, file.tell()] == [5, 9]
    await close(client)


class Unsure(io.BytesIO):
    """A file that does not say where it stands."""

    def seekable(self) -> bool:
        raise OSError


def test_a_file_that_does_not_say_where_it_stands_is_sent_all_the_same() -> None:
    http = httpx2.Client(transport=httpx2.MockTransport(lambda request: httpx2.Response(200, json={"id": "file-1"})))
    settings = explainbot.Settings(store="off", allow_content={"file"})
    with explainbot.OpenAI(
        base_url="https://api.example", api_key="key", http_client=http, settings=settings
    ) as client:
        assert client.files.create(file=("a.csv", Unsure(b"1")), purpose="assistants").id == "file-1"


class Counted(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A reply's bytes, that count how often they are closed."""

    def __init__(self, body: bytes) -> None:
        self.body, self.closed = body, 0

    def __iter__(self) -> Iterator[bytes]:
        yield self.body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.body

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


@pytest.mark.parametrize("colour", ["sync", "async"])
async def test_the_bytes_of_a_reply_are_closed_once(colour: str) -> None:
    stream = Counted(httpx2.Response(200, json=completion("Hello.")).content)
    transport = httpx2.MockTransport(
        lambda _: httpx2.Response(200, headers={"content-type": "application/json"}, stream=stream)
    )
    http: Any = {"sync": httpx2.Client, "async": httpx2.AsyncClient}[colour](transport=transport)
    client = client_of(f"{colour} httpx2", "https://api.example", http_client=http)
    reply = await create(client, False)
    assert reply.choices[0].message.content == "Hello."
    assert stream.closed == 1
    await close(client)


async def test_a_long_reply_comes_in_pieces(client: Any, server: Server) -> None:
    """Though it is held until it is complete: a reader may have bounded memory, or a bar that shows how far it is."""
    text = "word " * LARGEST_PIECE
    server.script(json_reply(completion(text)))
    asked = client.chat.completions.with_streaming_response.create(model=MODEL, messages=ask())
    async with inside(asked) as raw:
        pieces = await every(raw.iter_bytes())
    assert max(map(len, pieces)) <= LARGEST_PIECE
    assert text.encode() in b"".join(pieces)


def test_the_address_of_a_tool_server_may_hold_the_companys_key(server: Server) -> None:
    server.script(json_reply({"id": "resp_1", "object": "response", "status": "completed", "output": []}))
    client = explainbot.OpenAI(base_url=server.url, api_key="key", max_retries=0)
    tool: Any = {"type": "mcp", "server_label": "desk", "require_approval": "never"}
    url = "https://bot:pass@tools.example/mcp?api_key=sk-proj-Zx81kd93mfQpLw72hRtYvNs4&team=billing"
    client.responses.create(model=MODEL, input="Hello", tools=[{**tool, "server_url": url}])
    assert url.encode() in server.last.body
    server.forget()
    for theirs in (f"https://tools.example/mcp?user={MAIL}", "https://tools.example/Marlene Quist/mcp"):
        with pytest.raises(PrivacyError):
            client.responses.create(model=MODEL, input="Hello", tools=[{**tool, "server_url": theirs}])
    assert server.received == b""
    client.close()
