"""`explainbot bench grounding`: figures on labelled data of one's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from explainbot.cli import main
from explainbot.explain.agreement import auroc, balanced, best_threshold, cross_balanced, half, of_whole

Run = Callable[..., tuple[int, str, str]]

SOURCE = "The express delivery fee is $50 per order. Refunds take 5 days. We are open until 6 pm on weekdays."
RIGHT = ("Refunds take 5 days.", "The express delivery fee is $50.", "We are open until 6 pm on weekdays.")
WRONG = ("Refunds take 9 days.", "The express delivery fee is $70.", "Zebras sleep standing up.")


@pytest.fixture
def run(bench: Run) -> Run:
    return partial(bench, "grounding")


def rows(times: int = 4) -> list[Any]:
    made = [(text, 1) for text in RIGHT] + [(text, 0) for text in WRONG]
    return [
        {"sources": [SOURCE], "answer": text, "label": label, "group": f"g{number}"}
        for number in range(times)
        for text, label in made
    ]


def test_the_figures_of_easy_data_are_perfect(run: Run) -> None:
    """Right and wrong answers that grounding tells apart: everything is 1, and the counts are those of the data."""
    code, out, err = run(rows(), "--json")
    made = json.loads(out)
    assert (code, err) == (0, "")
    assert (made["answers"], made["borne_out"], made["found"]) == (24, 12, 12)
    assert (made["AUROC"], made["balanced_accuracy"], made["precision_of_found"]) == (1.0, 1.0, 1.0)
    assert 0 < made["median_ms"] <= made["p95_ms"]
    assert made["answers_per_second"] > 0


def test_wrong_labels_show(run: Run) -> None:
    """With every label turned round, "found" is never right and the AUROC is 0."""
    turned = [{**row, "label": 1 - row["label"]} for row in rows()]
    made = json.loads(run(turned, "--json")[1])
    assert (made["AUROC"], made["precision_of_found"]) == (0.0, 0.0)


def test_the_figures_in_words(run: Run) -> None:
    """One figure a line; what the data cannot tell is said."""
    out = run(rows()[:3])[1]
    assert "answers             3\n" in out
    assert "AUROC               not known from this data\n" in out
    assert "balanced accuracy   not known from this data\n" in out
    assert "precision of found  1\n" in out


def test_a_sentence_is_an_answer_and_blank_lines_are_nothing(run: Run) -> None:
    """ "sentence" stands for "answer", true for 1."""
    lines = ["", {"sources": [SOURCE], "sentence": RIGHT[0], "label": True}, "  "]
    assert json.loads(run(lines, "--json")[1])["answers"] == 1


def test_long_work_says_how_far_it_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The count goes to the error output, so that the figures can be piped."""
    monkeypatch.setattr("explainbot.commands.labelled.PROGRESS", 0.0)
    _, out, err = run(rows(1), "--json")
    assert err.splitlines() == [f"{number} of 6 answers" for number in range(6)]
    assert json.loads(out)["answers"] == 6


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("nonsense", "is no JSON object"),
        ("[" * 100_000, "is no JSON object"),
        ([1], "is no JSON object"),
        ({"answer": "x", "label": 1}, 'has no "sources"'),
        ({"sources": "x", "answer": "x", "label": 1}, 'has no "sources"'),
        ({"sources": [], "label": 1}, 'has no "answer"'),
        ({"sources": [], "answer": "x", "label": 2}, 'has no "label"'),
        ({"sources": [], "answer": "x", "label": [1]}, 'has no "label"'),
        ({"sources": [], "answer": "x"}, 'has no "label"'),
    ],
)
def test_a_line_that_is_no_row_is_named(run: Run, line: Any, what: str) -> None:
    """Exit code 2, and which line of which file; never what stands in it."""
    code, out, err = run([rows(1)[0], line])
    assert (code, out) == (2, "")
    assert err.startswith("explainbot: line 2 of ")
    assert what in err


def test_no_data_is_exit_code_2(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is missing, empty or blank."""
    assert main(["bench", "grounding", "--data", str(tmp_path / "missing")]) == 2
    assert "cannot be read" in capsys.readouterr().err
    for lines in ([], ["", " "]):
        code, _, err = run(lines)
        assert (code, "no labelled answers" in err) == (2, True)


def test_the_area_under_the_curve_counts_pairs() -> None:
    """Against a count of all pairs, ties half."""
    pairs = [(0.1, 0), (0.4, 1), (0.4, 0), (0.8, 1), (0.2, 1), (0.9, 0)]
    ups, downs = [score for score, label in pairs if label], [score for score, label in pairs if not label]
    wins = sum((up > down) + (up == down) / 2 for up in ups for down in downs)
    assert auroc(pairs) == pytest.approx(wins / 9)
    assert auroc(pairs[:1]) == 0.5


def test_the_best_threshold_is_the_best() -> None:
    """No other score of the data gives a better balanced accuracy."""
    pairs = [(number * 7 % 31 / 31, int(number % 3 == 0 or number % 7 == 2)) for number in range(60)]
    best = balanced(pairs, best_threshold(pairs))
    assert best == max(balanced(pairs, score) for score, _ in pairs)
    assert balanced([(0.2, 0), (0.8, 1)], 0.5) == 1.0


def test_a_threshold_is_never_fitted_on_what_it_is_scored_on() -> None:
    """Scores that only separate within one half do badly on the other; one label in a half tells nothing."""
    names = [str(number) for number in range(40)]
    shifted = [(name, label + 10.0 * half(name), label) for name in names for label in (0, 1)]
    assert cross_balanced(shifted) == 0.5
    assert cross_balanced([(name, score % 10, label) for name, score, label in shifted]) == 1.0
    assert cross_balanced([("a", 0.5, 1)]) is None


def test_one_wrong_sentence_weighs_half() -> None:
    """The score of a whole lies between the mean and the worst of its claims."""
    assert of_whole([(10, 1.0), (10, 0.0)]) == 0.25
    assert of_whole([(10, 0.8)]) == 0.8
    assert of_whole([]) == 0.0
