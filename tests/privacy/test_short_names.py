"""A person named in full is known again by first name or surname alone, in the same conversation and in no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainbot.privacy import LABELS, Redactor, Vault, leaks, restore
from explainbot.privacy.detection import NAME_LABELS
from explainbot.privacy.detectors import DETECTORS
from explainbot.privacy.name_parts import name_parts
from explainbot.privacy.placeholders import find
from explainbot.privacy.vault import SPELLING

TALK = (
    "Priya Raman ordered two chairs.",
    "Ms Raman is still waiting, and priya has paid.",
    "Please call RAMAN back.",
    "Is Mr. Arjun Iyer her neighbour? Yes, iyer lives next door.",
    "Nguyen Thi Hoa wrote too. Thanks, Ms Nguyen!",
)


def test_a_first_name_or_surname_carries_the_number_of_the_whole_name() -> None:
    redactor, vault = Redactor(), Vault()
    assert [str(redactor.redact(text, vault).text) for text in TALK] == [
        "[PERSON_1] ordered two chairs.",
        "Ms [SURNAME_1] is still waiting, and [FIRSTNAME_1] has paid.",
        f"Please call [SURNAME_{1 + SPELLING}] back.",
        "Is Mr. [PERSON_2] her neighbour? Yes, [SURNAME_2] lives next door.",
        "[PERSON_3] wrote too. Thanks, [SURNAME_3]!",
    ]


def test_nobody_is_known_again_in_another_conversation() -> None:
    redactor, vault = Redactor([("person", DETECTORS.load("person"))]), Vault()
    redactor.redact("My name is Priya Raman.", vault)
    assert redactor.redact("so raman paid", vault).text == "so [SURNAME_1] paid"
    assert redactor.redact("so raman paid", Vault()).text == "so raman paid"


def test_a_surname_that_two_people_have_belongs_to_neither() -> None:
    redactor, vault = Redactor(), Vault()
    assert redactor.redact("Priya Raman and Arjun Raman called.", vault).text == "[PERSON_1] and [PERSON_2] called."
    assert redactor.redact("Ms Raman?", vault).text == "Ms [PERSON_3]?"


def test_an_everyday_word_is_a_name_only_with_a_capital() -> None:
    redactor, vault = Redactor(), Vault()
    redactor.redact("My name is Jimmy Page.", vault)
    assert redactor.redact("Ask Page, the page does not load.", vault).text == (
        "Ask [SURNAME_1], the page does not load."
    )


@given(st.lists(st.sampled_from(TALK), max_size=8))
def test_what_was_sent_stays_the_same_as_the_conversation_grows(talk: list[str]) -> None:
    redactor, vault = Redactor(), Vault()
    sent: list[str] = []
    for size in range(len(talk) + 1):
        again = [redactor.redact(text, vault) for text in talk[:size]]
        assert [str(one.text) for one in again][: len(sent)] == sent
        assert [restore(one) for one in again] == talk[:size]
        sent = [str(one.text) for one in again]
        anew = Vault()
        assert [str(redactor.redact(text, anew).text) for text in talk[:size]] == sent


def test_what_is_hidden_by_a_part_is_hidden_in_every_text_from_then_on() -> None:
    redactor, vault = Redactor(), Vault()
    for text in TALK[:2]:
        redactor.redact(text, vault)
    assert leaks("where is raman", vault) == {"PERSON": 1}
    assert redactor.redact_known("where is raman", vault).text == f"where is [SURNAME_{1 + SPELLING}]"


def test_a_vault_that_was_kept_knows_the_parts_again() -> None:
    redactor, vault, other = Redactor(), Vault(), Vault()
    redactor.redact(TALK[0], vault)
    assert other.adopt(vault.entries())
    assert redactor.redact(TALK[1], other).text == redactor.redact(TALK[1], vault).text


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Priya Raman", ("priya", "raman")), ("Raman, Priya", ("priya", "raman")),
        ("Dr. Priya K. Raman", ("priya", "raman")),
        ("Ludwig van Beethoven", ("ludwig", "beethoven")), ("Nguyen Van Minh", ("minh", "nguyen")),
        ("Kim Min-jun", ("min-jun", "kim")), ("Priya", None), ("J. Raman", None), ("Will May", None), ("王小明", None),
    ],
)  # fmt: skip
def test_a_name_is_divided_as_it_is_written(name: str, parts: tuple[str, str] | None) -> None:
    assert name_parts(name) == parts


def test_the_placeholders_of_parts_are_recognised_in_every_spelling() -> None:
    assert not set(NAME_LABELS) & set(LABELS.values())
    for label in NAME_LABELS:
        for spelling in (f"[{label}_1]", f"[{label.title()} 1]", f"{label}_1", rf"\[{label}\_1\]"):
            assert [item.placeholder for item in find(f"see {spelling}.")] == [f"[{label}_1]"]
