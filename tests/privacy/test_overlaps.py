"""Overlapping finds: nothing of them stays, and each keeps as much of its own name as it can."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainbot.privacy import Customer, Detection, redact
from explainbot.privacy.detection import resolve

MARTA = Customer(name="Marta Lindqvist", email="marta.lindqvist@example.com")


def test_a_name_and_an_address_that_share_a_word_stay_two() -> None:
    text = "Marta Lindqvist, marta.lindqvist@example.com"
    assert redact(text, customer=MARTA).text == "[PERSON_1], [EMAIL_1]"


def test_a_cut_never_goes_through_a_word() -> None:
    found = resolve([Detection(0, 6, "PERSON", 0.5, ""), Detection(4, 12, "URL", 0.4, "")], "abcdefghijkl")
    assert [item[:3] for item in found] == [(0, 12, "URL")]


@pytest.mark.parametrize("mail", ["p@example.org", "p.raman@example.org"])
def test_a_name_does_not_grow_over_the_signs_before_what_stands_beside_it(mail: str) -> None:
    """`Raman, p` reads as a surname and an initial, but the letter is the address's."""
    found = redact(f"I'm Priya Raman, {mail}. Hello?", customer=Customer(name="Priya Raman"))
    assert found.text == "I'm [PERSON_1], [EMAIL_1]. Hello?"


def test_a_cut_leaves_no_single_letter_as_a_value_of_its_own() -> None:
    found = resolve([Detection(0, 5, "PERSON", 0.9, ""), Detection(2, 12, "URL", 0.9, "")], "a bcd efghij")
    assert [item[:3] for item in found] == [(0, 12, "URL")]


texts = st.text(st.sampled_from("ab1 ,.-_["), min_size=1, max_size=30)
spans = st.lists(
    st.tuples(st.integers(0, 29), st.integers(1, 12), st.sampled_from(["PERSON", "URL", "PLACEHOLDER_LIKE"])),
    max_size=9,
)


@given(texts, spans)
def test_letters_and_digits_that_were_found_stay_covered_and_nothing_overlaps(
    text: str, given_spans: list[tuple[int, int, str]]
) -> None:
    found = [
        Detection(start, min(len(text), start + width), kind, 1.0, "")
        for start, width, kind in given_spans
        if start < len(text)
    ]
    settled = resolve(found, text)
    assert all(first.end <= second.start for first, second in pairwise(settled))
    covered = {at for item in settled for at in range(item.start, item.end)}
    wanted = {at for item in found for at in range(item.start, item.end)}
    assert {at for at in wanted if text[at].isalnum()} <= covered <= wanted
    assert all(item.start < item.end for item in settled)
