"""What a reply in JSON says: the sentences of its strings and its other fields, each checked by itself."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainbot.explain import ground
from explainbot.explain.lexicons import LEXICONS
from explainbot.explain.said import said
from explainbot.explain.sentences import LONG, sentences

ENGLISH = LEXICONS.load("en")
POLICY = "You can return any item within 30 days. Refunds arrive within 5 working days."


def states(answer: str) -> list[tuple[str, str]]:
    return [(one.text, one.state) for one in ground(answer, [POLICY])]


@pytest.mark.parametrize("indent", [None, 1])
def test_each_sentence_of_a_reply_in_json_is_checked_by_itself(indent: int | None) -> None:
    """What the source says is found, what it says otherwise is not, and a field that holds no value claims nothing."""
    answer = {
        "answer": "Refunds arrive within 5 working days. Delivery costs $4.",
        "more": ["Can I help you with anything else?", "You can return any item within 60 days."],
        "fee": "$9",
        "category": "refunds",
        "person": False,
    }
    assert states(json.dumps(answer, indent=indent)) == [
        ("Refunds arrive within 5 working days.", "found"),
        ("Delivery costs $4.", "not found"),
        ("Can I help you with anything else?", "no claim"),
        ("You can return any item within 60 days.", "conflicts"),
        ('"fee": "$9"', "not found"),
        ('"category": "refunds"', "no claim"),
        ('"person": false', "no claim"),
    ]


def test_the_letter_of_an_escape_is_no_part_of_a_word_or_number() -> None:
    """`\\n60 days` says 60 days, and a sentence ends where its line does."""
    answer = json.dumps({"answer": "Returns:\n- any item within\t30 days\n60 days for members\\next"})
    stated = ground(answer, [POLICY])
    assert [one.text for one in stated[-2:]] == ["any item within\\t30 days", "60 days for members\\\\next"]
    assert [value.text for one in stated for value in one.values] == ["30 days", "60 days"]
    assert all(answer[one.start : one.end] == one.text for one in stated)


def test_the_name_of_a_field_is_a_label() -> None:
    """A value that a source gives is found, whatever the field is called; a number alone needs the name as well."""
    answer = json.dumps({"mail": "[EMAIL_1]", "delivery_date": "2026-05-03", "to": "[EMAIL_2]", "return_days": 30})
    source = "I am at [EMAIL_1], since 2026-05-03. Items can be returned for 30 days."
    assert [one.state for one in ground(answer, [source])] == ["found", "found", "not found", "partly found"]


def test_a_character_by_its_number_is_read_as_that_character() -> None:
    """`\\u20ac49.90` is an amount, and a statement that begins with an escape begins with all of it."""
    answer = json.dumps({"price": "€49.90", "more": "Ärzte zahlen 5 €.", "face": "\U0001f600 ok \0"})
    first, second, face = ground(answer, ["It is €49.90."])
    assert ([value.text for value in first.values], first.state) == (["\\u20ac49.90"], "found")
    assert (first.text, second.text) == ('"price": "\\u20ac49.90"', "\\u00c4rzte zahlen 5 \\u20ac.")
    assert all(answer[one.start : one.end] == one.text for one in (first, second, face))
    assert all(answer[value.start : value.end] == value.text for one in (first, second) for value in one.values)
    assert said(answer, ENGLISH)[0].isprintable()


@pytest.mark.parametrize(
    "answer",
    [
        '[1] Refunds take "5" days [2]',
        '{"a": "b c. d e."',
        "{" * 100_000 + "}" * 100_000,
        '["\\',
        "[]",
        '{"a": 1 2}',
        '{"a": NaN, "b": "c d"}',
    ],
)
def test_what_is_no_json_is_read_as_prose(answer: str) -> None:
    """A reply that only looks like JSON is cut as any text is, so that nothing in it goes unread."""
    assert said(answer, ENGLISH) == (answer, sentences(answer, ENGLISH))


def test_a_long_string_without_spaces_is_cut() -> None:
    """No piece is a page long."""
    _, pieces = said(json.dumps({"data": "A" * 5 * LONG}), ENGLISH)
    assert len(pieces) > 4
    assert all(one.end - one.start <= LONG for one in pieces)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.text('ab5 .\n\t"\\{}[]:,é', max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('ab:"\\', max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(_JSON.filter(lambda value: isinstance(value, list | dict)), st.sampled_from([None, 2]), st.booleans())
def test_every_value_of_a_json_text_stands_in_a_piece(value: object, indent: int | None, ascii_only: bool) -> None:
    """Pieces stand in order, do not overlap, and no digit of the text is lost but in the names of fields."""
    answer = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    plain, pieces = said(answer, ENGLISH)
    assert len(plain) == len(answer)
    ends = [0, *(one.end for one in pieces)]
    assert all(before <= one.start < one.end for before, one in zip(ends, pieces, strict=False))
    inside = "".join(answer[one.start : one.end] for one in pieces)
    assert inside.count("5") == answer.count("5")
