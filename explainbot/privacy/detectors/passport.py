"""Passport numbers, by the word before them.

Form: ICAO Doc 9303, part 4 (up to nine letters and digits; some states use more in print), at least three of them
digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import cues, linked, named_values
from explainbot.privacy.detection import Detection
from explainbot.privacy.triggers import triggered_by

_CUES = frozenset(
    """
    passport passports passportno reisepass reisepassnummer passnummer passnr passeport pasaporte passaporto paspoort
    paspoortnummer passaporte paszport paszportu pasnummer passin passinumero pasu pasului pașaport paşaport pasaport
    pasaportum pasaportumun útlevél útlevélszám διαβατήριο διαβατηρίου paspor chiếu паспорт паспорта паспорту
    загранпаспорт السفر جواز דרכון पासपोर्ट パスポート 旅券 护照 護照 여권 หนังสือเดินทาง pass travel
    """.split()
)
_VAGUE = {"pass": re.compile(r"[ -]?(?:nr|nummer|no|number)\b", re.IGNORECASE), "travel": re.compile(r" documents?\b")}
_NUMBER = re.compile(
    r"[0-9]{2} [0-9]{2} [0-9]{6}(?!\w)|[0-9]{4} [0-9]{6}(?!\w)"
    r"|(?=(?:[A-Za-z]{0,3}[ -]?[0-9]){3})[A-Za-z]{0,3}[ -]?[0-9][A-Za-z0-9]{4,9}(?![\w]|-\w)"
)
"""The first two as in Russia: series and number."""


@triggered_by(words=_CUES, least=3)
def detect(text: str) -> Iterator[Detection]:
    """Passport numbers in `text`."""
    for start, end, word in cues(text, _CUES):
        rest = _VAGUE[word].match(text, end) if word in _VAGUE else None
        if word in _VAGUE and not rest:
            continue
        for span in named_values(text, start, linked(text, rest.end() if rest else end), _NUMBER):
            yield Detection(*span, "PASSPORT", 0.85, "letters and digits beside a word for passport")
