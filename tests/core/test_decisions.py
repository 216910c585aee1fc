"""A decision is told as the bot made it: the rule, the customer's data, what would change it, and who looks at it."""

from __future__ import annotations

from typing import Any

import pytest
from servers import Server, chat_reply, message, tool_call

import explainbot
from explainbot import (
    Condition,
    Customer,
    Decision,
    Explanation,
    Settings,
    about,
    decided,
    explained,
    explanation_of,
    turn,
)
from explainbot.engine import engine_for
from explainbot.errors import ConfigError

PRIYA = Customer(name="Priya Raman", email="priya.raman@example.com")
SETTINGS = Settings(
    store="memory", tenant="decisions", contact="write to help@acme.example", decisions={"cancel_order"}
)
REFUSED = Decision(
    "refund for Priya Raman",
    "refused",
    rule="Refunds within 30 days",
    conditions=[
        Condition.at_most("days since delivery", 30, actual=41),
        Condition("e-mail on the order", "the one of your account", actual="priya.raman@example.com", met=True),
    ],
    significant=True,
)


def ask(server: Server, *messages: Any, body: Any = None, **options: Any) -> Any:
    with explainbot.OpenAI(base_url=server.url, api_key="k", settings=SETTINGS) as client:
        return client.chat.completions.create(
            model="gpt-test",
            messages=[{"role": "user", "content": "May I have my money back?"}, *messages],
            extra_body=body,
            **options,
        )


@pytest.fixture
def server() -> Any:
    with Server(lambda request: chat_reply(request, "I am sorry, we cannot refund it.")) as running:
        yield running


def test_a_refusal_says_the_rule_the_data_and_what_would_change_it(server: Server) -> None:
    with turn(customer=PRIYA):
        assert decided(REFUSED) is REFUSED
        found = explanation_of(ask(server))
    assert found.decisions == (REFUSED,)
    text = found.text
    assert "1 decision about you was made." in found.headline
    assert "Decisions about you\n- Refused: refund for Priya Raman." in text
    assert "A fixed rule decided it. The AI only passed it on." in text
    assert "This may matter a lot to you." in text
    assert "Rule: Refunds within 30 days." in text
    assert "Missed: days since delivery. Needed: at most 30. On record: 41." in text
    assert "Met: e-mail on the order. Needed: the one of your account. On record: priya.raman@example.com." in text
    assert "What would change it: days since delivery: at most 30." in text
    assert "To have a person look at it: write to help@acme.example." in text
    assert "What would change it" in found.markdown
    assert "What would change it" in found.html
    assert Explanation.model_validate_json(found.model_dump_json()) == found


def test_personal_data_in_a_decision_is_sent_and_traced_to_nobody(server: Server) -> None:
    with turn(customer=PRIYA, decisions=[REFUSED]):
        found = explanation_of(ask(server))
    for secret in (b"Priya", b"priya.raman"):
        assert secret not in server.received
    recorder = engine_for(SETTINGS).recorder
    assert recorder is not None
    recorder.flush()
    trace = recorder.store.get(found.trace_id)
    assert trace is not None
    assert trace.explanation is not None
    assert "Refunds within 30 days" in trace.explanation
    assert "riya" not in trace.to_json()
    assert "Priya" not in repr(REFUSED)
    assert "priya" not in repr(REFUSED)


def test_it_can_be_given_for_one_call_and_belongs_to_that_alone(server: Server) -> None:
    granted = Decision("refund of order A-1", "granted", by="person")
    found = explanation_of(ask(server, body=about(customer=PRIYA, decisions=[REFUSED, granted])))
    assert found.decisions == (REFUSED, granted)
    assert "A person decided it." in found.text
    assert b"Refunds within" not in server.received
    assert explanation_of(ask(server)).decisions == ()


def test_a_grant_says_nothing_of_what_would_change_it(server: Server) -> None:
    granted = Decision("refund", "granted", conditions=[Condition.at_least("points", 10, actual=12)])
    with turn(decisions=[granted]):
        text = explanation_of(ask(server)).text
    assert "Met: points. Needed: at least 10. On record: 12." in text
    assert "What would change it" not in text


def test_decisions_made_in_a_handler_are_told_of_what_it_returns() -> None:
    @explained
    def handle(question: str) -> str:
        decided(Decision("free delivery", "changed", by="ai"))
        return "Delivery is free now."

    text = explanation_of(handle("Is it free?")).text
    assert "Changed: free delivery." in text
    assert "The AI decided it." in text


def test_a_decision_in_an_inner_turn_counts_in_the_outer_one(server: Server) -> None:
    with turn() as outer:
        with turn():
            decided(REFUSED)
        assert outer.decisions == (REFUSED,)
        assert explanation_of(ask(server)).decisions == (REFUSED,)


CALL = {"role": "assistant", "content": None, "tool_calls": [tool_call("cancel_order", '{"order":"A-1"}')]}
RESULT = {"role": "tool", "tool_call_id": "call_0", "content": '{"status":"cancelled"}'}


def test_a_tool_that_decides_is_told_of_where_the_bot_says_nothing(server: Server) -> None:
    found = explanation_of(ask(server, CALL, RESULT))
    assert [(one.what, one.outcome, one.tool) for one in found.decisions] == [("cancel_order", "asked", "cancel_order")]
    assert "Asked for in our system: cancel_order." in found.text
    assert "decision about you" not in found.headline
    done = Decision("your order A-1", "changed", tool="cancel_order")
    with turn(decisions=[done]):
        assert explanation_of(ask(server, CALL, RESULT)).decisions == (done,)
    later = {"role": "user", "content": "Thanks. When are you open?"}
    assert explanation_of(ask(server, CALL, RESULT, later)).decisions == ()


def test_a_call_that_the_reply_asks_for_counts_too() -> None:
    with Server(
        lambda request: chat_reply(request, message(None, tool_calls=[tool_call("cancel_order", "{}")]))
    ) as server:
        assert [one.what for one in explanation_of(ask(server)).decisions] == ["cancel_order"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Decision("x", "maybe"),  # type: ignore[arg-type]
        lambda: Decision("x", "refused", by="nobody"),  # type: ignore[arg-type]
        lambda: Decision("x", "refused", conditions=["y"]),  # type: ignore[list-item]
        lambda: Condition("x", 1, 2, test="near"),  # type: ignore[arg-type]
        lambda: decided(REFUSED),
        lambda: turn(decisions=REFUSED),  # type: ignore[arg-type]
        lambda: turn(decisions=["x"]),  # type: ignore[list-item]
    ],
)
def test_what_is_no_decision_is_refused(wrong: Any) -> None:
    with pytest.raises(ConfigError):
        wrong()


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        (Condition("status", "delivered", "delivered"), True),
        (Condition("status", "delivered", "lost"), False),
        (Condition("status", "delivered", "lost", met=True), True),
        (Condition.at_most("days", 30, actual=30), True),
        (Condition.at_most("days", 30, actual=30.5), False),
        (Condition.at_least("points", 3, actual=2), False),
    ],
)
def test_whether_a_condition_is_met(condition: Condition, met: bool) -> None:
    assert condition.met is met
