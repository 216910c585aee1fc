"""The customer a conversation is about, as the company already knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

PLACE = "PLACE"

_KEYS: tuple[tuple[str, str], ...] = (
    (r"dob|date_?of_?birth|birth_?(date|day)|born", "DATE_OF_BIRTH"),
    (r"e_?mail", "EMAIL_ADDRESS"),
    (r"phone|mobile|cell|tel|fax|whatsapp", "PHONE_NUMBER"),
    (r"zip|post_?code|postal_?code|plz|cap_code", "POSTCODE"),
    (r"city|town|country|state|province|region|county", PLACE),
    (r"street|address.*|addr.*|line_?[0-9]", "ADDRESS"),
    (r"passport", "PASSPORT"),
    (r"licen[cs]e", "DRIVER_LICENSE"),
    (r"ssn|social_?security", "US_SSN"),
    (r"tax|vat|tin", "TAX_ID"),
    (r"national|identity|id_?card", "NATIONAL_ID"),
    (r"iban", "IBAN_CODE"),
    (r"payments?", "PAYMENT_ID"),
    (r"(credit|debit)?_?card", "CREDIT_CARD"),
    (r"(bank_)?account", "BANK_ACCOUNT"),
    (r"member(ship)?|loyalty|frequent", "MEMBERSHIP_ID"),
    (r"plate|vin|vehicle|registration", "VEHICLE"),
    (r"ip", "IP_ADDRESS"),
    (r"password|passcode|pin|secret|token|cvv|cvc", "CREDENTIAL"),
    (r"handle|twitter|instagram|telegram", "SOCIAL_HANDLE"),
    (r"company|employer|organi[sz]ation", "ORGANIZATION"),
    (r"url|website|homepage", "URL"),
    (r"user|user_?(id|name)|login", "USER_ID"),
    (r"customer|client", "CUSTOMER_ID"),
    (r"order|ticket|case|invoice|tracking|shipment|parcel|booking|reservation|reference", "REFERENCE_ID"),
    (r"(first|last|given|family|full|middle|maiden|sur)?_?names?|passengers?|surname", "PERSON"),
)
_COMPILED = tuple((re.compile(rf"(?:^|_)(?:{pattern})(?:_|s?$|[0-9])"), kind) for pattern, kind in _KEYS)

_NOT_PERSONAL_TEXT = """
amount balance brand created currency kind language level locale plan source status tier timezone type updated
"""
NOT_PERSONAL = frozenset(_NOT_PERSONAL_TEXT.split())
"""Names of members inside nested `extra` values that describe the thing, not the person."""


class ReadOnly(dict[str, Any]):
    """A dictionary that stays as it is, for what was made of its values is kept. It can be copied, as no proxy can."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("what is known of a customer cannot be changed: make a new Customer")

    __setitem__ = __delitem__ = __ior__ = update = setdefault = pop = popitem = clear = _refuse

    def __reduce__(self) -> tuple[type[ReadOnly], tuple[dict[str, Any]]]:
        return ReadOnly, (dict(self),)


@dataclass(frozen=True)
class Customer:
    """What is known of the customer; every value, and its obvious variants, is hidden wherever it stands.

    Everything is optional. The `repr` shows how many values there are, never one of them.

    A value that says too little is left, for it would hide half of every text: one of fewer than three letters or
    digits, of fewer than four digits alone, or of nothing but everyday words ("the", "you"), particles and titles. Of
    a name the initials and titles alone are left, a part of two letters is hidden, and one that is an everyday word
    too (An, Will, May) is hidden where it has a capital.

    Attributes:
        id: the company's number for the customer.
        name: the full name, given name first.
        email: the e-mail address.
        phone: the telephone number, with its country code if known.
        address: the postal address, its lines separated by commas or newlines. The street line and the postcode are
            hidden; city and country only with `mask_places`.
        extra: anything else, by name: a string, a number, or lists and dicts of them. The name decides what the value
            counts as (`date_of_birth`, `payment_id`, `order`, ...), otherwise it is `CUSTOMER_DATA`.
    """

    id: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "extra", ReadOnly(self.extra))

    def __hash__(self) -> int:
        return hash((self.id, self.name, self.email, self.phone, self.address, *sorted(self.extra)))

    def __reduce__(self) -> tuple[type[Customer], tuple[Any, ...]]:
        return Customer, (self.id, self.name, self.email, self.phone, self.address, dict(self.extra))

    def facts(self) -> Iterator[tuple[str, str]]:
        """(entity type, value) of every value given, nested ones included; `PLACE` for cities and countries."""
        given = (
            ("CUSTOMER_ID", self.id),
            ("PERSON", self.name),
            ("EMAIL_ADDRESS", self.email),
            ("PHONE_NUMBER", self.phone),
            ("ADDRESS", self.address),
            *((kind_of(name), value) for name, value in self.extra.items()),
        )
        for kind, value in given:
            yield from _leaves(kind, value)

    def __repr__(self) -> str:
        return f"Customer({sum(1 for _ in self.facts())} values)"


def kind_of(name: str) -> str:
    """The entity type of a value called `name`; `CUSTOMER_DATA` when the name says nothing."""
    plain = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()).strip("_")
    return next((kind for pattern, kind in _COMPILED if pattern.search(plain)), "CUSTOMER_DATA")


def _leaves(kind: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _member(kind, str(name), item)
    elif isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        for item in value:
            yield from _leaves(kind, item)
    elif value is not None and not isinstance(value, bool):
        text = str(value).strip()
        if text:
            yield kind, text


def _member(kind: str, name: str, item: Any) -> Iterator[tuple[str, str]]:
    """A member of a nested value. A name with a number in it (`card_4421486`) is itself a value."""
    if sum(char.isdigit() for char in name) >= 4:
        yield from _leaves(kind, name)
        yield from _leaves(kind, item)
    elif name.lower() not in NOT_PERSONAL:
        own = kind_of(name)
        yield from _leaves(kind if own == "CUSTOMER_DATA" or name.lower() == "id" else own, item)
