"""National identity and tax numbers of more than forty countries, by the word before them.

Forms and check digits: `python-stdnum`, whose modules cite the authority of each country. A word such as "DNI",
"Steuer-ID" or "Aadhaar" says whose number follows. A number with the right check digit counts; so does one with as
many letters and digits as the country issues, because people mistype. Four forms are telling enough to stand alone:
the Italian codice fiscale (Decreto 23 dicembre 1976), the Mexican CURP (Registro Nacional de Población), the UK
national insurance number (HMRC NIM39110) and the Finnish henkilötunnus (Väestötietolaki 661/2009).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple

from explainbot.privacy.context import cues
from explainbot.privacy.detection import Detection
from explainbot.privacy.normalise import Seen, seen
from explainbot.privacy.triggers import triggered_by

_TABLE = """
de.idnr        TAX_ID       11     steuer steuerid steueridentifikationsnummer idnr identifikationsnummer steuernummer
de.stnr        TAX_ID       10-13  steuernummer steuer
es.dni         NATIONAL_ID  9      dni nif
es.nie         NATIONAL_ID  9      nie nif
es.nif         TAX_ID       9      nif cif
gb.nhs         NATIONAL_ID  10     nhs
gb.utr         TAX_ID       10     utr
-              NATIONAL_ID  9      nino
in_.aadhaar    NATIONAL_ID  12     aadhaar aadhar adhaar uidai
in_.pan        TAX_ID       10     pan
nl.bsn         NATIONAL_ID  9      bsn burgerservicenummer sofinummer
it.codicefiscale TAX_ID     16     fiscale cf
it.iva         TAX_ID       11     iva
pl.pesel       NATIONAL_ID  11     pesel peselu
pl.nip         TAX_ID       10     nip
br.cpf         TAX_ID       11     cpf
br.cnpj        TAX_ID       14     cnpj
mx.curp        NATIONAL_ID  18     curp
mx.rfc         TAX_ID       12-13  rfc
fr.nir         NATIONAL_ID  13-15  nir insee sécurité sociale sécu secu vitale
fr.nif         TAX_ID       13     fiscal spi
be.nn          NATIONAL_ID  11     rijksregisternummer rijksregister nrn registre
ch.ssn         NATIONAL_ID  13     ahv avs ahvn13
at.vnr         NATIONAL_ID  10     svnr sozialversicherungsnummer sozialversicherung
-              NATIONAL_ID  12     rentenversicherungsnummer sozialversicherungsnummer rvnr
-              NATIONAL_ID  9-10   personalausweis personalausweisnummer ausweis ausweisnummer
se.personnummer NATIONAL_ID 10-12  personnummer personnr
dk.cpr         NATIONAL_ID  10     cpr personnummer
no.fodselsnummer NATIONAL_ID 11    fødselsnummer fodselsnummer personnummer
fi.hetu        NATIONAL_ID  11     hetu henkilötunnus
is_.kennitala  NATIONAL_ID  10     kennitala
ee.ik          NATIONAL_ID  11     isikukood
lt.asmens      NATIONAL_ID  11     asmens
bg.egn         NATIONAL_ID  10     egn егн
ro.cnp         NATIONAL_ID  13     cnp
cz.rc          NATIONAL_ID  9-10   rodné rodne rč
hr.oib         NATIONAL_ID  11     oib
si.emso        NATIONAL_ID  13     emšo emso jmbg
gr.amka        NATIONAL_ID  11     amka αμκα
gr.vat         TAX_ID       9      afm αφμ
ie.pps         NATIONAL_ID  8-9    pps ppsn
pt.nif         TAX_ID       9      nif contribuinte
pt.cc          NATIONAL_ID  12     cidadão
hu.anum        TAX_ID       8-11   adószám
-              NATIONAL_ID  9-10   taj adóazonosító
au.tfn         TAX_ID       8-9    tfn
au.abn         TAX_ID       11     abn
-              NATIONAL_ID  10-11  medicare
nz.ird         TAX_ID       8-9    ird
ca.sin         NATIONAL_ID  9      sin
za.idnr        NATIONAL_ID  13     rsa id
kr.rrn         NATIONAL_ID  13     rrn 주민등록번호
cn.ric         NATIONAL_ID  18     身份证 身份证号 ric resident
my.nric        NATIONAL_ID  12     nric mykad ic
-              NATIONAL_ID  9      nric fin
th.pin         NATIONAL_ID  13     thai
tr.tckimlik    NATIONAL_ID  11     kimlik tckn tc
il.idnr        NATIONAL_ID  8-9     teudat zehut
id.nik         NATIONAL_ID  16     nik ktp
id.npwp        TAX_ID       15-16  npwp
pk.cnic        NATIONAL_ID  13     cnic
cl.rut         NATIONAL_ID  8-9    rut run
ar.cuit        TAX_ID       11     cuit cuil
ar.dni         NATIONAL_ID  7-8    dni
co.nit         TAX_ID       8-10   nit cédula cedula
ec.ci          NATIONAL_ID  10     cédula cedula
pe.cui         NATIONAL_ID  8-9    dni cui
pe.ruc         TAX_ID       11     ruc
uy.rut         TAX_ID       12     rut
do.cedula      NATIONAL_ID  11     cédula cedula
ua.rntrc       TAX_ID       10     рнокпп іпн
ru.inn         TAX_ID       10-12  инн
-              NATIONAL_ID  11     снилс
us.ein         TAX_ID       9      ein
us.itin        TAX_ID       9      itin tin
vatin          TAX_ID       8-14   vat vatin ust ustid tva btw
-              NATIONAL_ID  6-14   national identity identification nationalid
-              TAX_ID       8-14   taxpayer tin tax taxid
"""
"""Module of stdnum (`-` for none), entity type, how many letters and digits, the words."""


class Kind(NamedTuple):
    """One line of the table."""

    module: str
    entity_type: str
    least: int
    most: int


def _kinds() -> dict[str, list[Kind]]:
    kinds: dict[str, list[Kind]] = {}
    for line in _TABLE.strip().splitlines():
        module, entity_type, size, *named = line.split()
        least, _, most = size.partition("-")
        for word in dict.fromkeys(named):
            kinds.setdefault(word, []).append(Kind(module, entity_type, int(least), int(most or least)))
    return kinds


_KINDS = _kinds()
_CUES = frozenset(_KINDS)
_VAGUE: dict[str, re.Pattern[str]] = {
    "national": re.compile(r"[ _-](?:id(?:entity|entification)?|insurance)(?:[ _-](?:card|number|no))?\b"),
    "identity": re.compile(r"[ _-](?:card|number|no|document)\b"),
    "identification": re.compile(r"[ _-](?:number|no)\b"),
    "tax": re.compile(r"[ _-](?:id|number|no|file|identification|payer|ref(?:erence)?)(?:[ _-](?:number|no|id))?\b"),
    "steuer": re.compile(r"[ _-]?(?:id|nummer|identifikationsnummer|nr)\b"),
    "vat": re.compile(r"[ _-]?(?:id|number|no|reg(?:istration)?)?\b"),
    "ust": re.compile(r"[ ._-]?id(?:nr)?\b"),
    "iva": re.compile(r""),
    "sociale": re.compile(r""),
    "id": re.compile(r"[ _-](?:number|no)\b"),
    "resident": re.compile(r"[ _-](?:id|identity)(?:[ _-](?:card|number|no))?\b"),
    "registre": re.compile(r"[ _-]national\b"),
    "thai": re.compile(r"[ _-](?:national )?id\b"),
    "tc": re.compile(r"[ _-](?:kimlik|no)\b"),
    "fiscal": re.compile(r""),
    "cf": re.compile(r""),
    "ic": re.compile(r"[ _-](?:number|no)\b"),
}
"""Words that name a number only together with what follows them."""

_EVERYDAY = frozenset("cc cf fin iva nie nit pan run rut sin spi tc tin ic".split())
"""Words of other meaning, which need a check digit or capitals."""

_CANDIDATE = re.compile(r"(?<!\w)[A-Za-z0-9](?:[ ./\-+]?[A-Za-z0-9]){4,23}")
_PROSE = re.compile("[ ./+-][a-z]{2}")
_FILLER = re.compile(
    r"(?:\W|\b(?:number|num|no|nr|nummer|is|was|ist|lautet|es|est|id|nie|card|y|or|and|my|mi|the|of|code"
    r"|personal|e|è|é|n|de|la|le|insurance|card|"
    r"identity|medicare|tax|file|reference|registration|jest|to|numero|número|numéro|umum|ref|holder)\b){0,12}+",
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


@triggered_by(words=_CUES, digits=[6, 9], long=16)
def detect(text: str) -> Iterator[Detection]:
    """National identity and tax numbers in `text`."""
    text = seen(text)
    for start, end, digits in text.runs():
        if digits in (6, 9):
            yield from _lettered(text, start, end, digits)
    yield from _coded(text)
    for start, end, word in cues(text, _CUES):
        if word in _VAGUE:
            rest = _VAGUE[word].match(text[end : end + 40].lower())
            if not rest:
                continue
            found = _first(text, end + rest.end(), _KINDS[word], word)
        else:
            found = _first(text, end, _KINDS[word], word)
        if found and (found.score > 0.9 or word not in _EVERYDAY or text[start : start + len(word)].isupper()):
            yield found


def _lettered(text: str, start: int, end: int, digits: int) -> Iterator[Detection]:
    """A national insurance number, or a henkilötunnus, round a run of digits."""
    if digits == 9:
        if text[start + 6 : start + 7] in ("-", "+") and valid("fi.hetu", text[start : end + 1]):
            yield Detection(start, end + 1, "NATIONAL_ID", 0.95, "form and check of a henkilötunnus")
        return
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
    candidate = _CANDIDATE.match(text, filler.end()) if filler else None
    if not candidate or "\x00" in text[end : candidate.start()]:
        return None
    written = _PROSE.split(candidate[0], 1)[0]
    if sum(map(str.isdigit, written)) < 4:
        return None
    shaped = None
    for stop, plain in _prefixes(written):
        if text[candidate.start() + stop : candidate.start() + stop + 1].isalnum():
            continue
        for kind in kinds:
            if kind.least <= len(plain) <= kind.most and sum(map(str.isdigit, plain)) * 2 >= len(plain) - 2:
                low, high = candidate.start(), candidate.start() + stop
                if kind.module != "-" and valid(kind.module, plain):
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


def valid(name: str, number: str) -> bool:
    """Whether stdnum's module `name` accepts a number."""
    return bool(_module(name).is_valid(number))  # type: ignore[attr-defined]
