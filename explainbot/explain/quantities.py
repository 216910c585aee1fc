"""Amounts, percentages, durations and counts in a text, in normal form.

Currencies by ISO 4217 code, sign or word; "$" names some twenty currencies and fits each of `DOLLARS`. Durations become
seconds, months, nights or working days, which do not turn into each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from explainbot.explain import dates
from explainbot.explain.numerals import plain, readings, times
from explainbot.explain.reading import Reader, Run, Value
from explainbot.explain.tokens import NUMBER, SIGN

SIGNS = {
    "$": "$", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₺": "TRY", "₩": "KRW", "฿": "THB",
    "₴": "UAH", "₪": "ILS", "₫": "VND", "₱": "PHP", "₦": "NGN",
}  # fmt: skip
"""Currency signs to ISO 4217."""

DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"})

_PER = ("per", "pour", "por")
_CENT = ("cent", "cento", "ciento")


def number(reader: Reader, at: int) -> Value:
    """A number in digits with what stands round it: a month, an hour's half, a unit, the thing counted."""
    if dated := dates.day_first(reader, at):
        return dated
    run = Run(reader, at, at + 1)
    found, suffix = readings(run.text)
    suffix = suffix.casefold()
    lexicon = reader.lexicon
    if suffix in lexicon.meridiem:
        minutes = dates.hour(found[0], lexicon.meridiem[suffix], suffix[:1] in "ap")
        if minutes is not None:
            return dates.time(run, [minutes])
    if suffix and suffix not in lexicon.ordinals:
        return _suffixed(run, found, suffix)
    return _measured(run, found, ordinal=bool(suffix))


def _suffixed(run: Run, found: list[str], suffix: str) -> Value:
    """ "24h", "50kg", "1.5k": a unit written onto the number; else the whole is an identifier."""
    lexicon = run.reader.lexicon
    if suffix == "s" and len(found[0]) in (2, 4):  # the 1990s, in your 20s
        return run.value("number", [f"n:{found[0]}", f"b:{found[0]}"], [f"n:{found[0]}"])
    if suffix in lexicon.durations:
        return _lasting(run, found, lexicon.durations[suffix])
    if suffix in lexicon.currencies:
        return _amount(run, found, lexicon.currencies[suffix])
    if suffix in lexicon.multipliers:
        return _measured(run, [times(one, lexicon.multipliers[suffix]) for one in found])
    key = f"i:{run.text.casefold()}"
    return run.value(
        "id", [key, *(f"u:{suffix}:{one}" for one in found), *(f"n:{one}" for one in found)], [key], unit=f"9{suffix}"
    )


def in_words(reader: Reader, at: int) -> Value | None:
    """ "fifty", "twenty-five", "three hundred" with what follows; None if the word is a turn of phrase ("one way")."""
    numbers = reader.lexicon.numbers
    word = reader.word(at)
    if word not in numbers:
        return None
    total, last = numbers[word], at + 1
    if total in range(20, 100, 10) and 0 < numbers.get(reader.next_word(last), 0) < 10:
        total += numbers[reader.word(last)]
        last += 1
    value = _measured(Run(reader, at, last), [str(total)], exact=False)
    phrase = value.kind == "count" and (word in reader.lexicon.stop or word == "second")
    return None if phrase else value


def signed(reader: Reader, at: int) -> Value | None:
    """A currency sign before a number: "$50", "$1.5k", "$2 million", "$50 CAD"."""
    code = SIGNS.get(reader.stream[at][1])
    amount = reader.touching(at + 1, NUMBER)
    if code is None or amount is None:
        return None
    found, suffix = readings(amount[1])
    last, lexicon = at + 2, reader.lexicon
    word = suffix.casefold() or reader.next_word(last)
    if word in lexicon.multipliers:
        found = [times(one, lexicon.multipliers[word]) for one in found]
        last += not suffix
    named = lexicon.currencies.get(reader.next_word(last), "")
    if code == "$" and named in DOLLARS:
        code, last = named, last + 1
    return _amount(Run(reader, at, last), found, code)


def coded(reader: Reader, at: int) -> Value | None:
    """A currency's code or name before a number: "USD 50"."""
    code = reader.lexicon.currencies.get(reader.word(at))
    amount = reader.touching(at + 1, NUMBER) if code else None
    return _amount(Run(reader, at, at + 2), readings(amount[1])[0], code) if code and amount else None


def lasting_one(reader: Reader, at: int) -> Value | None:
    """ "a day", "an hour"."""
    article = reader.word(at) in reader.lexicon.articles
    unit = reader.lexicon.durations.get(reader.next_word(at + 1)) if article else None
    return _lasting(Run(reader, at, at + 2), ["1"], unit, exact=False) if unit else None


