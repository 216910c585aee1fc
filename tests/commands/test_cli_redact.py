"""`explainbot redact`: files in, files without personal data out, and a check for pipelines."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from explainbot.cli import main
from explainbot.commands import parts

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            code = main(["redact", *map(str, arguments)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        return code, *capsys.readouterr()

    return run


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.txt", "Mail jane@example.org\r\nor JOE@x.org\n", "Mail [EMAIL_1]\r\nor [EMAIL_2]\n"),
        ("a.json", '{\n "phone": 4155550132,\n "n": 1}\n', '{\n "phone": "[PHONE_1]",\n "n": 1}\n'),
        ("a.jsonl", '{"to": "a@b.org"}\n\n{"to": "a@b.org"}', '{"to": "[EMAIL_1]"}\n\n{"to": "[EMAIL_1]"}'),
        (
            "a.csv",
            'id,name,note\n1,Jane Doe,"call +44 20 7946 0958, please"\n2,"Roe, Al",ok\n',
            'id,name,note\n1,[PERSON_1],"call [PHONE_1], please"\n2,"[PERSON_2]",ok\n',
        ),
        ("l.csv", f"id,note\n1,{'x ' * 100_000}jane@example.org\n", f"id,note\n1,{'x ' * 100_000}[EMAIL_1]\n"),
        ("b.csv", "phone;qty\r\n4155550132;4\r\n\r\n", "phone;qty\r\n[PHONE_1];4\r\n\r\n"),
        ("a.tsv", 'note\tx\n"say ""hi"" to a@b.org"\t1\n', 'note\tx\n"say ""hi"" to [EMAIL_1]"\t1\n'),
        (
            "chat.txt",
            "[12/05/24, 10:11:02] Jane Doe: hi\n12/05/2024, 10:12 - Al Roe: hello\n",
            "[12/05/24, 10:11:02] [PERSON_1]: hi\n12/05/2024, 10:12 - [PERSON_2]: hello\n",
        ),
    ],
)
def test_each_kind_of_file_keeps_its_form(run: Run, tmp_path: Path, name: str, text: str, expected: str) -> None:
    code, out, err = run(write(tmp_path / name, text))
    assert (code, out) == (0, expected)
    assert "jane" not in err


def test_files_of_one_run_share_their_placeholders_and_the_report_counts_types(run: Run, tmp_path: Path) -> None:
    first = write(tmp_path / "a.txt", "jane@example.org")
    second = write(tmp_path / "b.txt", "al@example.org, jane@example.org")
    out, report = tmp_path / "out", tmp_path / "report.json"
    code, _, err = run(first, second, "--output", out, "--report", report)
    assert code == 0
    assert (out / "b.txt").read_text() == "[EMAIL_2], [EMAIL_1]"
    assert json.loads(report.read_text())["total"] == {"EMAIL_ADDRESS": 3}
    assert err.split() == ["3", "EMAIL_ADDRESS"]


def test_a_check_says_where_and_what_and_never_the_value(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "app.log", "started\n\nuser jane@example.org\n")
    code, out, _ = run("--check", path)
    assert code == 1
    assert out == f"{path}:3:6: EMAIL_ADDRESS (local part, @ and a domain name)\n"


def test_a_check_of_a_clean_file_passes(run: Run, tmp_path: Path) -> None:
    code, out, err = run("--check", write(tmp_path / "a.txt", "order 12345 has shipped\n"))
    assert (code, out, err) == (0, "", "nothing found\n")


def test_a_check_says_in_which_column_of_its_line_a_cell_stands(run: Run, tmp_path: Path) -> None:
    rows = [
        "id,email,note",
        '1,a@b.org,"call +44 20 7946 0958, ""now"""',
        '2,,"two',
        'lines, c@d.org"',
        '3,"e@f.org",x',
    ]
    path = write(tmp_path / "a.csv", "\r\n".join(rows) + "\r\n")
    _, out, _ = run("--check", path)
    places = [(int(line), int(column)) for line, column in (found.split(":")[1:3] for found in out.splitlines())]
    assert places == [(2, 3), (2, 17), (4, 8), (5, 4)]
    assert [rows[line - 1][column - 1 :][:7] for line, column in places] == ["a@b.org", "+44 20 ", "c@d.org", "e@f.org"]


def test_a_check_tells_trouble_from_finds_and_reads_the_other_files(run: Run, tmp_path: Path) -> None:
    good, bad = write(tmp_path / "a.txt", "a@b.org"), tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xfe\xff")
    code, out, err = run("--check", tmp_path / "missing.txt", bad, good)
    assert code == 2
    assert out.startswith(f"{good}:1:1: EMAIL_ADDRESS")
    assert (err.count("cannot be read"), "Traceback" in err) == (2, False)


def test_a_check_that_could_read_nothing_does_not_say_that_nothing_was_found(run: Run, tmp_path: Path) -> None:
    code, out, err = run("--check", tmp_path / "missing.txt")
    assert (code, out, "nothing found" in err) == (2, "", False)


def test_the_standard_input_is_a_file_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a@b.org"))
    assert run("-")[:2] == (0, "[EMAIL_1]")


def test_long_text_is_read_in_blocks_with_the_right_line_numbers(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "BLOCK", 40)
    text = "nothing in this line\n\n" * 20 + "at a@b.org\n" + "more\n" * 60 + "c@d.org\n"
    path = write(tmp_path / "a.txt", text)
    _, out, _ = run("--check", path)
    assert [line.split(":")[1:3] for line in out.splitlines()] == [["41", "4"], ["102", "1"]]
    assert run(path)[1] == text.replace("a@b.org", "[EMAIL_1]").replace("c@d.org", "[EMAIL_2]")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["missing.txt"], 1, "cannot be read"),
        (["a.txt", "b.txt"], 2, "--output"),
        (["bad.txt"], 1, "it is not UTF-8"),
    ],
)
def test_what_goes_wrong_is_said_in_a_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.txt").write_bytes(b"caf\xe9 \xff")
    write(tmp_path / "a.txt", "")
    result = run(*arguments)
    assert result[0] == code
    assert message in result[2]


def test_no_file_is_written_over_itself(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "a@b.org")
    assert run(path, "--output", tmp_path)[0] == 2
    assert path.read_text() == "a@b.org"
