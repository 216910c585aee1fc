"""A reply with a part of the wrong type, or nested without end, is to the bot what it is with the bare client."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import anthropic
import httpx2
import openai
import pytest
from samples import Path, put
from servers import completion, message, stream_body, tool_call
from ways import MODEL, ask, close, done, every
from writers import called, message_body, message_of, response, response_body, spoken, text_completion

import explainbot

pytestmark = pytest.mark.anyio

WRONG: tuple[Any, ...] = ("x", 5, None, [], {}, [5], ["x"], [{}], {"text": 5})
"""What stands in each place of a reply in turn."""

CHAT = message("Hello.", tool_calls=[tool_call("find", '{"id": 1}')], annotations=[])
ITEMS = (spoken("Hello."), called("find", "{}"))
BLOCKS = ({"type": "text", "text": "Hello."}, {"type": "tool_use", "id": "t", "name": "find", "json": "{}"})
LEGACY = text_completion("Hello.")


@dataclass(frozen=True)
class Case:
    """A way to ask, and what a server says to it, whole and streamed."""

    call: Callable[..., Any]
    whole: Any
    stream: bytes
    library: Any = openai


CASES = {
    "chat": Case(
        lambda client, **how: client.chat.completions.create(model=MODEL, messages=ask("Hi"), **how),
        completion(CHAT),
        stream_body(CHAT, size=9),
    ),
    "responses": Case(
        lambda client, **how: client.responses.create(model=MODEL, input="Hi", **how),
        response(*ITEMS),
        response_body(*ITEMS, size=9),
    ),
    "completions": Case(
        lambda client, **how: client.completions.create(model=MODEL, prompt="Hi", **how),
        LEGACY,
        b"data: %b\n\ndata: [DONE]\n\n" % json.dumps(LEGACY).encode(),
    ),
    "messages": Case(
        lambda client, **how: client.messages.create(model=MODEL, messages=ask("Hi")[1:], max_tokens=9, **how),
        message_of(*BLOCKS),
        message_body(*BLOCKS, size=9),
        anthropic,
    ),
}


class Scripted(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """Says the same to every request."""

    kind = "application/json"
    body = b""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, headers={"content-type": self.kind}, content=self.body, request=request)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        return self.handle_request(request)


def client_of(library: Any, colour: str, guarded: bool, said: Scripted) -> Any:
    kind, http = {
        "sync": (("OpenAI", "Anthropic"), (httpx2.Client, explainbot.http_client)),
        "async": (("AsyncOpenAI", "AsyncAnthropic"), (httpx2.AsyncClient, explainbot.async_http_client)),
    }[colour]
    make = getattr(library, kind[library is anthropic])
    options = {"base_url": "https://api.example/v1", "api_key": "key", "max_retries": 0}
    return make(http_client=http[guarded](transport=said), **options)  # type: ignore[operator]


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in a value."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        yield from paths(item, (*path, step))


def mutants(value: Any) -> Iterator[bytes]:
    """`value` with each wrong thing in each of its places."""
    return (json.dumps(put(value, path, wrong)).encode() for path in paths(value) for wrong in WRONG)


def whole(case: Case) -> Iterator[bytes]:
    yield from mutants(case.whole)
    for levels in (100, 980, 20_000):
        for more in (b"[" * levels + b"]" * levels, b'{"a":' * levels + b"1" + b"}" * levels):
            yield json.dumps(case.whole)[:-1].encode() + b',"more":' + more + b"}"
    yield from (b"", b'{"id":', b'"x"', b"[1]", b"null", b'{"id":"\xff"}', b'{"created":1' + b"0" * 5000 + b"}")


def streamed(case: Case) -> Iterator[bytes]:
    events = case.stream.split(b"\n\n")
    for number, event in enumerate(events):
        head, mark, data = event.partition(b"data: ")
        if data.startswith(b"{"):
            for mutant in mutants(json.loads(data)):
                yield b"\n\n".join([*events[:number], head + mark + mutant, *events[number + 1 :]])


def plain(value: Any) -> Any:
    """A reply without its explanation, and without the delta that is there to carry it."""
    if isinstance(value, dict):
        left = {key: plain(item) for key, item in value.items() if key != "explanation"}
        return {key: item for key, item in left.items() if key != "delta" or item}
    return [plain(item) for item in value] if isinstance(value, list) else value


async def outcome(case: Case, client: Any, stream: bool) -> Any:
    """What the bot gets: the reply, or the class of an error."""
    try:
        got = await done(case.call(client, **({"stream": True} if stream else {})))
        items = await every(got) if stream else [got]
        return [plain(item.to_dict(warnings=False)) if hasattr(item, "to_dict") else item for item in items]
    except Exception as error:  # noqa: BLE001 - which one it is, is what is compared
        return type(error)


@pytest.mark.parametrize("colour", ["sync", "async"])
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_whatever_a_reply_is_the_bot_gets_what_the_bare_client_gives(
    case: Case, stream: bool, colour: str
) -> None:
    said = Scripted()
    said.kind = "text/event-stream" if stream else said.kind
    ours, bare = (client_of(case.library, colour, guarded, said) for guarded in (True, False))
    bodies = [*(streamed if stream else whole)(case)]
    assert len(bodies) > 50
    if colour == "async":  # reads with the same core
        bodies = bodies[::9]
    differs = []
    for said.body in bodies:
        if await outcome(case, ours, stream) != await outcome(case, bare, stream):
            differs.append(said.body)
    assert differs == []
    await close(ours)
    await close(bare)
