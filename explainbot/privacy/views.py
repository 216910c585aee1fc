"""The ways a text is read: as it stands, and without what Markdown, HTML, JSON or a line break put into its values.

`jane\\_doe@example.com` is Markdown, `4111&nbsp;1111` is HTML (WHATWG, "Named character references"), and
`415-555-<line break>0142` is a letter of narrow columns; a person reads all of them without noticing. A text that has
nothing of the kind is read once. Where only words are parted that were written in one, just their surroundings are
read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape

from explainbot.privacy.jsontext import END
from explainbot.privacy.labels import joints, may_have_labels
from explainbot.privacy.normalise import View, normalise
from explainbot.privacy.words import EASTERN, EASTERN_SCRIPTS

_ESCAPED_SPACE = re.compile(r"\\(?<!\\\\)\\*+(?:[nrt]|u00(?:0[9a-d]|1[c-f]|20|85|a0))", re.IGNORECASE)
"""White space as JSON writes it inside a string (RFC 8259, section 7), escaped once or more often.

A run of backslashes is read only once, from its first.
"""

_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|nbsp|ensp|emsp|thinsp|shy|zwnj|zwj|commat|period|hyphen|dash|ndash|mdash|lowbar"
    r"|num|plus|colon|sol|lpar|rpar|quot|apos);"
)
_ESCAPE = re.compile(r"\\(?=[-_.@+()#*])")
_DOT = re.compile(r"\[\.\]")
_EMPHASIS = re.compile(r"\*\*(?<=[0-9]..)([ .\-/]?)\*\*(?=[0-9])")
_JOINT = re.compile(r"[\n\r_|/](?:(?<=[0-9]-.)\n?|(?<=[0-9]{4}.)(?=[0-9]{4}(?![0-9])))(?=[0-9])", re.DOTALL)
"""A line break after the hyphen of a number, and marks between two of its groups of four digits."""

_EDGE = re.compile(rf"(?<=[{EASTERN_SCRIPTS}])(?=[A-Za-z0-9+(])|(?<=[A-Za-z0-9)])(?=[{EASTERN_SCRIPTS}])")

_WHOLE = re.compile(r"(?<=[0-9]{7})\.0(?![0-9])")
"""The end of a long number that a spreadsheet or a table of numbers keeps as a float."""

_REWRITES: tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (("&",), _ENTITY, lambda match: unescape(match[0])),
    (("\\",), _ESCAPE, lambda match: ""),
    (("[.]",), _DOT, lambda match: "."),
    ((".0",), _WHOLE, lambda match: ""),
    (("**",), _EMPHASIS, lambda match: match[1]),
    (("\n", "_", "|", "/"), _JOINT, lambda match: "" if match.string[match.start() - 1] == "-" else " "),
)
"""Marks one of which must stand in a text, what is rewritten, and as what: at most one character each."""


def views(text: str, telling: frozenset[str] = frozenset()) -> Iterator[View]:
    """The views of `text` that detectors read: as it stands, and up to two more.

    JSON pasted into prose holds `\\n415 555 0142`, where the number stands after a line break and not after an `n`; a
    path holds `\\nina`, where it does not. So both are read.

    Args:
        text: the text.
        telling: words, in lower case, by which the name of a field tells what its value is.
    """
    yield normalise(text)
    if "\\" in text and _ESCAPED_SPACE.search(text):
        yield normalise(_ESCAPED_SPACE.sub(lambda match: " " * len(match[0]), text))
    changes, parted = _changes(text), sorted(_parted(text, telling))
    if changes:
        yield _rewritten(text, sorted([*changes, *parted]))
    elif parted:
        yield _rewritten(text, sorted([*parted, *_far_from(parted, len(text))]))._replace(parted=True)


def _changes(text: str) -> list[tuple[int, int, str]]:
    """(start, end, what is read there instead)."""
    changes: list[tuple[int, int, str]] = []
    for marks, pattern, write in _REWRITES:
        for mark in marks:
            if mark in text:
                changes += [(*match.span(), write(match)) for match in pattern.finditer(text)]
                break
    return changes


def _parted(text: str, telling: frozenset[str]) -> list[tuple[int, int, str]]:
    """Changes that part words which are written in one: those of a label, and a number beside a script without spaces.

    In `我的手机号是13800138000` the number begins where the script changes.
    """
    parted = list(joints(text, telling)) if may_have_labels(text) else []
    if not text.isascii() and EASTERN.search(text):
        parted += [(match.start(), match.start(), " ") for match in _EDGE.finditer(text)]
    return parted


_BACK, _ON = 64, 192
"""Characters before and after a change within which a word can say something of a number."""


def _far_from(changes: Sequence[tuple[int, int, str]], size: int) -> Iterator[tuple[int, int, str]]:
    """Changes that cut out what is too far from any of `changes` to read differently."""
    at = 0
    for start, end, _ in changes:
        if start - _BACK > at:
            yield at, start - _BACK, END
        at = max(at, end + _ON)
    if at < size:
        yield at, size, END


def _rewritten(text: str, changes: list[tuple[int, int, str]]) -> View:
    """The text with pieces replaced, and where each of its characters came from."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, written in (*changes, (len(text), len(text), "")):
        if start < at:
            continue
        pieces += (text[at:start], written[:1])
        starts += (*range(at, start), *[start] * len(written[:1]))
        ends += (*range(at + 1, start + 1), *[end] * len(written[:1]))
        at = end
    inner = normalise("".join(pieces))
    if inner.offsets is not None:
        starts, ends = [starts[index] for index in inner.offsets], [ends[index] for index in inner.offsets]
    return View(inner.text, tuple(starts), tuple(ends))
