"""Realistic values that belong to nobody, for places where a JSON Schema would not take a placeholder.

Each is taken from a range that is reserved for examples, tests or private use, so that it can be no person's:

    e-mail    `user1@example.invalid`, else `@example.com` (RFC 2606, RFC 6761)
    phone     +1 with 555-0100 to 555-0199 (NANPA, fictional use), +44 7700 900000 to 900999 (Ofcom, drama use)
    card      test numbers of the card networks, as payment services publish them (Stripe, Adyen, Braintree)
    IBAN      country `XX`, a user-assigned element (ISO 3166-1, 5.2), with a right check sum (ISO 13616, mod 97)
    IP, MAC   TEST-NET-1 to 3 (RFC 5737), 2001:db8::/32 (RFC 3849), 00-00-5E-00-53-xx (RFC 7042, 2.1.2)
    URL       `https://user1.example.invalid` (RFC 2606)
    UUID      version 8, which no generator of another version makes (RFC 9562, 5.8)
    US SSN    987-65-4320 to 4329 (Social Security Administration, for advertisements)
    date      in 1801: nobody who was born then is alive
    name      two words of the ITU and NATO spelling alphabet

A surrogate has the form of the value: `+1 415 555 0132` becomes `+1 202 555 0100`. When a model writes it in another
form, as `2025550100`, the value is put back in that form.

The set of texts that read as a surrogate is fixed, as that of placeholders is, so that the input can be cleared of them
before ours are put in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

AREAS = ("202", "212", "303", "404", "505", "606", "707", "808")
"""Area codes whose 555-01xx numbers are used."""

CARDS = (
    *("4242424242424242", "4000056655665556", "5555555555554444", "2223003122003222", "5200828282828210"),
    *("5105105105105100", "378282246310005", "371449635398431", "6011111111111117", "6011000990139424"),
    *("3056930009020004", "3566002020360505", "6200000000000005", "4012888888881881", "4005519200000004"),
    *("4009348888881881", "4012000033330026", "4012000077777777", "4500600000000061", "2223000048400011"),
    *("371449635392376", "5431111111111111", "4988438843884305", "4166676667666746", "4646464646464644"),
)
"""Published test numbers: docs.stripe.com/testing, docs.adyen.com/development-resources/testing,
developer.paypal.com/braintree/docs/reference/general/testing."""

WORDS = tuple(
    "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo "
    "Sierra Tango Uniform Victor Whiskey Xray Yankee Zulu".split()
)

NATIONAL = 10
"""Digits of a national number in North America and of a British mobile one."""

LONGEST = 64
"""Upper bound on the length of any spelling, in code points."""

_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_APART = r"(?:(?<![A-Za-z0-9_+])|(?<=\\[bfnrt]))"
"""What stands ahead of one: no letter or digit of its own scripts, but for the letter of a JSON escape."""

_GAP = "[-. \u00a0]?"
_D = "[0-9]"

Unit = str | tuple[str, ...]
"""An expression for at most one sign, or words of which one stands there."""


def _letters(text: str) -> list[Unit]:
    return [re.escape(char) for char in text]


def _spread(*digits: str) -> list[Unit]:
    """Digits that may stand in groups, with brackets."""
    return [unit for digit in digits for unit in (_GAP, "[()]?", digit)]


def _card(number: str) -> tuple[Unit, ...]:
    return (number[0], *(unit for digit in number[1:] for unit in ("[- ]?", digit)))


def _number(most: int) -> list[Unit]:
    return ["[1-9]", *[f"{_D}?"] * (most - 1)]


@dataclass(frozen=True, slots=True)
class Kind:
    """One reserved range.

    Attributes:
        units: how it is spelled, in any case.
        key: the same for every spelling of one surrogate.
        offered: what may stand for a value, in its form, in order; nothing for a value of another form.
        rendered: a value in the form that a spelling has.
        others: further ways to spell it.
    """

    units: tuple[Unit, ...]
    key: Callable[[str], str]
    offered: Callable[[str], Iterator[str]]
    rendered: Callable[[str, str], str] = lambda value, spelled: value
    others: tuple[tuple[Unit, ...], ...] = ()

    def whole(self) -> str:
        """An expression for every spelling."""
        return "|".join(map(_whole, (self.units, *self.others)))

    def begun(self) -> str:
        """An expression for every non-empty beginning of a spelling."""
        return "|".join(map(_begun, (self.units, *self.others)))


def _whole(units: tuple[Unit, ...]) -> str:
    return "".join(unit if isinstance(unit, str) else f"(?:{'|'.join(map(re.escape, unit))})" for unit in units)


def _begun(units: tuple[Unit, ...]) -> str:
    rest = ""
    for unit in reversed(units):
        after = f"(?:{rest})?" if rest else ""
        if isinstance(unit, str):
            rest = f"{unit}{after}"
        else:
            words = "|".join(map(re.escape, unit))
            starts = {word[:end] for word in unit for end in range(1, len(word))}
            rest = "|".join([f"(?:{words}){after}", *map(re.escape, sorted(starts, key=len, reverse=True))])
    return rest


def digits(text: str) -> str:
    """The ASCII digits of a text."""
    return re.sub("[^0-9]", "", text)


def filled(form: str, figures: str) -> str:
    """`form` with its digits replaced, one by one."""
    left = iter(figures)
    return re.sub("[0-9]", lambda _: next(left), form)


def _emails(value: str) -> Iterator[str]:
    for domain in ("invalid", "com"):
        for number in range(1, 10_000):
            yield f"user{number}@example.{domain}"


def _north_american(value: str) -> Iterator[str]:
    figures = digits(value)
    foreign = value.lstrip("( ").startswith("+") and figures[:1] != "1"
    if foreign or len(figures) not in (NATIONAL, NATIONAL + 1) or figures[:-NATIONAL] not in ("", "1"):
        value = "+1" + "0" * NATIONAL
    ahead = digits(value)[:-NATIONAL]
    for last, area in product(range(100), AREAS):
        form = filled(value, f"{ahead}{area}55501{last:02}")
        yield form if key_of(form) else f"+1{area}55501{last:02}"


def _british(value: str) -> Iterator[str]:
    figures = digits(value)
    ahead = "44" if figures.startswith("44") and len(figures) == 12 else "0"
    if len(figures) == len(ahead) + NATIONAL and figures.startswith(ahead):
        for last in range(1000):
            form = filled(value, f"{ahead}7700900{last:03}")
            yield form if key_of(form) else f"+447700900{last:03}"


def _cards(value: str) -> Iterator[str]:
    count = len(digits(value))
    for card in CARDS:
        if len(card) == count:
            yield filled(value, card)
    yield from (card for card in CARDS if len(card) != count)


def _ibans(value: str) -> Iterator[str]:
    for number in range(1, 1_000):
        account = f"{number:016}"
        check = 98 - int(f"{account}333300") % 97  # X is 33
        iban = f"XX{check:02}{account}"
        yield " ".join(re.findall("....", iban)) if " " in value else iban


def _addresses(value: str) -> Iterator[str]:
    if ":" in value:
        yield from (f"2001:db8::{number:x}" for number in range(1, 10_000))
    for net, last in product(("192.0.2", "198.51.100", "203.0.113"), range(1, 255)):
        yield f"{net}.{last}"


def _devices(value: str) -> Iterator[str]:
    sign = "-" if "-" in value else ":"
    yield from (sign.join(["00", "00", "5E", "00", "53", f"{number:02X}"]) for number in range(256))


def _names(value: str) -> Iterator[str]:
    gap = " " if " " in value else ""
    for first, second in product(WORDS, WORDS):
        yield f"{first}{gap}{second if gap else second.lower()}"


def _dates(value: str) -> Iterator[str]:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        yield from (f"1801-{month:02}-{day:02}" for day, month in product(range(1, 29), range(1, 13)))


def _urls(value: str) -> Iterator[str]:
    return (f"https://user{number}.example.invalid" for number in range(1, 10_000))


def _uuids(value: str) -> Iterator[str]:
    return (f"00000000-0000-8000-8000-{number:012x}" for number in range(1, 10_000))


def _social(value: str) -> Iterator[str]:
    form = value if len(digits(value)) == 9 else "000-00-0000"
    return (filled(form, f"98765432{last}") for last in range(10))


def _squeezed(text: str) -> str:
    return re.sub("[^0-9a-z]", "", text.lower())


def _national(text: str) -> str:
    """A phone number without what stands for its country or for dialling within it."""
    return digits(text)[-NATIONAL:]


def _figures(value: str, spelled: str) -> str:
    """A value of digits in the form of a spelling with as many."""
    return filled(spelled, digits(value)) if len(digits(value)) == len(digits(spelled)) else value


def _dialled(value: str, spelled: str) -> str:
    """A phone number in the form of a spelling, with the country ahead of it or without."""
    figures, form = digits(value), digits(spelled)
    ahead = figures[:-NATIONAL]
    at_home = ahead in (("1", "44") if "+" in value else ("", "1", "44", "0"))
    if len(figures) >= NATIONAL and at_home and len(form) >= NATIONAL:
        return filled(spelled, form[:-NATIONAL] + figures[-NATIONAL:])
    return re.sub("[^+0-9]", "", value) if spelled.lstrip("+").isdigit() else value


def _unspaced(value: str, spelled: str) -> str:
    return value if " " in spelled else value.replace(" ", "")


KINDS: Mapping[str, Kind] = {
    "email": Kind((*_letters("user"), *_number(4), *_letters("@example."), ("invalid", "com")), str.lower, _emails),
    "phone": Kind(
        (
            *(("+1 ", "+1-", "+1.", "+1", "1-", "1.", "1", ""), r"\(?", AREAS, r"\)?"),
            *_spread(*"555", *"01", _D, _D),
        ),
        _national,
        _north_american,
        _dialled,
    ),
    "british": Kind(
        (
            ("+44 (0)", "+44", "0044", "44", "(0", "0"),
            *_spread(*"7700", *"900", _D, _D, _D),
        ),
        _national,
        _british,
        _dialled,
    ),
    "uuid": Kind((*_letters("00000000-0000-8000-8000-"), *["[0-9a-f]"] * 12), str.lower, _uuids),
    "card": Kind(_card(CARDS[0]), digits, _cards, _figures, tuple(map(_card, CARDS[1:]))),
    "iban": Kind(("X", "X", _D, _D, *[" ?", _D] * 16), _squeezed, _ibans, _unspaced),
    "ipv4": Kind((("192.0.2.", "198.51.100.", "203.0.113."), *_number(3)), str, _addresses),
    "ipv6": Kind((*_letters("2001:db8::"), "[1-9a-f]", *["[0-9a-f]?"] * 3), str.lower, _addresses),
    "device": Kind(
        (*(unit for pair in ("00", "00", "5E", "00", "53") for unit in (*_letters(pair), "[-:]?")), *["[0-9a-f]"] * 2),
        _squeezed,
        _devices,
    ),
    "url": Kind((*_letters("https://user"), *_number(4), *_letters(".example.invalid")), str.lower, _urls),
    "ssn": Kind(("9", "8", "7", "[- ]?", "6", "5", "[- ]?", "4", "3", "2", _D), digits, _social, _figures),
    "date": Kind((*_letters("1801-"), _D, _D, "-", _D, _D), str, _dates),
    "name": Kind((WORDS, "[ _]?", WORDS), _squeezed, _names),
}
"""The reserved ranges, by our own names."""

OF_TYPE: Mapping[str, tuple[str, ...]] = {
    "EMAIL_ADDRESS": ("email",),
    "PHONE_NUMBER": ("british", "phone"),
    "CREDIT_CARD": ("card",),
    "IBAN_CODE": ("iban",),
    "IP_ADDRESS": ("ipv4",),
    "MAC_ADDRESS": ("device",),
    "URL": ("url",),
    "US_SSN": ("ssn",),
    "DATE_OF_BIRTH": ("date",),
    "DATE_TIME": ("date",),
    "PERSON": ("name",),
}
"""Entity type to the ranges that can stand for it, in order."""


def offered(value: str, entity_type: str) -> Iterator[str]:
    """What may stand for a value, in order."""
    kinds = ("uuid",) if _UUID.fullmatch(value) else OF_TYPE.get(entity_type, ())
    for kind in kinds:
        yield from (one for one in KINDS[kind].offered(value) if key_of(one) is not None)


@dataclass(frozen=True, slots=True)
class Spelled:
    """One place in a text that reads as a surrogate; `key` is the same for all spellings of one."""

    start: int
    end: int
    key: str
    kind: str


class Grammar:
    """Finds surrogates in texts, whole or growing."""

    def __init__(self) -> None:
        whole = "|".join(f"(?P<{name}>{kind.whole()})" for name, kind in KINDS.items())
        begun = "|".join(f"(?:{kind.begun()})" for kind in KINDS.values())
        self._anywhere = re.compile(whole, re.IGNORECASE | re.ASCII)
        self._apart = re.compile(rf"{_APART}(?:{whole})(?![A-Za-z0-9_])", re.IGNORECASE)
        self._begun = re.compile(rf"{_APART}(?:{begun})\Z", re.IGNORECASE)

    def find(self, text: str, start: int = 0, known: Callable[[str], object] = bool) -> list[Spelled]:
        """Every surrogate whose key is `known` that stands in a text by itself, at or after `start`, in order."""
        found = []
        match = self._apart.search(text, start)
        while match:
            one = _spelled(match)
            if known(one.key):
                found.append(one)
            match = self._apart.search(text, match.end() if known(one.key) else match.start() + 1)
        return found

    def reading_as(self, text: str) -> Iterator[Spelled]:
        """Every place that reads as a surrogate, also within a word."""
        return map(_spelled, self._anywhere.finditer(text))

    def unfinished(self, text: str, start: int = 0) -> int:
        """Where the tail begins that more text could still turn into a surrogate; `len(text)` when there is none."""
        match = self._begun.search(text, max(start, len(text) - LONGEST))
        return match.start() if match else len(text)


@cache
def grammar() -> Grammar:
    """The grammar of all surrogates, made at its first use."""
    return Grammar()


def _spelled(match: re.Match[str]) -> Spelled:
    kind = str(match.lastgroup)
    return Spelled(match.start(), match.end(), f"{kind}:{KINDS[kind].key(match[0])}", kind)


def key_of(surrogate: str) -> str | None:
    """The key of a text that as a whole is a surrogate; None for any other text."""
    found = grammar().find(surrogate)
    return found[0].key if found and (found[0].start, found[0].end) == (0, len(surrogate)) else None


def rendered(value: str, issued: str, spelled: str, kind: str) -> str:
    """A value as it is put back: exactly, or in the form that the model gave its surrogate."""
    return value if spelled == issued else KINDS[kind].rendered(value, spelled)
