"""What a reply may rest on, as its request tells, and the explanation that comes of it.

What does not need the reply (the sources, what was hidden in them) can be worked out while the provider is at work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from explainbot._asked import Asked
from explainbot._given import Context, Policy
from explainbot._outgoing import Outgoing
from explainbot._provenance import told_apart
from explainbot._replies import Said
from explainbot._spelt import in_parts, wholes
from explainbot._whose import note_whose
from explainbot.explain import Cited, Decision, Record, Source, explain, read_ahead
from explainbot.explain.decision import from_tools
from explainbot.protocols.base import ReplyFacts, SentText, WireProtocol

__all__ = ["Grounds"]


@dataclass(slots=True, repr=False)
class Grounds:
    """What a reply may rest on.

    Attributes:
        protocol, policy, context: as in `Exchange`.
        request, characters: the body as sent, and its length.
        visit: what was hidden in it.
        replaced: whether the model saw the body as sent, and not as it was.
        trace_id, created, provider: as in `Record`.
        sources, unsent: once gathered, what the model was given, and the documents named that it was not given.
    """

    protocol: WireProtocol
    policy: Policy
    context: Context
    request: Mapping[str, Any]
    characters: int
    visit: Outgoing
    replaced: bool
    trace_id: str
    created: datetime
    provider: str
    sources: tuple[Source, ...] = ()
    unsent: tuple[Source, ...] = ()
    _found: tuple[SentText, ...] = ()
    _ahead: tuple[Any, tuple[tuple[Source, ...], tuple[Source, ...]]] | None = field(default=None, init=False)

    def bring(self, found: Sequence[SentText]) -> None:
        """What the reply brought along, such as the results of a search, is among what it may rest on."""
        if found:
            self._found, self._ahead, self.sources, self.unsent = tuple(found), None, (), ()

    def read_ahead(self) -> None:
        """Do now what does not need the reply. A fault shows where it is done again, for the reply."""
        with suppress(Exception):
            self._ahead = self.visit.vault.latest, self._told_apart()
            read_ahead(self._ahead[1][0])

    def gather(self) -> None:
        """Provenance: what was really sent, each given document told apart from the message that carried it."""
        if self.sources or self.unsent:
            return
        if self._ahead is not None and self._ahead[0] == self.visit.vault.latest:  # nothing became known since
            self.sources, self.unsent = self._ahead[1]
        else:
            self.sources, self.unsent = self._told_apart()
        if self.policy.audience != "all":
            note_whose(self.named, self.visit, self.policy.audience)
        if not self.protocol.shows_sources:
            self.sources, self.unsent = (*self.unsent, *self.sources), ()

    def _told_apart(self) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
        hide = self.visit.hide
        given = [source.changed(hide) for source in self.context.sources]
        found = [replace(text, text=hide(text.text)) for text in self._found]
        return told_apart(given, [*self.protocol.sent(self.request), *found], self.visit.is_customers)

    @property
    def named(self) -> tuple[Source, ...]:
        """Every source the explanation names."""
        return (*self.sources, *self.unsent)

    @property
    def hidden(self) -> Mapping[str, int]:
        """Distinct values hidden from the provider, by entity type."""
        return Counter(self.visit.hidden.values()) if self.replaced else {}

    def explained(self, reply: str, said: Said, facts: ReplyFacts, decided: Sequence[Decision]) -> Asked:
        """The explanation of a reply, with what it takes to ask about it again.

        Args:
            reply: its text, redacted.
            said: what else it said.
            facts: what it says of itself.
            decided: what was decided in the turn so far.
        """
        self.gather()
        visit, record = self.visit, self._record(reply, said, facts, decided)
        request = (self.protocol.name, self.request, self.characters)
        hidden = dict(visit.hidden) if self.replaced else {}
        withheld = frozenset(visit.vault.foreign if self.policy.audience != "all" else ())
        return Asked(*request, record, explain(record), self.context, visit.vault, visit.redactor, hidden, withheld)

    def _record(self, reply: str, said: Said, facts: ReplyFacts, decided: Sequence[Decision]) -> Record:
        visit, hide = self.visit, self.visit.hide
        spelt = ([source.text for source in self.sources], visit.hidden, visit.vault)
        return Record(
            trace_id=self.trace_id,
            created=self.created,
            operation=self.protocol.operation,
            provider=self.provider,
            model=facts.model or self.protocol.model(self.request),
            reply=reply if facts.citations else in_parts(reply, *spelt),
            wholes=wholes(reply, *spelt),
            sources=self.sources,
            unsent=self.unsent,
            hidden=self.hidden,
            purpose=_if_any(hide, self.context.purpose),
            purposes={name: hide(purpose) for name, purpose in self.context.purposes.items()},
            operator=self.policy.operator,
            contact=self.policy.contact,
            tool_calls=facts.tool_calls,
            refusal=said.refused,
            finish_reason=facts.finish_reason,
            language=self.context.language,
            unknown_placeholders=said.unknown,
            hidden_in=self._hidden_in(),
            hidden_in_reply=visit.kinds(reply),
            decisions=self._decisions(decided, facts.tool_calls),
            cited=tuple(Cited(one.start, one.end, hide(one.url), _if_any(hide, one.title)) for one in facts.citations),
        )

    def _hidden_in(self) -> Mapping[str, tuple[str, ...]]:
        """The entity types hidden in each source that has any."""
        kinds = {source.id: tuple(sorted(self.visit.kinds(source.text))) for source in self.sources}
        return {id: some for id, some in kinds.items() if some}

    def _decisions(self, declared: Sequence[Decision], called: Sequence[str]) -> tuple[Decision, ...]:
        """What was decided: as the bot says, else as far as the tools called since the customer's message show it.

        Args:
            declared: what was decided in the turn so far.
            called: the tools that the reply asks for.
        """
        said = (*self.context.decisions, *(one for one in declared if one not in self.context.decisions))
        texts = list(self.protocol.sent(self.request))
        since = next((n for n in range(len(texts) - 1, -1, -1) if texts[n].kind == "customer_message"), 0)
        answered = [one.tool for one in texts[since:] if one.kind == "tool_result" and one.tool]
        shown = from_tools(self.policy.decisions, [*answered, *called], said)
        return tuple(one.reworded(self.visit.hide) for one in (*said, *shown))


def _if_any(change: Callable[[str], str], text: str | None) -> str | None:
    return None if text is None else change(text)
