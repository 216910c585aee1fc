"""Whose values a reply may show to the customer.

A model that was given a staff list can repeat it. So a value that was found in a document or in the instructions alone
is shown only if it is the customer's, or the company's:

- what the customer or the bot said in the conversation, what a tool returned in it, and what is known of the customer
  is shown, wherever else it stands;
- what stands in one paragraph with the customer's own data, and with nobody else's, is theirs;
- in a document a name is somebody else's, and so is what is personal by its kind, such as a card or a date of birth; an
  address, a phone or an account number beside no name, and a mailbox of a role such as `support@` (RFC 2142), is the
  company's;
- in the instructions it takes more, because they often describe the customer and name the bot: it has to be known who
  the customer is, and somebody else's name has to stand in the paragraph with further data.

Tool calls are not shown to the customer: the company's own code gets every value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from explainbot.privacy.restorer import spelled
from explainbot.privacy.vault import Vault

__all__ = ["Audience", "Stands", "foreign"]

Audience = Literal["conversation", "customer", "all"]
"""Whose values a reply shows: those of the conversation, of the customer alone, or everybody's."""

SAID = frozenset({"customer_message", "history", "profile"})
"""Kinds of texts in which a value was said to or by the customer, or is known of them."""

CONTACTS = frozenset(
    "PHONE_NUMBER ADDRESS LOCATION PLACE POSTCODE URL IP_ADDRESS ORGANIZATION IBAN_CODE BANK_ACCOUNT DATE_TIME "
    "SOCIAL_HANDLE".split()
)
"""Entity types that companies print of themselves."""

ROLES = frozenset(
    # RFC 2142
    "abuse ftp hostmaster info marketing news noc postmaster sales security support usenet uucp webmaster www "
    # and others in use
    "accounts admin billing booking bookings care careers claims complaints contact customercare customerservice "
    "datenschutz dataprotection donotreply dpo enquiries feedback gdpr hello help helpdesk hilfe inquiries jobs "
    "kontakt legal mail noreply office orders press privacy refunds reply reservations returns service services "
    "shipping team website".split()
)
"""Names of mailboxes that belong to a role, not to a person."""

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_WORD = re.compile("[a-z]+")


class Stands(NamedTuple):
    """A text of the request, redacted: a kind of `explainbot.Source`, and whether a document was told apart in it."""

    kind: str
    text: str


def foreign(
    tokens: Iterable[str],
    texts: Iterable[Stands],
    vault: Vault,
    is_customers: Callable[[str], bool],
    *,
    known: bool,
    audience: Audience = "conversation",
) -> Iterator[tuple[str, bool]]:
    """Which values are somebody else's; nothing of those that stand in no text.

    Args:
        tokens: placeholders and surrogates.
        texts: what the request says.
        vault: what they stand for.
        is_customers: whether one stands for a value that the customer is known by.
        known: whether it is known who the customer is.
        audience: "customer" takes what tools returned for somebody else's, too.
    """
    said = SAID if audience == "customer" else SAID | {"tool_result"}
    texts = list(texts)
    for token in tokens:
        stands = [one for one in texts if token in one.text]
        if stands:
            shown = any(one.kind in said for one in stands) or is_customers(token)
            yield token, not shown and any(_of_another(token, one, vault, is_customers, known) for one in stands)


def _of_another(token: str, stands: Stands, vault: Vault, is_customers: Callable[[str], bool], known: bool) -> bool:
    for paragraph in _PARAGRAPH.split(stands.text):
        if token not in paragraph:
            continue
        beside = {one.placeholder for one in spelled(paragraph, vault)} - {token}
        own = {one for one in beside if is_customers(one)}
        people = {one for one in beside - own if vault.entity_type_of(one) == "PERSON"}
        if own and not people:
            continue
        if stands.kind == "instructions":
            person = people or (vault.entity_type_of(token) == "PERSON" and beside)
            if known and person:
                return True
        elif people or _is_personal(token, vault):
            return True
    return False


def _is_personal(token: str, vault: Vault) -> bool:
    """Whether a value is a person's by its kind, wherever it stands."""
    kind = vault.entity_type_of(token)
    if kind == "EMAIL_ADDRESS":
        mailbox = (vault.original_of(token) or "").lower().partition("@")[0]
        return ROLES.isdisjoint(_WORD.findall(mailbox))
    return kind not in CONTACTS
