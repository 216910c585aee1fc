"""Names, addresses and places that no cue announces: what is hidden, what is left, and how settings change it."""

from __future__ import annotations

import re
from itertools import pairwise, product
from math import exp, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainbot import Settings
from explainbot.engine import Engine
from explainbot.errors import ConfigError
from explainbot.privacy import Detection, Redactor, Vault, detect, redact, restore
from explainbot.privacy.detectors import tagger as detector
from explainbot.privacy.giving_way import give_way
from explainbot.privacy.tagger import tagging
from explainbot.privacy.tagger.chain import FAVOUR, LABELS, Chain
from explainbot.privacy.tagger.features import tokens
from explainbot.privacy.tagger.spans import spans
from explainbot.privacy.tagger.tagging import Tagger, tagger

POLICY = """# Refunds at Northwind
Agents of Northwind refund the Kindle Paperwhite within 30 days. Premier members may return shoes in store.
If the flight from Boston to Denver is cancelled, offer a voucher. Will Call tickets are not refunded.
"""


def kinds(text: str, **settings: object) -> dict[str, str]:
    """What is found, with its entity type."""
    return {text[item.start : item.end]: item.entity_type for item in Redactor(**settings).detect(text)}  # type: ignore[arg-type]


def test_the_bots_own_words_are_left() -> None:
    assert redact(POLICY).text == POLICY


def test_a_place_is_hidden_where_it_is_somebodys_and_every_place_when_asked() -> None:
    assert kinds("I live in Osnabrück and need a new card.") == {"Osnabrück": "LOCATION"}
    assert kinds("Book a flight from Boston to Denver.") == {}
    assert kinds("Book a flight from Boston to Denver.", mask_places=True) == {"Boston": "PLACE", "Denver": "PLACE"}


def test_each_town_of_a_list_is_a_place_of_its_own() -> None:
    text = "Direct flights to Los Angeles, San Francisco, Seattle"
    assert kinds(text, mask_places=True) == dict.fromkeys(["Los Angeles", "San Francisco", "Seattle"], "PLACE")


def test_a_country_is_a_place_and_no_name() -> None:
    page = "We send parcels to Ireland, France, Belgium, the Netherlands and Germany. Delivery to Ireland costs £12."
    assert kinds(page) == {}
    assert kinds("I live in Ireland.") == {"Ireland": "LOCATION"}
    assert kinds("Kind regards, Sarah Ireland") == {"Sarah Ireland": "PERSON"}


def test_a_row_of_signs_longer_than_any_name_is_none() -> None:
    assert detect("\u5c3e" * 16_384) == ()
    longest = "Wolfeschlegelsteinhausenbergerdorff"
    assert kinds(f"Frau {longest} ruft an") == {longest: "PERSON"}


def test_an_address_ends_before_the_word_for_what_follows() -> None:
    text = "It goes to Finn O'Sullivan, 54 Millrace Lane, Brindle, BR2 9HS, phone 07700 900806."
    assert str(redact(text).text) == "It goes to [PERSON_1], [ADDRESS_1], phone [PHONE_1]."
    assert "12345" not in str(redact("It goes to 54 Millrace Lane, Brindle, BR2 9HS, phone 12345.").text)


def test_a_company_is_hidden_where_somebody_works_and_every_company_when_asked() -> None:
    assert kinds("I work for Brightwater Analytics Ltd.") == {"Brightwater Analytics Ltd": "ORGANIZATION"}
    order = "I ordered it from Brightwater Analytics Ltd."
    assert kinds(order) == {}
    assert kinds(order, thresholds={"COMPANY": 0.5}) == {"Brightwater Analytics Ltd": "COMPANY"}


@pytest.mark.parametrize(
    "text",
    [
        "Our house is in >Osnabrück<.", "I commute from >Denver< every day.", "my hometown is >Denver<",
        "We're a family of four from >Leeds<", "We moved from >Boston< to >Denver<.", "I'm a student in >Denver<.",
    ],
)  # fmt: skip
def test_a_place_is_somebodys_by_what_is_said_before_it(text: str) -> None:
    assert kinds(text.translate({60: None, 62: None})) == dict.fromkeys(re.findall(">(.*?)<", text), "LOCATION")


