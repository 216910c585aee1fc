"""A pytest plugin that guards every client a test builds: `pytest -p wrapped`, with this folder on the path.

Endpoints and content that explainbot would refuse are let pass unread, since the tests of a client ask for all of them
and hold no personal data. `EXPLAINBOT_EXPLAIN=0` switches explanations off, `EXPLAINBOT_ATTACH=0` leaves replies
without them, and `EXPLAINBOT_LET_PASS=1` also lets pass what a WebSocket would refuse: messages of unknown types, and
frames that are no JSON. What was refused during a test is a property of it, called as `PROPERTY` says, in the report.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import Any

import openai

import explainbot
from explainbot.engine import Engine
from explainbot.errors import ExplainbotError, LocalProtocolError, UnguardedChannel
from explainbot.integrations._signing import sign_what_is_sent
from explainbot.integrations._sockets import GUARDED, guard_connect, is_guarding, refuse_sockets
from explainbot.transports.clients import guard, guard_of

PROPERTY = "refused"


class Everything(frozenset[str]):
    """A set that has every kind of content and every endpoint in it."""

    def __contains__(self, item: object) -> bool:
        return True


def _engine() -> Engine:
    settings = explainbot.Settings.from_env().model_copy(update={"store": "off", "allow_content": Everything()})
    return Engine(settings)


ENGINE = _engine()


def _guarded(init: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(init)
    def wrapped(self: Any, *args: Any, **kwargs: Any) -> None:
        init(self, *args, **kwargs)
        if guard_of(self._client) is None:
            guard(self._client, ENGINE)
        sign_what_is_sent(self)
        _tell_address(self)
        for name, dialogue in GUARDED.items():
            guard_connect(getattr(self, name), dialogue, self._client)

    return wrapped


def _tell_address(client: Any) -> None:
    """Have the addresses of guarded WebSockets looked at; all others, which explainbot would refuse, are let pass."""
    unseen = client._websocket_query_params
    refuse_sockets(client)
    seen = client._websocket_query_params

    def asked(url: Any, query: Any) -> Any:
        return (seen if is_guarding() else unseen)(url, query)

    client._websocket_query_params = asked


class Refusals:
    """What was refused in the test that runs."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, object]] = []

    def note(self, error: ExplainbotError) -> None:
        self.kept.append((PROPERTY, f"{type(error).__name__}: {error}"))

    def take_back(self) -> None:
        self.kept.pop()


REFUSALS = Refusals()


def pytest_runtest_setup(item: Any) -> None:
    REFUSALS.kept = item.user_properties


def _noting(init: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(init)
    def noted(self: ExplainbotError, *args: Any) -> None:
        init(self, *args)
        REFUSALS.note(self)

    return noted


class Frame(bytes):
    """Bytes that are sent as they are."""

    def encode(self) -> bytes:
        return bytes(self)


def _letting_pass(said: Callable[..., str]) -> Callable[..., str | bytes]:
    @functools.wraps(said)
    def passed(self: Any, message: str | bytes) -> str | bytes:
        try:
            return said(self, message)
        except (UnguardedChannel, LocalProtocolError):
            REFUSALS.take_back()
            return message if isinstance(message, str) else Frame(message)

    return passed


ExplainbotError.__init__ = _noting(ExplainbotError.__init__)  # type: ignore[method-assign]
if os.environ.get("EXPLAINBOT_LET_PASS") == "1":
    for dialogue in GUARDED.values():
        dialogue._said = _letting_pass(dialogue._said)  # type: ignore[method-assign]
for client in (openai.OpenAI, openai.AsyncOpenAI):
    client.__init__ = _guarded(client.__init__)  # type: ignore[method-assign]
