"""Whose the values of a request are, noted in its vault before a reply may show them."""

from __future__ import annotations

from collections.abc import Sequence

from explainbot._outgoing import Outgoing
from explainbot.explain import Source
from explainbot.privacy.audience import Audience, Stands, foreign
from explainbot.privacy.detection import PLACEHOLDER_LIKE

__all__ = ["note_whose"]


def note_whose(sources: Sequence[Source], visit: Outgoing, audience: Audience) -> None:
    """Tell of every value whose owner is not known yet, or was somebody else so far, whose it is.

    What stands in none of the sources is left to the exchange it stands in, which may be under way beside this one.
    """
    vault, customer = visit.vault, visit.redactor.customer
    tokens = {entry.placeholder for entry in vault.entries()} - vault.judged | vault.foreign
    own = {token for token in tokens if vault.entity_type_of(token) == PLACEHOLDER_LIKE}
    texts = [Stands(_said_as(source), source.text) for source in sources]
    known = customer is not None and bool(customer.name or customer.email or customer.phone)
    whose = foreign(sorted(tokens - own), texts, vault, visit.is_customers, known=known, audience=audience)
    for token, is_foreign in whose:
        vault.judge(token, is_foreign)


def _said_as(source: Source) -> str:
    """The kind of a source; a document that a message or a tool brought along is taken for what that is."""
    brought = source.kind == "document" and source.origin not in (None, "instructions")
    return str(source.origin) if brought else source.kind
