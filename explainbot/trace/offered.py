"""What a store is given: traces with their place in the log, and the gaps where some were lost on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from explainbot import _json
from explainbot.trace.model import Trace

__all__ = ["CONVERSATION", "EXAMINED", "Lost", "Offered", "as_term", "own_terms", "states_of", "traits_of"]

CONVERSATION: Final = "conversation"
"""The kind of search term that a conversation's id is."""

EXAMINED: Final = "examined"
"""The kind of search term that the id of an earlier reply's trace is, for what examining that reply came to."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A trace on its way into a store.

    Attributes:
        trace: what is kept.
        found_by: kind and value of what it shall be found by besides its own names, such as ("customer", "c-1"). A
            store keeps keyed hashes of these, never the values.
        lane: the recorder it was offered to.
        number: its place among all that was offered to that recorder, from 0.
    """

    trace: Trace
    found_by: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    lane: str = ""
    number: int = 0


def as_term(value: str) -> str:
    """A value as it is searched for: in one case and without spaces, so that what is typed later finds it."""
    return "".join(value.casefold().split())


@dataclass(frozen=True, slots=True)
class Lost:
    """Traces that were offered one after the other and never reached a store.

    Attributes:
        lane: the recorder they were offered to.
        number: the place of the first of them.
        count: how many.
        reason: why, in a word or two.
        noticed: when, UTC.
    """

    lane: str
    number: int
    count: int
    reason: str
    noticed: datetime


def own_terms(trace: Trace) -> Iterable[tuple[str, str]]:
    """What a trace can be found by that is its own, or its conversation's."""
    if trace.conversation is not None:
        yield CONVERSATION, trace.conversation
    if trace.is_result and trace.examines is not None:
        yield EXAMINED, trace.examines


def traits_of(trace: Trace) -> Iterable[tuple[str, str]]:
    """What a trace is found by that many have in common: the types of data hidden, the states of statements."""
    for entity_type in trace.hidden:
        yield "entity", entity_type
    for state in _other_states(trace.explanation):
        yield "state", state


def _other_states(explanation: str | None) -> list[str]:
    """The states of statements but for "found", which nearly every reply has."""
    if explanation is None or explanation.count('"state"') == explanation.count('"state":"found"'):
        return []  # without reading it all: most replies are of this kind
    return [state for state in states_of(explanation) if state != "found"]


def states_of(explanation: str | None) -> Counter[str]:
    """How many statements in an explanation's JSON are in which state: found, not found, ..."""
    try:
        statements = _json.loads(explanation or "{}")["statements"]
        return Counter(state for one in statements if isinstance(state := one["state"], str))
    except (ValueError, KeyError, TypeError):
        return Counter()
