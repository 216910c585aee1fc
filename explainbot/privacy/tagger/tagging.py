"""Labels for the tokens of a text: person, address, place, organisation, or nothing.

Most tokens are nothing beyond doubt; only the stretches between those are weighed with the moves from label to label
(`explainbot.privacy.tagger.chain`), which gives each token the chance that it is anything, and its best label.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from explainbot.privacy.tagger import features
from explainbot.privacy.tagger.chain import Chain
from explainbot.privacy.tagger.features import (
    COMMON,
    FAMILY,
    GIVEN,
    JOINED,
    RARE,
    ROWS,
    STREET,
    TOKEN,
    A,
    B,
    C,
    read,
    see,
    tokens,
)
from explainbot.privacy.tagger.model import LANE, SCALE, Model, load

OTHER, PERSON, ADDRESS, PLACE, ORGANISATION = range(5)

WORDS = 20_000
"""Words whose sums are kept; then the memory begins anew. They are known again by Python's keyed hash, not as text."""

WORTH = 0.12
"""Tokens less likely than this are not told."""

HOPELESS = int(-4.5 * SCALE)
"""A token whose every label lies below this by its words alone is nothing: joined features hardly lift one so far."""

DOUBT = int(-6 * SCALE)
"""A token whose every label lies below this by all its features is nothing, whatever its neighbours are."""

LIVELY = int(-1 * SCALE)
"""Where every token of a stretch lies below this, none reaches `WORTH`, so the stretch is not weighed."""

MARGIN = 4
"""Tokens on either side of a lively one that are weighed with it."""

_LIFT = 1 << 12
"""Added to each label's share of a word's sums, so that none goes below zero."""

_WORDS_AT = 5 * _LIFT
"""Where the share of a label that says nothing lies when the words of a place are summed."""

_ALL_AT = _WORDS_AT + 128 * len(JOINED)
"""The same with the joined features, each of which is stored with 128 added."""

_MASK = (1 << LANE) - 1

LAST = ROWS - 1
"""The last bits of a number say which row it means."""


def _spread(value: int) -> int:
    """A number in each of the four shares."""
    return sum(value << LANE * lane for lane in range(4))


_LIFTS = [_spread(_LIFT - 128 * count) for count in range(LANE * 4)]
"""What is added to a sum, by how many rows are in it: each row is stored with 128 added."""

_TOP = _spread(1 << (LANE - 1))
_TO_TOP_BY_WORDS = _spread((1 << (LANE - 1)) - _WORDS_AT - HOPELESS)
_TO_TOP = _spread((1 << (LANE - 1)) - _ALL_AT - DOUBT)
_TO_TOP_LIVELY = _spread((1 << (LANE - 1)) - _ALL_AT - LIVELY)
"""Added to a packed sum, it sets the top bit of each share that is not below the threshold."""


class Tagged(NamedTuple):
    """A token with its label: offsets, label, and the chance that it is one of the four at all."""

    start: int
    end: int
    label: int
    chance: float


_Word = tuple[int, int, int, int, int, int, int, int, int, int]
"""What a word adds where it stands, before, after, and at two; its sort times A, B and C, its number times A and B."""

_EVEN = _spread(_LIFT)
_OUTSIDE: _Word = (_EVEN, _EVEN, _EVEN, _EVEN, _EVEN, 0, 0, 0, 0, 0)


