"""The promises, held to random conversations on a real socket: what leaves, what comes back, what is written down."""

from __future__ import annotations

import json
import string
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import (
    Reply,
    Request,
    Server,
    chat_reply,
    completion,
    cut,
    echo,
    json_reply,
    message,
    sse_reply,
    stream_body,
    text_of,
    tool_call,
)
from ways import CUSTOMER, MODEL, SECRETS, TEXT, client_of, leaked, traces

import explainbot
from explainbot import Customer, explanation_of

# Texts: secrets as words of their own, among anything


secret = st.sampled_from(SECRETS)
between = st.sampled_from([" ", "\n", ", ", ": ", " (", ") ", " - ", '" ', ' "', " \\ ", " 你好 ", "\t", ". ", "! "])
sign = st.characters(exclude_categories=("Cs", "N", "L"), exclude_characters="<`[")
word = st.text(st.sampled_from("qxzQßİж語") | sign, max_size=8)
"""Nothing that reads as a name, and nothing that begins HTML, code or a link, in which no value is restored."""


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Secrets and other text. A word stands between two: a card number right after a phone number is neither."""
    parts = draw(st.lists(st.one_of(secret, secret.map(str.upper), word), min_size=1, max_size=6))
    return "".join(f"{part}{draw(between)}and{draw(between)}" for part in parts)


def containers(text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.recursive(
        text,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "c"]), inner, max_size=3)
        ),
        max_leaves=5,
    )


json_text = st.builds(
    json.dumps, st.dictionaries(st.sampled_from(["to", "for", "note"]), containers(texts())), ensure_ascii=st.booleans()
)
nested_json = st.builds(lambda inner: json.dumps({"result": inner}), json_text)
told_json = st.builds("The tool said:\n```json\n{}\n```".format, json_text)
any_text = st.one_of(texts(), json_text, nested_json, told_json)


@st.composite
def conversations(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A conversation with a secret in every kind of field."""
    part = st.builds(lambda text: {"type": "text", "text": text}, any_text)
    content = st.one_of(any_text, st.lists(part, min_size=1, max_size=3))
    name = st.sampled_from(["Marlene", "Quist", "bot"])
    call = st.builds(
        lambda arguments, number: {**tool_call("look_up", arguments), "id": f"call_{number}"},
        any_text,
        st.integers(1, 9),
    )
    said = st.one_of(
        st.fixed_dictionaries({"role": st.sampled_from(["system", "developer", "user"]), "content": content}),
        st.fixed_dictionaries({"role": st.just("user"), "content": content, "name": name}),
        st.fixed_dictionaries({"role": st.just("assistant"), "content": content}),
        st.fixed_dictionaries(
            {"role": st.just("assistant"), "content": st.none(), "tool_calls": st.lists(call, min_size=1, max_size=2)}
        ),
        st.fixed_dictionaries({"role": st.just("tool"), "tool_call_id": st.just("call_1"), "content": any_text}),
    )
    last = {"role": "user", "content": draw(any_text)}
    return [*draw(st.lists(said, max_size=4)), last]


# One server, one client, for all examples


@pytest.fixture(scope="module")
def upstream() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture(scope="module")
def bot(upstream: Server) -> Iterator[Any]:
    explainbot.configure(explainbot.Settings(store="memory"))
    with client_of("sync httpx2", upstream.url) as client:
        yield client


@pytest.fixture(autouse=True)
def settings(bot: Any) -> None:
    """The settings stay those of the module's client."""


def ask(bot: Any, messages: list[dict[str, Any]], *, conversation: str | None = None, **options: Any) -> Any:
    with explainbot.turn(customer=CUSTOMER, conversation=conversation):
        return bot.chat.completions.create(model=MODEL, messages=messages, **options)


@given(conversations(), st.dictionaries(st.sampled_from(["a", "b"]), texts(), max_size=2), texts())
def test_no_secret_is_in_any_byte_sent(
    bot: Any, upstream: Server, conversation: list[dict[str, Any]], metadata: dict[str, str], user: str
) -> None:
    upstream.forget()
    upstream.script(json_reply(completion("ok")))
    ask(bot, conversation, metadata=metadata, user=user)
    assert leaked(upstream) == []


@given(any_text, st.integers(1, 5), st.lists(st.floats(0, 1), max_size=30))
def test_a_streamed_echo_is_restored_however_its_bytes_are_cut(
    bot: Any, upstream: Server, text: str, size: int, places: list[float]
) -> None:
    def answer(request: Request) -> Reply:
        body = stream_body(text_of(request.json()["messages"][-1]["content"]), size=size)
        return sse_reply(cut(body, [int(place * len(body)) for place in places]))

    upstream.script(answer)
    pieces = ask(bot, [{"role": "user", "content": text}], stream=True)
    assert "".join(piece.choices[0].delta.content or "" for piece in pieces if piece.choices) == text


