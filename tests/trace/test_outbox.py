"""A real OTLP/HTTP receiver on loopback gets every trace, also what was recorded while it was down."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from records import NOON, offered, python, record, records

import explainbot
from explainbot.engine import Engine
from explainbot.sinks import outbox as module
from explainbot.stores.sqlite import SQLiteStore
from explainbot.trace import Lost, Redacted

pytest.importorskip("opentelemetry.sdk")
pytest.importorskip("opentelemetry.exporter.otlp.proto.http")

from explainbot.sinks import sending
from explainbot.sinks.otlp import Spans
from explainbot.sinks.otlp_events import Checkpoints, Events
from explainbot.sinks.otlp_metrics import Metrics
from explainbot.sinks.outbox import Outbox
from explainbot.sinks.webhook import Webhook


class Receiver:
    """An OTLP/HTTP endpoint that reads what it gets by the protocol's own definition."""

    def __init__(self) -> None:
        self.spans: list[Any] = []
        self.logs: list[Any] = []
        self.metrics: list[Any] = []
        self.refused: set[str] = set()
        self.bodies: list[bytes] = []
        self.status = 200
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if self.headers.get("content-encoding") == "gzip":
                    body = gzip.decompress(body)
                status = 404 if self.path in receiver.refused else receiver.status
                if status == 200:
                    receiver.bodies.append(body)
                    receiver.read(self.path, body)
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self._handler = Handler
        self._server: ThreadingHTTPServer | None = None
        self._port = 0

    def read(self, path: str, body: bytes) -> None:
        from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
        from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

        if path == "/v1/traces":
            spans = ExportTraceServiceRequest.FromString(body).resource_spans
            self.spans += [span for resource in spans for scope in resource.scope_spans for span in scope.spans]
        elif path == "/v1/logs":
            logs = ExportLogsServiceRequest.FromString(body).resource_logs
            self.logs += [log for resource in logs for scope in resource.scope_logs for log in scope.log_records]
        else:
            assert path == "/v1/metrics"
            metrics = ExportMetricsServiceRequest.FromString(body).resource_metrics
            self.metrics += [one for resource in metrics for scope in resource.scope_metrics for one in scope.metrics]

    def up(self) -> str:
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), self._handler)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._port}/v1/traces"

    def down(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()

    def traces(self) -> list[str]:
        return [one.value.string_value for span in self.spans for one in span.attributes if one.key == TRACE]


TRACE = "explainbot.trace.id"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.down()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SQLiteStore]:
    monkeypatch.setattr(sending, "TIMEOUT_SECONDS", 0.3)
    store = SQLiteStore(tmp_path / "traces.db")
    yield store
    store.close()


def test_a_span_says_what_the_conventions_name_and_holds_no_content(store: SQLiteStore, receiver: Receiver) -> None:
    outbox = Outbox(store, [Spans(receiver.up())])
    assert outbox.send() == 0
    store.put(offered([record(1, grounding=0.5, turn="turn-1", reply=Redacted("CANARY"), conversation="c-1")]))
    assert outbox.send() == 1
    [span] = receiver.spans
    known = {one.key: one.value for one in span.attributes}
    assert span.name == "chat gpt-5-mini"
    assert known["gen_ai.operation.name"].string_value == "chat"
    assert known["gen_ai.conversation.id"].string_value == "c-1"
    assert span.start_time_unix_nano == int(NOON.timestamp()) * 10**9 + 10**9
    assert span.end_time_unix_nano - span.start_time_unix_nano == 812_500_000
    events = {event.name: {one.key: one.value for one in event.attributes} for event in span.events}
    assert events["explainbot.redaction"]["explainbot.hidden.EMAIL_ADDRESS"].int_value == 1
    assert events["gen_ai.evaluation.result"]["gen_ai.evaluation.score.value"].double_value == 0.5
    assert not any(word in body for body in receiver.bodies for word in (b"CANARY", b"My mail is"))
    outbox.close()


def test_what_was_recorded_while_it_was_down_comes_later_once_and_in_order(
    store: SQLiteStore, receiver: Receiver
) -> None:
    endpoint = receiver.up()
    outbox = Outbox(store, [Spans(endpoint)])
    assert outbox.send() == 0
    store.put(offered(records(3)))
    assert outbox.send() == 3
    receiver.down()
    store.put([*offered([record(3)], first=3), Lost("lane", 4, 17, "queue full", NOON)])
    assert outbox.send() == 0
    outbox.close()
    store.close()
    receiver.up()
    receiver.status = 503
    again = Outbox(SQLiteStore(store.path), [Spans(endpoint)])
    assert again.send() == 0
    receiver.status = 200
    assert again.send() == 2
    assert again.send() == 0
    assert receiver.traces() == [f"t-{number:05}" for number in range(4)]
    [gap] = [span for span in receiver.spans if span.name == "explainbot.gap"]
    assert gap.attributes[0].value.int_value == 17
    again.close()
    again._store.close()


