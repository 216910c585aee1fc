"""Reasons a model gives are kept only as far as the record bears them out; else the computed explanation stands."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from servers import Reply, Request, Server, chat_reply, error_reply

import explainbot
from explainbot import Explanation, Settings, Source, narrate, turn
from explainbot.again import Budget
from explainbot.engine import engine_for

RETURNS = Source(
    "returns", "You can return any item within 30 days.\nRefunds arrive within 5 working days.", title="Returns"
)
RULE = "Never grant more than 500 dollars."
SETTINGS = Settings(store="memory", tenant="narration")
GOOD = {
    "statement": 1,
    "source": 1,
    "quote": "You can return any  item within 30 days.",
    "reason": "Any item can be returned within 30 days.",
}


def answering(*answers: Any) -> Any:
    """The reply to the bot, then those to the questions about it; the last is repeated."""
    left = list(answers)

    def answer(request: Request) -> Reply:
        if "Statements of the reply" not in request.body.decode():
            return chat_reply(request, "You can return it within 30 days, [PERSON_1].")
        given = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(given, Reply):
            return given
        return chat_reply(request, given if isinstance(given, str) else json.dumps({"reasons": given}))

    return answer


def narrated(server: Server, kind: Any = explainbot.OpenAI, **options: Any) -> Explanation:
    priya = explainbot.Customer(name="Priya Raman")
    with explainbot.OpenAI(base_url=server.url, api_key="k", settings=SETTINGS) as client:
        with turn(customer=priya, sources=[RETURNS]):
            reply = client.chat.completions.create(
                model="gpt-test",
                messages=[
                    {"role": "system", "content": f"{RULE}\n{RETURNS.text}"},
                    {"role": "user", "content": "I'm Priya Raman. May I send it back?"},
                ],
            )
        if kind is explainbot.OpenAI:
            return narrate(reply, client, **options)

    async def awaited() -> Explanation:
        async with explainbot.AsyncOpenAI(base_url=server.url, api_key="k", settings=SETTINGS) as other:
            return await narrate(reply, other, **options)

    return asyncio.run(awaited())


@pytest.mark.parametrize("kind", [explainbot.OpenAI, explainbot.AsyncOpenAI])
def test_a_reason_that_holds_is_shown_as_the_models_own(kind: Any) -> None:
    with Server(answering([GOOD])) as server:
        found = narrated(server, kind)
    assert found.narrated is not None
    (reason,) = found.narrated.reasons
    assert reason.quote == RETURNS.text[reason.start : reason.end] == "You can return any item within 30 days."
    assert (reason.statement, reason.source_id, found.narrated.dropped) == (0, "returns", 0)
    assert "Reasons the AI gave" in found.text
    assert "The AI wrote these reasons later." in found.text
    assert "Reasons the AI gave" in found.markdown
    assert "Reasons the AI gave" in found.html
    assert b"Priya" not in server.received
    assert b"Raman" not in server.received
    asked = server.last.json()
    assert RULE not in json.dumps(asked)
    assert asked["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize(
    "change",
    [
        {"source": 7},
        {"source": 0},
        {"statement": 9},
        {"quote": "You can return any item within 60 days."},
        {"quote": "days"},
        {"quote": RULE},
        {"reason": "Any item can be returned within 60 days."},
        {"reason": "We value our customers in Paris greatly."},
        {"reason": RULE},
        {"reason": ""},
        {"reason": "Hello!"},
        {"reason": "Any item can be returned within 30 days. " * 20},
    ],
)
def test_a_reason_that_does_not_hold_is_dropped_and_counted(change: dict[str, Any]) -> None:
    with Server(answering([GOOD, {**GOOD, **change}])) as server:
        found = narrated(server)
    assert found.narrated is not None
    assert len(found.narrated.reasons) == 1
    assert found.narrated.dropped == 1
    assert "1 more reason was left out." in found.text


def test_the_reason_that_holds_can_name_the_customer() -> None:
    note = {
        **GOOD,
        "source": 2,
        "quote": "I'm [PERSON_1]. May I send it back?",
        "reason": "[PERSON_1] asked to send it back.",
    }
    with Server(answering([note])) as server:
        found = narrated(server)
    assert found.narrated is not None
    assert [reason.text for reason in found.narrated.reasons] in ([], ["Priya Raman asked to send it back."])
    assert b"Priya" not in server.received


@pytest.mark.parametrize(
    "bad", ["no JSON at all", '{"reasons": 1}', '{"reasons": [{"statement": "x"}]}', "", "[" * 5000]
)
def test_an_answer_of_another_form_is_asked_for_again_a_few_times(bad: str) -> None:
    with Server(answering(bad, bad, [GOOD])) as server:
        found = narrated(server)
        assert found.narrated is not None
        assert len(found.narrated.reasons) == 1
        assert len(server.requests) == 4
    with Server(answering(bad)) as server:
        found = narrated(server)
        assert found.narrated is not None
        assert (found.narrated.reasons, found.narrated.failure) == ((), "invalid")
        assert len(server.requests) == 4
    assert "No reason it gave could be checked." in found.text
    assert found.statements[0].state == "found"


def test_a_server_that_does_not_know_structured_output_is_asked_without() -> None:
    def answer(request: Request) -> Reply:
        if "response_format" in request.json():
            return error_reply(400)
        return answering(f"Sure! {json.dumps({'reasons': [GOOD]})}")(request)

    with Server(answer) as server:
        found = narrated(server)
        assert "response_format" not in server.last.json()
    assert found.narrated is not None
    assert len(found.narrated.reasons) == 1


def test_what_asking_costs_is_bounded_and_a_failure_is_named() -> None:
    with Server(answering(error_reply(500))) as server:
        found = narrated(server, budget=Budget(calls=2, seconds=5))
        assert len(server.requests) == 3
    assert found.narrated is not None
    assert found.narrated.failure in ("InternalServerError", "BudgetSpent")
    assert found.statements[0].state == "found"


def test_the_question_is_traced_as_an_evaluation_and_holds_no_personal_data() -> None:
    with Server(answering([GOOD])) as server:
        found = narrated(server)
    recorder = engine_for(SETTINGS).recorder
    assert recorder is not None
    recorder.flush()
    examined = [trace for trace in recorder.store.list() if trace.examines == found.trace_id]
    assert [trace.operation for trace in examined] == ["evaluate", "evaluate"]
    assert [trace.is_result for trace in examined] == [True, False]
    assert all("Priya" not in trace.to_json() for trace in examined)
