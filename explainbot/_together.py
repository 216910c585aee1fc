"""One explanation for a turn in which the model was called more than once, as agents do.

The customer gets one reply: the last one that says something. It is judged against all that the model was given in any
of the calls, because a later call need not carry what an earlier one did: an agent may hand over to another, or go on
from a response that the provider keeps. The calls themselves are listed for staff.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count

from explainbot._asked import Asked
from explainbot.explain import CallNote, Decision, Explanation, Record, Source, explain
from explainbot.privacy import Customer
from explainbot.privacy.restorer import restore_all

__all__ = ["together"]


def together(calls: Sequence[Asked], answer: str | None = None) -> Explanation:
    """The customer's explanation of what a turn's calls came to.

    Args:
        calls: in the order in which they were answered; at least one.
        answer: what the customer was told, if that is known.
    """
    said = _said(calls, answer)
    calls = [one for one in calls if _whose(one) == _whose(said)]
    if len(calls) == 1:
        return said.shown(said.explanation)
    joined = replace(said, record=_joined(said, calls), withheld=_withheld(said, calls), _offsets={})
    made = explain(joined.record).model_copy(update={"calls": tuple(CallNote.of(one.explanation) for one in calls)})
    return joined.shown(made)


def _said(calls: Sequence[Asked], answer: str | None) -> Asked:
    """The call whose reply the customer got."""
    speaking = [one for one in calls if one.record.refusal or one.record.reply.strip()]
    told = (answer or "").strip()
    same = [one for one in speaking if told and restore_all(one.record.reply, one.vault).strip() == told]
    return [calls[-1], *speaking, *same][-1]


def _whose(one: Asked) -> tuple[str, str | None, Customer | None]:
    """Nothing goes from one customer's or conversation's explanation into another's."""
    return one.vault.tenant, one.context.conversation, one.context.customer


def _joined(said: Asked, calls: Sequence[Asked]) -> Record:
    """The record of the turn's reply, with what the other calls add to it."""
    given = _Given(list(said.record.sources), dict(said.record.hidden_in))
    unsent = {source.id: source for source in said.record.unsent}
    decisions: dict[Decision, None] = dict.fromkeys(said.record.decisions)
    for number, one in enumerate(calls, 1):
        if one is not said:
            change = _into(said, one)
            given.take(one, change, f"call-{number}")
            decisions.update(dict.fromkeys(decision.reworded(change) for decision in one.record.decisions))
    sent = {source.id for source in given.sources}
    return replace(
        said.record,
        sources=tuple(given.sources),
        hidden_in=given.hidden_in,
        hidden=_hidden(calls),
        unsent=tuple(source for id, source in unsent.items() if id not in sent),
        tool_calls=tuple(dict.fromkeys(tool for one in calls for tool in one.record.tool_calls)),
        decisions=tuple(decisions),
    )


def _into(said: Asked, other: Asked) -> Callable[[str], str]:
    """Redacted text of another call, in the placeholders of the one that answered."""
    if other.vault is said.vault:
        return lambda text: text
    return lambda text: said.redactor.redact(restore_all(text, other.vault), said.vault).text


def _withheld(said: Asked, calls: Iterable[Asked]) -> frozenset[str]:
    """What is not for the customer: as each call judges it, unless it is theirs in another."""
    tokens = set(said.withheld)
    for one in calls:
        if one.vault is not said.vault:
            change = _into(said, one)
            tokens -= {change(sign) for sign in one.hidden.keys() - one.withheld}
            tokens |= {change(sign) for sign in one.withheld} - said.hidden.keys()
    return frozenset(tokens)


def _hidden(calls: Iterable[Asked]) -> Counter[str]:
    """Different values hidden in any of the calls, by entity type."""
    values = {one.vault.original_of(sign): kind for one in calls for sign, kind in one.hidden.items()}
    return Counter(values.values())


@dataclass
class _Given:
    """What the model was given in the calls so far, each text once."""

    sources: list[Source]
    hidden_in: dict[str, tuple[str, ...]]
    _seen: set[tuple[str, str]] = field(init=False)
    _ids: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self._seen = {(source.kind, source.text) for source in self.sources}
        self._ids = {source.id for source in self.sources}

    def take(self, call: Asked, change: Callable[[str], str], name: str) -> None:
        """Add what a call was given beyond that; ids that are taken begin with the call's `name`."""
        for source in call.record.sources:
            moved = source.changed(change)
            if (moved.kind, moved.text) in self._seen:
                continue
            self._seen.add((moved.kind, moved.text))
            moved = replace(moved, id=self._free(moved.id, name), message=source.message and f"{name}.{source.message}")
            self.sources.append(moved)
            self.hidden_in[moved.id] = call.record.hidden_in.get(source.id, ())

    def _free(self, id: str, name: str) -> str:
        names = chain((id, f"{name}.{id}"), (f"{name}.{id}.{number}" for number in count(2)))
        found = next(one for one in names if one not in self._ids)
        self._ids.add(found)
        return found
