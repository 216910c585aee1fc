"""A reply that was asked for as JSON stays JSON, whatever is restored in it, on every wire protocol that can ask."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from explainbot import _json
from explainbot._given import Context, Policy
from explainbot._outgoing import Request
from explainbot._vaults import OneVault
from explainbot.exchange import Exchange
from explainbot.privacy import Customer, Redactor, Vault
from explainbot.protocols import protocol_for

NOTE = 'gate "B" \\ 4711'
SAID = json.dumps({"to": "[DATA_1]", "link": "https://evil.example/?q=[DATA_1]"})
GIVEN = {"to": NOTE, "link": "https://evil.example/?q=[DATA_1]"}
SCHEMA = {"type": "json_schema", "schema": {"type": "object"}}
CHAT = {"messages": [{"role": "user", "content": f"It is {NOTE}"}]}


def chat(text: str) -> Any:
    return {"choices": [{"index": 0, "message": {"role": "assistant", "content": text}}]}


def response(text: str) -> Any:
    return {"output": [{"type": "message", "content": [{"type": "output_text", "text": text}]}]}


def answer(text: str) -> Any:
    return {"type": "message", "content": [{"type": "text", "text": text}]}


@pytest.mark.parametrize(
    ("endpoint", "asked", "reply"),
    [
        ("/v1/chat/completions", {**CHAT, "response_format": {"type": "json_object"}}, chat),
        ("/v1/chat/completions", {**CHAT, "response_format": {"type": "json_schema", "json_schema": SCHEMA}}, chat),
        ("/v1/responses", {"input": f"It is {NOTE}", "text": {"format": SCHEMA}}, response),
        ("/v1/messages", {**CHAT, "output_config": {"format": SCHEMA}}, answer),
        ("/v1/messages", {**CHAT, "output_format": SCHEMA}, answer),
    ],
)
def test_json_that_was_asked_for_stays_json(endpoint: str, asked: dict[str, Any], reply: Any) -> None:
    protocol = protocol_for("POST", endpoint)
    assert protocol is not None
    one = Exchange(
        protocol,
        Policy(explain=False),
        Context(customer=Customer(extra={"note": NOTE})),
        vaults=OneVault(Vault()),
        redactor_for=lambda customer: Redactor(customer=customer),
        trace_id="0" * 32,
        started=datetime(2026, 1, 2, tzinfo=UTC),
        clock=lambda: 0.0,
    )
    body = json.dumps({"model": "m", **asked}).encode()
    assert b"DATA_1" in one.send_request(Request("POST", f"https://api.example{endpoint}", (), body)).body
    one.receive_headers(200, {"content-type": "application/json"})
    out = json.loads(one.receive_data(json.dumps(reply(SAID)).encode()) + one.receive_data(b""))
    assert GIVEN in [json.loads(text) for text in _json.strings(out) if text.startswith("{")]
