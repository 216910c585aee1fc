"""The ways a text is read: as it stands, and without what Markdown, HTML, JSON or a line break put into its values.

`jane\\_doe@example.com` is Markdown, `4111&nbsp;1111` is HTML (WHATWG, "Named character references"), and
`415-555-<line break>0142` is a letter of narrow columns; a person reads all of them without noticing. A text that has
nothing of the kind is read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from explainbot.privacy.normalise import View, normalise

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


def views(text: str) -> Iterator[View]:
    """The views of `text` that detectors read: as it stands, and up to two more.

    JSON pasted into prose holds `\\n415 555 0142`, where the number stands after a line break and not after an `n`; a
    path holds `\\nina`, where it does not. So both are read.
    """
    yield normalise(text)
    if "\\" in text and _ESCAPED_SPACE.search(text):
        yield normalise(_ESCAPED_SPACE.sub(lambda match: " " * len(match[0]), text))
    changes = _changes(text)
    if changes:
        yield _rewritten(text, sorted(changes))


def _changes(text: str) -> list[tuple[int, int, str]]:
    """(start, end, what is read there instead)."""
    changes: list[tuple[int, int, str]] = []
    for marks, pattern, write in _REWRITES:
        for mark in marks:
            if mark in text:
                changes += [(*match.span(), write(match)) for match in pattern.finditer(text)]
                break
    return changes


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
