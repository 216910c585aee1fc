"""Domestic bank details, by the word before them.

Sort codes and account numbers: UK Pay "Vocalink modulus checking" (six and eight digits). Routing numbers: American
Bankers Association, check digit with weights 3, 7, 1. Bank state branch: Australian Payments Network (three and three
digits). Bankleitzahl: Deutsche Bundesbank (eight digits). CLABE: Banco de México (18 digits). IFSC: Reserve Bank of
India (four letters, a zero, six characters). UPI: NPCI, "virtual payment address". IBANs have their own detector.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import cues, linked
from explainbot.privacy.detection import Detection
from explainbot.privacy.triggers import triggered_by

_ACCOUNT = re.compile(r"[0-9](?:[ -]?[0-9]){5,19}(?![\w]|[-.,/][0-9])")
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
} | dict.fromkeys(
    ("account", "acct", "acc", "kontonummer", "konto", "rekeningnummer", "cuenta", "compte", "conto", "konta"), _ACCOUNT
)
_CUES = frozenset(_FORMS)
_SORT = re.compile(r"[- ]?codes?\b")
_AFTER_ACCOUNT = re.compile(r"\s*(?:number|no|num|nr|#|bancaria|bancaire|corrente)?\b")


@triggered_by(words=_CUES)
def detect(text: str) -> Iterator[Detection]:
    """Bank details in `text` that a word names."""
    for _, end, word in cues(text, _CUES):
        at = end
        if word == "sort":
            code = _SORT.match(text.lower(), end, end + 7) if end < len(text) else None
            if not code:
                continue
            at = code.end()
        elif _FORMS[word] is _ACCOUNT and (more := _AFTER_ACCOUNT.match(text, end)):
            at = more.end()
        match = _FORMS[word].match(text, linked(text, at))
        if match and (word not in ("routing", "aba") or routing(match[0])):
            yield Detection(match.start(), match.end(), "BANK_ACCOUNT", 0.85, f"the form that goes with {word!r}")


def routing(digits: str) -> bool:
    """The check of a nine-digit routing number: weights 3, 7, 1, the sum a multiple of ten."""
    return sum(weight * int(digit) for weight, digit in zip((3, 7, 1) * 3, digits, strict=True)) % 10 == 0
