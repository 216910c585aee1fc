"""What would go round the guarded transport is refused before anything is sent, with a message that says what to do."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import httpx2
import openai
import pytest
from openai._resource import AsyncAPIResource, SyncAPIResource
from servers import Server
from ways import MODEL, TEXT, ask, client_of, close, create, done, leaked

import explainbot
from explainbot.errors import ConfigError, UnguardedChannel

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("turn")]

EXAMPLES = {"call_id": "c", "model": MODEL, "session_id": "s", "fork_id": "f"}


def sockets(thing: Any, path: str = "", seen: frozenset[type] = frozenset()) -> Iterator[tuple[str, Any]]:
    """Every `connect` of every resource of a client."""
    for name in dir(type(thing)):
        if name.startswith(("_", "with_")):
            continue
        value = getattr(thing, name, None)
        if isinstance(value, SyncAPIResource | AsyncAPIResource) and type(value) not in seen:
            yield from sockets(value, f"{path}{name}.", seen | {type(value)})
        elif name == "connect":
            yield f"{path}{name}", value


async def enter(connect: Any) -> None:
    needed = [
        name
        for name, parameter in inspect.signature(connect).parameters.items()
        if parameter.default is inspect.Parameter.empty and parameter.kind is not inspect.Parameter.VAR_KEYWORD
    ]
    manager = connect(**{name: EXAMPLES[name] for name in needed})
    await done(manager.enter())


@pytest.mark.parametrize("made", ["drop-in", "wrapped", "copied"])
async def test_no_websocket_is_opened(way: str, server: Server, made: str) -> None:
    pytest.importorskip("websockets")
    client = client_of(way, server.url, drop_in=made != "wrapped")
    if made == "wrapped":
        explainbot.wrap(client)
    if made == "copied":
        client = client.with_options(timeout=3)
    found = dict(sockets(client))
    assert {"responses.connect", "realtime.connect", "beta.realtime.connect", "live.connect"} <= set(found)
    del found["responses.connect"], found["realtime.connect"]  # are guarded, see `test_wire_sockets`
    for name, connect in found.items():
        with pytest.raises(UnguardedChannel, match="stream=True"):
            await enter(connect)
        assert server.received == b"", name
    await close(client)


async def test_a_signed_request_is_not_sent(client: Any, server: Server) -> None:
    signature = "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/eu-west-1/bedrock/aws4_request, Signature=00"
    with pytest.raises(UnguardedChannel, match="signed"):
        await create(client, False, extra_headers={"Authorization": signature})
    assert server.received == b""


@pytest.mark.parametrize("own", [False, True], ids=["its own http client", "one that was set"])
def test_the_client_of_the_module_is_guarded(server: Server, monkeypatch: pytest.MonkeyPatch, own: bool) -> None:
    monkeypatch.setattr(openai, "http_client", httpx2.Client() if own else None)
    monkeypatch.setattr(openai, "api_key", "k")
    monkeypatch.setattr(openai, "base_url", f"{server.url}/")
    monkeypatch.setattr(openai, "_client", None)
    monkeypatch.setattr(openai._ModuleClient, "_websocket_query_params", openai.OpenAI._websocket_query_params)
    assert explainbot.wrap(openai) is openai
    reply = openai.chat.completions.create(model=MODEL, messages=ask())
    assert reply.choices[0].message.content == f"You wrote: {TEXT}"
    assert leaked(server) == []
    with pytest.raises(UnguardedChannel, match="that explainbot made or wrapped"):
        openai.responses.connect().enter()
    openai.http_client.close()  # type: ignore[union-attr]


def test_no_other_module_is_wrapped() -> None:
    with pytest.raises(ConfigError, match="the module openai"):
        explainbot.wrap(httpx2)
