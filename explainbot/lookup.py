"""From what a bot has in its hands back to the explanation that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from itertools import chain
from typing import Any

from pydantic import ValidationError

from explainbot._vaults import Recent
from explainbot.context import Turn
from explainbot.engine import Engine, engines
from explainbot.errors import StoreError
from explainbot.exchange import TRACE_HEADER
from explainbot.explain import Explanation
from explainbot.sinks.events import emit

__all__ = ["explanation_of", "remember"]

TRACE_ID_LENGTH = 32
"""Hexadecimal digits of a trace id: 128 random bits."""

KEPT_BY_FRAMEWORKS: tuple[tuple[str | int, ...], ...] = (
    ("id",),
    ("response", "id"),
    ("response_metadata", "id"),
    ("provider_response_id",),
    ("response", "provider_response_id"),
    ("response_id",),
    ("raw_responses", -1, "response_id"),
)
"""Where the provider's id of a reply stands: in the reply; in the event that ends it; in a message of LangChain; in a
reply and a run of Pydantic AI; in a reply and a run of the Agents SDK."""

MAX_RESULTS = 256
"""Results of decorated handlers that are kept with their explanation."""

_results: Recent[int, tuple[Any, Explanation, bool]] = Recent(MAX_RESULTS)
"""By identity: the result, its newest explanation, and whether the same object was returned before."""
_last_here: ContextVar[tuple[Any, Explanation] | None] = ContextVar("explainbot_last_result", default=None)


def explanation_of(thing: Any) -> Explanation:
    """The explanation of a reply.

    Args:
        thing: a reply, a parsed reply, a chunk of a stream after its end, the event that ends a response, a `stream()`
            helper's final completion, a raw response, the result of a handler decorated with `explained`, a `Turn`, a
            trace id, or what a framework made of a reply, as long as that keeps the reply or its id.

    Returns:
        The explanation; one that says "not available" where none could be made, none is remembered, or the store that
        may hold it cannot be read (the log then says so).

    Raises:
        TypeError: `thing` is nothing that can have an explanation.
    """
    if isinstance(thing, Explanation):
        return thing
    return _found(thing) or Explanation.unavailable()


def _found(thing: Any) -> Explanation | None:
    if isinstance(thing, Turn):
        return thing.explanation
    if (found := _of_result(thing)) is not None:
        return found
    if isinstance(thing, str):
        return _of_trace(thing)
    if (carried := _carried(thing)) is not None:
        return _read(carried)
    if isinstance(headers := getattr(thing, "headers", None), Mapping):
        return _of_trace(headers.get(TRACE_HEADER, ""))
    return _kept(thing)


def _kept(thing: Any) -> Explanation | None:
    """By the provider's id of a reply, wherever it is kept, or by the reply itself."""
    if names := [name for path in KEPT_BY_FRAMEWORKS if isinstance(name := _at(thing, path), str)]:
        return next((found for name in names if (found := _of_response(name)) is not None), None)
    if (raw := _member(thing, "raw")) is not None:
        return _found(raw)
    raise TypeError(f"{type(thing).__name__} has no explanation: give a reply, a handler's result or a trace id")


def remember(result: Any, explanation: Explanation) -> None:
    """Keep the explanation of a handler's result, which itself stays what it is.

    The result is found again by identity. One object returned more than once, such as a constant, is found only where
    it was returned last, and nowhere else, so that nobody sees another customer's explanation.
    """
    _last_here.set((result, explanation))
    known = _results.get(id(result))
    _results.put(id(result), (result, explanation, known is not None and known[0] is result))


def _of_result(thing: Any) -> Explanation | None:
    known = _results.get(id(thing))
    if known is None or known[0] is not thing:
        return None
    _, explanation, again = known
    here = _last_here.get()
    returned_here = here is not None and here[1] is explanation
    return explanation if returned_here or not again else None


def _carried(thing: Any) -> Any:
    """The explanation inside a reply, chunk or event: at its top, in the reply it ends, or in the first choice."""
    if (whole := _member(thing, "response")) is not None and (found := _member(whole, "explanation")) is not None:
        return found
    if (top := _member(thing, "explanation")) is not None:
        return top
    choices = _member(thing, "choices")
    for choice in choices if isinstance(choices, list) else ():
        for part in (_member(choice, "delta"), _member(choice, "message")):
            if (found := _member(part, "explanation")) is not None:
                return found
    return None


def _read(carried: Any) -> Explanation | None:
    """An explanation of ours; a server may put something of its own under that name."""
    try:
        return Explanation.model_validate(carried)
    except ValidationError:
        return None


def _member(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


def _at(thing: Any, path: tuple[str | int, ...]) -> Any:
    """The member that a path leads to, or None."""
    for step in path:
        if isinstance(step, str):
            thing = _member(thing, step)
        else:
            thing = thing[step] if isinstance(thing, list) and thing else None
    return thing


def _of_trace(trace_id: str) -> Explanation | None:
    if len(trace_id) != TRACE_ID_LENGTH:
        return None
    living = engines()
    looked_up = chain((engine.remembered(trace_id) for engine in living), (_stored(one, trace_id) for one in living))
    return next((found for found in looked_up if found is not None), None)


def _stored(engine: Engine, trace_id: str) -> Explanation | None:
    """The explanation in one engine's store; one that cannot be read stands in the way of no other."""
    try:
        return engine.explanation(trace_id)
    except StoreError as error:
        emit("warning", "explainbot.store_unreadable", {"error.type": type(error).__name__})
        return None


def _of_response(response_id: str) -> Explanation | None:
    found = [explanation for engine in engines() if (explanation := engine.explanation_by_response(response_id))]
    return found[0] if len(found) == 1 else None
