"""A second check may lower a state and never raises one; where it fails, the computed state stands."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import Reply, Request, Server, chat_reply, error_reply

import explainbot
from explainbot import Customer, Explanation, Settings, Source, Statement, explanation_of, second_check, turn
from explainbot.engine import engine_for
from explainbot.errors import ConfigError, UnknownName
from explainbot.explain.checkers import lowered
from explainbot.explain.checkers.judge import LLMJudge
from explainbot.explain.checkers.nli import LocalNLI

SETTINGS = Settings(store="memory", tenant="checkers")
ENGINE = engine_for(SETTINGS)
"""Kept alive: what is remembered of a reply goes with its engine."""
POLICY = Source("policy", "Refunds arrive within 5 working days. Priya Raman wrote this.", title="Policy")
ANSWER = "Refunds arrive within 5 working days. The moon is made of cheese."


class Says:
    """A checker with a fixed answer."""

    name = "test"

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.seen: list[tuple[str, list[str]]] = []

    def check(self, statement: str, passages: Sequence[str]) -> float:
        self.seen.append((statement, list(passages)))
        if isinstance(self.answer, Exception):
            raise self.answer
        return float(self.answer)


@pytest.fixture
def reply(server: Server) -> Any:
    server.script(lambda request: chat_reply(request, ANSWER))
    with client(server) as made, turn(sources=[POLICY], customer=Customer(name="Priya Raman")):
        message = {"role": "user", "content": f"{POLICY.text} When do I get my money?"}
        answer = made.chat.completions.create(model="gpt-test", messages=[message])
    assert states(explanation_of(answer)) == ["found", "not found"]
    server.forget()
    return answer


def client(server: Server, kind: Any = explainbot.OpenAI) -> Any:
    return kind(base_url=server.url, api_key="key", settings=SETTINGS)


def states(made: Explanation) -> list[str]:
    return [one.state for one in made.statements]


@pytest.mark.parametrize(
    ("score", "state"), [(1.0, "found"), (0.7, "found"), (0.5, "partly found"), (0.1, "not found")]
)
def test_a_score_lowers_the_state(reply: Any, score: float, state: str) -> None:
    made = second_check(reply, Says(score))
    assert states(made) == [state, "not found"]
    assert made.statements[0].checks[0].score == score
    assert made.statements[0].checks[0].before == "found"
    assert ("A second check (test) found less support for this." in made.text) == (state != "found")
    assert made.grounding == (0.5 if state == "found" else 0.0)
    assert explanation_of(made.trace_id) == made


def test_only_what_was_found_is_checked_in_redacted_form_with_its_passage(reply: Any) -> None:
    checker = Says(1.0)
    second_check(reply, checker)
    [(statement, passages)] = checker.seen
    assert statement == "Refunds arrive within 5 working days."
    assert any("Refunds arrive within 5 working days. [PERSON_1] wrote this." in passage for passage in passages)


@pytest.mark.parametrize("wrong", [RuntimeError("secret"), float("nan"), 7.0, -1.0])
def test_a_failing_checker_leaves_the_state_and_it_is_said(reply: Any, wrong: Any) -> None:
    made = second_check(reply, Says(wrong))
    assert states(made) == states(explanation_of(reply))
    assert made.statements[0].checks[0].score is None
    assert "A second check (test) could not be made. What was found before stands." in made.text
    assert "secret" not in made.model_dump_json()


STATES = ["conflicts", "not found", "partly found", "found"]


@given(st.sampled_from(STATES[2:]), st.none() | st.floats(0, 1), st.floats(0, 1))
def test_no_score_ever_raises_a_state(state: Any, score: float | None, before: float) -> None:
    one = Statement(text="x", start=0, end=1, state=state, score=before)
    after = lowered(one, "test", score)
    assert STATES.index(after.state) <= STATES.index(state)
    assert after.score <= before


def judged(verdict: str) -> Any:
    def answer(request: Request) -> Reply:
        assert "response_format" in request.json()
        return chat_reply(request, json.dumps({"supported": verdict}))

    return answer


@pytest.mark.parametrize("kind", [explainbot.OpenAI, explainbot.AsyncOpenAI])
@pytest.mark.parametrize(("verdict", "state"), [("yes", "found"), ("partly", "partly found"), ("no", "not found")])
def test_a_language_model_judges_through_the_guarded_client(
    server: Server, reply: Any, kind: Any, verdict: str, state: str
) -> None:
    server.script(judged(verdict))

    async def awaited() -> Explanation:
        async with client(server, kind) as made:
            return await second_check(reply, client=made)

    if kind is explainbot.AsyncOpenAI:
        made = asyncio.run(awaited())
    else:
        with client(server) as asking:
            made = second_check(reply, client=asking)
    assert states(made) == [state, "not found"]
    [request] = server.requests
    body = request.json()
    assert body["model"] == "gpt-test"
    assert "[PERSON_1] wrote this." in body["messages"][1]["content"]
    assert b"Priya" not in server.received
    assert json.loads(body["messages"][1]["content"])["sentence"] == "Refunds arrive within 5 working days."


def test_a_judge_of_another_model_that_takes_no_schema_still_judges(server: Server, reply: Any) -> None:
    def answer(request: Request) -> Reply:
        if "response_format" in request.json():
            return error_reply(400)
        return chat_reply(request, 'Sure! {"supported": "no"}')

    server.script(answer)
    with client(server) as asking:
        made = second_check(reply, LLMJudge("other"), client=asking)
    assert states(made)[0] == "not found"
    assert {request.json()["model"] for request in server.requests} == {"other"}
    assert "A second check (other) found less support" in made.text


@pytest.mark.parametrize("answer", ["maybe", '{"supported": "certainly"}', "[]", "{", ""])
def test_a_judge_that_answers_nonsense_has_failed(server: Server, reply: Any, answer: str) -> None:
    server.script(lambda request: chat_reply(request, answer))
    with client(server) as asking:
        made = second_check(reply, client=asking)
    assert states(made)[0] == "found"
    assert made.statements[0].checks[0].score is None


def test_a_judge_without_a_client_is_a_clear_error(reply: Any) -> None:
    with pytest.raises(ConfigError, match="give second_check a client"):
        second_check(reply)


def test_a_checker_nobody_knows_is_a_clear_error(reply: Any) -> None:
    with pytest.raises(UnknownName, match="judge"):
        second_check(reply, "jury")


def test_without_its_library_the_local_model_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(ConfigError, match=r"explainbot\[nli\]"):
        LocalNLI("model")


def pipeline(labels: Sequence[str]) -> Any:
    """The library's `pipeline`, in its shapes: the real one needs weights that no package holds."""

    def classify(pairs: list[dict[str, str]], truncation: bool) -> list[list[dict[str, Any]]]:
        entailed = [pair["text_pair"].rstrip(".") in pair["text"] for pair in pairs]
        return [
            [{"label": labels[0], "score": 0.9 if one else 0.2}, {"label": "neutral", "score": 0.1}] for one in entailed
        ]

    def make(task: str, model: str, top_k: int | None) -> Any:
        classify.model = SimpleNamespace(config=SimpleNamespace(id2label=dict(enumerate(labels))))  # type: ignore[attr-defined]
        return classify

    return SimpleNamespace(pipeline=make)


def test_a_local_model_scores_by_entailment(monkeypatch: pytest.MonkeyPatch, reply: Any) -> None:
    monkeypatch.setitem(sys.modules, "transformers", pipeline(["ENTAILMENT", "NEUTRAL"]))
    checker = LocalNLI("model")
    assert checker.check("It rains.", ["It rains today", "Sun"]) == 0.9
    assert checker.check("It snows.", ["It rains today"]) == 0.2
    assert checker.check("It snows.", []) == 0.0
    assert states(second_check(reply, checker)) == ["found", "not found"]


def test_a_model_without_entailment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "transformers", pipeline(["POSITIVE", "NEGATIVE"]))
    with pytest.raises(ConfigError, match="no NLI model"):
        LocalNLI("model")
