"""What every detector with a model of its own keeps to: its budget, its memory, its thread, what it says is missing."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import python
from servers import Server
from ways import MODEL, WAYS, ask, client_of, close, done, every, traces

import explainbot
from explainbot import Detection, Settings, Vault
from explainbot.detectors import HEAVY, NER, Presidio, Spacy, slow
from explainbot.detectors.slow import Late, Slow, Taken, Timer, loaded, pieces
from explainbot.engine import Engine
from explainbot.errors import ConfigError, DetectorFailed, PrivacyError, UnknownName

SIZE = 40
LOG: list[str] = []
"""When the detector loaded its model, and the threads it read texts on."""
GATE = threading.Event()
COUNT = itertools.count()


@dataclass(frozen=True)
class Zoologist(Slow):
    """Hides the word "okapi", by reading 40 characters at once, once the gate is open."""

    name: ClassVar[str] = "zoologist"
    packages: ClassVar[tuple[str, ...]] = ()

    def load(self) -> None:
        LOG.append("load")

    def read(self, text: str, in_time: Timer) -> Iterator[Detection]:
        LOG.append(threading.current_thread().name)
        assert GATE.wait(30)
        for offset, piece in pieces(text, SIZE, in_time):
            at = piece.lower().find("okapi")
            if at >= 0:
                yield Detection(offset + at, offset + at + 5, "ANIMAL", 1.0, "the word itself")


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    LOG.clear()
    GATE.set()
    yield
    GATE.set()


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock on which every look takes a second."""
    ticks = itertools.count()
    monkeypatch.setattr(slow, "monotonic", lambda: float(next(ticks)))


LONG = "I saw an okapi today. " + "It stood there and looked at us. " * 8 + "Then the okapi left."


def redacted(detector: Slow, text: str) -> str:
    return Engine(Settings(store="off", detectors=[detector])).redactor(None).redact(text, Vault()).text


def test_it_is_asked_like_any_other_detector() -> None:
    assert redacted(Zoologist(), LONG).count("[DATA_1]") == 2
    assert redacted(Zoologist(), '{"animal": "Okapi", "n": 2}') == '{"animal": "[DATA_1]", "n": 2}'


@pytest.mark.parametrize("text", ["call_okapi_4fK2", "gpt-okapi", "okapi/2.0", "OKAPI_1", "c-okapi"])
def test_an_identifier_is_not_read(text: str) -> None:
    """A model would take `claude-sonnet-4` for a person, and the request would be refused or its trace not found."""
    assert Zoologist()(text) == ()


@pytest.mark.parametrize("text", ["okapi", "Okapi!", "an okapi-1", "okapi’s"])
def test_a_single_word_of_a_person_is_read(text: str) -> None:
    assert len(Zoologist()(text)) == 1


@pytest.mark.usefixtures("ticking")
def test_out_of_time_it_refuses() -> None:
    """Nothing is kept of the attempt: the next one may have more time."""
    detector = Zoologist(budget=3)
    for _ in range(2):
        with pytest.raises(DetectorFailed, match="'zoologist' failed with OverBudget; nothing was sent"):
            redacted(detector, LONG)
    assert redacted(detector, "An okapi.") == "An [DATA_1]."


@pytest.mark.usefixtures("ticking")
def test_out_of_time_it_may_leave_the_rest_unread_and_says_the_same_when_asked_again() -> None:
    detector = Zoologist(budget=3, late="note")
    first = redacted(detector, LONG)
    assert first.startswith("I saw an [DATA_1] today.")
    assert first.endswith("Then the okapi left.")
    assert [redacted(detector, LONG) for _ in range(3)] == [first] * 3
    assert LOG.count("load") == 1


def test_a_text_that_is_read_to_its_end_is_not_late(ticking: None) -> None:
    """One piece is always read: the clock is looked at before the next one."""
    assert redacted(Zoologist(budget=1e-9), "An okapi.") == "An [DATA_1]."


@pytest.mark.anyio
@pytest.mark.usefixtures("ticking")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("late", ["refuse", "note"])
async def test_late_on_the_wire(server: Server, way: str, late: Late) -> None:
    """Either nothing is sent, or the trace says what was not read, in each exchange that sent it."""
    explainbot.configure(Settings(store="memory", tenant=f"{way} {late}", detectors=[Zoologist(budget=3, late=late)]))
    client = client_of(way, server.url)
    messages = ask(LONG)
    with explainbot.turn(conversation="c-1"):
        for _ in range(2):
            call = client.chat.completions.create
            if late == "refuse":
                with pytest.raises(PrivacyError):
                    await done(call(model=MODEL, messages=messages))
            else:
                await done(call(model=MODEL, messages=messages))
            messages = [*messages, {"role": "assistant", "content": "Hm."}, {"role": "user", "content": "Well?"}]
    await close(client)
    found = traces()
    assert len(server.requests) == (0 if late == "refuse" else 2)
    assert [trace.status for trace in found] == ["refused" if late == "refuse" else "ok"] * 2
    for trace in found:
        assert ("OverBudget" if late == "refuse" else "not read in time, by detector: 'zoologist'") in trace.error
    explainbot.configure(Settings(store="off"))


