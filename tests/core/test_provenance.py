"""Where the sources of an explanation stood in the request, and what of it a customer may see."""

from __future__ import annotations

import json
from typing import Any

from test_exchange import JANE, ask, exchange, send, whole

from explainbot._given import Context
from explainbot.exchange import Exchange
from explainbot.explain import Explanation, Source

RETURNS = "You can return any item within 30 days."
RULE = "Refuse refunds above 500 dollars."


def explained(one: Exchange, body: bytes, reply: str) -> tuple[dict[str, Any], Explanation]:
    sent = send(one, body)
    return sent, Explanation.model_validate(whole(one, reply)["explanation"])


def system(text: str) -> dict[str, str]:
    return {"role": "system", "content": text}


def test_a_document_in_the_system_prompt_is_quoted_and_the_rules_round_it_are_not() -> None:
    prompt = f"{RULE}\n<document title='Returns' url='https://acme.com/r'>{RETURNS}</document>\n{RULE}"
    one = exchange()
    sent, found = explained(one, ask(system(prompt), "May I?"), f"{RETURNS} {RULE}")
    (document,) = [source for source in found.sources if source.kind == "document"]
    assert (document.title, document.url, document.origin) == ("Returns", "https://acme.com/r", "instructions")
    first, second = found.statements
    assert first.evidence[0].source_id == document.id
    content = sent["messages"][0]["content"]
    assert document.at is not None
    place = document.at + first.evidence[0].start
    assert content[place : place + len(first.evidence[0].quote)] == first.evidence[0].quote == RETURNS
    assert second.evidence[0].withheld
    assert "500" not in json.dumps([source.model_dump() for source in found.sources])
    assert "Returns" in found.text


def test_the_trace_lists_the_documents_that_were_found() -> None:
    one = exchange()
    explained(one, ask(system(f"<doc id='returns-v7'>{RETURNS}</doc>"), "May I?"), RETURNS)
    trace = one.finish()
    assert trace is not None
    assert (trace.sources[0].id, trace.sources[0].kind) == ("returns-v7", "document")


def test_a_document_in_the_customers_message_is_said_to_have_come_with_it() -> None:
    _, found = explained(exchange(), ask(f"<doc title='Returns'>{RETURNS}</doc>\nMay I?"), RETURNS)
    assert "Returns (sent along with your message)" in found.text


def test_in_the_customers_message_nothing_is_looked_for_where_documents_were_named() -> None:
    given = Source(id="delivery", text="Delivery takes two working days.")
    body = ask(system(given.text), "<document title='Refunds'>Refunds go up to 9000 dollars.</document>")
    _, found = explained(exchange(Context(sources=(given,))), body, "Refunds go up to 9000 dollars.")
    assert {source.kind for source in found.sources} == {"document", "customer_message"}
    assert found.statements[0].evidence[0].source_id == "message-1"


def test_the_customers_own_data_in_the_instructions_is_their_profile() -> None:
    prompt = (
        "You help Jane Doe with refunds.\nCustomer:\n- Name: Jane Doe\n- E-mail: jane.doe@example.com\n"
        "- Risk: high, says jane.doe@example.com\nEscalate to: boss@acme.example"
    )
    one = exchange(Context(customer=JANE))
    _, found = explained(one, ask(system(prompt), "Who am I?"), "Your e-mail is jane.doe@example.com.")
    (profile,) = [source for source in found.sources if source.kind == "profile"]
    (evidence,) = found.statements[0].evidence[:1]
    assert evidence.source_id == profile.id
    assert evidence.quote.endswith("E-mail: jane.doe@example.com")
    assert "Risk" not in found.model_dump_json()
    assert "boss@acme.example" not in found.model_dump_json()
    assert "your customer account" in found.text


def test_anybody_elses_data_in_the_instructions_stays_with_the_rules() -> None:
    prompt = "Customer e-mail: jane.doe@example.com\nEscalate to: boss@acme.example"
    one = exchange(Context(customer=JANE))
    _, found = explained(one, ask(system(prompt), "Who?"), "Escalate to [EMAIL_2].")
    assert found.statements[0].text == "Escalate to boss@acme.example."
    assert [item.source_id for item in found.statements[0].evidence] == ["message-0"]
    assert found.statements[0].evidence[0].withheld


def test_a_look_up_is_shown_by_the_fields_the_reply_repeats() -> None:
    result = {"order": "A-1007", "status": "shipped", "margin": "12 dollars", "eta": "2024-05-20", "mail": JANE.email}
    body = ask("Where is it?", {"role": "tool", "tool_call_id": "c", "content": json.dumps(result)})
    _, found = explained(
        exchange(Context(customer=JANE)), body, "It has shipped, arrives on 20 May 2024, mail to [EMAIL_1]."
    )
    fields = found.statements[0].evidence[0].fields
    assert [(field.path, field.text) for field in fields] == [
        ("status", "shipped"),
        ("eta", "2024-05-20"),
        ("mail", JANE.email),
    ]
    assert json.dumps(result)[fields[2].start : fields[2].end] == JANE.email
    assert "status: “shipped”, eta: “2024-05-20” and mail" in found.text
    assert "margin" not in found.text


def test_it_says_where_hidden_data_came_from_and_what_came_back() -> None:
    body = ask(
        system("Be kind."),
        "I am jane.doe@example.com",
        {"role": "tool", "tool_call_id": "c", "content": "+44 20 7946 0958"},
    )
    _, found = explained(exchange(Context(customer=JANE)), body, "We write to [EMAIL_1].")
    assert {(source.kind, source.personal) for source in found.sources} == {
        ("instructions", ()),
        ("customer_message", ("EMAIL_ADDRESS",)),
        ("tool_result", ("PHONE_NUMBER",)),
    }
    assert {(hidden.entity_type, hidden.count, hidden.used) for hidden in found.hidden} == {
        ("EMAIL_ADDRESS", 1, 1),
        ("PHONE_NUMBER", 1, 0),
    }
    assert "It came from: your own message and a look-up in our system." in found.text
    assert "Put back into the reply for you: 1 email address." in found.text
