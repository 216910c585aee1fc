"""Every value known of the customer is hidden in every form it is likely to take."""

from __future__ import annotations

import copy
import dataclasses
import json
import os
import pickle
import re
import signal
import threading
from re._parser import parse
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from explainbot.privacy import Customer, Redaction, Redactor, Vault
from explainbot.privacy.customer import kind_of
from explainbot.privacy.detectors import DETECTORS
from explainbot.privacy.known import FEW, _Matcher, known_customer
from explainbot.privacy.known_forms import squeeze
from explainbot.privacy.normalise import folded
from explainbot.privacy.words import FUNCTION_WORDS, PARTICLES, TITLES

MIA = Customer(
    id="C-10442",
    name="Mia Li",
    email="mia.li3818@example.com",
    phone="+1 415 555 0132",
    address="975 Sunset Drive, Suite 217, Austin, TX 78750, USA",
    extra={"date_of_birth": "1990-04-05", "user_id": "mia_li_3668", "payment_id": "credit_card_4421486"},
)


RULES = [(name, DETECTORS.load(name)) for name in DETECTORS if name != "tagger"]
"""The tagger reads names by itself; here it must be the customer that they are known by."""


def redact(text: str, *, customer: Customer, vault: Vault | None = None) -> Redaction:
    return Redactor(RULES, customer).redact(text, Vault() if vault is None else vault)


def found(text: str, customer: Customer = MIA) -> list[tuple[str, str]]:
    detections = Redactor(RULES, customer).detect(text)
    return [(text[item.start : item.end], item.entity_type) for item in detections]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("I am Mia Li.", "Mia Li"),
        ("MIA  LI here", "MIA  LI"),
        ("mia\nli", "mia\nli"),
        ("Mia\u00a0Li", "Mia\u00a0Li"),
        ("Mia-Li", "Mia-Li"),
        ("Li, Mia", "Li, Mia"),
        ("Mia's parcel", "Mia"),
        ("Ms Li called", "Li"),
        ("ask mia!", "mia"),
        (r"first\nMia", "Mia"),
        ("MIA.LI3818@EXAMPLE.COM", "MIA.LI3818@EXAMPLE.COM"),
        ("?m=mia.li3818%40example.com", "mia.li3818%40example.com"),
        ("415.555.0132", "415.555.0132"),
        ("4155550132", "4155550132"),
        ("order 4155550132", "4155550132"),
        ("(415) 555 0132", "(415) 555 0132"),
        ("+1-415-555-0132", "+1-415-555-0132"),
        ("0014155550132", "0014155550132"),
        ("975 sunset drive", "975 sunset drive"),
        ("975 Sunset\n Drive", "975 Sunset\n Drive"),
        ("suite 217", "suite 217"),
        ("ZIP 78750", "78750"),
        ("born 1990-04-05", "1990-04-05"),
        ("born April 5, 1990", "April 5, 1990"),
        ("born 5th of April 1990", "5th of April 1990"),
        ("born 05/04/1990", "05/04/1990"),
        ("born 04/05/90", "04/05/90"),
        ("né le 5 avril 1990", "5 avril 1990"),
        ("user MIA_LI_3668", "MIA_LI_3668"),
        ("user mia-li-3668", "mia-li-3668"),
        ("credit card 4421486", "credit card 4421486"),
        ("customer c10442", "c10442"),
        ("customer C 10442", "C 10442"),
        ("m\u200bia", "m\u200bia"),
    ],
)
def test_variants_are_hidden(text: str, hidden: str) -> None:
    assert [piece for piece, _ in found(text)] == [hidden]


@pytest.mark.parametrize(
    "text",
    ["Miami", "familia", "family", "Alice", "lily", "xmia", "14155550132999", "Sunset",
    "Drive to Austin, TX in the USA", "1978750",
     "5 April 1991", "credit card", "C-104421", "mia_list"],
)  # fmt: skip
def test_other_words_that_hold_the_same_letters_are_left(text: str) -> None:
    assert found(text) == []


