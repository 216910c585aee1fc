"""The forms in which a value known of the customer is written: other case, order, spacing, accents, escapes.

A name has its parts, initials and orders, a date its other spellings, an id the number in it. What says too little is
left out: hidden wherever it stands, it would hide half of a text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explainbot._lazy import lazy
from explainbot.privacy.address import address_parts
from explainbot.privacy.customer import PLACE
from explainbot.privacy.dates import date_patterns
from explainbot.privacy.detection import Detection
from explainbot.privacy.egress import bounded
from explainbot.privacy.normalise import fold, normalise
from explainbot.privacy.words import FUNCTION_WORDS, PARTICLES, TITLES, unspaced

__all__ = ["Form", "forms_of", "squeeze"]

_SQUEEZED_OUT = str.maketrans("", "", " \t\r\n\f\v\x1c\x1d\x1e\x1f-_.,/\\()'\"+#:;")
_BLANK = r"\\{1,4}u(?:00a[0d]|20[012][0-9a-f]|205f|2060|3000|feff)"
"""Spaces, dashes and quotes of Unicode as a JSON text in a JSON text has them."""
_GAP = rf"(?:[\s\-_.,/'()\"#]|\\{{1,4}}[nrt]|{_BLANK}|\\{{1,3}}(?=[\"/])|%20|%2c|\+)"
_NAME_GAP = rf"(?:[\s\-_.,']|\\{{1,4}}[nrt]|{_BLANK}|%20|\+)"
_INNER = rf"(?:[\s\-.]|{_BLANK})?"
_BASE_LETTERS = str.maketrans(
    dict(zip("ıøłđßþð", ("i", "o", "l", "d", "ss", "th", "d"), strict=True)) | {"æ": "ae", "œ": "oe"}
)

_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
NUMBER_ALONE = 5
"""Digits that the number of an id needs to be told from any other number when it stands alone."""

_DIGITS = re.compile(r"\d")


def squeeze(plain: str) -> str:
    """A folded text (ASCII or not) without white space and separators."""
    return plain.translate(_SQUEEZED_OUT)


@dataclass(frozen=True, repr=False)
class Form:
    """One value to look for. Its `repr` does not show it.

    Attributes:
        keys: one of these occurs in the squeezed text if the value occurs in the text at all.
        pattern: source of a regular expression for the folded text, without word boundaries. What it matches is at
            most twice as long as it is itself.
        entity_type: what the value is.
        why: the variant, such as "surname of the customer".
        capital: counts only when written with a capital letter.
    """

    keys: tuple[str, ...]
    pattern: str
    entity_type: str
    why: str
    capital: bool = False

    @lazy
    def regex(self) -> re.Pattern[str]:
        """The pattern, compiled."""
        return re.compile(self.pattern)

    def found(self, text: str, plain: str, places: Sequence[int]) -> Iterator[Detection]:
        """Where the value stands; `places` are the offsets at which one of the keys begins, in order."""
        for first, last in _stretches(places, 2 * len(self.pattern)):
            at = first
            while match := self.regex.search(plain, at, last):
                start, end = match.span()
                at = start + 1
                if bounded(plain, start, end) and not (self.capital and text[start] == plain[start]):
                    yield Detection(start, end, self.entity_type, 1.0, self.why)
                    at = end


def _stretches(places: Sequence[int], reach: int) -> Iterator[tuple[int, int]]:
    """The spans of a text that lie within `reach` of one of the places, without overlaps."""
    first = last = places[0]
    for place in places:
        if place - last > 2 * reach:
            yield max(0, first - reach), last + reach
            first = place
        last = place
    yield max(0, first - reach), last + reach


def forms_of(kind: str, value: str, mask_places: bool) -> Iterator[Form]:
    """The forms of a value.

    Args:
        kind: its entity type.
        mask_places: also the city and the country of an address.
    """
    value = normalise(value).text
    if kind == "PERSON":
        yield from _name_forms(value)
    elif kind == "EMAIL_ADDRESS" and "@" in value:
        yield from _literal(value, kind, "the customer's e-mail address")
    elif kind == "DATE_OF_BIRTH":
        yield from _date_forms(value)
    elif kind in ("ADDRESS", PLACE):
        for part, what in address_parts(value) if kind == "ADDRESS" else [(value, PLACE)]:
            if what != PLACE or mask_places:
                yield from _spaced(part, what, "the customer's address")
    elif kind != "PHONE_NUMBER" or not _DIGITS.search(value):
        yield from _spaced(value, kind, "known of the customer")
        yield from _number_alone(value, kind)


def _number_alone(value: str, kind: str) -> Iterator[Form]:
    """The number of an id such as `credit_card_7815826`: people say it without what stands ahead of it."""
    words = _WORD.findall(value)
    if (
        len(words) > 1
        and words[-1].isdecimal()
        and len(words[-1]) >= NUMBER_ALONE
        and not any(word.isdecimal() for word in words[:-1])
    ):
        yield Form((words[-1],), re.escape(words[-1]), kind, "the number of what is known of the customer")


def _date_forms(value: str) -> Iterator[Form]:
    yield from _spaced(value, "DATE_OF_BIRTH", "the customer's date of birth")
    for keys, pattern in date_patterns(value):
        yield Form(keys, pattern, "DATE_OF_BIRTH", "the customer's date of birth, written otherwise")


def _too_common(words: Sequence[str]) -> bool:
    """Whether a value says too little: hidden wherever it stands, it would hide half of a text."""
    joined = "".join(words)
    if all(word in FUNCTION_WORDS or word in PARTICLES or word in TITLES for word in words):
        return True
    if not joined.isascii():
        return len(joined) < 2 and not unspaced(joined[:1] or " ")
    return len(joined) < (4 if joined.isdigit() else 3)


def _spellings(value: str) -> list[str]:
    """Folded spellings of a value that differ in more than case: composed, decomposed, `ss` for `ß`, without
    accents.
    """
    composed = fold(unicodedata.normalize("NFC", value))
    plain = "".join([char for char in unicodedata.normalize("NFD", composed) if not unicodedata.combining(char)])
    plain = plain.translate(_BASE_LETTERS)
    umlauts = composed.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    decomposed = fold(unicodedata.normalize("NFD", value))
    written = (fold(value), fold(value.upper()), value.lower(), value.upper().lower())
    spellings = (composed, decomposed, *written, umlauts, plain)
    return list(dict.fromkeys(spellings))


def _spaced(value: str, kind: str, why: str) -> Iterator[Form]:
    """A value of words, whatever stands between them."""
    for spelling in _spellings(value):
        words = _WORD.findall(spelling)
        if words and not _too_common(words):
            yield Form(_keys(words), _joined(words, _gap(spelling)), kind, why)
            if any(len(run) > MOST_BETWEEN for run in _WORD.split(spelling)[1:-1]):
                yield from _literal(spelling, kind, why)


MOST_BETWEEN = 6
"""Separators that may stand between two words of a value."""


def _gap(value: str) -> str:
    """A pattern for one separator between the words of a value, its own signs among them."""
    own = dict.fromkeys(char for char in "".join(_WORD.split(value)[1:-1]) if not re.fullmatch(_GAP, char))
    return f"(?:{'|'.join([_GAP, *map(_encoded, own)])})" if own else _GAP


def _keys(words: Sequence[str]) -> tuple[str, ...]:
    # A word with digits tells more values apart than the `card` of `card_4421486` does.
    longest = max(words, key=lambda word: (len(word) >= NUMBER_ALONE and bool(_DIGITS.search(word)), len(word)))
    if longest.isascii():
        return (longest,)
    cases = (longest, longest.upper(), longest[:1].upper() + longest[1:])
    return tuple(dict.fromkeys((longest, *(squeeze(_escaped(case)) for case in cases))))


def _escaped(word: str) -> str:
    return fold(json.dumps(word)[1:-1])


def _joined(words: Sequence[str], gap: str) -> str:
    """A pattern for the words with separators between them, or none when there is enough else to go by."""
    coded = any(char.isdigit() for word in words for char in word)
    loose = coded or len("".join(words)) >= 6
    return f"{gap}{{{0 if loose else 1},{MOST_BETWEEN}}}".join(map(_word_pattern, words))


def _word_pattern(word: str) -> str:
    chars = [_char_pattern(char) for char in word]
    coded = len(word) >= 5 and any(char.isdigit() for char in word)
    return (_INNER if coded else "").join(chars)


def _char_pattern(char: str) -> str:
    if char.isascii():
        return re.escape(char)
    units = char.encode("utf-16-be", "surrogatepass")
    upper = char.upper() if len(char.upper()) == 1 else char
    codes = {units.hex(), upper.encode("utf-16-be", "surrogatepass").hex()}
    escapes = "|".join(
        "".join(rf"\\{{1,4}}u{code[i : i + 4]}" for i in range(0, len(code), 4)) for code in sorted(codes)
    )
    return f"(?:{re.escape(char)}|{escapes})"


def _literal(value: str, kind: str, why: str) -> Iterator[Form]:
    """A value matched as it is, but for case, escapes and percent-encoding."""
    plain = fold(value)
    words = _WORD.findall(plain)
    pattern = "".join(map(_encoded, plain))
    if words:
        yield Form(_keys(words), pattern, kind, why)


def _encoded(char: str) -> str:
    if char in '\\" \n':
        return {"\\": r"(?:\\{1,4}|%5c)", '"': r"(?:\\{0,3}\"|%22)"}.get(char, rf"(?:\s|\\{{1,4}}n|{_BLANK}|%20|\+)")
    pattern = _char_pattern(char)
    plain = char.isalnum() or char in "-_." or not char.isascii()
    return pattern if plain else f"(?:{pattern}|%{ord(char):02x})"


def _name_forms(name: str) -> Iterator[Form]:
    """The full name either way round, and its parts; titles and particles alone do not count."""
    family, _, given = name.partition(",")
    for spelling in _spellings(f"{given} {family}" if given.strip() else name):
        words = [word for word in spelling.split() if word.strip(".,") not in TITLES]
        parts = [_WORD.findall(word) for word in words]
        flat = [piece for part in parts for piece in part]
        for order, why in _orders(flat):
            if len(order) > 1 and len("".join(order)) > 2:
                yield _name_form(order, why)
        yield from _name_parts(parts)


def _orders(flat: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    """The orders and shortenings a name of several words is used in."""
    yield flat, "the customer's full name"
    yield [*flat[-1:], *flat[:-1]], "the customer's name, surname first"
    if len(flat) > 2 and len(flat[0]) > 1 and len(flat[-1]) > 1:
        yield [flat[0], flat[-1]], "the customer's first and last name"
    if len(flat) > 1 and len(flat[0]) > 1 and len(flat[-1]) > 1 and flat[0].isalpha():
        yield [flat[0][0], flat[-1]], "the customer's initial and surname"
        yield [flat[-1], flat[0][0]], "the customer's surname and initial"
        if len(flat) > 2:
            yield [flat[0], *[word[0] for word in flat[1:-1]], flat[-1]], "the customer's name with initials"
            yield [*[word[0] for word in flat[:-1]], flat[-1]], "the customer's initials and surname"
    particle = next((index for index, word in enumerate(flat) if index and word in PARTICLES), 0)
    if particle:
        yield flat[particle:], "the customer's surname"
        yield [*flat[particle:], *flat[:particle]], "the customer's name, surname first"


def _name_form(words: Sequence[str], why: str) -> Form:
    everyday = all(word in FUNCTION_WORDS or word in PARTICLES for word in words)
    return Form(_keys(words), _joined(words, _NAME_GAP), "PERSON", why, everyday)


def _name_parts(parts: Sequence[Sequence[str]]) -> Iterator[Form]:
    last = len(parts) - 1
    for index, part in enumerate(parts):
        if len(part) > 1 and len("".join(part)) > 3:
            yield _name_form(part, "part of the customer's name")
        for word in part:
            inner = 0 < index < last and word in PARTICLES
            number = word.isdigit() and _too_common([word])
            if not inner and not number and (len(word) > 1 or unspaced(word)):
                yield _name_form([word], "part of the customer's name")
