"""Whole-JSON texts are redacted in place: only what is found changes, every other byte stays."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from privacy_strategies import CUSTOMER

from explainbot.privacy import Customer, Redactor, Restorer, Vault, redact, restore
from explainbot.privacy.detectors import DETECTORS
from explainbot.privacy.jsontext import unescape
from explainbot.privacy.restorer import restore_all

RULES = [(name, DETECTORS.load(name)) for name in DETECTORS if name != "tagger"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"mail" :\t"jane@example.com", "n": 1.50}', '{"mail" :\t"[EMAIL_1]", "n": 1.50}'),
        ('{"jane@example.com": [true, null]}', '{"[EMAIL_1]": [true, null]}'),
        ('[ "caf\\u00e9 jane@example.com \\/ ok" ]', '[ "caf\\u00e9 [EMAIL_1] \\/ ok" ]'),
        ('{"card": 4111111111111111}', '{"card": "[CARD_1]"}'),
        ('{"phone": 4155550132, "order": 4155550132}', '{"phone": "[PHONE_1]", "order": 4155550132}'),
        ('{"ssn": "219099999"}', '{"ssn": "[SSN_1]"}'),
        (
            '{"args": "{\\"to\\": \\"jane@example.com\\", \\"card\\": 4111111111111111}"}',
            '{"args": "{\\"to\\": \\"[EMAIL_1]\\", \\"card\\": \\"[CARD_1]\\"}"}',
        ),
        ('["jane@example.com", "and jane@example.com"]', '["[EMAIL_1]", "and [EMAIL_1]"]'),
        ("[1, 2, 3]", "[1, 2, 3]"),
    ],
)
def test_only_the_found_pieces_change(text: str, expected: str) -> None:
    redaction = redact(text)
    assert redaction.text == expected
    assert restore(redaction) == text


@pytest.mark.parametrize(
    "text",
    [
        '{"items": [{"name": "Blue Kettle", "sku": "BK-1"}, {"name": "Stanley Mug", "quantity": 2}]}',
        '{"products": [{"name": "Wooden Chair"}, {"name": "Victoria Sofa", "unitPrice": 300}]}',
        '{"plan": {"name": "Premium Plan"}, "store": {"name": "Garden World"}}',
        '{"sku": "BK-1", "name": "Blue Kettle"}',
        '{"artikel": {"name": "Trail Backpack", "menge": 1}}',
    ],
)
def test_the_name_of_a_thing_stays(text: str) -> None:
    """A model that is not told what was ordered cannot answer for it."""
    assert redact(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        '{"passengers": [{"name": "Jane Doe", "price": 120}]}',
        '{"name": "Priya", "quantity": 2}',
        '{"product": {"id": 3}, "name": "Tom"}',
        '{"sku": "BK-1", "name": "Åsa Lindström"}',
    ],
)
def test_the_name_of_a_person_beside_a_thing_is_hidden(text: str) -> None:
    assert "[PERSON_1]" in redact(text).text


def test_a_value_is_one_person_in_prose_and_in_escaped_json() -> None:
    vault = Vault()
    redactor = Redactor(customer=CUSTOMER)
    assert redactor.redact("I am Zoë", vault).text == "I am [PERSON_1]"
    profile = json.dumps({"first": "Zoë"})
    redacted = redactor.redact(profile, vault).text
    assert redacted == '{"first": "[PERSON_1]"}'
    assert restore(redacted, vault) == profile
    assert restore("Hello [PERSON_1]", vault) == "Hello Zoë"


def test_two_notations_of_one_value_are_both_restored_as_they_were() -> None:
    text = '{"a": "Zo\\u00eb", "b": "Zoë", "c": "4111111111111111", "card": 4111111111111111}'
    redaction = redact(text, customer=CUSTOMER)
    assert restore(str(redaction.text), redaction.vault) == text
    assert restore("[PERSON_1] [PERSON_2]", redaction.vault) == "Zoë Zoë"


@given(st.text(min_size=1, max_size=30), st.text(max_size=8), st.text(max_size=8))
def test_restoring_inside_json_keeps_it_valid_whatever_the_value(value: str, before: str, after: str) -> None:
    vault = Vault()
    placeholder = vault.placeholder_for(value, "PERSON")
    arguments = json.dumps({"to": "x "}).replace("x ", placeholder)
    restorer = Restorer(vault, json_string=True)
    assert json.loads(restorer.feed(arguments) + restorer.flush()) == {"to": value}
    assert json.loads(restore(arguments, vault)) == {"to": value}
    surrounded = json.dumps([before, after]).replace('", "', f'", "{placeholder}", "')
    assert json.loads(restore(surrounded, vault))[1] == value


def test_a_value_taken_from_json_in_json_is_escaped_once_in_tool_call_arguments() -> None:
    vault = Vault()
    inner = json.dumps({"name": "Zoë"})
    outer = redact(json.dumps({"result": inner}), vault=vault, customer=CUSTOMER)
    assert restore(str(outer.text), vault) == json.dumps({"result": inner})
    restorer = Restorer(vault, json_string=True)
    assert json.loads(restorer.feed('{"to": "[PERSON_1]"}') + restorer.flush()) == {"to": "Zoë"}


@pytest.mark.parametrize(
    "raw", ["plain", r"a\nb", r"\u00e9x", r"\ud83d\ude00y", r"\ud83dz", r"\\\"\/", r"x\ud83d\ud83d\ude00", ""]
)
def test_offsets_of_unescaped_characters_point_at_their_notation(raw: str) -> None:
    content, offsets = unescape(raw, 5)
    assert content == json.loads(f'"{raw}"')
    if offsets is not None:
        assert len(offsets) == len(content) + 1
        for index, char in enumerate(content):
            assert json.loads('"' + raw[offsets[index] - 5 : offsets[index + 1] - 5] + '"') == char


@pytest.mark.parametrize(
    "text", ['{"a": "jane@example.com"', "{'a': 'jane@example.com'}", '"jane@example.com"', '{"a": "x\ny@z.de"}']
)
def test_what_is_no_json_object_or_array_is_read_as_plain_text(text: str) -> None:
    redaction = redact(text)
    assert "[EMAIL_1]" in redaction.text
    assert restore(redaction) == text


@given(st.text(st.sampled_from('aé\n"\\{}[],:'), min_size=3, max_size=12), st.integers(1, 9), st.booleans())
def test_json_that_a_model_repeats_unasked_stays_what_it_was(value: str, size: int, shown: bool) -> None:
    vault = Vault()
    customer = Customer(extra={"note": f"Gate 4711{value}0815"})
    text = json.dumps({"to": [f"to Gate 4711{value}0815"], "n": 1})
    sent = Redactor(RULES, customer).redact(text, vault).text
    restorer = Restorer(vault, shown=shown)
    pieces = [sent[at : at + size] for at in range(0, len(sent), size)]
    assert "".join(map(restorer.feed, pieces)) + restorer.flush() == text


def test_only_the_strings_of_json_have_escapes() -> None:
    vault = Vault()
    text = json.dumps(["1 Elm Road\nLondon, N1 9GU"])
    [edit] = redact(text, vault=vault).edits
    for text in ('[a] "{}"', 'He said "{}"', '{{"a": 1}} "{}"', "[{}]"):
        given_out = restore_all(text.format(edit.placeholder), vault)
        assert given_out == text.format("1 Elm Road\nLondon, N1 9GU")
    assert restore_all(f'["{edit.placeholder}"]', vault) == json.dumps(["1 Elm Road\nLondon, N1 9GU"])
