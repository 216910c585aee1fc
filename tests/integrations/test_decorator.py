"""A decorated handler returns what it returned before, and every result can be explained."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from servers import Server, completion, json_reply

from explainbot import OpenAI, Settings, Source, about, explained, explanation_of, turn
from explainbot.engine import engine_for
from explainbot.errors import ConfigError, PrivacyError
from explainbot.privacy import Redactor

HOURS = Source(id="hours", title="Opening hours", text="We are open from 9 to 5 on weekdays.")
MEMORY = Settings(store="memory")
MAIL = "someone@example.org"


def run(handler: Callable[..., Any], *args: Any) -> list[Any]:
    """What any of the four shapes of handler gives."""
    if inspect.isasyncgenfunction(handler):

        async def collect() -> list[Any]:
            return [item async for item in handler(*args)]

        return asyncio.run(collect())
    if inspect.iscoroutinefunction(handler):
        return [asyncio.run(handler(*args))]
    if inspect.isgeneratorfunction(handler):
        return list(handler(*args))
    return [handler(*args)]


def sync_handler(message: str) -> str:
    return f"You wrote: {message}"


async def async_handler(message: str) -> str:
    await asyncio.sleep(0)
    return f"You wrote: {message}"


def generator(message: str) -> Iterator[str]:
    text = f"You wrote: {message}"
    yield from (text[n : n + 3] for n in range(0, len(text), 3))


async def async_generator(message: str) -> AsyncIterator[str]:
    for piece in generator(message):
        yield piece


SHAPES = [sync_handler, async_handler, generator, async_generator]


@pytest.mark.parametrize("handler", SHAPES)
def test_a_handler_keeps_its_shape_its_name_and_its_result(handler: Callable[..., Any]) -> None:
    decorated = explained(settings=MEMORY)(handler)
    for test in (inspect.isasyncgenfunction, inspect.iscoroutinefunction, inspect.isgeneratorfunction):
        assert test(decorated) is test(handler)
    assert decorated.__name__ == handler.__name__
    assert inspect.signature(decorated) == inspect.signature(handler)
    assert run(decorated, MAIL) == run(handler, MAIL)


@pytest.mark.parametrize("handler", SHAPES)
def test_with_redaction_the_handler_sees_placeholders_and_the_caller_does_not(handler: Callable[..., Any]) -> None:
    seen: list[str] = []

    def note(message: str) -> str:
        seen.append(message)
        return message

    inner = handler
    if handler is sync_handler:
        inner = lambda message: sync_handler(note(message))  # noqa: E731 - one line beside its three siblings
    decorated = explained(redact=True, settings=MEMORY)(inner)
    assert "".join(run(decorated, f"I am {MAIL}")) == f"You wrote: I am {MAIL}"
    assert all(MAIL not in text for text in seen)


@pytest.mark.parametrize("handler", SHAPES)
def test_the_last_thing_a_handler_gave_leads_to_its_explanation(handler: Callable[..., Any]) -> None:
    decorated = explained(settings=MEMORY)(handler)
    with turn(sources=[HOURS]) as here:
        result = run(decorated, "hello you")
    explanation = explanation_of(result[-1])
    assert explanation.operation == "handle"
    assert here.explanation == explanation


def test_a_handler_without_a_model_is_explained_from_its_sources() -> None:
    @explained(sources=[HOURS], purpose="opening hours", settings=MEMORY)
    def handle(message: str) -> str:
        return "We are open from 9 to 5."

    explanation = explanation_of(handle("When are you open?"))
    assert explanation.grounding == 1.0
    assert explanation.statements[0].evidence[0].source_id == "hours"
    assert explanation.purpose == "opening hours"


@pytest.mark.parametrize("named", [False, True])
def test_the_customers_message_is_told_from_what_was_said_before(named: bool) -> None:
    seen: list[Any] = []

    @explained(redact=True, settings=MEMORY)
    def handle(message: str, history: list[dict[str, str]]) -> str:
        seen.extend([message, history])
        return "We will write to you."

    history = [{"role": "user", "content": "Mail first@example.org"}, {"role": "assistant", "content": "Done."}]
    result = handle(message=f"Use {MAIL}", history=history) if named else handle(f"Use {MAIL}", history)
    before = [{"role": "user", "content": "Mail [EMAIL_1]"}, {"role": "assistant", "content": "Done."}]
    assert seen == ["Use [EMAIL_2]", before]
    *earlier, last = explanation_of(result).sources
    assert last.kind == "customer_message"
    assert {source.kind for source in earlier} == {"history"}


CALLS: dict[str, Callable[[Callable[..., str], str], str]] = {
    "by place": lambda handle, said: handle(said, "u-17"),
    "by name": lambda handle, said: handle(user_id="u-17", message=said),
    "mixed": lambda handle, said: handle(said, user_id="u-17"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_the_message_is_known_by_its_name_else_by_its_place(call: Callable[[Callable[..., str], str], str]) -> None:
    def handle(message: str, user_id: str) -> str:
        return message.removeprefix("You said: ")

    def turned(user_id: str, question: str) -> str:
        return handle(question, user_id)

    def unnamed(one: str, other: str) -> str:
        return handle(one, other)

    said = "You said: delivery takes {} days."
    guarded = explained(settings=MEMORY)
    results = [
        call(guarded(handle), said.format(3)),
        guarded(turned)("u-17", said.format(4)),
        guarded(unnamed)(said.format(5), "u-17"),
    ]
    for result in results:
        explanation = explanation_of(result)
        (told,) = [source.id for source in explanation.sources if source.kind == "customer_message"]
        assert [evidence.source_id for evidence in explanation.statements[0].evidence] == [told]


def test_a_talk_given_as_messages_keeps_its_speakers() -> None:
    seen: list[Any] = []

    @explained(redact=True, settings=MEMORY)
    def handle(history: list[dict[str, Any]], message: str) -> str:
        seen.extend(history)
        return "Shipping takes 3 days."

    talk = [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "name": MAIL, "content": [{"type": "text", "text": f"I am {MAIL}"}]},
        {"role": "assistant", "content": "Shipping takes 3 days.", MAIL: "x"},
        {"role": "tool", "content": "paid"},
    ]
    result = handle(talk, "How long does shipping take?")
    kinds = [source.kind for source in explanation_of(result).sources]
    assert kinds == ["instructions", "history", "history", "tool_result", "customer_message"]
    assert seen[1] == {"role": "user", "name": "[EMAIL_1]", "content": [{"type": "text", "text": "I am [EMAIL_1]"}]}
    assert seen[2]["[EMAIL_1]"] == "x"


def test_keys_are_no_sources() -> None:
    @explained(settings=MEMORY)
    def handle(form: dict[str, Any], message: str) -> str:
        return "The content is red."

    sources = explanation_of(handle({"content": {"colour": "blue"}, "user": "u-17"}, "What colour?")).sources
    assert [(source.kind, source.id) for source in sources] == [
        ("history", "message-0…message-1"),  # the two values, of which the reply repeats none
        ("customer_message", "message-2"),
    ]


def test_nothing_is_called_hidden_that_the_handler_was_given() -> None:
    engine = engine_for(MEMORY)
    for redact in (False, True):

        @explained(settings=MEMORY, redact=redact)
        def handle(message: str) -> str:
            return f"Thank you, {message}"

        explanation = explanation_of(handle(MAIL))
        assert bool(explanation.hidden) is redact
        assert ("idden" in explanation.text) is redact
        assert engine.recorder is not None
        engine.recorder.flush()
        trace = engine.recorder.store.get(explanation.trace_id)
        assert trace is not None
        assert bool(trace.hidden) is redact
        assert MAIL not in trace.to_json()


def test_a_handler_that_calls_a_model_has_the_models_explanation_and_one_trace(server: Server) -> None:
    server.script(json_reply(completion("We are open from 9 to 5.")))
    client = OpenAI(base_url=server.url, api_key="k", settings=MEMORY)

    @explained(sources=[HOURS], settings=MEMORY)
    def handle(message: str) -> Any:
        return client.chat.completions.create(
            model="m", messages=[{"role": "system", "content": HOURS.text}, {"role": "user", "content": message}]
        )

    reply = handle("When?")
    assert type(reply).__name__ == "ChatCompletion"
    explanation = explanation_of(reply)
    assert explanation.operation == "chat"
    assert explanation.statements[0].state == "found"


def test_a_constant_returned_to_two_customers_explains_neither_to_the_other() -> None:
    constant = "The answer is always the same."

    @explained(settings=MEMORY)
    def handle(message: str) -> str:
        return constant

    def ask(message: str) -> str:
        return explanation_of(handle(message)).trace_id

    from contextvars import Context

    first, second = Context().run(ask, "one"), Context().run(ask, "two")
    assert first != second
    assert Context().run(explanation_of, constant).status == "unavailable"


def test_what_a_handler_raises_comes_out_and_is_traced() -> None:
    @explained(settings=MEMORY)
    def handle(message: str) -> str:
        raise KeyError("gone")

    with pytest.raises(KeyError, match="gone"):
        handle("hello")


def broken(end: str) -> Iterator[str]:
    yield "You can return it within 30 days."
    if end == "raise":
        raise KeyError("gone")
    yield "That is all."


async def async_broken(end: str) -> AsyncIterator[str]:
    for one in broken(end):
        yield one


@pytest.mark.parametrize("handler", [broken, async_broken])
@pytest.mark.parametrize(
    ("end", "status", "error"),
    [("raise", "error", "KeyError"), ("leave", "abandoned", "GeneratorExit"), ("", "ok", None)],
)
def test_a_generator_that_fails_or_is_left_halfway_is_traced_so(
    handler: Any, end: str, status: str, error: str | None
) -> None:
    settings = Settings(store="memory", tenant=f"{handler.__name__}-{end}")
    engine = engine_for(settings)

    async def every(steps: AsyncIterator[str]) -> None:
        async for _ in steps:
            if end == "leave":
                break
        await steps.aclose()  # type: ignore[attr-defined]

    steps: Any = explained(handler, settings=settings)(end)  # type: ignore[call-overload]
    with pytest.raises(KeyError) if end == "raise" else nullcontext():
        if handler is async_broken:
            asyncio.run(every(steps))
        elif end == "leave":
            next(steps)
            steps.close()
        else:
            list(steps)
    assert engine.recorder is not None
    assert engine.recorder.flush()
    (trace,) = engine.recorder.store.list()
    assert (trace.status, trace.error) == (status, error)
    assert "30 days" in (trace.reply or "")
    assert "30 days" in (trace.explanation or "")


def test_a_generator_gets_what_is_sent_and_thrown_into_it() -> None:
    @explained(settings=MEMORY)
    def handle() -> Iterator[Any]:
        try:
            got = yield "first"
            yield f"got {got}"
        except ValueError:
            yield "caught"
        return

    steps: Any = handle()
    assert next(steps) == "first"
    assert steps.send("x") == "got x"
    assert steps.throw(ValueError()) == "caught"
    with pytest.raises(StopIteration):
        next(steps)


def test_a_generator_left_early_closes_the_handler() -> None:
    closed = []

    @explained(settings=MEMORY)
    def handle() -> Iterator[str]:
        try:
            yield "one"
            yield "two"
        finally:
            closed.append(True)

    steps = handle()
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert closed == [True]


def test_a_generators_turn_does_not_leak_into_its_caller() -> None:
    from explainbot.context import current_turn

    @explained(settings=MEMORY)
    def handle() -> Iterator[bool]:
        yield current_turn() is not None

    steps = handle()
    assert next(steps) is True
    assert current_turn() is None


def test_results_that_are_dictionaries_are_restored_inside() -> None:
    @explained(redact=True, settings=MEMORY)
    def handle(message: str) -> dict[str, Any]:
        return {"echo": [message], "n": 1}

    assert handle(MAIL) == {"echo": [MAIL], "n": 1}


def test_values_are_replaced_wherever_they_stand_in_an_argument() -> None:
    seen: list[Any] = []

    @explained(redact=True, settings=MEMORY)
    def handle(history: list[dict[str, str]], pair: tuple[str, int], *, form: dict[str, Any]) -> str:
        seen.extend([history, pair, form])
        return history[0]["content"]

    given = f"I am {MAIL}"
    assert handle([{"role": "user", "content": given}], (MAIL, 1), form={"mail": [MAIL]}) == given
    assert MAIL not in str(seen)
    assert seen[1] == ("[EMAIL_1]", 1)
    assert seen[2] == {"mail": ["[EMAIL_1]"]}


def test_a_list_of_lines_is_explained_line_by_line() -> None:
    @explained(sources=[HOURS], settings=MEMORY)
    def handle(message: str) -> list[str]:
        return ["We are open from 9 to 5 on weekdays", "Parking is free"]

    found = explanation_of(handle("When are you open?"))
    assert [one.text for one in found.statements] == ["We are open from 9 to 5 on weekdays", "Parking is free"]


def test_plain_texts_serve_as_sources() -> None:
    @explained(sources=["We are open from 9 to 5 on weekdays."], settings=MEMORY)
    def handle(message: str) -> str:
        return "We are open from 9 to 5 on weekdays."

    found = explanation_of(handle("When?"))
    assert found.statements[0].evidence[0].source_id == "source-1"
    with pytest.raises(ConfigError, match="a Source or a text, not int"):
        turn(sources=[7])  # type: ignore[list-item]
    with pytest.raises(ConfigError, match="a Source or a text, not int"):
        about(sources=[7])  # type: ignore[list-item]


def test_a_refused_call_leaves_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(store="memory", tenant="refused")

    @explained(redact=True, settings=settings)
    def handle(message: str) -> str:
        raise AssertionError("not reached")

    def fail(*_: Any) -> Any:
        raise PrivacyError("a detector failed; nothing was sent")

    monkeypatch.setattr(Redactor, "redact", fail)
    with pytest.raises(PrivacyError):
        handle(MAIL)
    recorder = engine_for(settings).recorder
    assert recorder is not None
    assert recorder.flush()
    (trace,) = recorder.store.list()
    assert (trace.status, trace.error) == ("refused", "PrivacyError: a detector failed; nothing was sent")
