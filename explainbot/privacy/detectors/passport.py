"""Passport numbers, by the word before them.

Form: ICAO Doc 9303, part 4 (up to nine letters and digits; some states use more in print), at least three of them
digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import cues, linked, listed
from explainbot.privacy.detection import Detection
from explainbot.privacy.triggers import triggered_by

_CUES = frozenset(
    "passport passports reisepass reisepassnummer passnummer passeport pasaporte passaporto paspoort"
    " passaporte paszport paszportu paspoortnummer passnr".split()
)
_NUMBER = re.compile(r"(?=(?:[A-Za-z]{0,3}[ -]?[0-9]){3})[A-Za-z]{0,3}[ -]?[0-9][A-Za-z0-9]{4,9}(?![\w]|-\w)")


@triggered_by(words=_CUES)
def detect(text: str) -> Iterator[Detection]:
    """Passport numbers in `text`."""
    for _, end, _ in cues(text, _CUES):
        for match in listed(text, linked(text, end), _NUMBER):
            yield Detection(
                match.start(), match.end(), "PASSPORT", 0.85, "letters and digits after a word for passport"
            )
