"""Vaults on disk: another process goes on with them, nobody else can read them, and what is erased is gone."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import python

from explainbot._stored_vaults import StoredVaults
from explainbot._vaults import ATTEMPTS
from explainbot.errors import PrivacyError, StoreError
from explainbot.privacy import Customer, Redactor, Vault, restore
from explainbot.privacy.entries import Written
from explainbot.stores.sqlite.vaults import SECONDS_A_DAY, SQLiteVaults
from explainbot.stores.vaults import Entry, VaultStore, entry_from_bytes, entry_to_bytes
from explainbot.stores.wrapping import LocalKey

KEY = LocalKey(bytes(32))
MAIL = "jane.canary@example.com"
NAME = "conversation/c-1"
ENTRIES = [Entry("[EMAIL_1]", MAIL, "EMAIL_ADDRESS"), Entry("[CARD_1]", "41", "CREDIT_CARD", Written("41", '"'), True)]
REDACTOR = Redactor()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "vaults.db"


OPENED: list[SQLiteVaults] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Every store that a test opens is closed behind it."""
    yield
    while OPENED:
        OPENED.pop().close()


def stored(path: Path, tenant: str = "default", key: LocalKey = KEY, **more: Any) -> SQLiteVaults:
    OPENED.append(SQLiteVaults(path, tenant, key=key, **more))
    return OPENED[-1]


def process(path: Path, tenant: str = "default") -> StoredVaults:
    """The vaults as one more process has them."""
    return StoredVaults(tenant, lambda: 0.0, float("inf"), stored(path, tenant))


def say(vaults: StoredVaults, text: str, conversation: str | None = "c-1", customer: Customer | None = None) -> str:
    """A request with this text, as the exchange makes it; what is sent."""
    for _ in range(ATTEMPTS):
        vault, _ = vaults.open(conversation)
        sent = REDACTOR.redact(text, vault).text
        if vaults.holds(vault, customer):
            return sent
    raise AssertionError("never settled")


def everything(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


# The store ----------------------------------------------------------------------------------------------------------


def test_two_that_keep_a_new_vault_at_once_have_one_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = stored(path), stored(path)
    find = first._ring.find

    def late(subject: str) -> bytes | None:
        found = find(subject)
        monkeypatch.undo()
        assert second.add(NAME, 0, ENTRIES, None)
        return found

    monkeypatch.setattr(first._ring, "find", late)
    assert not first.add(NAME, 0, ENTRIES[1:], None)
    assert [*first.load(NAME, 0)] == [*second.load(NAME, 0)] == [*stored(path).load(NAME, 0)] == ENTRIES


def test_it_gives_back_what_it_was_given_and_is_a_vault_store(path: Path) -> None:
    store = stored(path)
    assert isinstance(store, VaultStore)
    assert store.load(NAME, 0) == ()
    assert store.add(NAME, 0, ENTRIES, None)
    assert list(stored(path).load(NAME, 0)) == ENTRIES
    assert list(stored(path).load(NAME, 1)) == ENTRIES[1:]
    assert store.load("conversation/c-2", 0) == ()
    assert repr(store) == f"<SQLiteVaults {str(path)!r}>"
    store.close()
    assert list(store.load(NAME, 0)) == ENTRIES


@given(
    st.builds(
        Entry,
        st.text(),
        st.text(st.characters()),
        st.text(),
        st.none() | st.builds(Written, st.text(), st.text()),
        st.booleans(),
    )
)
def test_every_entry_survives_as_bytes(entry: Entry) -> None:
    assert entry_from_bytes(entry_to_bytes(entry)) == entry


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"\xff", b'["a","b","c",5,false]'])
def test_other_bytes_are_no_entry(data: bytes) -> None:
    with pytest.raises(StoreError, match="damaged"):
        entry_from_bytes(data)


def test_who_comes_second_is_told_and_what_stands_there_already_may_be_added_again(path: Path) -> None:
    store = stored(path)
    assert store.add(NAME, 0, ENTRIES[:1], None)
    assert store.add(NAME, 0, ENTRIES, None)
    assert not store.add(NAME, 0, ENTRIES[1:], None)
    assert not store.add(NAME, 1, ENTRIES[:1], None)
    assert list(store.load(NAME, 0)) == ENTRIES


