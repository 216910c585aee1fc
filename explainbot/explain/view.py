"""What an explanation says and in which order, before it takes a form: lines made of parts (`lines`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from explainbot.explain.fields import spoken
from explainbot.explain.languages import LANGUAGES, Language
from explainbot.explain.lines import Item, Line, Part, Section, joined, listed, say

if TYPE_CHECKING:
    from explainbot.explain.decision import Condition, Decision
    from explainbot.explain.explanation import Explanation, SourceNote
    from explainbot.explain.statement import Citation, Evidence, Statement

STATES = ("found", "partly found", "not found", "conflicts")
"""The states of what claims something."""

HANDLED = "handle"
"""The operation of a decorated handler: what its own model was given, if anything, was not watched."""

_MEMBER = re.compile(r'"\s*[:,\]}]|[{\[,]\s*"')
"""What the members of a JSON object or array are set off by."""

ROUND = 160
"""Characters of a source shown on either side of a quote: about two lines."""


@dataclass(frozen=True, slots=True)
class View:
    """The whole: first line, title of the details, and their sections."""

    headline: Line
    details: str
    sections: tuple[Section, ...]
    language: Language


def language_of(one: Explanation) -> Language:
    """The language an explanation is written in."""
    return LANGUAGES.load(one.language if one.language in LANGUAGES else "en")


def view(one: Explanation, texts: Mapping[str, str] | None = None) -> View:
    """What `one` says, in its language.

    Args:
        texts: the sources' texts by id, where quotes shall be shown with what stands round them.
    """
    words = language_of(one)
    sections = (
        Section(words.template("said"), tuple(_said(one, words, texts or {})), numbered=True),
        Section(words.template("decisions"), tuple(_decision(item, one, words) for item in one.decisions)),
        Section(words.template("narrated"), tuple(_narrated(one, words))),
        Section(words.template("data"), tuple(Item(line) for line in _data(one, words))),
        Section(words.template("about"), tuple(Item(line) for line in _about(one, words))),
    )
    return View(headline(one, words), words.template("details"), tuple(part for part in sections if part.items), words)


def decided(one: Explanation) -> int:
    """How many decisions were made; what was only asked for is none yet."""
    return sum(item.outcome != "asked" for item in one.decisions)


def headline(one: Explanation, words: Language) -> Line:
    first = (
        say(words, "written_by_ai", model=Part(one.model, "name")) if one.model else say(words, "written_by_ai_plain")
    )
    if made := decided(one):
        first = joined(words, first, say(words, "decisions_line", made))
    if one.status == "unavailable":
        return joined(words, first, say(words, "unavailable_line"))
    if one.status == "tool_calls":
        tools = listed(words, [[Part(tool, "name")] for tool in one.tool_calls])
        return joined(words, first, say(words, "tool_calls_only", tools=tools))
    if one.status == "refusal":
        return joined(words, first, say(words, "refusal_line"))
    if one.status == "empty":
        return joined(words, first, say(words, "empty_line"))
    return joined(words, first, *_result(one, words))


def _result(one: Explanation, words: Language) -> Iterator[Line]:
    """How many statements were found and where, and how many were not: the second is as plain to see as the first."""
    claims = [item for item in one.statements if item.state != "no claim"]
    by_state = {state: [item for item in claims if item.state == state] for state in STATES}
    found, partly, missing, conflicts = (by_state[state] for state in STATES)
    if not claims:
        yield say(words, "nothing_claimed")
        return
    if len(missing) == len(claims):
        yield say(words, "general_knowledge_given" if _company(one) else "general_knowledge")
        return
    if found:
        message = "found_in_all" if len(found) == len(claims) else "found_in_some"
        yield say(words, message, len(found), sources=_names(one, found, words), all=len(claims))
    if partly:
        message = "partly_in_all" if len(partly) == len(claims) else "partly_in_some"
        yield say(words, message, len(partly), sources=_names(one, partly, words), all=len(claims))
    if missing:
        yield say(words, "not_found_line", len(missing))
    if conflicts:
        yield say(words, "conflicts_line", len(conflicts))


def _company(one: Explanation) -> bool:
    company = ("document", "tool_result", "profile", "instructions")
    return any(source.sent and source.kind in company for source in one.sources)


def _names(one: Explanation, statements: Sequence[Statement], words: Language) -> Line:
    """The sources of the best evidence of the statements, each once."""
    by_id = {source.id: source for source in one.sources}
    seen: dict[tuple[Part, ...], None] = {}
    for item in statements:
        for evidence in item.evidence[:1]:
            if evidence.source_id in by_id:
                seen[tuple(name(by_id[evidence.source_id], words))] = None
    return listed(words, list(seen))


def name(source: SourceNote, words: Language, linked: bool = False) -> Line:
    """What a source is called: its title, else its kind."""
    if source.kind == "instructions":
        return say(words, "kind_instructions")
    if source.kind == "document" and source.origin == "customer_message":
        return say(words, "sent_along", source=_title(source, words, linked))
    return _title(source, words, linked)


def _title(source: SourceNote, words: Language, linked: bool) -> Line:
    if source.title:
        if linked and source.url and source.url.startswith(("https://", "http://")):
            return (Part(source.title, "link", source.url),)
        return (Part(source.title, "name"),)
    if source.kind == "tool_result" and source.tool:
        return say(words, "kind_tool_result_named", tool=Part(source.tool, "name"))
    if source.kind == "document" and source.origin is None:
        return (Part(source.id, "name"),)
    return say(words, f"kind_{source.kind}")


def _said(one: Explanation, words: Language, texts: Mapping[str, str]) -> Iterator[Item]:
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


def _decision(item: Decision, one: Explanation, words: Language) -> Item:
    """A decision: its outcome, who made it, the rule with the customer's data, what would change it, and who looks."""
    below = []
    if item.significant:
        below.append(say(words, "decision_significant"))
    if item.outcome != "asked":
        below.append(say(words, f"decided_{item.by}"))
    if item.rule:
        below.append(say(words, "decision_rule", rule=Part(item.rule, "name")))
    for condition in item.conditions:
        gaps = {"field": Part(condition.field, "name"), "actual": Part(condition.actual, "name")}
        message = "condition_met" if condition.met else "condition_missed"
        below.append(say(words, message, required=_required(condition, words), **gaps))
    changes = [
        say(words, "would_be", field=Part(condition.field, "name"), required=_required(condition, words))
        for condition in item.would_change_it
    ]
    if changes:
        below.append(say(words, "would_change", conditions=listed(words, changes)))
    review = Part(one.contact, "name") if one.contact else None
    below.append(say(words, "decision_review", contact=review) if review else say(words, "decision_review_none"))
    return Item(say(words, f"decision_{item.outcome}", what=Part(item.what, "name")), tuple(below))