@pytest.fixture
def _settings() -> Iterator[None]:
    explainbot.configure(Settings(store="memory", tenant=f"zoo {next(COUNT)}", detectors=[Zoologist()]))
    yield
    explainbot.configure(Settings(store="off"))


@pytest.mark.anyio
@pytest.mark.usefixtures("_settings")
@pytest.mark.parametrize("way", [way for way in WAYS if way.startswith("async")])
async def test_the_event_loop_goes_on_while_a_text_is_read(server: Server, way: str) -> None:
    """The request's text is read elsewhere while the loop opens the gate that the reading waits for."""
    GATE.clear()
    client = client_of(way, server.url)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(lambda: client.chat.completions.create(model=MODEL, messages=ask("my okapi is ill")))
        with anyio.fail_after(30):
            while "load" not in LOG:
                await anyio.sleep(0.001)
        GATE.set()
    assert b"okapi" not in server.received
    assert threading.current_thread().name not in LOG
    await close(client)


@pytest.mark.anyio
@pytest.mark.usefixtures("_settings")
@pytest.mark.parametrize("streamed", [False, True])
async def test_a_reply_is_read_elsewhere_and_statements_are_told_on_the_loop(server: Server, streamed: bool) -> None:
    """What the bot hands in is called on the thread the bot runs on, whatever works on the reply and its sources."""
    told: list[tuple[str, str]] = []
    client = explainbot.AsyncOpenAI(base_url=server.url, api_key="k")
    with explainbot.turn(
        sources=[explainbot.Source("zoo", "Every okapi eats leaves.")],
        on_statement=lambda one: told.append((threading.current_thread().name, one.text)),
    ):
        text = "The okapi sleeps at night. It eats leaves all day long."
        reply: Any = await client.chat.completions.create(model=MODEL, messages=ask(text), stream=streamed)
        if streamed:
            assert "okapi" in "".join(chunk.choices[0].delta.content or "" for chunk in await every(reply))
        else:
            assert "okapi" in reply.choices[0].message.content
    here = threading.current_thread().name
    assert here not in LOG
    assert {name for name, _ in told} == {here}
    await client.close()


@pytest.mark.anyio
@pytest.mark.usefixtures("_settings")
async def test_an_asynchronous_handler_is_redacted_and_explained_elsewhere() -> None:
    seen = []

    @explainbot.explained(redact=True)
    async def handle(message: str) -> str:
        seen.append((message, threading.current_thread().name))
        return f"{message} Bye."

    @explainbot.explained(redact=True)
    async def stream(message: str) -> Any:
        yield message
        yield " Bye."

    assert await handle("An okapi ate my order.") == "An okapi ate my order. Bye."
    assert "".join([item async for item in stream("An okapi ate it.")]) == "An okapi ate it. Bye."
    assert seen == [("An [DATA_1] ate my order.", threading.current_thread().name)]
    assert threading.current_thread().name not in LOG


@pytest.mark.anyio
async def test_errors_pass_from_the_thread_unchanged(server: Server) -> None:
    detector = Zoologist(budget=1e-9)
    explainbot.configure(Settings(store="memory", tenant="errors", detectors=[detector]))
    client = explainbot.AsyncOpenAI(base_url=server.url, api_key="k", max_retries=0)
    with pytest.raises(DetectorFailed):
        await client.chat.completions.create(model=MODEL, messages=ask(LONG))
    assert server.requests == []
    explainbot.configure(Settings(store="off"))
    await client.close()


