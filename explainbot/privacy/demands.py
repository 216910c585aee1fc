"""What the JSON Schemas of a request demand of the values in the reply, where that would forbid a placeholder.

A model that must answer in a schema with `"format": "email"` cannot write `[EMAIL_1]`, and one that is asked for an
integer cannot write brackets at all. So for every place in the schemas it is known whether a value may stand there and
its placeholder may not (JSON Schema, draft 2020-12; OpenAI's strict mode enforces a subset of it while decoding). A
value that has such a place is sent as a surrogate that may stand there too (see `surrogates`). A number stands for
itself only where the name of its field says what it is, or where it is listed: else every amount would be a card.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from explainbot.privacy.surrogates import digits, offered

__all__ = ["Demand", "Demands", "Place", "places"]

_parser: Any = import_module("re._parser")

FORMATS: Mapping[str, str] = {
    "email": r"[^@\s\[\]]+@[^@\s\[\]]+\.[^@\s\[\]]+",
    "idn-email": r"[^@\s\[\]]+@[^@\s\[\]]+\.[^@\s\[\]]+",
    "ipv4": r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}",
    "ipv6": r"[0-9a-fA-F:.]{2,45}",
    "uri": r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\[\]]+",
    "url": r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\[\]]+",
    "iri": r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\[\]]+",
    "uuid": r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "phone": r"\+?[0-9 ().-]{6,25}",
    "tel": r"\+?[0-9 ().-]{6,25}",
    "e164": r"\+[0-9]{6,15}",
    "iban": r"[A-Za-z]{2}[0-9]{2}[A-Za-z0-9 ]{10,38}",
    "credit-card": r"[0-9 -]{13,24}",
}
"""Names of formats (JSON Schema Validation, 7.3, and others in use) to their shape, as far as it matters here."""

NUMBER_WORDS: Mapping[str, frozenset[str]] = {
    "CREDIT_CARD": frozenset("card pan creditcard cardnumber".split()),
    "PHONE_NUMBER": frozenset("phone tel telephone mobile cell fax msisdn phonenumber whatsapp".split()),
    "US_SSN": frozenset("ssn social".split()),
}
"""Entity type to the words by which the name of a number's field says that it is one."""

SCHEMAS = frozenset({"schema", "parameters", "input_schema", "output_schema", "item_schema"})
"""Fields that hold a schema."""

HOLDERS = ("tools", "functions", "response_format", "text", "output_config", "output_format")
"""Fields of a request that such fields stand in."""

LONGEST_VALUE = 100
MOST_REPEATS = 3
"""A schema's pattern is tried on short values only, and only if it cannot take long: no repeat within a repeat, and few
without an end (Python's `re` backtracks)."""

_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


class Place(NamedTuple):
    """What a schema says of one string or number.

    Attributes:
        number: it is a number.
        shape: the expression of its format; empty for none.
        pattern: searched in it, as the standard says; empty for none.
        longest, shortest: its length; None for no bound.
        words: the words of its name, of numbers only.
        listed: what it may be, of numbers only.
    """

    number: bool = False
    shape: str = ""
    pattern: str = ""
    longest: int | None = None
    shortest: int = 0
    words: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()

    def takes(self, text: str) -> bool:
        """Whether a string may stand here."""
        most = LONGEST_VALUE if self.longest is None else min(self.longest, LONGEST_VALUE)
        if not self.shortest <= len(text) <= most:
            return False
        if self.shape and not re.fullmatch(self.shape, text):
            return False
        return not self.pattern or ((found := _pattern(self.pattern)) is not None and found.search(text) is not None)

    def is_for(self, figures: str, entity_type: str) -> bool:
        """Whether a number of this type may stand here."""
        named = not self.words.isdisjoint(NUMBER_WORDS.get(entity_type, ()))
        return figures in self.listed or (named and (not figures.startswith("0") or figures == "0"))


@dataclass(frozen=True, slots=True)
class Demand:
    """What stands for one value has to fit into all of these places."""

    value: str
    entity_type: str
    places: tuple[Place, ...]

    def allows(self, surrogate: str) -> bool:
        """Whether it may stand there, perhaps in another form."""
        return all(_may(place, surrogate, self.entity_type) for place in self.places)

    def offered(self) -> Iterator[str]:
        """What may stand for the value, in order."""
        return filter(self.allows, offered(self.value, self.entity_type))


@dataclass(frozen=True, slots=True)
class Demands:
    """The places of a request that a placeholder could not stand in."""

    places: frozenset[Place]

    def of(self, value: str, entity_type: str) -> Demand | None:
        """What is demanded of what stands for a value; None where a placeholder will do."""
        here = tuple([place for place in self.places if _wants(place, value, entity_type)])
        return Demand(value, entity_type, here) if here else None


