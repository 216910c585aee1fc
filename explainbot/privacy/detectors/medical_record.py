"""Numbers of patients and of their providers, by the words before them.

Medical record and health plan beneficiary numbers are identifiers under HIPAA, 45 CFR 164.514(b)(2)(i)(H) and (I);
forms are the hospital's own. National provider identifier: 45 CFR 162.406 (ten digits).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import cues, linked, named_values
from explainbot.privacy.detection import Detection
from explainbot.privacy.triggers import triggered_by

_CUES = frozenset(
    """
    mrn mrns npi medical patient beneficiary provider insurance policy member membership vitale versichertennummer
    krankenversichertennummer krankenversicherungsnummer kvnr egk
    """.split()
)
_REST = {
    "medical": re.compile(r"\s+records?(?:\s+(?:numbers?|no\.?|id|#))?", re.IGNORECASE),
    "patient": re.compile(r"\s+(?:id|number|no\.?|#)", re.IGNORECASE),
    "provider": re.compile(r"\s+identifier(?:\s+number)?", re.IGNORECASE),
    "insurance": re.compile(r"\s+(?:policy |member |card )?(?:id|numbers?|no\.?|#)", re.IGNORECASE),
    "policy": re.compile(r"\s+(?:id|numbers?|no\.?|#)", re.IGNORECASE),
    "member": re.compile(r"\s+(?:id|numbers?|no\.?|#)", re.IGNORECASE),
    "membership": re.compile(r"\s+(?:id|numbers?|no\.?|#|card)", re.IGNORECASE),
    "beneficiary": re.compile(r"\s+(?:id|numbers?|no\.?|#)", re.IGNORECASE),
}
_NUMBER = re.compile(r"(?=(?:[A-Za-z-]{0,5}[0-9]){4})[A-Za-z0-9][A-Za-z0-9-]{3,19}(?!\w)")
_PREFIXED = re.compile(r"-?[0-9]{4,12}(?!\w)")


@triggered_by(words=_CUES, least=4)
def detect(text: str) -> Iterator[Detection]:
    """Medical record, health plan and provider numbers in `text`."""
    for start, end, word in cues(text, _CUES):
        prefixed = _PREFIXED.match(text, end) if word == "mrn" else None
        if prefixed:
            yield Detection(start, prefixed.end(), "MEDICAL_RECORD", 0.85, "digits that MRN runs into")
            continue
        rest = _REST[word].match(text, end) if word in _REST else None
        if word not in _REST or rest:
            for span in named_values(text, start, linked(text, rest.end() if rest else end), _NUMBER):
                yield Detection(*span, "MEDICAL_RECORD", 0.85, "beside words for a record")
