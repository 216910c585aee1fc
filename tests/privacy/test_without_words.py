"""What rules find without a word for it, and what of code and documents they leave."""

from __future__ import annotations

import pytest

from explainbot.privacy import Redactor
from explainbot.privacy.detectors import DETECTORS

RULES = Redactor([(name, DETECTORS.load(name)) for name in DETECTORS if name != "tagger"])


@pytest.mark.parametrize(
    "text",
    [
        "def login(self, username: str | bytes, password: str | bytes) -> None:",
        'api_key=os.environ.get("OPENAI_API_KEY")',
        'password = click.prompt("Password", hide_input=True)',
        "token = b64encode(userpass).decode()",
        "self._password = to_bytes(password)",
        "client = OpenAI(",
        "name: Annotated[str]",
        "pass `--strict` to the command",
        "Pass `capture_all=True` to it",
        "librtmp1 2.4+20151223.gitfa8646d",
        "brotlicffi >= 1.2.1.0",
        "http://127.0.0.1:8000/docs and 0.0.0.0:80",
        "git clone git@github.com:example/shop",
        "Visit our website https://shop.example/returns",
        "Size chart: 38 40 42 44 46",
        "activity-6963242628536487936",
        "Boston, MA 02110-1301",
    ],
)
def test_code_and_documents_hold_nobodys_data(text: str) -> None:
    assert [text[item.start : item.end] for item in RULES.detect(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I am at SW1A 1AA in London", ["SW1A 1AA"]),
        ("from M1 1AE to EC1A 1BB", ["M1 1AE", "EC1A 1BB"]),
        ("post code: CR2 6XH", ["CR2 6XH"]),
        ("Model QA1 2BC", []),
        ("part XM1 1AE-2", []),
        ("by post 12345", []),
        ("the W1 2nd floor, A4 2PK", []),
    ],
)
def test_a_british_postcode_is_known_by_its_form(text: str, found: list[str]) -> None:
    assert [text[item.start : item.end] for item in RULES.detect(text)] == found


CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("4242424242424242 5555555555554444", ["4242424242424242", "5555555555554444"]),
        ("4242424242424242 12/29 123", ["4242424242424242"]),
        (f"{CARD}jane@x.org", [f"{CARD}jane@x.org"]),  # with the address that it runs into
        (f"{CARD}CVV123", [CARD]),
        ("card4242424242424242", ["4242424242424242"]),
        ("6205 5000 0000 0000 004", ["6205 5000 0000 0000 004"]),
        ("8171999900000000021", ["8171999900000000021"]),
        ("a4242424242424242b", []),
        ("ORD4242424242424242", []),
    ],
)
def test_a_card_is_found_beside_other_numbers_and_where_a_word_runs_into_it(text: str, cards: list[str]) -> None:
    found = [text[item.start : item.end] for item in RULES.detect(text) if item.entity_type == "CREDIT_CARD"]
    assert found == cards
