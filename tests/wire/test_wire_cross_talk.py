"""Many conversations at once through one client: no value of one is sent or restored in another (P5)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from servers import Reply, Request, Server, chat_reply, text_of
from ways import MODEL, client_of

import explainbot
from explainbot import Customer, explanation_of

CONVERSATIONS = 1_000
THREADS = 8
TASKS = 100

_OWN = re.compile(r"own-(\d+)")
_MAIL = re.compile(r"c(\d+)\.canary@example\.org|Canaryson(\w+)")


def mail(number: int) -> str:
    return f"c{number}.canary@example.org"


def surname(number: int) -> str:
    """Letters alone: `abd` for 13."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def customer(number: int) -> Customer:
    return Customer(name=f"Canaryson{surname(number)}", email=mail(number))


def everything(request: Request) -> Reply:
    """A reply that names the placeholders of this conversation and of any other there might be."""
    said = text_of(request.json()["messages"][-1]["content"])
    others = " ".join(f"[EMAIL_{number}] [PERSON_{number}]" for number in range(1, 4))
    return chat_reply(request, f"{said} {others}", size=7)


def ask(number: int) -> dict[str, Any]:
    text = f"own-{number}: I am Canaryson{surname(number)}, mail {mail(number)}."
    return {"model": MODEL, "messages": [{"role": "user", "content": text}], "stream": number % 2 == 1}


def conversation(number: int) -> Any:
    """Every third customer has no conversation that is named."""
    return explainbot.turn(conversation=f"c-{number}" if number % 3 else None, customer=customer(number))


def said(number: int, reply: str, explanation: Any) -> Iterator[str]:
    """What is wrong with a reply."""
    name = f"Canaryson{surname(number)}"
    expected = f"own-{number}: I am {name}, mail {mail(number)}. {mail(number)} {name}"
    if not reply.startswith(expected):
        yield f"{number}: not restored"
    for match in _MAIL.finditer(reply + explanation.model_dump_json()):
        if match[0] not in (mail(number), name):
            yield f"{number}: {match[0]}"


def text_in(chunks: list[Any]) -> str:
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


def crossed(server: Server) -> list[str]:
    """Canaries that the server received; each request names its conversation and nobody."""
    assert len({_OWN.search(request.body.decode())[1] for request in server.requests}) == CONVERSATIONS  # type: ignore[index]
    return _MAIL.findall(server.received.decode())


@pytest.fixture
def busy() -> Iterator[Server]:
    with Server(everything) as server:
        yield server


def test_eight_threads_share_a_client(busy: Server) -> None:
    client = client_of("sync httpx2", busy.url)

    def call(number: int) -> list[str]:
        with conversation(number):
            reply = client.chat.completions.create(**ask(number))
            chunks = list(reply) if number % 2 else []
        content = text_in(chunks) if chunks else reply.choices[0].message.content
        return list(said(number, content, explanation_of(chunks[-1] if chunks else reply)))

    with ThreadPoolExecutor(THREADS) as pool:
        faults = [fault for found in pool.map(call, range(CONVERSATIONS)) for fault in found]
    client.close()
    assert faults == []
    assert crossed(busy) == []


@pytest.mark.anyio
async def test_a_hundred_tasks_share_a_client(busy: Server) -> None:
    client = client_of("async httpx2", busy.url)
    numbers = iter(range(CONVERSATIONS))

    async def call(number: int) -> list[str]:
        with conversation(number):
            reply = await client.chat.completions.create(**ask(number))
            chunks = [chunk async for chunk in reply] if number % 2 else []
        content = text_in(chunks) if chunks else reply.choices[0].message.content
        return list(said(number, content, explanation_of(chunks[-1] if chunks else reply)))

    async def task() -> list[str]:
        return [fault for number in numbers for fault in await call(number)]

    faults = [fault for found in await asyncio.gather(*(task() for _ in range(TASKS))) for fault in found]
    await client.close()
    assert faults == []
    assert crossed(busy) == []
