"""A streamed restore equals a whole one for any cutting, and holds back as little as possible."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainbot.privacy import Edit, Restorer, Vault
from explainbot.privacy.placeholders import LONGEST, find
from explainbot.privacy.restorer import moved

VAULT = Vault()
for _value, _kind in [
    ("jane@example.com", "EMAIL_ADDRESS"),
    ('Jane "Q" \\ Doe\n', "PERSON"),
    ("+1 415 555 0132", "PHONE_NUMBER"),
    ("[EMAIL_1]", "PLACEHOLDER_LIKE"),
    ("EMAIL_", "PERSON"),
    *[(f"m{number}@example.com", "EMAIL_ADDRESS") for number in range(12)],
]:
    VAULT.placeholder_for(_value, _kind)

PIECES = [
    "[EMAIL_1]", "[Email 1]", "EMAIL_1", r"EMAIL\_1", r"\[EMAIL\_1\]", "[ PHONE_1 ]", "PERSON_2", "[PERSON-1]",
    "[EMAIL_99]",
    "[", "]", "\\", "_", "1", "2", " ", "\n", "E", "EM", "EMAIL", "[E", "[EMAIL", "[EMAIL_", "[EMAIL_1", r"\[",
    r"\]", "\u00a0",
    "é", "[LITERAL_1]", "1234567", "12345678", "EMAIL_12", "x", "I", "IP",
]  # fmt: skip
streams = st.lists(st.sampled_from(PIECES) | st.text(alphabet="EMAIL_1[]\\ xP", max_size=5), max_size=16).map("".join)


def run(restorer: Restorer, pieces: Iterable[str]) -> str:
    return "".join([restorer.feed(piece) for piece in pieces]) + restorer.flush()


@given(streams, st.lists(st.integers(0, 120), max_size=8), st.booleans())
def test_any_cutting_gives_the_same_text_the_same_edits_and_the_same_counts(
    text: str, cuts: list[int], json_string: bool
) -> None:
    edits: list[Edit] = []
    whole = Restorer(VAULT, json_string=json_string, edits=edits)
    expected = run(whole, [text])
    marks = sorted({0, len(text), *[min(cut, len(text)) for cut in cuts]})
    for pieces in ([text[a:b] for a, b in pairwise(marks)], list(text)):
        cut_edits: list[Edit] = []
        cut = Restorer(VAULT, json_string=json_string, edits=cut_edits)
        assert run(cut, pieces) == expected
        assert (cut_edits, cut.restored, cut.unknown) == (edits, whole.restored, whole.unknown)


@given(streams)
def test_a_whole_restore_replaces_each_issued_spelling_and_nothing_else(text: str) -> None:
    expected, at = "", 0
    for item in find(text):
        value = VAULT.original_of(item.placeholder)
        if value is not None:
            expected += text[at : item.start] + value
            at = item.end
    assert run(Restorer(VAULT), [text]) == expected + text[at:]


@given(streams)
def test_edits_map_the_stream_to_the_result(text: str) -> None:
    edits: list[Edit] = []
    result = run(Restorer(VAULT, edits=edits), list(text))
    at = out = 0
    for edit in edits:
        assert text[at : edit.start] == result[out : edit.out_start]
        assert result[edit.out_start : edit.out_end] == VAULT.original_of(edit.placeholder)
        assert moved(edits, edit.start) == edit.out_start
        assert moved(edits, edit.end) == edit.out_end or any(e.start == edit.end for e in edits)
        at, out = edit.end, edit.out_end
    assert text[at:] == result[out:]


@given(streams, streams)
def test_what_is_held_back_is_short(first: str, second: str) -> None:
    edits: list[Edit] = []
    restorer = Restorer(VAULT, edits=edits)
    written = 0
    for read, char in enumerate(first + second, 1):
        written += len(restorer.feed(char))
        shrunk = sum(edit.end - edit.start - (edit.out_end - edit.out_start) for edit in edits)
        assert read - shrunk - written < LONGEST


@pytest.mark.parametrize(
    ("tail", "held"),
    [
        ("Hello", ""),
        ("see [", "["),
        ("see [EMA", "[EMA"),
        ("see [EMAIL_1", "[EMAIL_1"),
        ("see [EMAIL_1]", ""),
        ("see [Ema", "[Ema"),
        ("see [nothing", ""),
        ("see EMAIL_1", "EMAIL_1"),
        ("see EMAIL_1 ", ""),
        ("see Ema", ""),
        ("see xEMA", ""),
        ("see [EMAIL_12345678", ""),
        ("see [   ", ""),
        ("see \\", "\\"),
        ("see [1", ""),
        ("[E] and [", "["),
    ],
)
def test_only_a_tail_that_can_still_become_a_placeholder_is_held(tail: str, held: str) -> None:
    restorer = Restorer(Vault())
    assert restorer.feed(tail) == tail.removesuffix(held) if held else restorer.feed(tail) == tail
    assert restorer.flush() == held


def test_a_long_stream_leaves_nothing_behind() -> None:
    def kept(restorer: Restorer) -> int:
        tracemalloc.start()
        for _ in range(2_000):
            restorer.feed("[EMAIL_1] ")
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return size

    assert kept(Restorer(VAULT)) < 20_000
    assert kept(Restorer(VAULT, edits=[])) > 200_000


def test_a_bracket_before_a_megabyte_of_spaces_holds_nothing() -> None:
    restorer = Restorer(VAULT)
    assert restorer.feed("[") == ""
    assert len(restorer.feed(" " * 1_000_000)) == 1_000_001


@pytest.mark.parametrize(
    "spelling",
    ["[EMAIL_1]", "[email_1]", "[Email 1]", "[EMAIL 1]", "[ EMAIL_1 ]", "[EMAIL-1]", r"\[EMAIL\_1\]", r"[EMAIL\_1]",
    "EMAIL_1",
     r"EMAIL\_1", "**[EMAIL_1]**", "`EMAIL_1`", "<EMAIL_1>", "{{EMAIL_1}}", "(EMAIL_1)"],
)  # fmt: skip
def test_spellings_that_models_produce_are_restored(spelling: str) -> None:
    assert "jane@example.com" in run(Restorer(VAULT), [f"Write to {spelling}, please"])


@pytest.mark.parametrize(
    "spelling",
    ["Email 1", "email_1", "EMAIL 1", "EMAIL1", "MY_EMAIL_1", "EMAIL_1x", "EMAIL_10000000", "[EMAIL_01]",
    "[EMAIL_0]", "[EMAIL]",
     "[MAIL_1]", "[EMAIL__1]", "[EMAİL_1]", "[EMAIL_１]"],
)  # fmt: skip
def test_what_people_write_themselves_is_not_restored(spelling: str) -> None:
    restorer = Restorer(VAULT)
    assert run(restorer, [f"Write to {spelling} please"]) == f"Write to {spelling} please"
    assert restorer.unknown == 0


def test_an_unfinished_placeholder_at_the_end_of_the_stream_is_not_lost() -> None:
    assert run(Restorer(VAULT), ["Bye [EMA"]) == "Bye [EMA"
    assert run(Restorer(VAULT), ["Bye EMAIL_1"]) == "Bye jane@example.com"


def test_invented_placeholders_are_counted_and_left() -> None:
    edits: list[Edit] = []
    restorer = Restorer(VAULT, edits=edits)
    assert run(restorer, ["[EMAIL_99] [EMAIL_1]"]) == "[EMAIL_99] jane@example.com"
    assert (restorer.unknown, restorer.restored) == (1, 1)
    assert edits == [Edit(11, 20, 11, 27, "EMAIL_ADDRESS", "[EMAIL_1]")]


def test_in_a_json_string_a_value_is_escaped() -> None:
    arguments = run(Restorer(VAULT, json_string=True), list('{"name": "[PERSON_1]"}'))
    assert json.loads(arguments) == {"name": 'Jane "Q" \\ Doe\n'}


def test_one_vault_restores_nothing_of_another() -> None:
    other = Vault()
    other.placeholder_for("joe@example.com", "EMAIL_ADDRESS")
    assert run(Restorer(Vault()), ["[EMAIL_1]"]) == "[EMAIL_1]"
    assert run(Restorer(other), ["[EMAIL_1] [EMAIL_2]"]) == "joe@example.com [EMAIL_2]"
