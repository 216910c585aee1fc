"""Driving licence numbers, by the words before them.

Forms vary by state (AAMVA DL/ID Card Design Standard, annex D: up to 25 letters and digits; UK: DVLA, 16 characters):
five to twenty letters, digits and hyphens, at least four of them digits. DVLA's driver number, made of surname, date of
birth and initials, is known by its form where it is only called a licence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import cues, linked, named_values
from explainbot.privacy.detection import Detection
from explainbot.privacy.triggers import triggered_by

_CUES = frozenset(
    """
    license licence licenses licences dl führerschein führerscheinnummer permis patente rijbewijs rijbewijsnummer
    permiso carnet jazdy habilitação cnh licencia condução motorista körkort körkortsnummer kørekort førerkort ajokortti
    ajokortin řidičský řidičského řidičák jogosítvány jogosítványszám conducere ehliyet ehliyetim sürücü vozačka
    vozačke удостоверение удостоверения οδήγησης permesso 免許証 驾驶证 驾照 駕照 운전면허 면허번호 ใบขับขี่
    """.split()
)
_DRIVING = re.compile(r"\b(?:driv(?:er|ing|ers|er'?s)'?s?|driver\\?'s)[ _-]{0,2}\Z")
_WHOLE = frozenset(
    """
    führerschein führerscheinnummer rijbewijs rijbewijsnummer jazdy cnh dl condução motorista körkort körkortsnummer
    kørekort førerkort ajokortti ajokortin řidičský řidičského řidičák jogosítvány jogosítványszám conducere ehliyet
    ehliyetim sürücü οδήγησης 免許証 驾驶证 驾照 駕照 운전면허 면허번호 ใบขับขี่ patente
    """.split()
)
_REST = re.compile(
    r"\s+(?:de conduire|di guida|de conducir|belgesi|průkazu?|dozvola|dozvole)\b|\s+(?=(?:n°|nº|n\.|numéro|número)\s)"
    r"|证|證|番号|번호",
    re.IGNORECASE,
)
_RUSSIAN = re.compile(r"\bводительско\w{1,3}\s\Z")
_NUMBER = re.compile(r"(?=(?:[A-Za-z-]{0,6}[0-9]){4})[A-Za-z0-9][A-Za-z0-9*-]{4,19}(?!\w)|[0-9](?:[ -][0-9]+){2,4}")

_BRITISH = re.compile(
    r"[A-Z9]{5} ?[0-9](?:[05][1-9]|[16][0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9] ?[A-Z9]{2}[A-Z0-9][A-Z]{2}(?!\w)",
    re.IGNORECASE,
)


@triggered_by(words=_CUES, least=4)
def detect(text: str) -> Iterator[Detection]:
    """Driving licence numbers in `text`."""
    for start, end, word in cues(text, _CUES):
        rest = _REST.match(text, end)
        driving = rest or word in _WHOLE or _DRIVING.search(_before(text, start)) or _is_russian(text, start)
        at = linked(text, rest.end() if rest else end)
        for span in named_values(text, start, at, _NUMBER if driving else _BRITISH):
            yield Detection(*span, "DRIVER_LICENSE", 0.8, "letters and digits beside words for a driving licence")


def _is_russian(text: str, start: int) -> bool:
    return _RUSSIAN.search(text[max(0, start - 20) : start].lower()) is not None


def _before(text: str, start: int) -> str:
    return text[max(0, start - 12) : start].lower().replace("\u2019", "'")