def _measured(run: Run, found: list[str], ordinal: bool = False, exact: bool = True) -> Value:
    """A number with the unit after it: currency, percent, duration, half of the day, or the thing counted."""
    reader, lexicon = run.reader, run.reader.lexicon
    word = reader.next_word(run.last)
    if word in lexicon.multipliers:
        found = [times(one, lexicon.multipliers[word]) for one in found]
        run = run.to(run.last + 1)
        word = reader.next_word(run.last)
    sign = None if reader.touching(run.last + 1, NUMBER) else reader.touching(run.last, SIGN)
    if code := (SIGNS.get(sign[1]) if sign else lexicon.currencies.get(word)):
        return _amount(run.to(run.last + 1), found, code, exact)
    if last := _percent_end(run, bool(sign), word):
        return _percent(run.to(last), found, exact)
    if not ordinal and (span := _duration_unit(reader, run.last)):
        return _lasting(run.to(span[0]), found, span[1], exact)
    if half := dates.meridiem(reader, run.last):
        minutes = dates.hour(found[0], half[0], half[2]) if found[0].isdecimal() else dates.minutes(run.text)
        if minutes is not None:
            return dates.time(run.to(half[1]), [minutes])
    return _counted(run, found, "" if ordinal else word, exact)


def _percent_end(run: Run, sign: bool, word: str) -> int:
    """The token after a percent sign or word at the end of the run; 0 if none stands there."""
    if sign or word in run.reader.lexicon.percents:
        return run.last + 1
    return run.last + 2 if word in _PER and run.reader.word(run.last + 1) in _CENT else 0


def _duration_unit(reader: Reader, at: int) -> tuple[int, tuple[str, float]] | None:
    """The token after the unit of time at a token, and the unit.

    Working days are a unit of their own, whether the word for them stands before ("business days") or after ("días
    hábiles").
    """
    word, lexicon = reader.next_word(at), reader.lexicon
    if word in lexicon.durations:
        unit = lexicon.durations[word]
        after = lexicon.durations.get(reader.next_word(at + 1), unit)
        return (at + 2, ("workday", unit[1] / 86400)) if _is_days(unit) and after[0] == "workday" else (at + 1, unit)
    following = lexicon.durations.get(reader.next_word(at + 1)) if word in lexicon.working | lexicon.fillers else None
    if following is None:
        return None
    working = word in lexicon.working and _is_days(following)
    return at + 2, ("workday", following[1] / 86400) if working else following


def _is_days(unit: tuple[str, float]) -> bool:
    return unit[0] == "s" and unit[1] >= 86400


def _amount(run: Run, found: Sequence[str], code: str, exact: bool = True) -> Value:
    """An amount; a bare number in a source bears it out as well (JSON keeps the currency elsewhere)."""
    cents = code == "cent"
    if cents:
        found = [times(one, 0.01) for one in found]
    given = sorted({code, "$"} if code in DOLLARS else {code})
    needed = [*given, *(sorted(DOLLARS) if code == "$" else ()), *(("$", "EUR", "GBP", "USD") if cents else ())]
    gives = [f"$:{one}:{value}" for value in found for one in given] + [f"n:{value}" for value in found]
    needs = [f"$:{one}:{value}" for value in found for one in needed] + [f"b:{value}" for value in found]
    return run.value("amount", gives, needs, exact=exact)


def _percent(run: Run, found: Sequence[str], exact: bool = True) -> Value:
    return _plain_unit(run, "percentage", [f"%:{value}" for value in found], found, exact=exact)


def _lasting(run: Run, found: Sequence[str], unit: tuple[str, float], exact: bool = True) -> Value:
    keys = [f"{unit[0]}:{times(value, unit[1])}" for value in found]
    if unit == ("s", 3600) and "h" in run.reader.lexicon.meridiem and len(found[0]) < 3 and found[0].isdecimal():
        keys.append(f"t:{int(found[0]) % 24 * 60}")  # "15 h" is a time of day as well
    return _plain_unit(run, "duration", keys, found, unit[0], exact)


def _plain_unit(
    run: Run, kind: str, keys: list[str], found: Sequence[str], unit: str = "", exact: bool = True
) -> Value:
    gives = [*keys, *(f"n:{value}" for value in found)]
    return run.value(kind, gives, [*keys, *(f"b:{value}" for value in found)], unit, exact)


def last_digits(text: str) -> list[str]:
    """The key of the last four digits of a long number or identifier, by which people name it."""
    return [f"e:{plain(text[-4:])}"] if len(text) > 5 and text[-6:].isdecimal() else []


def _is_ending(run: Run) -> bool:
    """Whether the words before a number say that it is the end of a longer one."""
    words = {run.reader.word(at) for at in range(run.first - 3, run.first)}
    return len(run.text) == 4 and not words.isdisjoint(run.reader.lexicon.endings)


def _counted(run: Run, found: Sequence[str], word: str, exact: bool) -> Value:
    """A plain number; where words follow, what it counts: the last of up to three."""
    reader, lexicon = run.reader, run.reader.lexicon
    things: list[str] = []
    place = run.last
    while word and len(things) < 3 and word not in lexicon.stop and word not in lexicon.numbers:
        things.append(lexicon.stem(word))
        place += 1
        word = reader.next_word(place)
    bare = [f"n:{value}" for value in found]
    if not things:
        pronoun = not exact and found == ["1"]  # "I lost one" counts nothing that an amount could be
        gives = [*bare, *(f"b:{value}" for value in found if not pronoun), *last_digits(run.text)]
        if _is_ending(run):
            return run.value("id", gives, [*bare, *(f"e:{value}" for value in found)], unit="ending")
        return run.value("number", gives, bare, exact=exact)
    counts = [f"u:{thing}:{value}" for thing in things for value in found]
    return run.value("count", [*bare, *counts], bare, unit=things[-1], exact=exact)
