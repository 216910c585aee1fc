"""A name is found where it was sent in two fields, or inside a longer one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_exchange import JANE, ask, exchange, send, whole
from test_provenance import explained

from explainbot._given import Context
from explainbot._spelt import in_parts, wholes
from explainbot.explain import Explanation
from explainbot.privacy import Customer, Redactor, Vault
from explainbot.privacy.restorer import restore_all

CALL = {
    "role": "assistant",
    "content": None,
    "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "get_user", "arguments": "{}"}}],
}


def looked_up(reply: str, result: Any, customer: Customer | None = JANE) -> Explanation:
    tool = {"role": "tool", "tool_call_id": "c1", "content": json.dumps(result)}
    body = ask("Whose ticket is it?", CALL, tool)
    return explained(exchange(Context(customer=customer)), body, reply)[1]


@pytest.mark.parametrize("customer", [JANE, None])
def test_a_full_name_is_found_in_two_fields_of_a_look_up(customer: Customer | None) -> None:
    reply = "The passenger Jane Doe is gold."
    found = looked_up(reply, {"passenger": {"first_name": "Jane", "last_name": "Doe"}, "tier": "gold"}, customer)
    (one,) = found.statements
    assert one.state == "found"
    assert [(field.path, field.text) for field in one.evidence[0].fields][:2] == [
        ("passenger.first_name", "Jane"),
        ("passenger.last_name", "Doe"),
    ]
    assert (one.text, one.start, one.end) == (reply, 0, len(reply))
    assert all(reply[value.start : value.end] == value.text for value in one.values)
    assert "Not found" not in found.text


@pytest.mark.parametrize(("first", "last"), [("محمد", "علي"), ("Zoë", "Müller-Lüdenscheid"), ("Jane", "O'Hara")])
def test_a_name_of_any_script_is_found_in_its_parts(first: str, last: str) -> None:
    """Also where each part comes back in a direction of its own."""
    result = json.dumps({"passenger": {"first": first, "last": last}, "tier": "gold"}, ensure_ascii=False)
    one = exchange(Context(customer=Customer(name=f"{first} {last}")))
    sent = send(one, ask("Who?", CALL, {"role": "tool", "tool_call_id": "c1", "content": result}))
    parts = json.loads(sent["messages"][2]["content"])["passenger"]
    body = whole(one, f"The passenger {parts['first']} {parts['last']} is gold.")
    text, told = body["choices"][0]["message"]["content"], Explanation.model_validate(body["explanation"])
    assert told.statements[0].state == "found"
    assert [(value.text, value.state) for value in told.statements[0].values] == [(first, "found"), (last, "found")]
    assert all(text[value.start : value.end] == value.text for value in told.statements[0].values)


def test_of_very_many_values_the_first_are_looked_for() -> None:
    """A reply that lists thousands costs no more than one that lists a hundred."""
    vault = Vault()
    given = {vault.placeholder_for(name, "PERSON"): "PERSON" for name in ("Jane", "Doe")}
    jane = vault.placeholder_for("Jane Doe", "PERSON")
    many = " ".join(vault.placeholder_for(f"Nobody {number}", "PERSON") for number in range(200))
    texts = ["[PERSON_1] and [PERSON_2]"]
    assert in_parts(jane, texts, given, vault) == "[PERSON_1] [PERSON_2]"
    assert in_parts(f"{many} {jane}", texts, given, vault) == f"{many} {jane}"


def test_a_name_of_which_one_part_was_sent_is_not_found() -> None:
    (one,) = looked_up("The passenger Jane Doe is gold.", {"passenger": {"first_name": "Jane"}}).statements
    assert [(value.text, value.state) for value in one.values] == [("Jane Doe", "not found")]


def test_a_first_name_is_found_where_the_full_name_was_sent() -> None:
    _, found = explained(
        exchange(Context(customer=JANE)), ask("The ticket is for Jane Doe."), "The ticket is for Jane."
    )
    assert [value.state for value in found.statements[0].values] == ["found"]
    assert found.statements[0].state == "found"


def test_a_first_name_is_not_found_in_an_address_of_another_kind() -> None:
    body = ask("Write to jane.doe@example.com.")
    _, found = explained(exchange(Context(customer=JANE)), body, "The ticket is for Jane.")
    assert found.statements[0].state == "not found"


def test_a_name_that_was_sent_whole_in_a_call_only_is_found_in_its_parts() -> None:
    """What the model asked a tool is no source."""
    function = {"name": "get_user", "arguments": '{"name": "Jane Doe"}'}
    call = {**CALL, "tool_calls": [{"id": "c1", "type": "function", "function": function}]}
    tool = {"role": "tool", "tool_call_id": "c1", "content": '{"first": "Jane", "last": "Doe", "tier": "gold"}'}
    _, found = explained(exchange(Context(customer=JANE)), ask("Who?", call, tool), "Jane Doe is gold.")
    assert [value.state for value in found.statements[0].values] == ["found", "found"]


def test_a_number_is_found_however_its_parts_are_joined() -> None:
    jane = Customer(name="Jane Doe", extra={"payment": ["certificate_7504069"]})
    _, found = explained(
        exchange(Context(customer=jane)),
        ask("Use certificate_7504069 for it, which holds $250."),
        "Certificate 7504069: $250. The gift card ending in 7504069 is used.",
    )
    assert [[value.state for value in one.values] for one in found.statements] == [["found", "found"], ["found"]]


@given(
    st.lists(st.sampled_from(["Jane", "Doe", "Jane Doe", "Doe Jane", "and", "\n"]), max_size=8),
    st.lists(st.sampled_from(["Jane", "Doe", "Jane Doe"]), max_size=3),
)
def test_put_in_parts_a_reply_restores_to_the_same_text(words: list[str], sent: list[str]) -> None:
    vault, redactor = Vault(), Redactor(customer=JANE)
    made = [redactor.redact(text, vault) for text in sent]
    given = {edit.placeholder: edit.entity_type for one in made for edit in one.edits}
    sent = [str(one.text) for one in made]
    reply = str(redactor.redact(" ".join(words), vault).text)
    changed = in_parts(reply, sent, given, vault)
    assert restore_all(changed, vault) == restore_all(reply, vault)
    assert set().union(*wholes(changed, sent, given, vault).values()) <= set(given)
