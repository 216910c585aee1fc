"""The customer's data and the reply as a whole: what was hidden and given, how it was examined, who answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explainbot.explain.languages import Language
from explainbot.explain.lines import Line, Part, listed, say
from explainbot.explain.view.naming import name

if TYPE_CHECKING:
    from explainbot.explain.explanation import Explanation

__all__ = ["HANDLED", "about", "data"]

HANDLED = "handle"
"""The operation of a decorated handler: what its own model was given, if anything, was not watched."""


def data(one: Explanation, words: Language) -> Iterator[Line]:
    if one.status == "unavailable":
        return
    if one.hidden:
        items = [say(words, "item", count=item.count, entity=item.label) for item in one.hidden]
        yield say(words, "hidden", items=listed(words, items))
        yield from _where_from(one, words)
    elif one.operation != HANDLED:
        yield say(words, "hidden_none")
    yield from _given(one, words)
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


def _given(one: Explanation, words: Language) -> Iterator[Line]:
    """What nothing was quoted from, and what was named for the reply and not sent; each by one name."""
    named = [(source, name(source, words, linked=True)) for source in one.sources]
    quoted = {called for source, called in named if source.quoted}
    given = dict.fromkeys(called for source, called in named if source.sent)
    unquoted = [called for called in given if called not in quoted]  # of two messages, one may be quoted
    if unquoted:
        yield say(words, "not_quoted", sources=listed(words, unquoted))
    unsent = list(dict.fromkeys(called for source, called in named if not source.sent))
    if unsent:
        yield say(words, "not_sent", sources=listed(words, unsent))


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


def about(one: Explanation, words: Language) -> Iterator[Line]:
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
