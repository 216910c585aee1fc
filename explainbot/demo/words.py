"""Which sentence of a passage fits a question best, by the words they share. No model, no statistics."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["best_sentence", "overlap", "sentences"]

_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d")
_ASKS_A_NUMBER = re.compile(r"\b(?:how (?:long|many|much|often|soon)|when|until|costs?|price|charge)\b", re.IGNORECASE)
A_NUMBER = 2
_PLACEHOLDER = re.compile(r"\[[A-Z_]+_\d+\]")
STEM = 5
"""Characters of a word that are compared: "refunds" meets "refunded", at the price of a few false friends."""

EMPTY_WORDS = (
    "about after and are been before but call can could did does for from get give has have hello here how into last "
    "long many may much must name not now off once our please regards should take than thank thanks that the their "
    "them then there they this too until was were what when where which who will with would you your"
)
_EMPTY = frozenset(EMPTY_WORDS.split())


def sentences(text: str) -> list[str]:
    """The sentences of plain prose, in order."""
    return [piece.strip() for piece in _END.split(text) if piece.strip()]


def overlap(question: str, text: str) -> int:
    """How many of the question's words stand in the text, compared by their first letters."""
    return len(_stems(question) & _stems(text))


def best_sentence(question: str, candidates: Sequence[str]) -> str:
    """The candidate that shares most words with the question, the first of equals; "" where there is none.

    A message is read for its questions, and for the rest of it only between equals. Where an amount or a time is asked
    for, a candidate that holds a number counts as sharing `A_NUMBER` words more.
    """
    asked = " ".join(sentence for sentence in sentences(question) if sentence.endswith("?")) or question
    bonus = A_NUMBER if _ASKS_A_NUMBER.search(asked) else 0

    def fit(candidate: str) -> tuple[int, int]:
        return overlap(asked, candidate) + bonus * bool(_NUMBER.search(candidate)), overlap(question, candidate)

    return max(candidates, key=fit, default="")


def _stems(text: str) -> frozenset[str]:
    words = _WORD.findall(_PLACEHOLDER.sub(" ", text).casefold())
    return frozenset(word[:STEM] for word in words if len(word) > 2 and word not in _EMPTY)
