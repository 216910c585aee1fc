"""A text as detectors should see it, and where each of its characters came from.

Full-width and other Unicode digits, dashes, spaces and quotes become their ASCII counterparts, one for one; invisible
characters (zero-width spaces and joiners, soft hyphens, direction marks: Unicode general category Cf) are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\ufe63"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_RUN = re.compile(r"[0-9](?:[ .\-/()]{0,3}+[0-9]){5,}+")
_NO_SEPARATORS = str.maketrans("", "", " .-/()")
_WORD_BYTES = bytes([code if code > 127 or chr(code).isalnum() else 32 for code in range(256)])


class Run(NamedTuple):
    """Six or more ASCII digits with at most three separators between two of them.

    Attributes:
        start: offset of the first digit.
        end: offset after the last one.
        digits: the digits alone.
    """

    start: int
    end: int
    digits: str


class Seen(str):
    """A text together with what several detectors look for in it, so that it is looked for once.

    Detectors take any `str`; `runs`, `folded` and `words` below work on both.
    """

    __slots__ = ("_folded", "_runs", "_told", "_words")
    _runs: list[Run]
    _folded: str
    _words: list[str]
    _told: tuple[frozenset[str], frozenset[frozenset[str]]]

    def runs(self) -> list[Run]:
        """Every run of digits."""
        try:
            return self._runs
        except AttributeError:
            self._runs = [
                Run(match.start(), match.end(), match[0].translate(_NO_SEPARATORS)) for match in _RUN.finditer(self)
            ]
            return self._runs

    def folded(self) -> str:
        """The text in lower case, every code point where it was."""
        try:
            return self._folded
        except AttributeError:
            self._folded = fold(self)
            return self._folded

    def words(self) -> list[str]:
        """Its words in lower case: letters and digits, parted by white space and ASCII marks."""
        try:
            return self._words
        except AttributeError:
            plain = self.folded().encode("utf-8", "surrogatepass").translate(_WORD_BYTES)
            self._words = plain.decode("utf-8", "surrogatepass").split()
            return self._words

    def longest(self) -> int:
        """How many letters and digits its longest word has."""
        return max(map(len, self.words()), default=0)

    def tell(self, found: frozenset[str], vocabularies: frozenset[frozenset[str]]) -> None:
        """Note which words of several vocabularies stand in it, so that `words_among` need not look again."""
        self._told = found, vocabularies

    def told(self, vocabulary: frozenset[str]) -> frozenset[str] | None:
        """The words of a vocabulary that stand in it, if that was noted."""
        try:
            found, vocabularies = self._told
        except AttributeError:
            return None
        return vocabulary & found if vocabulary in vocabularies else None


def words_among(text: str, vocabulary: frozenset[str]) -> frozenset[str]:
    """Those of the lower-case words in `vocabulary` that stand in a text as words, in any case."""
    if isinstance(text, Seen):
        told = text.told(vocabulary)
        return vocabulary.intersection(text.words()) if told is None else told
    return vocabulary.intersection(Seen(text).words())


def runs(text: str) -> list[Run]:
    """Every run of six or more ASCII digits with at most three separators between two of them."""
    return (text if isinstance(text, Seen) else Seen(text)).runs()


def folded(text: str) -> str:
    """`fold(text)`, done once for a `Seen`."""
    return text.folded() if isinstance(text, Seen) else fold(text)


def words(text: str) -> list[str]:
    """The words of a text in lower case: letters and digits, parted by white space and ASCII marks."""
    return (text if isinstance(text, Seen) else Seen(text)).words()


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
        digit = unicodedata.decimal(chr(code), None)
        if digit is not None:
            table[chr(code)] = str(digit)
    table |= dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SPACES, " ") | dict.fromkeys("\u3002\uff61", ".")
    return table | dict.fromkeys("\u2018\u2019\u02bc\uff07", "'") | dict.fromkeys("\u201c\u201d", '"')


_MATHEMATICAL = re.compile("[\U0001d7ce-\U0001d7ff]")


@cache
def _odd() -> re.Pattern[str]:
    """Everything the table maps; all in the basic plane, where a character class is one table look-up."""
    return re.compile("[" + "".join(map(re.escape, sorted(_table()))) + "]")


_HIDDEN = re.compile(f"[{_INVISIBLE}]+")


class View(NamedTuple):
    """A normalised text, and the offset of each of its characters in the text it was made from (None: the same)."""

    text: Seen
    offsets: tuple[int, ...] | None

    def __repr__(self) -> str:
        return f"View({len(self.text)} characters)"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of a non-empty span of the normalised one."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


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


_ESCAPED_SPACE = re.compile(r"\\(?<!\\\\)\\*+(?:[nrt]|u00(?:0[9a-d]|1[c-f]|20|85|a0))", re.IGNORECASE)
"""White space as JSON writes it inside a string (RFC 8259, section 7), escaped once or more often.

A run of backslashes is read only once, from its first.
"""


def views(text: str) -> Iterator[View]:
    """The views of `text` that detectors read: as it stands, and with escaped white space as white space.

    JSON pasted into prose holds `\\n415 555 0142`, where the number stands after a line break and not after an `n`; a
    path holds `\\nina`, where it does not. So both are read.
    """
    yield normalise(text)
    if "\\" in text and _ESCAPED_SPACE.search(text):
        yield normalise(_ESCAPED_SPACE.sub(lambda match: " " * len(match[0]), text))
