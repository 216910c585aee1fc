"""The values in a text (amounts, dates, times, durations, numbers, identifiers) in one normal form.

A value found in a text *gives* keys and *needs* keys. A source supports a value of the reply when it gives one of the
keys the value needs: "$50" gives `$:$:50` and needs that or a bare 50; "24 h" and "one day" both give `s:86400`.
Where a form has several readings (03/05/2024, 1.234) a value gives and needs all of them: doubt never makes a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from explainbot.explain import dates, quantities
from explainbot.explain.lexicons import Lexicon
from explainbot.explain.numerals import ascii_digits, divided, times
from explainbot.explain.reading import Reader, Run, Value
from explainbot.explain.tokens import CONTACT, DATE, NUMBER, PHONE, PLACEHOLDER, SIGN, TIME, WORD, Token

__all__ = ["Value", "values"]

_DASH = re.compile(r"[-\u2010-\u2015]|\s[-\u2010-\u2015]\s")
_RANGE = re.compile(r"\s*[-\u2010-\u2015]\s*")
_FAR = 12


def values(text: str, stream: Sequence[Token], lexicon: Lexicon) -> list[Value]:
    """The values among the tokens of `text`, in order, not overlapping."""
    found: list[Value] = []
    reader = Reader(text, stream, lexicon)
    at = 0
    for place, (kind, word, _, _) in enumerate(stream):
        if place < at or (kind == WORD and not lexicon.begins(word)):
            continue
        read = _READERS.get(kind)
        if value := read(reader, place) if read else None:
            found.append(value)
            at = value.last
    return _ranges(text, found, lexicon)


def _word(reader: Reader, at: int) -> Value | None:
    """A value that begins with a word: a month, a number in words, a weekday, a currency's code, or an identifier."""
    text = reader.stream[at][1]
    if text.casefold() in reader.lexicon.openers:
        for read in _OPENERS:
            if value := read(reader, at):
                return value
    if text.isalpha() or len(text) < 2 or not any(map(str.isdigit, text)):
        return None
    if (minutes := dates.minutes(text)) is not None:
        return dates.time(Run(reader, at, at + 1), [minutes])
    key = f"i:{text.casefold()}"
    gives = [key, *quantities.last_digits(text)]
    return Run(reader, at, at + 1).value("id", gives, [key], unit=_form(text.casefold()))


def _form(text: str) -> str:
    """What two identifiers of one sort share: the letters before the digits and their number, else the length."""
    return re.sub(r"\d", "9", text) if re.match(r"[^\W\d_]{2,}_?\d+$", text) else re.sub(r"\w", "x", text)


def _weekday(reader: Reader, at: int) -> Value | None:
    day = reader.lexicon.weekdays.get(reader.word(at))
    _, text, start, end = reader.stream[at]
    if day is None or (not text[:1].isupper() and len(text) < 5):
        return None
    if len(text) < 3 and not _DASH.match(reader.text, end) and not _DASH.match(reader.text, start - 1):
        return None  # "So" and "Do" are words, "Mo-Fr" is not
    return Run(reader, at, at + 1).value("weekday", [f"w:{day}"], [f"w:{day}"], exact=len(text) > 4)


def _day_time(reader: Reader, at: int) -> Value | None:
    minutes = reader.lexicon.day_times.get(reader.word(at))
    return None if minutes is None else dates.time(Run(reader, at, at + 1), [minutes])


def _placeholder(reader: Reader, at: int) -> Value:
    key = f"p:{reader.stream[at][1]}"
    return Run(reader, at, at + 1).value("placeholder", [key], [key])


def _contact(reader: Reader, at: int) -> Value:
    key = "c:" + reader.stream[at][1].rstrip(".,;:!?").casefold()
    return Run(reader, at, at + 1).value("contact", [key], [key])


def _phone(reader: Reader, at: int) -> Value:
    """A phone number by its last nine digits: country codes and leading zeros come and go."""
    digits = ascii_digits(re.sub(r"\D", "", reader.stream[at][1])).lstrip("0")
    key = f"h:{digits[-9:]}"
    return Run(reader, at, at + 1).value("phone", [key], [key, f"n:{digits}"])


_OPENERS: tuple[Callable[[Reader, int], Value | None], ...] = (
    dates.month_first,
    quantities.in_words,
    _weekday,
    _day_time,
    quantities.coded,
    quantities.lasting_one,
)
_READERS: dict[str, Callable[[Reader, int], Value | None]] = {
    WORD: _word,
    NUMBER: quantities.number,
    SIGN: quantities.signed,
    DATE: dates.in_digits,
    TIME: dates.clock,
    PHONE: _phone,
    CONTACT: _contact,
    PLACEHOLDER: _placeholder,
}


def _ranges(text: str, found: list[Value], lexicon: Lexicon) -> list[Value]:
    """ "5-7 days", "Mon-Fri": the first end takes the unit of the second; the weekdays between are given too."""
    for place in range(len(found) - 1):
        one, two = found[place], found[place + 1]
        gap = text[one.end : two.start] if two.start - one.end <= _FAR else "."
        link = "-" if _RANGE.fullmatch(gap) else gap.strip().casefold()
        if link != "-" and link not in lexicon.through:
            continue
        if one.kind == two.kind == "weekday" and link not in lexicon.listing:
            found[place] = one._replace(gives=_days_between(one.gives[0], two.gives[0]))
        elif one.kind in ("number", "count") and two.kind in ("duration", "amount", "percentage"):
            found[place] = _in_unit_of(one, two)
        elif link == "-" and (year := _closing_year(one, two)):
            found[place + 1] = two._replace(gives=(*two.gives, f"n:{year}"), needs=(*two.needs, f"n:{year}"))
    return found


def _closing_year(one: Value, two: Value) -> str:
    """The year that two digits after a year stand for: 2008 in "2007-08"; empty if they stand for none."""
    first, last = (next((key[2:] for key in value.gives if key.startswith("n:")), "") for value in (one, two))
    years = re.fullmatch(r"(?:19|20)\d\d", first) and len(last) < 3 and last.isdecimal()
    year = f"{first[:2]}{int(last):02}" if years else ""
    return year if year > first else ""


def _days_between(first: str, last: str) -> tuple[str, ...]:
    start, stop = int(first[2:]), int(last[2:])
    return tuple(f"w:{day % 7}" for day in range(start, stop + (1 if stop >= start else 8)))


def _in_unit_of(one: Value, two: Value) -> Value:
    """The number `one` in the unit of `two`."""
    bare = [key[2:] for key in one.gives if key.startswith("n:")]
    base = next((key[2:] for key in two.gives if key.startswith("n:")), "1")
    keys: list[str] = []
    for key in two.gives:
        unit, _, amount = key.rpartition(":")
        if unit != "n":
            keys += [f"{unit}:{times(number, divided(amount, base))}" for number in bare]
    gives = (*keys, *(f"n:{number}" for number in bare))
    needs = (*keys, *(f"b:{number}" for number in bare))
    return one._replace(kind=two.kind, gives=gives, needs=needs, unit=two.unit)
