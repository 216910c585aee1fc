"""What a reply says: its sentences, or, where it is JSON, those of its strings and its other fields.

A bot that asks for JSON shows somebody the strings in it. So each sentence of a string stands by itself, as it would
in prose, and a number, a date or a code stands with the name of its field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from explainbot.explain.lexicons import Lexicon
from explainbot.explain.sentences import LONG, Sentence, sentences

FIELD = "field"
"""The kind of a piece that is a field with its value, as in `"days": 5`."""

_FIELD = re.compile(
    r"""(?P<name>"(?:[^"\\]|\\.)*+"\s*:\s*)?+
    (?: "(?P<said>(?:[^"\\]|\\.)*+)" | (?P<plain>-?[0-9][0-9.eE+-]*|true|false|null) | (?=[\[{]) )""",
    re.VERBOSE | re.DOTALL,
)
"""The name of a field and its value, where that is no object or array; or a value in an array."""

_NAME = re.compile(r'"(?:[^"\\]|\\.)*+"\s*:\s*(?=")', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:\\|(?P<sign>[nrtf])|u(?P<code>[0-9a-fA-F]{4}))")
_SPACES = {"n": "\n ", "r": "\r ", "t": "\t ", "f": "\f "}


def said(answer: str, lexicon: Lexicon) -> tuple[str, list[Sentence]]:
    """The text to read of `answer`, as long as that, and its pieces.

    In JSON the escapes of white space and of characters by their number are read as such, so that no word and no amount
    begins with their letters.
    """
    if not _is_json(answer):
        return answer, sentences(answer, lexicon)
    plain = _ESCAPE.sub(_read, answer)
    fields = (found for found in _FIELD.finditer(answer) if found["said"] is not None or found["plain"])
    return plain, [piece for found in fields for piece in _pieces(answer, plain, found, lexicon)]


def value_of(text: str, piece: Sentence) -> Sentence:
    """The piece without the name of a field, whose value is a string: that is a label, and the source need not say it.

    A number keeps the name: "5" alone stands in many a text.
    """
    name = _NAME.match(text, piece.start, piece.end) if piece.kind == FIELD else None
    return piece._replace(start=name.end()) if name else piece


def begin(answer: str, plain: str, at: int) -> int:
    """Where what is read at `at` begins in the answer: a character by its number is read at the end of its escape."""
    return at if answer[at] == plain[at] else at - 5


def _read(escape: re.Match[str]) -> str:
    """What an escape stands for, in as many characters."""
    if escape["code"]:
        char = chr(int(escape["code"], 16))
        return (char if char.isprintable() else " ").rjust(len(escape[0]))
    return _SPACES.get(escape["sign"] or "", escape[0])


def _is_json(text: str) -> bool:
    body = text.strip()
    if body[:1] + body[-1:] not in ("{}", "[]"):
        return False
    try:
        json.loads(body, strict=False, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse(constant: str) -> None:
    """Python reads `NaN` and `Infinity`; JSON has no such values (RFC 8259, section 6)."""
    raise ValueError(constant)


def _pieces(answer: str, plain: str, found: re.Match[str], lexicon: Lexicon) -> Iterator[Sentence]:
    """The sentences of a string of several words, or of a script that needs no spaces; else the field as it stands."""
    start, end = found.span("said")
    inside = plain[start:end] if start >= 0 else ""
    foreign = any(char.isalpha() and not char.isascii() for char in inside)
    if len(inside.split()) < 2 and not foreign and len(found[0]) <= LONG:
        yield Sentence(*found.span(), FIELD)
        return
    for one in sentences(inside, lexicon):
        yield one._replace(start=begin(answer, plain, start + one.start), end=start + one.end)
