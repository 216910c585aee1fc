"""A text as detectors should see it, and where each of its characters came from.

Full-width and other Unicode digits, dashes, spaces and quotes become their ASCII counterparts, one for one; invisible
characters (zero-width spaces and joiners, soft hyphens, direction marks, variation selectors) are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from explainbot.privacy.words import EASTERN

_DASHES = "\u2043\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\ufe63"
_BULLETS = "\u00b7\u2022\u2027\u2219\u22c5"
_SPACES = "\u00a0\u2800\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_UNSEEN = (
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2061-\u2064\u206a-\u206f\u20e3\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0000-\U000e01ef"
)
"""What else shows nothing of itself: fillers, joiners, tags, variation selectors, and the frame of a keycap (Unicode
Standard 17, 23.4 and DerivedCoreProperties.txt, Default_Ignorable_Code_Point)."""
_RUN = re.compile(rb"0(?:[ .\-/()]{0,3}+0){5,}+")
_FEWEST = 6
"""Digits of a run, at least."""

_WORD_BYTES = bytes(
    [code if code > 127 else ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(256)]
)
_SHAPE_BYTES = bytes(
    [48 if 48 <= code <= 57 else 97 if chr(code).isalpha() else 33 if code == 63 else code for code in range(256)]
)
_SHAPE_LETTERS = _SHAPE_BYTES[:63] + b"a" + _SHAPE_BYTES[64:]
_ROW = re.compile(b"a+")


Run = tuple[int, int, int]
"""Six or more ASCII digits with at most three separators between two of them: offset of the first, offset after the
last, how many digits.
"""


_SYMBOL = re.compile(
    "[\xa1-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7\u2010-\u205e\u20a0-\u20cf\u2190-\u2bff\u3001-\u3004\u3008-\u3020]|[\U0001f000-\U0001faff]"
)
"""Marks and symbols beyond ASCII that part words: punctuation, signs of money, arrows, pictures. Accents do not."""


class Seen(str):
    """A text together with what several detectors look for in it, so that it is looked for once.

    Detectors take any `str`; `seen` makes one of it.
    """

    _eastern: bool | None = None
    _found: frozenset[str] = frozenset()
    _folded: str | None = None
    _runs: list[Run] | None = None
    _shape: bytes | None = None
    _vocabularies: frozenset[frozenset[str]] = frozenset()
    _words: list[str] | None = None

    def shape(self) -> bytes:
        """One byte for each code point: `0` for an ASCII digit, `a` for a letter, marks of Latin-1 as they are.

        What is beyond Latin-1 counts as a letter; `?` shows as `!`, since it is what such code points become meanwhile.
        """
        if self._shape is None:
            if self.isascii():
                self._shape = self.encode("ascii").translate(_SHAPE_BYTES)
            else:
                self._shape = self.replace("?", "!").encode("latin-1", "replace").translate(_SHAPE_LETTERS)
        return self._shape

    def is_eastern(self) -> bool:
        """Whether it has letters of a script that is written without spaces between words, or of Hangul."""
        if self._eastern is None:
            self._eastern = not self.isascii() and EASTERN.search(self) is not None
        return self._eastern

    def rows(self, least: int) -> Iterator[tuple[int, int]]:
        """Start and end of the places where at least so many digits and letters stand in a row."""
        solid = self.shape().replace(b"0", b"a")
        start = solid.find(b"a" * least)
        while start >= 0:
            row = _ROW.match(solid, start)
            end = row.end() if row else start + least
            yield start, end
            start = solid.find(b"a" * least, end)

    def runs(self) -> list[Run]:
        """Every run of digits."""
        if self._runs is None:
            shape = self.shape()
            if shape.count(b"0") < _FEWEST:
                self._runs = []
                return self._runs
            spans = [match.span() for match in _RUN.finditer(shape)]
            self._runs = [(start, end, shape.count(b"0", start, end)) for start, end in spans]
        return self._runs

    def folded(self) -> str:
        """The text in lower case, every code point where it was."""
        if self._folded is None:
            self._folded = fold(self)
        return self._folded

    def words(self) -> list[str]:
        """Its words in lower case: letters and digits, parted by white space, marks and symbols."""
        if self._words is None:
            if self.isascii():
                self._words = self.encode("ascii").translate(_WORD_BYTES).decode("ascii").split()
            else:
                plain = _SYMBOL.sub(" ", self.folded()).encode("utf-8", "surrogatepass").translate(_WORD_BYTES)
                self._words = plain.decode("utf-8", "surrogatepass").split()
        return self._words

    def tell(self, found: frozenset[str], vocabularies: frozenset[frozenset[str]]) -> None:
        """Note which words of several vocabularies stand in it, so that `among` need not look again."""
        self._found, self._vocabularies = found, vocabularies

    def among(self, vocabulary: frozenset[str]) -> frozenset[str]:
        """Those of the lower-case words in `vocabulary` that stand in it as words, in any case."""
        if vocabulary in self._vocabularies:
            return vocabulary & self._found
        return vocabulary.intersection(self.words())


def seen(text: str) -> Seen:
    """The text as a `Seen`; itself when it is one."""
    return text if isinstance(text, Seen) else Seen(text)


def folded(text: str) -> str:
    """`fold(text)`, done once for a `Seen`."""
    return text.folded() if isinstance(text, Seen) else fold(text)


def fold(text: str) -> str:
    """Lower case, code point by code point, so that offsets stay what they were: `İ` becomes `i` alone."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join([char.lower()[0] for char in text])


