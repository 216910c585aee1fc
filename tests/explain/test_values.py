"""Values: one normal form for the many ways of writing the same amount, date, time or number."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainbot.explain.lexicons import LEXICONS
from explainbot.explain.reading import Value
from explainbot.explain.tokens import tokens
from explainbot.explain.values import values

ENGLISH = LEXICONS.load("en")


def read(text: str) -> list[Value]:
    return values(text, tokens(text), ENGLISH)


def borne_out(said: str, source: str) -> bool:
    """Whether every value in `said` is given by `source`."""
    given_keys = {key for value in read(source) for key in value.gives}
    found = read(said)
    assert found, "no value was read"
    return all(not given_keys.isdisjoint(value.needs) for value in found)


SAME = [
    ("$50", "50 USD"),
    ("$50", "fifty dollars"),
    ("$50", "US dollars: USD 50"),
    ("$50", '{"amount": 50}'),
    ("$50.00", "$50"),
    ("50 €", "EUR 50"),
    ("€1,234.50", "1.234,50 €"),
    ("CHF 1'234", "1234 francs"),
    ("$1.5k", "$1,500"),
    ("$2 million", "$2,000,000"),
    ("50 cents", "$0.50"),
    ("$20 CAD", "CAD 20"),
    ("20%", "20 percent"),
    ("20 %", "twenty per cent"),
    ("24 h", "one day"),
    ("24 hours", "a day"),
    ("24-hour", "1 day"),
    ("two weeks", "14 days"),
    ("7 business days", "seven working days"),
    ("5-7 days", "5 to 7 days"),
    ("5 days", "between 5 and 7 days"),
    ("a year", "12 months"),
    ("3 PM", "15:00"),
    ("3:00 p.m.", "15:00:00"),
    ("3pm", "3 p.m."),
    ("noon", "12:00 PM"),
    ("12 AM", "00:00"),
    ("3:30", "15:30"),
    ("9:00-17:00", "from 9 AM to 5 PM"),
    ("2024-05-03", "May 3rd, 2024"),
    ("3 May 2024", "05/03/2024"),
    ("03/05/2024", "3.5.2024"),
    ("3rd of May", "2024-05-03T10:00:00Z"),
    ("10:00", "2024-05-03T10:00:00Z"),
    ("May 3, 2024", "May 3"),
    ("May 2024", "2024-05-31"),
    ("Monday to Friday", "Mon-Fri"),
    ("Wednesday", "Mon–Fri"),
    ("order 1042", "ORD-1042"),
    ("flight HAT069", '"flight_number": "hat069"'),
    ("+44 20 7946 0958", "020 7946 0958"),
    ("(555) 123-4567", "+1 555 123 4567"),
    ("Write to Help@Acme.example.", "help@acme.example"),
    ("https://acme.example/a", "See https://acme.example/a."),
    ("[EMAIL_1]", "Customer: [EMAIL_1]"),
    ("five passengers", "5 passengers"),
    ("twenty-five bags", "25 bags"),
    ("three hundred miles", "300 miles"),
    ("２４ hours", "24 hours"),
]


@pytest.mark.parametrize(("said", "source"), SAME, ids=[f"{said}={source}" for said, source in SAME])
def test_two_ways_of_writing_are_one_value(said: str, source: str) -> None:
    """A value is borne out by a source that writes it in another usual way."""
    assert borne_out(said, source)


OTHER = [
    ("$50", "$60"),
    ("$50", "50 EUR"),
    ("$50", "50%"),
    ("$50", "50 passengers"),
    ("$50", "50 days"),
    ("$1.50", "$150"),
    ("20%", "$20"),
    ("20%", "20 days"),
    ("24 hours", "24 days"),
    ("7 business days", "7 days"),
    ("2 weeks", "2 days"),
    ("3 PM", "3 AM"),
    ("3 PM", "03:00"),
    ("15:00", "3:00 AM"),
    ("2024-05-03", "2024-05-04"),
    ("May 3, 2024", "May 3, 2023"),
    ("May 3", "June 3"),
    ("May 2024", "June 2024"),
    ("3.5.2024", "5.3.2024"),
    ("Saturday", "Mon-Fri"),
    ("Tuesday", "Monday and Friday"),
    ("HAT069", "HAT096"),
    ("order 1042", "order 1043"),
    ("+44 20 7946 0958", "+44 20 7946 0959"),
    ("[EMAIL_2]", "[EMAIL_1]"),
    ("a@acme.example", "b@acme.example"),
    ("five passengers", "six passengers"),
]


@pytest.mark.parametrize(("said", "source"), OTHER, ids=[f"{said}!={source}" for said, source in OTHER])
def test_another_value_is_not_the_same(said: str, source: str) -> None:
    """A value is not borne out by a near miss: another unit, currency, half of the day, year or digit."""
    assert not borne_out(said, source)


@pytest.mark.parametrize(
    "text",
    [
        "no one knows",
        "one way or another",
        "we may march on",
        "the second leg",
        "sat in the sun",
        "Version: see below",
    ],
)
def test_turns_of_phrase_are_no_values(text: str) -> None:
    """Words that are numbers, months or weekdays elsewhere are none here."""
    assert read(text) == []


@given(st.text(max_size=200) | st.text(alphabet="0123456789.,:-/$€% apm[]_+()Mayhdt\u0664\u00bd\u00b2", max_size=200))
def test_values_are_slices_in_order(text: str) -> None:
    """Whatever the text: values lie in it, in order, without overlap, and give and need something."""
    found = read(text)
    assert all(0 <= one.start < one.end <= len(text) and one.gives and one.needs for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@given(st.text(alphabet="0123456789.,:-/$% apmMayhdt", max_size=60))
def test_a_value_bears_itself_out(text: str) -> None:
    """A text gives every value it needs."""
    given_keys = {key for value in read(text) for key in value.gives}
    assert all(not given_keys.isdisjoint(value.needs) for value in read(text))
