"""The explanation of one reply: what is shown to the customer, kept in the trace, and carried in the reply's JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from explainbot.explain import notes, page, rendering, restoring
from explainbot.explain.calls import CallNote
from explainbot.explain.decision import Decision
from explainbot.explain.languages import LANGUAGES, language_for
from explainbot.explain.narrated import Narrated
from explainbot.explain.source import WORDS, Kind, Operator, Source
from explainbot.explain.statement import RemovalTest, Statement

SCHEMA_VERSION = "1.0"

Status = Literal["answer", "tool_calls", "refusal", "empty", "unavailable"]
"""What kind of reply is explained; "unavailable" where no explanation could be made or found."""


class SourceNote(BaseModel):
    """A source as the explanation names it: everything but its text.

    Attributes:
        id, title, url, kind, version, updated, purpose, tool, origin, message, at: as in `Source`.
        quoted: whether a passage of it is matched to a statement.
        sent: whether the model was given it at all.
        personal: entity types of the data hidden in it.
        stands_for: how many sources it stands for: earlier turns that no statement refers to are named as one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: str
    title: str | None = None
    url: str | None = None
    kind: Kind
    version: str
    updated: str | None = None
    purpose: str | None = None
    tool: str | None = None
    quoted: bool
    sent: bool = True
    origin: Kind | None = None
    message: str | None = None
    at: int | None = None
    personal: tuple[str, ...] = ()
    stands_for: int = 1


class HiddenData(BaseModel):
    """A category of personal data the model did not see.

    Attributes:
        entity_type, label: the category, and what it is called.
        count: how many different values were hidden.
        used: how many of them the reply repeats, put back for the customer.
        purpose: what such data is used for, if the bot says so for this category.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    entity_type: str
    label: str
    count: int
    used: int = 0
    purpose: str | None = None

    def in_language(self, code: str) -> HiddenData:
        """The same, with its name in a language."""
        return self.model_copy(update={"label": LANGUAGES.load(code).entity(self.entity_type, self.count)})


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
        quoted = quoted_ids(changed)
        update = {
            "statements": changed,
            "sources": tuple(one.model_copy(update={"quoted": one.id in quoted}) for one in self.sources),
            "grounding": grounding_of(changed),
            "removal": removal or self.removal,
        }
        made = self.model_copy(update=update)
        return made.model_copy(update={"text": rendering.plain(made)})

    def in_language(self, tag: str) -> Explanation:
        """The same explanation in the language a BCP 47 tag such as "de-AT" asks for; English, if we do not speak it.

        What the reply, the sources and the company say stays as it is.
        """
        code = language_for(tag)
        changed = self.model_copy(
            update={
                "language": code,
                "hidden": tuple(one.in_language(code) for one in self.hidden),
                "notes": notes.translated(self.notes, self.language, code),
            }
        )
        return changed.model_copy(update={"text": rendering.plain(changed)})

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
                "statements": tuple(
                    restoring.statement(one, text, reply_offset, source_offset) for one in self.statements
                ),
                "sources": tuple(
                    one.model_copy(update={name: text(part) for name, part in _worded(one)}) for one in self.sources
                ),
                "purpose": text(self.purpose) if self.purpose else self.purpose,
                "hidden": tuple(
                    one.model_copy(update={"purpose": text(one.purpose)}) if one.purpose else one for one in self.hidden
                ),
                "decisions": tuple(one.reworded(text) for one in self.decisions),
                "narrated": self.narrated and restoring.narrated(self.narrated, text, source_offset),
                "removal": self.removal
                and self.removal.model_copy(update={"tested": tuple(map(text, self.removal.tested))}),
            }
        )
        if changed == self:  # nothing in it was hidden: its words stay
            return self
        return changed.model_copy(update={"text": rendering.plain(changed)})


def _worded(one: SourceNote) -> list[tuple[str, str]]:
    """The fields of a source that are words, where they are set."""
    return [(name, part) for name in (*WORDS, "version") if (part := getattr(one, name, None))]


def quoted_ids(statements: Iterable[Statement]) -> set[str]:
    """Ids of the sources of which a passage is matched to a statement."""
    return {item.source_id for one in statements if one.state != "not found" for item in one.evidence}


def named_ids(statements: Iterable[Statement]) -> set[str]:
    """Ids of the sources that anything said of a statement refers to."""
    named: set[str | None] = set()
    for one in statements:
        named.update(item.source_id for item in one.evidence)
        named.update(value.source_id for value in one.values)
        named.update(citation.source_id for citation in one.citations)
    return {id for id in named if id}


def grounding_of(statements: Iterable[Statement]) -> float | None:
    """The share of those that claim something that was found; None if none claims anything."""
    claims = [one for one in statements if one.state != "no claim"]
    return round(sum(one.state == "found" for one in claims) / len(claims), 4) if claims else None