@pytest.mark.parametrize(
    "said",
    ["I'm a nurse at {}.", "I am the Founder & CEO of {}.", "I own {}, a small shop.", "I've been with {} for years."],
)
def test_a_company_is_somebodys_by_what_is_said_before_it(said: str) -> None:
    assert kinds(said.format("Brightwater Analytics Ltd")) == {"Brightwater Analytics Ltd": "ORGANIZATION"}
    assert kinds("I am a customer of Brightwater Analytics Ltd.") == {}


@pytest.mark.parametrize(
    "text",
    [
        "The Ray-Ban Wayfarer case is missing.", "Does the lamp work with Alexa?", "Promised a callback by EOD.",
        "Gesendet: Montag, 3. Juni", "How about the house called Baycrest at the lake?", "What about Sony Hall?",
        "Golden Wok is another nice restaurant in San Mateo.", "What about Zoo Atlanta?", "In Chicago it rains.",
        "I want to watch Gloria Bell tonight.", "Book a table for 2 at Alice's tonight.", "3rd Street Cinema has it.",
        "I ordered Amber Ale.", "The Stanley Quencher lid does not fit.", "Victoria line is suspended.",
        "How about Lincoln Glen? It is a very good property.", "A house in the name Affordable Housing Associates.",
        "OpenAI/Python 3.57.0", "Boarding at gate 14B.", "Cross-Product rules apply.", "Pay it to EveryonePay now.",
        "What is the forecast for Pinole on March 1st?", "It is on the album Mahandini.",
        "You will get an e-amil soon.", "Share the place of Giulia's asian cuisine.", "Emma Ridge costs $3,450.",
        "Searching in Atlanta, GA today.", "The game is Reds vs Blues.", "Bye!", "I need a bus to Santa Rosa.",
    ],
)  # fmt: skip
def test_what_is_sold_and_when_is_nobodys_name(text: str) -> None:
    assert kinds(text) == {}


@pytest.mark.parametrize(
    "name",
    ["Sarah Curry", "Sarah House", "Maria Burger", "Sarah Kitchen", "Alexa Jones", "Siri Andersen", "Shirley Temple"],
)
def test_somebody_may_be_called_like_what_is_sold_or_built(name: str) -> None:
    assert kinds(f"{name} never got her order.") == {name: "PERSON"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My friend Emma Park will come.", "Emma Park"), ("I spoke to Zofika Park.", "Zofika Park"),
        ("Kate Hall signed it.", "Kate Hall"),
        ("Emma Lee, the restaurant manager, was rude.", "Emma Lee"), ("Call Emma Lee at the hotel.", "Emma Lee"),
        ("Erica Fernandez is at the Newmark Theatre.", "Erica Fernandez"),
        ("Please ask Karen T. Fowler, Ms about it.", "Karen T. Fowler, Ms"),
        ("Latoya Lamonte Whitfield will collect it.", "Latoya Lamonte Whitfield"),
    ],
)  # fmt: skip
def test_somebody_beside_such_words_is_somebody(text: str, name: str) -> None:
    assert kinds(text) == {name: "PERSON"}


def test_what_a_house_is_called_is_nobodys_name() -> None:
    assert kinds("One is at 201 Harrison Street called Baycrest.") == {"201 Harrison Street": "ADDRESS"}


@pytest.mark.parametrize(
    "text",
    [
        "Can I pay with Klarna?", "Wann kommt mein Paket von DHL an?", "We use Teams and Jira.",
    ],
)  # fmt: skip
def test_companies_of_everybodys_are_not_taken_for_people(text: str) -> None:
    assert kinds(text) == {}


def test_thresholds_are_settings_and_hold_for_rules_too() -> None:
    text = "Please transfer $20 to Sarah."
    made = [Engine(Settings(store="off", thresholds=least)).redactor(None) for least in ({}, {"PERSON": 2.0})]
    assert [str(redactor.redact(text, Vault()).text) for redactor in made] == [
        "Please transfer $20 to [PERSON_1].",
        text,
    ]
    assert kinds("My name is Anna", thresholds={"PERSON": 2.0}) == {}
    with pytest.raises(ConfigError, match=r"thresholds\.PERSON"):
        Settings(thresholds={"PERSON": -1})


