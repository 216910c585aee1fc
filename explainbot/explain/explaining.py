"""How an explanation is computed from the record of one reply, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explainbot.explain import citations, notes, rendering
from explainbot.explain.explanation import (
    Explanation,
    HiddenData,
    SourceNote,
    Status,
    grounding_of,
    named_ids,
    quoted_ids,
)
from explainbot.explain.fields import with_fields
from explainbot.explain.grounding import ground, grounded
from explainbot.explain.languages import LANGUAGES, language_for
from explainbot.explain.source import VERSION_DIGITS, Kind, Record, Source, digest
from explainbot.explain.statement import Statement
from explainbot.explain.telling import told

__all__ = ["SECRET", "explain"]

SECRET: frozenset[Kind] = frozenset({"instructions"})
"""Kinds never quoted to the customer: trade secrets and other people's rights (GDPR recital 63; CJEU C-203/22)."""


def explain(record: Record) -> Explanation:
    """The explanation of one reply. Deterministic; never raises on any text."""
    spoken = told(record.reply)
    language = _language(record, spoken)
    secret = {source.id for source in record.sources if source.kind in SECRET}
    grounded = (_withheld(one, secret) for one in _grounded(record))
    statements = tuple(with_fields(one, record.sources) for one in grounded)
    made = Explanation(
        trace_id=record.trace_id,
        created=record.created,
        language=language,
        operation=record.operation,
        provider=record.provider,
        model=record.model,
        status=_status(record),
        statements=statements,
        sources=(*_noted(record, statements), *(_note(source, quoted=False, sent=False) for source in record.unsent)),
        hidden=tuple(_hidden(record, language)),
        grounding=grounding_of(statements),
        purpose=record.purpose,
        operator=record.operator,
        contact=record.contact or (record.operator.contact if record.operator else None),
        tool_calls=record.tool_calls,
        decisions=record.decisions,
        notes=notes.of(record, language, spoken),
        text="",
    )
    return made.model_copy(update={"text": rendering.plain(made)})


def _language(record: Record, spoken: str | None) -> str:
    """The language asked for, else that of the reply, else that of the customer's message, else English."""
    if record.language:
        return language_for(record.language)
    asked = (told(source.text) for source in reversed(record.sources) if source.kind == "customer_message")
    return spoken or next(filter(None, asked), "en")


def _grounded(record: Record) -> tuple[Statement, ...]:
    """The statements with their evidence, and with the citations the reply itself makes."""
    found = citations.markers(record)
    if not found:
        return grounded(record.reply, record.sources, wholes=record.wholes)

    def alone(text: str, source: Source) -> Statement | None:
        return max(ground(text, (source,)), key=lambda one: one.end - one.start, default=None)

    text = citations.covered(record.reply, found)
    return citations.attach(record.reply, text, grounded(text, record.sources, wholes=record.wholes), found, alone)


def _status(record: Record) -> Status:
    if record.refusal:
        return "refusal"
    if record.reply.strip():
        return "answer"
    return "tool_calls" if record.tool_calls else "empty"


def _withheld(one: Statement, secret: set[str]) -> Statement:
    """The statement without the words of sources that are not the customer's to read."""
    if not secret or one.state == "no claim":
        return one
    blank = {"quote": "", "start": 0, "end": 0, "withheld": True}
    evidence = tuple(item.model_copy(update=blank) if item.source_id in secret else item for item in one.evidence)
    checked = tuple(
        item.model_copy(update={"source_text": ""}) if item.source_id in secret else item for item in one.values
    )
    return one.model_copy(update={"evidence": evidence, "values": checked})


def _noted(record: Record, statements: Sequence[Statement]) -> Iterator[SourceNote]:
    """The sources that were sent. Of the earlier turns those that a statement refers to, and the others as one, at the
    place of the first: otherwise an explanation would grow with the conversation."""
    quoted, named = quoted_ids(statements), named_ids(statements)
    rest = [source for source in record.sources if source.kind == "history" and source.id not in named]
    for source in record.sources:
        if len(rest) > 1 and source is rest[0]:
            yield _together(rest, record)
        elif len(rest) < 2 or source.kind != "history" or source.id in named:
            yield _note(source, record.hidden_in.get(source.id, ()), quoted=source.id in quoted)


def _together(turns: Sequence[Source], record: Record) -> SourceNote:
    """Earlier turns as one source."""
    kinds = {kind for source in turns for kind in record.hidden_in.get(source.id, ())}
    versions = digest(" ".join(source.version for source in turns))
    return SourceNote(
        id=f"{turns[0].id}…{turns[-1].id}",
        kind="history",
        version=versions[:VERSION_DIGITS],
        quoted=False,
        personal=tuple(sorted(kinds)),
        stands_for=len(turns),
    )


def _note(source: Source, personal: tuple[str, ...] = (), *, quoted: bool, sent: bool = True) -> SourceNote:
    return SourceNote(
        id=source.id,
        title=source.title,
        url=source.url,
        kind=source.kind,
        version=source.version,
        updated=source.updated,
        purpose=source.purpose,
        tool=source.tool,
        quoted=quoted,
        sent=sent,
        origin=source.origin,
        message=source.message,
        at=source.at,
        personal=personal,
    )


def _hidden(record: Record, language: str) -> Iterator[HiddenData]:
    words = LANGUAGES.load(language)
    for name, count in sorted(record.hidden.items()):
        if count > 0:
            yield HiddenData(
                entity_type=name,
                label=words.entity(name, count),
                count=count,
                used=record.hidden_in_reply.get(name, 0),
                purpose=record.purposes.get(name),
            )
