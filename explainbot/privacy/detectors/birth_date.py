"""Dates of birth, by the word before them.

Forms: ISO 8601-1 (`1986-03-07`), figures with slashes, dots or hyphens in either order, and day, month name and year in
English, German, French, Spanish, Italian, Dutch, Portuguese and Polish (Unicode CLDR 47, `dateFormats` and month names,
full and abbreviated). A date without such a word stays: bookings and deliveries have dates too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import cues
from explainbot.privacy.dates import MONTH_NAMES
from explainbot.privacy.detection import Detection
from explainbot.privacy.triggers import triggered_by

_CUES = frozenset(
    """
    dob born birth birthdate birthday bday geboren geburtsdatum geburtstag geb née né naissance nacido nacida nacimiento
    ur nato nata nascita geboortedatum nascido nascida nascimento urodzony urodzona urodzenia
    """.split()
)
_ABBREVIATED = frozenset(["geb", "ur", "dob"])
_MONTH = "|".join(sorted(MONTH_NAMES, key=len, reverse=True))
_GAP = r"[\s.,/\-]{1,3}"
_OF = r"(?:(?:of|de|del|di|do)\s+)?"
_DATE = re.compile(
    r"(?<![\w/.-])(?:"
    r"[12][0-9]{3}[-/. ][01]?[0-9][-/. ][0-3]?[0-9]|[0-3]?[0-9][-/. ][0-3]?[0-9][-/. ](?:[12][0-9])?[0-9]{2}"
    r"|[12][0-9]{7}"
    rf"|(?:the\s+)?[0-3]?[0-9](?:st|nd|rd|th|er|º"
    rf"|°)?{_GAP}{_OF}(?:{_MONTH})\b(?:{_GAP}{_OF}(?:[12][0-9])?[0-9]{{2}}\b)?"
    rf"|(?:{_MONTH})\b{_GAP}(?:the\s+)?[0-3]?[0-9](?:st|nd|rd|th)?(?:{_GAP}(?:[12][0-9])[0-9]{{2}}\b)?"
    r")(?![\w/]|-[0-9])",
    re.IGNORECASE,
)
_DIGIT = re.compile("[0-9]")
# "Your date of birth?" is answered by "It is ...".
_SPACE = re.compile(r"[^.!?;\x00\n]{0,32}+(?:(?:\n|[.?] (?=[Ii]t(?:['\u2019]s| is) ))[^.!?;\x00\n]{0,32}+)?")


@triggered_by(words=_CUES)
def detect(text: str) -> Iterator[Detection]:
    """Dates in `text` that a word calls a date of birth."""
    for _, after, word in cues(text, _CUES):
        end = after + (word in _ABBREVIATED and text[after : after + 1] == ".")
        space = _SPACE.match(text, end)
        stop = space.end() if space else end
        digit = _DIGIT.search(text, end, stop + 1)
        match = _DATE.search(text, max(end, digit.start() - 14), stop + 32) if digit else None
        if match and match.start() <= stop:
            yield Detection(match.start(), match.end(), "DATE_OF_BIRTH", 0.9, "a date after a word for birth")
