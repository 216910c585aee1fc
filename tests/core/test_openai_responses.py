"""Every event and every item that the pinned client knows goes through restored, and else as it came."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from openai.types.responses import ResponseInputItemParam, ResponseStreamEvent
from openai.types.responses.response import Response
from samples import FILLER, examples

from explainbot import _json
from explainbot._given import Context, Policy
from explainbot._outgoing import Request
from explainbot._vaults import OneVault
from explainbot.exchange import Exchange
from explainbot.privacy import Redactor, Vault
from explainbot.protocols.openai_responses import PROTOCOL

MAIL = "someone@example.org"
EVENTS = {kind.model_fields["type"].annotation.__args__[0]: kind for kind in get_args(get_args(ResponseStreamEvent)[0])}


def opened(*, stream: bool = True) -> Exchange:
    one = Exchange(
        PROTOCOL,
        Policy(),
        Context(),
        vaults=OneVault(Vault()),
        redactor_for=lambda customer: Redactor(customer=customer),
        trace_id="0" * 32,
        started=datetime(2026, 1, 2, tzinfo=UTC),
        clock=lambda: 0.0,
    )
    body = json.dumps({"model": "m", "input": f"I am {MAIL}", "stream": stream}).encode()
    one.send_request(Request("POST", "https://api.example.test/v1/responses", (), body))
    return one


def filled(value: Any, text: str) -> Any:
    return _json.map_strings(value, lambda own: text if own == FILLER else own)


def without(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return {name: without(item, key) for name, item in value.items() if name != key}
    return [without(item, key) for item in value] if isinstance(value, list) else value


def test_the_events_are_all_there() -> None:
    assert len(EVENTS) > 50
    assert {"response.output_text.delta", "response.completed", "error"} <= set(EVENTS)


OWN_TEXT = ("logprobs", "item_id", "obfuscation", "start_index", "end_index")
"""What is not restored: the model's own pieces of text, what is no text, and offsets, which move."""


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_is_restored_and_else_as_it_came(name: str) -> None:
    for example in examples(EVENTS[name]):
        one = opened()
        one.receive_headers(200, {"content-type": "text/event-stream"})
        raw = b"data: " + json.dumps(filled(example, "x [EMAIL_1] y")).encode() + b"\n\n"
        out = one.receive_data(raw) + one.receive_data(b"")
        assert out.count(b"data: ") == 1
        event = json.loads(out.removeprefix(b"data: "))
        event.get("response", {}).pop("explanation", None)
        expected = filled(example, f"x {MAIL} y")
        for key in OWN_TEXT:
            event, expected = without(event, key), without(expected, key)
        assert event == expected


def test_a_whole_response_is_restored_with_every_kind_of_item() -> None:
    checked = 0
    for example in examples(Response):
        one = opened(stream=False)
        one.receive_headers(200, {"content-type": "application/json"})
        one.receive_data(json.dumps(filled(example, "x [EMAIL_1] y")).encode())
        body = json.loads(one.receive_data(b""))
        body.pop("explanation", None)
        expected = filled(example, f"x {MAIL} y")
        for key in OWN_TEXT:
            body, expected = without(body, key), without(expected, key)
        assert body == expected
        checked += 1
    assert checked > 60


def test_every_item_of_the_history_can_be_sent() -> None:
    """What came back may be sent again: no item that the client knows is of unknown type."""
    from explainbot.protocols.fields import PART_TYPES

    kinds = {example["type"] for example in examples(ResponseInputItemParam) if example.get("type")}
    assert kinds <= PART_TYPES["input"]
