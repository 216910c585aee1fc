"""Numbers as people write them: "1,234.50", "1.234,50", "1'234", full-width digits. Decimals are kept as strings."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(\d[\d.,'’\u00a0\u202f]*)(.*)", re.DOTALL)
_DECIMAL = re.compile(r"\d{1,12}(?:\.\d{1,12})?")


def readings(text: str) -> tuple[list[str], str]:
    """The plain decimals that a number may stand for, likeliest first, and the letters written onto it.

    One mark before exactly three digits may part thousands or the fraction: "1.234" has two readings.
    """
    match = _NUMBER.match(text)
    if match is None:
        return [text], ""
    digits = re.sub(r"['’\u00a0\u202f]", "", match.group(1).rstrip(".,'’"))
    return _of_digits(digits), match.group(2)


def _of_digits(digits: str) -> list[str]:
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return [plain(digits)]
    head, _, tail = digits.rpartition(marks[-1])
    whole = plain(re.sub(r"[.,]", "", digits))
    fraction = plain(re.sub(r"[.,]", "", head) + "." + tail)
    if len(set(marks)) > 1:
        return [fraction]
    if len(marks) > 1:
        return [whole] if len(tail) == 3 else [digits]
    return [whole, fraction] if len(tail) == 3 and head.strip("0") else [fraction]


def plain(digits: str) -> str:
    """A decimal in ASCII digits, without needless zeros."""
    whole, _, fraction = ascii_digits(digits).partition(".")
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


def ascii_digits(text: str) -> str:
    """`text` with the decimal digits of every script as 0 to 9."""
    return text if text.isascii() else "".join(str(int(char)) if char.isdecimal() else char for char in text)


def times(number: str, factor: float) -> str:
    """A decimal times a factor, to six places; what is longer than people write stays as it is."""
    if not _DECIMAL.fullmatch(number):
        return number
    product = round(float(number) * factor, 6)
    return str(int(product)) if product == int(product) else f"{product:.6f}".rstrip("0")


def divided(one: str, other: str) -> float:
    """`one` over `other`; 1 where that is no number."""
    try:
        return float(one) / float(other)
    except (ValueError, ZeroDivisionError, OverflowError):
        return 1.0
