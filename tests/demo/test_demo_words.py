"""Choosing a sentence by the words it shares with a question."""

from __future__ import annotations

import pytest

from explainbot.demo.words import best_sentence, overlap, sentences

PASSAGE = (
    "We check a returned item within 3 working days. "
    "Refunds to a card take up to 5 working days. Is it late? Then call."
)


def test_prose_is_cut_into_its_sentences() -> None:
    assert sentences(PASSAGE) == [
        "We check a returned item within 3 working days.",
        "Refunds to a card take up to 5 working days.",
        "Is it late?",
        "Then call.",
    ]


def test_amounts_with_a_point_are_not_cut() -> None:
    assert sentences("It costs £4.50. That is all.") == ["It costs £4.50.", "That is all."]


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("How long does the refund to my card take?", "Refunds to a card"),
        ("When do you check what I return?", "We check"),
        ("Zebra?", "We check"),
        ("", "We check"),
    ],
)
def test_the_sentence_with_most_shared_words_is_chosen_and_the_first_of_equals(question: str, begins: str) -> None:
    assert best_sentence(question, sentences(PASSAGE)).startswith(begins)


@pytest.mark.parametrize(
    ("question", "chosen"),
    [
        ("What does a new key cost?", "One costs £14."),
        ("Where is my key?", "Order a key with the key number."),
        ("I lost my key, the number too. What does one cost?", "One costs £14."),
    ],
)
def test_a_sentence_with_a_number_is_preferred_where_a_number_is_asked_for(question: str, chosen: str) -> None:
    assert best_sentence(question, ["Order a key with the key number.", "One costs £14."]) == chosen


def test_no_candidates_give_nothing() -> None:
    assert best_sentence("Why?", []) == ""


def test_placeholders_and_empty_words_do_not_count() -> None:
    assert overlap("What about [PERSON_1] and [EMAIL_1]?", "What about [PERSON_1] and [EMAIL_1]?") == 0