class Tagger:
    """Tags texts with a model. Holds sums by word, no text."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._words: dict[int, _Word] = {}
        self._chain = Chain(model.moves)

    def knows(self, word: str) -> bool:
        """Whether the lexicon has a word as anything."""
        return bool(self._model.flags_of(word))

    def is_everyday(self, word: str) -> bool:
        """Whether the lexicon has a word as an everyday one and never as a name."""
        flags = self._model.flags_of(word)
        return bool(flags & (COMMON | RARE)) and not flags & (GIVEN | FAMILY)

    def is_common(self, word: str) -> bool:
        """Whether the lexicon has a word as an everyday one, be it a name too: "stock", "rose"."""
        return bool(self._model.flags_of(word) & (COMMON | RARE))

    def is_name(self, word: str) -> bool:
        """Whether the lexicon has a word, or each character of one that is written without spaces, as a name."""
        return any(self._model.flags_of(token.word) & (GIVEN | FAMILY) for token in tokens(word))

    def is_given(self, word: str) -> bool:
        """Whether the lexicon has a word as a given name."""
        return bool(self._model.flags_of(word) & GIVEN)

    def is_place(self, word: str) -> bool:
        """Whether the lexicon has a word as part of the name of a town."""
        return bool(self._model.flags_of(word) & features.PLACE)

    def is_venue(self, word: str) -> bool:
        """Whether the lexicon has a word as one in the names of companies and houses, and never as a name."""
        flags = self._model.flags_of(word)
        return bool(flags & features.COMPANY) and not flags & (GIVEN | FAMILY)

    def has_street(self, words: Iterable[str]) -> bool:
        """Whether one of the words is one for a street or a unit."""
        return any(self._model.flags_of(word) & STREET for word in words)

    def tag(self, text: str) -> Iterator[Tagged]:
        """The tokens of `text` that may be something, in order."""
        starts, words = self._read(text)
        for stretch in self._stretches(words):
            yield from self._weigh(text, [(starts[at], packed) for at, packed in stretch])

    def _stretches(self, words: Sequence[_Word]) -> Iterator[list[tuple[int, int]]]:
        """Tokens side by side that may be something, where one is lively, with a few on either side."""
        stretch: list[tuple[int, int]] = []
        quiet, following = -1, 0
        for at, packed in self._sums(words):
            if at != following and stretch:
                if quiet >= 0:
                    yield stretch
                stretch, quiet = [], -1
            following = at + 1
            stretch.append((at, packed))
            if packed + _TO_TOP_LIVELY & _TOP:
                quiet = 0
            elif quiet < 0:
                del stretch[:-MARGIN]
            elif (quiet := quiet + 1) == 2 * MARGIN:
                yield stretch[:-MARGIN]
                stretch, quiet = stretch[-MARGIN:], -1
        if quiet >= 0:
            yield stretch

    def _read(self, text: str) -> tuple[array[int], list[_Word]]:
        """Where each token begins, and what its word adds: two that are outside before, and two behind."""
        starts, words = array("I"), [_OUTSIDE] * 2
        known = self._words
        for start, word, kind in read(text):
            starts.append(start)
            key = hash(word) ^ kind
            words.append(known.get(key) or self._learn(key, word, kind))
        words += [_OUTSIDE] * 2
        return starts, words

    def _sums(self, words: Sequence[_Word]) -> Iterator[tuple[int, int]]:
        """Each token that is not nothing beyond doubt, by its number, with what all its rows say, packed."""
        table = self._model.rows
        shifted = [islice(words, first, None) for first in range(5)]
        for at, (w2, w1, w0, x1, x2) in enumerate(zip(*shifted, strict=False)):
            packed = w0[0] + w1[1] + x1[2] + w2[3] + x2[4]
            if not packed + _TO_TOP_BY_WORDS & _TOP:
                continue
            _, _, _, _, _, sort_a, sort_b, sort_c, _, _ = w0
            last_a, last_b, last_number_a, last_number_b = w1[5], w1[6], w1[8], w1[9]
            next_b, next_c, next_number_b = x1[6], x1[7], x1[9]
            packed += (
                table[last_a + sort_b & LAST]
                + table[sort_a + next_b + 1 & LAST]
                + table[last_a + sort_b + next_c + 2 & LAST]
                + table[w2[5] + last_b + sort_c + 3 & LAST]
                + table[sort_a + next_b + x2[7] + 4 & LAST]
                + table[last_number_a + sort_b + 5 & LAST]
                + table[sort_a + next_number_b + 6 & LAST]
                + table[w2[8] + last_number_b + sort_c + 7 & LAST]
                + table[last_number_a + sort_b + next_c + 8 & LAST]
            )
            if packed + _TO_TOP & _TOP:
                yield at, packed

    def _learn(self, key: int, word: str, kind: int) -> _Word:
        """What a word adds, worked out and kept."""
        if len(self._words) >= WORDS:
            self._words.clear()
        seen = see(word, kind, self._model.flags_of(word))
        own, before, after, far_before, far_after = [self._sum(rows) for rows in seen[:5]]
        sort, number = _times(seen.sort), _times(seen.number)[:2]
        known = self._words[key] = (own, before, after, far_before, far_after, *sort, *number)
        return known

    def _sum(self, rows: Sequence[int]) -> int:
        table = self._model.rows
        return sum([table[row] for row in rows], _LIFTS[len(rows)])

    def _weigh(self, text: str, stretch: list[tuple[int, int]]) -> Iterator[Tagged]:
        """Tokens side by side that may be something, with their chances."""
        shares = [
            (
                ((packed & _MASK) - _ALL_AT) / SCALE,
                ((packed >> LANE & _MASK) - _ALL_AT) / SCALE,
                ((packed >> 2 * LANE & _MASK) - _ALL_AT) / SCALE,
                ((packed >> 3 * LANE) - _ALL_AT) / SCALE,
            )
            for _, packed in stretch
        ]
        for (start, _), (chance, label) in zip(stretch, self._chain.weigh(shares, WORTH), strict=True):
            if chance >= WORTH and (match := TOKEN.match(text, start)):
                yield Tagged(start, match.end(), label, chance)


def _times(value: int) -> tuple[int, int, int]:
    """A number times each of the factors, as far as it tells which row is meant."""
    return value * A & LAST, value * B & LAST, value * C & LAST


@cache
def tagger() -> Tagger:
    """The tagger of this process, with the weights of the package."""
    return Tagger(load())
