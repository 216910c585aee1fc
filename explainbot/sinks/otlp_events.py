"""What happened in an exchange as OpenTelemetry events, over OTLP/HTTP: log records with an event name.

`gen_ai.evaluation.result` tells how a reply was judged, `explainbot.redaction` what was hidden, `explainbot.gap` what
was lost, each in the context of its span. `explainbot.checkpoint` carries each signed checkpoint of the log, so that a
copy of it lies where the database does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from explainbot.sinks import otlp
from explainbot.sinks.sending import Sender
from explainbot.stores.rows import Row, lost_in
from explainbot.stores.sealed import SealedStore
from explainbot.trace import Trace, names

if TYPE_CHECKING:
    from opentelemetry.sdk._logs import ReadableLogRecord

__all__ = ["Checkpoints", "Events"]


class _Logs(Sender):
    """An OTLP/HTTP endpoint for log records."""

    signal = "logs"
    exporter = "opentelemetry.exporter.otlp.proto.http._log_exporter:OTLPLogExporter"
    result = "opentelemetry.sdk._logs.export:LogRecordExportResult"


class Events(_Logs):
    """The events of the exchanges in a log."""

    name = "otlp-events"

    def next(self, store: SealedStore, place: int, limit: int) -> tuple[int, list[ReadableLogRecord]]:
        """The events of the records that come after this place."""
        end, found = otlp.kept(store, place, limit)
        return end, [event for row, trace in found for event in _of(row, trace)]


class Checkpoints(_Logs):
    """The signed checkpoints of a log."""

    name = "otlp-checkpoints"

    def next(self, store: SealedStore, place: int, limit: int) -> tuple[int, list[ReadableLogRecord]]:
        """The checkpoints that vouch for more than the first `place` records."""
        found = store.notes_after(place, limit)
        return (found[-1][0] if found else place), [_event(names.CHECKPOINT, None, body=note) for _, note in found]


def _of(row: Row, trace: Trace | None) -> Iterator[ReadableLogRecord]:
    if trace is None:
        yield _event(names.GAP, row.started * 1_000, {names.LOST: lost_in(row.body)})
        return
    start, end = otlp.times(trace)
    whose: otlp.Attributes = {names.TRACE: trace.id, names.TENANT: trace.tenant}
    context = otlp.ids(trace)
    if trace.hidden:
        yield _event(names.REDACTION, start, {**whose, **otlp.hidden(trace)}, context)
    if score := otlp.judged(trace):
        if trace.response_id is not None:
            score[names.RESPONSE_ID] = trace.response_id
        yield _event(names.EVALUATION, end, {**whose, **score}, context)


def _event(
    name: str,
    moment: int | None,
    attributes: otlp.Attributes | None = None,
    context: tuple[int, int] | None = None,
    body: str | None = None,
) -> ReadableLogRecord:
    from opentelemetry._logs import LogRecord, SeverityNumber
    from opentelemetry.sdk._logs import ReadableLogRecord

    record = LogRecord(
        timestamp=moment,
        context=_within(*context) if context else None,
        severity_number=SeverityNumber.INFO,
        body=body,
        attributes=attributes or {},
        event_name=name,
    )
    return ReadableLogRecord(record, *otlp.origin())


def _within(trace_id: int, span_id: int) -> Any:
    """The context of a span that is over."""
    from opentelemetry.context import Context
    from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

    span = SpanContext(trace_id, span_id, is_remote=False, trace_flags=TraceFlags(TraceFlags.SAMPLED))
    return set_span_in_context(NonRecordingSpan(span), Context())