def test_nothing_personal_can_be_read_in_the_files(path: Path) -> None:
    store = stored(path)
    store.add(NAME, 0, ENTRIES, "cust-canary")
    store.point(["resp_canary"], NAME)
    assert store.find(["resp_other", "resp_canary"]) == NAME
    data = everything(path)
    for secret in (MAIL, "c-1", "cust-canary", "resp_canary", "EMAIL"):
        assert secret.encode() not in data
    assert all(file.stat().st_mode & 0o077 == 0 for file in path.parent.iterdir())


def test_another_tenant_or_key_reads_nothing(path: Path) -> None:
    stored(path).add(NAME, 0, ENTRIES, None)
    assert stored(path, "other").load(NAME, 0) == ()
    with pytest.raises(StoreError, match="do not open"):
        stored(path, key=LocalKey(bytes([1] * 32))).load(NAME, 0)


def test_an_entry_cannot_be_moved_to_another_conversation_or_place(path: Path) -> None:
    store = stored(path)
    store.add(NAME, 0, ENTRIES, None)
    store.add("conversation/c-2", 0, ENTRIES, None)
    store.close()
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT vault, number, body FROM entries ORDER BY vault, number").fetchall()
        for (vault, number, _), body in zip(
            rows, [*[row[2] for row in rows[2:]], *[row[2] for row in rows[:2]]], strict=True
        ):
            connection.execute("UPDATE entries SET body = ? WHERE vault = ? AND number = ?", [body, vault, number])
    connection.close()
    for name in (NAME, "conversation/c-2"):
        with pytest.raises(StoreError, match="changed, moved"):
            store.load(name, 0)


def test_what_is_erased_is_gone_from_every_copy_and_from_processes_that_run(path: Path) -> None:
    store, running = stored(path), process(path)
    say(running, f"I am {MAIL}", customer=Customer(id="cust-1"))
    say(running, "And joe@example.org", conversation="c-2", customer=Customer(id="cust-1"))
    say(running, "And ann@example.org", conversation="c-3")
    copy = path.with_name("copy.db")
    copy.write_bytes(b"")
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    assert store.erase("customer", "cust-2") == 0
    assert store.erase("customer", "cust-1") == 2
    assert store.erase("customer", "cust-1") == 0
    assert store.erase("conversation", "c-3") == 1
    for name in (NAME, "conversation/c-2", "conversation/c-3"):
        assert store.load(name, 0) == ()
    copy.replace(path)
    for leftover in path.parent.glob("vaults.db-*"):
        leftover.unlink()
    assert stored(path).load(NAME, 0) == (), "the key is gone, so the copy tells nothing"
    vault, _ = running.open("c-1")
    assert len(vault) == 0
    assert say(running, "joe@example.org") == "[EMAIL_1]"
    assert say(process(path), "kim@example.org") == "[EMAIL_2]"


def test_an_unused_vault_goes_after_its_days(path: Path) -> None:
    now = 1_000_000.0
    store = stored(path, days=2, clock=lambda: now)
    store.add(NAME, 0, ENTRIES, None)
    store.add("conversation/c-2", 0, ENTRIES, None)
    now += 1.5 * SECONDS_A_DAY
    assert len(store.load(NAME, 0)) == 2
    now += 1.5 * SECONDS_A_DAY
    assert len(store.load(NAME, 0)) == 2, "it was used"
    assert store.load("conversation/c-2", 0) == ()
    now += 3 * SECONDS_A_DAY
    store.add("conversation/c-4", 0, ENTRIES, None)
    store.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM entries").fetchone() == (2,)
    connection.close()


def test_a_strangers_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"the vault store .*vaults\.db cannot be used: .*not one of explainbot's"):
        stored(path).load(NAME, 0)
    assert path.read_bytes() == before


# Several processes --------------------------------------------------------------------------------------------------


def test_another_process_goes_on_with_the_same_placeholders(path: Path) -> None:
    first, second = process(path), process(path)
    assert say(first, f"I am {MAIL}") == "I am [EMAIL_1]"
    assert say(second, f"joe@example.org asks for {MAIL}") == "[EMAIL_2] asks for [EMAIL_1]"
    assert say(first, "joe@example.org and kim@example.org") == "[EMAIL_2] and [EMAIL_3]"
    assert restore("[EMAIL_3], [EMAIL_1]", process(path).open("c-1")[0]) == f"kim@example.org, {MAIL}"


