"""Documents as records of named lines.

    Source ID: 0                        ID: 1 | TITLE: The Fox | CONTENT: The quick brown fox
    Article Title: Refund policy        ID: 2 | TITLE: The Dog | CONTENT: The lazy dog
    Article Snippet: You can return

The first is LangChain's (also `Content: ...` above `Source: ...`), the second that of OpenAI's GPT-4.1 guide. A record
has a text and something that names it. In a marked block the text may follow an empty line, without a name of its own:
LlamaIndex writes a node's metadata so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.passages.base import NAMES, Passage, Place, cut, described, plain_name
from explainbot.passages.words import unclosed_end

_LINE = re.compile(
    r"(?m)^[ \t>├└│─*-]*+(?P<name>[A-Za-z][A-Za-z_ -]{0,24}?)\**[ \t]*:(?!//)\**[ \t]*(?P<value>[^\n]*)$"
)
_PIPES = re.compile(
    r"(?m)^[ \t]*+[A-Za-z_ ]{1,20}:[^|\n]{0,400}\|[^\n]*\bCONTENT[ \t]*:[ \t]*(?P<text>[^\n]*)$", re.IGNORECASE
)
_PIPED = re.compile(r"([A-Za-z_ ]{1,20}):([^|\n]*)")

TEXTS = frozenset(
    "content text snippet article_snippet page_content passage excerpt body document_content chunk article_text".split()
)
EXTRA = {
    "source_id": "id",
    "article_page": "page",
    "score": "score",
    "page": "page",
    "author": "author",
    "date": "date",
}
"""Names that belong to a record without saying anything we keep, and those that are not in `NAMES`."""


def find(text: str, place: Place) -> Iterator[Passage]:
    """Records, one after another."""
    yield from _piped(text, place)
    lines = [
        (match, name)
        for match in _LINE.finditer(text)
        if (name := plain_name(match["name"])) in NAMES or name in TEXTS or name in EXTRA
    ]
    records = list(_records(text, lines))
    for number, record in enumerate(records):
        following = records[number + 1][0][0].start() if number + 1 < len(records) else None
        passage = _passage(text, record, following, place)
        if passage is not None:
            yield passage


MANY = 1_000
"""Lines a record may have that is followed by another."""

_Record = list[tuple[re.Match[str], str]]


def _records(text: str, lines: _Record) -> Iterator[_Record]:
    """Named lines in groups: a new one begins where a name comes again, or after a gap ahead of a text."""
    group: _Record = []
    for line in lines:
        names = {name for _, name in group}
        gap = bool(group) and "\n\n" in text[group[-1][0].end() : line[0].start()]
        if group and (line[1] in names or (gap and (bool(names & TEXTS) or line[1] not in TEXTS))):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _passage(text: str, record: _Record, following: int | None, place: Place) -> Passage | None:
    body = next((n for n, (_, name) in enumerate(record) if name in TEXTS), None)
    about = described({name: match["value"] for match, name in record if name not in TEXTS})
    if not {name for _, name in record if name in NAMES}:
        return None
    if body is None:
        body = len(record) - 1
        start = record[body][0].end()
        if not (place.announced and text.startswith("\n\n", start)):
            return None
    else:
        start = record[body][0].start("value")
    latest = record[body + 1][0].start() if body + 1 < len(record) else (following or len(text))
    shown = body + 1 < len(record) or following is not None
    # In the instructions a record may be the last of its list although another list follows, so it never runs on
    # past an empty line.
    end = unclosed_end(text, start, latest, place, whole=shown and not place.secret, lines=MANY if shown else 1)
    outer = (record[0][0].start(), max(end, record[-1][0].end()))
    return cut(text, start, end, outer, about)


def _piped(text: str, place: Place) -> Iterator[Passage]:
    for match in _PIPES.finditer(text):
        about = described({name: value for name, value in _PIPED.findall(text[match.start() : match.start("text")])})
        passage = cut(text, match.start("text"), match.end("text"), match.span(), about)
        yield passage
