"""The depths beside the plain explanation: the same in simple words, and the full record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explainbot.explain.languages import Language
from explainbot.explain.lines import Item, Line, Part, Section, listed, say
from explainbot.explain.view import decided, headline, language_of, name
from explainbot.explain.weights import RIGHT

if TYPE_CHECKING:
    from explainbot.explain.calls import CallNote
    from explainbot.explain.explanation import Explanation, SourceNote
    from explainbot.explain.statement import Statement


def simple(one: Explanation) -> Section:
    """The explanation in a few short sentences, for whoever finds the usual one too long or too hard."""
    words = language_of(one)
    return Section(words.template("simple"), tuple(Item(line) for line in _simple(one, words)))


def _simple(one: Explanation, words: Language) -> Iterator[Line]:
    if one.status == "answer":
        yield say(words, "simple_ai")
        if made := decided(one):
            yield say(words, "decisions_line", made)
        yield from _simple_result(one, words)
    else:
        yield headline(one, words)
    if one.hidden:
        yield say(words, "simple_hidden")
    if one.contact:
        yield say(words, "simple_person", contact=Part(one.contact, "name"))
    else:
        yield say(words, "simple_person_none")


def _simple_result(one: Explanation, words: Language) -> Iterator[Line]:
    states = [item.state for item in one.statements if item.state != "no claim"]
    found, missing = states.count("found"), states.count("not found")
    if not states:
        yield say(words, "nothing_claimed")
    elif missing == len(states):
        yield say(words, "simple_none")
    else:
        if found == len(states):
            yield say(words, "simple_all")
        elif found:
            yield say(words, "simple_some", found, all=len(states))
        for message, count in (
            ("simple_partly", states.count("partly found")),
            ("simple_missing", missing),
            ("simple_conflicts", states.count("conflicts")),
        ):
            if count:
                yield say(words, message, count)


def record(one: Explanation) -> tuple[Section, ...]:
    """What the details leave out: every source with its version, how each statement was linked to it, and when."""
    if one.status == "unavailable":
        return ()
    words = language_of(one)
    by_id = {source.id: source for source in one.sources}
    claims = [item for item in one.statements if item.state != "no claim"]
    sections = (
        Section(words.template("record_given"), tuple(Item(_given(source, words)) for source in one.sources)),
        Section(
            words.template("record_checks"),
            tuple(
                Item(say(words, "record_statement", number=number), tuple(_links(item, by_id, words)))
                for number, item in enumerate(claims, 1)
            ),
        ),
        Section(words.template("record_calls"), tuple(_call(call, words) for call in one.calls)),
        Section(words.template("record_about"), tuple(Item(line) for line in _form(one, words))),
    )
    return tuple(section for section in sections if section.items)


def _given(source: SourceNote, words: Language) -> Line:
    known = say(
        words,
        "record_source",
        source=name(source, words),
        id=Part(source.id, "name"),
        version=Part(source.version, "name"),
    )
    return known if source.sent else say(words, "not_sent", sources=known)


def _call(call: CallNote, words: Language) -> Item:
    """A call to the model on the way to the reply."""
    below = [say(words, "trace", trace=Part(call.trace_id, "name"))]
    if call.tool_calls:
        below.append(say(words, "note_tools", tools=listed(words, [[Part(tool, "name")] for tool in call.tool_calls])))
    return Item(say(words, "model", model=Part(call.model, "name"), provider=Part(call.provider, "name")), tuple(below))


def _links(item: Statement, by_id: dict[str, SourceNote], words: Language) -> Iterator[Line]:
    known = [part for part in item.evidence if part.source_id in by_id]
    if item.state == "not found" or not known:
        yield say(words, "record_nearest")
        return
    for part in known:
        source = name(by_id[part.source_id], words)
        yield say(words, f"tier_{part.tier}", source=source, share=words.percent(part.score))


def _form(one: Explanation, words: Language) -> Iterator[Line]:
    if one.created is not None:
        yield say(words, "record_time", time=Part(f"{one.created:%Y-%m-%d %H:%M:%S} UTC", "name"))
    yield say(words, "record_form", version=Part(one.schema_version, "name"))
    if one.statements:
        yield say(words, "limits")
        yield say(words, "measured", share=words.percent(RIGHT))
    if not one.decisions:
        yield say(words, "record_no_decision")