def test_places_are_hidden_only_when_asked() -> None:
    text = "A flight to Austin, USA"
    assert redact(text, customer=MIA).text == text
    assert Redactor(RULES, MIA, mask_places=True).redact(text, Vault()).text == "A flight to [PLACE_1], [PLACE_2]"


@pytest.mark.parametrize(
    ("name", "text", "hidden"),
    [
        ("Will Young", "Will is young, will he? WILL YOUNG", ["Will", "WILL YOUNG"]),
        ("An Do", "An ant can do so", ["An"]),
        ("May So", "may I, so to say", []),
        ("Ludwig van der Berg", "van in the Berg; van der Berg", ["Berg", "van der Berg"]),
        ("J. Li", "j is li", ["li"]),
        ("Dr. Ana Maria López", "dr ana, Lopez and Ana López", ["ana, Lopez", "Ana López"]),
        ("Anna-Maria Weiß", "Anna Maria; AnnaMaria or weiss", ["Anna Maria", "AnnaMaria", "weiss"]),
        ("Jörg Müller", r"J\u00f6rg, joerg, JÖRG, Jo" + "\u0308rg", [r"J\u00f6rg", "joerg", "JÖRG", "Jo\u0308rg"]),
        ("İbrahim Yıldız", "IBRAHIM, ibrahim or yildiz", ["IBRAHIM", "ibrahim", "yildiz"]),
        ("İrem Işık", "Am I talking to İREM IŞIK?", ["İREM IŞIK"]),
        ("李小龙", "我叫李小龙。", ["李小龙"]),
        ("Müller, Jörg", "Jörg Müller", ["Jörg Müller"]),
        ("O'Neil", "O'Neil and o’neil", ["O'Neil", "o’neil"]),
        ("X", "X marks the spot", []),
    ],
)
def test_names(name: str, text: str, hidden: list[str]) -> None:
    assert [piece for piece, _ in found(text, Customer(name=name))] == hidden


@pytest.mark.parametrize(
    ("number", "text", "hidden"),
    [
        ("+44 7911 123456", "07911 123456", ["07911 123456"]),
        ("+44 7911 123456", "+44 (0)7911-123456", ["+44 (0)7911-123456"]),
        ("07911 123456", "+44 7911 123456", ["+44 7911 123456"]),
        ("+49 30 1234567", "030/1234567", ["030/1234567"]),
        ("415-555-0132", "1 415 555 0132", ["1 415 555 0132"]),
        ("123", "123", []),
    ],
)
def test_one_number_in_all_the_ways_it_is_dialled(number: str, text: str, hidden: list[str]) -> None:
    assert [piece for piece, _ in found(text, Customer(phone=number))] == hidden


