"""What the log says as OpenTelemetry metrics, over OTLP/HTTP.

`gen_ai.client.token.usage`, `gen_ai.client.operation.duration` and `gen_ai.client.operation.time_to_first_chunk` are
those of the conventions for generative AI, with their attributes and bucket bounds
(https://github.com/open-telemetry/semantic-conventions-genai, docs/gen-ai/gen-ai-metrics.md). Our own are
`explainbot.grounding`, `explainbot.statements` by state, `explainbot.hidden_values` by type and
`explainbot.lost_traces`.

Each batch of the log is one set of data points with delta temporality: it says what happened between the first and the
last of its records, whenever it is sent. Only a batch whose answer was lost is counted twice.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from explainbot.sinks import otlp
from explainbot.sinks.sending import Sender
from explainbot.stores.rows import Row, lost_in
from explainbot.stores.sealed import SealedStore
from explainbot.trace import Trace, names
from explainbot.trace.offered import states_of

if TYPE_CHECKING:
    from opentelemetry.sdk.metrics.export import Metric, MetricsData

__all__ = ["Metrics"]

SECONDS: Final = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92)
FIRST_CHUNK_SECONDS: Final = (
    0.001,
    0.005,
    0.01,
    0.02,
    0.04,
    0.06,
    0.08,
    0.1,
    0.25,
    0.5,
    0.75,
    1.0,
    2.5,
    5.0,
    7.5,
    10.0,
)
TOKENS: Final = tuple(4**power for power in range(14))
SHARES: Final = tuple(tenth / 10 for tenth in range(10))
"""Upper bounds of the classes; the first three lists are those of the conventions."""

HISTOGRAMS: Final = {
    names.OPERATION_DURATION: ("GenAI operation duration.", "s", SECONDS),
    names.TIME_TO_FIRST_CHUNK: ("Time to receive the first chunk.", "s", FIRST_CHUNK_SECONDS),
    names.TOKEN_USAGE: ("Number of input and output tokens used.", "{token}", TOKENS),
    names.GROUNDING: ("Share of a reply's statements that was found in the sources.", "1", SHARES),
}
COUNTERS: Final = {
    names.STATEMENTS: ("Statements of replies.", "{statement}"),
    names.HIDDEN_VALUES: ("Personal values that were hidden.", "{value}"),
    names.LOST_TRACES: ("Traces that were lost.", "{trace}"),
}
"""Description, unit, and bounds where there are some, by name."""

Labels = tuple[tuple[str, str], ...]


class Metrics(Sender):
    """The metrics of a log, for an OTLP/HTTP endpoint."""

    name = "otlp-metrics"
    signal = "metrics"
    exporter = "opentelemetry.exporter.otlp.proto.http.metric_exporter:OTLPMetricExporter"
    result = "opentelemetry.sdk.metrics.export:MetricExportResult"

    def next(self, store: SealedStore, place: int, limit: int) -> tuple[int, list[MetricsData]]:
        """One set of data points for the records that come after this place, if any of them counts."""
        end, found = otlp.kept(store, place, limit)
        return end, [_data(found)] if found else []

    def take(self, things: Sequence[MetricsData]) -> bool:
        """Send them one by one; whether the collector has them all."""
        return all(self._sent(data) for data in things)


class _Tally:
    """Measurements and counts of some records, by metric and labels."""

    def __init__(self) -> None:
        self.measured: dict[str, dict[Labels, list[float]]] = defaultdict(lambda: defaultdict(list))
        self.counted: dict[str, Counter[Labels]] = defaultdict(Counter)
        self.times: list[int] = []

    def add(self, trace: Trace) -> None:
        """Count one exchange in."""
        self.times += otlp.times(trace)
        labels = _labels(trace)
        failed: Labels = () if trace.error is None else ((names.ERROR_TYPE, trace.error),)
        self.measured[names.OPERATION_DURATION][labels + failed].append(trace.duration_ms / 1e3)
        if trace.first_token_ms is not None:
            self.measured[names.TIME_TO_FIRST_CHUNK][labels].append(trace.first_token_ms / 1e3)
        if trace.grounding is not None:
            self.measured[names.GROUNDING][labels].append(trace.grounding)
        for name, count in (trace.usage or {}).items():
            if (kind := TYPES.get(names.USAGE.get(name, ""))) is not None:
                self.measured[names.TOKEN_USAGE][(*labels, (names.TOKEN_TYPE, kind))].append(count)
        for entity_type, count in trace.hidden.items():
            self.counted[names.HIDDEN_VALUES][((names.ENTITY_TYPE, entity_type),)] += count
        for state, count in states_of(trace.explanation).items():
            self.counted[names.STATEMENTS][((names.STATEMENT_STATE, state),)] += count

    def add_gap(self, row: Row) -> None:
        """Count in what was lost."""
        self.times.append(row.started * 1_000)
        self.counted[names.LOST_TRACES][()] += lost_in(row.body)


TYPES: Final = {names.INPUT_TOKENS: "input", names.OUTPUT_TOKENS: "output"}


def _labels(trace: Trace) -> Labels:
    """What every measurement of an exchange is told apart by."""
    known = {
        names.OPERATION: trace.operation,
        names.PROVIDER: trace.provider,
        names.REQUEST_MODEL: trace.request_model,
        names.RESPONSE_MODEL: trace.response_model,
    }
    return tuple((name, value) for name, value in known.items() if value is not None)


def _data(found: Iterable[tuple[Row, Trace | None]]) -> MetricsData:
    from opentelemetry.sdk.metrics.export import MetricsData, ResourceMetrics, ScopeMetrics

    tally = _Tally()
    for row, trace in found:
        if trace is None:
            tally.add_gap(row)
        else:
            tally.add(trace)
    resource, scope = otlp.origin()
    metrics = [*_histograms(tally), *_sums(tally)]
    return MetricsData([ResourceMetrics(resource, [ScopeMetrics(scope, metrics, "")], "")])


def _histograms(tally: _Tally) -> Iterable[Metric]:
    from opentelemetry.sdk.metrics.export import AggregationTemporality, Histogram, Metric

    for name, by_labels in tally.measured.items():
        description, unit, bounds = HISTOGRAMS[name]
        points = [_point(labels, values, bounds, tally.times) for labels, values in by_labels.items()]
        yield Metric(name, description, unit, Histogram(points, AggregationTemporality.DELTA))


def _point(labels: Labels, values: Sequence[float], bounds: Sequence[float], times: Sequence[int]) -> Any:
    from opentelemetry.sdk.metrics.export import HistogramDataPoint

    counts = [0] * (len(bounds) + 1)
    for value in values:
        counts[bisect_left(bounds, value)] += 1  # a bound belongs to the class below it
    least, most = min(values), max(values)
    return HistogramDataPoint(
        dict(labels), min(times), max(times), len(values), sum(values), counts, bounds, least, most
    )


def _sums(tally: _Tally) -> Iterable[Metric]:
    from opentelemetry.sdk.metrics.export import AggregationTemporality, Metric, NumberDataPoint, Sum

    first, last = min(tally.times), max(tally.times)
    for name, by_labels in tally.counted.items():
        points = [NumberDataPoint(dict(labels), first, last, count) for labels, count in by_labels.items()]
        yield Metric(name, *COUNTERS[name], Sum(points, AggregationTemporality.DELTA, is_monotonic=True))
