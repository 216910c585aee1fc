"""Where a schema forbids placeholders the model sees values out of reserved ranges, and the customer theirs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel, Field
from servers import Server, chat_reply, message, tool_call
from ways import CUSTOMER, MODEL, SECRETS, TEXT, client_of, create, done, every, leaked, traces
from writers import called, response_reply, spoken

import explainbot
from explainbot import explanation_of

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("turn")]

either = pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
PARAMETERS = {
    "type": "object",
    "properties": {
        "to": {"type": "string", "format": "email"},
        "phone": {"type": "string", "pattern": r"^\+[0-9]{8,15}$"},
        "card_number": {"type": "integer"},
        "note": {"type": "string"},
    },
    "required": ["to"],
    "additionalProperties": False,
}
TOOLS = [{"type": "function", "function": {"name": "refund", "strict": True, "parameters": PARAMETERS}}]
ARGUMENTS = (
    '{"to": "user1@example.invalid", "phone": "+12025550100", "card_number": 4242424242424242, "note": "[PERSON_1]"}'
)
GIVEN = (
    '{"to": "marlene.quist@example.com", "phone": "+14155550142", "card_number": 4111111111111111, '
    '"note": "Marlene Quist"}'
)
SAID = "Write to user1@example.invalid or call (202) 555-0100, not https://evil.example/?q=user1@example.invalid"
SHOWN = "Write to marlene.quist@example.com or call (415) 555-0142, not https://evil.example/?q=user1@example.invalid"


@either
@pytest.mark.parametrize("size", [1, 3, 50])
async def test_a_strict_tool_is_called_with_the_customers_values(
    client: Any, server: Server, streamed: bool, size: int
) -> None:
    server.script(
        lambda request: chat_reply(request, message(SAID, tool_calls=[tool_call("refund", ARGUMENTS)]), size=size)
    )
    reply = await create(client, streamed, tools=TOOLS)
    sent = server.last.json()["messages"][1]["content"]
    assert "user1@example.invalid, +1 202 555 0100" in sent
    assert "4242 4242 4242 4242" in sent
    assert "[PERSON_1]" in sent
    assert "[IBAN_1]" in sent, "no schema asks for one"
    assert leaked(server) == []
    assert reply.choices[0].message.content == SHOWN
    assert reply.choices[0].message.tool_calls[0].function.arguments == GIVEN
    explanation = explanation_of(reply)
    assert "2 email addresses" in explanation.text
    assert "user1@example.invalid" not in explanation.text.replace("?q=user1@example.invalid", "")
    (trace,) = traces(1)
    assert not [secret for secret in SECRETS if secret in trace.to_json()]


async def test_a_conversation_that_goes_on_sends_the_same_bytes(client: Any, server: Server) -> None:
    server.script(lambda request: chat_reply(request, message(None, tool_calls=[tool_call("refund", ARGUMENTS)])))
    told: list[Any] = [{"role": "user", "content": TEXT}]
    reply = await done(client.chat.completions.create(model=MODEL, messages=told, tools=TOOLS))
    told += [
        reply.choices[0].message.to_dict(),
        {"role": "tool", "tool_call_id": "call_0", "content": '{"card": 4111111111111111}'},
    ]
    await done(client.chat.completions.create(model=MODEL, messages=told, tools=TOOLS))
    first, second = (request.json()["messages"] for request in server.requests)
    assert second[0] == first[0]
    assert json.loads(second[1]["tool_calls"][0]["function"]["arguments"])["to"] == "user1@example.invalid"
    assert second[2]["content"] == '{"card": 4000056655665556}'
    assert leaked(server) == []


async def test_without_such_a_schema_and_by_setting_there_are_placeholders(way: str, server: Server) -> None:
    plain = explainbot.Settings(store="off", style="placeholder")
    for settings, tools in ((plain, TOOLS), (None, [{**TOOLS[0], "function": {"name": "refund"}}])):
        client = client_of(way, server.url, settings=settings)
        await create(client, False, tools=tools)
        await done(client.close())
        assert "([EMAIL_1], [PHONE_1])" in server.last.json()["messages"][1]["content"]


class Ticket(BaseModel):
    """What a reply is parsed into."""

    mail: str = Field(json_schema_extra={"format": "email"})
    phone: str = Field(pattern=r"^\+[0-9]{8,15}$")


async def test_a_parsed_reply_holds_the_customers_values(client: Any, server: Server) -> None:
    answer = '{"mail": "user1@example.invalid", "phone": "+12025550100"}'
    server.script(lambda request: chat_reply(request, answer))
    asked = [{"role": "user", "content": TEXT}]
    reply = await done(client.chat.completions.parse(model=MODEL, messages=asked, response_format=Ticket))
    assert reply.choices[0].message.parsed == Ticket(mail=str(CUSTOMER.email), phone="+14155550142")


async def test_what_only_reads_as_a_surrogate_is_not_taken_for_one(client: Any, server: Server) -> None:
    text = f"{CUSTOMER.email} and user1@example.invalid and order 4242424242424242 and 202-555-0100"
    server.script(
        lambda request: chat_reply(request, request.json()["messages"][1]["content"] + " user7@example.invalid")
    )
    reply = await create(client, True, text, tools=TOOLS)
    assert reply.choices[0].message.content == f"{text} user7@example.invalid"
    assert leaked(server) == []


async def test_responses_and_messages_have_them_too(client: Any, server: Server) -> None:
    server.script(lambda request: response_reply(request, called("refund", ARGUMENTS), spoken(SAID), size=2))
    tools = [{"type": "function", "name": "refund", "strict": True, "parameters": PARAMETERS}]
    for streamed in (False, True):
        asked = {"model": MODEL, "input": TEXT, "tools": tools, "stream": streamed}
        reply = await done(client.responses.create(**asked))
        if streamed:
            reply = (await every(reply))[-1].response
        assert reply.output[0].arguments == GIVEN
        assert reply.output_text == SHOWN
        assert leaked(server) == []


async def test_a_number_in_a_list_of_choices_stays_a_number(client: Any, server: Server) -> None:
    choices = {"type": "object", "properties": {"card": {"type": "integer", "enum": [4111111111111111, 5]}}}
    tools = [{"type": "function", "function": {"name": "pay", "strict": True, "parameters": choices}}]
    server.script(
        lambda request: chat_reply(request, message(None, tool_calls=[tool_call("pay", '{"card": 4242424242424242}')]))
    )
    reply = await create(client, True, "Pay with 4111111111111111", tools=tools)
    sent = server.last.json()
    assert sent["tools"][0]["function"]["parameters"]["properties"]["card"]["enum"] == [4242424242424242, 5]
    assert reply.choices[0].message.tool_calls[0].function.arguments == '{"card": 4111111111111111}'
