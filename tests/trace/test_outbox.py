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

from explainbot.sinks import otlp
from explainbot.sinks.outbox import Outbox


class Receiver:
    """An OTLP/HTTP endpoint that reads what it gets by the protocol's own definition."""

    def __init__(self) -> None:
        self.spans: list[Any] = []
        self.bodies: list[bytes] = []
        self.status = 200
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

                body = self.rfile.read(int(self.headers["content-length"]))
                if self.headers.get("content-encoding") == "gzip":
                    body = gzip.decompress(body)
                if receiver.status == 200:
                    receiver.bodies.append(body)
                    request = ExportTraceServiceRequest.FromString(body)
                    for resource in request.resource_spans:
                        for scope in resource.scope_spans:
                            receiver.spans += scope.spans
                self.send_response(receiver.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self._handler = Handler
        self._server: ThreadingHTTPServer | None = None
        self._port = 0

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
    monkeypatch.setattr(otlp, "TIMEOUT_SECONDS", 0.3)
    store = SQLiteStore(tmp_path / "traces.db")
    yield store
    store.close()


def test_a_span_says_what_the_conventions_name_and_holds_no_content(store: SQLiteStore, receiver: Receiver) -> None:
    outbox = Outbox(store, receiver.up())
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
    outbox = Outbox(store, endpoint)
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
    again = Outbox(SQLiteStore(store.path), endpoint)
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
    outbox = Outbox(store, receiver.up())
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
    outbox = Outbox(store, receiver.up())
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
    while not receiver.spans and time.monotonic() < deadline:
        engine.record(record(number))
        number += 1
        time.sleep(0.05)
    assert receiver.spans
    assert engine._outbox is not None
    engine._outbox.close()
    assert engine.recorder is not None
    engine.recorder.close()


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