def _required(condition: Condition, words: Language) -> Line:
    value = Part(condition.required, "name")
    if condition.test == "is":
        return (value,)
    return say(words, "at_least" if condition.test == "at least" else "at_most", value=value)


def _narrated(one: Explanation, words: Language) -> Iterator[Item]:
    """The reasons a model gave when it was asked, said to be its own, and how many did not hold."""
    if one.narrated is None:
        return
    by_id = {source.id: source for source in one.sources}
    earlier = next((source for source in one.sources if source.stands_for > 1), None)
    for reason in one.narrated.reasons:
        quote = say(words, "quote", quote=Part(reason.quote, "quote"))
        given = by_id.get(reason.source_id, earlier)
        where = say(words, "state_found", source=name(given, words, linked=True)) if given else ()
        yield Item((Part(reason.text, "said"),), (where, quote))
    if one.narrated.reasons:
        yield Item(say(words, "narrated_note"))
    else:
        yield Item(say(words, "narrated_none"))
    if one.narrated.dropped:
        yield Item(say(words, "narrated_dropped", one.narrated.dropped))


def _data(one: Explanation, words: Language) -> Iterator[Line]:
    if one.status == "unavailable":
        return
    if one.hidden:
        items = [say(words, "item", count=item.count, entity=item.label) for item in one.hidden]
        yield say(words, "hidden", items=listed(words, items))
        yield from _where_from(one, words)
    elif one.operation != HANDLED:
        yield say(words, "hidden_none")
    quoted = {name(source, words, linked=True) for source in one.sources if source.quoted}
    given = dict.fromkeys(name(source, words, linked=True) for source in one.sources if source.sent)
    unquoted = [named for named in given if named not in quoted]  # of two messages, one may be quoted
    if unquoted:
        yield say(words, "not_quoted", sources=listed(words, unquoted))
    unsent = list(dict.fromkeys(name(source, words, linked=True) for source in one.sources if not source.sent))
    if unsent:
        yield say(words, "not_sent", sources=listed(words, unsent))
    if one.purpose:
        yield say(words, "purpose", purpose=Part(one.purpose, "name"))
    purposes = [
        say(words, "field", field=words.entity(item.entity_type, item.count), value=Part(item.purpose, "name"))
        for item in one.hidden
        if item.purpose
    ]
    if purposes:
        yield say(words, "purposes", items=listed(words, purposes))
    for source in one.sources:
        if source.purpose and source.purpose != one.purpose:
            yield say(words, "source_purpose", source=name(source, words), purpose=Part(source.purpose, "name"))


