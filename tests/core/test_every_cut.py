"""A stream gives the customer the same bytes wherever the network cuts it.

`streams/` holds what the small local model (see `explainbot.demo.local`) answered when it was shown a pattern of
placeholders to continue: real events with real tokens, in which the placeholder comes in pieces. Beside them stands a
stream of Responses with every event that the pinned client knows.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
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
from explainbot.protocols.base import Channel

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


@cache
def asked(endpoint: str, explain: bool) -> Exchange:
    """A request that was sent."""
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
    return one


def replied(endpoint: str, pieces: list[bytes], *, explain: bool = False) -> bytes:
    """What the customer gets of a reply that comes in these pieces.

    One request serves any number of replies; not where they are explained, since what is known of them adds up.
    """
    one = (asked.__wrapped__ if explain else asked)(endpoint, explain)
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


class Fed:
    """What the pieces of a stream say (a `ReplyTexts`), and nothing that they repeat."""

    changed = surrogates = False

    def __init__(self) -> None:
        self.texts: list[str] = []

    def feed(self, channel: Channel, text: str) -> str:
        self.texts.append(text)
        return text

    def whole(self, channel: Channel, text: str) -> str:
        return text

    def owns(self, id: str | None) -> bool:
        return False

    def moved(self, channel: Channel, offset: int) -> int:
        return offset


def said(endpoint: str, frame: bytes) -> str:
    """The text that an event brings."""
    fed, data = Fed(), frame.partition(b"data: ")[2]
    if data.startswith(b"{"):
        protocol_for("POST", endpoint).map_chunk(json.loads(data), fed)  # type: ignore[union-attr]
    return "".join(fed.texts)


@pytest.mark.parametrize("name", RECORDED)
def test_a_recorded_stream_that_ends_within_a_placeholder_is_complete_however_it_is_cut(name: str) -> None:
    """What was held back comes with the end: nothing else would tell of a restorer that is never flushed."""
    endpoint = RECORDED[name]
    frames = recorded(name).split(b"\n\n")
    number = next(n for n, frame in enumerate(frames) if said(endpoint, frame) == "4")
    frames = [frame for n, frame in enumerate(frames) if n < number or not said(endpoint, frame)]
    raw = b"\n\n".join(frames)
    whole = replied(endpoint, [raw])
    assert "".join(said(endpoint, frame) for frame in frames).endswith("EMAIL_")
    assert whole.count(b"\n\n") == raw.count(b"\n\n")
    assert "".join(said(endpoint, frame) for frame in whole.split(b"\n\n")).endswith("EMAIL_")
    for place in range(1, len(raw)):
        assert replied(endpoint, [raw[:place], raw[place:]]) == whole, f"cut at {place}"
    assert replied(endpoint, single(raw)) == whole


def text_of(stream: bytes) -> list[str]:
    """Every text of a stream's events, in order."""
    frames = (frame.partition(b"data: ")[2] for frame in stream.split(b"\n\n"))
    return [text for frame in frames if frame.startswith(b"{") for text in _json.strings(json.loads(frame))]


def event(kind: Any) -> bytes:
    """An event of Responses whose texts each hold a placeholder."""
    value = _json.map_strings(examples(kind)[0], lambda text: "x [EMAIL_4] y" if text == FILLER else text)
    return b"event: %b\ndata: %b\n\n" % (value["type"].encode(), json.dumps(value).encode())


EVENTS = [event(kind) for kind in getattr(ResponseStreamEvent, "__origin__", ResponseStreamEvent).__args__]


def test_every_event_of_responses_is_the_same_byte_by_byte() -> None:
    raw = b"".join(EVENTS)
    assert raw.count(b"event: response.") > 50
    whole = replied("/v1/responses", [raw])
    assert whole.count(FOURTH.encode()) > 50
    assert replied("/v1/responses", single(raw)) == whole


SIMILAR = [f"event: response.{kind}\n".encode() for kind in "created queued in_progress incomplete failed".split()]
"""Long events that are read as `response.completed` is."""
CUT = [one for one in EVENTS if not one.startswith((*SIMILAR,))]


@pytest.mark.parametrize("raw", CUT, ids=[one[7:60].partition(b"\n")[0].decode() for one in CUT])
def test_each_event_of_responses_is_the_same_wherever_it_is_cut(raw: bytes) -> None:
    whole = replied("/v1/responses", [raw])
    for place in range(1, len(raw)):
        assert replied("/v1/responses", [raw[:place], raw[place:]]) == whole, f"cut at {place}"
