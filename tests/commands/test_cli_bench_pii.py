"""`explainbot bench pii`: recall, precision and speed on labelled data of one's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]

MAIL = {"text": "🙂 Mail jane@example.com!", "spans": [{"start": 7, "end": 23, "type": "EMAIL"}], "lang": "en"}
UNSEEN = {"text": "The colour is teal.", "spans": [{"start": 14, "end": 18, "type": "SHADE"}], "lang": "de"}
WRONG = {"text": "Call 415-555-0142 now.", "spans": [], "lang": "de"}
NOTHING = {"text": "Where is my order?", "spans": [], "lang": "en"}


@pytest.fixture
def run(bench: Run) -> Run:
    return partial(bench, "pii")


def test_the_figures_are_those_of_the_data(run: Run) -> None:
    """A value that is found, one that is not, and one that nobody labelled; by type and by group."""
    code, out, err = run([MAIL, UNSEEN, WRONG, NOTHING], "--group", "lang", "--json")
    made = json.loads(out)
    assert (code, err) == (0, "")
    assert (made["texts"], made["spans"], made["found"], made["recall"]) == (4, 2, 1, 0.5)
    assert made["precision"] == round(14 / (14 + 10), 4)  # of "janeexamplecom" and ten digits
    assert (made["texts_without_labels"], made["of_them_flagged"]) == (2, 1)
    assert made["types"] == {
        "EMAIL": {"spans": 1, "found": 1, "recall": 1.0},
        "SHADE": {"spans": 1, "found": 0, "recall": 0.0},
    }
    assert made["groups"] == {
        "de": {"spans": 1, "found": 0, "recall": 0.0, "precision": 0.0},
        "en": {"spans": 1, "found": 1, "recall": 1.0, "precision": 1.0},
    }
    assert made["detected"] == {"EMAIL_ADDRESS": 1, "PHONE_NUMBER": 1}
    assert 0 < made["median_ms"] <= made["p99_ms"]
    assert made["megabytes_per_second"] > 0


@pytest.mark.parametrize(("end", "found"), [(21, 1), (23, 1), (24, 0)])
def test_nine_tenths_of_the_letters_and_digits_are_enough(run: Run, end: int, found: int) -> None:
    """The address has 14 letters: a span of 15 is found, one of 16 is not."""
    row = {"text": "Mail jane@example.com or x.y yz", "spans": [{"start": 5, "end": end, "type": "EMAIL"}]}
    assert json.loads(run([row], "--json")[1])["found"] == found


def test_what_is_to_be_ignored_is_neither_missed_nor_wrong(run: Run) -> None:
    made = json.loads(run([{**WRONG, "ignore": [[5, 17]]}], "--json")[1])
    assert (made["spans"], made["precision"], made["texts_without_labels"]) == (0, 1.0, 0)
    assert made["recall"] is None


def test_the_figures_in_words(run: Run) -> None:
    out = run(["", MAIL, UNSEEN, " "], "--group", "lang")[1]
    assert "recall                0.5\n" in out
    assert "precision             1.0\n" in out
    assert [line.split() for line in out.splitlines() if line.startswith(("EMAIL", "SHADE", "en", "de"))] == [
        ["EMAIL", "1", "1", "1.0"],
        ["SHADE", "1", "0", "0.0"],
        ["de", "1", "0", "0.0", "not", "known"],
        ["en", "1", "1", "1.0", "1.0"],
    ]
    assert "jane" not in out


def test_detectors_are_added_by_name(run: Run) -> None:
    code, _, err = run([MAIL], "--detectors", "nerr")
    assert code == 2
    assert "no detector is called 'nerr'; known: ner, presidio, spacy" in err


@pytest.mark.heavy
def test_a_detector_with_a_model_is_measured(run: Run) -> None:
    pytest.importorskip("onnxruntime")
    row = {"text": "Yesterday Catherine Dawson called.", "spans": [{"start": 10, "end": 26, "type": "PERSON"}]}
    assert json.loads(run([row], "--json", "--detectors", "ner")[1])["recall"] == 1.0


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("nonsense", "is no JSON object"),
        ({"spans": []}, 'has no "text"'),
        ({"text": "jane"}, 'has no "spans"'),
        ({"text": "jane", "spans": [], "ignore": "all"}, 'has no "spans"'),
        ({"text": "jane", "spans": [{"start": 0, "end": 5, "type": "X"}]}, "lies outside"),
        ({"text": "jane", "spans": [{"start": 2, "end": 2, "type": "X"}]}, "lies outside"),
        ({"text": "jane", "spans": [{"start": True, "end": 2, "type": "X"}]}, "lies outside"),
        ({"text": "jane", "spans": [{"start": 0, "end": 2}]}, '"type"'),
        ({"text": "jane", "spans": ["jane"]}, "lies outside"),
        ({"text": "jane", "spans": [], "ignore": [[0]]}, "lies outside"),
        ({"text": "jane", "spans": []}, "has no field 'lang'"),
    ],
)
def test_a_line_that_is_no_row_is_named(run: Run, line: Any, what: str) -> None:
    """Exit code 2, and which line of which file; never what stands in it."""
    code, out, err = run([MAIL, line], "--group", "lang")
    assert (code, out) == (2, "")
    assert err.startswith("explainbot: line 2 of ")
    assert what in err
    assert "jane" not in err


def test_no_data_is_exit_code_2(run: Run) -> None:
    code, _, err = run([])
    assert (code, "no labelled texts" in err) == (2, True)
