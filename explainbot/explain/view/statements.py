"""How each statement stands to the sources: what was found where, the passages, what stands against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from explainbot.explain.fields import spoken
from explainbot.explain.languages import Language
from explainbot.explain.lines import Item, Line, Part, listed, say
from explainbot.explain.view.naming import name

if TYPE_CHECKING:
    from explainbot.explain.explanation import Explanation, SourceNote
    from explainbot.explain.statement import Citation, Evidence, Statement

__all__ = ["said"]

_MEMBER = re.compile(r'"\s*[:,\]}]|[{\[,]\s*"')
"""What the members of a JSON object or array are set off by."""

ROUND = 160
"""Characters of a source shown on either side of a quote: about two lines."""


def said(one: Explanation, words: Language, texts: Mapping[str, str]) -> Iterator[Item]:
    by_id = {source.id: source for source in one.sources}
    quoted: dict[tuple[object, ...], int] = {}
    idle = number = 0
    for item in one.statements:
        if item.state == "no claim":
            idle += 1
            continue
        number += 1
        known = _known(item, by_id)
        below = (
            *_standing(item, known, by_id, words),
            *_examined(item, by_id, words),
            *_cited(item, by_id, words),
            *_quotes(known, by_id, quoted, number, words, texts),
        )
        yield Item((Part(item.text, "said"),), below, item.state)
    if idle and number:
        yield Item(say(words, "no_claims", idle))


def _known(item: Statement, by_id: dict[str, SourceNote]) -> list[Evidence]:
    """The passages to show: those of sources that are listed; for "not found" none, they bear nothing out."""
    return [part for part in item.evidence if part.source_id in by_id] if item.state != "not found" else []


def _standing(
    item: Statement, known: Sequence[Evidence], by_id: dict[str, SourceNote], words: Language
) -> Iterator[Line]:
    """How one statement stands to the sources, and the values that stand against it."""
    sources = list(dict.fromkeys(name(by_id[evidence.source_id], words, linked=True) for evidence in known))
    where = listed(words, sources)
    if item.state == "found":
        yield say(words, "state_found", source=where)
    elif item.state == "partly found":
        yield say(words, "state_partly", source=where) if where else say(words, "state_partly_none")
    elif item.state == "conflicts":
        yield say(words, "state_conflict")
    else:
        yield say(words, "state_not_found")
    yield from _conflicts(item, by_id, words)
    if known and all(by_id[evidence.source_id].kind == "history" for evidence in known):
        yield say(words, "repeated")
    missing = [[Part(value.text, "said")] for value in item.values if value.state == "not found"]
    if missing:
        yield say(words, "missing_values", values=listed(words, missing))


def _examined(item: Statement, by_id: dict[str, SourceNote], words: Language) -> Iterator[Line]:
    """What further checks came to: a cause is named only where leaving it out was tried."""
    for check in item.checks:
        if check.score is not None and check.before != item.state:
            yield say(words, "checked_lower", checker=Part(check.checker, "name"))
    causes = [effect for effect in item.effects if effect.outside and effect.source_id in by_id]
    for message, jointly in (("tested_because", False), ("tested_jointly", True)):
        if named := [effect for effect in causes if effect.jointly == jointly]:
            sources = listed(words, [name(by_id[effect.source_id], words) for effect in named])
            yield say(words, message, sources=sources)
    if item.effects and not causes:
        yield say(words, "tested_none")


CITED = {
    "says it": "cited_says",
    "says part of it": "cited_partly",
    "does not say it": "cited_not",
    "not checked": "cited_unchecked",
}
"""The message for each state of a citation of a source that exists."""


def _cited(item: Statement, by_id: dict[str, SourceNote], words: Language) -> Iterator[Line]:
    """The sources that the reply itself names for a statement, each line once."""
    seen: dict[Line, None] = {}
    for citation in item.citations if item.state != "no claim" else ():
        if citation.state == "does not exist":
            line = say(words, "cited_missing", marker=Part(citation.marker, "said"))
        elif citation.source_id in by_id:
            line = say(words, CITED[citation.state], source=name(by_id[citation.source_id], words))
        else:
            line = say(words, "cited_unchecked", source=_page(citation))
        seen[line] = None
    yield from seen


def _page(citation: Citation) -> Part:
    """A page on the web that the provider names."""
    url = citation.url or ""
    label = citation.title or url
    return Part(label, "link", url) if url.startswith(("https://", "http://")) else Part(label, "name")


def _quotes(
    known: Sequence[Evidence],
    by_id: dict[str, SourceNote],
    quoted: dict[tuple[object, ...], int],
    number: int,
    words: Language,
    texts: Mapping[str, str],
) -> Iterator[Line]:
    """The passages of a statement with the age of their sources; one already shown is referred to."""
    for evidence in known:
        if evidence.withheld:
            continue
        place = (evidence.source_id, evidence.start, evidence.end, *(field.path for field in evidence.fields))
        if quoted.setdefault(place, number) != number:
            yield say(words, "same_quote", number=quoted[place])
        elif evidence.quote:
            said = _in_place(evidence, texts.get(evidence.source_id, ""))
            if shown := _fields(evidence, words):
                yield shown
            elif not _is_raw(evidence, by_id[evidence.source_id]):
                yield say(words, "quote", quote=said)
            if updated := by_id[evidence.source_id].updated:
                yield say(words, "changed", date=words.date(updated) or Part(updated, "name"))


def _is_raw(evidence: Evidence, source: SourceNote) -> bool:
    """Whether a passage is a piece of JSON, which tells a customer nothing where the statement repeats no field."""
    return source.kind in ("tool_result", "profile") and bool(_MEMBER.search(evidence.quote))


def _in_place(evidence: Evidence, text: str) -> Part:
    """A quote with what stands round it in its source; without, where it does not stand there."""
    start, end = evidence.start, evidence.end
    if text[start:end] != evidence.quote:
        return Part(evidence.quote, "quote")
    before, after = text[max(0, start - ROUND) : start], text[end : end + ROUND]
    if start > ROUND:
        before = "…" + before[before.find(" ") + 1 :]
    if end + ROUND < len(text):
        after = after[: after.rfind(" ") + 1] + "…"
    return Part(evidence.quote, "quote", before=before, after=after)


def _fields(evidence: Evidence, words: Language) -> Line:
    """The values of a look-up that the statement repeats, by the names of their fields."""
    if not evidence.fields:
        return ()
    items = [
        say(words, "field", field=Part(spoken(field.path), "name"), value=Part(field.text, "quote"))
        for field in evidence.fields
    ]
    return say(words, "field_quote", fields=listed(words, items))


def _conflicts(item: Statement, by_id: dict[str, SourceNote], words: Language) -> Iterator[Line]:
    for value in item.values:
        if value.state == "conflicts" and value.source_id in by_id:
            source = name(by_id[value.source_id], words)
            said = Part(value.text, "said")
            if value.source_text:
                other = Part(value.source_text, "quote")
                yield say(words, "conflict_values", said=said, source=source, other=other)
            else:
                yield say(words, "conflict_withheld", said=said, source=source)
