"""Payment card numbers.

Length and check digit: ISO/IEC 7812-1:2017, annex B (Luhn). A number with a card word before it counts with a
wrong digit too: people mistype. Issuer ranges (IIN): ISO/IEC 7812 and the networks'
published tables: Visa 4; Mastercard 51-55, 2221-2720; American Express 34, 37; Discover 6011, 644-649, 65; Diners 30,
36, 38, 39; JCB 3528-3589, and the older 1800, 2131; UnionPay 62, 81; Maestro 50, 56-58, 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import before, nearest
from explainbot.privacy.detection import Detection
from explainbot.privacy.normalise import seen
from explainbot.privacy.triggers import MANY, triggered_by

_RUN = re.compile(r"[0-9](?:[ .\-]{0,2}+[0-9]){11,}+")
_IIN = re.compile(
    r"4|5[0-8]|3[0-9]|6|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|81|1800|2131",
)
_GROUPED = re.compile(
    r"[0-9]{4}([ .\-]{1,2})[0-9]{4}\1[0-9]{4}\1(?:[0-9]{4}\1)?[0-9]{1,7}|[0-9]{4}([ .\-]{1,2})[0-9]{6}\2[0-9]{4,5}",
)
_WORDS = re.compile(
    r"\b(?:card|visa|master ?card|amex|american express|discover|maestro|credit|debit|cc|pan|karte|carte|"
    r"tarjeta)"
)


_PIECE = re.compile(r"(?<![0-9])[0-9]{13,19}(?![0-9])")
_WORD_AFTER = re.compile(r"(?=[a-f]{0,8}[g-z])[a-z]{2,}", re.IGNORECASE)
"""Letters that are no hexadecimal digits, so that they belong to a word."""

_WORD_BEFORE = re.compile(r"(?:card|visa|cc|pan|amex|no)\Z", re.IGNORECASE)

_DOUBLED = str.maketrans("0123456789", "0246813579")


def luhn(digits: str) -> bool:
    """The check of ISO/IEC 7812-1, annex B: every second digit from the right doubled, the digit sums add up to 0 mod
    10.
    """
    return sum(map(int, digits[-1::-2] + digits[-2::-2].translate(_DOUBLED))) % 10 == 0


@triggered_by(digits=range(12, MANY + 1))
def detect(text: str) -> Iterator[Detection]:
    """Payment card numbers in `text`."""
    for low, high, digits in seen(text).runs():
        if digits < 12:
            continue
        for run in _RUN.finditer(text, low, high):
            start, end = run.span()
            if end - start > 60:
                yield from _grouped(text, start, end)
            else:
                yield from _classified(text, start, end)


def _classified(text: str, start: int, end: int) -> Iterator[Detection]:
    digits = "".join([char for char in text[start:end] if "0" <= char <= "9"])
    named = nearest(_WORDS, before(text, start)) >= 0
    if len(digits) > 19 or _inside_word(text, start, end, named):
        yield from _several(text, start, end)
    elif not luhn(digits) or len(set(digits)) == 1:
        if named and len(digits) > 13 and _IIN.match(digits) and _plausible(text[start:end], digits):
            yield Detection(start, end, "CREDIT_CARD", 0.7, "a card word before it, one digit wrong")
        else:
            yield from _several(text, start, end)
    elif named or (len(digits) >= 13 and _IIN.match(digits) and _plausible(text[start:end], digits)):
        why = f"Luhn checksum, {len(digits)} digits" + (", card word before it" if named else "")
        yield Detection(start, end, "CREDIT_CARD", 1.0 if named else 0.95, why)


def _several(text: str, start: int, end: int) -> Iterator[Detection]:
    """Cards within a longer run: printed in groups, or in one piece with other numbers beside them."""
    yield from _grouped(text, start, end)
    for match in _PIECE.finditer(text, start, end):
        digits = match[0]
        known = len(digits) > 13 and _IIN.match(digits) and _plausible(digits, digits) and len(set(digits)) > 1
        if known and luhn(digits) and not _inside_word(text, *match.span(), named=False):
            yield Detection(*match.span(), "CREDIT_CARD", 0.9, f"Luhn checksum, {len(digits)} digits beside others")


def _plausible(written: str, digits: str) -> bool:
    """Without a card word: in one piece of an issued length, or in the groups that are printed on cards."""
    if written == digits:
        lengths = {
            "4": (13, 16, 19),
            "3": (14, 15, 16),
            "5": (16,),
            "2": (16,),
            "6": (16, 17, 18, 19),
            "8": (16, 17, 18, 19),
        }
        return len(digits) in lengths.get(digits[0], (16,))
    return _GROUPED.fullmatch(written) is not None


def _grouped(text: str, start: int, end: int) -> Iterator[Detection]:
    """Cards printed in groups within a longer run of digits, such as a card number followed by its expiry."""
    for match in _GROUPED.finditer(text, start, end):
        digits = re.sub(r"[^0-9]", "", match[0])
        for length in (19, 16, 15, 14):
            if length <= len(digits) and luhn(digits[:length]) and _IIN.match(digits):
                stop = _after_digits(text, match.start(), length)
                if not text[stop : stop + 1].isdigit() and not _inside_word(text, match.start(), stop):
                    yield Detection(
                        match.start(), stop, "CREDIT_CARD", 0.9, f"Luhn checksum, {length} digits in groups"
                    )
                    break


def _after_digits(text: str, start: int, count: int) -> int:
    at = start
    while count:
        count -= "0" <= text[at] <= "9"
        at += 1
    return at


def _inside_word(text: str, start: int, end: int, named: bool = False) -> bool:
    """Whether letters run into the digits, other than a word behind, as in `4111111111111111CVV`, or "card"."""
    previous, following = text[start - 1 : start] if start else "", text[end : end + 1]
    if following.isalnum() and not _WORD_AFTER.match(text, end):
        return True
    if previous == "-":
        return text[start - 2 : start - 1].isalpha() and not named
    return (previous.isalnum() and not _WORD_BEFORE.search(text[max(0, start - 6) : start])) or previous in ("_", ".")
