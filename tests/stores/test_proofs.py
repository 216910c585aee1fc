"""A proof about one record, or about the growth of a log, holds without the store, and for nothing else."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import offered, record, records

from explainbot.cli import main
from explainbot.errors import StoreError
from explainbot.stores.proofs import check_growth, check_record, prove_growth, prove_record
from explainbot.stores.sqlite import SQLiteStore
from explainbot.trace.merkle import (
    Pruned,
    Tree,
    consistency_path,
    inclusion_path,
    leaf_hash,
    root,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SQLiteStore]:
    """Thirty traces by two recorders; checkpoints over 5, 10, 20 and 30 of them."""
    store = SQLiteStore(tmp_path / "traces.db")
    for part in range(3):
        store.put(offered(records(30)[10 * part : 10 * part + 5], "one", 5 * part))
        store.put(offered(records(30)[10 * part + 5 : 10 * part + 10], "two", 5 * part))
        store.close()
    yield store
    store.close()


@pytest.mark.parametrize("number", [0, 7, 14, 29])
def test_a_record_is_proved_to_be_in_its_place(store: SQLiteStore, number: int) -> None:
    proof = prove_record(store, f"t-{number:05}")
    assert proof.startswith("c2sp.org/tlog-proof@v1\nextra ")
    proved = check_record(proof, store.public_key)
    assert (proved.row.id, proved.place, proved.size) == (f"t-{number:05}", number + 1, 30)
    assert proved.time.endswith("+00:00")
    assert "We wrote" not in proof


def test_it_holds_for_nothing_else(store: SQLiteStore, tmp_path: Path) -> None:
    proof, other = prove_record(store, "t-00007"), prove_record(store, "t-00008")
    lines = proof.split("\n")
    changed = {
        "another place": proof.replace("index 7", "index 8"),
        "another record": "\n".join([lines[0], other.split("\n")[1], *lines[2:]]),
        "a hash left out": "\n".join([*lines[:3], *lines[4:]]),
        "another size": proof.replace("\n30\n", "\n31\n"),
    }
    for name, forged in changed.items():
        assert forged != proof, name
        with pytest.raises(StoreError):
            check_record(forged, store.public_key)
    stranger = SQLiteStore(tmp_path / "other" / "traces.db")
    stranger.put(offered(records(9)))
    with pytest.raises(StoreError, match="no good signature"):
        check_record(proof, stranger.public_key)
    stranger.close()


@pytest.mark.parametrize(
    "text", ["", "{}", "c2sp.org/tlog-proof@v1\n\n", "c2sp.org/tlog-proof@v1\nextra x\nindex y\n\n"]
)
def test_what_is_no_proof_is_none(store: SQLiteStore, text: str) -> None:
    for check in (check_record, check_growth):
        with pytest.raises(StoreError, match="no proof of explainbot"):
            check(text, store.public_key)


def test_what_nobody_vouches_for_yet_is_not_proved(store: SQLiteStore) -> None:
    store.put(offered([record(30)], "three"))
    with pytest.raises(StoreError, match="no checkpoint vouches"):
        prove_record(store, "t-00030")
    with pytest.raises(StoreError, match="no record"):
        prove_record(store, "t-99999")


def test_a_log_is_proved_to_have_only_grown(store: SQLiteStore) -> None:
    first, *_ = store.notes()
    proof = prove_growth(store, first)
    assert check_growth(proof, store.public_key) == (5, 30)
    told = json.loads(proof)
    for name, value in {"older": store.notes()[1], "hashes": told["hashes"][1:], "newer": store.notes()[1]}.items():
        with pytest.raises(StoreError):
            check_growth(json.dumps({**told, name: value}), store.public_key)


def test_the_command_proves_and_checks_without_the_store(
    store: SQLiteStore, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    key, where = b64encode(store.public_key).decode(), ["--store", str(store.path)]
    proof, note, growth = (tmp_path / name for name in ("proof", "note", "growth"))
    assert main(["prove", "t-00007", "--out", str(proof), *where]) == 0
    assert f"signed by {key}" in capsys.readouterr().err
    note.write_text(store.notes()[0])
    assert main(["prove", "--since", str(note), "--out", str(growth), *where]) == 0
    for file in store.path.parent.glob("traces.db*"):
        if file.is_file():
            file.unlink()
    capsys.readouterr()
    assert main(["prove", "--check", str(proof), "--public-key", key]) == 0
    assert "8 of 30" in capsys.readouterr().out
    assert main(["prove", "--check", str(growth), "--public-key", key]) == 0
    assert "5 records" in capsys.readouterr().out
    proof.write_text(proof.read_text().replace("index 7", "index 6"))
    assert main(["prove", "--check", str(proof), "--public-key", key]) == 1
    assert "does not hold" in capsys.readouterr().err
    assert main(["prove", "t-00007", "--check", str(proof), *where]) == 2


@given(st.integers(1, 70), st.data())
def test_proofs_need_no_leaf_of_what_was_cut_off(size: int, data: st.DataObject) -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    gone = data.draw(st.integers(0, size - 1))
    index = data.draw(st.integers(gone, size - 1))
    tree = Pruned(gone, Tree(leaves[:gone]).frontier, leaves[gone:])
    whole = Pruned(0, b"", leaves)
    assert tree.size == size
    assert tree.hash_of(0, size) == root(leaves)
    assert inclusion_path(index, size, tree.hash_of) == inclusion_path(index, size, whole.hash_of)
    if gone:
        assert consistency_path(gone, size, tree.hash_of) == consistency_path(gone, size, whole.hash_of)
    if gone > 1:
        with pytest.raises(KeyError):
            inclusion_path(0, size, tree.hash_of)