def test_a_notation_of_json_is_known_in_another_process_too(path: Path) -> None:
    texts = ['{"card": 4111111111111111}', '{"mail": "j\\u0061ne@example.com"}', '["jane@example.com"]']
    sent = [say(process(path), text) for text in texts]
    vault = process(path).open("c-1")[0]
    assert [restore(text, vault) for text in sent] == texts
    assert [say(process(path), text) for text in texts] == sent


def test_of_two_that_go_on_at_the_same_moment_one_begins_anew(path: Path) -> None:
    first, second = process(path), process(path)
    say(first, "ann@example.org")
    vault, other = first.open("c-1")[0], second.open("c-1")[0]
    assert (
        REDACTOR.redact("joe@example.org", vault).text == REDACTOR.redact("kim@example.org", other).text == "[EMAIL_2]"
    )
    assert first.holds(vault, None)
    assert not second.holds(other, None)
    assert say(second, "kim@example.org") == "[EMAIL_3]"
    assert restore("[EMAIL_2] [EMAIL_3]", first.open("c-1")[0]) == "joe@example.org kim@example.org"


def test_two_threads_of_one_process_do_not_stand_in_each_others_way(path: Path) -> None:
    vaults = process(path)
    vault = vaults.open("c-1")[0]
    REDACTOR.redact("ann@example.org", vault)
    assert vaults.holds(vault, None)
    vault.stored = 0  # as one that has not yet heard what the other one kept
    REDACTOR.redact("joe@example.org", vault)
    assert vaults.holds(vault, None)
    assert vaults.open("c-1")[0] is vault
    assert [entry.original for entry in stored(path).load(NAME, 0)] == ["ann@example.org", "joe@example.org"]


def test_what_the_provider_keeps_is_known_by_its_id(path: Path) -> None:
    first = process(path)
    vault, named = first.open(None)
    assert (vault.name, named) == (None, False)
    sent = REDACTOR.redact(MAIL, vault).text
    assert first.holds(vault, Customer(email="Jane.Canary@example.com"))
    assert not path.exists() or stored(path).find(["resp_1"]) is None
    first.keep(["resp_1", "conv_1"], vault)
    for id in ("resp_1", "conv_1"):
        other, named = process(path).open(None, ["responses", id])
        assert (named, restore(sent, other)) == (True, MAIL)
    second = process(path)
    opened = second.open(None, ["resp_1"])[0]
    assert second.of("conv_1") is opened
    assert second.of("resp_2") is None
    assert stored(path).erase("customer", "jane.canary@example.com") == 1
    assert process(path).open(None, ["resp_1"])[1] is False


def test_what_another_conversation_left_at_the_provider_is_refused_in_another_process_too(path: Path) -> None:
    first = process(path)
    vault = first.open("c-1")[0]
    REDACTOR.redact(MAIL, vault)
    first.keep(["resp_1"], vault)
    with pytest.raises(PrivacyError, match="another conversation"):
        process(path).open("c-2", ["resp_1"])
    assert process(path).open("c-1", ["resp_1"])[1] is True


# What goes wrong ----------------------------------------------------------------------------------------------------


class Broken(SQLiteVaults):
    """Fails when it is told to."""

    failing = False

    def _fail(self) -> None:
        if self.failing:
            raise StoreError("the disk is full")

    def load(self, name: str, after: int, /) -> Any:
        self._fail()
        return super().load(name, after)

    def add(self, name: str, after: int, entries: Any, customer: str | None, /) -> bool:
        self._fail()
        return super().add(name, after, entries, customer)

    def find(self, ids: Any, /) -> str | None:
        self._fail()
        return super().find(ids)


def test_while_the_store_fails_nothing_is_sent_that_needs_it_and_restoring_goes_on(path: Path) -> None:
    store = Broken(path, key=KEY)
    OPENED.append(store)
    vaults = StoredVaults("default", lambda: 0.0, float("inf"), store)
    say(vaults, MAIL)
    store.failing = True
    with pytest.raises(PrivacyError, match=r"nothing was sent: the disk is full"):
        vaults.open("c-1")
    with pytest.raises(PrivacyError, match="nothing was sent"):
        vaults.open(None, ["resp_1"])
    assert restore("[EMAIL_1]", vaults.open("c-1", sends=False)[0]) == MAIL
    vault = vaults.open(None)[0]
    assert vaults.holds(vault, None), "a request of no conversation needs no store"
    REDACTOR.redact("joe@example.org", vault)
    vaults.keep(["resp_9"], vault)
    assert vaults.of("resp_9") is vault
    assert vaults.of("resp_8") is None
    store.failing = False
    assert say(vaults, "kim@example.org") == "[EMAIL_2]"


