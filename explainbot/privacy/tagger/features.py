"""What the tagger sees of a text: its tokens, and for each the rows of the weight table that speak about it.

A feature is something that can be said of a token ("its neighbour to the left is `mr`", "it ends in `-son`"). It has
no name, only a number: a checksum of what it says, modulo the number of rows (the hashing trick: Weinberger et al.,
"Feature hashing for large scale multitask learning", ICML 2009). Most features depend on one word only, so they are
worked out once for each word and kept as one sum. Those that join two or three tokens are worked out at each place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

ROWS = 1 << 20
"""Rows of the weight table: a power of two, since the remainder is then the last bits."""

GIVEN, FAMILY, PLACE, COMMON, RARE, STREET, COMPANY = (1 << bit for bit in range(7))
"""What the lexicon says of a word: a given name, a surname, part of the name of a place, an everyday word (one of the
most frequent of its language), a less frequent word, a word for street or unit, a word in the names of companies."""

_SINGLE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u200c\u200d"
TOKEN = re.compile(rf"[{_SINGLE}]|[^\W\d_][^\W\d_{_SINGLE}]*(?:[{_MARKS}]+[^\W\d_{_SINGLE}]*)*|\d+|[\n\x00]|[^\s\w]|_")
"""A run of letters with their marks, a run of digits, a sign, the end of a line or of a JSON value. Scripts without
spaces between words, and Hangul, whose words end in particles, go character by character."""

_LINE = re.compile(r"[^\n\x00]*[\n\x00]|[^\n\x00]+")

MIXED, LOWER, UPPER = range(3)
"""How a line is written: as usual, without capitals, all in capitals."""


class Token(NamedTuple):
    """A token: where it begins, how it reads, and its kind: the case of its line times two, plus 1 if it stands right
    after another token."""

    start: int
    word: str
    kind: int


def read(text: str) -> Iterator[tuple[int, str, int]]:
    """The tokens of a text in order, as plain tuples."""
    last = 0
    for written in _LINE.finditer(text):
        line = written[0]
        kind = 2 * (LOWER if line == line.lower() else UPPER if line == line.upper() else MIXED)
        for match in TOKEN.finditer(text, *written.span()):
            start, end = match.span()
            yield start, match[0], kind + 1 if start == last and start else kind
            last = end


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text in order."""
    return map(Token._make, read(text))


def plain(word: str) -> str:
    """A word in lower case without accents, as the lexicon has it."""
    word = word.lower()
    if word.isascii():
        return word
    # Letter by letter: putting many marks of one letter in order takes `normalize` the square of their number.
    kept = [char for one in word for char in unicodedata.normalize("NFD", one) if not unicodedata.combining(char)]
    return "".join(kept) or word


def checksum(word: str) -> int:
    """What the lexicon knows a word by."""
    return crc32(plain(word).encode("utf-8", "surrogatepass"))


def shape(word: str) -> str:
    """The form of a token: capitals, small letters, digits by number, or the sign itself."""
    first = word[0]
    if first.isdigit():
        return f"d{min(len(word), 7)}"
    if not first.isalpha():
        return f"p{first}"
    if first.lower() == first.upper():
        return "c"
    if len(word) == 1:
        return "A" if first.isupper() else "a"
    if word.islower() or word.isupper():
        return "x" if word.islower() else "XX"
    return "Xx" if first.isupper() and word[1:].islower() else "XxX"


_FORMS = "A a c x XX Xx XxX d1 d2 d3 d4 d5 d6 d7 p. p, p' p- p: p\n p\x00 p& p( p# p/ p@"
_SHAPES = {name: number for number, name in enumerate(_FORMS.split(" "), 1)}


def _lexical(flags: int) -> int:
    """Sixteen kinds of word by what the lexicon says, for features that join tokens."""
    name, word = flags & (GIVEN | FAMILY), flags & (COMMON | RARE)
    if flags & (STREET | COMPANY):
        return 1 if flags & STREET else 2
    if flags & PLACE:
        return 3 + bool(word) + 2 * bool(name)
    if name and word:
        return 9 + name if flags & COMMON else 13
    if name:
        return 6 + name
    return 14 if flags & COMMON else 15 if word else 0


