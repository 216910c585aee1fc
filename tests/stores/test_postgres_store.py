"""PostgreSQL: who may do what, what survives a crash of the server, and what many processes make of one log."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from postgres import Postgres, program
from records import NOON, ROOT, offered, python, record, records

from explainbot.cli import main
from explainbot.errors import ConfigError, StoreError
from explainbot.sinks import Recorder, delivery
from explainbot.stores import STORES, Where, checkpoints, log, sealed
from explainbot.stores.bundle import check_bundle, write_bundle
from explainbot.stores.postgres import PostgresStore, tables
from explainbot.stores.postgres import store as store_module
from explainbot.trace import Offered

pytestmark = pytest.mark.postgres


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.database()


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[PostgresStore]:
    store = PostgresStore(url, path=tmp_path / "here")
    yield store
    store.close()


def database(url: str) -> str:
    return url.rpartition("/")[2]


def as_user(postgres: Postgres, url: str, name: str, role: str) -> str:
    """The URL of a new user who is a member of a role."""
    user = f"{name}_{database(url)}"
    postgres.sql(database(url), f"CREATE ROLE {user} LOGIN; GRANT {role} TO {user}")
    return postgres.url(database(url), user)


def refused(url: str, statement: str) -> bool:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        try:
            connection.execute(statement.encode())
        except psycopg.errors.InsufficientPrivilege:
            return True
    return False


def test_a_writer_adds_and_can_change_nothing(postgres: Postgres, store: PostgresStore, url: str) -> None:
    store.put(offered([record(0)]))
    of_writer = as_user(postgres, url, "bot", "explainbot_writer")
    bot = PostgresStore(of_writer, path=store.path)
    bot.retain("default", 1)
    bot.put(offered([record(1), record(2, started=NOON.replace(year=2031))], lane="bot"))
    assert [trace.id for trace in bot.list()] == ["t-00002", "t-00001", "t-00000"]
    with pytest.raises(StoreError, match="no right"):
        bot.erase("customer", "c-1")
    bot.close()
    for statement in (
        "UPDATE explainbot.records SET model = 'x'",
        "DELETE FROM explainbot.records",
        "TRUNCATE explainbot.records",
        "DROP TABLE explainbot.records_2026_05",
        "UPDATE explainbot.records_2026_05 SET model = 'x'",
        "DELETE FROM explainbot.checkpoints",
        "DELETE FROM explainbot_keys.keys",
        "INSERT INTO explainbot.readers VALUES (session_user, 'default')",
    ):
        assert refused(of_writer, statement), statement
    assert store.verify().fault is None


def test_a_reader_sees_the_tenants_that_were_named_for_it(postgres: Postgres, store: PostgresStore, url: str) -> None:
    store.put(offered([record(0, tenant="a"), record(1, tenant="b"), record(2, tenant="a/b")]))
    of_reader = as_user(postgres, url, "auditor", "explainbot_reader")
    user = of_reader.partition("//")[2].partition("@")[0]
    reader = PostgresStore(of_reader, path=store.path, read_only=True)
    assert reader.list() == []
    postgres.sql(database(url), f"INSERT INTO explainbot.readers VALUES ('{user}', 'a')")
    assert [trace.id for trace in reader.list()] == ["t-00000"]
    assert reader.get("t-00001") is None
    reader.close()
    for statement in ("DELETE FROM explainbot.records", "SELECT * FROM explainbot.records_2026_05"):
        assert refused(of_reader, statement), statement
    import psycopg

    with psycopg.connect(of_reader) as connection:
        names = {name for (name,) in connection.execute(b"SELECT name FROM explainbot_keys.keys").fetchall()}
    assert {name.split("/")[1] for name in names} == {"a"}
    assert not any(name.startswith(("subject/a/b/", "signing")) for name in names)


def test_months_are_partitions(store: PostgresStore) -> None:
    moments = [NOON, NOON.replace(month=12), NOON.replace(year=1969), NOON.replace(year=9999, month=12)]
    store.put(offered([record(number, started=moment) for number, moment in enumerate(moments)]))
    found = store._read("SELECT relname FROM pg_class WHERE relname LIKE 'records_____\\___' AND relkind = 'r'", [])
    assert {name for (name,) in found} == {"records_2026_05", "records_2026_12", "records_1969_05", "records_9999_12"}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[..., datetime]:
    """Sets the time."""
    moment = [datetime(2026, 1, 5, 12, tzinfo=UTC)]

    class Told(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return moment[0]

    for module in (checkpoints, log, sealed, store_module):
        monkeypatch.setattr(module, "datetime", Told)

    def to(*date: int) -> datetime:
        moment[0] = datetime(*date, 12, tzinfo=UTC)  # type: ignore[misc, arg-type]
        return moment[0]

    return to


def said(number: int, started: datetime, customer: str = "c-1", lane: str = "lane") -> Offered:
    return Offered(record(number, started=started), (("customer", customer),), lane, number)


def partitions(url: str) -> list[str]:
    import psycopg

    with psycopg.connect(url) as connection:
        query = "SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE relkind = 'r' ORDER BY relname"
        return [name for (name,) in connection.execute(query)]


@pytest.fixture
def three_months(store: PostgresStore, at: Callable[..., datetime]) -> PostgresStore:
    """Traces 0 to 8 of 2026: three a month, the last of January put only on 3 February; one recorder goes on."""
    for number, date in enumerate([(1, 5), (1, 20), (2, 2), (1, 31), (2, 10), (2, 20), (3, 5), (3, 10), (3, 20)]):
        started = datetime(2026, *date, tzinfo=UTC)
        at(2026, 2, 3) if number == 3 else at(2026, *date)
        store.put([said(number, started, f"c-{number % 3}")])
        store.vouch()
    store.retain("default", 365)
    return store


def test_a_month_that_was_kept_long_enough_is_dropped_and_the_log_still_verifies(
    three_months: PostgresStore, url: str, at: Callable[..., datetime], tmp_path: Path
) -> None:
    store = three_months
    store.put([said(9, at(2027, 2, 1))])
    assert "records_2026_01" in partitions(url)  # for the sake of what was said on 2 February
    store.put([said(10, at(2027, 2, 11))])
    assert partitions(url) == ["records_2026_02", "records_2026_03", "records_2027_02"]
    verdict = store.verify()
    assert (verdict.fault, verdict.removed, verdict.lost) == (None, 4, 0)
    assert sorted(int(trace.id[2:]) for trace in store.list()) == [4, 5, 6, 7, 8, 9, 10]
    assert store.holes("lane", 12) == [(11, 1)]
    with (tmp_path / "bundle").open("w") as file:
        write_bundle(store, file)
    assert check_bundle(tmp_path / "bundle")[0] == verdict
    store.put([said(11, at(2027, 4, 1))])
    assert partitions(url) == ["records_2027_02", "records_2027_04"]
    assert (store.verify().fault, store.verify().removed) == (None, 9)
    with store._reading.use(locked=False) as connection:
        assert connection.execute("SELECT count(*) FROM found_by WHERE seq <= 9").fetchone() == (0,)
    store.put([])
    assert len(store._keys.beginning("subject/")) == 1  # the keys of c-0 and c-2 went: only c-1 was here since
    assert store.get("t-00009") is not None


def test_a_month_that_is_empty_keeps_no_other(store: PostgresStore, url: str, at: Callable[..., datetime]) -> None:
    dates = [((1, 5), (1, 5)), ((2, 2), (2, 2)), ((1, 31), (2, 3)), ((3, 5), (3, 5))]
    for number, (said_on, put_on) in enumerate(dates):
        at(2026, *put_on)
        store.put([said(number, datetime(2026, *said_on, tzinfo=UTC))])
        store.vouch()
    store.retain("default", 365)
    store.put([said(4, at(2027, 2, 20))])  # all of February went with January
    store.put([said(5, at(2027, 4, 2))])
    assert partitions(url) == ["records_2027_02", "records_2027_04"]
    assert (store.verify().fault, store.verify().removed) == (None, 4)


def test_what_is_held_keeps_its_month_but_not_the_traces_of_others(
    three_months: PostgresStore, url: str, at: Callable[..., datetime]
) -> None:
    store = three_months
    june = at(2027, 6, 1)
    store.hold("customer", "c-1")
    store.put([said(9, june, "c-2")])
    store.put([said(10, at(2027, 6, 2), "c-2")])
    assert "records_2026_01" in partitions(url)
    assert sorted(int(trace.id[2:]) for trace in store.list()) == [1, 4, 7, 9, 10]
    assert store.verify().fault is None
    store.hold("customer", "c-1", lift=True)
    store.put([said(11, at(2027, 6, 3), "c-2")])
    assert partitions(url) == ["records_2027_06"]
    assert store.verify().fault is None


def test_who_may_not_drop_a_month_still_writes(
    three_months: PostgresStore, postgres: Postgres, url: str, at: Callable[..., datetime], tmp_path: Path
) -> None:
    three_months.close()
    bot = PostgresStore(as_user(postgres, url, "drops", "explainbot_writer"), path=tmp_path / "here")
    bot.retain("default", 365)
    bot.put([said(9, at(2027, 6, 1))])
    bot.close()
    assert "records_2026_01" in partitions(url)
    assert three_months.get("t-00009") is not None


def test_tables_of_an_older_version_are_brought_up_to_date(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(tables, "SCRIPTS", tables.SCRIPTS[:4])
        old = PostgresStore(url, path=tmp_path / "here")
        assert old.list() == []
        old.close()
    store = PostgresStore(url, path=tmp_path / "here")
    store.put(offered(records(3)))
    assert len(store.list(where=Where(found_by=(("entity", "EMAIL_ADDRESS"),)))) == 3
    assert store.verify().fault is None
    store.close()


def test_erased_is_erased_and_the_log_still_verifies(store: PostgresStore) -> None:
    store.put([Offered(record(number), (("customer", f"c-{number % 2}"),), "lane", number) for number in range(10)])
    assert len(store.erase("customer", "c-1").records) == 5
    assert len(store.list()) == 5
    verdict = store.verify()
    assert (verdict.fault, verdict.erased, verdict.vouched) == (None, 5, 11)
    store.hold("customer", "c-0")
    with pytest.raises(StoreError, match="legal hold"):
        store.erase("customer", "c-0")


def test_a_change_behind_the_stores_back_is_found(postgres: Postgres, store: PostgresStore, url: str) -> None:
    store.put(offered(records(10)))
    postgres.sql(database(url), "UPDATE explainbot.records SET model = 'x' WHERE seq = 4")
    fault = store.verify().fault
    assert fault is not None
    assert fault.startswith("record 4 (t-00003) was changed")


def test_the_commands_work_on_a_url(store: PostgresStore, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    own = PostgresStore(url)
    own.put(offered(records(3)))
    own.close()
    assert main(["traces", "list", "--store", url]) == 0
    assert main(["traces", "show", "t-00001", "--store", url]) == 0
    assert main(["verify", "--store", url]) == 0
    assert main(["doctor", "--store", url]) == 0
    assert "t-00002" in capsys.readouterr().out


def test_a_server_that_crashes_loses_nothing_that_was_acknowledged_and_gets_the_rest_from_the_spool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if program("initdb") is None:
        pytest.skip("PostgreSQL is not installed")
    monkeypatch.setattr(delivery, "PROBE_SECONDS", 0.05)
    with Postgres() as server:
        store = PostgresStore(server.database(), path=tmp_path / "here")
        recorder = Recorder(store)
        number = 0
        for _ in range(3):
            for _ in range(40):
                assert recorder.commit(record(number), timeout=20).wait()
                number += 1
            server.stop("immediate")
            for _ in range(40):
                assert recorder.commit(record(number), timeout=20).wait()
                number += 1
            assert recorder.stats().spooled >= 40
            server.start()
            deadline = time.monotonic() + 20
            while recorder.stats().spooled and time.monotonic() < deadline:
                time.sleep(0.05)
        assert recorder.close(20)
        assert [trace.id for trace in reversed(store.list(1_000))] == [f"t-{one:05}" for one in range(number)]
        verdict = store.verify()
        assert (verdict.fault, verdict.records, verdict.lost) == (None, number, 0)
        store.close()


def test_four_processes_write_one_log(store: PostgresStore, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import sys\n"
        "from records import offered, record\n"
        "from explainbot.stores.postgres import PostgresStore\n"
        "store, first = PostgresStore(sys.argv[1]), int(sys.argv[2])\n"
        "for number in range(first, first + 50):\n"
        "    store.put(offered([record(number)], lane=sys.argv[2], first=number - first))\n"
        "store.close()\n"
    )
    key = b64encode(os.urandom(32)).decode()
    env = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "EXPLAINBOT_KEY": key}
    monkeypatch.setenv("EXPLAINBOT_KEY", key)
    writers = [
        subprocess.Popen([sys.executable, "-c", code, url, str(first)], env=env, stderr=subprocess.PIPE)
        for first in (0, 100, 200, 300)
    ]
    assert [writer.communicate()[1] for writer in writers] == [b""] * 4
    assert len(store.list(1_000)) == 200
    assert store.verify().fault is None


def test_a_fork_leaves_the_parents_connection_alone(url: str, tmp_path: Path) -> None:
    result = python(
        "import os, sys, warnings\n"
        "warnings.simplefilter('ignore', DeprecationWarning)\n"
        "from pathlib import Path\n"
        "from records import offered, record\n"
        "from explainbot.stores.postgres import PostgresStore\n"
        "store = PostgresStore(sys.argv[1], path=Path(sys.argv[2]))\n"
        "store.put(offered([record(0)]))\n"
        "for child in range(3):\n"
        "    if os.fork() == 0:\n"
        "        store.put(offered([record(10 + child)])); os._exit(0)\n"
        "    assert os.waitstatus_to_exitcode(os.wait()[1]) == 0\n"
        "    store.put(offered([record(child + 1)]))\n"
        "print(len(store.list())); store.close()\n",
        url,
        tmp_path / "here",
    )
    assert result.stdout == "7\n", result.stderr


def test_what_is_said_where_there_is_no_server_shows_no_password(tmp_path: Path) -> None:
    store = PostgresStore("postgresql://kim:CANARY@127.0.0.1:1/none", path=tmp_path / "here")
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        store.list()
    assert "CANARY" not in str(caught.value) + repr(store) + repr(caught.value.__cause__)


def test_without_a_url_there_is_no_store() -> None:
    with pytest.raises(ConfigError, match="store_url"):
        STORES.load("postgres")(None)
