"""What the readers of values share: the tokens of one text, a run of them, and the value they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from explainbot.explain.lexicons import Lexicon
from explainbot.explain.tokens import CHARACTER, WORD, Token

_GAP = re.compile(r"[\s\u00a0*_]{0,4}[-\u2010-\u2015]?[\s*_]{0,4}")


class Value(NamedTuple):
    """One value in a text.

    Attributes:
        kind: "amount", "percentage", "date", "time", "duration", "weekday", "phone", "contact", "placeholder", "id",
            "count" (a number and what it counts) or "number".
        start, end: offsets in the text.
        first, last: the tokens it stands on, half-open.
        gives: keys it offers where it stands in a source; the first names it.
        needs: keys of which a source must give one.
        unit: what two values must share to contradict each other: the thing counted, the base unit, the form of an id.
        exact: written in digits; "a day" and "two ways" may be turns of phrase.
    """

    kind: str
    start: int
    end: int
    first: int
    last: int
    gives: tuple[str, ...]
    needs: tuple[str, ...]
    unit: str = ""
    exact: bool = True

    @property
    def loose(self) -> bool:
        """Whether it is a number in words that counts nothing in particular: "the two", "one more"."""
        return self.kind == "number" and not self.exact


class Reader:
    """The tokens of one text and what stands beside them."""

    __slots__ = ("lexicon", "stream", "text")

    def __init__(self, text: str, stream: Sequence[Token], lexicon: Lexicon) -> None:
        self.text = text
        self.stream = stream
        self.lexicon = lexicon

    def gap(self, at: int) -> str:
        """What stands between the token before `at` and the token at it."""
        return self.text[self.stream[at - 1][3] : self.stream[at][2]]

    def word(self, at: int) -> str:
        """The word at a token, in lower case; empty if none stands there."""
        if not 0 <= at < len(self.stream) or self.stream[at][0] not in (WORD, CHARACTER):
            return ""
        return self.stream[at][1].casefold()

    def next_word(self, at: int) -> str:
        """The word at a token if only a space or a hyphen parts it from the token before; else empty."""
        word = self.word(at)
        return word if word and _GAP.fullmatch(self.gap(at)) else ""

    def touching(self, at: int, kind: str) -> Token | None:
        """The token at a place if it is of the kind and at most a space parts it from the token before."""
        if not 0 < at < len(self.stream) or self.stream[at][0] != kind:
            return None
        return None if self.gap(at).strip(" \u00a0\u202f*_") else self.stream[at]


class Run(NamedTuple):
    """The tokens of a reader from `first` to `last`, half-open."""

    reader: Reader
    first: int
    last: int

    def value(self, kind: str, gives: Sequence[str], needs: Sequence[str], unit: str = "", exact: bool = True) -> Value:
        """The value these tokens stand for."""
        start, end = self.reader.stream[self.first][2], self.reader.stream[self.last - 1][3]
        return Value(kind, start, end, self.first, self.last, tuple(gives), tuple(needs), unit, exact)

    def to(self, last: int) -> Run:
        """The run with another end."""
        return self._replace(last=last)

    @property
    def text(self) -> str:
        """The first token as it stands."""
        return self.reader.stream[self.first][1]