class Seen(NamedTuple):
    """What one word contributes wherever it stands: row numbers for the token itself and for its neighbours.

    Attributes:
        own: rows that speak about the token itself.
        before, after: rows for the token that follows it, and for the one it follows.
        far_before, far_after: the same at a distance of two.
        sort: its form and what the lexicon says, as a number below 2048.
        number: the word as a number below 2 to the 20, 0 for one that is not to be known again.
    """

    own: list[int]
    before: list[int]
    after: list[int]
    far_before: list[int]
    far_after: list[int]
    sort: int
    number: int


_MARKS_OF = {place: crc32(place.encode()) for place in "0-+<>"}
"""What a checksum begins with: whether a word is the token itself, or stands before, behind, or two away."""


def _rows(place: str, said: Sequence[bytes]) -> list[int]:
    begun = _MARKS_OF[place]
    return [crc32(one, begun) % ROWS for one in said]


def _encoded(said: Sequence[str]) -> list[bytes]:
    return [one.encode("utf-8", "surrogatepass") for one in said]


def see(word: str, kind: int, flags: int, known: bool = True) -> Seen:
    """The rows of a word of this kind; `known` False leaves out those that name the word, as if it were a new one."""
    form, case = shape(word), kind >> 1
    lower = word.lower() if form[0] != "d" else ("0" if len(word) != 4 else word[:2]) * len(word)
    look = f"f{form}{case}{flags}"
    near = [look, f"s{lower[-3:]}{_cap(form)}"]
    far = [f"f{form}{_lexical(flags)}"]
    own = [look, f"l{min(len(word), 10)}{form}", f"k{kind}{form}", *_parts(word, lower, form)]
    if known:
        own += [f"w{lower}", f"W{lower}{form}{case}"]
        near += [f"w{lower}", f"W{lower}{form}"]
        far.append(f"w{lower}")
    sort = (_SHAPES.get(form, 0) * 16 + _lexical(flags)) * 2 + (kind & 1) + 1024 * (case == LOWER and form == "x")
    beside, away = _encoded(near), _encoded(far)
    return Seen(
        own=_rows("0", _encoded(own)),
        before=_rows("-", beside),
        after=_rows("+", beside),
        far_before=_rows("<", away),
        far_after=_rows(">", away),
        sort=sort,
        number=crc32(lower.encode("utf-8", "surrogatepass")) & 0xFFFFF if known else 0,
    )


def _cap(form: str) -> str:
    return "X" if form[0] in "XA" else "x"


def _parts(word: str, lower: str, form: str) -> list[str]:
    """How a word begins, ends, and its runs of three letters."""
    if not word[0].isalpha():
        return []
    cap = _cap(form)
    edged = f"^{lower[:9]}$"
    return [
        *(f"b{lower[:size]}{cap}" for size in range(1, min(len(lower), 4))),
        *(f"e{lower[-size:]}{cap}" for size in range(1, min(len(lower), 5))),
        *(f"t{edged[at : at + 3]}" for at in range(len(edged) - 2)),
    ]


A, B, C = 0x5BD1E995, 0x2545F491, 0x1B873593
"""Odd factors that spread joined features over the rows."""

JOINED = (
    ("sort", -1, "sort", 0, None, 0),
    ("sort", 0, "sort", 1, None, 0),
    ("sort", -1, "sort", 0, "sort", 1),
    ("sort", -2, "sort", -1, "sort", 0),
    ("sort", 0, "sort", 1, "sort", 2),
    ("number", -1, "sort", 0, None, 0),
    ("sort", 0, "number", 1, None, 0),
    ("number", -2, "number", -1, "sort", 0),
    ("number", -1, "sort", 0, "sort", 1),
)
"""The features that join tokens: which of their numbers, at which distance.

The row of the n-th, counted from 0, is (a*A + b*B + c*C + n) % ROWS.
"""
