"""Identity numbers that need no word before them: their form and their check digits tell what they are.

Forms and checks: `python-stdnum`, whose modules cite the authority of each country. Besides: the Russian СНИЛС
(Pension Fund, order 211п of 2013), the German insurance number (VKVV, section 2), the identity cards of Hong Kong (Cap.
177A) and Singapore (Immigration and Checkpoints Authority); by form alone the Ghana card, PAN and GSTIN of India
(Income-tax Rules, rule 114; CGST Rules, rule 10), and the tax numbers of Kenya and Indonesia; by form and date of birth
the resident registration number of Korea. A form that shops give to orders too, such as ten plain digits, is not here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from explainbot.privacy.context import before
from explainbot.privacy.detection import Detection
from explainbot.privacy.detectors.national_id import valid
from explainbot.privacy.normalise import seen
from explainbot.privacy.triggers import triggered_by

_OTHER = re.compile(
    r"\b(?:order|ticket|case|invoice|tracking|part|model|sku|serial|ref(?:erence)?|booking|confirmation|parcel|version"
    r"|bestellung|bestellnummer|rechnung|commande|facture|pedido|factura|ordine|fattura|zamówienie)\b(?:\W{0,3}\b(?:no|nr|num|number|id|code|is|nummer|numéro|número|numero)\b)?\W{0,3}\Z"
)


def _hong_kong(written: str) -> bool:
    """One or two letters, six digits and a check: the sum by weights 9 to 1 is a multiple of 11, `A` for 10."""
    plain = written.upper().replace("(", "").replace(")", "").rjust(9)
    values = [36 if char == " " else 10 if char == "A" and at == 8 else int(char, 36) for at, char in enumerate(plain)]
    return sum(weight * value for weight, value in zip(range(9, 0, -1), values, strict=True)) % 11 == 0


def _singapore(written: str) -> bool:
    """Seven digits by the weights 2, 7, 6, 5, 4, 3, 2, an offset by first letter, mod 11, stand for the last letter."""
    total = sum(weight * int(digit) for weight, digit in zip((2, 7, 6, 5, 4, 3, 2), written[1:8], strict=True))
    offset, letters = _SINGAPORE[written[0]]
    return letters[(total + offset) % 11] == written[8]


_SINGAPORE = {
    "S": (0, "JZIHGFEDCBA"), "T": (4, "JZIHGFEDCBA"), "F": (0, "XWUTRQPNMLK"), "G": (4, "XWUTRQPNMLK"),
    "M": (3, "XWUTRQPNJLK"),
}  # fmt: skip


def _snils(written: str) -> bool:
    """The sum of nine digits by weights 9 to 1, mod 101, 100 for 0, is the two last digits."""
    digits = [int(char) for char in written if "0" <= char <= "9"]
    total = sum(weight * digit for weight, digit in zip(range(9, 0, -1), digits, strict=False))
    return total % 101 % 100 == digits[9] * 10 + digits[10]


def _german(written: str) -> bool:
    """Area, day, month, year, letter as two digits, serial: the digit sums of the products end in the check digit."""
    plain = "".join(filter(str.isalnum, written)).upper()
    digits = plain[:8] + f"{ord(plain[8]) - 64:02}" + plain[9:11]
    total = sum(sum(divmod(int(digit) * weight, 10)) for digit, weight in zip(digits, _VKVV, strict=True))
    return total % 10 == int(plain[11]) and 1 <= int(plain[2:4]) % 50 <= 31 and 1 <= int(plain[4:6]) <= 12


_VKVV = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)


def _dated(written: str) -> bool:
    """Whether the third to sixth digit are a month and a day."""
    return 1 <= int(written[2:4]) <= 12 and 1 <= int(written[4:6]) <= 31


def _by(*modules: str) -> Callable[[str], bool]:
    """The check of one of stdnum's modules."""
    return lambda written: any(valid(name, written) for name in modules)


def _unchecked(_: str) -> bool:
    """The issuer tells no check digit."""
    return True


class Form(NamedTuple):
    """One form: characters ahead of its longest run of digits, the whole, the check, and what it is."""

    ahead: int
    pattern: re.Pattern[str]
    holds: Callable[[str], bool]
    entity_type: str

    @property
    def why(self) -> str:
        """What tells it; check digits only where there are any."""
        checked = self.holds not in (_unchecked, _dated)
        return f"form {'and check digits ' if checked else ''}of an identity number"


