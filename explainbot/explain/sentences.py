"""Text cut into sentences with offsets, in prose, lists, tables, Markdown and JSON, in any script.

First lines are put together into blocks (a paragraph that was wrapped, one list item, one table row, one heading, one
fenced listing of code), then blocks of text are cut at the ends of sentences. A JSON text is cut into its largest
objects that are still short. What is cut out is always a slice of the text, `text[start:end]`, without the space round
it, and never cuts a placeholder.
All passes are linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from explainbot.explain.lexicons import Lexicon

LONG = 600
"""Characters from which a sentence is cut at weaker marks: a quote longer than a paragraph is no help to a reader."""

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_MARKER = re.compile(r"\s*+(?:>\s*+)*+(?:(?:[-*+:•◦▪‣·–—]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+(?:\[[ xX]\]\s+)?)?")
_LISTED = re.compile(r"\s*+(?:>\s*+)*+(?:[-*+•◦▪‣·–—]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_RULE = re.compile(r"[\s|:=_*+-]*$")
_FENCE = re.compile(r"\s*(?:```|~~~)[^`]*$")
_BOLD_LINE = re.compile(r"\s*(?:\*\*|__)[^*_]{1,120}(?:\*\*|__):?\s*$")
_END = re.compile(
    r"""(?<![.!?…‽])[.!?…‽]++["'”’»)\]*_`]*+(?=\s)      # Latin, Cyrillic, Greek: a space follows
      | [。！？｡．]++["”’』」）》]*+                        # Han and kana: no space needed
      | (?<![؟۔।॥።])[؟۔।॥።]++["”’»)*_]*+(?=\s|$)          # Arabic, Urdu, Devanagari, Ethiopic
      | [ \t\u00a0]{8,}+                                 # a gap, as where a part was taken out
      | </?(?:p|br|div|h[1-6]|li|[uo]l|d[ltd]|t[rdh]|table|blockquote|section)\b[^<>]{0,100}>  # HTML that breaks a line
    """,
    re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"[^\s(\[\"'“‘*_]+$")
_WORD_AFTER = re.compile(r"\s([^\W\d_]{1,12})")
_NEXT = re.compile(r"[\s\"'“‘«(\[*_`]*")
_WEAK = re.compile(r"[;,:，、；：]\s*|\s+")


class Sentence(NamedTuple):
    """A piece of a text.

    Attributes:
        start, end: offsets in the text, half-open, in code points.
        kind: "text", "heading" (also the header row of a table), "code" (between fences) or "data" (part of a JSON
            text).
    """

    start: int
    end: int
    kind: str = "text"


def sentences(text: str, lexicon: Lexicon) -> list[Sentence]:
    """The sentences of `text`, in order, not overlapping, none empty."""
    if _is_json(text):
        return [piece for start, end in _objects(text) for piece in _short(text, Sentence(start, end, "data"))]
    found: list[Sentence] = []
    for block in _blocks(text):
        for piece in _cut(text, block, lexicon):
            found.extend(_short(text, piece))
    return found


def is_listed(text: str, start: int) -> bool:
    """Whether a sentence that begins at `start` stands in an item of a list."""
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return bool(_LISTED.match(text, line))


def _is_json(text: str) -> bool:
    body = text.strip()
    return len(body) > 1 and body[0] + body[-1] in ("{}", "[]") and '"' in body


def _objects(text: str) -> list[tuple[int, int]]:
    """Spans of the largest objects and arrays of at most `LONG` characters, and of what lies between them."""
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    quoted = False
    for mark in re.finditer(r'\\.|["{}\[\]]', text, re.DOTALL):
        sign = mark.group()
        if sign == '"':
            quoted = not quoted
        elif quoted or sign[0] == "\\":
            continue
        elif sign in "{[":
            opened.append(mark.start())
        elif opened and mark.end() - (start := opened.pop()) <= LONG and sign == "}":
            while spans and spans[-1][0] >= start:
                spans.pop()
            spans.append((start, mark.end()))
    return _with_gaps(spans, len(text))


def _with_gaps(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    at = 0
    for start, end in spans:
        pieces += [(at, start), (start, end)]
        at = end
    return [*pieces, (at, length)]


def _blocks(text: str) -> Iterator[Sentence]:
    """Lines, joined where a line is only the wrapped rest of the one before."""
    held: Sentence | None = None
    table = fenced = False
    end_before = 0
    for line in _LINE.finditer(text):
        start, end = line.span()
        blank_between = text.count("\n", end_before, start) > 1
        end_before = end
        body = line.group()
        if _FENCE.match(body):
            if held is not None:
                yield held
            held, fenced = None, not fenced
            continue
        if fenced:
            held = Sentence(held.start if held else start, end, "code")
            continue
        if _RULE.match(body):
            if held is not None:  # a rule under a line: the line was a heading of text or of a table
                under = not blank_between and ("-" in body or "=" in body)
                yield held._replace(kind="heading" if under else held.kind)
                held = None
            continue
        is_row = body.lstrip().startswith("|")
        if held is not None and not blank_between and not is_row and not table and _continues(text, held, body):
            held = held._replace(end=end)
            continue
        if held is not None:
            yield held
        table = is_row
        kind = "heading" if _HEADING.match(body) or _BOLD_LINE.match(body) else "text"
        held = Sentence(start, end, kind)
    if held is not None:
        yield held


def _continues(text: str, held: Sentence, body: str) -> bool:
    """Whether the line `body` goes on with the sentence held: no marker of its own, and the one before broke off."""
    if held.kind == "heading" or _LISTED.match(body) or _HEADING.match(body) or _BOLD_LINE.match(body):
        return False
    before = text[max(held.start, held.end - 200) : held.end].rstrip()
    if not before or before[-1] in ".!?:;。！？…|":
        return False
    first = body.lstrip()[:1]
    return first.islower() or (len(text[max(held.start, held.end - 60) : held.end]) >= 60 and not first.isspace())


def _cut(text: str, block: Sentence, lexicon: Lexicon) -> Iterator[Sentence]:
    """The sentences of one block; a listing of code is one, and so is the row of a table."""
    if block.kind == "code" or text[block.start : block.end].lstrip().startswith("|"):
        yield block
        return
    marker = _HEADING.match(text, block.start, block.end) or _MARKER.match(text, block.start, block.end)
    start = marker.end() if marker else block.start
    for mark in _END.finditer(text, start, block.end):
        if _ends(text, start, mark, block.end, lexicon):
            yield block._replace(start=start, end=mark.start() if mark[0][0] == "<" else mark.end())
            start = mark.end()
    yield block._replace(start=start)


def _ends(text: str, start: int, mark: re.Match[str], stop: int, lexicon: Lexicon) -> bool:
    """Whether the mark ends a sentence: not after an abbreviation, initial or ordinal, nor before a small letter."""
    sign = mark.group().strip(" \t\u00a0\"'”’»)]*_`")
    if not sign or sign[0] == "<":
        return True
    after = _NEXT.match(text, mark.end(), stop)
    following = text[after.end() : after.end() + 1] if after else ""
    if sign[-1:] not in ".…" or not following:
        return True
    if following.islower():
        return False
    if sign != ".":
        return True
    word = _WORD_BEFORE.search(text, max(start, mark.start() - 16), mark.start())
    if word and word.group().isdigit() and len(word.group()) < 3 and _next_word(text, mark.end()) in lexicon.months:
        return False  # "am 3. Mai"
    return not (word and _is_short_form(word.group(), following, lexicon))


def _next_word(text: str, at: int) -> str:
    found = _WORD_AFTER.match(text, at)
    return found.group(1).casefold() if found else ""


def _is_short_form(word: str, following: str, lexicon: Lexicon) -> bool:
    plain = word.casefold()
    if plain in lexicon.abbreviations:
        return plain not in lexicon.meridiem or following.isdigit()
    if len(word) == 1 and word.isalpha():
        return word.isupper() and word != "I"
    return bool(re.fullmatch(r"\d{1,2}", word)) and following.isdigit()


def _short(text: str, piece: Sentence) -> Iterator[Sentence]:
    """The piece without space round it, cut at weaker marks where it is longer than `LONG`."""
    start, end = _trim(text, piece.start, piece.end)
    while end - start > LONG:
        cut = _weak_cut(text, start, start + LONG)
        left = _trim(text, start, cut)
        if left[0] < left[1]:
            yield piece._replace(start=left[0], end=left[1])
        start, end = _trim(text, cut, end)
    if start < end and any(char.isalnum() for char in text[start:end]):
        yield piece._replace(start=start, end=end)


def _weak_cut(text: str, start: int, stop: int) -> int:
    """The last weak mark in the second half of the window; else its end, moved off a placeholder."""
    best = 0
    for mark in _WEAK.finditer(text, start + (stop - start) // 2, stop):
        if not mark.group().isspace() or best == 0 or text[best - 1 : best].isspace():
            best = mark.end()
    if best:
        return best
    bracket = text.rfind("[", stop - 100, stop)
    return bracket if bracket > start and "]" not in text[bracket:stop] else stop


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip(" \t\n\r,|")), end - len(piece) + len(piece.rstrip(" \t\n\r,|"))
