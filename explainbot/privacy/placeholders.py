"""How a placeholder is written, the spellings of it that models produce, and when a text could still become one.

We write `[EMAIL_1]`. Models copy it with other case, spaces, Markdown escapes, or without its brackets, so these
count too: `[email_1]`, `[Email 1]`, `[EMAIL-1]`, `[ EMAIL_1 ]`, `\\[EMAIL\\_1\\]`, `EMAIL_1`, `EMAIL\\_1`. A bare
`Email 1` or `email_1` does not: people write that themselves. Everything accepted here is also what the input is
cleared of before our own placeholders are put in, so that what is restored is only what was issued.

Every spelling is shorter than `LONGEST`, so a stream never has to hold back more than that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from explainbot.privacy.detection import LABELS, NAME_LABELS

_LABELS = sorted({*LABELS.values(), *NAME_LABELS}, key=lambda label: (-len(label), label))
_LONGEST_LABEL = max(map(len, _LABELS))

LONGEST = _LONGEST_LABEL + 20
"""Upper bound on the length of any spelling, in code points."""

_BLANK = "[ \\t\u00a0]{0,2}"
_ANY_LABEL = "|".join(_LABELS)

_BRACKETED = re.compile(
    rf"\[{_BLANK}(?ai:({_ANY_LABEL}))(?:\\?_|[ \u00a0-])([1-9][0-9]{{0,6}}){_BLANK}(\\?)\]",
)
_NUMBERED = re.compile(r"_([1-9][0-9]{0,6})(?!\w)")
_LABEL_AT_END = re.compile(rf"(?<!\w)({_ANY_LABEL})\\?\Z")


@dataclass(frozen=True, slots=True)
class Spelling:
    """One place in a text that reads as a placeholder.

    Attributes:
        start: offset of the first code point, half-open with `end`.
        end: offset after the last code point.
        placeholder: the canonical form, such as `[EMAIL_1]`.
        bare: written without brackets, so that what follows it decides whether it is one at all.
    """

    start: int
    end: int
    placeholder: str
    bare: bool


def find(text: str, start: int = 0) -> list[Spelling]:
    """Every spelling of a placeholder that begins at or after `start`, in order and without overlaps.

    A bare one needs no word character on either side; what stands before `start` counts for that.
    """
    found = [*_bracketed(text, start)] if text.find("[", start) >= 0 else []
    if text.find("_", start) < 0:
        return found
    bare = _bare(text, start)
    if not found or not bare:
        return found or bare
    return merge(found, bare)


def _bracketed(text: str, start: int) -> list[Spelling]:
    found = []
    for match in _BRACKETED.finditer(text, start):
        begin = match.start()
        if match[3]:
            begin -= 1
            if begin < start or text[begin] != "\\":
                continue
        found.append(Spelling(begin, match.end(), f"[{match[1].upper()}_{match[2]}]", False))
    return found


def _bare(text: str, start: int) -> list[Spelling]:
    found = []
    for match in _NUMBERED.finditer(text, start):
        at = match.start()
        begin = max(0, at - _LONGEST_LABEL - 2)
        label = _LABEL_AT_END.search(text[begin:at])
        if label and begin + label.start() >= start:
            found.append(Spelling(begin + label.start(), match.end(), f"[{label[1]}_{match[1]}]", True))
    return found


def merge(some: list[Spelling], others: list[Spelling]) -> list[Spelling]:
    """Both in order; one that overlaps an earlier one is left out."""
    merged: list[Spelling] = []
    for item in sorted([*some, *others], key=lambda s: s.start):
        if not merged or item.start >= merged[-1].end:
            merged.append(item)
    return merged


def _trie(words: list[str]) -> str:
    """A pattern for any non-empty prefix of any of the words."""
    nodes: dict[str, list[str]] = {}
    for word in words:
        nodes.setdefault(word[0], []).append(word[1:])
    branches = []
    for first, rests in sorted(nodes.items()):
        longer = [rest for rest in rests if rest]
        branches.append(first + (f"(?:{_trie(longer)})?" if longer else ""))
    return "|".join(branches)


_PREFIX = _trie(_LABELS)
_INSIDE = rf"{_BLANK}(?:(?ai:{_PREFIX})|(?ai:{_ANY_LABEL})(?:\\|(?:\\?_|[ \u00a0-])(?:[1-9][0-9]{{0,6}}"
_UNFINISHED = re.compile(
    rf"(?:\\(?:\[{_INSIDE}{_BLANK}\\?)?)?)?)?"
    rf"|\[{_INSIDE}{_BLANK})?)?)?"
    rf"|(?<!\w)(?:{_PREFIX}|(?:{_ANY_LABEL})(?:\\|\\?_(?:[1-9][0-9]{{0,6}})?)))\Z"
)


def unfinished(text: str, start: int = 0) -> int:
    """Where the tail begins that more text could still turn into a placeholder; `len(text)` when there is none.

    The tail is shorter than `LONGEST`. What stands before `start` counts only as the neighbour of a bare spelling.
    """
    match = _UNFINISHED.search(text, max(start, len(text) - LONGEST))
    return match.start() if match else len(text)
