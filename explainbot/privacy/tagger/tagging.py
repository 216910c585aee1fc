"""Labels for the tokens of a text: person, address, place, organisation, or nothing.

Most tokens are nothing beyond doubt; only the stretches between those are weighed with the moves from label to label
(`explainbot.privacy.tagger.chain`), which gives each token the chance that it is anything, and its best label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
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
    A,
    B,
    C,
    Token,
    see,
    tokens,
)
from explainbot.privacy.tagger.model import LANE, SCALE, Model, load

OTHER, PERSON, ADDRESS, PLACE, ORGANISATION = range(5)

WORDS = 20_000
"""Words whose sums are kept; then the memory begins anew. They are known again by Python's keyed hash, not as text."""

HOPELESS = int(-12 * SCALE)
"""A token whose every label lies below this by its words alone is nothing: joined features never lift one so far."""

DOUBT = int(-6 * SCALE)
"""A token whose every label lies below this by all its features is nothing, whatever its neighbours are."""

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
"""Added to a packed sum, it sets the top bit of each share that is not below the threshold."""


class Tagged(NamedTuple):
    """A token with its label: offsets, label, and the chance that it is one of the four at all."""

    start: int
    end: int
    label: int
    chance: float


class _Word(NamedTuple):
    """What a word adds where it stands, before, after, and at two; its sort and number for joined features."""

    own: int
    before: int
    after: int
    far_before: int
    far_after: int
    sort: int = 0
    number: int = 0


_OUTSIDE = _Word(*[_spread(_LIFT)] * 5)


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
        stretch: list[tuple[Token, int]] = []
        for token, packed in self._sums(text):
            if packed:
                stretch.append((token, packed))
            elif stretch:
                yield from self._weigh(stretch)
                stretch = []
        if stretch:
            yield from self._weigh(stretch)

    def _sums(self, text: str) -> Iterator[tuple[Token, int]]:
        """Each token with what all its rows say, packed; 0 for one that is nothing beyond doubt."""
        table = self._model.rows
        w3 = w2 = w1 = w0 = x1 = _OUTSIDE
        token: Token | None = None
        following: Token | None = None
        for coming in chain(tokens(text), (None, None)):
            x2 = _OUTSIDE if coming is None else self._word(coming)
            if token is not None:
                packed = w0[0] + w1[1] + x1[2] + w2[3] + x2[4]
                if packed + _TO_TOP_BY_WORDS & _TOP:
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
                    yield token, packed if packed + _TO_TOP & _TOP else 0
                else:
                    yield token, 0
            w3, w2, w1, w0, x1 = w2, w1, w0, x1, x2
            token, following = following, coming

    def _word(self, token: Token) -> _Word:
        key = hash((token.word, token.kind))
        known = self._words.get(key)
        if known is None:
            if len(self._words) >= WORDS:
                self._words.clear()
            seen = see(token.word, token.kind, self._model.flags_of(token.word))
            own, before, after, far_before, far_after = [self._sum(rows) for rows in seen[:5]]
            known = _Word(own, before, after, far_before, far_after, seen.sort, seen.number)
            self._words[key] = known
        return known

    def _sum(self, rows: Sequence[int]) -> int:
        table = self._model.rows
        return sum([table[row] for row in rows]) + _spread(_LIFT - 128 * len(rows))

    def _weigh(self, stretch: list[tuple[Token, int]]) -> Iterator[Tagged]:
        """Tokens side by side that may be something, with their chances."""
        shares = [[((packed >> LANE * lane & _MASK) - _ALL_AT) / SCALE for lane in range(4)] for _, packed in stretch]
        for (token, _), (chance, label) in zip(stretch, self._chain.weigh(shares), strict=True):
            yield Tagged(token.start, token.start + len(token.word), label, chance)


@cache
def tagger() -> Tagger:
    """The tagger of this process, with the weights of the package."""
    return Tagger(load())
