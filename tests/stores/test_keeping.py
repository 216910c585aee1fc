"""What is held, what is kept long enough, who read what, and what an auditor takes away."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from records import NOON, record

from explainbot.cli import main
from explainbot.errors import StoreError
from explainbot.stores import Where
from explainbot.stores.bundle import check_bundle, write_bundle
from explainbot.stores.rows import is_erased
from explainbot.stores.sealing import Sealer
from explainbot.stores.sqlite import SQLiteStore
from explainbot.trace import Offered, Trace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "traces.db"


@pytest.fixture
def store(path: Path) -> Iterator[SQLiteStore]:
    store = SQLiteStore(path)
    yield store
    store.close()


def of(customer: str, *traces: Trace) -> list[Offered]:
    return [Offered(trace, (("customer", customer),), trace.id) for trace in traces]


def test_what_is_being_erased_is_held_only_afterwards(
    store: SQLiteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(of("c-1", record(1)))
    destroy = Sealer.destroy

    def hold() -> None:
        with closing(SQLiteStore(path)) as other:
            other.hold("customer", "c-1")

    def meanwhile(sealer: Sealer, subjects: Sequence[bytes]) -> int:
        holding.start()
        holding.join(0.3)
        return destroy(sealer, subjects)

    holding = Thread(target=hold)
    monkeypatch.setattr(Sealer, "destroy", meanwhile)
    assert store.erase("customer", "c-1").records == ("t-00001",)
    holding.join()
    assert [row.kind for _, row, _ in store.rows()] == ["trace", "erasure", "hold"]


def ids(store: SQLiteStore) -> list[str]:
    return [trace.id for trace in store.list()]


def old(number: int, **fields: object) -> Trace:
    return record(number, started=datetime.now(UTC) - timedelta(days=40), **fields)


def fresh(number: int, **fields: object) -> Trace:
    return record(number, started=datetime.now(UTC), **fields)


def test_what_was_kept_long_enough_is_destroyed_and_the_log_still_verifies(store: SQLiteStore) -> None:
    store.put(of("c-1", old(1), old(2)))
    store.retain("default", 30)
    store.put(of("c-1", fresh(3)))
    assert ids(store) == ["t-00003"]
    assert store.list(where=Where(found_by=(("customer", "c-1"),))) == store.list()
    assert [is_erased(row.body) for _, row, _ in store.rows()] == [True, True, False, False]
    assert store.get("t-00001") is None
    assert store.verify().fault is None
    assert store.verify().erased == 2


def test_each_tenant_has_a_term_of_its_own(store: SQLiteStore) -> None:
    store.put(of("c-1", old(1, tenant="a"), old(2, tenant="b"), old(3, tenant="c")))
    store.retain("a", 30)
    store.retain("b", 50)
    store.put(of("c-1", fresh(4)))
    assert ids(store) == ["t-00004", "t-00003", "t-00002"]


def test_what_is_under_a_hold_is_neither_erased_nor_ended_by_its_age(store: SQLiteStore) -> None:
    store.put([*of("c-1", old(1)), *of("c-2", old(2))])
    store.hold("customer", "c-1")
    with pytest.raises(StoreError, match="legal hold"):
        store.erase("customer", "c-1")
    store.retain("default", 30)
    store.put(of("c-3", fresh(3)))
    assert ids(store) == ["t-00003", "t-00001"]
    store.hold("customer", "c-1", lift=True)
    assert store.erase("customer", "c-1").records == ("t-00001",)
    assert [row.kind for _, row, _ in store.rows()] == ["trace", "trace", "hold", "trace", "erasure", "hold", "erasure"]
    assert store.verify().fault is None


def test_many_old_traces_end_some_at_a_time(store: SQLiteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explainbot.stores.log.AT_ONCE", 4)
    store.put(of("c-1", *(old(number) for number in range(10))))
    store.retain("default", 30)
    left = []
    for number in range(10, 14):
        store.put(of("c-2", fresh(number)))
        left.append(sum(trace.started < datetime.now(UTC) - timedelta(days=1) for trace in store.list()))
    assert left == [6, 2, 0, 0]
    assert store.verify().fault is None


def test_who_read_what_is_in_the_log(store: SQLiteStore) -> None:
    store.put(of("c-1", record(1)))
    store.note_access("kim", "show", ["t-00001"])
    *_, (_, row, _) = store.rows()
    assert row.kind == "access"
    assert json.loads(row.body[1:]) == {"by": "kim", "what": "show", "records": ["t-00001"]}
    store.close()
    assert (store.verify().fault, store.verify().vouched) == (None, 2)


# The auditor's bundle -------------------------------------------------------------------------------------------


@pytest.fixture
def bundle(store: SQLiteStore, tmp_path: Path) -> Path:
    for number in range(6):
        store.put(of(f"c-{number % 2}", record(number, started=NOON)))
    store.erase("customer", "c-1")
    store.close()
    path = tmp_path / "bundle"
    with path.open("w") as file:
        assert write_bundle(store, file) == 7
    return path


def test_a_bundle_is_checked_without_the_store_and_without_a_key(bundle: Path, store: SQLiteStore, path: Path) -> None:
    key = store.public_key
    store.close()
    for file in path.parent.glob("traces.db*"):
        if file.is_file():
            file.unlink()
    verdict, signer = check_bundle(bundle)
    assert (verdict.fault, verdict.records, verdict.vouched, verdict.erased, signer) == (None, 7, 7, 3, key)
    assert check_bundle(bundle, key)[0].fault is None
    assert check_bundle(bundle, bytes(32))[0].fault is not None
    assert b"We wrote" not in bundle.read_bytes()


@pytest.mark.parametrize("line", range(8))
def test_a_bundle_with_a_line_taken_out_is_found_wrong(bundle: Path, line: int) -> None:
    lines = bundle.read_text().splitlines(keepends=True)
    bundle.write_text("".join([*lines[:line], *lines[line + 1 :]]))
    try:
        assert check_bundle(bundle)[0].fault is not None
    except StoreError as error:
        assert "no bundle" in str(error)  # noqa: PT017 - the head is missing, so nothing can be checked


def test_a_bundle_with_a_changed_word_is_found_wrong(bundle: Path) -> None:
    bundle.write_text(bundle.read_text().replace('"ok"', '"cut"', 1))
    assert check_bundle(bundle)[0].fault == "record 1 (t-00000) was changed, or does not belong in this place"


@pytest.mark.parametrize("content", ["", "{}", "[]", "hello", '{"format":"x"}', "\x00", '{"format":null}'])
def test_what_is_no_bundle_is_said_to_be_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "bundle").write_text(content)
    with pytest.raises(StoreError, match="no bundle"):
        check_bundle(tmp_path / "bundle")


def test_what_an_erased_customer_says_later_is_kept_under_a_new_key(store: SQLiteStore) -> None:
    """The bot still has the old key open when somebody else erases."""
    store.put([Offered(record(1), (("customer", "c-1"),), "lane", 0)])
    other = SQLiteStore(store.path)
    assert len(other.erase("customer", "c-1").records) == 1
    other.close()
    store.put([Offered(record(2), (("customer", "c-1"),), "lane", 1)])
    again = SQLiteStore(store.path, read_only=True)
    assert [trace.id for trace in again.list(where=Where(found_by=(("customer", "c-1"),)))] == ["t-00002"]
    assert again.verify().fault is None
    again.close()


def test_after_a_rotation_the_new_key_alone_opens_everything(
    store: SQLiteStore, capsys: pytest.CaptureFixture[str]
) -> None:
    store.put(of("c-1", record(1), record(2, tenant="other")))
    store.close()
    file = store.path.with_name("traces.db.key")
    old, new = file.read_text(), b64encode(os.urandom(32)).decode()
    file.write_text(f"{new}\n{old}")
    assert main(["rotate", "--store", str(store.path)]) == 0
    assert "3 keys" in capsys.readouterr().out
    file.write_text(new)
    again = SQLiteStore(store.path)
    assert ids(again) == ["t-00002", "t-00001"]
    again.put(of("c-1", record(3)))
    assert again.verify().fault is None
    assert [json.loads(row.body[1:])["what"] for _, row, _ in again.rows() if row.kind == "access"] == ["rotate"]
    again.close()
    file.write_text(old)
    with pytest.raises(StoreError, match="do not open"), closing(SQLiteStore(store.path, read_only=True)) as reader:
        reader.list()
    assert main(["rotate", "--store", str(store.path)]) == 1
    file.write_text(new)
    with closing(SQLiteStore(store.path, read_only=True)) as reader:
        assert len(ids(reader)) == 3
