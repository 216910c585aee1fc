"""Traces as OpenTelemetry spans, over OTLP/HTTP (`pip install "explainbot[otel]"`).

A span is named and filled by the conventions for generative AI (see `explainbot.trace.names`); traces that were lost
are a span `explainbot.gap`. Grounding and what was hidden are span events, and events of their own as well (see
`explainbot.sinks.otlp_events`): not every collector takes both. No span holds content. Ids are derived from those of
the trace, so one that is sent twice is the same span: the exchanges of one customer message share a trace id.

The handler of OpenTelemetry's util-genai is not used: it times calls while they run, in the bot's process and with the
bot's collector, while these spans are made of what the log already keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from explainbot.sinks.sending import Sender
from explainbot.stores.rows import Row, lost_in
from explainbot.stores.sealed import SealedStore
from explainbot.trace import Trace, names

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import Event, ReadableSpan

__all__ = ["Spans", "hidden", "ids", "judged", "kept", "origin", "span"]

Attributes = dict[str, str | int | float | bool]


class Spans(Sender):
    """The spans of a log, for an OTLP/HTTP endpoint."""

    name = "otlp"
    signal = "traces"
    exporter = "opentelemetry.exporter.otlp.proto.http.trace_exporter:OTLPSpanExporter"
    result = "opentelemetry.sdk.trace.export:SpanExportResult"

    def next(self, store: SealedStore, place: int, limit: int) -> tuple[int, list[ReadableSpan]]:
        """The spans of the records that come after this place."""
        end, found = kept(store, place, limit)
        return end, [gap_span(row) if trace is None else span(trace) for row, trace in found]


def kept(store: SealedStore, place: int, limit: int) -> tuple[int, list[tuple[Row, Trace | None]]]:
    """Up to `limit` traces that come after this place in the log, and gaps, without a trace; and the place reached."""
    rows: list[Row] = []
    for seq, row, _ in store.rows(place):
        place = seq
        if row.kind in {"trace", "gap"}:
            rows.append(row)
        if len(rows) == limit:
            break
    traces = store.opened_all([row for row in rows if row.kind == "trace"])
    opened = [(row, None if row.kind == "gap" else next(traces)) for row in rows]
    return place, [(row, trace) for row, trace in opened if row.kind == "gap" or trace is not None]


def span(trace: Trace) -> ReadableSpan:
    """The span of an exchange."""
    from opentelemetry.trace import SpanKind
    from opentelemetry.trace.status import Status, StatusCode

    start, end = times(trace)
    known = names.attributes(trace)
    whole = {name: value for name, value in known.items() if not name.startswith(f"{names.HIDDEN}.")}
    return _span(
        f"{trace.operation} {trace.request_model}",
        *ids(trace),
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
    lost = {names.LOST: lost_in(row.body)}
    return _span(names.GAP, _hash(row.id, 16), _hash(row.id, 8), attributes=lost, start_time=moment, end_time=moment)


def times(trace: Trace) -> tuple[int, int]:
    """When an exchange began and ended, in nanoseconds since 1970."""
    start = round(trace.started.timestamp() * 1e6) * 1_000
    return start, start + round(trace.duration_ms * 1e6)


def ids(trace: Trace) -> tuple[int, int]:
    """The ids of the trace and of the span that an exchange is."""
    return _hash(trace.turn or trace.id, 16), _hash(trace.id, 8)


def hidden(trace: Trace) -> Attributes:
    """What was hidden: how many values of each type."""
    return {f"{names.HIDDEN}.{entity_type}": count for entity_type, count in trace.hidden.items()}


def judged(trace: Trace) -> Attributes:
    """How the reply was judged; empty where it was not."""
    if trace.grounding is None:
        return {}
    label = "grounded" if trace.grounding == 1 else "partly grounded" if trace.grounding else "not grounded"
    return {
        names.EVALUATION_NAME: "grounding",
        names.EVALUATION_SCORE: trace.grounding,
        names.EVALUATION_LABEL: label,
    }


def origin() -> tuple[Any, Any]:
    """Who sends: the resource, as OpenTelemetry's own variables say it, and this library."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.util.instrumentation import InstrumentationScope

    return Resource.create(), InstrumentationScope("explainbot")


def _events(trace: Trace, start: int, end: int) -> Iterator[Event]:
    from opentelemetry.sdk.trace import Event

    if trace.hidden:
        yield Event(names.REDACTION, hidden(trace), start)
    if score := judged(trace):
        yield Event(names.EVALUATION, score, end)


def _span(name: str, trace_id: int, span_id: int, **fields: Any) -> ReadableSpan:
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.trace import SpanContext, TraceFlags

    context = SpanContext(trace_id, span_id, is_remote=False, trace_flags=TraceFlags(TraceFlags.SAMPLED))
    resource, scope = origin()
    return ReadableSpan(name, context, resource=resource, instrumentation_scope=scope, **fields)


def _hash(text: str, size: int) -> int:
    """A number of `size` bytes that stands for `text`, never 0."""
    return int.from_bytes(sha256(text.encode()).digest()[:size], "big") or 1
