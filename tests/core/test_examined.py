"""What examining a reply came to is kept: for the next examination, other processes, and whoever reads traces."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from servers import Reply, Request, Server, chat_reply

import explainbot
from explainbot import Customer, Settings, Source, explanation_of, narrate, removal_test, second_check, turn
from explainbot.cli import main
from explainbot.engine import engine_for
from explainbot.trace import Trace

REFUNDS = Source("refunds", "Refunds arrive within 5 working days.", title="Refunds")
HOURS = Source("hours", "The shop opens at 9:00.", title="Hours")
PRIYA = Customer(id="cus-9", name="Priya Raman")
REASON = {"statement": 1, "source": 1, "quote": REFUNDS.text, "reason": "Refunds arrive within 5 working days."}


def answer(request: Request) -> Reply:
    text = request.body.decode()
    if "Statements of the reply" in text:
        return chat_reply(request, json.dumps({"reasons": [REASON]}))
    return chat_reply(request, REFUNDS.text if REFUNDS.text in text else "I do not know.")


class Half:
    """A checker that finds half of everything."""

    name = "half"

    def check(self, statement: str, passages: Any) -> float:
        return 0.5


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store="sqlite", store_path=tmp_path / "traces.db", tenant="examined")


@pytest.fixture
def bot(settings: Settings) -> Iterator[Any]:
    with Server(answer) as server, explainbot.OpenAI(base_url=server.url, api_key="k", settings=settings) as client:
        yield client


def ask(bot: Any) -> Any:
    with turn(conversation="c-1", customer=PRIYA, sources=[REFUNDS, HOURS]):
        return bot.chat.completions.create(
            model="gpt-test",
            messages=[
                {"role": "system", "content": f"Answer from these.\n{REFUNDS.text}\n{HOURS.text}"},
                {"role": "user", "content": "I'm Priya Raman. How soon is my refund here?"},
            ],
        )


def kept(settings: Settings) -> list[Trace]:
    recorder = engine_for(settings).recorder
    assert recorder is not None
    assert recorder.flush()
    return [trace for trace in recorder.store.list(500) if trace.is_result]


def test_each_examination_goes_on_from_the_last(bot: Any, settings: Settings) -> None:
    """Reasons, the removal test and the second check stand side by side, in whatever order they were asked for."""
    reply = ask(bot)
    narrate(reply, bot)
    tested = removal_test(reply, bot)
    assert tested.narrated is not None
    assert len(tested.narrated.reasons) == 1
    checked = second_check(reply, Half())
    assert checked.statements[0].effects == tested.statements[0].effects
    told = narrate(reply, bot)
    assert (told.removal, told.statements) == (tested.removal, checked.statements)
    assert told.statements[0].checks
    assert explanation_of(told.trace_id) == told
    assert [trace.examines for trace in kept(settings)] == [told.trace_id] * 4


def test_a_reason_that_failed_takes_the_place_of_none(bot: Any) -> None:
    reply = ask(bot)
    told = narrate(reply, bot)
    failed = narrate(reply, bot, budget=explainbot.Budget(calls=1, seconds=1e-9))
    assert failed.narrated is not None
    assert failed.narrated.failure == "BudgetSpent"
    assert explanation_of(told.trace_id) == told


def test_another_process_finds_it_in_the_store(bot: Any, settings: Settings) -> None:
    """It is found there by the id of the reply's own trace, redacted; that trace itself is not changed."""
    reply = ask(bot)
    trace_id = removal_test(reply, bot).trace_id
    [result] = kept(settings)
    assert (result.examines, result.operation, result.conversation) == (trace_id, "evaluate", "c-1")
    assert "Priya" not in result.to_json()
    recorder = engine_for(settings).recorder
    assert recorder is not None
    original = recorder.store.get(trace_id)
    assert original is not None
    assert '"removal":null' in (original.explanation or "")
    program = (
        "import sys, explainbot\n"
        "explainbot.configure(explainbot.Settings(store='sqlite', store_path=sys.argv[1], tenant='examined'))\n"
        "print(explainbot.explanation_of(sys.argv[2]).text)"
    )
    run = [sys.executable, "-c", program, str(settings.store_path), trace_id]
    told = subprocess.run(run, capture_output=True, text=True, check=True, timeout=60).stdout
    assert "The AI wrote this because of: Refunds." in told


def test_whoever_shows_the_trace_sees_it(bot: Any, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    trace_id = removal_test(ask(bot), bot).trace_id
    [result] = kept(settings)
    assert main(["traces", "show", trace_id, "--store", str(settings.store_path)]) == 0
    first, _, further = capsys.readouterr().out.partition("Explanation after further checks")
    assert "because of" not in first
    assert result.id in further
    assert "The AI wrote this because of: Refunds." in further
    assert main(["traces", "show", trace_id, "--json", "--store", str(settings.store_path)]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["id"], [one["id"] for one in shown["results"]]) == (trace_id, [result.id])


def test_it_counts_as_no_exchange_and_goes_with_the_customer(
    bot: Any, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Statistics leave it out; erasing the customer erases it too."""
    trace_id = second_check(ask(bot), Half()).trace_id
    [result] = kept(settings)
    store = ["--store", str(settings.store_path)]
    assert main(["traces", "stats", "--json", *store]) == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == {"ok": 1}
    assert main(["erase", "--customer", "cus-9", "--tenant", "examined", *store]) == 0
    recorder = engine_for(settings).recorder
    assert recorder is not None
    assert (recorder.store.get(result.id), recorder.store.get(trace_id)) == (None, None)
