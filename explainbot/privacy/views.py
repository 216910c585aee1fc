"""The ways a text is read: as it stands, and without what Markdown, HTML, JSON or a line break put into its values.

`jane\\_doe@example.com` is Markdown, `4111&nbsp;1111` is HTML (WHATWG, "Named character references"), and
`415-555-<line break>0142` is a letter of narrow columns; a person reads all of them without noticing. A text that has
nothing of the kind is read once. Where only words are parted that were written in one, just their surroundings are
read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from html import unescape

from explainbot.privacy.jsontext import END
from explainbot.privacy.labels import joints
from explainbot.privacy.normalise import View, normalise
from explainbot.privacy.words import EASTERN_SCRIPTS

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

# In `我的手机号是13800138000` the number begins where the script changes.
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


def views(text: str, telling: AbstractSet[str] = frozenset()) -> Iterator[View]:
    """The views of `text` that detectors read: as it stands, and up to two more.

    JSON pasted into prose holds `\\n415 555 0142`, where the number stands after a line break and not after an `n`; a
    path holds `\\nina`, where it does not. So both are read.

    Args:
        text: the text.
        telling: words, in lower case, by which the name of a field tells what its value is.
    """
    plain = normalise(text)
    yield plain
    if "\\" in text and _ESCAPED_SPACE.search(text):
        yield normalise(_ESCAPED_SPACE.sub(lambda match: " " * len(match[0]), text))
    changes = _changes(text)
    parted, told = joints(text, telling)
    if not text.isascii() and plain.text.is_eastern():
        edges = [(match.start(), match.start(), " ") for match in _EDGE.finditer(text)]
        parted, told = [*parted, *edges], set() if edges else told
    if changes:
        yield _rewritten(text, sorted([*changes, *parted]))
    elif parted:
        parted.sort()
        view = _rewritten(text, sorted([*parted, *_far_from(parted, text)]))
        yield view._replace(parted=True, told=frozenset(told))


def _changes(text: str) -> list[tuple[int, int, str]]:
    """(start, end, what is read there instead)."""
    changes: list[tuple[int, int, str]] = []
    for marks, pattern, write in _REWRITES:
        for mark in marks:
            if mark in text:
                changes += [(*match.span(), write(match)) for match in pattern.finditer(text)]
                break
    return changes


_BACK, _ON = 40, 96
"""Characters before and after a change within which a word can say something of a number."""

_VALUE = re.compile(r"[^\s,;]{0,1024}+")


def _far_from(changes: Sequence[tuple[int, int, str]], text: str) -> Iterator[tuple[int, int, str]]:
    """Changes that cut out what is too far from any of `changes` to read differently; no value is cut."""
    at = 0
    for start, end, _ in changes:
        if start - _BACK > at:
            yield at, start - _BACK, END
        if end + _ON > at:
            value = _VALUE.match(text, end + _ON)
            at = value.end() if value else len(text)
    if at < len(text):
        yield at, len(text), END


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
