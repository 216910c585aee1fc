"""Traces as OpenTelemetry spans, over OTLP/HTTP (`pip install "explainbot[otel]"`).

A span is named and filled by the conventions for generative AI (see `explainbot.trace.names`); grounding is an event
`gen_ai.evaluation.result`, what was hidden an event `explainbot.redaction`, and traces that were lost are a span
`explainbot.gap`. No span holds content. Ids are derived from those of the trace, so one that is sent twice is the same
span: the exchanges of one customer message share a trace id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from explainbot.errors import ConfigError
from explainbot.stores.sealing import Row, lost_in
from explainbot.trace import Trace
from explainbot.trace.names import HIDDEN, attributes

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import Event, ReadableSpan

__all__ = ["Collector", "gap_span", "span"]

EVALUATION = "gen_ai.evaluation.result"
REDACTION = "explainbot.redaction"
GAP = "explainbot.gap"
LOST = "explainbot.lost"

TIMEOUT_SECONDS = 5.0
"""How long a collector may take for one batch, retries included."""


class Collector:
    """An OTLP/HTTP endpoint.

    Args:
        endpoint: where spans go, such as "http://localhost:4318/v1/traces". Headers and certificates are those of
            OpenTelemetry's own variables, such as `OTEL_EXPORTER_OTLP_HEADERS`.

    Raises:
        ConfigError: the packages are missing.
    """

    def __init__(self, endpoint: str) -> None:
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.trace.export import SpanExportResult
        except ImportError:
            raise ConfigError('sending traces needs OpenTelemetry: pip install "explainbot[otel]"') from None
        self._exporter = OTLPSpanExporter(endpoint=endpoint, timeout=TIMEOUT_SECONDS)
        self._success = SpanExportResult.SUCCESS

    def __repr__(self) -> str:
        return "<Collector>"

    def take(self, spans: Sequence[ReadableSpan]) -> bool:
        """Send the spans; whether the collector has them."""
        return self._exporter.export(spans) is self._success

    def close(self) -> None:
        """Let go of the connection."""
        self._exporter.shutdown()  # type: ignore[no-untyped-call]


def span(trace: Trace) -> ReadableSpan:
    """The span of an exchange."""
    from opentelemetry.trace import SpanKind
    from opentelemetry.trace.status import Status, StatusCode

    start = round(trace.started.timestamp() * 1e6) * 1_000
    end = start + round(trace.duration_ms * 1e6)
    known = attributes(trace)
    whole = {name: value for name, value in known.items() if not name.startswith(f"{HIDDEN}.")}
    return _span(
        f"{trace.operation} {trace.request_model}",
        _hash(trace.turn or trace.id, 16),
        _hash(trace.id, 8),
        attributes=whole,
        events=[*_events(trace, start, end)],
        kind=SpanKind.CLIENT,
        status=Status(StatusCode.OK if trace.status == "ok" else StatusCode.ERROR),
        start_time=start,
        end_time=end,
    )


def gap_span(row: Row) -> ReadableSpan:
    """The span that stands for traces that were lost."""
    moment = row.started * 1_000
    lost = {LOST: lost_in(row.body)}
    return _span(GAP, _hash(row.id, 16), _hash(row.id, 8), attributes=lost, start_time=moment, end_time=moment)


def _events(trace: Trace, start: int, end: int) -> Iterator[Event]:
    from opentelemetry.sdk.trace import Event

    if trace.hidden:
        counts: dict[str, int] = {f"{HIDDEN}.{entity_type}": count for entity_type, count in trace.hidden.items()}
        yield Event(REDACTION, counts, start)
    if trace.grounding is not None:
        score: dict[str, str | float] = {
            "gen_ai.evaluation.name": "grounding",
            "gen_ai.evaluation.score.value": trace.grounding,
        }
        yield Event(EVALUATION, score, end)


def _span(name: str, trace_id: int, span_id: int, **fields: Any) -> ReadableSpan:
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.sdk.util.instrumentation import InstrumentationScope
    from opentelemetry.trace import SpanContext, TraceFlags

    context = SpanContext(trace_id, span_id, is_remote=False, trace_flags=TraceFlags(TraceFlags.SAMPLED))
    scope = InstrumentationScope("explainbot")
    return ReadableSpan(name, context, resource=Resource.create(), instrumentation_scope=scope, **fields)


def _hash(text: str, size: int) -> int:
    """A number of `size` bytes that stands for `text`, never 0."""
    return int.from_bytes(sha256(text.encode()).digest()[:size], "big") or 1
