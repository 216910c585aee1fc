"""Vehicle identification numbers, and number plates by the word before them.

VIN: ISO 3779 (17 characters, no I, O or Q), check digit of 49 CFR 565.15(c); without a valid check digit it takes a
word such as "VIN" or "chassis". Plates differ by country: four to ten capitals and digits, both in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import cues, linked, named_values
from explainbot.privacy.detection import Detection
from explainbot.privacy.normalise import seen
from explainbot.privacy.triggers import triggered_by

_VIN = re.compile(r"(?<![\w-])(?=[A-Z]{0,16}[0-9])[A-HJ-NPR-Z0-9]{17}(?![\w-])", re.IGNORECASE)
_VIN_WORDS = frozenset(
    """
    vin vehicle chassis fahrgestellnummer fin fahrzeugidentifikationsnummer véhicule vehículo veículo bastidor chasis
    châssis telaio telaietto podwozia karoserii chassinummer stelnummer voertuigidentificatienummer şasi шасси
    """.split()
)
_VIN_LINK = re.compile(r"[ _-]?(?:identification[ _-]?(?:number|no|code)?|id)\b", re.IGNORECASE)
_PLATE_WORDS = frozenset(
    """
    plate plates numberplate reg registration kennzeichen nummernschild immatriculation matrícula matricula targa
    kenteken rejestracja rejestracyjny rejestracyjna placa placas plaka plakası plakam regnr registreringsnummer
    rekisterinumero nummerplade nummerskilt spz rendszám rendszáma înmatriculare госномер αυτοκινήτου registreringsskylt
    车牌 車牌 ナンバープレート 번호판 차량번호 ทะเบียนรถ
    """.split()
)
_PLATE = re.compile(
    r"(?=[A-ZÄÖÜ -]{0,8}[0-9])(?=[0-9 -]{0,8}[A-ZÄÖÜ])[A-ZÄÖÜ0-9]{1,4}(?:[ -]?[A-ZÄÖÜ0-9]{1,4}){1,3}(?!\w)"
    r"|(?=[a-z0-9-]{5,10}(?!\w))(?=[a-z-]{0,8}[0-9])(?=[0-9-]{0,8}[a-z])[a-z0-9]{2,4}(?:-?[a-z0-9]{1,4}){1,2}(?!\w)"
)
_VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


@triggered_by(words=_VIN_WORDS | _PLATE_WORDS, long=17)
def detect(text: str) -> Iterator[Detection]:
    """Vehicle identification numbers and number plates in `text`."""
    text = seen(text)
    for start, end in text.rows(17):
        if end - start == 17 and _VIN.match(text, start) and check_digit(text[start:end].upper()):
            yield Detection(start, end, "VEHICLE", 0.95, "17 characters with the VIN check digit")
    for start, end, word in cues(text, _VIN_WORDS | _PLATE_WORDS):
        is_vin = word in _VIN_WORDS
        more = _VIN_LINK.match(text, end) if is_vin else None
        at = linked(text, more.end() if more else end)
        why = "17 characters beside a word for VIN" if is_vin else "capitals and digits beside a word for a plate"
        for span in named_values(text, start, at, _VIN if is_vin else _PLATE):
            yield Detection(*span, "VEHICLE", 0.8, why)


def check_digit(vin: str) -> bool:
    """The check of 49 CFR 565.15(c): the weighted sum mod 11 in position 9, `X` for 10."""
    if vin.isdigit() or vin.isalpha():
        return False
    total = sum(
        weight * (_VALUES[char] if char.isalpha() else int(char)) for weight, char in zip(_WEIGHTS, vin, strict=True)
    )
    return vin[8] == "0123456789X"[total % 11]
