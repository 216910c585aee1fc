"""What every store does, run over every store there is."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from records import NOON, offered, record, records

from explainbot.errors import ConfigError, StoreError, UnknownName
from explainbot.stores import STORES, Store, Where
from explainbot.trace import Redacted, Trace


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """A function that makes an empty store."""
    made: list[Store] = []
    server = request.getfixturevalue("postgres") if request.param == "postgres" else None

    def make() -> Store:
        place = tmp_path / str(len(made)) / "traces.db"
        made.append(STORES.load(request.param)(server.database() if server else place))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(make_store: Callable[[], Store]) -> Store:
    return make_store()


def ids(store: Store, limit: int = 50, before: str | None = None, **where: Any) -> list[str]:
    return [trace.id for trace in store.list(limit, before, Where(**where))]


def test_it_is_a_store_and_its_repr_is_short(store: Store) -> None:
    store.put(offered(records(3)))
    assert isinstance(store, Store)
    assert len(repr(store)) < 250


def test_a_trace_comes_back_as_it_was(store: Store) -> None:
    trace = record(conversation="c\x00-1", request=Redacted("lone \ud800, NUL \x00, 😀"), usage={"prompt_tokens": 4})
    store.put(offered([trace]))
    again = store.get(trace.id)
    assert again == trace
    assert again is not None
    assert type(again.request) is Redacted
    assert store.list() == [trace]


@pytest.mark.parametrize("id", ["nobody", "", "\x00", "\ud800", "%", "t_00000"])
def test_a_trace_that_is_not_there_is_none(store: Store, id: str) -> None:
    store.put(offered(records(3)))
    assert store.get(id) is None


def test_an_empty_store_has_nothing(store: Store) -> None:
    assert store.list() == []
    assert store.get("t-00000") is None
    assert store.ids("") == []
    store.put([])
    assert store.list() == []


def test_a_trace_put_twice_is_kept_once_as_it_first_was(store: Store) -> None:
    store.put(offered([record(1), record(1, status="error")]))
    store.put(offered([record(1, status="cut"), record(2)]))
    assert [(trace.id, trace.status) for trace in store.list()] == [("t-00002", "ok"), ("t-00001", "ok")]


def test_the_newest_comes_first_whatever_the_order_of_arrival(store: Store) -> None:
    traces = records(30)
    random.Random(7).shuffle(traces)
    store.put(offered(traces[:10]))
    store.put(offered(traces[10:]))
    assert ids(store, limit=100) == [f"t-{number:05}" for number in reversed(range(30))]


def test_of_equal_times_the_last_put_comes_first(store: Store) -> None:
    store.put(offered([record(number, started=NOON) for number in (3, 1, 2)]))
    assert ids(store) == ["t-00002", "t-00001", "t-00003"]


def test_microseconds_count(store: Store) -> None:
    store.put(
        offered(
            [record(1, started=NOON.replace(microsecond=999_999)), record(2, started=NOON.replace(microsecond=999_998))]
        )
    )
    assert ids(store) == ["t-00001", "t-00002"]


def test_a_time_before_1970_sorts_too(store: Store) -> None:
    store.put(offered([record(1, started=NOON.replace(year=1969)), record(2, started=NOON.replace(year=1))]))
    assert ids(store) == ["t-00001", "t-00002"]


@pytest.mark.parametrize("size", [1, 3, 7, 50])
def test_pages_join_without_gap_or_overlap(store: Store, size: int) -> None:
    store.put(offered([record(number, started=NOON.replace(second=number % 5)) for number in range(20)]))
    seen: list[str] = []
    while len(seen) <= 20 and (page := ids(store, limit=size, before=seen[-1] if seen else None)):
        seen += page
    assert seen == ids(store, limit=100)
    assert len(seen) == 20


def test_a_trace_that_arrives_while_paging_does_not_shift_the_pages(store: Store) -> None:
    store.put(offered(records(6)))
    first = ids(store, limit=3)
    store.put(offered([record(99)]))
    assert ids(store, limit=3, before=first[-1]) == ["t-00002", "t-00001", "t-00000"]


def test_lists_by_conversation_and_status(store: Store) -> None:
    store.put(
        offered(
            [
                record(number, conversation=("a", "b", None)[number % 3], status=("ok", "cut")[number % 2])
                for number in range(12)
            ]
        )
    )
    assert ids(store, conversation="a") == ["t-00009", "t-00006", "t-00003", "t-00000"]
    assert ids(store, conversation="a", status="cut") == ["t-00009", "t-00003"]
    assert ids(store, conversation="a", status="cut", before="t-00009") == ["t-00003"]
    assert ids(store, conversation="A") == []
    assert ids(store, status="refused") == []
    assert len(ids(store, status="ok")) == 6


def test_a_conversation_is_found_by_the_name_that_was_given(store: Store) -> None:
    strange = "c\ud800" + "x" * 5_000
    store.put(offered([record(1, conversation=strange)]))
    assert ids(store, conversation=strange) == ["t-00001"]


def test_lists_by_model_entity_state_grounding_and_time(store: Store) -> None:
    states = ('{"statements":[{"state":"found"}]}', '{"statements":[{"state":"not found"},{"state":"conflicts"}]}')
    store.put(
        offered(
            [
                record(
                    number,
                    request_model=("a", "b")[number % 2],
                    grounding=(None, 0.2, 0.9)[number % 3],
                    hidden={("EMAIL_ADDRESS", "PERSON")[number % 2]: 1},
                    explanation=Redacted(states[number // 6]),
                )
                for number in range(12)
            ]
        )
    )

    def found(**asked: Any) -> list[int]:
        return [int(id[2:]) for id in ids(store, **asked)]

    assert found(model="a") == [10, 8, 6, 4, 2, 0]
    assert found(found_by=(("entity", "PERSON"),)) == [11, 9, 7, 5, 3, 1]
    assert found(found_by=(("state", "not found"),)) == [11, 10, 9, 8, 7, 6]
    assert found(found_by=(("state", "not found"), ("entity", "PERSON"))) == [11, 9, 7]
    assert found(grounding=0.5) == [10, 7, 4, 1]
    assert found(grounding=1.0) == [11, 10, 8, 7, 5, 4, 2, 1]
    assert found(since=NOON.replace(second=9)) == [11, 10, 9]
    assert found(until=NOON.replace(second=2)) == [1, 0]
    assert found(model="b", found_by=(("state", "conflicts"),), since=NOON.replace(second=4), grounding=0.3) == [7]
    assert found(model="c") == []


@pytest.mark.parametrize("limit", [0, -1])
def test_an_empty_page_cannot_be_asked_for(store: Store, limit: int) -> None:
    for ask in (lambda: store.list(limit), lambda: store.ids("t", limit)):
        with pytest.raises(StoreError, match="at least 1"):
            ask()


def test_a_page_after_an_unknown_trace_is_an_error(store: Store) -> None:
    store.put(offered(records(3)))
    with pytest.raises(StoreError, match="does not hold it"):
        store.list(before="nobody")


def test_ids_are_found_by_their_beginning(store: Store) -> None:
    store.put(offered([record(id=id) for id in ("abc", "abd", "ab", "b", "ab\U0010ffff", "a%")]))
    assert store.ids("ab", 10) == ["ab", "abc", "abd", "ab\U0010ffff"]
    assert store.ids("ab") == ["ab", "abc"]
    assert store.ids("abc") == ["abc"]
    assert store.ids("a%") == ["a%"]
    assert store.ids("A") == []
    assert len(store.ids("", 100)) == 6


def test_a_closed_store_opens_again(store: Store) -> None:
    store.put(offered(records(2)))
    store.close()
    store.close()
    assert len(store.list()) == 2
    store.put(offered([record(5)]))
    assert len(store.list()) == 3


def test_plain_text_in_a_copy_without_validation_is_refused_whole(store: Store) -> None:
    bad = record(2).model_copy(update={"reply": "jane.doe@example.com"})
    with pytest.raises(StoreError) as caught:
        store.put(offered([record(1), bad]))
    assert "jane" not in str(caught.value)
    assert store.list() == []


def test_eight_threads_write_and_read_at_once(store: Store) -> None:
    faults: list[BaseException] = []

    def work(thread: int) -> None:
        try:
            for step in range(10):
                number = thread * 100 + step
                store.put(offered([record(number), record(number + 50)]))
                assert store.get(f"t-{number:05}") is not None
                assert store.list(5)
        except BaseException as error:  # noqa: BLE001  (shown by the assertion below)
            faults.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(store.list(1_000)) == 160


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moments=st.lists(st.integers(0, 8), max_size=25),
    size=st.integers(1, 6),
    chosen=st.none() | st.sampled_from(["a", "b"]),
)
def test_pages_are_those_of_a_sorted_list(
    make_store: Callable[[], Store], moments: list[int], size: int, chosen: str | None
) -> None:
    store = make_store()
    traces = [
        record(number, started=NOON.replace(second=moment), conversation="ab"[number % 2])
        for number, moment in enumerate(moments)
    ]
    store.put(offered(traces))
    expected = sorted(enumerate(traces), key=lambda pair: (pair[1].started, pair[0]), reverse=True)
    seen: list[Trace] = []
    while len(seen) <= len(traces) and (
        page := store.list(size, seen[-1].id if seen else None, Where(conversation=chosen))
    ):
        seen += page
    store.close()
    assert seen == [trace for _, trace in expected if chosen is None or trace.conversation == chosen]


def test_the_memory_store_forgets_the_oldest_when_full() -> None:
    from explainbot.stores.memory import MemoryStore

    store = MemoryStore(max_traces=3)
    store.put(offered(records(5)))
    assert ids(store) == ["t-00004", "t-00003", "t-00002"]
    store.put(offered([record(9)]))
    assert ids(store) == ["t-00009", "t-00004", "t-00003"]


def test_the_sqlite_store_needs_a_path() -> None:
    with pytest.raises(ConfigError, match="store_path"):
        STORES.load("sqlite")(None)


def test_an_unknown_store_names_the_known_ones() -> None:
    with pytest.raises(UnknownName, match="memory, postgres, sqlite"):
        STORES.load("mysql")