def _where_from(one: Explanation, words: Language) -> Iterator[Line]:
    """Where the hidden data stood, and what of it the reply repeats."""
    held = list(dict.fromkeys(name(source, words) for source in one.sources if source.personal))
    if held:
        yield say(words, "hidden_from", sources=listed(words, held))
    used = [
        say(words, "item", count=item.used, entity=words.entity(item.entity_type, item.used))
        for item in one.hidden
        if item.used
    ]
    if used:
        yield say(words, "hidden_used", items=listed(words, used))


def _tests(one: Explanation, words: Language) -> Iterator[Line]:
    """How the reply was examined further, and where that failed."""
    failed = dict.fromkeys(check.checker for item in one.statements for check in item.checks if check.score is None)
    for checker in failed:
        yield say(words, "note_check_failed", checker=Part(checker, "name"))
    if one.removal is not None and one.removal.tested:
        by_id = {source.id: source for source in one.sources}
        tested = [name(by_id[id], words) for id in one.removal.tested if id in by_id]
        yield say(words, "note_tested", sources=listed(words, list(dict.fromkeys(tested))))
    if one.removal is not None and not one.removal.complete:
        yield say(words, "note_test_part")


def _about(one: Explanation, words: Language) -> Iterator[Line]:
    for note in one.notes:
        yield (Part(note),)
    if one.status == "answer" and one.tool_calls:
        yield say(words, "note_tools", tools=listed(words, [[Part(tool, "name")] for tool in one.tool_calls]))
    if any(item.state in ("found", "partly found") for item in one.statements):
        yield say(words, "matching")
    yield from _tests(one, words)
    if one.operator:
        yield say(words, "responsible", name=Part(one.operator.name, "name"))
    yield say(words, "contact", contact=Part(one.contact, "name")) if one.contact else say(words, "contact_none")
    if one.operator and one.operator.privacy_url:
        url = one.operator.privacy_url
        safe = url.startswith(("https://", "http://"))
        yield say(words, "privacy", url=Part(url, "link", url) if safe else Part(url, "name"))
    if one.model and one.provider:
        yield say(words, "model", model=Part(one.model, "name"), provider=Part(one.provider, "name"))
    if one.operator and one.operator.region:
        yield say(words, "region", region=Part(one.operator.region, "name"))
    if one.operator and one.operator.retention:
        yield say(words, "retention", time=Part(one.operator.retention, "name"))
    if one.trace_id:
        yield say(words, "trace", trace=Part(one.trace_id, "name"))
