"""The provider's own citations: whether the cited source exists, and says so.

A citation is a marker in the reply, such as `[2]`, `[1, 3]`, `[^1]`, `[doc2]` (Azure OpenAI "on your data"),
`【4:0†refunds.md】` (OpenAI's file search) or a source's id or title in brackets; or a `url_citation` annotation of
chat completions. Numbers count the documents and tool results in the order they were given, from 1, unless the ids are
numbers themselves ("source-2", "doc 2"). Markers are covered up before the reply is matched with the sources: the 2 of
`[2]` is no value.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from explainbot.explain.source import Cited, Record, Source
from explainbot.explain.statement import Citation, CitationState, Evidence, Statement

__all__ = ["Marker", "attach", "covered", "markers"]

NUMBERED = ("document", "tool_result")
"""Kinds of source that a number can stand for."""

MOST = 200
"""Markers of one reply that are read."""

FAR = 100
"""Characters between a statement's last word and a citation of it, at most."""

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_BRACKETS = re.compile(r"\[([^\[\]\n]{1,100})\](?!\()|【([^【】\n]{1,200})】")
_NUMBERS = re.compile(r"\^?(?:(?:doc|source|ref) ?)?(\d{1,2}(?: ?[,;] ?\d{1,2}){0,9})", re.IGNORECASE)
_NAMED = re.compile(r"(?:source|document|doc|ref): ?(.+)", re.IGNORECASE)
_ID_NUMBER = re.compile(r"(?:(?:source|document|doc|passage|chunk|ref)[ _-]?)?(\d{1,4})", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,4}")
_COVER = "*"
"""What covers a marker: it ends a sentence where the marker did, and is neither a word nor a value."""

Alone = Callable[[str, Source], Statement | None]
"""Grounds one statement in one source; None where it claims nothing."""

STATES: dict[str, CitationState] = {"found": "says it", "partly found": "says part of it", "no claim": "not checked"}
"""How the cited source alone bears the statement out; anything else means that it does not say it."""


class Marker(NamedTuple):
    """One citation as the reply makes it.

    Attributes:
        start, end: offsets of what cites, in the reply.
        source: the source it names; None if there is none by that number, name or address.
        cited: the annotation, if it is one.
    """

    start: int
    end: int
    source: Source | None
    cited: Cited | None = None


def markers(record: Record) -> list[Marker]:
    """The citations of a reply, in order."""
    named = {name.casefold(): one for one in reversed(record.sources) for name in (one.id, one.title, one.url) if name}
    numbered = _numbered(record.sources)
    code = [match.span() for match in _CODE.finditer(record.reply)]
    found = []
    for match in _BRACKETS.finditer(record.reply):
        while code and code[0][1] <= match.start():
            code.pop(0)
        if not code or match.start() < code[0][0]:
            found += [Marker(*match.span(), source) for source in _meant(match, named, numbered)]
        if len(found) >= MOST:
            break
    for cited in record.cited[:MOST]:
        if 0 <= cited.start <= cited.end <= len(record.reply):
            found.append(Marker(cited.start, cited.end, named.get(cited.url.casefold()), cited))
    return sorted(found, key=lambda one: (one.start, one.end))


def _numbered(sources: Sequence[Source]) -> dict[int, Source]:
    """What the numbers stand for: ids that are numbers themselves, else the order."""
    given = [source for source in sources if source.kind in NUMBERED]
    own = {int(match.group(1)): source for source in given if (match := _ID_NUMBER.fullmatch(source.id))}
    return own if len(own) == len(given) else dict(enumerate(given, 1))


def _meant(match: re.Match[str], named: dict[str, Source], numbered: dict[int, Source]) -> Iterator[Source | None]:
    """The sources a bracket stands for; nothing where it is no citation."""
    inner, lens = match.groups()
    if lens is not None:
        number, _, name = lens.partition("†")
        digits = _DIGITS.search(number)
        yield named.get(name.strip().casefold()) or (numbered.get(int(digits.group())) if digits else None)
    elif (source := named.get(inner.strip().casefold())) is not None:
        yield source
    elif numbers := _NUMBERS.fullmatch(inner.strip()):
        yield from (numbered.get(int(digits)) for digits in _DIGITS.findall(numbers.group(1)))
    elif other := _NAMED.fullmatch(inner.strip()):
        yield named.get(other.group(1).strip().casefold())


def covered(reply: str, found: Sequence[Marker]) -> str:
    """`reply` with every marker covered up; offsets stay. Words that an annotation spans are left."""
    pieces: list[str] = []
    at = 0
    for one in found:
        if one.cited is None and one.start >= at:
            pieces += (reply[at : one.start], _COVER * (one.end - one.start))
            at = one.end
    return "".join([*pieces, reply[at:]])


def attach(
    reply: str, text: str, statements: Sequence[Statement], found: Sequence[Marker], alone: Alone
) -> tuple[Statement, ...]:
    """The statements with their citations, each checked against the one source it names.

    Args:
        reply: the reply.
        text: the same, covered.
        statements: of the covered text.
        found: its citations.
        alone: grounds a text in one source.
    """
    kept = [one for one in statements if any(char.isalnum() for char in text[one.start : one.end])]
    belonging: dict[int, list[Marker]] = {}
    for one in found:
        if (place := _place(one, text, kept)) is not None:
            belonging.setdefault(place, []).append(one)
    return tuple(
        _cited(
            one.model_copy(update={"text": reply[one.start : one.end]}), reply, text, belonging.get(number, ()), alone
        )
        for number, one in enumerate(kept)
    )


def _place(one: Marker, text: str, statements: Sequence[Statement]) -> int | None:
    """Which statement a citation belongs to: the one its last word stands in, else the next one, else the last."""
    if not statements:
        return None
    at = one.end - 1 if one.cited is not None else one.start - 1
    first = max(0, at - FAR)
    while at >= first and text[at] != "\n" and not text[at].isalnum():
        at -= 1
    place = bisect_right(statements, at, key=lambda statement: statement.start) - 1
    if place >= 0 and at >= first and at < statements[place].end and text[at] != "\n":
        return place
    after = bisect_right(statements, one.start, key=lambda statement: statement.end)
    return min(after, len(statements) - 1)


def _cited(one: Statement, reply: str, text: str, found: Sequence[Marker], alone: Alone) -> Statement:
    """The statement with its citations looked up."""
    citations, evidence = [], list(one.evidence)
    for marker in found:
        state: CitationState = "not checked"
        if marker.source is not None:
            said = alone(text[one.start : one.end], marker.source)
            state = STATES.get(said.state, "does not say it") if said is not None else "not checked"
            if state == "says it" and said is not None:
                evidence = _raised(evidence, said.evidence)
        elif marker.cited is None:
            state = "does not exist"
        citations.append(
            Citation(
                marker="" if marker.cited else reply[marker.start : marker.end],
                start=marker.start,
                end=marker.end,
                source_id=marker.source.id if marker.source else None,
                url=marker.cited.url if marker.cited else None,
                title=marker.cited.title if marker.cited else None,
                state=state,
            )
        )
    return one.model_copy(update={"citations": tuple(citations), "evidence": tuple(evidence)}) if citations else one


def _raised(evidence: list[Evidence], cited: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with passages of a source that is rightly cited marked so; its best passage is added if missing."""
    ids = {item.source_id for item in cited}
    raised = [item.model_copy(update={"tier": "cited"}) if item.source_id in ids else item for item in evidence]
    if not ids & {item.source_id for item in raised}:
        raised += [item.model_copy(update={"tier": "cited"}) for item in cited[:1]]
    return raised
