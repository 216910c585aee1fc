"""LiteLLM: what it sends to any provider is guarded, or refused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from servers import Reply, Request, Server, chat_reply, message, tool_call
from writers import message_reply, response_reply, spoken

import explainbot
from explainbot import Customer, Settings, explanation_of, turn

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # otherwise its import looks prices up on the web
litellm = pytest.importorskip("litellm", reason="LiteLLM is not installed")

from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler, HTTPHandler  # noqa: E402

from explainbot.integrations.litellm import guard  # noqa: E402

pytestmark = [
    *(pytest.mark.frameworks, pytest.mark.anyio, pytest.mark.usefixtures("own_loop")),
    *(pytest.mark.filterwarnings(f"ignore::{kind}") for kind in ("UserWarning", "DeprecationWarning")),  # its own
]

MAIL = "jane@example.org"
JANE = Customer(name="Jane Roe", email=MAIL)
ASK = [{"role": "user", "content": f"I am Jane Roe ({MAIL}). When do I get my money?"}]
SAID = "Refunds take 5 days, [PERSON_1]."
RESTORED = "Refunds take 5 days, Jane Roe."
OWN = Settings(store="memory", tenant="litellm")
MODELS = ["openai/m", "anthropic/m"]


@pytest.fixture(autouse=True)
def guarded_library(server: Server) -> Iterator[None]:
    makers = {handler: handler.create_client for handler in (HTTPHandler, AsyncHTTPHandler)}
    guard(settings=Settings(store="memory", tenant="another"))
    guard(settings=OWN)
    server.script(answer)
    yield
    litellm.client_session.close()
    litellm.client_session = litellm.aclient_session = None
    for handler, make in makers.items():
        handler.create_client = make
    litellm.in_memory_llm_clients_cache.flush_cache()
    for value in (b"Jane Roe", MAIL.encode()):
        assert value not in server.received


def answer(request: Request) -> Reply:
    if request.path.endswith("/messages"):
        return message_reply(request, {"type": "text", "text": SAID})
    if request.path.endswith("/responses"):
        return response_reply(request, spoken(SAID))
    return chat_reply(request, SAID)


def options(model: str, server: Server) -> dict[str, Any]:
    base = server.url if model.startswith("openai/") else server.origin
    return {"model": model, "api_base": base, "api_key": "k"}


@pytest.mark.parametrize("model", MODELS)
def test_a_reply_is_restored_and_explained(server: Server, model: str) -> None:
    with turn(customer=JANE, sources=["Refunds take 5 days."]) as this:
        reply = litellm.completion(
            messages=[{"role": "system", "content": "Refunds take 5 days."}, *ASK], **options(model, server)
        )
    assert reply.choices[0].message.content == RESTORED
    assert explanation_of(this).statements[0].state == "found"
    assert {one.entity_type for one in explanation_of(this).hidden} == {"EMAIL_ADDRESS", "PERSON"}


@pytest.mark.parametrize("model", MODELS)
def test_a_stream_too(server: Server, model: str) -> None:
    with turn(customer=JANE) as this:
        chunks = litellm.completion(messages=ASK, stream=True, **options(model, server))
        assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == RESTORED
    assert explanation_of(this).statements[0].text == RESTORED


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("model", MODELS)
async def test_asynchronously_too(server: Server, model: str, stream: bool) -> None:
    with turn(customer=JANE) as this:
        reply = await litellm.acompletion(messages=ASK, stream=stream, **options(model, server))
        if stream:
            said = "".join([chunk.choices[0].delta.content or "" async for chunk in reply])
        else:
            said = reply.choices[0].message.content
    assert said == RESTORED
    assert explanation_of(this).statements[0].text == RESTORED
    await litellm.aclient_session.aclose()
    await litellm.close_litellm_async_clients()


def test_tools_get_the_real_values(server: Server) -> None:
    call = message(None, tool_calls=[tool_call("find", '{"mail": "[EMAIL_1]"}')])
    server.script(lambda request: chat_reply(request, call))
    tools = [{"type": "function", "function": {"name": "find", "parameters": {"type": "object", "properties": {}}}}]
    with turn(customer=JANE):
        reply = litellm.completion(messages=ASK, tools=tools, **options("openai/m", server))
    assert reply.choices[0].message.tool_calls[0].function.arguments == f'{{"mail": "{MAIL}"}}'


def test_responses_too(server: Server) -> None:
    with turn(customer=JANE) as this:
        reply = litellm.responses(input=ASK[0]["content"], **options("openai/m", server))
    assert reply.output[0].content[0].text == RESTORED
    assert explanation_of(this).statements[0].text == RESTORED


def test_an_endpoint_that_cannot_be_read_is_refused(server: Server) -> None:
    with pytest.raises(litellm.APIConnectionError, match="so nothing was sent"):
        litellm.completion(messages=ASK, **options("gemini/m", server))
    assert server.received == b""


def test_one_call_takes_a_guarded_client(server: Server) -> None:
    with explainbot.OpenAI(base_url=server.url, api_key="k", settings=OWN) as client, turn(customer=JANE):
        reply = litellm.completion(model="openai/m", messages=ASK, client=client)
    assert reply.choices[0].message.content == RESTORED
    assert explanation_of(reply).statements[0].text == RESTORED