def test_what_a_rule_is_certain_of_keeps_its_type() -> None:
    text = "12 Elm Road, 4111 1111 1111 1111, Austin"
    found = [
        Detection(0, len(text), "ADDRESS", 0.9, "all of it", "tagger"),
        Detection(13, 32, "CREDIT_CARD", 0.99, "Luhn", "credit_card"),
    ]
    assert [(text[item.start : item.end], item.entity_type) for item in give_way(found, {"tagger"}, text)] == [
        ("12 Elm Road", "ADDRESS"),
        ("Austin", "ADDRESS"),
        ("4111 1111 1111 1111", "CREDIT_CARD"),
    ]
    assert give_way(found, (), text) == found


def test_names_of_tools_and_models_are_judged_by_rules_alone() -> None:
    redactor = Redactor()
    assert redactor.detect("Sarah Connor called")
    assert not redactor.detect_certain("Sarah Connor called")
    assert redactor.detect_certain("jane@example.com")


def test_the_same_text_is_tagged_the_same_whatever_was_read_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "WORDS", 5)
    text = "I spoke to Oluwaseun Adeyemi, then to Priya Raman at 12 Elm Road, Austin, TX 78701."
    fresh = list(Tagger(tagger()._model).tag(text))
    used = Tagger(tagger()._model)
    for other in ("another text altogether", text, POLICY):
        list(used.tag(other))
    assert fresh == list(used.tag(text))
    assert len(used._words) <= 5


def test_what_the_tagger_remembers_holds_no_text() -> None:
    list(tagger().tag("ask Marlene Kowalski"))
    assert not any(isinstance(part, str) for word in tagger()._words.items() for part in (word[0], *word[1]))


def test_tokens_keep_their_place_in_any_script() -> None:
    text = "O'Neil,\n王小明 42 नमस्ते\x00김민수a1"
    read = list(tokens(text))
    assert [token.word for token in read] == [text[token.start : token.start + len(token.word)] for token in read]
    assert [token.word for token in read] == [
        *("O", "'", "Neil", ",", "\n", "王", "小", "明", "42", "नमस्ते", "\x00", "김", "민", "수", "a", "1"),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "a", "\x00", "🙂", "é" * 300, "Mr " * 50, "\ud800 Sarah"])
def test_odd_texts_are_read_and_come_back(text: str) -> None:
    vault = Vault()
    assert restore(redact(text, vault=vault)) == text
    assert all(0 <= item.start < item.end <= len(text) for item in detect(text))


def test_a_number_of_a_json_text_stays_a_number() -> None:
    """A sum that reads like a postcode: only a rule that is certain may make a string of a number."""
    booking = '{"passenger": {"first_name": "Amelia", "last_name": "Okonkwo"}, "payment": [{"amount": 16005}]}'
    hidden = redact(booking)
    assert '{"amount": 16005}' in hidden.text
    assert "Amelia" not in hidden.text
    assert "4111111111111111" not in redact('{"card": 4111111111111111}').text


def test_what_joins_two_numbers_is_no_address() -> None:
    """Otherwise every "and" of the conversation would be hidden from then on."""
    text = "cust-88231 and cust-88231 and 4111 1111 1111 1111 and DE89 3704 0044 0532 0130 00 and "
    assert all(text[item.start : item.end] != "and" for item in detect(text))
    joined = "12 Elm Road 4111 1111 1111 1111 and Elm House"
    whole = Detection(0, len(joined), "ADDRESS", 0.9, "", "tagger")
    card = Detection(12, 31, "CREDIT_CARD", 1.0, "", "credit_card")
    kept = give_way([whole, card], {"tagger"}, joined)
    left = [joined[item.start : item.end] for item in kept if item.detector == "tagger"]
    assert left == ["12 Elm Road", "and Elm House"]


@pytest.mark.parametrize("text", ["Where is my order 10001?", "order 48213 and ticket 99812", "Invoice 20451, please."])
def test_the_number_of_an_order_is_no_postcode(text: str) -> None:
    assert detect(text) == ()


