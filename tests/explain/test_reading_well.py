"""What customers of an airline's bot were shown and stumbled over: said plainly, once, and of the right source."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from explainbot.explain import Explanation, Record, Source, explain, ground

RULES = Source(
    "rules",
    "Basic economy cannot be changed, but economy can. The class of a cabin is the same on all flights. "
    "The trip type is one way or round trip.",
    kind="instructions",
)
FLIGHT = Source(
    "call_1",
    json.dumps(
        {"reservation_id": "M05KNL", "cabin": "basic_economy", "flight": "HAT172", "seats": 2, "price": 102, "bags": 3}
    ),
    kind="tool_result",
    tool="get_reservation",
)
RECORD = Record(
    trace_id="t-1",
    created=datetime(2025, 3, 1, tzinfo=UTC),
    operation="chat",
    provider="openai",
    model="m-1",
    reply="",
    sources=(RULES, FLIGHT),
)


def told(reply: str, *more: Source) -> Explanation:
    return explain(replace(RECORD, reply=reply, sources=(RULES, FLIGHT, *more)))


def test_a_fact_is_found_in_the_look_up_before_the_rules_and_what_was_said_before() -> None:
    """The rules hold the same words for everybody, and the bot's own words prove nothing."""
    before = Source("m-1", "**Cabin Class**: Basic Economy", kind="history")
    (one,) = told("**Cabin Class**: Basic Economy", before).statements
    assert one.evidence[0].source_id == "call_1"
    assert [(field.path, field.text) for field in one.evidence[0].fields] == [("cabin", "basic_economy")]


def test_a_small_number_is_no_field_that_happens_to_hold_it() -> None:
    """The 2 of "Flight 2" is not two seats; where the field is named, it is shown."""
    shown = told("**Flight 2:** HAT172, Price: $102").statements[0].evidence[0].fields
    assert [field.path for field in shown] == ["flight", "price"]
    shown = told("Reservation M05KNL has 3 bags and costs $102.").statements[0].evidence[0].fields
    assert [field.path for field in shown] == ["reservation_id", "price", "bags"]


def test_json_that_no_field_of_is_repeated_is_not_quoted() -> None:
    """A customer reads no braces. The source is named all the same."""
    raw = Source("call_2", '{"note": "the refund goes to the card that paid"}', kind="tool_result", tool="notes")
    text = told("The refund goes back to the card that paid for it.", raw).text
    assert "look-up in our system (notes)" in text
    assert '"note"' not in text
    assert "The source says" not in text


def test_a_short_statement_is_not_set_against_a_date_of_something_else() -> None:
    """Half of "return date" stands beside any date."""
    other = Source("call_3", '{"flight": "HAT1", "date": "2024-05-10"}', kind="tool_result", tool="get_reservation")
    assert [one.state for one in told("**Return Date:** May 27, 2024", other).statements] == ["not found"]


@pytest.mark.parametrize(
    ("answer", "source"),
    [
        ("As you are two guests, you may take 4 free bags.", "Each guest may take 2 free bags."),
        ("For three nights the room costs $150.", "The room costs $50 for a night."),
    ],
)
def test_what_was_worked_out_from_the_source_is_not_found_but_no_conflict(answer: str, source: str) -> None:
    """Twice two bags for two guests contradicts nobody; that it was worked out right is not checked."""
    (one,) = ground(answer, [source])
    assert one.state in ("not found", "partly found")
    assert "not found" in {value.state for value in one.values}


def test_a_duration_in_words_is_a_rate_only_where_it_is_one() -> None:
    assert [one.state for one in ground("Refunds take three weeks.", ["Refunds take two weeks."])] == ["conflicts"]
    assert [one.state for one in ground("Refunds take three weeks.", ["Refunds take 1 week."])] == ["conflicts"]


def test_a_name_is_known_by_the_code_in_brackets_after_it() -> None:
    flight = Source("f", '{"origin": "ORD", "destination": "JFK"}', kind="tool_result", tool="find")
    for name in ("Chicago O'Hare (ORD)", "Chicago (ORD)", "New York Kennedy (JFK)"):
        (one,) = ground(f"The origin or destination is {name}.", [flight])
        assert one.values == (), name
    (one,) = ground("The origin is Boston Logan (BOS).", [flight])
    assert {value.text for value in one.values} == {"Boston", "Logan", "BOS"}


def test_a_list_of_what_is_asked_for_claims_nothing() -> None:
    """Its items are no statements; what holds a value still claims it, and so does a list of facts."""
    reply = (
        "To book it, could you please provide the following details:\n"
        "1. The date of the flight.\n2. The cabin class you prefer.\n3. Whether you want insurance for $30.\n\n"
        "Here are the rules of the trip:\n- The trip type is one way.\n\nThe class of a cabin is the same."
    )
    assert [one.state for one in ground(reply, [RULES])] == [
        *("no claim", "no claim", "no claim", "not found"),
        *("no claim", "found", "found"),
    ]


def test_rules_are_a_source_of_the_company() -> None:
    """Who was given rules was given something."""
    assert "It was not found in any company source." in explain(replace(RECORD, reply="Zebras sleep.")).headline
    alone = explain(replace(RECORD, reply="Zebras sleep.", sources=()))
    assert "The AI was given no company source." in alone.headline


def test_a_source_is_not_said_to_be_unquoted_beside_its_own_quote() -> None:
    """Two earlier messages have one name: if one is quoted, the line on what was not quoted leaves the name out."""
    said = [
        Source(f"m-{number}", text, kind="history")
        for number, text in enumerate(("Your departure is on May 26.", "Do you need a hotel in Boston?"))
    ]
    text = told("Your departure is on May 26.", *said).text
    assert "The source says: “Your departure is on May 26.”" in text
    assert "an earlier message" not in text.partition("nothing here was quoted from")[2]


def test_the_first_line_counts_what_was_found_in_part_too() -> None:
    """What is found, partly found, not found and against its source adds up to all."""
    headline = told(
        "Reservation M05KNL has the price $102. The cabin class economy is quiet. Zebras sleep in tents."
    ).headline
    assert "1 of its 3 statements was found in" in headline
    assert "1 of its 3 statements was partly found in" in headline
    assert "1 statement was not found" in headline


def test_where_nothing_is_claimed_it_is_said_once() -> None:
    text = told("Hello! How can I help you?").text
    assert "It makes no claim that could be checked." in text
    assert "more sentence" not in text


@pytest.mark.parametrize(
    "sentence",
    [
        "I can certainly help you with canceling your reservations.",
        "Additionally, I'll need to know the reason for the cancellation.",
        "Also, let me know which payment method you'd like to use.",
        "And please share your booking number.",
        "Now, could you tell me your user ID?",
        "If so, please confirm, and let me know how you want to pay.",
    ],
)
def test_what_asks_or_offers_claims_nothing(sentence: str) -> None:
    assert [one.state for one in ground(sentence, [RULES])] == ["no claim"]


@pytest.mark.parametrize("sentence", ["Also, zebras sleep in tents.", "Then the fee is $50.", "If so, it is refunded."])
def test_what_follows_a_linking_word_still_claims(sentence: str) -> None:
    assert [one.state for one in ground(sentence, [RULES])] == ["not found"]
