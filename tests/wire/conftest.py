"""The clients and the settings that the wire tests share."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from servers import Server
from ways import CUSTOMER, WAYS, client_of, close

import explainbot

_tests = itertools.count()


@pytest.fixture(autouse=True)
def settings() -> Iterator[explainbot.Settings]:
    """Traces in memory, afresh for each test: equal settings would share the engine of a test before."""
    settings = explainbot.Settings(
        store="memory", operator="Example Ltd", contact="call 0800 000", tenant=f"test-{next(_tests)}"
    )
    explainbot.configure(settings)
    yield settings
    explainbot.configure(explainbot.Settings(store="off"))


@pytest.fixture
def turn() -> Iterator[Any]:
    """The customer is known for the whole test."""
    with explainbot.turn(conversation="c-1", customer=CUSTOMER, purpose="support") as turn:
        yield turn


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def client(way: str, server: Server) -> AsyncIterator[Any]:
    """The drop-in client, in each of the four ways."""
    client = client_of(way, server.url)
    yield client
    await close(client)


@pytest.fixture
async def bare(way: str, server: Server) -> AsyncIterator[Any]:
    """The bare client, for comparison."""
    client = client_of(way, server.url, drop_in=False)
    yield client
    await close(client)
