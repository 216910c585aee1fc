"""Places as latitude and longitude.

ISO 6709, annex D: decimal degrees with three or more decimals (about a hundred metres), or degrees, minutes and
seconds with their compass points. Fewer decimals are a price or a measure as easily, and no household.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import cues, linked
from explainbot.privacy.detection import Detection
from explainbot.privacy.triggers import triggered_by

_DECIMAL = re.compile(
    r"(\.[0-9]{3,10})(?:°?\s?[NS])?\s?[,;/ ]\s?(?:(?:lon|lng|long|longitude)\b["
    r" :=]{0,3})?([-+]?[0-9]{1,3}\.[0-9]{3,10})(?![0-9]|[.,][0-9])"
    r"(?:°?\s?[EW]\b)?",
    re.IGNORECASE,
)
_SEXAGESIMAL = re.compile(
    r"[0-9]{1,2}°\s?[0-9]{1,2}['\u2032]\s?(?:[0-9.]{1,7}(?:\"|''|\u2033)\s?)?[NS][,; ]{1,3}"
    r"[0-9]{1,3}°\s?[0-9]{1,2}['\u2032]\s?(?:[0-9.]{1,7}(?:\"|''|\u2033)\s?)?[EWO](?!\w)",
    re.IGNORECASE,
)


_NAMES = frozenset("lat latitude lng lon long longitude breitengrad längengrad".split())
_ONE = re.compile(r"[-+]?[0-9]{1,3}\.[0-9]{3,12}(?!\w|\.[0-9])")
_WITHIN = 180


@triggered_by("°", ".000")
def detect(text: str) -> Iterator[Detection]:
    """Coordinates in `text`."""
    for match in _DECIMAL.finditer(text):
        start = match.start()
        while start and match.start() - start < 3 and "0" <= text[start - 1] <= "9":
            start -= 1
        if start == match.start() or (start and (text[start - 1].isalnum() or text[start - 1] in "._$€£")):
            continue
        start -= bool(start) and text[start - 1] in "+-"
        latitude, longitude = float(text[start : match.end(1)]), float(match[2])
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            yield Detection(start, match.end(), "LOCATION", 0.85, "latitude and longitude (ISO 6709)")
    for _, end, _ in cues(text, _NAMES):
        one = _ONE.match(text, linked(text, end))
        if one and abs(float(one[0])) <= _WITHIN:
            yield Detection(*one.span(), "LOCATION", 0.85, "a latitude or longitude by its name")
    if "°" in text:
        for match in _SEXAGESIMAL.finditer(text):
            yield Detection(match.start(), match.end(), "LOCATION", 0.9, "degrees and minutes (ISO 6709)")
