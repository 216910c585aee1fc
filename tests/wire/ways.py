"""One test body for every way to call: sync and async clients, on httpx2 and on legacy httpx.

Bodies are written once, as coroutines. `done`, `every` and `inside` treat plain values, iterators and context managers
like their asynchronous twins, so the same body drives either client against the same real loopback server.
"""

from __future__ import annotations

import contextlib
import inspect
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import unquote_plus

import httpx
import httpx2
import openai
from deep import strings
from servers import Server

import explainbot
from explainbot import Customer
from explainbot.engine import default_engine

WAYS = ("sync httpx2", "sync httpx", "async httpx2", "async httpx")

CUSTOMER = Customer(
    id="cust-88231",
    name="Marlene Quist",
    email="marlene.quist@example.com",
    phone="+1 415 555 0142",
    address="47 Birchwood Lane, Springfield, 62704",
    extra={"date of birth": "1971-03-09"},
)

SECRETS = (
    *("cust-88231", "Marlene", "Quist", "marlene.quist@example.com", "415 555 0142", "47 Birchwood Lane", "62704"),
    *("1971-03-09", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "kai.other@example.org"),
)
"""The customer's values, then values that only detectors can find."""

TEXT = (
    "I am Marlene Quist (marlene.quist@example.com, +1 415 555 0142), customer cust-88231, 47 Birchwood Lane, 62704. "
    'Refund to card 4111 1111 1111 1111 or DE89 3704 0044 0532 0130 00; copy to kai.other@example.org. "Naïve" \\ 你好'
)
"""A message holding every secret but the date of birth, and characters that JSON and UTF-8 treat in their own ways."""

MODEL = "gpt-test"


def ask(text: str = TEXT) -> list[Any]:
    return [{"role": "system", "content": "You help."}, {"role": "user", "content": text}]


def client_of(way: str, url: str, **options: Any) -> Any:
    """An explainbot client; `drop_in=False` gives the bare one."""
    colour, family = way.split()
    source = explainbot if options.pop("drop_in", True) else openai
    library = httpx if family == "httpx" else httpx2
    arguments: dict[str, Any] = {"base_url": url, "api_key": "key", "max_retries": 0, **options}
    if colour == "sync":
        if family == "httpx":
            arguments.setdefault("http_client", library.Client())
        return source.OpenAI(**arguments)
    if family == "httpx":
        arguments.setdefault("http_client", library.AsyncClient())
    return source.AsyncOpenAI(**arguments)


async def done(value: Any) -> Any:
    """A call's result, awaited if need be."""
    return await value if inspect.isawaitable(value) else value


async def every(stream: Any) -> list[Any]:
    """Everything a stream yields."""
    if hasattr(stream, "__aiter__"):
        return [item async for item in stream]
    return list(stream)


async def first(stream: Any) -> Any:
    return await anext(stream) if hasattr(stream, "__anext__") else next(stream)


@asynccontextmanager
async def inside(manager: Any) -> AsyncIterator[Any]:
    """`with` or `async with`, as the manager asks."""
    if hasattr(manager, "__aenter__"):
        async with manager as value:
            yield value
    else:
        with manager as value:
            yield value


async def close(client: Any) -> None:
    await done(client.close())


async def create(client: Any, streamed: bool, text: str = TEXT, **options: Any) -> Any:
    """One call; a stream is read to its end and put together as the client's own helper does."""
    arguments = {"model": MODEL, "messages": ask(text), **options}
    if not streamed:
        return await done(client.chat.completions.create(**arguments))
    async with inside(client.chat.completions.stream(**arguments)) as stream:
        await every(stream)
        return await done(stream.get_final_completion())


def leaked(server: Server, secrets: Iterable[str] = SECRETS) -> list[str]:
    """Which secrets can be read in what a server received, in any case, spacing or depth of JSON escapes."""
    texts = [server.received.decode("utf-8", "replace")]
    texts += [unquote_plus(request.target) for request in server.requests]
    for request in server.requests:
        with contextlib.suppress(ValueError):
            texts += strings(request.json())
    plain = [_bare(text) for text in texts]
    return [secret for secret in secrets if any(_bare(secret) in text for text in plain)]


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def traces(limit: int = 1000) -> list[Any]:
    """The latest traces, newest first, after the writer has caught up."""
    recorder = default_engine().recorder
    assert recorder.flush(10)
    return list(recorder.store.list(limit=limit))