@pytest.mark.parametrize("text", ["My zip is 10001.", "12 Elm Street, Boston, MA 02134", "Ich wohne in 10115 Berlin"])
def test_a_postcode_is_found_by_what_stands_beside_it(text: str) -> None:
    hidden = redact(text).text
    assert not any(part in hidden for part in ("10001", "02134", "10115"))


TALK = (
    POLICY,
    "I spoke to Oluwaseun Adeyemi, then to Priya Raman at 12 Elm Road, Austin, TX 78701.",
    "Ich heiße Jürgen Weiß und wohne in der Lindenallee 7b, 80331 München. Wann kommt mein Paket?",
    "昨日、田中さんと話しました。注文が届きません。 J. R. R. " * 3,
    '{"name": {"first_name": "Mia", "last_name": "Garcia"}, "city": "Denver", "membership": "gold"}',
)


@pytest.mark.parametrize("text", TALK)
def test_what_is_passed_over_to_save_time_would_not_have_been_found(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = [(item.start, item.end, item.entity_type) for item in spans(tagger(), text) if item.score > 0.4]
    for gate in ("_TO_TOP_BY_WORDS", "_TO_TOP", "_TO_TOP_LIVELY"):
        monkeypatch.setattr(tagging, gate, tagging._TOP)
    whole = [(item.start, item.end, item.entity_type) for item in spans(tagger(), text) if item.score > 0.4]
    assert quick == whole


_SHARE = st.floats(-5, 5)


@given(st.lists(st.tuples(_SHARE, _SHARE, _SHARE, _SHARE), min_size=1, max_size=3))
def test_chances_are_those_of_all_ways_to_label_a_stretch(shares: list[tuple[float, float, float, float]]) -> None:
    moves = tagger()._model.moves
    ways: dict[tuple[int, ...], float] = {}
    for labels in product(LABELS, repeat=len(shares)):
        path = (0, *labels, 0)
        weight = sum(moves[left * 5 + right] for left, right in pairwise(path))
        ways[labels] = exp(weight + sum((0.0, *own)[label] for own, label in zip(shares, labels, strict=True)))
    for at, (chance, label) in enumerate(Chain(moves).weigh(shares)):
        by_label = [sum(weight for labels, weight in ways.items() if labels[at] == one) for one in LABELS]
        assert isclose(chance, 1 - by_label[0] / sum(by_label), rel_tol=1e-6, abs_tol=1e-9)
        assert by_label[label] * FAVOUR[label] >= max(by_label[one] * FAVOUR[one] for one in LABELS) * (1 - 1e-9)


def test_a_long_document_is_read_once_for_all_conversations(monkeypatch: pytest.MonkeyPatch) -> None:
    document = f"{POLICY}Ask Oluwaseun Adeyemi. {monkeypatch!r}" * 5
    read: list[int] = []

    def counted(_: Tagger, text: str) -> list[Detection]:
        read.append(len(text))
        return list(spans(tagger(), text))

    monkeypatch.setattr(detector, "spans", counted)
    found = [Redactor().detect(text) for text in (document, document, document + "?")]
    assert read == [len(document), len(document) + 1]
    assert found[0] == found[1] == found[2] != ()
    assert "Adeyemi" not in repr(vars(detector._READ))


@pytest.mark.parametrize(
    "text",
    ["Autumn screw came with it.", "It broke. Penny water came out.", "Pearl is low.", "Turner answer please."],
)
def test_an_everyday_word_that_opens_a_sentence_is_no_name(text: str) -> None:
    assert kinds(text) == {}


@pytest.mark.parametrize("name", ["Autumn", "Penny", "Pearl", "Turner"])
def test_the_same_word_is_a_name_where_a_name_is_due(name: str) -> None:
    assert kinds(f"I spoke to {name} yesterday.") == {name: "PERSON"}


@pytest.mark.parametrize(
    "text",
    [
        "A house called Deer Valley is free.", "The film called Amelie Poulain starts at eight.",
        "How about Anna Lindh Apartments for that price?", "Vera Molina, which is located at 12 Elm Road, is full.",
    ],
)  # fmt: skip
def test_a_house_or_a_film_is_nobody(text: str) -> None:
    assert "PERSON" not in kinds(text).values()
