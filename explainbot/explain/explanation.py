"""The explanation of one reply: what is shown to the customer, kept in the trace, and carried in the reply's JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from explainbot.explain import citations, page, rendering
from explainbot.explain.calls import CallNote
from explainbot.explain.decision import Decision
from explainbot.explain.fields import with_fields
from explainbot.explain.grounding import ground, grounded, is_partial
from explainbot.explain.languages import LANGUAGES, language_for
from explainbot.explain.lexicons import LEXICONS
from explainbot.explain.narrated import Narrated, Reason
from explainbot.explain.source import WORDS, Kind, Operator, Record, Source
from explainbot.explain.statement import CheckedValue, Citation, Effect, Evidence, Field, RemovalTest, Statement
from explainbot.explain.telling import told

SCHEMA_VERSION = "1.0"

Status = Literal["answer", "tool_calls", "refusal", "empty", "unavailable"]
"""What kind of reply is explained; "unavailable" where no explanation could be made or found."""

SECRET: frozenset[Kind] = frozenset({"instructions"})
"""Kinds never quoted to the customer: trade secrets and other people's rights (GDPR recital 63; CJEU C-203/22)."""


class SourceNote(BaseModel):
    """A source as the explanation names it: everything but its text.

    Attributes:
        id, title, url, kind, version, updated, purpose, tool, origin, message, at: as in `Source`.
        quoted: whether a passage of it is matched to a statement.
        sent: whether the model was given it at all.
        personal: entity types of the data hidden in it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: str
    title: str | None
    url: str | None
    kind: Kind
    version: str
    updated: str | None
    purpose: str | None
    tool: str | None
    quoted: bool
    sent: bool = True
    origin: Kind | None = None
    message: str | None = None
    at: int | None = None
    personal: tuple[str, ...] = ()


class HiddenData(BaseModel):
    """A category of personal data the model did not see.

    Attributes:
        entity_type, label: the category, and what it is called.
        count: how many different values were hidden.
        used: how many of them the reply repeats, put back for the customer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    entity_type: str
    label: str
    count: int
    used: int = 0


