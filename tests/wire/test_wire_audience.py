"""A reply shows the customer no data of somebody else that only a document held; tools get everything."""

from __future__ import annotations

import json
from typing import Any

import pytest
from servers import Server, chat_reply, message, tool_call
from ways import CUSTOMER, MODEL, client_of, create, done, leaked

import explainbot
from explainbot import Source, explanation_of

pytestmark = pytest.mark.anyio

either = pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
STAFF = Source(
    id="staff",
    title="Who is who",
    text="Returns are handled by Mr. John Smith, john.smith@acme.com.\n\nEverybody may write to support@acme.com.",
)
ASKED = f"Who handles returns? My mail is {CUSTOMER.email}."
SECRETS = ("John Smith", "john.smith@acme.com")


def answer(request: Any) -> Any:
    """A reply that says all that it was given, by its placeholders, and calls a tool with them."""
    sent = request.json()["messages"]
    staff, asked = sent[0]["content"], sent[1]["content"]
    line, _, contact = staff.partition("\n\n")
    text = f"{line} {contact} We answer to {asked.rpartition(' ')[2]}"
    call = tool_call("mail", json.dumps({"to": line}))
    return chat_reply(request, message(text, tool_calls=[call]), size=2)


async def ask(client: Any, streamed: bool, **turn: Any) -> Any:
    said = [{"role": "system", "content": STAFF.text}, {"role": "user", "content": ASKED}]
    with explainbot.turn(customer=CUSTOMER, sources=[STAFF], **turn):
        return await create(client, streamed, messages=said)


@either
async def test_somebody_elses_data_stays_hidden_and_tools_get_it(client: Any, server: Server, streamed: bool) -> None:
    server.script(answer)
    reply = await ask(client, streamed)
    content = reply.choices[0].message.content
    assert not [secret for secret in SECRETS if secret in content]
    assert "support@acme.com" in content
    assert content.endswith(f"We answer to {CUSTOMER.email}.")
    arguments = reply.choices[0].message.tool_calls[0].function.arguments
    assert all(secret in arguments for secret in SECRETS)
    explained = explanation_of(reply).model_dump_json()
    assert not [secret for secret in SECRETS if secret in explained]
    assert str(CUSTOMER.email) in explained
    assert leaked(server, SECRETS) == []


@either
async def test_by_setting_everything_is_shown(way: str, server: Server, streamed: bool) -> None:
    server.script(answer)
    client = client_of(way, server.url, settings=explainbot.Settings(store="off", audience="all"))
    reply = await ask(client, streamed)
    assert all(secret in reply.choices[0].message.content for secret in SECRETS)
    assert "John Smith" in explanation_of(reply).model_dump_json()
    await done(client.close())


async def test_what_the_customer_says_themselves_is_shown_from_then_on(client: Any, server: Server) -> None:
    server.script(answer)
    first = await ask(client, False, conversation="c-9")
    hidden = first.choices[0].message.content
    assert "john.smith@acme.com" not in hidden
    said = [
        {"role": "system", "content": STAFF.text},
        {"role": "user", "content": ASKED},
        {"role": "assistant", "content": hidden},
        {"role": "user", "content": "Is it john.smith@acme.com?"},
    ]
    server.script(
        lambda request: chat_reply(request, request.json()["messages"][-1]["content"].replace("Is it ", "Yes, "))
    )
    with explainbot.turn(customer=CUSTOMER, sources=[STAFF], conversation="c-9"):
        second = await done(client.chat.completions.create(model=MODEL, messages=said))
    assert second.choices[0].message.content == "Yes, john.smith@acme.com?"


async def test_what_a_tool_returned_is_shown(client: Any, server: Server) -> None:
    call = {"id": "call_1", "type": "function", "function": {"name": "look_up", "arguments": "{}"}}
    said = [
        {"role": "user", "content": "Who travels with me?"},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_1", "content": '{"passengers": [{"email": "kai.other@example.org"}]}'},
    ]
    server.script(lambda request: chat_reply(request, "It is [EMAIL_1].", size=1))
    with explainbot.turn(customer=CUSTOMER):
        reply = await done(client.chat.completions.create(model=MODEL, messages=said))
    assert reply.choices[0].message.content == "It is kai.other@example.org."


async def test_without_sources_and_customer_instructions_are_shown(client: Any, server: Server) -> None:
    said = [
        {"role": "system", "content": "You help Jane Roe, jane.roe@example.org. Our line: +44 20 7946 0958."},
        {"role": "user", "content": "Hi"},
    ]
    server.script(lambda request: chat_reply(request, "Hi, is it [EMAIL_1]? Call [PHONE_1]."))
    reply = await done(client.chat.completions.create(model=MODEL, messages=said))
    assert reply.choices[0].message.content == "Hi, is it jane.roe@example.org? Call +44 20 7946 0958."