@pytest.mark.parametrize(
    ("address", "text", "hidden"),
    [
        ("10 Downing Street, London SW1A 2AA", "sw1a2aa, 10 downing street", ["sw1a2aa", "10 downing street"]),
        ("Hauptstr. 5\n10115 Berlin", "Hauptstr 5 oder 10115", ["Hauptstr 5", "10115"]),
        ("Rose Cottage, Mill Lane, Ely CB7 4AB", "Rose cottage, CB7 4AB", ["Rose cottage", "CB7 4AB"]),
        ("975 Sunset Drive Austin TX 78750", "975 Sunset Drive or 78750", ["975 Sunset Drive", "78750"]),
    ],
)
def test_addresses(address: str, text: str, hidden: list[str]) -> None:
    assert [piece for piece, _ in found(text, Customer(address=address))] == hidden


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("dob", "DATE_OF_BIRTH"), ("dateOfBirth", "DATE_OF_BIRTH"), ("user_id", "USER_ID"), ("userId", "USER_ID"),
        ("payment_methods", "PAYMENT_ID"), ("paymentId", "PAYMENT_ID"), ("zip", "POSTCODE"), ("postal_code",
        "POSTCODE"),
        ("passport_number", "PASSPORT"), ("membership", "MEMBERSHIP_ID"), ("IBAN", "IBAN_CODE"), ("email2",
        "EMAIL_ADDRESS"),
        ("mobile_phone", "PHONE_NUMBER"), ("first_name", "PERSON"), ("city", "PLACE"), ("favourite_pet",
        "CUSTOMER_DATA"),
        ("description", "CUSTOMER_DATA"), ("shipping", "CUSTOMER_DATA"),
    ],
)  # fmt: skip
def test_the_name_of_a_value_says_what_it_is(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_nested_values_are_flattened_and_descriptions_are_not_personal() -> None:
    customer = Customer(
        extra={
            "payment_methods": {
                "card_4421486": {"id": "card_4421486", "brand": "visa", "last_four": 7447},
                "gift": ["G-99-1234"],
            },
            "saved_passengers": [{"first_name": "Amelia", "last_name": "Ahmed", "dob": "1957-03-21"}],
            "active": True,
            "nothing": None,
        }
    )
    text = "card_4421486 (visa 7447), G-99-1234, Amelia Ahmed 1957-03-21, True None"
    assert redact(text, customer=customer).text == (
        "[PAYMENT_1] (visa [PAYMENT_2]), [PAYMENT_3], [PERSON_1] [PERSON_2] [BIRTHDATE_1], True None"
    )


@pytest.mark.parametrize("value", ["7", "42", "no", "", "  ", 123, True])
def test_a_value_too_short_to_be_told_apart_is_left(value: object) -> None:
    assert redact(f"about {value} or so", customer=Customer(extra={"note": value})).text == f"about {value} or so"


def test_json_within_a_text_is_seen_through() -> None:
    customer = Customer(name="Zoë Müller", extra={"note": 'say "hi"'})
    text = "result: " + json.dumps(json.dumps({"name": "Zoë Müller", "note": 'say "hi"'}))
    assert redact(text, customer=customer).text.count("[") == 2


def test_the_repr_of_a_customer_shows_how_many_values_it_has() -> None:
    assert repr(MIA) == "Customer(8 values)"


def test_a_customer_can_be_compared_hashed_copied_and_pickled() -> None:
    redact("warm the cache", customer=MIA)
    for twin in (copy.deepcopy(MIA), pickle.loads(pickle.dumps(MIA)), copy.copy(MIA)):
        assert twin == MIA
        assert hash(twin) == hash(MIA)
        assert redact("Mia", customer=twin).text == "[PERSON_1]"


@given(
    st.text(alphabet=st.characters(categories=["Lu", "Ll"]), min_size=3, max_size=12),
    st.text(alphabet=st.characters(categories=["Lu", "Ll"]), min_size=3, max_size=12),
    st.sampled_from(["{0} {1}", "{1}, {0}", "{0}\u00a0{1}", "{0}\n{1}", "{0}", "{1}", "{0}'s", "({1})"]),
    st.sampled_from([str, str.upper, str.lower, str.title]),
)
def test_any_name_is_hidden_in_any_order_and_case(given_name: str, surname: str, frame: str, case: object) -> None:
    assert callable(case)
    assume({given_name.lower(), surname.lower()}.isdisjoint(FUNCTION_WORDS | PARTICLES | TITLES))
    written = frame.format(given_name, surname)
    cased = case(written)
    if cased.lower() != written.lower():  # letters that do not survive a change of case, such as ß
        cased = written
    vault = Vault()
    Redactor([], Customer(name=f"{given_name} {surname}")).redact(f"x {cased} y", vault)
    assert vault.counts().get("PERSON", 0) >= 1
    left = Redactor([], Customer(name=f"{given_name} {surname}")).redact(f"x {cased} y", vault).text.lower()
    assert given_name.lower() not in left.split()
    assert surname.lower() not in left.split()


def test_the_number_of_an_id_is_hidden_when_it_stands_without_its_prefix() -> None:
    customer = Customer(extra={"payment_id": "credit_card_7815826", "gift": "gift_card_12"})
    sent = redact("the card 7815826, not 17815826, nor gift 12", customer=customer).text
    assert sent == "the card [PAYMENT_1], not 17815826, nor gift 12"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning")
def test_a_fork_while_a_pattern_is_compiled_does_not_hold_up_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    compiling, done = threading.Event(), threading.Event()

    def slow(pattern: str) -> re.Pattern[str]:
        if threading.current_thread() is not threading.main_thread():
            compiling.set()
            done.wait(30)
        return compiled(pattern)

    compiled = re.compile
    first, second = (Redactor(customer=Customer(name=name)) for name in ("Anna Quist", "Bert Olsen"))
    monkeypatch.setattr("explainbot.privacy.known_forms.re.compile", slow)
    thread = threading.Thread(target=first.redact, args=("Anna Quist", Vault()))
    thread.start()
    assert compiling.wait(30)
    child = os.fork()
    if not child:
        signal.alarm(20)  # ends a child that waits for ever
        os._exit(0 if second.redact("Bert Olsen", Vault()).text == "[PERSON_1]" else 1)
    _, status = os.waitpid(child, 0)
    done.set()
    thread.join()
    assert os.waitstatus_to_exitcode(status) == 0


def test_no_part_of_the_matcher_shows_a_value() -> None:
    matcher = known_customer(Customer(name="Anna Quist", id="c-88231"))
    shown = repr((matcher, vars(matcher)["_forms"])).lower()
    assert not [word for word in ("anna", "quist", "88231") if word in shown]


OLU = Customer(
    name="Oluwaseun Grace Adeyemi",
    extra={"order_id": "W7766554", "orders": {"#W1234567": {"phone": "415-555-0132"}}, "ticketNumber": "T-99871"},
)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("from O. Adeyemi, London", ["O. Adeyemi"]),
        ("O Adeyemi", ["O Adeyemi"]),
        ("O. G. Adeyemi", ["O. G. Adeyemi"]),
        ("Oluwaseun G. Adeyemi", ["Oluwaseun G. Adeyemi"]),
        ("Adeyemi, O.", ["Adeyemi, O"]),
        ("option O is fine", []),
    ],
)
def test_initials_stand_for_names_beside_the_surname(text: str, hidden: list[str]) -> None:
    assert [piece for piece, _ in found(text, OLU)] == hidden


