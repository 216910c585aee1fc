"""Every block of the README runs, and prints what the README says it prints."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import openai
import pytest
from servers import Reply, Request, Server, chat_reply

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TRACE_ID = re.compile(r"\b[0-9a-f]{32}\b")

ANSWERS = {
    "money back": (
        "Hello {PERSON}, refunds arrive within 5 working days. We will write to {EMAIL}. Delivery costs $4."
    ),
    "Statements of the reply": json.dumps(
        {
            "reasons": [
                {
                    "statement": 1,
                    "source": 1,
                    "quote": "Refunds arrive within 5 working days.",
                    "reason": "Refunds are paid within 5 working days.",
                },
                {"statement": 1, "source": 1, "quote": "We never close.", "reason": "The desk is open at all hours."},
            ]
        }
    ),
    "When are you open?": "We are open from 9 to 5.",
    "mein Geld": "Die Rückerstattung dauert bis zu 5 Werktage.",
    "Hello?": "We will write to {EMAIL} on Monday.",
}
"""What the model answers, by a part of the question."""


def answer(request: Request) -> Reply:
    """The model's answer, made of the placeholders it was sent."""
    body = request.json()
    question = body["messages"][-1]["content"]
    asks_why = "Statements of the reply" in question
    if "response_format" in body and not asks_why:
        return chat_reply(request, '{"supported": "yes"}')
    if "refunds paid" in question and not asks_why:
        known = "5 working days" in body["messages"][0]["content"]
        return chat_reply(request, "Refunds arrive within 5 working days." if known else "I do not know.")
    text = next(text for part, text in ANSWERS.items() if part in question)
    for label in ("PERSON", "EMAIL"):
        if found := re.search(rf"\[{label}_\d+\]", question):
            text = text.replace(f"{{{label}}}", found.group())
    return chat_reply(request, text)


def as_printed_there(text: str) -> str:
    """Output with what differs from run to run made equal: trace ids, and the host in the provider's place."""
    return TRACE_ID.sub("TRACE_ID", text).replace("run by 127.0.0.1", "run by openai")


def blocks() -> list[tuple[str, str]]:
    return [(match.group(1), match.group(2)) for match in BLOCK.finditer(README.read_text())]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    from explainbot import Settings, configure

    with Server(answer) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "test")
        configure(Settings())
        yield server
        configure(Settings())


def test_every_python_block_runs_and_prints_what_the_readme_says(model: Server) -> None:
    names: dict[str, object] = {"__name__": "readme"}
    clients: list[openai.OpenAI] = []
    printed: str | None = None
    pairs = []
    for language, text in blocks():
        if language == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(text, "README.md", "exec"), names)
            clients += [value for value in names.values() if isinstance(value, openai.OpenAI)]
            printed = (printed or "") + out.getvalue()
        elif language == "text":
            pairs.append((as_printed_there(printed or ""), as_printed_there(text)))
            printed = None
    for client in clients:
        client.close()
    assert len(pairs) >= 5
    for real, said in pairs:
        assert real == said
    for value in (b"Priya", b"priya.raman", b"jane@example.org"):
        assert value not in model.received


def test_every_shell_command_names_what_exists() -> None:
    from explainbot import cli

    commands = [line for language, text in blocks() if language == "sh" for line in text.splitlines()]
    own = [part.strip() for line in commands for part in line.split("&&") if "explainbot " in part]
    assert len(own) >= 3
    for command in own:
        words = shlex.split(command, comments=True)
        arguments = words[words.index(next(word for word in words if word.endswith("explainbot"))) + 1 :]
        cli._parser().parse_args(arguments)


def test_the_first_two_commands_are_the_demo_and_the_tests() -> None:
    first, second = [text for language, text in blocks() if language == "sh"][:2]
    assert first.count("\n") == second.count("\n") == 1
    assert "explainbot demo" in first
    assert "pytest" in second


def test_links_within_the_readme_lead_to_a_heading() -> None:
    text = README.read_text()
    headings = re.findall(r"^#+ (.*)$", BLOCK.sub("", text), re.MULTILINE)
    known = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    linked = re.findall(r"\]\(#([^)]*)\)", text)
    assert len(linked) >= 10
    assert set(linked) <= known
