"""Dates of birth, by the word before them.

Forms: ISO 8601-1 (`1986-03-07`), figures with slashes, dots or hyphens in either order; day, month name and year in the
languages of `MONTH_NAMES`, and in Vietnamese, Chinese, Japanese and Korean (Unicode CLDR 47, `dateFormats` and month
names, full and abbreviated); and the year alone after "born in". A date without such a word stays: bookings and
deliveries have dates too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import cues, glued
from explainbot.privacy.dates import MONTH_NAMES
from explainbot.privacy.detection import Detection
from explainbot.privacy.triggers import triggered_by

_CUES = frozenset(
    """
    dob born birth birthdate birthday bday geboren geburtsdatum geburtstag geb née né naissance nacido nacida nacimiento
    ur nato nata nascita geboortedatum nascido nascida nascimento urodzony urodzona urodzenia urodziłem urodziłam
    nací nació nasci nasceu cumpleaños anniversaire compleanno verjaardag aniversário urodziny
    födelsedatum födelsedag född fødselsdato fødselsdag født syntymäaika syntymäaikani syntymäpäivä syntynyt narození
    narozen narozena narodil narodila születési született születtem nașterii naşterii nasterii născut născută doğum
    doğumlu doğdum рождения родился родилась народження народився народилася γέννησης γεννήθηκα rođenja rođen rođena
    rodjenja lahir sinh الميلاد ميلادي לידה נולדתי जन्म जन्मतिथि 生年月日 誕生日 出生日期 出生年月 生日
    생년월일 생일 วันเกิด
    turned turns turning b
    """.split()
)
_LETTER = re.compile(r"(?:(?:^|\W)d\.? ?o\. ?|[,(*] ?)\Z", re.IGNORECASE)
"""What stands before a "b" that means birth: "d.o.b.", "Ann Lee, b. 1980", "(b. 3 May 1980)"."""

_AGE = re.compile(
    r"\s+(?=\w)(?:1?[0-9]{1,2}"
    r"|(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty[ -]?)?(?:one|two|three|four|five|six|seven|eight|nine)?"
    r"|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)(?:\s+years\s+old)?\s+(?:on\s+)?(?:the\s+)?"
)
"""An age, in figures or words, between "turns" and the day: "turned 40 on 3 May", "turns eighteen on"."""

_YEAR = re.compile(
    r"[^\w\n]{0,2}\s*(?:(?:in|en|em|im\s+jahre?|nel|w|i)\s+)?(?:the\s+year\s+)?((?:19|20)[0-9]{2})(?![\w/-]|[.,][0-9])",
    re.IGNORECASE,
)
"""The year alone: "born in 1975"."""
_ABBREVIATED = frozenset(["geb", "ur", "dob"])
_MONTH = r"[^\W\d_]{3,15}"
_WORD = re.compile(_MONTH)
_BESIDES = frozenset(["the", "del", "tháng", "năm"])
"""Words in a date besides the month."""

_GAP = r"[\s.,/\-]{1,3}"
_OF = r"(?:(?:of|de|del|di|do)\s+)?"
_DATE = re.compile(
    r"(?<![\w/.-])(?:"
    r"[12][0-9]{3}\s?[年년]\s?[01]?[0-9]\s?[月월]\s?[0-3]?[0-9]\s?[日일]?"
    rf"|[12][0-9]{{3}}\.?\s(?:{_MONTH})\s[0-3]?[0-9]\.?|[0-3]?[0-9]\s+tháng\s+[01]?[0-9](?:\s+năm)?\s+[12][0-9]{{3}}"
    rf"|[0-3][0-9](?:{_MONTH})[12][0-9]{{3}}"
    r"|[12][0-9]{3}[-/. ][01]?[0-9][-/. ][0-3]?[0-9]|[0-3]?[0-9][-/. ][0-3]?[0-9][-/. ](?:[12][0-9])?[0-9]{2}"
    r"|[12][0-9]{7}"
    rf"|(?:the\s+)?[0-3]?[0-9](?:st|nd|rd|th|er|º"
    rf"|°)?{_GAP}{_OF}(?:{_MONTH})\b(?:{_GAP}{_OF}['\u2019]?(?:[12][0-9])?[0-9]{{2}}\b)?"
    rf"|(?:{_MONTH})\b{_GAP}(?:the\s+)?[0-3]?[0-9](?:st|nd|rd|th)?(?:{_GAP}(?:['\u2019]|[12][0-9])[0-9]{{2}}\b)?"
    r")(?!\w|/\w|-[0-9])",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(r"\s?((?:19|20)[0-9]{2})(?![\w/-])")
_TURNS = frozenset(["turned", "turns", "turning"])
_DIGIT = re.compile("[0-9]")
# "Your date of birth?" is answered by "It is ...".
_SPACE = re.compile(r"[^.!?;\x00\n]{0,32}+(?:(?:\n|[.?] (?=[Ii]t(?:['\u2019]s| is) ))[^.!?;\x00\n]{0,32}+)?")


@triggered_by(words=_CUES, least=1)
def detect(text: str) -> Iterator[Detection]:
    """Dates in `text` that a word calls a date of birth."""
    for start, after, word in cues(text, _CUES):
        if word == "b":
            found = _near(text, after + 1, 2) if _is_birth(text, start, after) else None
        elif word in _TURNS:
            age = _AGE.match(text, after)
            found = _near(text, age.end(), 1) if age else None
        else:
            found = _announced(text, after + (word in _ABBREVIATED and text[after : after + 1] == "."))
        if found:
            yield Detection(*found, "DATE_OF_BIRTH", 0.9, "a date after a word for birth")


def _is_birth(text: str, start: int, end: int) -> bool:
    """Whether a "b" is short for birth: it has a full stop or a colon behind it, and a mark or "d.o." before."""
    return text[end : end + 1] in (".", ":") and _LETTER.search(text, max(0, start - 6), start) is not None


def _date(text: str, at: int, end: int) -> tuple[int, int] | None:
    """The first date between two offsets; one with a word in it is one when that is a month."""
    match = _DATE.search(text, at, end)
    while match:
        if all(word in MONTH_NAMES or word in _BESIDES for word in _WORD.findall(match[0].lower())):
            return match.span()
        match = _DATE.search(text, match.start() + 1, end)
    return None


def _near(text: str, at: int, gap: int) -> tuple[int, int] | None:
    """A date, or a year, that begins within a few characters of `at`."""
    date = _date(text, at, at + 48)
    if date and date[0] - at <= gap:
        return date
    year = _BARE_YEAR.match(text, at)
    return year.span(1) if year else None


def _announced(text: str, end: int) -> tuple[int, int] | None:
    """The date in the same sentence as a word for birth that ends at `end`, or the year right behind it."""
    end = glued(text, end)
    space = _SPACE.match(text, end)
    stop = space.end() if space else end
    digit = _DIGIT.search(text, end, stop + 1)
    date = _date(text, max(end, digit.start() - 14), stop + 32) if digit else None
    if date and date[0] <= stop:
        return date
    year = _YEAR.match(text, end) if text[max(0, end - 3) : end].lower() != "day" else None  # "birthday 2024 sale"
    return year.span(1) if year else None