@given(any_text)
def test_a_whole_echo_is_restored(bot: Any, upstream: Server, text: str) -> None:
    upstream.script(lambda request: chat_reply(request, request.json()["messages"][-1]["content"]))
    assert ask(bot, [{"role": "user", "content": text}]).choices[0].message.content == text


@given(texts(), st.booleans(), st.integers(1, 4))
def test_restored_tool_arguments_are_json_with_the_originals(
    bot: Any, upstream: Server, text: str, streamed: bool, size: int
) -> None:
    def answer(request: Request) -> Reply:
        arguments = json.dumps({"text": request.json()["messages"][-1]["content"]})
        return chat_reply(request, message(tool_calls=[tool_call("f", arguments)]), size=size)

    upstream.script(answer)
    reply = ask(bot, [{"role": "user", "content": text}], stream=streamed)
    if streamed:
        calls = [call for piece in reply for call in piece.choices[0].delta.tool_calls or ()]
        arguments = "".join(call.function.arguments for call in calls)
    else:
        arguments = reply.choices[0].message.tool_calls[0].function.arguments
    assert json.loads(arguments) == {"text": text}


@given(st.text(alphabet=string.printable + "\"'\\/\u2028é", min_size=1, max_size=20).filter(str.strip))
def test_a_known_value_of_any_characters_keeps_arguments_json(bot: Any, upstream: Server, value: str) -> None:
    def answer(request: Request) -> Reply:
        said = request.json()["messages"][-1]["content"]
        return chat_reply(request, message(tool_calls=[tool_call("f", json.dumps({"text": said}))]), size=1)

    upstream.script(answer)
    text = f"Nickname: {value} ."
    with explainbot.turn(customer=Customer(extra={"nickname": value})):
        reply = bot.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": text}])
    assert json.loads(reply.choices[0].message.tool_calls[0].function.arguments) == {"text": text}


@given(conversations())
def test_what_was_sent_once_is_sent_again_as_the_same_bytes(
    bot: Any, upstream: Server, conversation: list[dict[str, Any]]
) -> None:
    upstream.forget()
    upstream.script(json_reply(completion("ok")))
    for size in range(1, len(conversation) + 1):
        ask(bot, conversation[:size])
    sent = [[json.dumps(said) for said in request.json()["messages"]] for request in upstream.requests]
    for shorter, longer in pairwise(sent):
        assert longer[: len(shorter)] == shorter


@given(conversations())
def test_nothing_written_down_holds_a_secret(bot: Any, upstream: Server, conversation: list[dict[str, Any]]) -> None:
    upstream.script(echo)
    reply = ask(bot, conversation)
    (trace,) = traces(1)
    written = trace.to_json() + repr(trace)
    bare = "".join(character for character in written.casefold() if character.isalnum())
    found = [s for s in SECRETS if "".join(c for c in s.casefold() if c.isalnum()) in bare]
    assert found == []
    assert explanation_of(reply) is not None


def test_the_log_line_holds_no_secret(bot: Any, upstream: Server, capsys: pytest.CaptureFixture[str]) -> None:
    upstream.script(echo)
    ask(bot, [{"role": "user", "content": TEXT}])
    written = "".join(capsys.readouterr())
    assert [value for value in SECRETS if value.casefold() in written.casefold()] == []


def test_a_placeholder_of_another_conversation_is_not_restored(bot: Any, upstream: Server) -> None:
    upstream.script(echo)
    first = ask(bot, [{"role": "user", "content": "I am kai.other@example.org"}], conversation="a")
    assert "kai.other@example.org" in first.choices[0].message.content
    upstream.script(json_reply(completion("Is it [EMAIL_1]?")))
    second = bot.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": "Who am I?"}])
    assert second.choices[0].message.content == "Is it [EMAIL_1]?"


def test_many_customers_at_once_get_their_own_values(bot: Any, upstream: Server) -> None:
    upstream.script(echo)

    def one(number: int) -> bool:
        mail = f"person{number % 40}@example.com"
        with explainbot.turn(conversation=f"c-{number % 40}", customer=Customer(email=mail)):
            reply = bot.chat.completions.create(
                model=MODEL, messages=[{"role": "user", "content": f"I am {mail}, not other@example.net"}]
            )
        return bool(reply.choices[0].message.content == f"You wrote: I am {mail}, not other@example.net")

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(200)))


def test_the_same_exchange_gives_the_same_explanation(bot: Any, upstream: Server) -> None:
    upstream.script(echo)

    def explanation() -> dict[str, Any]:
        found = explanation_of(ask(bot, [{"role": "user", "content": TEXT}]))
        assert found is not None
        return {k: v for k, v in found.model_dump(mode="json").items() if k not in ("trace_id", "created")}

    one, other = explanation(), explanation()
    assert {k: v for k, v in one.items() if k != "text"} == {k: v for k, v in other.items() if k != "text"}
