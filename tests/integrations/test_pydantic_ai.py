"""Pydantic AI: agents through a guarded client or a guarded HTTP client."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel
from servers import Reply, Request, Server, chat_reply, json_reply, message, tool_call
from writers import called, response_reply, spoken

import explainbot
from explainbot import Customer, Settings, explanation_of, turn
from explainbot.errors import UnsupportedContent

pydantic_ai = pytest.importorskip("pydantic_ai", reason="Pydantic AI is not installed")

from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel  # noqa: E402
from pydantic_ai.providers.openai import OpenAIProvider  # noqa: E402

pytestmark = [pytest.mark.frameworks, pytest.mark.anyio, pytest.mark.usefixtures("own_loop")]

MAIL = "jane@example.org"
JANE = Customer(name="Jane Roe", email=MAIL)
MESSAGE = f"I am Jane Roe ({MAIL}). Where is my order?"
SAID = "Your order A-1 was shipped on 3 May, [PERSON_1]."
RESTORED = "Your order A-1 was shipped on 3 May, Jane Roe."
OWN = Settings(store="memory", tenant="pydantic-ai")
CLOSE = {"Connection": "close"}


def provider(way: str, url: str) -> Any:
    """The two ways to give it what is guarded; neither leaves a connection open."""
    if way == "client":
        made = explainbot.AsyncOpenAI(base_url=url, api_key="k", settings=OWN, default_headers=CLOSE)
        return OpenAIProvider(openai_client=made)
    client = explainbot.async_http_client(settings=OWN, headers=CLOSE)
    return OpenAIProvider(base_url=url, api_key="k", http_client=client)


@pytest.fixture(params=["chat", "responses"])
def protocol(request: pytest.FixtureRequest, server: Server) -> Any:
    yield OpenAIChatModel if request.param == "chat" else OpenAIResponsesModel
    for value in (b"Jane Roe", MAIL.encode()):
        assert value not in server.received


@pytest.fixture(params=["client", "http client"])
def agent(request: pytest.FixtureRequest, protocol: Any, server: Server) -> Any:
    server.script(answer)
    made = pydantic_ai.Agent(protocol("m", provider=provider(request.param, server.url)), instructions="Be brief.")

    @made.tool_plain
    def find_order(mail: str) -> str:
        """Look the order of a customer up."""
        assert mail == MAIL, "tools get the real values"
        return f"Order A-1 of {mail} was shipped on 3 May."

    return made


def answer(request: Request) -> Reply:
    body = request.json()
    if "messages" in body:
        looked_up = body["messages"][-1]["role"] == "tool"
        call = message(None, tool_calls=[tool_call("find_order", '{"mail": "[EMAIL_1]"}')])
        reply = chat_reply(request, SAID if looked_up else call)
        if body.get("stream"):
            return reply
        return json_reply({**json.loads(b"".join(reply.body)), "id": f"chatcmpl-{id(request)}"})  # type: ignore[arg-type]
    looked_up = any(item.get("type") == "function_call_output" for item in body["input"])
    item = spoken(SAID) if looked_up else called("find_order", '{"mail": "[EMAIL_1]"}')
    return response_reply(request, item, id=f"resp_{id(request)}")


def judged(whole: explainbot.Explanation) -> None:
    assert [call.tool_calls for call in whole.calls] == [("find_order",), ()]
    assert whole.headline.endswith("What it says was found in: a look-up in our system (find_order).")
    assert whole.statements[0].text == RESTORED


async def test_a_run_has_one_explanation(agent: Any) -> None:
    with turn(customer=JANE) as this:
        result = await agent.run(MESSAGE)
    assert result.output == RESTORED
    judged(explanation_of(this))
    assert explanation_of(result).trace_id == explanation_of(this).trace_id
    assert explanation_of(result.response).trace_id == explanation_of(this).trace_id


def test_a_run_without_await_too(agent: Any) -> None:
    with turn(customer=JANE) as this:
        result = agent.run_sync(MESSAGE)
    assert result.output == RESTORED
    judged(explanation_of(this))


async def test_a_streamed_run_too(agent: Any) -> None:
    with turn(customer=JANE) as this:
        async with agent.run_stream(MESSAGE) as result:
            said = "".join([part async for part in result.stream_text(delta=True)])
    assert said == RESTORED
    judged(explanation_of(this))


async def test_structured_output_is_restored(protocol: Any, server: Server) -> None:
    class Contact(BaseModel):
        name: str
        mail: str

    made = json.dumps({"name": "[PERSON_1]", "mail": "[EMAIL_1]"})

    def fill(request: Request) -> Reply:
        name = request.json()["tools"][0].get("name") or request.json()["tools"][0]["function"]["name"]
        if "messages" in request.json():
            return chat_reply(request, message(None, tool_calls=[tool_call(name, made)]))
        return response_reply(request, called(name, made))

    server.script(fill)
    reader = pydantic_ai.Agent(protocol("m", provider=provider("client", server.url)), output_type=Contact)
    with turn(customer=JANE):
        result = await reader.run(MESSAGE)
    assert result.output == Contact(name="Jane Roe", mail=MAIL)


async def test_what_cannot_be_read_is_refused_by_name(agent: Any, server: Server) -> None:
    image = pydantic_ai.BinaryContent(b"\x89PNG", media_type="image/png")
    with pytest.raises(UnsupportedContent, match="image"):
        await agent.run([MESSAGE, image])
    assert server.received == b""