def test_more_than_a_batch_and_one_sender_at_a_time(
    store: SQLiteStore, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 7)
    outbox = Outbox(store, [Spans(receiver.up())])
    outbox.send()
    store.put(offered(records(30)))
    other = SQLiteStore(store.path)
    with other.exclusive("otlp") as mine:
        assert mine
        assert outbox.send() == 0
    assert outbox.send() == 30
    assert len(receiver.bodies) == 5
    assert len(set(receiver.traces())) == 30
    assert len({span.span_id for span in receiver.spans}) == 30
    outbox.close()
    other.close()


def test_erased_traces_are_not_sent(store: SQLiteStore, receiver: Receiver) -> None:
    outbox = Outbox(store, [Spans(receiver.up())])
    outbox.send()
    store.put(offered([record(1, conversation="c-1"), record(2, conversation="c-2")]))
    store.erase("conversation", "c-1")
    outbox.send()
    assert receiver.traces() == ["t-00002"]
    outbox.close()


def test_the_engine_sends_what_it_records(tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.02)
    settings = explainbot.Settings(store_path=tmp_path / "traces.db", otlp_endpoint=receiver.up())
    engine = Engine(settings)
    deadline, number = time.monotonic() + 20, 0
    while not (receiver.spans and receiver.logs and receiver.metrics) and time.monotonic() < deadline:
        engine.record(record(number))
        number += 1
        time.sleep(0.05)
    assert receiver.spans
    assert receiver.logs
    assert receiver.metrics
    assert engine._recording.outbox is not None
    engine._recording.outbox.close()
    assert engine.recorder is not None
    engine.recorder.close()


def points(receiver: Receiver, name: str) -> list[Any]:
    """The data points of a metric."""
    [metric] = [metric for metric in receiver.metrics if metric.name == name]
    return [*getattr(metric, metric.WhichOneof("data")).data_points]


def labels(thing: Any) -> dict[str, Any]:
    """The attributes of a span, a log record or a data point."""
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in thing.attributes}


EXPLANATION = Redacted('{"statements": [{"state": "found"}, {"state": "found"}, {"state": "not found"}]}')


def test_metrics_have_the_conventions_names_bounds_and_labels(store: SQLiteStore, receiver: Receiver) -> None:
    outbox = Outbox(store, [Metrics(receiver.up())])
    outbox.send()
    usage = {"prompt_tokens": 400, "completion_tokens": 90}
    traces = [record(number, usage=usage, grounding=0.5, explanation=EXPLANATION) for number in range(3)]
    failed = record(3, status="error", error="APIConnectionError", hidden={}, duration_ms=90_000)
    store.put([*offered([*traces, failed]), Lost("lane", 4, 17, "queue full", NOON)])
    assert outbox.send() == 5
    whole, broken = points(receiver, "gen_ai.client.operation.duration")
    assert (whole.count, whole.sum, labels(whole)["gen_ai.request.model"]) == (3, pytest.approx(2.4375), "gpt-5-mini")
    assert [*whole.bucket_counts] == [0] * 7 + [3] + [0] * 7  # 0.8125 s lies between 0.64 and 1.28
    assert ([*broken.bucket_counts][-1], labels(broken)["error.type"]) == (1, "APIConnectionError")
    tokens = {labels(point)["gen_ai.token.type"]: point for point in points(receiver, "gen_ai.client.token.usage")}
    assert {kind: (point.count, point.sum) for kind, point in tokens.items()} == {
        "input": (3, 1200),
        "output": (3, 270),
    }
    assert labels(tokens["input"])["gen_ai.provider.name"] == "openai"
    states = {
        labels(one)["explainbot.statement.state"]: one.as_int for one in points(receiver, "explainbot.statements")
    }
    assert states == {"found": 6, "not found": 3}
    assert [point.as_int for point in points(receiver, "explainbot.hidden_values")] == [3]
    assert [point.as_int for point in points(receiver, "explainbot.lost_traces")] == [17]
    assert points(receiver, "explainbot.grounding")[0].sum == 1.5
    assert {metric.name: metric.histogram.aggregation_temporality for metric in receiver.metrics}[
        "gen_ai.client.token.usage"
    ] == 1  # AGGREGATION_TEMPORALITY_DELTA
    outbox.close()


def test_each_batch_of_metrics_counts_what_is_new(store: SQLiteStore, receiver: Receiver) -> None:
    outbox = Outbox(store, [Metrics(receiver.up())])
    outbox.send()
    for part in range(3):
        store.put(offered(records(15)[5 * part : 5 * part + 5], first=5 * part))
        outbox.send()
    durations = [one for one in receiver.metrics if one.name == "gen_ai.client.operation.duration"]
    assert [one.histogram.data_points[0].count for one in durations] == [5, 5, 5]
    outbox.close()


