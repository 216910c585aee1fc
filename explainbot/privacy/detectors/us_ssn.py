"""United States social security numbers.

Form: 20 CFR 422.103; Social Security Administration, POMS RM 10201.030 (area never 000 or 666, group never 00, serial
never 0000; areas 900-999 are individual taxpayer numbers, 26 CFR 301.6109-1, just as personal). With two hyphens the
form is enough; with spaces, dots or in one piece it takes a word such as "SSN" before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import after, before
from explainbot.privacy.detection import Detection
from explainbot.privacy.normalise import seen
from explainbot.privacy.triggers import triggered_by

_HYPHENS = re.compile(r"[0-9](?<![0-9][\-.].)(?<!\w.)[0-9]{2}-[0-9]{2}-[0-9]{4}(?!\w|-[0-9])")
_LOOSE = re.compile(r"[0-9](?<![\w.\-].)(?:[ .\-]{0,3}+[0-9]){8}(?![\w\-])")
_CUES = frozenset(["ssn", "ssns", "social", "soc", "itin", "tin", "taxpayer", "tax"])
_WORDS = re.compile(r"\b(?:ssn|ssns|social|soc sec|itin|tin|taxpayer|tax id)\b")
_OTHER = re.compile(r"\b(?:order|ticket|case|invoice|tracking|phone|part|model|sku)\b[^.;]{0,20}\Z")


@triggered_by("00-00-0000", words=_CUES)
def detect(text: str) -> Iterator[Detection]:
    """Social security and individual taxpayer numbers in `text`."""
    text = seen(text)
    named = bool(text.among(_CUES))
    for start, end, digits in text.runs():
        if digits < 9:
            continue
        if "-" in text[start:end]:
            for match in _HYPHENS.finditer(text, start, end + 2):
                if issued(match[0].replace("-", "")) and not _OTHER.search(before(text, match.start(), 32)):
                    yield Detection(match.start(), match.end(), "US_SSN", 0.9, "3-2-4 digits with hyphens")
        if named:
            yield from _named(text, start, end)


def _named(text: str, start: int, end: int) -> Iterator[Detection]:
    for match in _LOOSE.finditer(text, start, end + 2):
        digits = re.sub(r"[^0-9]", "", match[0])
        if issued(digits) and (
            _WORDS.search(before(text, match.start(), 40)) or _WORDS.search(after(text, match.end(), 16))
        ):
            yield Detection(match.start(), match.end(), "US_SSN", 0.95, "nine digits with a social security word")


def issued(digits: str) -> bool:
    """Whether nine digits are a possible number: area not 000 or 666, group not 00, serial not 0000."""
    return digits[:3] not in ("000", "666") and digits[3:5] != "00" and digits[5:] != "0000"