@given(st.text(alphabet="ab \n", max_size=400), st.integers(16, 64))
def test_pieces_cover_the_text_and_share_their_edges(text: str, size: int) -> None:
    """Every stretch of an eighth of a piece stands whole in one of them, and their number is linear in the text."""
    cut = list(pieces(text, size, Timer(1000)))
    assert all(text[start : start + len(piece)] == piece and len(piece) <= size for start, piece in cut)
    for at in range(len(text)):
        end = min(len(text), at + size // 8)
        assert any(start <= at and end <= start + len(piece) for start, piece in cut)
    assert len(cut) <= max(1, 2 * len(text) / size + 1)


def test_one_thread_at_a_time_uses_a_model_that_takes_only_one() -> None:
    """The wait for the others counts: a thread whose turn does not come in time is late."""
    inside = threading.Event()
    release = threading.Event()

    def model(piece: str) -> str:
        inside.set()
        assert release.wait(30)
        return piece.upper()

    taken, first = Taken(model), []
    thread = threading.Thread(target=lambda: first.append(taken.run("a", Timer(30))))
    thread.start()
    assert inside.wait(30)
    late = Timer(0.01)
    assert taken.run("b", late) is None
    assert late.late
    release.set()
    thread.join()
    assert first == ["A"]
    assert taken.run("b", Timer(30)) == "B"


def test_a_model_is_loaded_once_by_many_threads() -> None:
    made = []
    key = object()
    threads = [threading.Thread(target=lambda: loaded(key, lambda: made.append(1) or object())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_after_a_fork_models_are_loaded_anew_though_a_thread_was_loading() -> None:
    """The child of a fork inherits no model that may be in use, and no lock that nobody will release."""
    code = """
import os, sys, threading
from explainbot.detectors.slow import loaded
loaded("kept", object)
begun, go = threading.Event(), threading.Event()
threading.Thread(target=loaded, args=("slow", lambda: (begun.set(), go.wait(30))), daemon=True).start()
assert begun.wait(30)
child = os.fork()
if child == 0:
    made = []
    thread = threading.Thread(target=loaded, args=("kept", lambda: made.append(1) or 1), daemon=True)
    thread.start(); thread.join(20)
    os._exit(0 if made == [1] else 1)
go.set()
assert os.waitpid(child, 0)[1] == 0
"""
    result = python("import warnings\nwarnings.simplefilter('ignore', DeprecationWarning)\n" + code)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", ["ner", "presidio", "spacy"])
def test_a_missing_package_is_said_when_the_settings_are_built(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow, "find_spec", lambda package: None)
    with pytest.raises(ConfigError, match=rf"pip install 'explainbot\[{name}\]'"):
        Settings(detectors=[name])


def test_names_stand_for_detectors(monkeypatch: pytest.MonkeyPatch) -> None:
    """By name, by the environment, or as an object: the settings are the same, and so is the engine."""
    everything = object()
    monkeypatch.setattr(slow, "find_spec", lambda package: everything)
    named = Settings(store="off", detectors=["ner"])
    assert named == Settings(store="off", detectors=[NER()])
    assert named.detectors == Settings.from_env({"EXPLAINBOT_DETECTORS": "ner"}).detectors
    assert named.policy().settings_hash != Settings(store="off").policy().settings_hash
    assert named.policy().settings_hash != Settings(store="off", detectors=[NER(late="note")]).policy().settings_hash
    assert list(HEAVY) == ["ner", "presidio", "spacy"]


def test_wrong_names_and_options_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownName, match="no detector is called 'nerr'; known: ner, presidio, spacy"):
        Settings(detectors=["nerr"])
    everything = object()
    monkeypatch.setattr(slow, "find_spec", lambda package: everything)
    for wrong in (0, -1, float("inf"), float("nan")):
        with pytest.raises(ConfigError, match="budget"):
            NER(budget=wrong)
    with pytest.raises(ConfigError, match="'refuse' or 'note'"):
        NER(late="skip")  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="threshold"):
        NER(threshold=1.5)
    with pytest.raises(ConfigError, match="threshold"):
        Presidio(model="json", threshold=1.5)
    for model in ("no_such_package", "../model", "a-b"):
        with pytest.raises(ConfigError, match="no package"):
            Spacy(model=model)


def test_the_detectors_load_nothing_before_they_are_used() -> None:
    code = """
import sys
from explainbot.detectors import NER, Presidio, Spacy
assert not {"numpy", "onnx", "onnxruntime", "tokenizers", "spacy", "presidio_analyzer"} & set(sys.modules)
"""
    result = python(code)
    assert result.returncode == 0, result.stderr


@pytest.mark.heavy
@pytest.mark.anyio
@pytest.mark.parametrize("way", WAYS)
async def test_what_is_no_language_reaches_the_provider_as_it_is(server: Server, way: str) -> None:
    """Names of models, tools and members, ids and headers: a network that reads them takes some for people."""
    pytest.importorskip("onnxruntime")
    explainbot.configure(Settings(store="memory", tenant=f"ner {way}", detectors=["ner"]))
    client = client_of(way, server.url, default_headers={"x-request-source": "support desk 3", "x-build": "b-7"})
    call = {
        "id": "call_9KfHa81xkZ",
        "type": "function",
        "function": {"name": "find_jane", "arguments": '{"sku": "T4"}'},
    }
    messages = [
        {"role": "user", "content": "Where is my order? Yesterday Catherine Dawson told me to wait."},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_9KfHa81xkZ", "content": '{"carrier": "UPS", "items": ["blue mug"]}'},
    ]
    with explainbot.turn(conversation="c-91"):
        await done(client.chat.completions.create(model="claude-sonnet-4-5", messages=messages, user="user-17"))
    await close(client)
    [request] = server.requests
    sent = request.json()
    assert sent["messages"][1:] == messages[1:]
    assert sent["messages"][0]["content"] == "Where is my order? Yesterday [PERSON_1] told me to wait."
    assert (sent["model"], sent["user"]) == ("claude-sonnet-4-5", "user-17")
    assert (request.header("x-request-source"), request.header("x-build")) == ("support desk 3", "b-7")
    assert "[" not in str(request.header("user-agent"))
    [trace] = traces()
    assert (trace.conversation, dict(trace.hidden)) == ("c-91", {"PERSON": 1})
    explainbot.configure(Settings(store="off"))
