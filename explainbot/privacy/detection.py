"""Personal data found in text, the placeholder label of each entity type, and how overlapping finds are settled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from types import MappingProxyType
from typing import NamedTuple

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
        "REFERENCE_ID": "REFERENCE",
        "CUSTOMER_DATA": "DATA",
        PLACEHOLDER_LIKE: "LITERAL",
    }
)
"""Entity type (Presidio's names where it has one) to placeholder label: `EMAIL_ADDRESS` is written `[EMAIL_1]`.

The set of labels is fixed, whatever a conversation holds, so that what counts as a look-alike of a placeholder never
changes while a conversation grows. An entity type that is not listed is written with the label `DATA`.
"""

NAME_LABELS = ("FIRSTNAME", "SURNAME")
"""Labels of the parts of a `PERSON`'s name: `[SURNAME_1]` belongs to `[PERSON_1]`."""


class Detection(NamedTuple):
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


_Waiting = tuple[int, float, Detection]


def label_of(entity_type: str) -> str:
    """The placeholder label of an entity type; `DATA` for one that `LABELS` does not list."""
    return LABELS.get(entity_type, "DATA")


def resolve(found: Iterable[Detection], text: str) -> list[Detection]:
    """Detections sorted and without overlaps; every letter and digit that the given ones cover stays covered.

    One that lies within another is dropped. Of two that overlap in part the longer stays whole and the other is cut
    back to the words of it that are left, as in `Lindqvist, marta.lindqvist@example.com`. Where the cut would go
    through a word, or through what looks like a placeholder, or leave a single character, they become one that spans
    both, named by the longer.
    """
    settled: list[Detection] = []
    cluster: list[Detection] = []
    end = -1
    for item in sorted(found):
        if item.start < end:
            cluster.append(item)
        else:
            settled += _settled(cluster, text)
            cluster = [item]
        end = max(end, item.end)
    return [*settled, *_settled(cluster, text)]


def _settled(cluster: Sequence[Detection], text: str) -> Sequence[Detection]:
    """Detections that hang together, the longest placed first."""
    if len(cluster) < 2:
        return cluster
    placed: list[Detection] = []
    waiting = [(item.start - item.end, -item.score, item) for item in cluster]
    heapify(waiting)
    while waiting:
        _, _, item = heappop(waiting)
        index = bisect_left(placed, item.start, key=lambda other: other.end - 1)
        over = placed[index] if index < len(placed) else None
        if over is None or over.start >= item.end:
            placed.insert(index, item)
        elif item.start < over.start:
            _cut(placed, index, item, item.start, over.start, text, waiting)
        elif item.end > over.end:
            _cut(placed, index, item, over.end, item.end, text, waiting)
    return placed


def _cut(
    placed: list[Detection], index: int, item: Detection, start: int, end: int, text: str, waiting: list[_Waiting]
) -> None:
    """Settle what is left of `item` beside the placed one at `index`: wait for its turn, join the placed one, or go."""
    over = placed[index]
    low, high = start, end
    while low < high and not text[low].isalnum():
        low += 1
    while low < high and not text[high - 1].isalnum():
        high -= 1
    rest = sum(map(str.isalnum, text[low:high])) if high - low < 3 else 3
    edge = over.start if end == over.start else over.end
    through = text[edge - 1].isalnum() and text[edge].isalnum()
    alone = rest == 1 and not _is_placed(placed, index, low)
    if PLACEHOLDER_LIKE in (item.entity_type, over.entity_type) or through or alone:
        _join(placed, index, start, end)
    elif rest > 1:
        heappush(waiting, (low - high, -item.score, item._replace(start=low, end=high)))


def _is_placed(placed: Sequence[Detection], index: int, at: int) -> bool:
    """Whether the one placed next to `index`, on the side of `at`, covers that place."""
    beside = index - 1 if at < placed[index].start else index + 1
    return 0 <= beside < len(placed) and placed[beside].start <= at < placed[beside].end


def _join(placed: list[Detection], index: int, start: int, end: int) -> None:
    """Grow the placed one at `index` over a piece beside it, up to the next placed one."""
    over = placed[index]
    if start < over.start:
        start = max(start, placed[index - 1].end if index else 0)
    else:
        end = min(end, placed[index + 1].start if index + 1 < len(placed) else end)
    placed[index] = over._replace(start=min(start, over.start), end=max(end, over.end))