class Explanation(BaseModel):
    """Why this answer: computed from the record alone, so that the same record gives the same explanation.

    Attributes:
        schema_version: version of this form.
        trace_id, created, operation, provider, model, purpose, operator, contact, tool_calls: as in `Record`.
        ai_generated: the machine-readable mark of Article 50(2) of the EU AI Act.
        language: ISO 639-1 code of `text`; one of `explainbot.explain.languages.LANGUAGES`.
        status: an answer, only tool calls, a refusal, nothing, or no explanation.
        statements: the sentences of the reply and how each stands to the sources.
        sources: what the model was given, without the texts.
        hidden: categories of personal data the model did not see.
        grounding: share of the statements that claim something and were found, 0 to 1; None if none claims anything.
        notes: further plain sentences for the customer.
        decisions: what was decided about the customer.
        narrated: what came of asking the model for its reasons; None while it was not asked.
        removal: how it was tested by leaving sources out, if it was.
        calls: the calls to the model that led to this reply, where there were several.
        text: the whole in plain language.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    schema_version: str = SCHEMA_VERSION
    trace_id: str
    created: datetime | None
    ai_generated: Literal[True] = True
    language: str = "en"
    operation: str
    provider: str
    model: str
    status: Status
    statements: tuple[Statement, ...]
    sources: tuple[SourceNote, ...]
    hidden: tuple[HiddenData, ...]
    grounding: float | None
    purpose: str | None
    operator: Operator | None
    contact: str | None
    tool_calls: tuple[str, ...]
    notes: tuple[str, ...]
    decisions: tuple[Decision, ...] = ()
    narrated: Narrated | None = None
    removal: RemovalTest | None = None
    calls: tuple[CallNote, ...] = ()
    text: str

    @classmethod
    def unavailable(cls, trace_id: str = "", language: str = "en") -> Explanation:
        """An explanation that says that there is none."""
        made = cls(
            trace_id=trace_id,
            created=None,
            language=language_for(language),
            operation="",
            provider="",
            model="",
            status="unavailable",
            statements=(),
            sources=(),
            hidden=(),
            grounding=None,
            purpose=None,
            operator=None,
            contact=None,
            tool_calls=(),
            notes=(),
            text="",
        )
        return made.model_copy(update={"text": rendering.plain(made)})

    def with_reasons(self, narrated: Narrated) -> Explanation:
        """The same explanation, with the reasons a model gave."""
        changed = self.model_copy(update={"narrated": narrated})
        return changed.model_copy(update={"text": rendering.plain(changed)})

    @property
    def headline(self) -> str:
        """The first line of `text`: enough for a reader who wants no more."""
        return rendering.headline(self)

    @property
    def markdown(self) -> str:
        """The explanation in CommonMark; text of others is escaped."""
        return rendering.markdown(self)

    @property
    def simple(self) -> str:
        """The explanation in a few easy sentences, one a line."""
        return rendering.simple(self)

    @property
    def record(self) -> str:
        """The full record as plain text: `text`, every source with its version, how each statement was checked."""
        return rendering.record(self)

    @property
    def html(self) -> str:
        """The explanation as an HTML fragment with its own style and native `details`; text of others is escaped."""
        return page.html(self)

    def html_beside(self, sources: Iterable[Source]) -> str:
        """The same, each quote marked where it stands in its source.

        Args:
            sources: the sources as they were given to `turn`; passages are found by id and offsets, and one whose text
                is another by now is quoted without what stands round it.
        """
        return page.html(self, {source.id: source.text for source in sources})

    def with_statements(self, statements: Iterable[Statement], removal: RemovalTest | None = None) -> Explanation:
        """The same explanation with statements that were examined further, worded anew."""
        changed = tuple(statements)
        quoted = _quoted(changed)
        update = {
            "statements": changed,
            "sources": tuple(one.model_copy(update={"quoted": one.id in quoted}) for one in self.sources),
            "grounding": _grounding(changed),
            "removal": removal or self.removal,
        }
        made = self.model_copy(update=update)
        return made.model_copy(update={"text": rendering.plain(made)})

    def restored(
        self,
        text: Callable[[str], str],
        reply_offset: Callable[[int], int],
        source_offset: Callable[[str, int], int],
    ) -> Explanation:
        """The customer's copy: originals in place of placeholders.

        Args:
            text: redacted to restored text.
            reply_offset: offset in the redacted reply to offset in the restored one.
            source_offset: id and offset in a redacted source to offset in the restored one.

        The words of a source, its link among them, are given back as the developer wrote them.
        """
        changed = self.model_copy(
            update={
                "statements": tuple(_restored(one, text, reply_offset, source_offset) for one in self.statements),
                "sources": tuple(
                    one.model_copy(update={name: text(part) for name, part in _worded(one)}) for one in self.sources
                ),
                "purpose": text(self.purpose) if self.purpose else self.purpose,
                "decisions": tuple(one.reworded(text) for one in self.decisions),
                "narrated": self.narrated and _narrated(self.narrated, text, source_offset),
                "removal": self.removal
                and self.removal.model_copy(update={"tested": tuple(map(text, self.removal.tested))}),
            }
        )
        return changed.model_copy(update={"text": rendering.plain(changed)})


def _worded(one: SourceNote) -> list[tuple[str, str]]:
    """The fields of a source that are words, where they are set."""
    return [(name, part) for name in (*WORDS, "version") if (part := getattr(one, name, None))]


def _narrated(one: Narrated, text: Callable[[str], str], source_offset: Callable[[str, int], int]) -> Narrated:
    def reason(item: Reason) -> Reason:
        start, end = source_offset(item.source_id, item.start), source_offset(item.source_id, item.end)
        words = {"text": text(item.text), "quote": text(item.quote), "source_id": text(item.source_id)}
        return item.model_copy(update={**words, "start": start, "end": end})

    return one.model_copy(update={"reasons": tuple(reason(item) for item in one.reasons)})


def _restored(
    one: Statement,
    text: Callable[[str], str],
    reply_offset: Callable[[int], int],
    source_offset: Callable[[str, int], int],
) -> Statement:
    def field(source_id: str, part: Field) -> Field:
        start, end = source_offset(source_id, part.start), source_offset(source_id, part.end)
        return Field(path=text(part.path), text=text(part.text), start=start, end=end)

    def evidence(item: Evidence) -> Evidence:
        if item.withheld:
            return item.model_copy(update={"source_id": text(item.source_id)})
        start, end = source_offset(item.source_id, item.start), source_offset(item.source_id, item.end)
        fields = tuple(field(item.source_id, part) for part in item.fields)
        words = {"source_id": text(item.source_id), "quote": text(item.quote), "fields": fields}
        return item.model_copy(update={**words, "start": start, "end": end})

    def value(item: CheckedValue) -> CheckedValue:
        start, end = reply_offset(item.start), reply_offset(item.end)
        words = {name: text(part) for name in ("text", "source_text", "source_id") if (part := getattr(item, name))}
        return item.model_copy(update={**words, "start": start, "end": end})

    def citation(item: Citation) -> Citation:
        place = {"start": reply_offset(item.start), "end": reply_offset(item.end)}
        words = {name: text(part) for name in ("marker", "title", "source_id") if (part := getattr(item, name))}
        return item.model_copy(update={**words, **place})

    def effect(item: Effect) -> Effect:
        return item.model_copy(update={"source_id": text(item.source_id)})

    return one.model_copy(
        update={
            "text": text(one.text),
            "start": reply_offset(one.start),
            "end": reply_offset(one.end),
            "evidence": tuple(evidence(item) for item in one.evidence),
            "values": tuple(value(item) for item in one.values),
            "citations": tuple(citation(item) for item in one.citations),
            "effects": tuple(effect(item) for item in one.effects),
        }
    )


def explain(record: Record) -> Explanation:
    """The explanation of one reply. Deterministic; never raises on any text."""
    spoken = told(record.reply)
    language = _language(record, spoken)
    secret = {source.id for source in record.sources if source.kind in SECRET}
    grounded = (_withheld(one, secret) for one in _grounded(record))
    statements = tuple(with_fields(one, record.sources) for one in grounded)
    quoted = _quoted(statements)
    made = Explanation(
        trace_id=record.trace_id,
        created=record.created,
        language=language,
        operation=record.operation,
        provider=record.provider,
        model=record.model,
        status=_status(record),
        statements=statements,
        sources=(
            *(
                _note(source, record.hidden_in.get(source.id, ()), quoted=source.id in quoted, sent=True)
                for source in record.sources
            ),
            *(_note(source, (), quoted=False, sent=False) for source in record.unsent),
        ),
        hidden=_hidden(record.hidden, record.hidden_in_reply, language),
        grounding=_grounding(statements),
        purpose=record.purpose,
        operator=record.operator,
        contact=record.contact or (record.operator.contact if record.operator else None),
        tool_calls=record.tool_calls,
        decisions=record.decisions,
        notes=_notes(record, language, spoken),
        text="",
    )
    return made.model_copy(update={"text": rendering.plain(made)})


def _quoted(statements: Iterable[Statement]) -> set[str]:
    """Ids of the sources of which a passage is matched to a statement."""
    return {item.source_id for one in statements if one.state != "not found" for item in one.evidence}


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


def _note(source: Source, personal: tuple[str, ...], *, quoted: bool, sent: bool) -> SourceNote:
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


def _hidden(counts: Mapping[str, int], used: Mapping[str, int], language: str) -> tuple[HiddenData, ...]:
    words = LANGUAGES.load(language)
    return tuple(
        HiddenData(entity_type=name, label=words.entity(name, count), count=count, used=used.get(name, 0))
        for name, count in sorted(counts.items())
        if count > 0
    )


def _grounding(statements: tuple[Statement, ...]) -> float | None:
    claims = [one for one in statements if one.state != "no claim"]
    return round(sum(one.state == "found" for one in claims) / len(claims), 4) if claims else None


def _notes(record: Record, language: str, spoken: str | None) -> tuple[str, ...]:
    words = LANGUAGES.load(language)
    notes = []
    if is_partial(record.reply, record.sources):
        notes.append(words.template("note_partial"))
    if spoken and spoken not in LEXICONS:
        notes.append(words.template("note_language"))
    if record.finish_reason == "length":
        notes.append(words.template("note_cut"))
    if record.finish_reason == "content_filter":
        notes.append(words.template("note_filtered"))
    if record.unknown_placeholders:
        template = words.template("note_unknown_placeholders", record.unknown_placeholders)
        notes.append(template.format(count=record.unknown_placeholders))
    return tuple(notes)
