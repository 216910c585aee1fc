"""Statements told while the reply is still being written: whole, once, in order, and never at the reply's cost."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainbot import turn
from explainbot._early import EarlyStatements
from explainbot._given import Context, Policy
from explainbot._outgoing import Request
from explainbot._vaults import OneVault
from explainbot.exchange import Exchange
from explainbot.explain import Source, Statement, ground
from explainbot.privacy import Customer, Redactor, Vault
from explainbot.protocols.openai_chat import PROTOCOL

POLICY = Source("policy", "Refunds arrive within 5 working days. The express fee is $50.")
REPLY = (
    "Hello Jane Doe! Refunds arrive within 5 working days. The express fee is $60 for jane@example.org. Is that fine?"
)
JANE = Customer(name="Jane Doe", email="jane@example.org")


def told(text: str, pieces: int) -> tuple[list[Statement], list[int]]:
    """The statements told of `text` that comes in so many pieces, and after how many characters each was told."""
    found: list[Statement] = []
    when: list[int] = []
    heard = 0
    early = EarlyStatements(lambda part: ground(part, [POLICY], language="en"), found.append)
    size = max(1, len(text) // pieces)
    for at in range(0, len(text), size):
        heard = min(len(text), at + size)
        early.heard(text[at:heard])
        when += [heard] * (len(found) - len(when))
    early.close()
    return found, when + [len(text)] * (len(found) - len(when))


WORDS = st.lists(
    st.sampled_from("Refunds arrive 5 $60 days. fee! is? z.B. 3.5 \n - \n\n。 返金。 ## | a | [EMAIL_1] …".split(" ")),
    max_size=40,
).map(" ".join)


@settings(max_examples=200)
@given(WORDS, st.integers(1, 60))
def test_every_statement_is_told_once_in_order_where_it_stands(text: str, pieces: int) -> None:
    """However the text is cut: offsets hold, nothing overlaps, and no word is left out."""
    found, _ = told(text, pieces)
    end = 0
    for one in found:
        assert end <= one.start < one.end
        assert text[one.start : one.end] == one.text
        assert all(text[value.start : value.end] == value.text for value in one.values)
        end = one.end
    left_out = "".join(
        text[a:b] for a, b in zip([0, *(one.end for one in found)], [*(one.start for one in found), None], strict=True)
    )
    assert not re.search(r"Refunds|arrive|days|fee", left_out)


def test_a_statement_is_told_as_soon_as_the_next_one_begins() -> None:
    found, when = told(REPLY, len(REPLY))
    assert [one.text for one in found] == [one.text for one in ground(REPLY, [POLICY])]
    assert [one.state for one in found] == [one.state for one in ground(REPLY, [POLICY])]
    for one, after in zip(found[:-1], when, strict=False):
        assert after <= one.end + 2


def test_a_reply_in_json_is_told_at_its_end_as_it_is_explained() -> None:
    text = json.dumps({"answer": REPLY, "more": ["The express fee is $50."]}, indent=1)
    found, when = told(text, len(text))
    assert found == list(ground(text, [POLICY], language="en"))
    assert set(when) == {len(text)}
    assert len(found) > 3


def test_time_is_linear_where_no_sentence_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that always looks as if it ended is cut a bounded number of times and then ever more rarely."""
    read = 0

    def sentences(text: str, lexicon: object) -> list[Any]:
        nonlocal read
        read += len(text)
        return [object()]

    monkeypatch.setattr("explainbot._early.sentences", sentences)
    early = EarlyStatements(lambda part: (), print)
    for _ in range(20_000):
        early.heard("x.")
    assert 40_000 <= read <= 300_000


def exchange(**given: Any) -> Exchange:
    vault = Vault()
    one = Exchange(
        PROTOCOL,
        given.pop("policy", Policy()),
        Context(customer=JANE, sources=(POLICY,)),
        vaults=OneVault(vault),
        redactor_for=lambda customer: Redactor(customer=customer),
        trace_id="0" * 32,
        started=datetime(2026, 1, 2, tzinfo=UTC),
        clock=lambda: 0.0,
        **given,
    )
    messages = [{"role": "user", "content": f"{POLICY.text} I am Jane Doe, jane@example.org."}]
    body = json.dumps({"model": "m", "messages": messages}).encode()
    one.send_request(Request("POST", "https://api.example.test/v1/chat/completions", (), body))
    return one


def chunks() -> list[bytes]:
    text = REPLY.replace("Jane Doe", "[PERSON_1]").replace("jane@example.org", "[EMAIL_1]")
    deltas = [{"content": text[at : at + 3]} for at in range(0, len(text), 3)]
    choices = [{"index": 0, "delta": delta, "finish_reason": None} for delta in deltas]
    choices.append({"index": 0, "delta": {}, "finish_reason": "stop"})
    head = {"id": "r", "object": "chat.completion.chunk", "model": "m"}
    return [b"data: " + json.dumps({**head, "choices": [choice]}).encode() + b"\n\n" for choice in choices]


def given_out(one: Exchange) -> bytes:
    one.receive_headers(200, {"content-type": "text/event-stream"})
    return b"".join([one.receive_data(data) for data in chunks()] + [one.receive_data(b"")])


def test_a_streams_statements_come_before_its_explanation_restored_and_alike() -> None:
    heard: list[Statement] = []
    one = exchange(on_statement=heard.append, on_explained=lambda _, made: heard.append(made))
    assert given_out(one) == given_out(exchange())
    *statements, explanation = heard
    assert explanation.statements == tuple(statements)  # type: ignore[attr-defined]
    assert [item.state for item in statements] == ["no claim", "found", "conflicts", "no claim"]
    assert statements[0].text == "Hello Jane Doe!"


def test_the_reply_goes_on_when_the_listener_fails_and_the_trace_says_so() -> None:
    def fail(one: Statement) -> None:
        raise RuntimeError("no")

    one = exchange(on_statement=fail)
    assert given_out(one) == given_out(exchange())
    trace = one.finish()
    assert trace is not None
    assert (trace.status, trace.error) == ("ok", "statements not told early: RuntimeError")
    assert one.explanation is not None


def test_nothing_is_told_where_explaining_is_off() -> None:
    heard: list[Statement] = []
    given_out(exchange(on_statement=heard.append, policy=Policy(explain=False)))
    assert heard == []


def test_a_turn_inside_another_listens_with_it() -> None:
    heard: list[Statement] = []
    with turn(on_statement=heard.append) as outer, turn(purpose="billing") as inner:
        assert inner.on_statement is outer.on_statement
