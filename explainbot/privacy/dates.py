"""The ways one calendar date is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MONTHS_TEXT = """
january february march april may june july august september october november december
januar februar märz april mai juni juli august september oktober november dezember
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
januari februari maart april mei juni juli augustus september oktober november december
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
januari februari mars april maj juni juli augusti september oktober november december
januar februar mars april maj juni juli august september oktober november desember
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta \
syyskuuta lokakuuta marraskuuta joulukuuta
ledna února března dubna května června července srpna září října listopadu prosince
január február március április május június július augusztus szeptember október november december
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca
januari februari maret april mei juni juli agustus september oktober november desember
"""
_MONTHS = tuple(line.split() for line in _MONTHS_TEXT.strip().splitlines())
MONTH_NAMES = frozenset(
    name for names in _MONTHS for month in names for name in (month, month[:3], month[:4]) if len(name) > 2
)
"""Names of months in twenty languages, in lower case, in full and cut to three and four letters."""
_ISO = re.compile(r"\s*([12][0-9]{3})[-/. ]?([01][0-9])[-/. ]?([0-3][0-9])(?:[T ].*)?\s*\Z")
_DAY_FIRST = re.compile(r"\s*([0-3]?[0-9])[-/. ]([0-3]?[0-9])[-/. ]([12][0-9]{3})\s*\Z")


def date_patterns(value: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """(digits one of which then stands in the squeezed text, pattern for folded text) for other ways to write a date
    given as ISO 8601 or with slashes or dots.

    Day and month in figures are taken in either order when the given form does not say which is which.
    """
    for year, month, day in sorted(_readings(value)):
        names = "|".join(dict.fromkeys(name for names in _MONTHS for name in _short(names[month - 1])))
        gap = r"[\s.,/-]{1,3}"
        of = r"(?:(?:of|de|del|di)\s{1,6})?"
        number, ordinal = rf"0?{day}", rf"0?{day}(?:st|nd|rd|th|er|º|°)?"
        figures = rf"0?{month}"
        yield (year,), rf"{ordinal}{gap}{of}(?:{names}){gap}{of}{year}"
        yield (year,), rf"(?:{names}){gap}(?:the\s{{1,6}})?{ordinal}{gap}{year}"
        yield (year,), rf"{year}{gap}(?:{figures}{gap}{number}|(?:{names}){gap}{number})"
        yield (year,), rf"(?:{number}{gap}{figures}|{figures}{gap}{number}){gap}{year}"
        yield _short_keys(month, day, year[2:]), rf"{figures}[./-]{number}[./-]{year[2:]}"
        yield _short_keys(day, month, year[2:]), rf"{number}[./-]{figures}[./-]{year[2:]}"


def _short_keys(first: int, second: int, year: str) -> tuple[str, ...]:
    """The digits of a date with a year of two digits, with and without leading zeros."""
    return tuple({f"{one}{two}{year}": None for one in (first, f"{first:02}") for two in (second, f"{second:02}")})


def _short(name: str) -> tuple[str, ...]:
    return (name, name[:4], name[:3]) if name.isascii() and len(name) > 3 else (name,)


def _readings(value: str) -> set[tuple[str, int, int]]:
    iso = _ISO.match(value)
    if iso:
        candidates = {(iso[1], int(iso[2]), int(iso[3]))}
    else:
        found = _DAY_FIRST.match(value)
        if not found:
            return set()
        first, second = int(found[1]), int(found[2])
        candidates = {(found[3], second, first), (found[3], first, second)}
    return {(year, month, day) for year, month, day in candidates if 1 <= month <= 12 and 1 <= day <= 31}
