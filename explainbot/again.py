"""Asking a model again about an earlier reply: through a guarded client, with the vault and context of that reply.

A flow (`explainbot._flow`) says what to ask, in redacted text. Here its calls are restored and handed to the client,
whose transport hides the same values behind the same placeholders, checks what leaves, and traces each call as an
evaluation of the earlier reply. Answers come back to the flow redacted.

    asked = asked_for(reply)
    result = again(some_flow(asked.record), asked, client)          # awaitable, if the client is
"""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, overload

from explainbot import _json
from explainbot._asked import Asked
from explainbot._flow import BudgetSpent, Call, Flow, Reply, adrive, drive
from explainbot.context import Turn
from explainbot.engine import engines
from explainbot.errors import ConfigError, UnguardedChannel
from explainbot.explain import Explanation
from explainbot.lookup import explanation_of
from explainbot.privacy import restore
from explainbot.transports.clients import guard_of

if TYPE_CHECKING:
    import openai
    from tenacity import BaseRetrying

__all__ = ["Budget", "again", "asked_for", "keep"]

R = TypeVar("R")

ATTEMPTS = 3
"""Times one call is made when the connection or the provider fails; each counts as a call of the budget."""

LONGEST_WAIT = 4.0
"""Seconds between two of them, at most."""

OWN_PROTOCOL = "openai.chat"
"""The one wire protocol that is asked again."""

NOT_ASKED_AGAIN = ("stream", "stream_options", "n", "store")
"""Fields of a request that say how its reply was delivered or kept."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What asking again may cost: calls, failed ones among them, and seconds in all."""

    calls: int = 40
    seconds: float = 120.0

    def __post_init__(self) -> None:
        if self.calls < 1 or not self.seconds > 0:
            raise ConfigError("a budget needs at least one call and some time")


def asked_for(reply: Any) -> Asked:
    """What it takes to ask again about a reply: anything that `explanation_of` takes.

    Raises:
        LookupError: it is not remembered: too long ago, too long a request, another process, or not explained.
        TypeError: `reply` is nothing that can have an explanation.
    """
    trace_id = explanation_of(reply).trace_id
    found = next((asked for engine in engines() if (asked := engine.asked(trace_id)) is not None), None)
    if found is None or found.protocol != OWN_PROTOCOL:
        raise LookupError("the request of this reply is not remembered: ask about it soon after, in the same process")
    return found


def keep(asked: Asked, change: Callable[[Explanation], Explanation]) -> Explanation:
    """Remember a further explanation of an earlier reply in place of the last one, and in its store.

    Args:
        asked: the reply.
        change: makes the further explanation (redacted) of the last one, which may hold what another examination found.

    Returns:
        The customer's copy.
    """
    holders = [(engine, one) for engine in engines() if (one := engine.asked(asked.record.trace_id)) is not None]
    further = replace(asked, explanation=change(holders[0][1].explanation if holders else asked.explanation))
    shown = further.shown(further.explanation)
    for engine, _ in holders:
        engine.examined(further, shown)
    return shown


@overload
def again(flow: Flow[R], asked: Asked, client: openai.OpenAI, budget: Budget = ...) -> R: ...
@overload
def again(flow: Flow[R], asked: Asked, client: openai.AsyncOpenAI, budget: Budget = ...) -> Coroutine[Any, Any, R]: ...


def again(
    flow: Flow[R], asked: Asked, client: openai.OpenAI | openai.AsyncOpenAI, budget: Budget | None = None
) -> R | Coroutine[Any, Any, R]:
    """Run `flow` to its result, making its calls with `client`; with an asynchronous one, the result is awaited.

    A call that fails, or that the budget no longer allows, reaches the flow as a `Reply` with an error.

    Raises:
        UnguardedChannel: the client is not guarded by explainbot. Nothing was sent.
        PrivacyError: a request could not be read or redacted. It was not sent.
    """
    import openai

    _check_guarded(client)
    sender = _Sender(asked, budget or Budget())
    client = client.with_options(max_retries=0)
    if isinstance(client, openai.AsyncOpenAI):
        return sender.adrive(flow, client)
    return sender.drive(flow, client)


def _check_guarded(client: Any) -> None:
    if guard_of(client._client) is None:
        raise UnguardedChannel("the client is not guarded: take explainbot.OpenAI, or explainbot.wrap(client)")


class _Sender:
    """Makes the calls of one flow, in either colour."""

    def __init__(self, asked: Asked, budget: Budget) -> None:
        self._asked = asked
        self._calls_left = budget.calls
        self._ends = time.monotonic() + budget.seconds

    def drive(self, flow: Flow[R], client: openai.OpenAI) -> R:
        def send(call: Call) -> Reply:
            create, arguments = client.chat.completions.create, self._arguments(call)
            try:
                return self._reply(self._retrying()(lambda: create(**arguments, timeout=self._take())))
            except _failures() as error:
                return Reply(error=error)

        with Turn(self._asked.context, asked=self._asked):
            return drive(flow, send)

    async def adrive(self, flow: Flow[R], client: openai.AsyncOpenAI) -> R:
        from tenacity import AsyncRetrying

        async def send(call: Call) -> Reply:
            arguments = self._arguments(call)

            async def create() -> Any:
                return await client.chat.completions.create(**arguments, timeout=self._take())

            try:
                return self._reply(await self._retrying(AsyncRetrying)(create))
            except _failures() as error:
                return Reply(error=error)

        with Turn(self._asked.context, asked=self._asked):
            return await adrive(flow, send)

    def _take(self) -> float:
        """One call of the budget: the seconds it may last.

        Raises:
            BudgetSpent: there is no call or no time left.
        """
        seconds = self._ends - time.monotonic()
        if self._calls_left <= 0 or seconds <= 0:
            raise BudgetSpent
        self._calls_left -= 1
        return seconds

    def _retrying(self, kind: type[BaseRetrying] | None = None) -> Any:
        import openai
        from tenacity import (
            Retrying,
            retry_if_exception_type,
            stop_after_attempt,
            stop_before_delay,
            wait_random_exponential,
        )

        passing = (openai.APIConnectionError, openai.RateLimitError, openai.InternalServerError)
        return (kind or Retrying)(
            retry=retry_if_exception_type(passing),
            stop=stop_after_attempt(ATTEMPTS) | stop_before_delay(max(0.0, self._ends - time.monotonic())),
            wait=wait_random_exponential(multiplier=0.25, max=LONGEST_WAIT),
            reraise=True,
        )

    def _arguments(self, call: Call) -> dict[str, Any]:
        """A call for the client, as the bot itself would write it: originals in place of placeholders."""
        fields = {name: value for name, value in call.arguments.items() if name not in NOT_ASKED_AGAIN}
        fields = {"model": self._asked.request.get("model", ""), **fields}
        body = _json.map_strings(fields, lambda text: restore(text, self._asked.vault))
        return {"model": body.pop("model"), "messages": body.pop("messages"), "extra_body": body}

    def _reply(self, completion: Any) -> Reply:
        body: Mapping[str, Any] = completion.model_dump(mode="json")
        choices = body.get("choices") or [{}]
        text = (choices[0].get("message") or {}).get("content")
        return Reply(None if text is None else self._asked.redacted(text), body=body)


def _failures() -> tuple[type[Exception], ...]:
    """What a flow is told instead of an answer."""
    import openai

    return openai.OpenAIError, BudgetSpent
