"""International bank account numbers.

Form and check: ISO 13616-1:2020 (mod 97 of ISO/IEC 7064). Lengths by country: SWIFT IBAN Registry, release 99.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import before
from explainbot.privacy.detection import Detection
from explainbot.privacy.normalise import seen
from explainbot.privacy.triggers import triggered_by

LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29,
    "BY": 28,
    "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24,
    "FI": 18,
    "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HN": 28, "HR": 21,
    "HU": 28,
    "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21,
    "LT": 20,
    "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30,
    "NI": 28,
    "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33,
    "SA": 24,
    "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24,
    "TR": 26,
    "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}  # fmt: skip
"""Country code to the length of its IBANs."""

_BEGIN = re.compile(r"[A-Za-z]{2}[0-9]{2}(?=[ .\-]{0,2}[0-9A-Za-z])")
_MARKS = str.maketrans("", "", " .-")


@triggered_by("aa00")
def detect(text: str) -> Iterator[Detection]:
    """IBANs in `text`, in one piece or in groups, in any case."""
    shape = seen(text).shape()
    start = shape.find(b"aa00")
    while start >= 0:
        length = LENGTHS.get(text[start : start + 2].upper())
        end = _end(text, start, length) if length else 0
        if end and mod97(text[start:end]):
            yield Detection(start, end, "IBAN_CODE", 1.0, f"country code, {length} characters, mod 97 checksum")
        elif end and "iban" in before(text, start):
            yield Detection(start, end, "IBAN_CODE", 0.8, f"country code, {length} characters, the word IBAN before it")
        start = shape.find(b"aa00", end or start + 2)


def _end(text: str, start: int, length: int) -> int:
    """Where an IBAN of `length` characters that begins at `start` ends; 0 when there is none."""
    if not _BEGIN.match(text, start) or (start and (text[start - 1].isalnum() or text[start - 1] == "_")):
        return 0
    end, left = start + 4, length - 4
    stop = min(len(text), end + 3 * left)
    while left and end < stop:
        char = text[end]
        if char.isascii() and char.isalnum():
            left -= 1
        elif char not in " .-":
            return 0
        end += 1
    return 0 if left or text[end : end + 1].isalnum() else end


def mod97(iban: str) -> bool:
    """The check of ISO 13616-1: country and check digits moved to the end, letters as 10 to 35, remainder 1 mod 97."""
    plain = iban.translate(_MARKS).upper()
    return int("".join([str(int(char, 36)) for char in plain[4:] + plain[:4]])) % 97 == 1
