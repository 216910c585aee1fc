"""`explainbot verify` and `explainbot erase`: what they say, and their exit codes."""

from __future__ import annotations

import json
import sqlite3
from base64 import b64encode
from contextlib import closing
from pathlib import Path

import pytest
from records import offered, record, records

from explainbot.cli import main
from explainbot.stores.sqlite import SQLiteStore
from explainbot.stores.sqlite.vaults import SQLiteVaults
from explainbot.stores.vaults import Entry
from explainbot.trace import Offered


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with five traces of one customer and five of nobody."""
    path = tmp_path / "traces.db"
    store = SQLiteStore(path)
    mine = [Offered(record(number), (("customer", "c-1"), ("value", "a@b.example"))) for number in range(5)]
    store.put(mine)
    store.put(offered(records(10)[5:]))
    store.close()
    return path


def test_a_good_log_is_exit_code_0(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--store", str(path)]) == 0
    said = capsys.readouterr().out
    assert "nothing is wrong" in said
    assert "10 by signed checkpoints" in said


def test_a_changed_log_is_exit_code_1_and_named(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE records SET model = 'gpt-x' WHERE seq = 4")
    assert main(["verify", "--store", str(path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["fault"].startswith("record 4 (t-00003) was changed")


def test_another_key_than_expected_is_a_fault(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = b64encode(bytes(32)).decode()
    assert main(["verify", "--store", str(path), "--public-key", key]) == 1
    assert "no good signature" in capsys.readouterr().out


def test_a_copy_of_the_checkpoints_may_be_named(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere"
    (path.with_name("traces.db.checkpoints")).rename(copy)
    assert main(["verify", "--store", str(path), "--checkpoints", str(copy)]) == 0


@pytest.mark.parametrize("key", ["short", "!!!!", b64encode(bytes(31)).decode()])
def test_a_key_that_is_none_is_wrong_usage(path: Path, key: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(["verify", "--store", str(path), "--public-key", key])
    assert left.value.code == 2


def test_a_customer_is_erased_and_the_log_verifies(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listing = ["traces", "list", "--store", str(path), "--json"]
    assert main([*listing, "--customer", "C-1"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 5
    assert main([*listing, "--value", "A@b.example"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 5
    assert main(["erase", "--customer", "C-1", "--store", str(path)]) == 0
    assert "5" in capsys.readouterr().out
    assert main(listing) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == [
        f"t-{number:05}" for number in range(9, 4, -1)
    ]
    assert main([*listing, "--customer", "c-1"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["verify", "--store", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["erased"] == 5


def test_a_customer_who_is_not_there_is_said(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["erase", "--customer", "nobody", "--store", str(path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["records"] == []


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "none.db"
    assert main(["erase", "--customer", "c-1", "--store", str(missing)]) == 1
    assert main(["verify", "--store", str(missing)]) == 1
    assert list(tmp_path.iterdir()) == []
    assert "there is no trace store" in capsys.readouterr().err


def test_a_customers_vaults_are_erased_with_the_traces(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    vaults = tmp_path / "vaults.db"
    store = SQLiteVaults(vaults)
    entries = [Entry("[EMAIL_1]", "jane@example.org", "EMAIL_ADDRESS")]
    for name, customer in (("conversation/a", "c-1"), ("conversation/b", "c-1"), ("conversation/c", None)):
        store.add(name, 0, entries, customer)
    assert main(["erase", "--customer", "C-1", "--store", str(path), "--vaults", str(vaults), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["vaults"] == 2
    monkeypatch.setenv("EXPLAINBOT_VAULT_STORE", str(vaults))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "empty"))
    assert main(["erase", "--conversation", "c"]) == 0
    assert capsys.readouterr().out == "vaults erased  1\n"
    assert [len(store.load(f"conversation/{letter}", 0)) for letter in "abc"] == [0, 0, 0]
    store.close()
    assert main(["erase", "--customer", "c-1", "--vaults", str(tmp_path / "no.db")]) == 2
    assert "no vault store" in capsys.readouterr().err


def test_a_legal_hold_keeps_the_vaults_too(path: Path, tmp_path: Path) -> None:
    vaults = tmp_path / "vaults.db"
    store = SQLiteVaults(vaults)
    store.add("conversation/a", 0, [Entry("[EMAIL_1]", "jane@example.org", "EMAIL_ADDRESS")], "c-1")
    assert main(["hold", "--customer", "c-1", "--store", str(path)]) == 0
    assert main(["erase", "--customer", "c-1", "--store", str(path), "--vaults", str(vaults)]) == 1
    assert len(store.load("conversation/a", 0)) == 1
    store.close()
