"""A store that an older version wrote is read as it is, and goes on as one log under this one.

`schema-5.zip` holds a store that the version with schema 5 made: 8 traces of 2 customers in two months, the first of
which lies in a file of its own, with the key.
"""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from records import record

from explainbot.stores import Where
from explainbot.stores.sqlite import SQLiteStore, tables
from explainbot.trace import Offered, Redacted

PLACE = Path(__file__).with_name("schema-5.zip")
STATES = '{"statements":[{"state":"not found"},{"state":"conflicts"}]}'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with ZipFile(PLACE) as kept:
        kept.extractall(tmp_path)
    (tmp_path / "traces.db.key").chmod(0o600)
    return tmp_path / "traces.db"


def numbers(store: SQLiteStore, **where: object) -> list[int]:
    return [int(trace.id[2:]) for trace in store.list(where=Where(**where))]  # type: ignore[arg-type]


@pytest.mark.parametrize("read_only", [True, False])
def test_it_is_read_listed_searched_and_verified(path: Path, read_only: bool) -> None:
    store = SQLiteStore(path, read_only=read_only)
    assert numbers(store) == [7, 6, 5, 4, 3, 2, 1, 0]
    assert numbers(store, status="cut") == [4, 0]
    assert numbers(store, found_by=(("entity", "PERSON"),)) == [6, 4, 2, 0]
    assert numbers(store, found_by=(("entity", "PERSON"), ("customer", "c-0")), status="ok") == [6, 2]
    assert numbers(store, found_by=(("state", "conflicts"),)) == [7, 5, 3, 1]
    assert store.list(1)[0].request == Redacted('{"messages":[{"role":"user","content":"My mail is [EMAIL_1]"}]}')
    verdict = store.verify()
    assert (verdict.fault, verdict.records) == (None, 8)
    store.close()


def test_what_comes_is_found_with_what_is_there(path: Path) -> None:
    store = SQLiteStore(path)
    more = [record(10 + number, hidden={"PERSON": 1}, explanation=Redacted(STATES)) for number in range(3)]
    store.put([Offered(trace, (("customer", "c-1"),), "lane-2", number) for number, trace in enumerate(more)])
    assert numbers(store, found_by=(("entity", "PERSON"),)) == [12, 11, 10, 6, 4, 2, 0]
    assert numbers(store, found_by=(("state", "conflicts"), ("customer", "c-1"))) == [12, 11, 10, 7, 5, 3, 1]
    assert numbers(store, found_by=(("state", "conflicts"), ("entity", "PERSON"))) == [12, 11, 10]
    assert numbers(store, status="cut") == [4, 0]
    assert store.verify().fault is None
    store.close()


def test_a_customer_is_erased_from_the_old_files_too(path: Path) -> None:
    store = SQLiteStore(path)
    assert sorted(store.erase("customer", "c-1").records) == ["t-00001", "t-00003", "t-00005", "t-00007"]
    assert numbers(store) == [6, 4, 2, 0]
    assert store.verify().fault is None
    store.close()
    again = SQLiteStore(path, read_only=True)
    assert numbers(again, found_by=(("state", "conflicts"),)) == []
    assert again.verify().erased == 4
    again.close()


def test_the_file_then_says_its_new_version(path: Path) -> None:
    store = SQLiteStore(path)
    store.put([Offered(record(9), (), "lane-2", 0)])
    with store._writing.use() as own:
        assert own.execute("PRAGMA user_version").fetchone() == (len(tables.MIGRATIONS),)
    store.close()
