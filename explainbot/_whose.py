"""Whose the values of a request are, noted in its vault before a reply may show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from explainbot._outgoing import Outgoing
from explainbot.explain import Source
from explainbot.privacy.audience import Audience, Stands, foreign
from explainbot.privacy.detection import PLACEHOLDER_LIKE

__all__ = ["note_whose", "tell_whose", "withholds"]


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


def tell_whose(visit: Outgoing, judge: Callable[[], object]) -> None:
    """Note that a request is over: a later reply may show what it said, also if nothing was explained.

    Args:
        judge: calls `note_whose` for what the request said, unless that was done.
    """
    if visit.hidden.keys() - visit.vault.judged:
        with suppress(Exception):  # the reply is given by now; what cannot be told is withheld where it is asked for
            judge()
    visit.vault.spoken |= visit.hidden.keys()


def withholds(token: str, visit: Outgoing, judge: Callable[[], object]) -> bool:
    """Whether a value is somebody else's, or nobody's that this request or one before it spoke of."""
    vault = visit.vault
    if vault.entity_type_of(token) == PLACEHOLDER_LIKE:
        return False
    try:
        if token not in vault.judged or token in vault.foreign:
            judge()
    except Exception:  # noqa: BLE001 - a reply is never lost over it: what cannot be told is withheld
        return True
    known = token in vault.judged or token in vault.spoken or token in visit.hidden
    return token in vault.foreign or not known


def _said_as(source: Source) -> str:
    """The kind of a source; a document that a message or a tool brought along is taken for what that is."""
    brought = source.kind == "document" and source.origin not in (None, "instructions")
    return str(source.origin) if brought else source.kind