_FORMS: tuple[tuple[str, int, str, Callable[[str], bool], str], ...] = (
    ("000000", 0, r"[0-9]{6}[ABCDEFUVWXYabcdefuvwxy][0-9]{3}[0-9A-Za-z]", _by("fi.hetu"), "NATIONAL_ID"),
    (
        "000000",
        4,
        r"[A-ZÑ&]{4}[0-9]{6}[A-Z0-9]{3}",
        lambda rfc: valid("mx.rfc", rfc, validate_check_digits=True),
        "TAX_ID",
    ),
    ("0000000", 1, r"[STFGM][0-9]{7}[A-Z]", _singapore, "NATIONAL_ID"),
    ("0000000", 1, r"[XYZxyz][0-9]{7}-?[A-Za-z]", _by("es.nie"), "NATIONAL_ID"),
    ("0000000", 2, r"[XYZxyz]-[0-9]{7}-?[A-Za-z]", _by("es.nie"), "NATIONAL_ID"),
    ("0000000", 0, r"[0-9]{7}[A-W][A-IW]?", _by("ie.pps"), "NATIONAL_ID"),
    ("000000(0", 1, r"[A-Z][0-9]{6}\([0-9]\)", _hong_kong, "NATIONAL_ID"),
    ("000000", 1, r"[A-Z][0-9]{6}\(A\)", _hong_kong, "NATIONAL_ID"),
    ("000000(0", 2, r"[A-Z]{2}[0-9]{6}\([0-9]\)", _hong_kong, "NATIONAL_ID"),
    ("00000000", 0, r"[0-9]{8}[- ]?[A-Z]", _by("es.dni"), "NATIONAL_ID"),
    ("00.000.000", 0, r"[0-9]{2}\.[0-9]{3}\.[0-9]{3}-[A-Za-z]", _by("cl.rut", "es.dni"), "NATIONAL_ID"),
    ("00000000|00 000000", 0, r"[0-9]{2} ?[0-9]{6} ?[A-Z] ?[0-9]{3}", _german, "NATIONAL_ID"),
    ("0.000.000-0", 0, r"[0-9]\.[0-9]{3}\.[0-9]{3}-[0-9]", _by("cl.rut"), "NATIONAL_ID"),
    ("00.000.000-0", 0, r"[0-9]{2}\.[0-9]{3}\.[0-9]{3}-[0-9]", _by("cl.rut"), "NATIONAL_ID"),
    ("00000000 0|000000000", 0, r"[0-9]{8} ?[0-9] ?[A-Z0-9]{2}[0-9]", _by("pt.cc"), "NATIONAL_ID"),
    ("000000000", 1, r"[AP][0-9]{9}[A-Z]", _unchecked, "TAX_ID"),
    ("00000000-0", 2, r"[VEJPG]-[0-9]{8}-[0-9]", _by("ve.rif"), "TAX_ID"),
    ("000000-000|000000+000", 0, r"[0-9]{6}[-+][0-9]{3}[A-Za-z]", _by("fi.hetu"), "NATIONAL_ID"),
    ("000000", 0, r"[0-9]{6}\+[0-9]{3}[A-Za-z]", _by("fi.hetu"), "NATIONAL_ID"),
    ("000000/000", 0, r"[0-9]{6}/[0-9]{3}", _by("cz.rc"), "NATIONAL_ID"),
    ("000000/0000", 0, r"[0-9]{6}/[0-9]{4}", _by("cz.rc"), "NATIONAL_ID"),
    ("000000-0000", 0, r"[0-9]{6}-[0-9]{4}", _by("se.personnummer", "is_.kennitala"), "NATIONAL_ID"),
    ("000000000-0", 4, r"GHA-[0-9]{9}-[0-9]", _unchecked, "NATIONAL_ID"),
    ("000000-00000", 0, r"[0-9]{6}-[0-9]{5}", _by("lv.pvn"), "NATIONAL_ID"),
    ("000.000.000-00", 0, r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}", _by("br.cpf"), "TAX_ID"),
    (
        "00.00.00-000.00|00.00.00-000-00|00 00 00 000 00|00.00.00-000 00",
        0,
        r"[0-9].{14}",
        _by("be.nn", "be.bis"),
        "NATIONAL_ID",
    ),
    ("00-00000000-0", 0, r"[0-9]{2}-[0-9]{8}-[0-9]", _by("ar.cuit"), "TAX_ID"),
    ("000-000-000 00|000-000-000-00", 0, r"[0-9]{3}-[0-9]{3}-[0-9]{3}[ -][0-9]{2}", _snils, "NATIONAL_ID"),
    ("000-0000000-0", 0, r"[0-9]{3}-[0-9]{7}-[0-9]", _by("do.cedula"), "NATIONAL_ID"),
    ("00000000-0000", 0, r"[0-9]{8}-[0-9]{4}", _by("se.personnummer"), "NATIONAL_ID"),
    ("000000-00-0000", 0, r"[0-9]{6}-[0-9]{2}-[0-9]{4}", _by("my.nric"), "NATIONAL_ID"),
    ("000000-0000000", 0, r"[0-9]{6}-[1-8][0-9]{6}", _dated, "NATIONAL_ID"),
    ("000.0000.0000.00|0000000000000|000 0000 0000 00", 0, r"756[0-9. ]{10,13}", _by("ch.ssn"), "NATIONAL_ID"),
    ("00000-0000000-0", 0, r"[0-9]{5}-[0-9]{7}-[0-9]", _by("pk.cnic"), "NATIONAL_ID"),
    ("0-0000-00000-00-0", 0, r"[0-9]-[0-9]{4}-[0-9]{5}-[0-9]{2}-[0-9]", _by("th.pin"), "NATIONAL_ID"),
    ("0000-000000-000-0", 0, r"[0-9]{4}-[0-9]{6}-[0-9]{3}-[0-9]", _by("sv.nit"), "TAX_ID"),
    ("000000000000000|0 00 00 00 000 000 00", 0, r"[12][0-9 ]{14,20}", _by("fr.nir"), "NATIONAL_ID"),
    ("00.000.000.0-000.000", 0, r"[0-9]{2}\.[0-9]{3}\.[0-9]{3}\.[0-9]-[0-9]{3}\.[0-9]{3}", _unchecked, "TAX_ID"),
    ("00000000000000000", 0, r"[0-9]{17}[Xx]", _by("cn.ric"), "NATIONAL_ID"),
    ("000000000000000000", 0, r"[0-9]{18}", _by("cn.ric"), "NATIONAL_ID"),
)
"""(the shapes that its longest run of digits has, characters ahead of that, the whole, the check, what it is)"""


