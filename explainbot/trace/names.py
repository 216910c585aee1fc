"""The names a trace's fields have in OpenTelemetry, and a trace as attributes under those names.

The `gen_ai.*` and `error.type` names are those of the OpenTelemetry semantic conventions for generative AI
(https://github.com/open-telemetry/semantic-conventions-genai, model/gen-ai/registry.yaml, read in November 2026);
what they have no name for stands under `explainbot.*`. Attributes hold names, counts and times, never content.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from explainbot.trace.model import Trace

Attribute = str | int | float | bool

OPERATION: Final = "gen_ai.operation.name"
PROVIDER: Final = "gen_ai.provider.name"
REQUEST_MODEL: Final = "gen_ai.request.model"
REQUEST_STREAM: Final = "gen_ai.request.stream"
RESPONSE_MODEL: Final = "gen_ai.response.model"
RESPONSE_ID: Final = "gen_ai.response.id"
FIRST_CHUNK: Final = "gen_ai.response.time_to_first_chunk"
CONVERSATION: Final = "gen_ai.conversation.id"
INPUT_TOKENS: Final = "gen_ai.usage.input_tokens"
OUTPUT_TOKENS: Final = "gen_ai.usage.output_tokens"
CACHED_TOKENS: Final = "gen_ai.usage.cache_read.input_tokens"
REASONING_TOKENS: Final = "gen_ai.usage.reasoning.output_tokens"
ERROR_TYPE: Final = "error.type"
HTTP_STATUS: Final = "http.response.status_code"

TRACE: Final = "explainbot.trace.id"
TENANT: Final = "explainbot.tenant"
TURN: Final = "explainbot.turn"
EXAMINES: Final = "explainbot.examines"
"""The trace of the earlier reply that this request examines."""
STATUS: Final = "explainbot.status"
DURATION: Final = "explainbot.duration_ms"
RETRY: Final = "explainbot.retry"
HIDDEN: Final = "explainbot.hidden"
"""Followed by the entity type: `explainbot.hidden.EMAIL_ADDRESS` is how many e-mail addresses were hidden."""
RESTORED: Final = "explainbot.restored"
UNKNOWN_PLACEHOLDERS: Final = "explainbot.unknown_placeholders"
SOURCES: Final = "explainbot.sources"
"""How many sources were sent along."""
SETTINGS: Final = "explainbot.settings"

EVALUATION: Final = "gen_ai.evaluation.result"
"""The event that tells how a reply was judged."""
EVALUATION_NAME: Final = "gen_ai.evaluation.name"
EVALUATION_SCORE: Final = "gen_ai.evaluation.score.value"
EVALUATION_LABEL: Final = "gen_ai.evaluation.score.label"

REDACTION: Final = "explainbot.redaction"
"""The event that tells what was hidden in a request."""
GAP: Final = "explainbot.gap"
"""The span and the event that stand for traces that were lost."""
LOST: Final = "explainbot.lost"
"""How many were lost."""
CHECKPOINT: Final = "explainbot.checkpoint"
"""The event that carries a signed checkpoint of the log."""

TOKEN_USAGE: Final = "gen_ai.client.token.usage"
TOKEN_TYPE: Final = "gen_ai.token.type"
OPERATION_DURATION: Final = "gen_ai.client.operation.duration"
TIME_TO_FIRST_CHUNK: Final = "gen_ai.client.operation.time_to_first_chunk"
HIDDEN_VALUES: Final = "explainbot.hidden_values"
"""The metric that counts what was hidden, by `explainbot.entity_type`."""
ENTITY_TYPE: Final = "explainbot.entity_type"
GROUNDING: Final = "explainbot.grounding"
"""The metric of the share of each reply's statements that was found in the sources."""
STATEMENTS: Final = "explainbot.statements"
"""The metric that counts statements of replies, by `explainbot.statement.state`."""
STATEMENT_STATE: Final = "explainbot.statement.state"
LOST_TRACES: Final = "explainbot.lost_traces"
"""The metric that counts traces that were lost."""

USAGE: Final[Mapping[str, str]] = {
    "prompt_tokens": INPUT_TOKENS,
    "input_tokens": INPUT_TOKENS,
    "completion_tokens": OUTPUT_TOKENS,
    "output_tokens": OUTPUT_TOKENS,
    "cached_tokens": CACHED_TOKENS,
    "reasoning_tokens": REASONING_TOKENS,
}
"""The providers' names of token counts (OpenAI chat completions and responses) to the conventions' names."""


def attributes(trace: Trace) -> dict[str, Attribute]:
    """The trace's names, counts and times; fields that are not known are left out."""
    known: dict[str, Attribute | None] = {
        TRACE: trace.id,
        STATUS: trace.status,
        OPERATION: trace.operation,
        EXAMINES: trace.examines,
        PROVIDER: trace.provider,
        REQUEST_MODEL: trace.request_model,
        REQUEST_STREAM: trace.streamed,
        RESPONSE_MODEL: trace.response_model,
        RESPONSE_ID: trace.response_id,
        CONVERSATION: trace.conversation,
        TURN: trace.turn,
        TENANT: trace.tenant,
        DURATION: round(trace.duration_ms, 3),
        FIRST_CHUNK: None if trace.first_token_ms is None else round(trace.first_token_ms / 1000, 6),
        HTTP_STATUS: trace.http_status,
        ERROR_TYPE: trace.error,
        RETRY: trace.retry or None,
        RESTORED: trace.restored,
        UNKNOWN_PLACEHOLDERS: trace.unknown_placeholders,
        SOURCES: len(trace.sources),
        SETTINGS: trace.settings or None,
    }
    counts = {f"{HIDDEN}.{entity_type}": count for entity_type, count in trace.hidden.items()}
    usage = {USAGE[name]: count for name, count in (trace.usage or {}).items() if name in USAGE}
    return {**{name: value for name, value in known.items() if value is not None}, **counts, **usage}
