"""No original is on the disk: in database, WAL, spool, checkpoints, keys, exports or logs; also after an erase."""

from __future__ import annotations

import gzip
import importlib.util
import logging
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from records import FailingStore
from servers import Server, completion, json_reply

import explainbot
from explainbot.cli import main
from explainbot.engine import Engine
from explainbot.errors import StoreError
from explainbot.sinks.outbox import Outbox
from explainbot.sinks.targets import targets
from explainbot.stores.rows import is_erased
from explainbot.stores.sqlite import SQLiteStore

MAIL = "marlene.quist@canary.example"
NAME = "Quistelholm"
CARD = "4111 1111 1111 1111"
CUSTOMER = "cust-canary-88231"
ORIGINALS = (MAIL, NAME, CARD, CARD.replace(" ", ""), CUSTOMER)


class Sometimes(SQLiteStore):
    """Fails while it is told to."""

    down = False

    def put(self, records: object, /) -> None:  # type: ignore[override]
        if self.down:
            raise StoreError("it is down")
        super().put(records)  # type: ignore[arg-type]


def found(place: Path) -> list[str]:
    """Which original stands in which file."""
    files = [file for file in place.rglob("*") if file.is_file()]
    assert files
    forms = [(one, form) for one in ORIGINALS for form in (one.encode(), one.encode("utf-16-le"), one.lower().encode())]
    return [f"{one} in {file.name}" for file in files for one, form in forms if form in file.read_bytes()]


def test_no_original_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    path = tmp_path / "traces.db"
    store = Sometimes(path)
    monkeypatch.setattr("explainbot.engine._default", Engine(explainbot.Settings(), store=store))
    text = f"I am {NAME}, {MAIL}, card {CARD}, customer {CUSTOMER}."
    customer = explainbot.Customer(id=CUSTOMER, name=f"Marlene {NAME}", email=MAIL)
    with Server(json_reply(completion(f"Hello, we wrote to {MAIL}."))) as server:
        client = explainbot.OpenAI(api_key="k", base_url=server.url)
        with explainbot.turn(conversation="c-1", customer=customer, purpose="support"):
            for down in (False, True, False):
                store.down = down
                client.chat.completions.create(model="m", messages=[{"role": "user", "content": text}])
                engine = explainbot.engine.default_engine()
                assert engine.recorder is not None
                assert engine.recorder.flush(20)
                if down:
                    assert engine.recorder.stats().spooled
                    assert len(store.spool.files()) == 1
                assert found(tmp_path) == []
        client.close()
    engine.recorder.close(20)
    where = ["--store", str(path)]
    assert main(["traces", "list", "--value", MAIL, "--json", *where]) == 0
    for arguments in (
        ["export", "--customer", CUSTOMER, "--out", str(tmp_path / "a.json"), *where],
        ["export", "--customer", CUSTOMER, "--html", "--out", str(tmp_path / "a.html"), *where],
        ["export", "--bundle", str(tmp_path / "bundle"), *where],
    ):
        assert main(arguments) == 0
    assert (tmp_path / "a.html").read_text().count("<section>") == 3
    assert found(tmp_path) == []
    assert main(["erase", "--customer", CUSTOMER, *where]) == 0
    assert main(["verify", *where]) == 0
    assert found(tmp_path) == []
    assert not any(one in caplog.text for one in ORIGINALS)


class Outside:
    """Takes whatever is posted to it, by path."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        outside = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                outside.bodies.append(gzip.decompress(body) if self.headers.get("content-encoding") == "gzip" else body)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def outside() -> Iterator[Outside]:
    outside = Outside()
    yield outside
    outside.server.shutdown()
    outside.server.server_close()


def said(store: SQLiteStore, customer: str, number: int) -> None:
    """One exchange of a customer that is recorded."""
    engine = Engine(explainbot.Settings(), store=store)
    person = explainbot.Customer(id=customer, name=f"Marlene {NAME}", email=MAIL)
    with Server(json_reply(completion(f"Hello, we wrote to {MAIL}."))) as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr("explainbot.engine._default", engine)
        asked: list[Any] = [{"role": "user", "content": f"I am {NAME}, {MAIL}."}]
        client = explainbot.OpenAI(api_key="k", base_url=server.url)
        with client, explainbot.turn(conversation=f"c-{number}", customer=person):
            client.chat.completions.create(model="m", messages=asked)
    assert engine.recorder is not None
    engine.recorder.close(20)


def test_no_original_leaves_by_telemetry_checkpoints_tables_pictures_or_proofs(
    tmp_path: Path, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("opentelemetry.sdk")
    store = SQLiteStore(tmp_path / "traces.db")
    outbox = Outbox(store, targets(outside.url, outside.url))
    outbox.send()
    said(store, CUSTOMER, 1)
    outbox.send()
    outbox.close()
    assert len(outside.bodies) == 5  # spans, events, checkpoints, metrics and the webhook
    [trace] = store.list()
    where = ["--store", str(store.path)]
    assert main(["prove", trace.id, "--out", str(tmp_path / "proof"), *where]) == 0
    if importlib.util.find_spec("pyarrow"):
        assert main(["export", "--parquet", str(tmp_path / "table"), "--content", *where]) == 0
    if importlib.util.find_spec("matplotlib"):
        assert main(["traces", "stats", "--png", str(tmp_path / "picture.png"), *where]) == 0
    (tmp_path / "outside").write_bytes(b"\n".join(outside.bodies))
    assert found(tmp_path) == []


def test_an_earlier_backup_of_the_traces_shows_nothing_of_an_erased_customer(tmp_path: Path) -> None:
    """The wrapped keys are kept apart from the traces and out of their backup."""
    place, backup = tmp_path / "now", tmp_path / "backup"
    store = SQLiteStore(place / "traces.db")
    said(store, CUSTOMER, 1)
    said(store, "cust-other", 2)
    store.close()
    backup.mkdir()
    for file in place.glob("traces.db*"):
        if file.is_file() and not file.name.endswith((".keys", ".keys-journal")):
            shutil.copy(file, backup)
    assert len(store.erase("customer", CUSTOMER).records) == 1
    store.close()
    for file in (place / "traces.db.keys", place / "traces.db.key"):  # all the keys there are now
        shutil.copy(file, backup)
    old = SQLiteStore(backup / "traces.db", read_only=True)
    bodies = [row for _, row, _ in old.rows() if row.kind == "trace"]
    assert [is_erased(row.body) for row in bodies] == [False, False]
    assert [old.opened(row) is None for row in bodies] == [True, False]
    old.close()
    assert store.verify().fault is None
    assert found(tmp_path) == []


def test_an_error_of_a_store_shows_no_original(caplog: pytest.LogCaptureFixture) -> None:
    engine = Engine(explainbot.Settings(), store=FailingStore(float("inf"), ValueError(MAIL)))
    from records import record

    assert engine.recorder is not None
    engine.recorder.retry_seconds = 0.01
    engine.record(record(1), [("value", MAIL)])
    engine.recorder.close(1)
    assert MAIL not in caplog.text + repr(engine.recorder)
