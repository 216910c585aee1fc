"""A name as the reply spells it and as it was sent: whole here, in two fields of a look-up there, or the first alone.

Every spelling of a value has a placeholder of its own. A look-up says `{"first_name": "[PERSON_1]", "last_name":
"[PERSON_2]"}` and the model writes both; restored and hidden again, "Jane Doe" is `[PERSON_3]`, which no source holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from explainbot.privacy import Vault, placeholders

__all__ = ["in_parts", "wholes"]

MOST = 100
"""Different values of a reply that are looked for: each is searched for in all that was sent."""

_PARTS = re.compile(r"([\s\u200e\u200f\u2066-\u2069]+)")
"""What parts two words of a name: space, and the marks that keep a name's direction apart from its sentence's."""

_WORDS = re.compile(r"[^\W_]+")


def in_parts(reply: str, texts: Sequence[str], sent: Mapping[str, str], vault: Vault) -> str:
    """The reply with each value that stands nowhere whole put as its parts; it restores to the same text.

    Args:
        reply: redacted.
        texts: those it may rest on, as sent.
        sent: the placeholders that were sent, with their entity types.
        vault: what they stand for.
    """
    alone = list(_alone(reply, texts))
    known = {(kind, vault.original_of(one)): one for one, kind in sent.items()} if alone else {}
    pieces: list[str] = []
    at = 0
    for start, end, placeholder in alone:
        words = _PARTS.split(vault.original_of(placeholder) or "")
        kind = vault.entity_type_of(placeholder) or ""
        put = [word if place % 2 else known.get((kind, word), "") for place, word in enumerate(words)]
        if len(words) > 2 and all(put):
            pieces += (reply[at:start], *put)
            at = end
    return "".join((*pieces, reply[at:]))


def _alone(reply: str, texts: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The placeholders of the reply that stand in none of the texts; of the first `MOST` different ones."""
    sent: dict[str, bool] = {}
    for one in placeholders.find(reply):
        if one.placeholder not in sent and len(sent) < MOST:
            sent[one.placeholder] = any(one.placeholder in text for text in texts)
        if not sent.get(one.placeholder, True):
            yield one.start, one.end, one.placeholder


def wholes(reply: str, texts: Sequence[str], sent: Mapping[str, str], vault: Vault) -> dict[str, tuple[str, ...]]:
    """What stands nowhere by itself to what was sent and holds it, word for word: "Jane" to "Jane Doe".

    Case and what parts the words count for nothing: "Certificate 75" is "certificate_75".
    """
    alone = {placeholder for _, _, placeholder in _alone(reply, texts)}
    known = [(one, kind, _words(vault.original_of(one))) for one, kind in sent.items()] if alone else []
    found = {}
    for placeholder in sorted(alone):
        own, kind = _words(vault.original_of(placeholder)), vault.entity_type_of(placeholder)
        found[placeholder] = tuple(one for one, other, there in known if own and other == kind and _holds(there, own))
    return {placeholder: holders for placeholder, holders in found.items() if holders}


def _words(value: str | None) -> list[str]:
    return _WORDS.findall((value or "").casefold())


def _holds(there: list[str], words: list[str]) -> bool:
    return any(there[at : at + len(words)] == words for at in range(len(there) - len(words) + 1))