def test_numbers_of_orders_and_tickets_are_called_what_they_are() -> None:
    assert [kind for _, kind in found("W7766554, #W1234567 and T-99871", OLU)] == ["REFERENCE_ID"] * 3
    assert found("415-555-0132", OLU) == [("415-555-0132", "PHONE_NUMBER")]


def test_a_value_that_stands_only_in_nested_json_gets_one_placeholder() -> None:
    text = json.dumps({"a": json.dumps({"n": "Marlene\tQuist"})})
    vault = Vault()
    redaction = redact(text, vault=vault, customer=Customer(name="Marlene Quist"))
    assert "[PERSON_1]" in redaction.text
    assert len(vault) == 1


WORDS = st.sampled_from(
    ["Mia", "Zoë", "O'Neil", "van", "Li", "王", "C-10442", "card_4421486", "1990-04-05", "7 Elm Rd", "𐐀ß"]
)
values = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
customers = st.builds(
    Customer,
    id=values,
    name=values,
    address=values,
    email=values,
    extra=st.fixed_dictionaries({"dob": values | st.dates().map(str), "note": values}),
)


SEPARATORS = [*"&*\\:;@<>[]{}|=%^~!?+/#_-.,'()", " & ", ": ", ' "', "=" * 40, "\u2007", " \n"]


