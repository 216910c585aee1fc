"""Asking again goes through the same client, hides the same values behind the same placeholders, and is traced as what
it is."""

from __future__ import annotations

import asyncio
from typing import Any

import openai
import pytest
from servers import Pause, Reply, Request, Server, chat_reply, error_reply, json_reply

import explainbot
from explainbot import Customer, Settings, Source, explanation_of, turn
from explainbot import _flow as flow
from explainbot.again import Budget, again, asked_for
from explainbot.engine import engine_for
from explainbot.errors import ConfigError, PrivacyError, UnguardedChannel

PRIYA = Customer(name="Priya Raman", email="priya.raman@example.com")
NOTE = Source("note", 'Priya\'s parcel "A" is at 47 Birchwood Lane.')
SECRETS = (b"Priya", b"Raman", b"priya.raman", b"jane@example.org")
SETTINGS = Settings(store="memory", tenant="again")


def made(server: Server, kind: Any = explainbot.OpenAI, settings: Settings = SETTINGS, **options: Any) -> Any:
    return kind(base_url=server.url, api_key="key", settings=settings, **options)


def ask(server: Server, **options: Any) -> Any:
    with made(server) as client, turn(customer=PRIYA, sources=[NOTE], purpose="parcels"):
        reply = client.chat.completions.create(
            model="gpt-test",
            messages=[
                {"role": "system", "content": f"Copy goes to jane@example.org.\n{NOTE.text}"},
                {"role": "user", "content": "I'm Priya (priya.raman@example.com). Where is it?"},
            ],
            extra_body={"top_k": 1},
            **options,
        )
        return list(reply)[-1] if options.get("stream") else reply


def asking(asked: Any, *changes: dict[str, Any]) -> flow.Flow[list[flow.Reply]]:
    """The same request again, once for each change."""
    replies = []
    for change in changes:
        reply = yield flow.Call({**asked.request, **change})
        replies.append(reply)
    return replies


def run(made_flow: Any, asked: Any, client: Any, budget: Budget | None = None) -> Any:
    """`again` in the client's colour; the client is closed."""
    options = [budget] if budget else []

    async def awaited() -> Any:
        async with client:
            return await again(made_flow, asked, client, *options)

    if isinstance(client, openai.AsyncOpenAI):
        return asyncio.run(awaited())
    with client:
        return again(made_flow, asked, client, *options)


@pytest.mark.parametrize("kind", [explainbot.OpenAI, explainbot.AsyncOpenAI])
@pytest.mark.parametrize("stream", [False, True])
def test_the_same_request_is_the_same_bytes(server: Server, kind: Any, stream: bool) -> None:
    asked = asked_for(ask(server, stream=stream))
    [first] = server.requests
    [same] = run(asking(asked, {}), asked, made(server, kind))
    first_body, second_body = first.json(), server.last.json()
    assert {k: v for k, v in first_body.items() if k != "stream"} == second_body
    assert second_body["top_k"] == 1
    assert same.text == "You wrote: I'm [PERSON_1] ([EMAIL_2]). Where is it?"
    assert (
        same.body["choices"][0]["message"]["content"] == "You wrote: I'm Priya (priya.raman@example.com). Where is it?"
    )
    for secret in SECRETS:
        assert secret not in server.received


def test_placeholders_stay_the_same_where_what_came_first_is_taken_away(server: Server) -> None:
    """A vault of its own would number the customer's address anew."""
    asked = asked_for(ask(server))
    last = asked.request["messages"][-1]
    assert "[EMAIL_2]" in last["content"]
    run(asking(asked, {"messages": [last]}), asked, made(server))
    assert server.last.json()["messages"] == [last]


def test_it_is_traced_as_an_evaluation_of_the_reply_and_not_explained(server: Server) -> None:
    reply = ask(server)
    asked = asked_for(reply)
    with turn() as outer:
        run(asking(asked, {}), asked, made(server))
    assert outer.explanations == []
    recorder = engine_for(SETTINGS).recorder
    assert recorder is not None
    recorder.flush()
    examining, original = recorder.store.list(2)
    assert (original.operation, original.examines) == ("chat", None)
    assert (examining.operation, examining.examines) == ("evaluate", explanation_of(reply).trace_id)
    assert examining.explanation is None
    assert examining.hidden == original.hidden
    assert examining.purpose == "parcels"


def test_a_client_that_is_not_guarded_is_refused(server: Server) -> None:
    asked = asked_for(ask(server))
    server.forget()
    with pytest.raises(UnguardedChannel):
        run(asking(asked, {}), asked, openai.OpenAI(base_url=server.url, api_key="key"))
    assert server.received == b""


def test_another_tenants_client_is_refused(server: Server) -> None:
    asked = asked_for(ask(server))
    server.forget()
    with pytest.raises(PrivacyError, match="another tenant"):
        run(asking(asked, {}), asked, made(server, settings=Settings(store="off", tenant="other")))
    assert server.received == b""


def test_a_reply_nobody_remembers_is_a_clear_error() -> None:
    with pytest.raises(LookupError, match="not remembered"):
        asked_for("0" * 32)


@pytest.mark.parametrize("kind", [explainbot.OpenAI, explainbot.AsyncOpenAI])
def test_passing_failures_are_tried_again_and_count(server: Server, kind: Any) -> None:
    asked = asked_for(ask(server))
    server.script(error_reply(500), error_reply(429), lambda request: chat_reply(request, "fine"), error_reply(400))
    replies = run(asking(asked, {}, {}, {}), asked, made(server, kind), Budget(calls=4))
    assert [reply.text for reply in replies] == ["fine", None, None]
    assert isinstance(replies[1].error, openai.BadRequestError)
    assert isinstance(replies[2].error, flow.BudgetSpent)
    assert len(server.requests) == 5


@pytest.mark.parametrize("kind", [explainbot.OpenAI, explainbot.AsyncOpenAI])
def test_time_is_bounded(server: Server, kind: Any) -> None:
    asked = asked_for(ask(server))

    def late(request: Request) -> Reply:
        whole = json_reply({"choices": []})
        return Reply((Pause(30), *whole.body), headers=whole.headers, framing="close")

    server.script(late)
    replies = run(asking(asked, {}, {}), asked, made(server, kind), Budget(seconds=0.4))
    assert all(reply.text is None and reply.error is not None for reply in replies)


@pytest.mark.parametrize("wrong", [{"calls": 0}, {"seconds": 0.0}, {"seconds": float("nan")}])
def test_a_budget_of_nothing_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        Budget(**wrong)


def test_nothing_personal_is_shown_by_what_is_remembered(server: Server) -> None:
    asked = asked_for(ask(server))
    for value in (repr(asked), str(asked), repr(asked.request), repr(asked.explanation), repr(asked.record.reply)):
        for secret in SECRETS:
            assert secret.decode() not in value
