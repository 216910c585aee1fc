"""What is kept of an exchange that was explained, so that more can be asked about its reply later on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from explainbot._given import Context
from explainbot._provenance import Offsets
from explainbot.explain import Explanation, Record
from explainbot.privacy import Redacted, Redactor, Vault
from explainbot.privacy.restorer import restore_all

__all__ = ["Asked"]


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """A request that was answered and explained, as it went over the wire: everything but the vault is redacted.

    Attributes:
        protocol: name of the wire protocol, such as "openai.chat".
        request: the body as sent.
        characters: its length.
        record: what its explanation was computed from.
        explanation: that explanation.
        context: whose conversation it was, what for, and the documents named for it (these as given, not redacted).
        vault, redactor: what hid the personal data, and hides it again.
        hidden: each placeholder in the request, and its entity type.
        withheld: placeholders whose values are not for the customer.
    """

    protocol: str
    request: Mapping[str, Any]
    characters: int
    record: Record
    explanation: Explanation
    context: Context
    vault: Vault
    redactor: Redactor
    hidden: Mapping[str, str] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    _offsets: dict[str, Offsets] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Asked {self.record.trace_id}>"

    def redacted(self, text: str) -> Redacted:
        """`text` without personal data, with the placeholders of this conversation."""
        return self.redactor.redact_known(text, self.vault).text

    def shown(self, explanation: Explanation) -> Explanation:
        """The customer's copy of a redacted explanation of this reply: originals in place of placeholders."""
        in_reply = Offsets.of(self.record.reply, self.vault, self.withholds)
        return explanation.restored(self._restored, in_reply.restored, self._source_offset)

    def withholds(self, token: str) -> bool:
        """Whether a value is not for the customer."""
        return token in self.withheld

    def _restored(self, text: str) -> str:
        return restore_all(text, self.vault, self.withholds)

    def _source_offset(self, source_id: str, offset: int) -> int:
        if source_id not in self._offsets:
            text = next((source.text for source in self.record.sources if source.id == source_id), "")
            self._offsets[source_id] = Offsets.of(text, self.vault, self.withholds)
        return self._offsets[source_id].restored(offset)
