"""Dates and times of day in a text, in normal form.

Dates: ISO 8601; day, month and year in digits (with full stops day first, as most of Europe writes it; with strokes
both orders are kept); names of months with ordinals, the year left out or not. Times: ISO 8601, 12 and 24 hours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from explainbot.explain.numerals import readings as readings_of
from explainbot.explain.reading import Reader, Run, Value
from explainbot.explain.tokens import NUMBER, WORD

_ISO = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)(?:[T ](\d\d):(\d\d))?")
_LINKS = ("of", "de", "di", "do")


def in_digits(reader: Reader, at: int) -> Value:
    """ "2024-05-03", "2024-05-03T15:00", "3.5.2024", "05/03/2024"."""
    run = Run(reader, at, at + 1)
    if iso := _ISO.match(run.text):
        year, month, day = (int(part) for part in iso.group(1, 2, 3))
        gives, needs = _keys([(year, month, day)])
        if iso.group(4):
            gives.append(f"t:{int(iso.group(4)) * 60 + int(iso.group(5))}")
        return run.value("date", gives, needs)
    one, two, year = (int(part) for part in re.split(r"[./-]", run.text))
    year += 2000 if year < 100 else 0
    orders = ((two, one),) if "." in run.text else ((two, one), (one, two))
    possible = [(year, month, day) for month, day in orders if 0 < month < 13 and 0 < day < 32]
    gives, needs = _keys(possible or [(year, two, one)])
    return run.value("date", gives, needs)


def month_first(reader: Reader, at: int) -> Value | None:
    """ "May 3rd, 2024", "May 2024", "September"; None if the word may be another ("may", "mar")."""
    month = reader.lexicon.months.get(reader.word(at))
    if month is None:
        return None
    day, last = _day_after(reader, at + 1)
    year, last = _year_after(reader, last)
    capital = reader.stream[at][1][:1].isupper()
    if not capital and not year:
        return None
    doubtful = len(reader.word(at)) < 4 or reader.word(at) in reader.lexicon.stop
    return None if doubtful and not day and not year else _date(Run(reader, at, last), year, month, day)


def day_first(reader: Reader, at: int) -> Value | None:
    """ "3 May 2024", "3rd of May", "3. Mai"; None if no month follows the number."""
    found, suffix = readings_of(reader.stream[at][1])
    if not _is_day(found[0]) or (suffix and suffix.casefold() not in reader.lexicon.ordinals):
        return None
    place = at + 1 + (reader.word(at + 1) in _LINKS)
    if place >= len(reader.stream) or reader.stream[place][0] != WORD:
        return None
    month = reader.lexicon.months.get(reader.word(place))
    if reader.word(place) in reader.lexicon.stop and not reader.stream[place][1][:1].isupper():
        return None  # "3 may apply"
    if month is None or not re.fullmatch(r"[ .\u00a0-]{0,2}", reader.gap(place)):
        return None
    year, last = _year_after(reader, place + 1)
    return _date(Run(reader, at, last), year, month, int(found[0]))


def _is_day(number: str) -> bool:
    return number.isdecimal() and len(number) < 3 and 0 < int(number) < 32


def _day_after(reader: Reader, at: int) -> tuple[int, int]:
    """The day of the month at a token, 0 if none stands there, and the token after it."""
    if at < len(reader.stream) and reader.stream[at][0] == NUMBER and re.fullmatch(r"[ .\u00a0]{0,2}", reader.gap(at)):
        found, suffix = readings_of(reader.stream[at][1])
        if _is_day(found[0]) and (not suffix or suffix.casefold() in reader.lexicon.ordinals):
            return int(found[0]), at + 1
    return 0, at


def _year_after(reader: Reader, at: int) -> tuple[int, int]:
    """The year at a token, or after a link ("de 2024"); 0 if none stands there; and the token after it."""
    if reader.next_word(at) in _LINKS:
        year, last = _year_after(reader, at + 1)
        return (year, last) if year else (0, at)
    there = at < len(reader.stream) and re.fullmatch(r"[12]\d{3}", reader.stream[at][1])
    if there and re.fullmatch(r"[ ,.\u00a0*_]{0,3}", reader.gap(at)):
        return int(reader.stream[at][1]), at + 1
    return 0, at


def _date(run: Run, year: int, month: int, day: int) -> Value:
    gives, needs = _keys([(year, month, day)])
    return run.value("date", gives, needs)


def _keys(possible: Sequence[tuple[int, int, int]]) -> tuple[list[str], list[str]]:
    """Keys given and needed by (year, month, day), where year or day is 0 if it was not said."""
    gives: list[str] = []
    needs: list[str] = []
    for year, month, day in possible:
        if day:
            gives += [f"d:{year or '?'}-{month}-{day}", f"d:{month}-{day}"]
            needs += [f"d:{year}-{month}-{day}", f"d:?-{month}-{day}"] if year else [f"d:{month}-{day}"]
        gives += [f"d:{year}-{month}", f"n:{year}"] if year else []
        gives += [f"m:{month}"] if day or year else [f"m:?-{month}", f"m:{month}"]
        needs += [] if day else [f"d:{year}-{month}", f"m:?-{month}"] if year else [f"m:{month}"]
    return gives, needs


def clock(reader: Reader, at: int) -> Value:
    """ "3:00 pm", "15:00", "15:00:00"; "3:00" alone may be either half of the day."""
    text = reader.stream[at][1]
    hour, minute = (int(part) for part in text.split(":")[:2])
    half = meridiem(reader, at + 1)
    if half and half[2] and 0 < hour < 13:
        return time(Run(reader, at, half[1]), [(hour % 12 + half[0]) * 60 + minute])
    readings = [hour * 60 + minute]
    if 0 < hour < 12 and not text.startswith("0") and text.count(":") == 1:
        readings.append((hour + 12) * 60 + minute)
    return time(Run(reader, at, at + 1), readings)


def time(run: Run, readings: Sequence[int]) -> Value:
    """A time of day in minutes after midnight, in each of its readings."""
    keys = [f"t:{one % 1440}" for one in readings]
    return run.value("time", keys, keys)


def meridiem(reader: Reader, at: int) -> tuple[int, int, bool] | None:
    """Hours to add for the "am", "p.m." or "Uhr" at a token, the token after it, and whether it halves the day."""
    word, last = reader.next_word(at), at + 1
    if word in ("a", "p") and reader.word(last) == "m" and reader.gap(last) == ".":
        word, last = word + ".m", last + 1
    add = reader.lexicon.meridiem.get(word)
    return None if add is None else (add, last, word[:1] in "ap")


def minutes(text: str) -> int | None:
    """Minutes after midnight of "15.30" or "15h30"; None if that is no time of day."""
    match = re.fullmatch(r"(\d\d?)[.:hH](\d\d)", text)
    if match is None or int(match.group(1)) > 24 or int(match.group(2)) > 59:
        return None
    return int(match.group(1)) % 24 * 60 + int(match.group(2))


def hour(number: str, add: int, halves: bool) -> int | None:
    """Minutes after midnight of "3 pm" or "15 Uhr"; None if the number is no hour."""
    if not number.isdecimal() or len(number) > 2 or int(number) > 24 or (halves and not 0 < int(number) < 13):
        return None
    return (int(number) % 12 + add if halves else int(number) % 24) * 60
