"""On versions of SQLite that need it, writers of one file take turns, also over the checkpoint."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from records import offered, python, records

from explainbot.errors import StoreError
from explainbot.stores.sqlite import SQLiteStore
from explainbot.stores.sqlite import store as store_module
from explainbot.stores.sqlite.turns import turn

OLD = (3, 51, 2)


def test_there_is_one_turn_and_it_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "traces.db"
    order = []

    def second() -> None:
        with turn(path, 20, OLD):
            order.append("second")

    with turn(path, 20, OLD):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.05)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_turn_that_does_not_come_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "traces.db"
    with turn(path, 1, OLD), pytest.raises(StoreError, match="find and end that process"), turn(path, 0.02, OLD):
        raise AssertionError("two had the turn")


def test_a_version_that_was_mended_needs_no_lock(tmp_path: Path) -> None:
    with turn(tmp_path / "traces.db", 1, (3, 51, 3)):
        assert [*tmp_path.iterdir()] == []


def test_a_child_that_is_forked_meanwhile_does_not_hold_the_turn(tmp_path: Path) -> None:
    """A lock lasts as long as anybody has its handle, and a child has all of its parent's."""
    result = python(
        "import os, sys, time\n"
        "from pathlib import Path\n"
        "from explainbot.stores.sqlite.turns import turn\n"
        "path = Path(sys.argv[1])\n"
        "with turn(path, 1, (3, 0, 0)):\n"
        "    child = os.fork()\n"
        "    if not child:\n"
        "        time.sleep(20)\n"
        "        os._exit(0)\n"
        "try:\n"
        "    with turn(path, 0.5, (3, 0, 0)): print('free')\n"
        "finally:\n"
        "    os.kill(child, 9); os.waitpid(child, 0)\n",
        tmp_path / "traces.db",
    )
    assert result.stdout == "free\n", result.stderr


@pytest.mark.skipif(sqlite3.sqlite_version_info >= (3, 51, 3), reason="this version of SQLite needs no turns")
def test_a_store_writes_and_closes_in_its_turn_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.05)
    store = SQLiteStore(tmp_path / "traces.db")
    store.put(offered(records(1)))
    with turn(store.path, 1, OLD):
        with pytest.raises(StoreError, match="kept it locked"):
            store.put(offered(records(2)))
        assert len(store.list()) == 1
    store.put(offered(records(2)))
    assert len(store.list()) == 2
    store.close()


def test_a_place_without_write_access_says_so(tmp_path: Path) -> None:
    if os.getuid() == 0:
        (tmp_path / "file").write_text("")
        path = tmp_path / "file" / "traces.db"
    else:
        tmp_path.chmod(0o500)
        path = tmp_path / "traces.db"
    with pytest.raises(StoreError, match="write access"), turn(path, 1, OLD):
        raise AssertionError("there was a lock")