@given(st.lists(st.sampled_from(["Gate", "b", "4711", "Sons", "Ärzte"]), min_size=2, max_size=4), st.data())
def test_whatever_stands_between_the_words_of_a_value_it_is_hidden(words: list[str], data: st.DataObject) -> None:
    value = words[0] + "".join(data.draw(st.sampled_from(SEPARATORS)) + word for word in words[1:])
    assume(sum(map(len, words)) > 3)
    for text in (f"It is {value} here", json.dumps({"it": json.dumps(value)})):
        assert [(kind, "here" in hit) for hit, kind in found(text, Customer(extra={"note": value}))] == [
            ("CUSTOMER_DATA", False)
        ]


@pytest.mark.parametrize("value", ["İ-a\u0301-ñ-17", "a\u0301ß%İ42", "ıñ“İ1ıbñZ"])
def test_a_value_is_hidden_as_it_is_written_whatever_its_letters(value: str) -> None:
    for text in (value, value.upper().replace("SS", "ß")):
        assert found(f"It is {text}, ok", Customer(extra={"note": value})) == [(text, "CUSTOMER_DATA")]


@given(customers)
def test_no_pattern_matches_more_than_twice_its_own_length(customer: Customer) -> None:
    """So a pattern need only be run that far to either side of where its key stands."""
    for form in _Matcher(customer, mask_places=True)._forms:
        assert parse(form.pattern).getwidth()[1] <= 2 * len(form.pattern)


@given(customers, st.lists(values | st.text(" .,\\n'x1é\u00a0", max_size=8), max_size=12).map("".join))
def test_many_values_are_found_as_few_are(customer: Customer, text: str) -> None:
    many = Customer(
        customer.id,
        customer.name,
        customer.email,
        None,
        customer.address,
        {**customer.extra, "more": [f"q{number}q{number}" for number in range(FEW)]},
    )
    few = sorted(known_customer(customer)(text))
    assert sorted(known_customer(many)(text)) == few
    for form in _Matcher(customer, mask_places=False)._forms:
        everywhere = set(form.found(text, folded(text), range(len(text) or 1)))
        assert {hit for hit in everywhere if any(key in squeeze(folded(text)) for key in form.keys)} <= set(few)


def test_a_customer_can_be_taken_apart_and_copied_but_not_changed() -> None:
    customer = Customer(name="Mia Li", extra={"pins": {"a": ["43217"]}})
    assert redact("Mia, 43217", customer=customer).text == "[PERSON_1], [SECRET_1]"
    parts = dataclasses.asdict(customer)
    assert Customer(**parts) == customer == copy.deepcopy(customer) == pickle.loads(pickle.dumps(customer))
    assert json.loads(json.dumps(parts))["extra"] == {"pins": {"a": ["43217"]}}
    assert set(parts) == {"id", "name", "email", "phone", "address", "extra"}
    extra: Any = customer.extra
    for change in (
        lambda: extra.update(a=1),
        lambda: extra.pop("pins"),
        lambda: extra.__setitem__("a", 1),
        extra.clear,
    ):
        with pytest.raises(TypeError, match="make a new Customer"):
            change()
    assert copy.deepcopy(customer.extra) == customer.extra


@pytest.mark.parametrize("field", ["id", "name", "email", "phone", "address", "note"])
@pytest.mark.parametrize(
    "value", ["a", "I", "the", "The the", "it", "Mr", "7", "42", "123", ".", "", " ", "von der", "x"]
)
def test_a_value_that_says_too_little_is_left(field: str, value: str) -> None:
    customer = Customer(extra={"note": value}) if field == "note" else Customer(**{field: value})
    text = "I have a dog, the the cat, it is x. Mr mr von der, 7 42 and 123: we can."
    assert redact(text, customer=customer).text == text


def test_a_name_that_is_an_everyday_word_is_hidden_with_a_capital() -> None:
    assert redact("An may say what An wants", customer=Customer(name="An May")).text.count("[PERSON_") == 2
    assert redact("Ng and ng", customer=Customer(name="Ng")).text == "[PERSON_1] and [PERSON_2]"
