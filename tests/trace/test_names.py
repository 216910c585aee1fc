"""A trace as attributes: OpenTelemetry's names where it has one, and no content."""

from __future__ import annotations

import re

from records import record

from explainbot.trace import Redacted, SourceRef, names
from explainbot.trace.names import attributes


def test_a_full_trace_gives_these_attributes() -> None:
    trace = record(
        conversation="c-91",
        turn="turn-4",
        first_token_ms=250.0,
        response_model="gpt-5-mini-2026",
        response_id="chatcmpl-1",
        http_status=200,
        sources=(SourceRef(id="refunds-v7"),),
        usage={"prompt_tokens": 10, "completion_tokens": 5, "cached_tokens": 3, "strange_tokens": 1},
        streamed=True,
        settings="abc",
    )
    assert attributes(trace) == {
        "explainbot.trace.id": "t-00000",
        "explainbot.tenant": "default",
        "explainbot.turn": "turn-4",
        "explainbot.status": "ok",
        "explainbot.duration_ms": 812.5,
        "explainbot.hidden.EMAIL_ADDRESS": 1,
        "explainbot.restored": 1,
        "explainbot.unknown_placeholders": 0,
        "explainbot.sources": 1,
        "explainbot.settings": "abc",
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-5-mini",
        "gen_ai.request.stream": True,
        "gen_ai.response.model": "gpt-5-mini-2026",
        "gen_ai.response.id": "chatcmpl-1",
        "gen_ai.response.time_to_first_chunk": 0.25,
        "gen_ai.conversation.id": "c-91",
        "gen_ai.usage.input_tokens": 10,
        "gen_ai.usage.output_tokens": 5,
        "gen_ai.usage.cache_read.input_tokens": 3,
        "http.response.status_code": 200,
    }


def test_content_is_in_no_attribute() -> None:
    trace = record(request=Redacted("CANARY"), reply=Redacted("CANARY"), explanation=Redacted("CANARY"))
    assert "CANARY" not in repr(attributes(trace))


def test_every_name_is_in_one_of_the_known_spaces() -> None:
    constants = [value for key, value in vars(names).items() if key.isupper() and isinstance(value, str)]
    assert len(constants) == len(set(constants))
    assert all(re.fullmatch(r"(gen_ai|explainbot|error|http)(\.[a-z_]+)+", value) for value in constants)
