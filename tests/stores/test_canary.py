"""No original is on the disk: in database, WAL, spool, checkpoints, keys, exports or logs; also after an erase."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from records import FailingStore
from servers import Server, completion, json_reply

import explainbot
from explainbot.cli import main
from explainbot.engine import Engine
from explainbot.errors import StoreError
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


def test_an_error_of_a_store_shows_no_original(caplog: pytest.LogCaptureFixture) -> None:
    engine = Engine(explainbot.Settings(), store=FailingStore(float("inf"), ValueError(MAIL)))
    from records import record

    assert engine.recorder is not None
    engine.recorder.retry_seconds = 0.01
    engine.record(record(1), [("value", MAIL)])
    engine.recorder.close(1)
    assert MAIL not in caplog.text + repr(engine.recorder)