@cache
def _table() -> dict[str, str]:
    table = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for code in range(0x0660, 0xFF00):
        digit = unicodedata.digit(chr(code), None)
        if digit is not None:
            table[chr(code)] = str(digit)
    small = (chr(code) for code in range(0xFE50, 0xFE6C))
    table |= {char: plain for char in small if (plain := unicodedata.normalize("NFKC", char)).isascii()}
    table |= (
        dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SPACES + _BULLETS, " ") | dict.fromkeys("\u3002\uff61\u2024", ".")
    )
    return table | dict.fromkeys("\u2018\u2019\u02bc\uff07", "'") | dict.fromkeys("\u201c\u201d", '"')


_MATHEMATICAL = re.compile("[\U0001d7ce-\U0001d7ff]")


@cache
def _odd() -> re.Pattern[str]:
    """Everything the table maps; all in the basic plane, where a character class is one table look-up."""
    return re.compile("[" + "".join(map(re.escape, sorted(_table()))) + "]")


_HIDDEN = re.compile(f"[{_INVISIBLE}{_UNSEEN}]+")


class View(NamedTuple):
    """A normalised text, and where each of its characters was in the text it was made from.

    Attributes:
        text: what detectors read.
        offsets: where each of its characters begins in the text it was made from; None when they did not move.
        ends: where each ends there; None when each is one character long.
        parted: only words are parted in it, which says more to rules than to statistics.
        told: words of the labels that are parted, where nothing else is.
    """

    text: Seen
    offsets: tuple[int, ...] | None
    ends: tuple[int, ...] | None = None
    parted: bool = False
    told: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"View({len(self.text)} characters)"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of a non-empty span of the normalised one."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1 if self.ends is None else self.ends[end - 1]


def normalise(text: str) -> View:
    """The view of `text` that detectors read. ASCII text is its own view."""
    if text.isascii():
        return View(Seen(text), None)
    table = _table()
    plain = _odd().sub(lambda match: table[match[0]], text)
    plain = _MATHEMATICAL.sub(lambda match: str(unicodedata.decimal(match[0])), plain)
    if not _HIDDEN.search(plain):
        return View(Seen(plain), None)
    offsets: list[int] = []
    at = 0
    for match in _HIDDEN.finditer(plain):
        offsets.extend(range(at, match.start()))
        at = match.end()
    offsets.extend(range(at, len(plain)))
    return View(Seen(_HIDDEN.sub("", plain)), tuple(offsets))