def _by_shape() -> dict[bytes, list[Form]]:
    forms: dict[bytes, list[Form]] = {}
    for shapes, ahead, pattern, holds, entity_type in _FORMS:
        whole = re.compile(rf"(?<![\w/.,+$€£-])(?:{pattern})(?!\w|[-/.,+][0-9])")
        for shape in shapes.split("|"):
            forms.setdefault(shape.encode(), []).append(Form(ahead, whole, holds, entity_type))
    return forms


FORMS = _by_shape()
"""By the shape of a run of digits, as `Seen.shape` writes it."""

_INDIAN = re.compile(
    r"(?<![\w-])(?:[A-Z]{3}[ABCFGHJLPT][A-Z][0-9]{4}[A-Z]|[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]Z[0-9A-Z])(?![\w-])"
)
"""PAN, and GSTIN, which holds one."""


@triggered_by("aa00", runs=FORMS)
def detect(text: str) -> Iterator[Detection]:
    """Identity numbers in `text` that are known by form, most of them by check digits besides."""
    text = seen(text)
    shape = text.shape()
    for start, end, _ in text.runs():
        for form in FORMS.get(shape[start:end], ()):
            match = form.pattern.match(text, start - form.ahead) if start >= form.ahead else None
            if match and form.holds(match[0]) and not _OTHER.search(before(text, match.start(), 32)):
                yield Detection(*match.span(), form.entity_type, 0.85, form.why)
    if b"a0000a" in shape:
        for match in _INDIAN.finditer(text):
            if not _OTHER.search(before(text, match.start(), 32)):
                yield Detection(*match.span(), "TAX_ID", 0.85, "form of a PAN or GSTIN")
