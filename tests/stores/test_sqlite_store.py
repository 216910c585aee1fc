"""The SQLite file: who may read it, what survives, and what is said when it cannot be used."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from records import ROOT, offered, python, record, records

from explainbot.errors import StoreError
from explainbot.stores import Where
from explainbot.stores.sqlite import SQLiteStore, connection, tables
from explainbot.trace import Redacted


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "explainbot" / "traces.db"


@pytest.fixture
def store(path: Path) -> Iterator[SQLiteStore]:
    store = SQLiteStore(path)
    yield store
    store.close()


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# Rights ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_file_and_directory_are_for_their_owner_only(store: SQLiteStore, path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        store.put(offered(records(3)))
    finally:
        os.umask(before)
    files = {file.name: rights(file) for file in path.parent.iterdir()}
    assert files.pop("traces.db.turn", 0o600) == 0o600  # where this version of SQLite needs it
    names = ("", "-wal", "-shm", ".key", ".keys", ".keys-journal", ".checkpoints")
    assert files == {f"traces.db{name}": 0o600 for name in names}
    assert rights(path.parent) == 0o700


def test_the_rights_of_a_file_that_exists_stay_as_they_are(store: SQLiteStore, path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.touch(0o640)
    path.chmod(0o640)
    store.put(offered(records(1)))
    assert {rights(file) for file in path.parent.iterdir() if "." not in file.name.removeprefix(path.name)} == {0o640}


def test_nothing_is_made_before_the_first_use(store: SQLiteStore, path: Path) -> None:
    store.close()
    assert not path.parent.exists()


# The file -------------------------------------------------------------------------------------------------------


def test_it_is_written_ahead_and_synchronised_fully(store: SQLiteStore, path: Path) -> None:
    store.put(offered(records(1)))
    with store._writing.use() as own:
        assert own.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert own.execute("PRAGMA synchronous").fetchone() == (2,)
        assert own.execute("PRAGMA busy_timeout").fetchone() == (5_000,)
        assert own.execute("PRAGMA user_version").fetchone() == (len(tables.MIGRATIONS),)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ({}, "records_started"),
        ({"before": "t-00005"}, "records_started"),
        ({"conversation": "a"}, "PRIMARY KEY (term=? AND started>?)"),
        ({"conversation": "a", "before": "t-00005"}, "PRIMARY KEY (term=? AND started>? AND (started,seq)<(?,?))"),
        ({"status": "ok"}, "records_started"),
        ({"status": "ok", "before": "t-00005"}, "records_started"),
        ({"status": "cut"}, "records_status"),
        ({"status": "cut", "before": "t-00005"}, "records_status"),
        (
            {"conversation": "a", "status": "ok", "before": "t-00005"},
            "PRIMARY KEY (term=? AND started>? AND (started,seq)<(?,?))",
        ),
    ],
    ids=str,
)
def test_no_list_reads_or_sorts_the_whole_table(store: SQLiteStore, query: dict[str, Any], index: str) -> None:
    store.put(offered(records(10, conversation="a")))
    seen: list[str] = []
    with store._reading.use() as own:
        own.set_trace_callback(seen.append)
    store.list(3, query.pop("before", None), Where(**query))
    with store._reading.use() as own:
        own.set_trace_callback(None)
        [plan] = [
            " ".join(map(str, own.execute(f"EXPLAIN QUERY PLAN {statement}")))
            for statement in seen
            if "LIMIT" in statement
        ]
    assert f"USING INDEX {index}" in plan or f"USING {index}" in plan
    assert "TEMP B-TREE" not in plan


def test_a_put_is_kept_whole_or_not_at_all(store: SQLiteStore, path: Path) -> None:
    store.put(offered(records(2)))
    with sqlite3.connect(path) as other:
        other.execute(
            "CREATE TRIGGER bad BEFORE INSERT ON records WHEN NEW.id = 't-00007' BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    other.close()
    with pytest.raises(StoreError):
        store.put(offered(records(10)))
    assert len(store.list()) == 2


def test_a_file_moved_away_is_noticed_and_made_anew(store: SQLiteStore, path: Path) -> None:
    store.put(offered([record(1)]))
    store.close()
    store.put(offered([record(2)]))
    for file in sorted(path.parent.iterdir()):
        file.rename(file.with_name(f"old-{file.name}"))
    store.put(offered([record(3)]))
    assert [trace.id for trace in store.list()] == ["t-00003"]
    again = SQLiteStore(path, read_only=True)  # under a key that is there again, too
    assert [trace.id for trace in again.list()] == ["t-00003"]
    again.close()
    old = SQLiteStore(path.with_name("old-traces.db"), read_only=True)
    assert [trace.id for trace in old.list()] == ["t-00002", "t-00001"]
    old.close()


def test_a_missing_migration_is_run_on_an_older_file(
    store: SQLiteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(offered(records(2)))
    store.close()

    def m_colour(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE records ADD COLUMN colour TEXT DEFAULT 'red'")

    monkeypatch.setattr(tables, "MIGRATIONS", (*tables.MIGRATIONS, m_colour))
    store.put(offered([record(3)]))
    with store._writing.use() as own:
        assert own.execute("SELECT count(*) FROM records WHERE colour = 'red'").fetchone() == (3,)
        assert own.execute("PRAGMA user_version").fetchone() == (len(tables.MIGRATIONS),)


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    store: SQLiteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(offered(records(2)))
    store.close()

    def m_broken(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE traces")
        connection.execute("SELECT nonsense")

    with monkeypatch.context() as patch:
        patch.setattr(tables, "MIGRATIONS", (*tables.MIGRATIONS, m_broken))
        with pytest.raises(StoreError):
            store.put(offered([record(3)]))
    assert len(store.list()) == 2


# What is said when it cannot be used ----------------------------------------------------------------------------


def test_a_newer_schema_is_left_alone(store: SQLiteStore, path: Path) -> None:
    store.put(offered(records(1)))
    store.close()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    for use in (lambda: store.put(offered(records(1))), store.list):
        with pytest.raises(StoreError, match=r"schema 99.*upgrade explainbot"):
            use()


def test_another_programs_database_is_left_alone(store: SQLiteStore, path: Path) -> None:
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE traces (id, body)")
    other.close()
    content = path.read_bytes()
    with pytest.raises(StoreError, match="not one of explainbot"):
        store.put(offered(records(1)))
    assert path.read_bytes() == content


def test_a_file_that_is_no_database_is_left_alone(store: SQLiteStore, path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"hello " * 1_000)
    for use in (lambda: store.put(offered(records(1))), store.list, lambda: store.get("x")):
        with pytest.raises(StoreError, match=r"no SQLite database; move it away"):
            use()
    assert path.read_bytes() == b"hello " * 1_000


def test_a_damaged_file_says_how_to_recover_it(store: SQLiteStore, path: Path) -> None:
    store.put(offered(records(2_000)))
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xaa" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"damaged; move it away .* \.recover"):
        store.list()
    with pytest.raises(StoreError, match="damaged"):
        store.put(offered([record(9_999)]))


def test_a_damaged_row_names_the_trace_only(store: SQLiteStore, path: Path) -> None:
    store.put(offered(records(2)))
    with sqlite3.connect(path) as other:
        other.execute("UPDATE records SET body = CAST('\x01CANARY and more of it' AS BLOB) WHERE id = 't-00001'")
    other.close()
    with pytest.raises(StoreError, match="t-00001") as caught:
        store.get("t-00001")
    assert "CANARY" not in str(caught.value)
    assert store.get("t-00000") == record(0)


def test_a_path_through_a_file_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        closing(SQLiteStore(tmp_path / "file" / "traces.db")) as store,
        pytest.raises(StoreError, match="write access"),
    ):
        store.put(offered(records(1)))


def test_a_directory_in_place_of_the_file_is_an_error(tmp_path: Path) -> None:
    with closing(SQLiteStore(tmp_path)) as store, pytest.raises(StoreError, match="cannot be opened"):
        store.put(offered(records(1)))


def test_a_directory_without_write_access_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    result = python(
        "import os, sys\n"
        "from records import offered, record\n"
        "from explainbot.stores.sqlite import SQLiteStore\n"
        "from explainbot.errors import StoreError\n"
        "if os.getuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "else: os.chmod(sys.argv[1], 0o555)\n"
        "try: SQLiteStore(sys.argv[1] + '/new/traces.db').put([record()])\n"
        "except StoreError as error: print(error)\n",
        tmp_path,
    )
    tmp_path.chmod(0o755)
    if result.returncode and "Permission" in result.stderr and "ModuleNotFound" in result.stderr:
        pytest.skip("another user cannot read this checkout")
    assert "write access" in result.stdout, result.stderr


def test_a_full_disk_is_an_error_that_says_what_to_do_and_loses_nothing(tmp_path: Path) -> None:
    """The limit on the file size stands in for the disk."""
    result = python(
        "import resource, signal, sys\n"
        "from records import offered, record\n"
        "from explainbot.stores.sqlite import SQLiteStore\n"
        "from explainbot.errors import StoreError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "store = SQLiteStore(sys.argv[1])\n"
        "store.put(offered([record(0)]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "kept = 1\n"
        "try:\n"
        "    for number in range(1, 5_000): store.put(offered([record(number)])); kept += 1\n"
        "except StoreError as error: print(error)\n"
        "print(kept, len(store.list(10_000)))\n",
        tmp_path / "traces.db",
    )
    assert result.returncode == 0, result.stderr
    error, counts = result.stdout.splitlines()
    assert "free some space" in error
    kept, listed = map(int, counts.split())
    assert 1 < kept == listed


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    try:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", place], capture_output=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("no mount command")
    if done.returncode:
        pytest.skip("this user cannot mount a disk")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_really_full_disk_recovers_when_there_is_space_again(tiny_disk: Path) -> None:
    ballast = tiny_disk / "ballast"
    ballast.write_bytes(b"x" * 100_000)
    store = SQLiteStore(tiny_disk / "traces.db")
    kept = 0

    def fill() -> None:
        nonlocal kept
        for number in range(5_000):
            store.put(offered([record(number)]))
            kept += 1

    with pytest.raises(StoreError, match="full; free some space"):
        fill()
    assert 0 < kept == len(store.list(10_000))
    ballast.unlink()
    store.put(offered([record(9_999)]))
    assert len(store.list(10_000)) == kept + 1
    store.close()


def test_a_lock_held_too_long_is_an_error_that_says_so(
    store: SQLiteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    store.put(offered(records(1)))
    store.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"):
        store.put(offered([record(2)]))
    assert len(store.list()) == 1
    other.execute("COMMIT")
    other.close()
    store.put(offered([record(2)]))
    assert len(store.list()) == 2


# Reading only ---------------------------------------------------------------------------------------------------


def test_a_reader_makes_nothing_and_changes_nothing(store: SQLiteStore, path: Path) -> None:
    reader = SQLiteStore(path, read_only=True)
    with pytest.raises(StoreError, match="there is no trace store"):
        reader.list()
    assert not path.parent.exists()
    store.put(offered(records(2)))
    assert len(reader.list()) == 2
    with pytest.raises(StoreError, match="reading only"):
        reader.put(records(3))
    reader.close()


def test_a_file_that_is_being_made_has_nothing_yet(store: SQLiteStore, path: Path) -> None:
    """A recorder makes the file before its tables: who reads between the two gets nothing, and no error."""
    path.parent.mkdir(parents=True)
    path.touch(0o600)
    assert store.get("9f6c1c0f5a8b4d0e8c0a2f6f5e0b7d11") is None


def test_an_empty_file_is_no_store_to_read(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.touch()
    with pytest.raises(StoreError, match="empty"):
        SQLiteStore(path, read_only=True).list()
    assert path.stat().st_size == 0


def test_a_backup_nobody_can_write_to_can_be_read(store: SQLiteStore, path: Path) -> None:
    store.put(offered(records(3)))
    store.close()
    for place in (path.parent, path.parent.parent, *path.parents[2:5]):
        place.chmod(place.stat().st_mode | 0o055)
    for file in (path, path.with_name("traces.db.keys")):
        file.chmod(0o444)
    key = path.with_name("traces.db.key").read_text()
    before = sorted(file.name for file in path.parent.iterdir())
    result = python(
        "import os, sys, urllib.parse\n"
        "from explainbot.stores.sqlite import SQLiteStore\n"
        "import records\n"
        "if os.getuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "else: os.chmod(os.path.dirname(sys.argv[1]), 0o555)\n"
        "store = SQLiteStore(sys.argv[1], read_only=True)\n"
        "print(len(store.list())); store.close()\n",
        path,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "EXPLAINBOT_KEY": key},
    )
    path.parent.chmod(0o700)
    assert result.stdout == "3\n", result.stderr
    assert sorted(file.name for file in path.parent.iterdir()) == before


# Other processes ------------------------------------------------------------------------------------------------


def test_four_processes_write_while_this_one_reads(
    store: SQLiteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import sys\n"
        "from records import offered, record\n"
        "from explainbot.stores.sqlite import SQLiteStore\n"
        "store, first = SQLiteStore(sys.argv[1]), int(sys.argv[2])\n"
        "for number in range(first, first + 50): store.put(offered([record(number)]))\n"
        "store.close()\n"
    )
    key = b64encode(os.urandom(32)).decode()
    env = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "EXPLAINBOT_KEY": key}
    monkeypatch.setenv("EXPLAINBOT_KEY", key)
    writers = [
        subprocess.Popen([sys.executable, "-c", code, path, str(first)], env=env, stderr=subprocess.PIPE)
        for first in (0, 100, 200, 300)
    ]
    while any(writer.poll() is None for writer in writers):
        store.list(10)
        time.sleep(0.02)
    assert [writer.communicate()[1] for writer in writers] == [b""] * 4
    assert len(store.list(1_000)) == 200


@pytest.mark.parametrize("after", [0.01, 0.05, 0.2])
def test_killed_while_writing_it_holds_all_that_was_acknowledged(path: Path, after: float) -> None:
    code = (
        "import sys\n"
        "from records import offered, record\n"
        "from explainbot.stores.sqlite import SQLiteStore\n"
        "store, number = SQLiteStore(sys.argv[1]), 0\n"
        "while True:\n"
        "    store.put(offered([record(number), record(number + 1)]))\n"
        "    number += 2\n"
        "    print(number, flush=True)\n"
    )
    env = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    writer = subprocess.Popen([sys.executable, "-c", code, path], env=env, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline())]
    time.sleep(after)
    writer.send_signal(signal.SIGKILL)
    acknowledged += map(int, writer.stdout.read().splitlines())
    writer.wait()
    writer.stdout.close()
    with_crash = SQLiteStore(path)
    kept = len(with_crash.list(1_000_000))
    assert kept in (acknowledged[-1], acknowledged[-1] + 2)
    with_crash.put(offered([record(999_999)]))
    with with_crash._writing.use() as own:
        assert own.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with_crash.close()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are looked up in /proc")
def test_a_fork_carries_no_connection_and_both_sides_go_on_writing(path: Path) -> None:
    result = python(
        "import os, sys, warnings\n"
        "warnings.simplefilter('ignore', DeprecationWarning)\n"
        "from records import offered, record\n"
        "from explainbot.stores.sqlite import SQLiteStore\n"
        "store = SQLiteStore(sys.argv[1])\n"
        "store.put(offered([record(0)]))\n"
        "children = []\n"
        "for child in range(4):\n"
        "    pid = os.fork()\n"
        "    if pid == 0:\n"
        "        places = [f'/proc/self/fd/{fd}' for fd in os.listdir('/proc/self/fd')]\n"
        "        files = [os.readlink(place) for place in places if os.path.lexists(place)]\n"
        "        assert not [file for file in files if 'traces.db' in file], files\n"
        "        for step in range(20): store.put(offered([record(100 * child + 100 + step)]))\n"
        "        store.list(5); os._exit(0)\n"
        "    children.append(pid)\n"
        "    store.put(offered([record(child + 1)]))\n"
        "assert [os.waitpid(pid, 0)[1] for pid in children] == [0] * 4\n"
        "print(len(store.list(1000)))\n"
        "with store._writing.use() as own: print(own.execute('PRAGMA integrity_check').fetchone()[0])\n"
        "store.close()\n",
        path,
    )
    assert result.stdout == "85\nok\n", result.stderr


def test_a_fork_does_not_wait_for_ever_for_a_statement_that_hangs(path: Path) -> None:
    result = python(
        "import os, sys, threading, warnings\n"
        "warnings.simplefilter('ignore', DeprecationWarning)\n"
        "from records import offered, record\n"
        "from explainbot.stores.sqlite import connection\n"
        "from explainbot.stores.sqlite import SQLiteStore\n"
        "connection.FORK_SECONDS = 0.05\n"
        "store = SQLiteStore(sys.argv[1])\n"
        "store.put(offered([record(0)]))\n"
        "holding, done = threading.Event(), threading.Event()\n"
        "def hang():\n"
        "    with store._writing.use(): holding.set(); done.wait(20)\n"
        "thread = threading.Thread(target=hang); thread.start(); holding.wait(20)\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    store.put(offered([record(1)])); os._exit(0)\n"
        "assert os.waitpid(pid, 0)[1] == 0\n"
        "done.set(); thread.join(); store.put(offered([record(2)]))\n"
        "print(len(store.list())); store.close()\n",
        path,
    )
    assert result.stdout == "3\n", result.stderr


def test_a_path_is_understood_where_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    stores = [SQLiteStore("~/a.db"), SQLiteStore("b.db")]
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir("elsewhere")
    for store in stores:
        store.put(offered([record(0)]))
        store.close()
    assert sorted(file.name for file in tmp_path.iterdir() if file.name.count(".") < 2) == ["a.db", "b.db", "elsewhere"]


def test_no_text_is_in_any_file_in_the_clear(store: SQLiteStore, path: Path) -> None:
    canary = "jane.doe@example.com"
    store.put(offered([record(1, reply=Redacted("We wrote to [EMAIL_1]."))]))
    for attempt in (
        record(2).model_copy(update={"reply": canary}),
        record(3).model_copy(update={"explanation": canary}),
    ):
        with pytest.raises(StoreError):
            store.put(offered([attempt]))
    content = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"We wrote" not in content
    assert canary.encode() not in content
