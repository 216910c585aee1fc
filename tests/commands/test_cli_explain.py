"""`explainbot explain`: an answer and its sources from the command line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from explainbot.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(["explain", *arguments])
        except SystemExit as stop:
            code = int(str(stop.code))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def policy(tmp_path: Path) -> str:
    path = tmp_path / "policy.md"
    path.write_text("# Delivery\n\nThe express delivery fee is $50 per order.\nRefunds take 5 days.\n")
    return str(path)


@pytest.mark.parametrize(
    ("answer", "code", "last"),
    [
        ("The express delivery fee is $50 per order.", 0, "1 of 1 statements found"),
        ("Hello! Refunds take 5 days.", 0, "1 of 1 statements found"),
        ("Hello!", 0, "nothing here claims anything"),
        ("Refunds take 5 days. Zebras sleep standing up.", 1, "1 of 2 statements found"),
        ("The express delivery fee is $60 per order.", 1, "0 of 1 statements found"),
        ("", 0, "nothing here claims anything"),
    ],
)
def test_the_exit_code_says_whether_all_was_found(run: Run, policy: str, answer: str, code: int, last: str) -> None:
    """0 where every claim was found or nothing is claimed, 1 otherwise; the last line counts."""
    got, out, err = run("--answer", answer, "--source", policy)
    assert (got, out.splitlines()[-1], err) == (code, last, "")


def test_what_speaks_for_and_against_is_shown(run: Run, policy: str) -> None:
    """The passage is quoted under its file's name, a wrong value stands beside the right one."""
    _, out, _ = run("--answer", "The express delivery fee is $60 per order.", "--source", policy)
    assert out.splitlines()[:3] == [
        "conflicts     The express delivery fee is $60 per order.",
        f"              $60: {policy} says $50",
        f"              {policy}: “The express delivery fee is $50 per order.”",
    ]
    assert "$70: in no source" in run("--answer", "Zebras cost $70.", "--source", policy)[1]


def test_an_answer_comes_from_a_file_or_the_input(
    run: Run, policy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """@FILE and - are read like the text itself."""
    text = "Refunds take 5 days."
    (tmp_path / "answer.txt").write_text(text)
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    whole = run("--answer", text, "--source", policy)
    assert whole == run("--answer", f"@{tmp_path / 'answer.txt'}", "--source", policy)
    assert whole == run("--answer", "-", "--source", policy)


def test_several_sources_one_option_or_many(run: Run, policy: str, tmp_path: Path) -> None:
    """Sources may follow one --source or have one each; the same file twice counts once."""
    other = tmp_path / "other.md"
    other.write_text("Gift wrapping costs $3.")
    answer = "Refunds take 5 days. Gift wrapping costs $3."
    together = run("--answer", answer, "--source", policy, str(other))
    assert together[0] == 0
    assert together == run("--answer", answer, "--source", policy, "--source", str(other), "--source", policy)


def test_json_holds_the_statements_in_full(run: Run, policy: str) -> None:
    """The share found, and every statement with offsets, evidence and values."""
    answer = "Refunds take 5 days. Zebras sleep standing up."
    code, out, _ = run("--answer", answer, "--source", policy, "--json")
    made = json.loads(out)
    assert (code, made["grounding"]) == (1, 0.5)
    first, second = made["statements"]
    assert answer[first["start"] : first["end"]] == first["text"] == "Refunds take 5 days."
    assert first["evidence"][0]["source_id"] == policy
    assert (first["state"], second["state"]) == ("found", "not found")
    assert json.loads(run("--answer", "Hello!", "--source", policy, "--json")[1])["grounding"] is None


def test_the_language_can_be_said(run: Run, tmp_path: Path) -> None:
    """Number words of the language that is named are read as numbers."""
    path = tmp_path / "quelle.md"
    path.write_text("Lieferung: 5 Werktage.")
    answer = ("--answer", "Lieferung: fünf Werktage.", "--source", str(path))
    assert run(*answer, "--language", "de")[0] == 0
    assert run(*answer, "--language", "ja")[0] == 1


def test_no_control_character_reaches_the_terminal(run: Run, tmp_path: Path) -> None:
    """Escapes in an answer or a source are written out."""
    path = tmp_path / "source.txt"
    path.write_text("Refunds \x1b[31mtake 5 days.")
    out = run("--answer", "Refunds \x1b[2Jtake 5 days.", "--source", str(path))[1]
    assert "\x1b" not in out
    assert "\\x1b[2J" in out


@pytest.mark.parametrize("arguments", [["--answer", "x"], ["--source", "y"], []])
def test_wrong_usage_is_exit_code_2(run: Run, arguments: list[str]) -> None:
    """An answer and a source are needed."""
    assert run(*arguments)[0] == 2


def test_a_file_that_cannot_be_read_is_exit_code_2(run: Run, policy: str, tmp_path: Path) -> None:
    """A missing source, a missing answer and a directory are named."""
    for arguments in (
        ["--answer", "x", "--source", str(tmp_path / "missing.md")],
        ["--answer", f"@{tmp_path / 'missing.txt'}", "--source", policy],
        ["--answer", "x", "--source", str(tmp_path)],
    ):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert err.startswith(f"explainbot: {tmp_path}")
        assert "cannot be read: " in err


def test_bytes_that_are_no_text_are_read_all_the_same(run: Run, tmp_path: Path) -> None:
    """A binary source bears nothing out and breaks nothing; what is too long is said."""
    path = tmp_path / "image.bin"
    path.write_bytes(bytes(range(256)) * 2000)
    code, _, err = run("--answer", "Refunds take 5 days.", "--source", str(path))
    assert code == 1
    assert err == "explainbot: a text is too long; only its beginning was read\n"
