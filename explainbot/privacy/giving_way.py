"""What a statistical detector finds gives way to what a rule is certain of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence

from explainbot.privacy.detection import Detection
from explainbot.privacy.words import FUNCTION_WORDS

ALIKE = frozenset({"PERSON", "ADDRESS", "LOCATION", "POSTCODE", "PLACE"})
"""Types that rules and statistics both find: of these the longer find stays, as of any two."""


def give_way(found: list[Detection], graded: Collection[str], text: str) -> list[Detection]:
    """The finds, those of the `graded` detectors without the letters that a rule has found to be something else.

    So a card number in a line of an address stays a card number. Costs n log n for n finds.
    """
    if not any(item.detector in graded for item in found):
        return found
    sure = _merged(item for item in found if item.detector not in graded and item.entity_type not in ALIKE)
    if not sure:
        return found
    kept: list[Detection] = []
    for item in found:
        kept += [item] if item.detector not in graded else _left(item, sure, text)
    return kept


def _merged(found: Iterable[Detection]) -> list[tuple[int, int]]:
    """The stretches that finds cover, in order."""
    merged: list[tuple[int, int]] = []
    for item in sorted(found):
        if merged and item.start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], item.end)
        else:
            merged.append((item.start, item.end))
    return merged


def _left(item: Detection, sure: Sequence[tuple[int, int]], text: str) -> Iterable[Detection]:
    """What is left of a find between the stretches, without signs at its edges."""
    at, index = item.start, bisect_right(sure, item.start, key=lambda stretch: stretch[1])
    if index == len(sure) or sure[index][0] >= item.end:
        yield item
        return
    while at < item.end:
        low, high = sure[index] if index < len(sure) else (item.end, item.end)
        start, end = at, min(low, item.end)
        while start < end and not text[start].isalnum():
            start += 1
        while start < end and not text[end - 1].isalnum():
            end -= 1
        if _says_something(text[start:end]):
            yield item._replace(start=start, end=end)
        at, index = max(at, high), index + 1


def _says_something(rest: str) -> bool:
    """Whether what is left is more than what joined the parts, such as "and"."""
    words = [word for word in rest.lower().split() if word not in FUNCTION_WORDS]
    return len(rest) > 2 and any(len(word) > 3 or not word.isascii() or any(map(str.isdigit, word)) for word in words)
