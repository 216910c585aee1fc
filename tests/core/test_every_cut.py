"""A stream gives the customer the same bytes wherever the network cuts it.

`streams/` holds what the small local model (see `explainbot.demo.local`) answered when it was shown a pattern of
placeholders to continue: real events with real tokens, in which the placeholder comes in pieces. Beside them stands a
stream of Responses with every event that the pinned client knows.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openai.types.responses import ResponseStreamEvent
from samples import FILLER, examples

from explainbot import _json
from explainbot._given import Context, Policy
from explainbot._outgoing import Request
from explainbot._vaults import OneVault
from explainbot.exchange import Exchange
from explainbot.privacy import Redactor, Vault
from explainbot.protocols import protocol_for

MAILS = [f"{name}@example.org" for name in ("kim", "lee", "pat", "jane")]
FOURTH = MAILS[3]
RECORDED = {
    "chat": "/v1/chat/completions",
    "chat_tool": "/v1/chat/completions",
    "completions": "/v1/completions",
    "messages": "/v1/messages",
    "responses": "/v1/responses",
}
"""Names of the recordings, and the endpoints they come from."""

REDACTOR = Redactor()


def replied(endpoint: str, pieces: list[bytes], *, explain: bool = False) -> bytes:
    """What the customer gets of a reply that comes in these pieces."""
    one = Exchange(
        protocol_for("POST", endpoint),  # type: ignore[arg-type]
        Policy(explain=explain),
        Context(),
        vaults=OneVault(Vault()),
        redactor_for=lambda _: REDACTOR,
        trace_id="0" * 32,
        started=datetime(2026, 1, 2, tzinfo=UTC),
        clock=lambda: 0.0,
    )
    body = {"model": "m", "stream": True, "metadata": {"mails": " ".join(MAILS)}}
    one.send_request(Request("POST", f"https://api.example{endpoint}", (), json.dumps(body).encode()))
    one.receive_headers(200, {"content-type": "text/event-stream"})
    return b"".join([*map(one.receive_data, pieces), one.receive_data(b"")])


def recorded(name: str) -> bytes:
    return (Path(__file__).parent / "streams" / f"{name}.sse").read_bytes()


def single(raw: bytes) -> list[bytes]:
    return [raw[place : place + 1] for place in range(len(raw))]


@pytest.mark.parametrize("name", RECORDED)
def test_a_recorded_stream_is_the_same_however_it_is_cut(name: str) -> None:
    endpoint, raw = RECORDED[name], recorded(name)
    whole = replied(endpoint, [raw])
    assert FOURTH in "".join(text_of(whole))
    for place in range(1, len(raw)):
        assert replied(endpoint, [raw[:place], raw[place:]]) == whole, f"cut at {place}"
    assert replied(endpoint, single(raw)) == whole


@pytest.mark.parametrize("name", RECORDED)
def test_so_is_its_explanation(name: str) -> None:
    endpoint, raw = RECORDED[name], recorded(name)
    whole = replied(endpoint, [raw], explain=True)
    assert b'"explanation"' in whole
    assert replied(endpoint, single(raw), explain=True) == whole


def text_of(stream: bytes) -> list[str]:
    """Every text of a stream's events, in order."""
    frames = (frame.partition(b"data: ")[2] for frame in stream.split(b"\n\n"))
    return [text for frame in frames if frame.startswith(b"{") for text in _json.strings(json.loads(frame))]


def event(kind: Any) -> bytes:
    """An event of Responses whose texts each hold a placeholder."""
    value = _json.map_strings(examples(kind)[0], lambda text: "x [EMAIL_4] y" if text == FILLER else text)
    return b"event: %b\ndata: %b\n\n" % (value["type"].encode(), json.dumps(value).encode())


EVENTS = [event(kind) for kind in getattr(ResponseStreamEvent, "__origin__", ResponseStreamEvent).__args__]
SHORT = [one for one in EVENTS if len(one) < 1_000]


def test_every_event_of_responses_is_the_same_byte_by_byte() -> None:
    raw = b"".join(EVENTS)
    assert raw.count(b"event: response.") > 50
    whole = replied("/v1/responses", [raw])
    assert whole.count(FOURTH.encode()) > 50
    assert replied("/v1/responses", single(raw)) == whole


def test_short_events_of_responses_are_the_same_wherever_they_are_cut() -> None:
    assert len(SHORT) > 30
    for raw in SHORT:
        whole = replied("/v1/responses", [raw])
        for place in range(1, len(raw), 3):
            assert replied("/v1/responses", [raw[:place], raw[place:]]) == whole, raw[:60]
