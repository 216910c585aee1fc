"""`narrate(reply, client)`: the model's own reasons for a reply, checked against what was sent and returned.

Off unless it is called: it costs a model call. The question goes through the same guarded client, so the same values
are hidden behind the same placeholders, and the call is traced as an evaluation of the reply.
"""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, overload

from explainbot._asked import Asked
from explainbot._flow import BudgetSpent, Call, Flow, Reply
from explainbot.again import Budget, again, asked_for, keep
from explainbot.explain import Explanation
from explainbot.explain.explaining import SECRET
from explainbot.explain.narrated import FORM, Narrated, checked, may_name, question

if TYPE_CHECKING:
    import openai

__all__ = ["narrate"]

TRIES = 3
"""Answers that are asked for until one is of the form asked for."""

BUDGET = Budget(calls=6, seconds=60.0)
"""What asking may cost if nothing is said: `TRIES` answers, and as many calls that fail."""

LONGEST_ANSWER = 800
"""Tokens of an answer: more than the reasons that are read need, for a small model may go on and on."""

NOT_UNDERSTOOD = (400, 404, 422, 501)
"""HTTP statuses of a server that does not know a field: it is asked once more without those it may not know."""


@overload
def narrate(reply: Any, client: openai.OpenAI, *, model: str | None = ..., budget: Budget = ...) -> Explanation: ...
@overload
def narrate(
    reply: Any, client: openai.AsyncOpenAI, *, model: str | None = ..., budget: Budget = ...
) -> Coroutine[Any, Any, Explanation]: ...


def narrate(
    reply: Any, client: openai.OpenAI | openai.AsyncOpenAI, *, model: str | None = None, budget: Budget = BUDGET
) -> Explanation | Coroutine[Any, Any, Explanation]:
    """The explanation of a reply, with the reasons the model gives when it is asked for them.

    Each reason names a source and quotes it. It is kept if that source was given, the quote stands there word for word
    and all it says is found in the sources; the others are dropped and counted. The company's instructions are not
    shown again and cannot be quoted. Where the model gives no usable answer, the explanation is the one that was
    computed, and says so.

    Args:
        reply: anything that `explanation_of` takes.
        client: a guarded client; with an asynchronous one, the result is awaited.
        model: who is asked; the model that was asked for the reply, if None.
        budget: what it may cost.

    Raises:
        LookupError: the request of this reply is no longer remembered.
        UnguardedChannel: the client is not guarded.
        PrivacyError: the question could not be redacted. Nothing was sent.
    """
    asked = asked_for(reply)
    return again(_narrating(asked, model or str(asked.request.get("model", ""))), asked, client, budget)


class _Unusable(Exception):
    """An answer that is not of the form asked for, or none; its text says why, and holds nothing of the answer."""


def _narrating(asked: Asked, model: str) -> Flow[Explanation]:
    """Ask, check, and ask again while the answer cannot be read."""
    from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_attempt

    computed = asked.explanation
    sources = may_name(asked.record, computed.statements, frozenset(SECRET))
    if not sources or not any(one.state != "no claim" for one in computed.statements):
        return asked.shown(computed.with_reasons(Narrated()))
    fields: dict[str, Any] = {
        "temperature": 0,
        "max_completion_tokens": LONGEST_ANSWER,
        "response_format": FORM,
    }
    narrated = Narrated()
    failure = "invalid"
    try:
        for attempt in Retrying(stop=stop_after_attempt(TRIES), retry=retry_if_exception_type(_Unusable)):
            with attempt:
                reply = yield Call({"model": model, "messages": question(computed.statements, sources), **fields})
                if getattr(reply.error, "status_code", None) in NOT_UNDERSTOOD:
                    fields = {}
                failure = _failure(reply)
                narrated = _usable(reply, asked, sources)
    except RetryError:
        narrated = Narrated(failure=failure)
    if narrated.failure:
        return asked.shown(computed.with_reasons(narrated))
    return keep(asked, lambda last: last.with_reasons(narrated))


def _usable(reply: Reply, asked: Asked, sources: Any) -> Narrated:
    if isinstance(reply.error, BudgetSpent):
        return Narrated(failure=_failure(reply))
    try:
        return checked(reply.text or "", asked.explanation.statements, sources)
    except ValueError as error:
        raise _Unusable(str(error)) from None


def _failure(reply: Reply) -> str:
    return "invalid" if reply.error is None else type(reply.error).__name__