@cache
def _pattern(pattern: str) -> re.Pattern[str] | None:
    """A schema's pattern, unless it is none in Python or could be slow."""
    try:
        tree = _parser.parse(pattern)
        return re.compile(pattern) if _quick(tree) <= MOST_REPEATS else None
    except (re.error, RecursionError, OverflowError):
        return None


def _quick(tree: Any, inside: bool = False) -> int:
    """How many repeats without an end there are; very many where one stands within another."""
    count = 0
    for name, value in tree:
        if str(name) in _REPEATS:
            _, most, inner = value
            endless = most > LONGEST_VALUE
            count += (LONGEST_VALUE if inside else 1) * endless + _quick(inner, inside or most > 1)
        elif str(name) == "SUBPATTERN":
            count += _quick(value[-1], inside)
        elif str(name) == "BRANCH":
            count += sum(_quick(branch, inside) for branch in value[1])
        elif str(name) in ("ASSERT", "ASSERT_NOT"):
            count += _quick(value[1], inside)
        elif str(name) in ("GROUPREF", "GROUPREF_EXISTS"):
            count += LONGEST_VALUE
    return count


def _wants(place: Place, value: str, entity_type: str) -> bool:
    """Whether the value may stand in a place, perhaps in another form."""
    return _may(place, value, entity_type) and (place.number or not place.takes(PLACEHOLDER))


PLACEHOLDER = "[CUSTOMER_10]"
"""What a placeholder looks like."""


def _may(place: Place, value: str, entity_type: str) -> bool:
    if place.number:
        return entity_type in NUMBER_WORDS and place.is_for(digits(value), entity_type)
    return any(place.takes(form) for form in _forms(value, entity_type))


def _forms(value: str, entity_type: str) -> Iterable[str]:
    """The forms in which a model may write a value."""
    yield value
    if entity_type in ("PHONE_NUMBER", "CREDIT_CARD", "US_SSN", "IBAN_CODE"):
        yield re.sub(r"[^+0-9A-Za-z]", "", value)
        yield digits(value)
    if entity_type == "PHONE_NUMBER":
        national = digits(value)[-10:]
        yield from (f"+{digits(value)}", national, f"({national[:3]}) {national[3:6]}-{national[6:]}")
        yield f"{national[:3]}-{national[3:6]}-{national[6:]}"


def places(body: Mapping[str, Any]) -> frozenset[Place]:
    """The places that the schemas of a request have for values of a certain form."""
    found: set[Place] = set()
    for holder in HOLDERS:
        if holder in body:
            _in_request(body[holder], found)
    return frozenset(found)


def _in_request(value: Any, found: set[Place]) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            if key in SCHEMAS:
                _in_schema(item, "", found)
            else:
                _in_request(item, found)
    elif isinstance(value, list):
        for item in value:
            _in_request(item, found)


def _in_schema(schema: Any, name: str, found: set[Place]) -> None:
    """Add what a schema and those in it say; `name` is that of the property it is for."""
    if isinstance(schema, list):
        for item in schema:
            _in_schema(item, name, found)
    if not isinstance(schema, dict):
        return
    if (place := _place(schema, name)) is not None:
        found.add(place)
    for key, item in schema.items():
        if key in ("properties", "$defs", "definitions", "patternProperties") and isinstance(item, dict):
            for inner, part in item.items():
                _in_schema(part, inner, found)
        elif isinstance(item, dict | list) and key not in ("enum", "const", "examples", "default", "required"):
            _in_schema(item, name, found)


def _place(schema: Mapping[str, Any], name: str) -> Place | None:
    kinds = schema.get("type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "integer" in kinds or "number" in kinds:
        listed = schema.get("enum", [schema.get("const")])
        numbers = frozenset(str(one) for one in (listed if isinstance(listed, list) else ()) if type(one) is int)
        words = frozenset(re.findall("[a-z]+", re.sub("(?<=[a-z])(?=[A-Z])", " ", name).lower()))
        known = any(words & vocabulary for vocabulary in NUMBER_WORDS.values())
        return Place(number=True, words=words, listed=numbers) if numbers or known else None
    shape = FORMATS.get(schema["format"], "") if isinstance(schema.get("format"), str) else ""
    pattern = schema.get("pattern")
    longest, shortest = schema.get("maxLength"), schema.get("minLength")
    place = Place(
        shape=shape,
        pattern=pattern if isinstance(pattern, str) else "",
        longest=longest if type(longest) is int else None,
        shortest=shortest if type(shortest) is int else 0,
    )
    return None if place.takes(PLACEHOLDER) else place
