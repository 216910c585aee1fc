"""Domestic bank details, by the word before them.

Sort codes and account numbers: UK Pay "Vocalink modulus checking" (six and eight digits). Routing numbers: American
Bankers Association, check digit with weights 3, 7, 1. Bank state branch: Australian Payments Network (three and three
digits). Bankleitzahl: Deutsche Bundesbank (eight digits). CLABE: Banco de México (18 digits). IFSC: Reserve Bank of
India (four letters, a zero, six characters). UPI: NPCI, "virtual payment address". BIC: ISO 9362. CBU: Banco Central de
la República Argentina (22 digits). CCC: Banco de España (20 digits). RIB: Comité français d'organisation et de
normalisation bancaires (23 characters). Bankgiro and plusgiro: Bankgirot. Czech accounts: Česká národní banka, decree
169/2011. IBANs have their own detector.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import cues, linked, said_before
from explainbot.privacy.detection import Detection
from explainbot.privacy.triggers import triggered_by

_ACCOUNT = re.compile(r"[0-9](?:[ -]?[0-9]){5,19}(?![\w]|[-.,/][0-9])")
_BIC = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?!\w)")
_CZECH = re.compile(r"(?:[0-9]{1,6}-)?[0-9]{2,10}/[0-9]{4}(?!\w)")
_ACCOUNT_WORDS = """
account acct acc kontonummer kontonr konto rekeningnummer bankrekening cuenta compte conto konta rachunku rachunek
hesap hesabım счета счёта счет рахунку λογαριασμού bankkontonummer tilinumero számlaszám cont rekening 口座番号 계좌번호
银行账号 银行卡号 帐号 账号
"""
_FORMS: dict[str, re.Pattern[str]] = {
    "sort": re.compile(r"[0-9]{2}([ -]?)[0-9]{2}\1[0-9]{2}(?![\w]|-[0-9])"),
    "routing": re.compile(r"[0-9]{9}(?!\w)"),
    "aba": re.compile(r"[0-9]{9}(?!\w)"),
    "bsb": re.compile(r"[0-9]{3}[ -]?[0-9]{3}(?!\w)"),
    "blz": re.compile(r"[0-9]{3}[ ]?[0-9]{3}[ ]?[0-9]{2}(?!\w)"),
    "bankleitzahl": re.compile(r"[0-9]{3}[ ]?[0-9]{3}[ ]?[0-9]{2}(?!\w)"),
    "clabe": re.compile(r"[0-9]{18}(?!\w)"),
    "upi": re.compile(r"[\w.-]{2,64}@[A-Za-z]{2,32}(?![\w.])"),
    "ifsc": re.compile(r"[A-Za-z]{4}0[A-Za-z0-9]{6}(?!\w)"),
    "bic": _BIC,
    "swift": _BIC,
    "cbu": re.compile(r"[0-9]{22}(?!\w)"),
    "ccc": re.compile(r"[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{2}[ -]?[0-9]{10}(?!\w)"),
    "rib": re.compile(r"[0-9]{5} ?[0-9]{5} ?[0-9A-Z]{11} ?[0-9]{2}(?!\w)"),
    "bankgiro": re.compile(r"[0-9]{3,4}-?[0-9]{4}(?!\w)"),
    "plusgiro": re.compile(r"[0-9]{1,3}(?: ?[0-9]{2}){1,3}-[0-9](?!\w)"),
    "účtu": _CZECH,
    "účet": _CZECH,
} | dict.fromkeys(_ACCOUNT_WORDS.split(), _ACCOUNT)
_CUES = frozenset(_FORMS)
_SWIFT = re.compile(r"(?:[ /-]?bic)?[ -]?code|[ /-]?bic\b|\s?(?=[:=])", re.IGNORECASE)
_SORT = re.compile(r"[- ]?codes?\b")
_AFTER_ACCOUNT = re.compile(
    r"\s*(?:number|no|num|nr|#|bancaria|bancaire|corrente|corriente|bankowego|numarası|numaram|bancario)?\b"
)


@triggered_by(words=_CUES)
def detect(text: str) -> Iterator[Detection]:
    """Bank details in `text` that a word names."""
    for start, end, word in cues(text, _CUES):
        at = end
        if word == "sort":
            code = _SORT.match(text.lower(), end, end + 7) if end < len(text) else None
            if not code:
                continue
            at = code.end()
        elif _FORMS[word] is _ACCOUNT and (more := _AFTER_ACCOUNT.match(text, end)):
            at = more.end()
        elif word == "swift":
            more = _SWIFT.match(text, end)
            if not more:
                continue
            at = more.end()
        match = _FORMS[word].match(text, linked(text, at))
        span = match.span() if match else said_before(text, start, _FORMS[word])
        if span and (word not in ("routing", "aba") or routing(text[slice(*span)])):
            yield Detection(*span, "BANK_ACCOUNT", 0.85, f"the form that goes with {word!r}")


def routing(digits: str) -> bool:
    """The check of a nine-digit routing number: weights 3, 7, 1, the sum a multiple of ten."""
    return sum(weight * int(digit) for weight, digit in zip((3, 7, 1) * 3, digits, strict=True)) % 10 == 0
