"""A pytest plugin that guards every client a test builds: `pytest -p wrapped`, with this folder on the path.

Endpoints and content that explainbot would refuse are let pass unread, since the tests of a client ask for all of them
and hold no personal data. `EXPLAINBOT_EXPLAIN=0` switches explanations off, `EXPLAINBOT_ATTACH=0` leaves replies
without them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import openai

import explainbot
from explainbot.engine import Engine
from explainbot.integrations._signing import sign_what_is_sent
from explainbot.integrations._sockets import guard_connect
from explainbot.transports.clients import guard, guard_of


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
            guard_connect(self.responses, self._client)

    return wrapped


for client in (openai.OpenAI, openai.AsyncOpenAI):
    client.__init__ = _guarded(client.__init__)  # type: ignore[method-assign]