def test_events_say_how_a_reply_was_judged_and_carry_every_checkpoint(store: SQLiteStore, receiver: Receiver) -> None:
    endpoint = receiver.up()
    outbox = Outbox(store, [Spans(endpoint), Events(endpoint), Checkpoints(endpoint)])
    outbox.send()
    store.put(offered([record(1, grounding=1.0, response_id="chatcmpl-1", reply=Redacted("CANARY"))]))
    store.close()
    outbox.send()
    events = {log.event_name: log for log in receiver.logs}
    assert labels(events["gen_ai.evaluation.result"]) == {
        "explainbot.trace.id": "t-00001",
        "explainbot.tenant": "default",
        "gen_ai.evaluation.name": "grounding",
        "gen_ai.evaluation.score.value": 1.0,
        "gen_ai.evaluation.score.label": "grounded",
        "gen_ai.response.id": "chatcmpl-1",
    }
    assert events["gen_ai.evaluation.result"].span_id == receiver.spans[0].span_id
    assert events["gen_ai.evaluation.result"].trace_id == receiver.spans[0].trace_id
    assert labels(events["explainbot.redaction"])["explainbot.hidden.EMAIL_ADDRESS"] == 1
    assert events["explainbot.checkpoint"].body.string_value == store.notes()[-1]
    assert not any(b"CANARY" in body for body in receiver.bodies)
    outbox.close()


def test_a_collector_that_takes_no_metrics_gets_its_spans_all_the_same(store: SQLiteStore, receiver: Receiver) -> None:
    endpoint = receiver.up()
    receiver.refused.add("/v1/metrics")
    outbox = Outbox(store, [Metrics(endpoint), Spans(endpoint)])
    outbox.send()
    store.put(offered(records(3)))
    assert outbox.send() == 3
    assert len(receiver.spans) == 3
    receiver.refused.clear()
    assert outbox.send() == 3
    assert receiver.metrics
    outbox.close()


class Witness:
    """Takes what is posted to it, and says no as often as it is told."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.refusals = 0
        witness = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                if witness.refusals:
                    witness.refusals -= 1
                    self.send_response(503)
                else:
                    witness.notes.append(body)
                    self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/witness?token=CANARY"


@pytest.fixture
def witness() -> Iterator[Witness]:
    witness = Witness()
    yield witness
    witness.server.shutdown()
    witness.server.server_close()


def test_a_webhook_gets_every_checkpoint_once_also_what_it_refused_at_first(
    store: SQLiteStore, witness: Witness, tmp_path: Path
) -> None:
    webhook = Webhook(witness.url)
    outbox = Outbox(store, [webhook])
    outbox.send()
    for number in range(3):
        store.put(offered([record(number)], first=number))
        store.close()
        witness.refusals = number  # 2 is one less than it is tried
        outbox.send()
    assert witness.notes == store.notes()
    store.put(offered([record(3)], first=3))
    store.close()
    witness.refusals = 10
    assert outbox.send() == 0
    witness.refusals = 0
    assert outbox.send() == 1
    assert witness.notes == store.notes()
    elsewhere = tmp_path / "witness"
    elsewhere.write_text("".join(f"{note}\n" for note in witness.notes))
    store.publish_to(elsewhere)
    assert store.verify().fault is None
    elsewhere.write_text("".join(f"{note}\n" for note in witness.notes).replace("\n4\n", "\n5\n"))
    assert store.verify().fault is not None
    assert "CANARY" not in repr(webhook) + repr(outbox)
    outbox.close()


def test_the_engine_posts_checkpoints_and_keeps_them_where_the_settings_say(
    tmp_path: Path, witness: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.02)
    elsewhere = tmp_path / "elsewhere"
    settings = explainbot.Settings(
        store_path=tmp_path / "traces.db", checkpoint_url=witness.url, checkpoint_path=elsewhere
    )
    assert "CANARY" not in repr(settings)
    engine = Engine(settings)
    deadline, number = time.monotonic() + 20, 0
    while not witness.notes and time.monotonic() < deadline:
        engine.record(record(number))
        number += 1
        assert engine.recorder is not None
        engine.recorder.close()
        time.sleep(0.05)
    assert witness.notes
    assert witness.notes[0] in elsewhere.read_text()
    assert engine._recording.outbox is not None
    engine._recording.outbox.close()


def test_without_opentelemetry_the_bot_goes_on_and_the_log_says_what_to_install(tmp_path: Path) -> None:
    result = python(
        "import sys\n"
        "sys.modules['opentelemetry.sdk.trace.export'] = None\n"
        "from pathlib import Path\n"
        "from explainbot import Settings\n"
        "from explainbot.engine import Engine\n"
        "from records import record\n"
        "engine = Engine(Settings(store_path=Path(sys.argv[1]), otlp_endpoint='http://127.0.0.1:1/'))\n"
        "engine.record(record(1)); engine.recorder.flush(); print(len(engine.recorder.store.list()))\n",
        tmp_path / "traces.db",
    )
    assert result.stdout == "1\n", result.stderr
    assert "explainbot[otel]" in result.stderr
