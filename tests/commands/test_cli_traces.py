"""`explainbot traces`: what was recorded, readable for a person and for a program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from records import NOON, ROOT, offered, record, records

from explainbot.cli import main
from explainbot.errors import ExplainbotError
from explainbot.stores.sqlite import SQLiteStore
from explainbot.trace import Redacted, SourceRef, Trace

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "traces.db"


@pytest.fixture
def run(path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `explainbot traces` on the store at `path`: exit code, output, errors."""

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(["traces", *arguments, "--store", str(path)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        return code, *capsys.readouterr()

    return run


def fill(path: Path, *traces: Trace) -> None:
    store = SQLiteStore(path)
    store.put(offered(traces))
    store.close()


def test_list_shows_the_latest_first(run: Run, path: Path) -> None:
    fill(path, *records(30, conversation="c-91"))
    code, out, err = run("list", "--limit", "3")
    assert (code, err) == (0, "")
    assert [line.split() for line in out.splitlines()] == [
        ["STARTED", "(UTC)", "TRACE", "STATUS", "MODEL", "MS", "HIDDEN", "CONVERSATION"],
        ["2026-05-04", "12:00:29", "t-00029", "ok", "gpt-5-mini", "812", "1", "c-91"],
        ["2026-05-04", "12:00:28", "t-00028", "ok", "gpt-5-mini", "812", "1", "c-91"],
        ["2026-05-04", "12:00:27", "t-00027", "ok", "gpt-5-mini", "812", "1", "c-91"],
    ]


def test_list_shows_twenty_unless_told(run: Run, path: Path) -> None:
    fill(path, *records(30))
    assert len(run("list")[1].splitlines()) == 21


def test_list_reads_page_after_page(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explainbot.commands.searching.PAGE", 7)
    fill(path, *records(40))
    for limit in (1, 7, 14, 20, 40, 100):
        _, out, _ = run("list", "--limit", str(limit), "--json")
        assert [json.loads(line)["id"] for line in out.splitlines()] == [
            f"t-{number:05}" for number in reversed(range(40))
        ][:limit]


def test_list_takes_conversation_and_status(run: Run, path: Path) -> None:
    fill(path, record(1, conversation="a"), record(2, conversation="a", status="cut"), record(3, conversation="b"))
    assert "t-00002" in run("list", "--conversation", "a", "--status", "cut")[1]
    assert "t-00001" not in run("list", "--conversation", "a", "--status", "cut")[1]
    assert "t-00003" not in run("list", "--conversation", "a")[1]


def test_list_as_json_is_a_trace_a_line(run: Run, path: Path) -> None:
    traces = [record(1, reply=Redacted("Zoë said \u2028 \x1b[31m \ud800")), record(2)]
    fill(path, *traces)
    code, out, _ = run("list", "--json")
    assert code == 0
    assert out.isascii()
    assert [Trace.from_json(line) for line in out.splitlines()] == traces[::-1]


def test_list_of_nothing_says_so_and_is_no_failure(run: Run, path: Path) -> None:
    fill(path)
    assert run("list") == (0, "", "no traces\n")
    assert run("list", "--json") == (0, "", "")


FULL: dict[str, Any] = {
    "id": "abc123",
    "conversation": "c-91",
    "turn": "turn-4",
    "purpose": "billing",
    "first_token_ms": 99.5,
    "response_model": "gpt-5-mini-2026",
    "response_id": "chatcmpl-1",
    "http_status": 200,
    "sources": (SourceRef(id="refunds-v7"), SourceRef(id="get_order", kind="tool_result")),
    "usage": {"prompt_tokens": 31, "completion_tokens": 8},
    "explanation": Redacted(json.dumps({"text": "The answer was found in\n1 source.", "statements": []})),
    "streamed": True,
    "retry": 1,
}


def test_show_gives_everything_in_words(run: Run, path: Path) -> None:
    fill(path, record(**FULL))
    code, out, err = run("show", "abc123")
    assert (code, err) == (0, "")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    for expected in (
        "trace abc123",
        "started 2026-05-04 12:00:00.000000 UTC",
        "status ok (HTTP 200)",
        "duration 812.5 ms",
        "first token 99.5 ms",
        "provider openai, chat, streamed",
        "model gpt-5-mini -> gpt-5-mini-2026",
        "reply id chatcmpl-1",
        "conversation c-91",
        "turn turn-4",
        "purpose billing",
        "hidden 1 EMAIL_ADDRESS",
        "restored 1",
        "sources refunds-v7 (document), get_order (tool_result)",
        "tokens prompt_tokens 31, completion_tokens 8",
        "attempt 2",
        "Sent (redacted)",
        "Reply (redacted)",
        "We wrote to [EMAIL_1].",
        "Explanation",
        "The answer was found in",
    ):
        assert expected in lines
    assert "invented" not in out


def test_show_counts_what_the_model_invented(run: Run, path: Path) -> None:
    fill(path, record(1, restored=0, unknown_placeholders=2))
    lines = [" ".join(line.split()) for line in run("show", "t-00001")[1].splitlines()]
    assert "invented 2 placeholders that were never issued" in lines
    assert not [line for line in lines if line.startswith("restored")]


def test_show_of_a_bare_trace_leaves_out_what_is_not_known(run: Run, path: Path) -> None:
    fill(path, record(1, request=None, reply=None, hidden={}, status="refused", error="PrivacyError"))
    _, out, _ = run("show", "t-00001")
    assert "PrivacyError" in out
    assert "nothing" in out
    assert "None" not in out
    assert "Reply" not in out


def test_show_as_json_is_the_trace(run: Run, path: Path) -> None:
    fill(path, record(**FULL))
    code, out, _ = run("show", "abc123", "--json")
    assert code == 0
    assert Trace.from_json(out) == record(**FULL)


@pytest.mark.parametrize("explanation", ["not JSON", "[1]", '{"text": 5}', '{"text": ""}', "{}"])
def test_show_takes_any_explanation(run: Run, path: Path, explanation: str) -> None:
    fill(path, record(1, explanation=Redacted(explanation)))
    code, out, _ = run("show", "t-00001")
    assert code == 0
    assert "Explanation" in out


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        ("abc123", 0, "abc123"),
        ("abc1", 0, "abc123"),
        ("abd", 0, "abd"),
        ("a", 1, "more than one trace"),
        ("", 1, "more than one trace"),
        ("zzz", 1, "no trace has an id that begins with 'zzz'"),
        ("ABC123", 1, "no trace"),
    ],
)
def test_show_takes_the_beginning_of_an_id_if_it_is_unique(
    run: Run, path: Path, asked: str, code: int, said: str
) -> None:
    fill(path, record(id="abc123"), record(id="abd"), record(id="abd5"))
    got, out, err = run("show", asked)
    assert got == code
    assert said in (err if code else out)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["list", "--limit", "0"],
        ["list", "--limit", "x"],
        ["list", "--status", "fine"],
        ["show"],
        ["show", "a", "b"],
        ["erase"],
        ["list", "--nonsense"],
    ],
    ids=str,
)
def test_wrong_usage_is_exit_code_2(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "usage:" in err


def test_help_is_exit_code_0(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["traces", "--help"])
    assert stop.value.code == 0
    assert "the latest traces" in capsys.readouterr().out


def test_a_store_that_is_not_there_is_exit_code_1_and_is_not_made(run: Run, path: Path) -> None:
    code, out, err = run("list")
    assert (code, out) == (1, "")
    assert f"there is no trace store at {path}" in err
    assert not path.exists()


def test_a_damaged_store_is_exit_code_1(run: Run, path: Path) -> None:
    path.write_bytes(b"x" * 10_000)
    code, _, err = run("list")
    assert code == 1
    assert "no SQLite database" in err


def test_the_store_of_the_settings_is_read(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(path, record(7))
    monkeypatch.setenv("EXPLAINBOT_STORE_PATH", str(path))
    assert main(["traces", "list"]) == 0
    assert "t-00007" in capsys.readouterr().out


def test_the_default_store_is_in_the_state_directory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert main(["traces", "list"]) == 1
    assert str(tmp_path / "explainbot" / "traces.db") in capsys.readouterr().err


@pytest.mark.parametrize("store", ["memory", "off"])
def test_settings_without_a_file_are_exit_code_2(
    store: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXPLAINBOT_STORE", store)
    assert main(["traces", "list"]) == 2
    assert "--store" in capsys.readouterr().err


def test_an_interrupt_is_exit_code_130(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    fill(path, record(1))
    monkeypatch.setattr(SQLiteStore, "list", interrupt)
    assert run("list")[0] == 130


def test_an_error_of_ours_has_no_traceback(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise ExplainbotError("what happened")

    fill(path, record(1))
    monkeypatch.setattr(SQLiteStore, "list", fail)
    assert run("list") == (1, "", "explainbot: what happened\n")


# In a real process ----------------------------------------------------------------------------------------------


def explainbot(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    env = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "HOME": "/nonexistent", **options.pop("env", {})}
    command = [sys.executable, "-W", "error", "-m", "explainbot.cli", *arguments]
    return subprocess.Popen(
        command, env=env, stderr=subprocess.PIPE, text=True, **{"stdout": subprocess.PIPE, **options}
    )


def test_a_reader_that_goes_away_is_no_traceback(path: Path) -> None:
    fill(path, *records(3_000))
    process = explainbot("traces", "list", "--limit", "3000", "--json", "--store", str(path))
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(60) == 141
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()


def test_a_terminal_that_only_knows_ascii_gets_escapes(path: Path) -> None:
    fill(path, record(1, reply=Redacted("Zoë 中 😀")))
    env = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    out, err = explainbot("traces", "show", "t-00001", "--store", str(path), env=env).communicate(timeout=60)
    assert err == ""
    assert "Zo\\xeb" in out


def in_a_terminal(arguments: list[str], env: dict[str, str]) -> str:
    """The output as a terminal of 200 columns gets it."""
    import fcntl
    import pty
    import struct
    import termios

    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 200, 0, 0))
    process = explainbot(*arguments, stdout=child, stdin=child, env={"TERM": "xterm-256color", **env})
    os.close(child)
    received = b""
    while True:
        try:
            chunk = os.read(parent, 65_536)
        except OSError:
            break
        if not chunk:
            break
        received += chunk
    os.close(parent)
    assert process.wait(60) == 0, process.communicate()
    assert process.stderr is not None
    process.stderr.close()
    return received.decode()


HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\x08\x7f"


@pytest.mark.parametrize("action", [["list"], ["show", "t-00001"]], ids=["list", "show"])
@pytest.mark.parametrize("rich", [True, False], ids=["with rich", "without rich"])
def test_text_of_a_model_cannot_steer_the_terminal(path: Path, tmp_path: Path, action: list[str], rich: bool) -> None:
    fill(
        path,
        record(1, reply=Redacted(f"a{HOSTILE}z"), request_model=f"m{HOSTILE}", conversation=f"[red]c[/red]{HOSTILE}"),
    )
    env = {}
    if not rich:
        (tmp_path / "rich.py").write_text("raise ImportError('not installed')")
        env = {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
    shown = in_a_terminal(["traces", *action, "--store", str(path)], env)
    assert not any(bad in shown for bad in ("\x1b]0", "\x1b[2J", "\x9b", "\u202e", "\x08", "\x7f", "\x07"))
    assert "\\x1b]0;owned" in shown
    assert "[red]c[/red]" in shown
    assert ("\x1b[1m" in shown) == rich


def test_no_colour_when_asked(path: Path) -> None:
    fill(path, record(1))
    shown = in_a_terminal(["traces", "list", "--store", str(path)], {"NO_COLOR": "1"})
    assert "t-00001" in shown
    assert "\x1b[3" not in shown
    assert "\x1b[9" not in shown


def test_the_time_shown_is_utc(path: Path, run: Run) -> None:
    fill(path, record(1, started=NOON))
    env = {"TZ": "Pacific/Auckland"}
    out, _ = explainbot("traces", "list", "--store", str(path), env=env).communicate(timeout=60)
    assert "2026-05-04 12:00:00" in out
