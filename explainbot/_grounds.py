"""What a reply may rest on, told from its request: the sources, what was hidden in them, and what was decided.

All but the reply's own part of an explanation is here, so that it can be worked out while the provider is at work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from explainbot._given import Context, Policy
from explainbot._outgoing import Outgoing
from explainbot._provenance import told_apart
from explainbot._whose import note_whose
from explainbot.explain import Decision, Source, read_ahead
from explainbot.explain.decision import from_tools
from explainbot.protocols.base import SentText, WireProtocol

__all__ = ["Grounds"]


@dataclass(slots=True, repr=False)
class Grounds:
    """What a reply may rest on.

    Attributes:
        protocol, policy, context: as in `Exchange`.
        request: the body as sent.
        visit: what was hidden in it.
        replaced: whether the model saw the body as sent, and not as it was.
        sources, unsent: once gathered, what the model was given, and the documents named that it was not given.
    """

    protocol: WireProtocol
    policy: Policy
    context: Context
    request: Mapping[str, Any]
    visit: Outgoing
    replaced: bool
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

    def hidden_in(self) -> Mapping[str, tuple[str, ...]]:
        """The entity types hidden in each source that has any."""
        kinds = {source.id: tuple(sorted(self.visit.kinds(source.text))) for source in self.sources}
        return {id: some for id, some in kinds.items() if some}

    def decisions(self, declared: Sequence[Decision], called: Sequence[str]) -> tuple[Decision, ...]:
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
