"""What the demo asks the model, in the support desk's own words: its search, its order look-up, its prompts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from explainbot import Customer, Source
from explainbot.demo.desk import desk

__all__ = ["Asking", "asking"]


@dataclass(frozen=True, slots=True)
class Asking:
    """One call, ready to be made.

    Attributes:
        messages: for the model, with personal data in them: the drop-in client hides it.
        begun: the opening of the reply; a streamed reply does not repeat it.
        settings: further arguments of the call.
        customer: whose data is hidden; an order number in the message is theirs too.
        sources: the passages in the messages.
        purpose: what the customer's data is used for.
    """

    messages: list[dict[str, Any]]
    begun: str
    settings: dict[str, Any]
    customer: Customer
    sources: tuple[Source, ...]
    purpose: str


def asking(message: str, session: Any, *, small: bool) -> Asking:
    """The call that answers `message` in the desk's `session`; `small` takes the prompt for very small models."""
    number = desk("orders").order_number(message)
    customer = session.customer
    if number is not None:
        customer = replace(customer, extra={**customer.extra, "order": number})
    found = desk("desk").find(message, session, small=small)
    messages, begun, settings = desk("desk").ask(message, found, session, small=small)
    return Asking(messages, begun, settings, customer, found.sources, found.purpose)
