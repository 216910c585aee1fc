"""National identity and tax numbers of more than seventy countries, by the word before them.

Forms and check digits: `python-stdnum`, whose modules cite the authority of each country. A word such as "DNI",
"Steuer-ID" or "Aadhaar" says whose number follows. A number with the right check digit counts; so does one with as
many letters and digits as the country issues, because people mistype. Three forms are telling enough to stand alone:
the Italian codice fiscale (Decreto 23 dicembre 1976), the Mexican CURP (Registro Nacional de Población) and the UK
national insurance number (HMRC NIM39110); `id_form` has more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from explainbot.privacy.context import cues, linked
from explainbot.privacy.detection import Detection
from explainbot.privacy.id_numbers import KINDS, VAGUE, Kind
from explainbot.privacy.normalise import Seen, seen
from explainbot.privacy.triggers import triggered_by

_CUES = frozenset(KINDS)
_EVERYDAY = frozenset(
    "cc cf ci cin cpf dui epic fin gst iva mst nie nin nit pan rg rif run rut sin spi tc tin ic vid".split()
)
"""Words of other meaning, which need a check digit or capitals."""

_CANDIDATE = re.compile(r"(?<!\w)[A-Za-z0-9](?:[ ./\-+]?[A-Za-z0-9]){4,23}")
_COUNTRY = re.compile("[A-Z]{2} (?=[0-9A-Z]{2})")
"""A country's code, as before numbers for value added tax."""

_PROSE = re.compile("[ ./+-][a-z]{2}")
_FILLER = re.compile(
    r"(?:</?[a-z][^<>\x00]{0,40}>|\W|\b(?:number|num|no|nr|nummer|is|was|ist|lautet|es|est|id|nie|card|y|or|and|my|mi|the|of|code"
    r"|personal|e|è|é|n|de|la|le|insurance|card|"
    r"identity|medicare|tax|file|reference|registration|jest|to|numero|número|numéro|umum|ref|holder|voter|gstin"
    r"|number's|fiscal|broj|security|social|personal|numer|číslo|cislo|szám|száma|számom|numarası|numarasi|numaram|numara|kodas"
    r"|kods|kood|tunnus|nomor|nº|номер|мой|моя|код|это|είναι|αριθμός|μου|رقم|الرقم|הוא|מספר|שלי|mitt|min|är|er|je|on"
    r"|este|mio|mia|meu|minha|mijn|mein|meine|mon|ma|mój|moja|sono|olarak|है)\b"
    r"|是|为|為|は|が|号码|號碼|号|番号|번호|입니다|는|은){0,12}+",
    re.IGNORECASE,
)
_CODES = {
    16: (
        re.compile(r"[a-z]{6}[0-9lmnpqrstuv]{2}[a-ehlmpr-t][0-9lmnpqrstuv]{2}[a-z][0-9lmnpqrstuv]{3}[a-z]"),
        Kind("it.codicefiscale", "TAX_ID", 16, 16),
        "form and check letter of a codice fiscale",
    ),
    18: (
        re.compile(r"[a-z]{4}[0-9]{6}[hmx][a-z]{5}[a-z0-9][0-9]"),
        Kind("mx.curp", "NATIONAL_ID", 18, 18),
        "form and check digit of a CURP",
    ),
}
"""Length of a word to the code that may be all of it."""

_NINO = re.compile(r"(?<![\w-])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\Z", re.IGNORECASE)
_NINO_END = re.compile(r" ?[A-D](?![\w-])", re.IGNORECASE)


@triggered_by(words=_CUES, digits=[6], long=16, least=4)
def detect(text: str) -> Iterator[Detection]:
    """National identity and tax numbers in `text`."""
    text = seen(text)
    for start, end, digits in text.runs():
        if digits == 6:
            yield from _lettered(text, start, end)
    yield from _coded(text)
    for start, end, word in cues(text, _CUES):
        if word in VAGUE:
            rest = VAGUE[word].match(text[end : end + 40].lower())
            if not rest:
                continue
            found = _first(text, end + rest.end(), KINDS[word], word)
        else:
            found = _first(text, end, KINDS[word], word)
        if found and (found.score > 0.9 or word not in _EVERYDAY or text[start : start + len(word)].isupper()):
            yield found


def _lettered(text: str, start: int, end: int) -> Iterator[Detection]:
    """A national insurance number round a run of six digits."""
    low = max(0, start - 4)
    prefix, suffix = _NINO.search(text[low:start]), _NINO_END.match(text, end)
    if prefix and suffix:
        yield Detection(
            low + prefix.start(), suffix.end(), "NATIONAL_ID", 0.95, "form of a UK national insurance number"
        )


def _coded(text: Seen) -> Iterator[Detection]:
    for start, end in text.rows(16):
        if end - start in _CODES:
            pattern, kind, why = _CODES[end - start]
            word = text[start:end].lower()
            if pattern.fullmatch(word) and valid(kind.module, word):
                yield Detection(start, end, kind.entity_type, 0.95, why)


def _first(text: str, end: int, kinds: list[Kind], word: str) -> Detection | None:
    """The number that follows a word: one whose check digit is right before one that only has the right length."""
    filler = _FILLER.match(text, end, end + 48)
    candidate = _CANDIDATE.match(text, max(filler.end() if filler else end, linked(text, end)))
    if not candidate or "\x00" in text[end : candidate.start()]:
        return None
    written = _PROSE.split(candidate[0], 1)[0]
    if sum(map(str.isdigit, written)) < 4:
        return None
    country = _COUNTRY.match(written)
    at = candidate.start() + (country.end() if country else 0)
    shaped = None
    for stop, plain in _prefixes(written[country.end() :] if country else written):
        if text[at + stop : at + stop + 1].isalnum():
            continue
        for kind in kinds:
            if kind.least <= len(plain) <= kind.most and sum(map(str.isdigit, plain)) * 2 >= len(plain) - 2:
                low, high = candidate.start(), at + stop
                if kind.module != "-" and (valid(kind.module, plain) or valid(kind.module, text[at:high])):
                    return Detection(low, high, kind.entity_type, 0.95, f"check digit, after {word!r}")
                shaped = shaped or Detection(low, high, kind.entity_type, 0.75, f"letters and digits after {word!r}")
    return shaped


def _prefixes(written: str) -> Iterator[tuple[int, str]]:
    """(length, letters and digits) of a candidate and of its shorter beginnings, cut at a blank, the longest first."""
    stop = len(written)
    while stop > 0:
        piece = written[:stop].rstrip(" ./-+")
        plain = "".join(filter(str.isalnum, piece))
        if len(plain) < 6:
            return
        yield len(piece), plain
        stop = written.rfind(" ", 0, len(piece))


@cache
def _module(name: str) -> object:
    return import_module(f"stdnum.{name}")


def valid(name: str, number: str, **options: bool) -> bool:
    """Whether stdnum's module `name` accepts a number."""
    try:
        return bool(_module(name).is_valid(number, **options))  # type: ignore[attr-defined]
    except KeyError:  # cn.ric of stdnum 2.2 asks its table for a county that some places do not have.
        return False
