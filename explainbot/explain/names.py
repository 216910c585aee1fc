"""Names in a statement that no source holds: words with a capital inside the sentence, and codes in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from explainbot.explain.index import Index, Unit
from explainbot.explain.lexicons import Lexicon
from explainbot.explain.statement import CheckedValue
from explainbot.explain.tokens import WORD, Token

__all__ = ["missing_names"]


def missing_names(
    text: str, unit: Unit, stream: Sequence[Token], found: Index, lexicon: Lexicon
) -> Iterator[CheckedValue]:
    """Names in a statement that no source holds.

    Args:
        text: the reply.
        unit: the statement.
        stream: the statement's tokens.
        found: the index of the sources.
        lexicon: words that are no names.
    """
    heading = _LABEL.match(text, unit.start, unit.end)
    label = heading.end() if heading else unit.start
    taken = [(value.start, value.end) for value in unit.values]
    for kind, word, start, end in stream:
        if kind != WORD or not word[0].isupper() or any(left <= start < right for left, right in taken):
            continue
        plain = word.casefold().replace("’", "'")
        if plain in lexicon.stop or plain in lexicon.months or plain in lexicon.weekdays:
            continue
        plainly = lexicon.noun_capitals or start < label or _opens(text, unit.start, start)
        if len(word) == 1 or (plainly and not _is_code(word)) or _known(word, found, lexicon):
            continue
        if found.has(_initials(text, unit, start)):
            continue
        if (gloss := _GLOSS.match(text, end)) and _known(gloss.group(1), found, lexicon):
            continue
        yield CheckedValue(kind="name", text=word, start=start, end=end, state="not found")


_LABEL = re.compile(r"[*_]{2}[^*_]{1,80}(?::[*_]{2}|[*_]{2}\s*[:–—-])")
"""A label before the text proper, every word of which may have a capital: "**Opening Hours**: ..."."""

_TITLE = re.compile(r"(?:[A-Z]\w*(?:[ -]|$)|(?:of|the|and|for|de) )+")
"""A run of words with capitals, and the small words between them."""

LONGEST_TITLE = 60
"""Characters on either side of a word in which its run of capitals is looked for."""


def _initials(text: str, unit: Unit, at: int) -> str:
    """The initials of the run of capitals that a word stands in: "USA" for each word of "United States of America"."""
    first = max(unit.start, at - LONGEST_TITLE)
    for run in _TITLE.finditer(text, first, min(unit.end, at + LONGEST_TITLE)):
        if run.start() <= at < run.end():
            return "".join(word[0] for word in run.group().split() if word[0].isupper())
    return ""


_GLOSS = re.compile(r"(?: [A-Z][\w'’.-]{0,30}){0,2} \(([A-Z0-9]{2,6})\)")
"""A code in brackets right after a name: "Chicago O'Hare (ORD)" names what the source calls ORD."""


def _opens(text: str, start: int, at: int) -> bool:
    """Whether a word stands where any word has a capital: at the start, or after a colon or full stop."""
    before = text[max(start, at - 40) : at].rstrip(" \t*_\"'“”„([#>-|`")
    return not before or before[-1] in ":.!?;\n…"


def _is_code(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _known(word: str, found: Index, lexicon: Lexicon) -> bool:
    bare = re.sub(r"['’]s$|(?<=[A-Z])s$", "", word)
    return all(found.has(part) or found.holding(lexicon.stem(part)) for part in lexicon.parts(bare))
