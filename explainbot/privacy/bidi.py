"""Which restored values need isolating, so that a name in one direction does not disturb a sentence in the other.

A right-to-left name put into an English sentence drags the marks and numbers beside it along, and a phone number put
into an Arabic one is shown back to front. The Unicode Bidirectional Algorithm (UAX #9, revision 50) keeps a value to
itself between U+2068 FIRST STRONG ISOLATE and U+2069 POP DIRECTIONAL ISOLATE, which nobody sees; its section 2.7 asks
programs that put text into text to use them.

What counts is the paragraph so far (rules P1 to P3: what stands in isolates does not), so cutting the text changes
nothing. A value is left as it is in code and in what looks like JSON, where it is copied by machines.
"""

from __future__ import annotations

import re
from itertools import islice

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"

_RIGHT_BLOCKS = (
    "\u0590-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
"""Blocks whose letters have the classes R and AL (DerivedBidiClass.txt, its default ranges)."""

_ARABIC_DIGITS = "\u0660-\u0669\u066b\u066c"
"""Class AN: digits that are ordered like right-to-left text."""

_RIGHT = re.compile(f"(?=[^\\W\\d_])[{_RIGHT_BLOCKS}]|[{_ARABIC_DIGITS}]")
_LEFT = re.compile(f"(?![{_RIGHT_BLOCKS}])[^\\W\\d_]")
_LEFT_OR_NUMBER = re.compile(f"(?![{_RIGHT_BLOCKS}{_ARABIC_DIGITS}])[^\\W_]")
_PARAGRAPH = re.compile("[\n\r\x1c-\x1e\x85\u2029]")
_MARKS = re.compile("[`\n\r\x1c-\x1e]")
_KEPT = re.compile("//|www\\.|[\u202a-\u202e\u2066-\u2069\n\r\x1c-\x1e\x85\u2029]")
"""What a value may hold that an isolate would not survive, or that it would spoil: a link goes on up to white space."""

_CODE = ("`", '"', *"\u2066\u2067\u2068")
"""What stands ahead of a value that is code, a JSON string, or isolated already."""

_FENCE = 3
_JSON = re.compile(r"\{|\[[\"\[{]")
_JSON_HEAD = 2


class Directions:
    """Follows a shown text as it is written, and says which values to isolate in it.

    Attributes:
        before: its last character.
    """

    def __init__(self) -> None:
        self.before = ""
        self._left = self._right = False
        self._head = ""
        self._ticks = 0
        self._fenced = False

    def feed(self, text: str) -> None:
        """Take the next piece of the text, that is not isolated."""
        if not text:
            return
        if len(self._head) < _JSON_HEAD:
            self._head += "".join(islice(filter(str.strip, text), _JSON_HEAD - len(self._head)))
        self.before = text[-1]
        if self._left and text.isascii() and not _MARKS.search(text) and len(self._head) == _JSON_HEAD:
            self._ticks = 0
            return
        self._feed_ticks(text)
        *before, text = _PARAGRAPH.split(text)
        if before:
            self._left = self._right = False
        self._left = self._left or _LEFT.search(text) is not None
        self._right = self._right or (not text.isascii() and _RIGHT.search(text) is not None)

    def _feed_ticks(self, text: str) -> None:
        """Three backticks or more begin or end a block of code (CommonMark 0.31.2, 4.5)."""
        run, self._ticks = self._ticks, 0
        if "`" not in text:
            return
        for ticks in re.finditer("`+", text):
            before = 0 if ticks.start() else run
            length = before + len(ticks[0])
            if before < _FENCE <= length:
                self._fenced = not self._fenced
            if ticks.end() == len(text):
                self._ticks = length

    def isolated(self, value: str) -> str | None:
        """A value that comes next with an isolate round it; None where it needs none."""
        right = not value.isascii() and _RIGHT.search(value) is not None
        needed = (self._left or not self._right) if right else (self._right and bool(_LEFT_OR_NUMBER.search(value)))
        if not needed or self._fenced or self.before in _CODE or _JSON.match(self._head) or _KEPT.search(value):
            return None
        self.before = POP_ISOLATE
        return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}"
