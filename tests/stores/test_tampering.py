"""Whatever is done to a log behind its back is found, and the first wrong record is named."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from records import offered, record, records

from explainbot.stores.checkpoints import KEY_NAME, notes_in, origin
from explainbot.stores.rows import NO_LEAF, leaf_of
from explainbot.stores.signing import Signer
from explainbot.stores.sqlite import SQLiteStore
from explainbot.trace import Lost, Offered
from explainbot.trace.merkle import Tree
from explainbot.trace.note import Checkpoint, sign_note


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "traces.db"


@pytest.fixture
def store(path: Path) -> Iterator[SQLiteStore]:
    """Thirty traces by two recorders; checkpoints over 5, 10, 20 and 30 of them."""
    store = SQLiteStore(path)
    for part in range(3):
        store.put(offered(records(30)[10 * part : 10 * part + 5], "one", 5 * part))
        store.put(offered(records(30)[10 * part + 5 : 10 * part + 10], "two", 5 * part))
        store.close()
    yield store
    store.close()


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        for statement in statements:
            other.execute(statement)


def published(path: Path) -> Path:
    return path.with_name("traces.db.checkpoints")


def test_an_honest_log_is_found_good(store: SQLiteStore) -> None:
    verdict = store.verify()
    assert (verdict.fault, verdict.records, verdict.vouched) == (None, 30, 30)
    store.put(offered([record(99)], "three"))
    verdict = store.verify()
    assert (verdict.fault, verdict.records, verdict.vouched) == (None, 31, 30)


UP = ["UPDATE records SET seq = -seq WHERE seq > 12", "UPDATE records SET seq = -seq - 1 WHERE seq < 0"]
DOWN = ["UPDATE records SET seq = -seq WHERE seq > 12", "UPDATE records SET seq = -seq + 1 WHERE seq < 0"]

EDITS = {
    "a status": (["UPDATE records SET status = 'cut' WHERE seq = 12"], "record 12 .* was changed"),
    "a time": (["UPDATE records SET started = started - 1 WHERE seq = 12"], "record 12 .* was changed"),
    "a search term": (["UPDATE records SET terms = x'0011223344556677' WHERE seq = 12"], "record 12 .* was changed"),
    "an encrypted field": (
        ["UPDATE records SET body = CAST(body || x'00' AS BLOB) WHERE seq = 12"],
        "record 12 .* was changed",
    ),
    "two records swapped": (
        [
            "UPDATE records SET seq = -1 WHERE seq = 12",
            "UPDATE records SET seq = 12 WHERE seq = 13",
            "UPDATE records SET seq = 13 WHERE seq = -1",
        ],
        "record 12 .* was changed, or does not belong",
    ),
    "a record taken out": (["DELETE FROM records WHERE seq = 12"], "record 12 is not there"),
    "one taken out and the rest moved up": (["DELETE FROM records WHERE seq = 12", *UP], "record 12 .* was changed"),
    "a recorder dropped": (["DELETE FROM records WHERE lane = 'two'"], "record 6 is not there"),
    "the tail cut": (
        ["DELETE FROM records WHERE seq > 25", "DELETE FROM checkpoints WHERE size > 25"],
        "ends at record 25, but a checkpoint vouches for 30",
    ),
    "a body erased in silence": (
        ["UPDATE records SET body = CAST(x'02' || leaf AS BLOB) WHERE seq = 12"],
        "record 12 .* was changed",
    ),
    "a checkpoint changed": (
        ["UPDATE checkpoints SET note = replace(note, 'T', 'U') WHERE size = 20"],
        "checkpoint 3 of the database is not good",
    ),
    "its clock changed": (
        ["UPDATE checkpoints SET note = replace(note, 'time 20', 'time 19') WHERE size = 20"],
        "checkpoint 3 of the database is not good",
    ),
}


@pytest.mark.parametrize("statements, fault", EDITS.values(), ids=EDITS)  # noqa: PT006 - one table
def test_a_change_of_the_database_is_found(store: SQLiteStore, path: Path, statements: list[str], fault: str) -> None:
    change(path, *statements)
    found = store.verify().fault
    assert found is not None
    assert re.search(fault, found), found


def test_a_record_put_in_between_is_found(store: SQLiteStore, path: Path) -> None:
    change(
        path,
        *DOWN,
        "INSERT INTO records SELECT 13, 'forged', kind, tenant, lane, number, started, status, model, grounding, "
        "subject, terms, body, leaf FROM records WHERE seq = 12",
    )
    assert store.verify().fault == "record 13 (forged) was changed, or does not belong in this place"


def test_a_silent_erasure_that_keeps_the_hash_is_found(store: SQLiteStore, path: Path) -> None:
    """The leaf still verifies, but no record says that it was erased."""
    with closing(sqlite3.connect(path)) as other, other:
        other.create_function("sha", 1, lambda body: sha256(body).digest())
        other.execute("UPDATE records SET body = CAST(x'02' || sha(body) AS BLOB) WHERE seq = 12")
    assert store.verify().fault == "record 12 (t-00011) was erased, and no record says so"


def test_an_older_copy_put_back_is_found(store: SQLiteStore, path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    shutil.copy(path, old)
    store.put(offered([record(99)], "three"))
    store.close()
    for leftover in ("-wal", "-shm"):
        path.with_name(path.name + leftover).unlink(missing_ok=True)
    shutil.copy(old, path)
    assert store.verify().fault == "the log ends at record 30, but a checkpoint vouches for 31"


def forge(path: Path, signer: Signer) -> None:
    """Rewrite a record, all leaves after it and every checkpoint, as somebody with the file and a key could."""
    change(path, "UPDATE records SET status = 'cut' WHERE seq = 12")
    forged = SQLiteStore(path, read_only=True)
    heads: dict[str, bytes] = {}
    tree = Tree()
    updates: list[tuple[bytes, int]] = []
    notes: list[tuple[str, int]] = []
    for seq, row, _ in forged.rows():
        leaf = heads[row.lane] = leaf_of(row, heads.get(row.lane, NO_LEAF))
        updates.append((leaf, seq))
        tree.append(leaf)
        if seq in (5, 10, 20, 30):
            text = Checkpoint(
                origin(signer.public_key), seq, tree.root(), (f"time 2026-05-04T12:00:{seq:02}+00:00",)
            ).text()
            notes.append((sign_note(text, KEY_NAME, signer.public_key, signer.sign), seq))
    forged.close()
    with closing(sqlite3.connect(path)) as other, other:
        other.executemany("UPDATE records SET leaf = ? WHERE seq = ?", updates)
        other.executemany("UPDATE checkpoints SET note = ? WHERE size = ?", notes)
    published(path).write_text("".join(f"{note}\n" for note, _ in notes))


def test_a_log_rewritten_and_signed_with_another_key_is_found(store: SQLiteStore, path: Path) -> None:
    forge(path, Signer(b"\x01" * 32))
    assert (
        store.verify().fault
        == "checkpoint 1 of the database is not good: the note carries no good signature of this key"
    )


def test_the_copy_elsewhere_finds_what_the_holder_of_the_key_rewrote(store: SQLiteStore, path: Path) -> None:
    before = published(path).read_text()
    forge(path, store._seals.signer())
    assert store.verify().fault is None  # who holds the key and every copy can write what they like
    published(path).write_text(before)
    assert store.verify().fault == "checkpoint 3 of the copy elsewhere contradicts another one over the same 20 records"


def test_a_checkpoint_elsewhere_that_was_cut_short_by_a_crash_is_no_fault(store: SQLiteStore, path: Path) -> None:
    whole = published(path).read_text()
    assert len(list(notes_in(whole))) == 4
    published(path).write_text(whole[:-40])
    assert len(list(notes_in(whole[:-40]))) == 3
    assert store.verify().fault is None


def test_losses_that_were_told_are_counted_and_others_are_found(store: SQLiteStore) -> None:
    moment = record(0).started
    store.put([Lost("three", 0, 4, "queue full", moment), *offered([record(40)], "three", 4)])
    verdict = store.verify()
    assert (verdict.fault, verdict.lost) == (None, 4)
    store.put([Offered(record(41), lane="three", number=7)])
    assert store.verify().fault == "2 records of recorder three are not there, and no record says so"


# Erasing


def test_erasing_a_customer_destroys_theirs_alone_and_the_log_stays_whole(path: Path) -> None:
    store = SQLiteStore(path)
    mine = [Offered(record(number), (("customer", "c-1"),), "one", number) for number in range(5)]
    store.put([*mine, *offered(records(10)[5:], "one", 5)])
    erasure = store.erase("customer", "c-1")
    assert sorted(erasure.records) == [f"t-{number:05}" for number in range(5)]
    assert erasure.had_key
    assert [trace.id for trace in store.list()] == [f"t-{number:05}" for number in range(9, 4, -1)]
    assert store.get("t-00003") is None
    verdict = store.verify()
    assert (verdict.fault, verdict.erased, verdict.records, verdict.vouched) == (None, 5, 11, 11)
    again = store.erase("customer", "c-1")
    assert (again.records, again.had_key) == ((), False)
    store.close()


SAYS = "UPDATE records SET body = CAST(replace(CAST(body AS TEXT), {}) AS BLOB) WHERE kind = 'erasure'"
TOMBSTONES = {
    "it names another record": SAYS.format("'t-00001', 't-00002'"),
    "it says another reason": SAYS.format("'erased', 'lawful'"),
    "it is of another time": "UPDATE records SET started = started - 1 WHERE kind = 'erasure'",
    "it is gone": "DELETE FROM records WHERE kind = 'erasure'",
    "the hash it left is another": "UPDATE records SET body = CAST(x'02' || zeroblob(32) AS BLOB) WHERE id = 't-00001'",
}


@pytest.mark.parametrize("statement", TOMBSTONES.values(), ids=TOMBSTONES)
def test_a_tombstone_that_is_altered_is_found(path: Path, statement: str) -> None:
    store = SQLiteStore(path)
    store.put([Offered(record(number), (("customer", f"c-{number}"),), "lane", number) for number in range(4)])
    assert store.erase("customer", "c-1").records == ("t-00001",)
    store.close()
    assert store.verify().fault is None
    change(path, statement)
    assert store.verify().fault is not None
    store.close()


def test_an_earlier_backup_of_the_data_shows_nothing_after_an_erasure(path: Path, tmp_path: Path) -> None:
    store = SQLiteStore(path)
    store.put([Offered(record(1), (("customer", "c-1"),), "one", 0)])
    store.close()
    backup = tmp_path / "backup.db"
    shutil.copy(path, backup)
    store.erase("customer", "c-1")
    store.close()
    shutil.copy(backup, path)
    for leftover in ("-wal", "-shm"):
        path.with_name(path.name + leftover).unlink(missing_ok=True)
    assert store.get("t-00001") is None
    store.close()


def test_a_destroyed_key_is_gone_from_the_disk(path: Path) -> None:
    store = SQLiteStore(path)
    store.put([Offered(record(1), (("customer", "c-1"),), "one", 0)])
    subject = store._seals.of("default").term("customer", "c-1").hex()
    keys = path.with_name("traces.db.keys")
    (wrapped,) = store._keys.get([f"subject/default/{subject}"]).values()
    assert wrapped in keys.read_bytes()
    store.erase("customer", "c-1")
    store.close()
    for file in path.parent.iterdir():
        assert wrapped not in file.read_bytes(), file.name
