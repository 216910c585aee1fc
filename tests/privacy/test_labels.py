"""What a field is called tells what its value is, in every way that programs write the name of a field."""

from __future__ import annotations

import json

import pytest

from explainbot.privacy import Redactor, Vault
from explainbot.privacy.detectors import DETECTORS
from explainbot.privacy.labels import joints, words_of

RULES = Redactor([(name, DETECTORS.load(name)) for name in DETECTORS if name != "tagger"])

FIELDS = {
    ("date", "of", "birth"): "1990-04-05",
    ("passport", "number"): "X1234567",
    ("phone", "number"): "20 123 456",
    ("tax", "id"): "912345678",
    ("driver", "license", "number"): "D1234567",
    ("account", "number"): "12345678",
    ("shop", "api", "key"): "ve71do0prejrg941l8ypf2wifajxbbq9",
    ("zip", "code"): "75011",
}
SPELLINGS = {
    "camel": lambda words: words[0] + "".join(map(str.capitalize, words[1:])),
    "pascal": lambda words: "".join(map(str.capitalize, words)),
    "snake": "_".join,
    "shouted": lambda words: "_".join(words).upper(),
}
PLACES = {
    "json": '{{"{name}": "{value}"}}',
    "json in prose": 'The tool said {{"{name}": "{value}"}} to us.',
    "settings": "{name}={value}",
    "yaml": "profile:\n  {name}: {value}\n",
    "xml": "<{name}>{value}</{name}>",
    "assigned": '{name} := "{value}"',
    "mapped": '"{name}" => "{value}"',
    "passed": 'set("{name}", "{value}")',
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("words", FIELDS, ids="-".join)
def test_a_field_is_read_by_the_words_in_its_name(words: tuple[str, ...], spelling: str, place: str) -> None:
    value = FIELDS[words]
    text = PLACES[place].format(name=SPELLINGS[spelling](words), value=value)
    assert value in [text[item.start : item.end] for item in RULES.detect(text)], text


@pytest.mark.parametrize(
    "text",
    [
        '{"orderNumber": "4471-9920", "stockKeepingUnit": "AB-2041", "deliveryDate": "2026-04-05"}',
        "shippingMethod: express, cacheKey=order:42, primaryKey: user_id",
        "An iPhone case: 12.99; pay by PayPal: yes",
        '{"idempotencyKey": "retry", "isGift": true, "totalAmount": 129.95}',
    ],
)
def test_the_names_of_a_shops_own_fields_call_for_nothing(text: str) -> None:
    assert RULES.detect(text) == ()


def test_a_name_is_taken_apart_at_humps_and_underscores_unless_it_may_be_a_placeholder() -> None:
    assert words_of("dateOfBirth") == "date Of Birth"
    assert words_of("DATE_OF_BIRTH") == "DATE OF BIRTH"
    assert words_of("userIDNumber") == "user ID Number"
    assert words_of("EMAIL_1") == "EMAIL_1"
    assert words_of("jane@example.com") == "jane@example.com"
    assert joints("PERSON_A and myName", frozenset(["name"])) == ([], set())
    assert joints("myName: x", frozenset(["name"])) == ([(2, 2, " ")], {"name"})
    assert joints("myName := x", frozenset(["name"])) == ([(2, 2, " "), (6, 9, ":")], {"name"})
    assert joints("myName: x", frozenset(["street"])) == ([], set())


def test_a_name_within_a_key_is_hidden_with_the_whole_key_and_comes_back() -> None:
    text = json.dumps({"JaneDoeWife": 1, "email_of_Jane": "jane@example.com"})
    vault = Vault()
    redaction = RULES.redact(text, vault)
    assert "jane@example.com" not in redaction.text
    assert json.loads(redaction.text).keys() == {"JaneDoeWife", "email_of_Jane"}