@pytest.mark.skipif(sys.platform == "win32", reason="limits of the file size are POSIX")
def test_on_a_full_disk_nothing_is_sent_that_could_not_be_restored(path: Path) -> None:
    code = (
        "import resource, sys\n"
        "sys.path[:0] = ['tests/stores', 'tests']\n"
        "from pathlib import Path\n"
        "from test_vault_store import *\n"
        f"path = Path({str(path)!r})\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "vaults = process(path)\n"
        "say(vaults, 'ann@example.org')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "sent = 0\n"
        "try:\n"
        "    for number in range(5_000):\n"
        "        say(vaults, f'user{number}@example.org ' * 20)\n"
        "        sent += 1\n"
        "except PrivacyError as error:\n"
        "    print(sent, 'full' in str(error))\n"
    )
    result = python(code)
    assert result.returncode == 0, result.stderr
    sent, told = result.stdout.split()
    assert told == "True"
    vault = process(path).open("c-1")[0]
    assert [restore(f"[EMAIL_{number + 2}]", vault) for number in range(int(sent))] == [
        f"user{number}@example.org" for number in range(int(sent))
    ]


@pytest.mark.parametrize("after", [20, 60, 150])
def test_after_a_kill_everything_that_was_sent_can_be_restored(path: Path, after: int) -> None:
    code = (
        "import os, signal, sys, threading\n"
        "sys.path[:0] = ['tests/stores', 'tests']\n"
        "from pathlib import Path\n"
        "from test_vault_store import *\n"
        f"vaults = process(Path({str(path)!r}))\n"
        "def run(conversation):\n"
        "    for number in range(10_000):\n"
        "        sent = say(vaults, f'{conversation}.{number}@example.org', conversation)\n"
        "        os.write(1, f'{conversation} {number} {sent}\\n'.encode())\n"
        "        if conversation == 'a' and number == " + str(after) + ": os.kill(os.getpid(), signal.SIGKILL)\n"
        "for conversation in 'abc': threading.Thread(target=run, args=(conversation,)).start()\n"
    )
    result = python(code)
    assert result.returncode != 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert len(lines) > after
    vaults = process(path)
    for conversation, number, sent in lines:
        assert restore(sent, vaults.open(conversation)[0]) == f"{conversation}.{number}@example.org"


def test_processes_that_go_on_with_one_conversation_at_once_never_share_a_placeholder(path: Path) -> None:
    code = (
        "import sys\n"
        "sys.path[:0] = ['tests/stores', 'tests']\n"
        "from pathlib import Path\n"
        "from test_vault_store import *\n"
        f"vaults = process(Path({str(path)!r}))\n"
        "for number in range(25):\n"
        "    value = f'{sys.argv[1]}.{number}@example.org'\n"
        "    print(value, say(vaults, value))\n"
    )
    say(process(path), MAIL)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda name: python(code, name), "abcd"))
    assert [result.returncode for result in results] == [0] * 4, results[0].stderr
    sent = [line.split() for result in results for line in result.stdout.splitlines()]
    assert len({placeholder for _, placeholder in sent}) == len(sent) == 100
    vault = process(path).open("c-1")[0]
    assert all(restore(placeholder, vault) == value for value, placeholder in sent)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_both_sides_of_a_fork_go_on(path: Path) -> None:
    vaults = process(path)
    say(vaults, MAIL)
    child = os.fork()
    if not child:
        os._exit(0 if say(vaults, "joe@example.org") == "[EMAIL_2]" else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert say(vaults, "joe@example.org") == "[EMAIL_2]"


def test_a_vault_in_memory_is_forgotten_after_its_time() -> None:
    from explainbot._vaults import Vaults

    now = 0.0
    vaults = Vaults("default", lambda: now, 10)
    first, second = vaults.open("c-1")[0], vaults.open("c-2")[0]
    first.placeholder_for(MAIL, "EMAIL_ADDRESS")
    vaults.keep(["resp_1"], first)
    now = 8
    assert vaults.open("c-2")[0] is second
    now = 12
    assert vaults.open("c-2")[0] is second
    assert vaults.of("resp_1") is None
    assert vaults.open("c-1")[0] is not first
    assert isinstance(vaults.open(None)[0], Vault)
