"""JSON texts token by token: what their strings say, and where each character of that stands in the text.

A text that is a JSON object or array as a whole is laid out for detectors as plain lines, `key: value`, so that a key
is context for its value; finds in that layout are mapped back to the tokens. Only the pieces found are rewritten, every
other byte stays as it was (RFC 8259).
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from explainbot.privacy.labels import words_of

_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|-?[0-9][0-9.eE+-]*+')
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
_KEY = re.compile(r"[ \t\r\n]*:")

END = "\x00"
"""Separates the values of a layout; no detector matches across it."""


@dataclass(frozen=True, slots=True, repr=False)
class Token:
    """A string or number token.

    Attributes:
        start: offset in the JSON text of its content (after the opening quote).
        content: the string as it reads, or the number as written.
        offsets: offset in the JSON text of each character of `content` and of its end; None when they are consecutive.
        number: it is a number.
        key: it is the name of a member.
    """

    start: int
    content: str
    offsets: tuple[int, ...] | None
    number: bool
    key: bool

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the JSON text of a span of the content."""
        if self.offsets is None:
            return self.start + start, self.start + end
        return self.offsets[start], self.offsets[end]


def tokens(text: str) -> Iterator[Token]:
    """String and number tokens of a valid JSON text, in order."""
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if text[start] != '"':
            yield Token(start, match[0], None, True, False)
            continue
        raw = text[start + 1 : end - 1]
        content, offsets = unescape(raw, start + 1)
        yield Token(start + 1, content, offsets, False, _KEY.match(text, end) is not None)


def unescape(raw: str, base: int = 0) -> tuple[str, tuple[int, ...] | None]:
    """What the content of a JSON string says, and the offset of each character of it and of its end, `base` added."""
    if "\\" not in raw:
        return raw, None
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in _ESCAPE.finditer(raw):
        pieces += (raw[at : match.start()], json.loads(f'"{match[0]}"'))
        offsets.extend(range(base + at, base + match.start() + 1))
        at = match.end()
    pieces.append(raw[at:])
    offsets.extend(range(base + at, base + len(raw) + 1))
    return "".join(pieces), tuple(offsets)


class Layout:
    """The strings and numbers of a JSON text as lines for detectors."""

    def __init__(self, parts: list[Token]) -> None:
        self.tokens = parts
        self.starts: list[int] = []
        self.sizes: list[int] = []
        pieces: list[str] = []
        at = 0
        for token, following in pairwise([*parts, None]):
            assert token is not None
            self.starts.append(at)
            gap = ": " if token.key and following is not None and not following.key else END
            content = words_of(token.content) if token.key else token.content
            self.sizes.append(len(content))
            pieces += (content, gap)
            at += len(content) + len(gap)
        self.text = "".join(pieces)

    def pieces(self, start: int, end: int) -> Iterator[tuple[Token, int, int]]:
        """The tokens that a span of the layout touches, each with the span inside its content.

        Of a key that is laid out as the words in it, it is the whole.
        """
        index = max(0, bisect_right(self.starts, start) - 1)
        while index < len(self.tokens) and self.starts[index] < end:
            token, at = self.tokens[index], self.starts[index]
            low, high = max(start - at, 0), min(end - at, self.sizes[index])
            if low < high and self.sizes[index] != len(token.content):
                low, high = 0, len(token.content)
            if low < high:
                yield token, low, high
            index += 1
