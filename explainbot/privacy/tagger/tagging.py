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


def _spread(value: int) -> int:
    """A number in each of the four shares."""
    return sum(value << LANE * lane for lane in range(4))


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


_Word = tuple[int, int, int, int, int, int, int]
"""What a word adds where it stands, before, after, and at two; its sort and number for joined features."""

_EVEN = _spread(_LIFT)
_OUTSIDE: _Word = (_EVEN, _EVEN, _EVEN, _EVEN, _EVEN, 0, 0)


class Tagger:
    """Tags texts with a model. Holds sums by word, no text."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._words: dict[int, _Word] = {}
        self._chain = Chain(model.moves)

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
        """Where each token begins, and what its word adds: three that are outside before, and two behind."""
        starts, words = array("I"), [_OUTSIDE] * 3
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
        shifted = [islice(words, first, None) for first in range(6)]
        for at, (w3, w2, w1, w0, x1, x2) in enumerate(zip(*shifted, strict=False)):
            packed = w0[0] + w1[1] + x1[2] + w2[3] + x2[4]
            if not packed + _TO_TOP_BY_WORDS & _TOP:
                continue
            s1, s0, t1 = w1[5] * A, w0[5], x1[5]
            n3, n2, n1, n0, m1 = w3[6], w2[6], w1[6], w0[6], x1[6]
            packed += (
                table[(s1 + s0 * B) % ROWS]
                + table[(s0 * A + t1 * B + 1) % ROWS]
                + table[(s1 + s0 * B + t1 * C + 2) % ROWS]
                + table[(w2[5] * A + w1[5] * B + s0 * C + 3) % ROWS]
                + table[(s0 * A + t1 * B + x2[5] * C + 4) % ROWS]
                + table[(n1 * A + s0 * B + 5) % ROWS]
                + table[(s0 * A + m1 * B + 6) % ROWS]
                + table[(n2 * A + n1 * B + s0 * C + 7) % ROWS]
                + table[(n1 * A + n0 * B + 8) % ROWS]
                + table[(n0 * A + m1 * B + 9) % ROWS]
                + table[(n1 * A + s0 * B + t1 * C + 10) % ROWS]
                + table[(n3 * A + n2 * B + n1 * C + 11) % ROWS]
            )
            if packed + _TO_TOP & _TOP:
                yield at, packed

    def _learn(self, key: int, word: str, kind: int) -> _Word:
        """What a word adds, worked out and kept."""
        if len(self._words) >= WORDS:
            self._words.clear()
        seen = see(word, kind, self._model.flags_of(word))
        own, before, after, far_before, far_after = [self._sum(rows) for rows in seen[:5]]
        known = self._words[key] = (own, before, after, far_before, far_after, seen.sort, seen.number)
        return known

    def _sum(self, rows: Sequence[int]) -> int:
        table = self._model.rows
        return sum([table[row] for row in rows]) + _spread(_LIFT - 128 * len(rows))

    def _weigh(self, text: str, stretch: list[tuple[int, int]]) -> Iterator[Tagged]:
        """Tokens side by side that may be something, with their chances."""
        shares = [[((packed >> LANE * lane & _MASK) - _ALL_AT) / SCALE for lane in range(4)] for _, packed in stretch]
        for (start, _), (chance, label) in zip(stretch, self._chain.weigh(shares), strict=True):
            if chance >= WORTH and (match := TOKEN.match(text, start)):
                yield Tagged(start, match.end(), label, chance)


@cache
def tagger() -> Tagger:
    """The tagger of this process, with the weights of the package."""
    return Tagger(load())
