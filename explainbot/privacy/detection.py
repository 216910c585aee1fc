"""Personal data found in text, the placeholder label of each entity type, and how overlapping finds are settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

PLACEHOLDER_LIKE = "PLACEHOLDER_LIKE"
"""Entity type of input text that looks like one of our placeholders. It is redacted so that only ours are restored."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "EMAIL_ADDRESS": "EMAIL",
        "PHONE_NUMBER": "PHONE",
        "CREDIT_CARD": "CARD",
        "IBAN_CODE": "IBAN",
        "BANK_ACCOUNT": "ACCOUNT",
        "IP_ADDRESS": "IP",
        "MAC_ADDRESS": "DEVICE",
        "IMEI": "DEVICE",
        "URL": "URL",
        "API_KEY": "SECRET",
        "CREDENTIAL": "SECRET",
        "US_SSN": "SSN",
        "NATIONAL_ID": "NATIONAL",
        "TAX_ID": "TAX",
        "PASSPORT": "PASSPORT",
        "DRIVER_LICENSE": "LICENCE",
        "VEHICLE": "VEHICLE",
        "CRYPTO": "WALLET",
        "SOCIAL_HANDLE": "HANDLE",
        "PERSON": "PERSON",
        "ORGANIZATION": "ORG",
        "ADDRESS": "ADDRESS",
        "LOCATION": "ADDRESS",
        "POSTCODE": "POSTCODE",
        "PLACE": "PLACE",
        "DATE_OF_BIRTH": "BIRTHDATE",
        "DATE_TIME": "DATE",
        "USER_ID": "USER",
        "CUSTOMER_ID": "CUSTOMER",
        "PAYMENT_ID": "PAYMENT",
        "MEMBERSHIP_ID": "MEMBERSHIP",
        "CUSTOMER_DATA": "DATA",
        PLACEHOLDER_LIKE: "LITERAL",
    }
)
"""Entity type (Presidio's names where it has one) to placeholder label: `EMAIL_ADDRESS` is written `[EMAIL_1]`.

The set of labels is fixed, whatever a conversation holds, so that what counts as a look-alike of a placeholder never
changes while a conversation grows. An entity type that is not listed is written with the label `DATA`.
"""


@dataclass(frozen=True, slots=True)
class Detection:
    """Personal data found in a text; holds offsets, never the text itself.

    Attributes:
        start: offset of the first code point.
        end: offset after the last code point (half-open).
        entity_type: UPPER_SNAKE, such as `EMAIL_ADDRESS`.
        score: 0 to 1, how certain the detector is.
        why: the reason in a few words, such as "Luhn checksum, 16 digits". Never a piece of the text.
        detector: name of the detector that found it.
    """

    start: int
    end: int
    entity_type: str
    score: float
    why: str
    detector: str = ""


Detector = Callable[[str], Iterable[Detection]]
"""A pure function of the text."""


def label_of(entity_type: str) -> str:
    """The placeholder label of an entity type; `DATA` for one that `LABELS` does not list."""
    return LABELS.get(entity_type, "DATA")


def resolve(found: Iterable[Detection]) -> list[Detection]:
    """Detections sorted, without overlaps, covering exactly what the given ones cover.

    Overlapping ones become one that spans their union, named by the longest of them, then by the most certain, so that
    no piece of a detected value stays in the text. Adjacent ones are kept apart.
    """
    settled: list[Detection] = []
    for item in sorted(found, key=lambda d: (d.start, -d.end, -d.score, d.entity_type)):
        if settled and item.start < settled[-1].end:
            settled[-1] = _union(settled[-1], item)
        else:
            settled.append(item)
    return settled


def _union(first: Detection, second: Detection) -> Detection:
    if second.end <= first.end and (second.end - second.start, second.score) <= (first.end - first.start, first.score):
        return first
    best = max(first, second, key=lambda d: (d.end - d.start, d.score))
    end = max(first.end, second.end)
    return Detection(first.start, end, best.entity_type, best.score, best.why, best.detector)
