"""What holds for every openai client from 1.108 on, whichever HTTP library it speaks.

It runs with the version that is installed; `.ci/run` also runs it where openai 2 and openai 1 are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import openai
import pytest
from servers import Server, chat_reply, completion, error_reply, json_reply, message, tool_call
from writers import response_reply, spoken

import explainbot
from explainbot import Settings, explanation_of
from explainbot.errors import UnguardedChannel

MAIL = "jane@example.org"
ASK: Any = [{"role": "user", "content": f"I am {MAIL}."}]
OWN = Settings(store="memory", tenant="versions")
OLDER = openai.__version__.startswith(("1.", "2."))
"""Of those all WebSockets are refused."""

WAYS: dict[str, Callable[[str], Any]] = {
    "drop-in": lambda url: explainbot.OpenAI(base_url=url, api_key="k", settings=OWN),
    "copied": lambda url: explainbot.OpenAI(base_url=url, api_key="k", settings=OWN).with_options(timeout=9),
    "wrapped": lambda url: explainbot.wrap(openai.OpenAI(base_url=url, api_key="k"), settings=OWN),
    "wrapped and copied": lambda url: explainbot.wrap(openai.OpenAI(base_url=url, api_key="k"), settings=OWN).copy(),
    "given an http client": lambda url: openai.OpenAI(
        base_url=url, api_key="k", http_client=explainbot.http_client(settings=OWN)
    ),
}


@pytest.fixture(params=WAYS)
def client(request: pytest.FixtureRequest, server: Server) -> Iterator[Any]:
    made = WAYS[request.param](server.url)
    yield made
    made.close()
    assert MAIL.encode() not in server.received


def test_whole_replies_are_restored_and_explained(client: Any) -> None:
    reply = client.chat.completions.create(model="m", messages=ASK)
    assert reply.choices[0].message.content == f"You wrote: I am {MAIL}."
    assert explanation_of(reply).status == "answer"


def test_streams_end_with_their_explanation(client: Any) -> None:
    chunks = list(client.chat.completions.create(model="m", messages=ASK, stream=True))
    said = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert said == f"You wrote: I am {MAIL}."
    assert explanation_of(chunks[-1]).status == "answer"


def test_the_streaming_helper_keeps_the_explanation(client: Any) -> None:
    helper = getattr(client.chat.completions, "stream", None) or client.beta.chat.completions.stream
    with helper(model="m", messages=ASK) as stream:
        final = stream.get_final_completion()
    assert final.choices[0].message.content == f"You wrote: I am {MAIL}."
    assert explanation_of(final).status == "answer"


def test_raw_replies_name_their_trace(client: Any) -> None:
    raw = client.chat.completions.with_raw_response.create(model="m", messages=ASK)
    assert raw.parse().choices[0].message.content == f"You wrote: I am {MAIL}."
    assert explanation_of(raw).status == "answer"
    with client.chat.completions.with_streaming_response.create(model="m", messages=ASK) as streamed:
        assert MAIL in streamed.read().decode()


def test_tool_calls_get_the_real_values(client: Any, server: Server) -> None:
    calls = [tool_call("find", '{"mail": "[EMAIL_1]"}')]
    server.script(lambda request: chat_reply(request, message(None, tool_calls=calls)))
    reply = client.chat.completions.create(model="m", messages=ASK)
    assert reply.choices[0].message.tool_calls[0].function.arguments == f'{{"mail": "{MAIL}"}}'


@pytest.mark.parametrize("stream", [False, True])
def test_responses_are_restored_and_explained(client: Any, server: Server, stream: bool) -> None:
    server.script(lambda request: response_reply(request, spoken("Hello [EMAIL_1].")))
    reply = client.responses.create(model="m", input=f"I am {MAIL}.", stream=stream)
    if stream:
        reply = list(reply)[-1].response
    assert reply.output_text == f"Hello {MAIL}."
    assert explanation_of(reply).status == "answer"


def test_errors_are_the_clients_own_and_retries_are_its_own(client: Any, server: Server) -> None:
    busy = error_reply(503, headers={"retry-after-ms": "1"})
    server.script(busy, json_reply(completion("ok")), error_reply(400))
    assert client.chat.completions.create(model="m", messages=ASK).choices[0].message.content == "ok"
    first, second = server.requests
    assert first.body == second.body
    with pytest.raises(openai.BadRequestError):
        client.chat.completions.create(model="m", messages=ASK)


@pytest.mark.parametrize("way", list(WAYS)[:-1])
def test_no_websocket_is_opened(way: str, server: Server) -> None:
    """But the one of openai 3 that is guarded. Those of a bare client that was given an HTTP client cannot be seen."""
    pytest.importorskip("websockets")
    client = WAYS[way](server.url)
    for connect in (client.beta.realtime.connect, *([client.realtime.connect] if OLDER else [])):
        with pytest.raises(UnguardedChannel, match="stream=True"):
            connect(model="m").enter()
    client.close()
    assert server.received == b""


@pytest.mark.anyio
async def test_asynchronous_clients_too(server: Server) -> None:
    for client in (
        explainbot.AsyncOpenAI(base_url=server.url, api_key="k", settings=OWN),
        explainbot.wrap(openai.AsyncOpenAI(base_url=server.url, api_key="k"), settings=OWN),
        openai.AsyncOpenAI(base_url=server.url, api_key="k", http_client=explainbot.async_http_client(settings=OWN)),
    ):
        async with client:
            reply = await client.chat.completions.create(model="m", messages=ASK)
            assert reply.choices[0].message.content == f"You wrote: I am {MAIL}."
            stream = await client.chat.completions.create(model="m", messages=ASK, stream=True)
            chunks = [chunk async for chunk in stream]
            assert explanation_of(chunks[-1]).status == "answer"
    assert MAIL.encode() not in server.received


def test_the_client_of_the_module_is_guarded(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai, "http_client", None)
    monkeypatch.setattr(openai, "api_key", "k")
    monkeypatch.setattr(openai, "base_url", f"{server.url}/")
    monkeypatch.setattr(openai, "_client", None)
    for name in ("_websocket_query_params", "websocket_base_url"):
        monkeypatch.setattr(openai._ModuleClient, name, getattr(openai._ModuleClient, name, None), raising=False)
    explainbot.wrap(openai, settings=OWN)
    reply = openai.chat.completions.create(model="m", messages=ASK)
    assert reply.choices[0].message.content == f"You wrote: I am {MAIL}."
    assert MAIL.encode() not in server.received
    openai.http_client.close()  # type: ignore[union-attr]
