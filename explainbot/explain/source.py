"""What an explanation is computed from: the sources given to the model, who is responsible, the record of one reply."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, count
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict

from explainbot.errors import ConfigError
from explainbot.explain.decision import Decision

Kind = Literal["document", "tool_result", "profile", "history", "instructions", "customer_message"]
"""Where a source comes from."""

KINDS: tuple[Kind, ...] = get_args(Kind)


VERSION_DIGITS = 12
"""Hexadecimal digits of a hash that name a version."""


def digest(text: str) -> str:
    """SHA-256 of a text in hexadecimal; lone surrogates count as they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, repr=False)
class Source:
    """One unit of what the model was given: a document, a tool result, the customer's profile, an earlier turn.

    Its `repr` shows its kind and length, none of its words.

    Attributes:
        id: stable name, unique among the sources of one reply.
        text: what the model was given.
        title: what to call it before the customer.
        url: where the customer can read it, if it is public.
        updated: when it was last changed, as the developer writes it (ISO 8601 reads best).
        kind: one of `KINDS`.
        purpose: why it was used, in a few words.
        tool: name of the tool, for a tool result.
        version: the first 12 hexadecimal digits of the SHA-256 of the text, if not given.
        origin: for a source that was found inside a message, the kind of that message; None for one that was named, or
            that is a message itself.
        message, at: the id of that message, and where the source's text begins in it, in code points, as sent.

    Raises:
        ConfigError: the kind is not one of `KINDS`.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    updated: str | None = None
    kind: Kind = "document"
    purpose: str | None = None
    tool: str | None = None
    version: str = ""
    origin: Kind | None = None
    message: str | None = None
    at: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ConfigError(f"a source's kind must be one of {', '.join(KINDS)}")
        if not self.version:
            object.__setattr__(self, "version", digest(self.text)[:VERSION_DIGITS])

    def __repr__(self) -> str:
        return f"Source({self.kind}, {len(self.text)} characters)"

    def changed(self, change: Callable[[str], str]) -> Source:
        """The same source with all its words passed through `change`; a version that was computed is computed anew."""
        computed = self.version == digest(self.text)[:VERSION_DIGITS]
        words: dict[str, Any] = {name: change(word) for name in WORDS if (word := getattr(self, name))}
        return replace(self, **words, version="" if computed else change(self.version))


WORDS = ("id", "text", "title", "url", "updated", "purpose", "tool")
"""The fields of a source that a developer fills with words of any kind."""


def named(sources: Iterable[Source | str]) -> tuple[Source, ...]:
    """Sources, where plain texts are called "source-1", "source-2" and so on.

    Raises:
        ConfigError: one is neither a source nor a text, or a single one was given in place of a list.
    """
    if isinstance(sources, Source | str):
        raise ConfigError(f"sources must be a list: give [...], not one {type(sources).__name__}")
    found = []
    for number, source in enumerate(sources, 1):
        if not isinstance(source, Source | str):
            raise ConfigError(f"a source must be a Source or a text, not {type(source).__name__}")
        found.append(source if isinstance(source, Source) else Source(f"source-{number}", source))
    return tuple(found)


def joined(known: Iterable[Source], more: Iterable[Source]) -> tuple[Source, ...]:
    """Sources with unique ids: one that is known already counts once, another of the same id is numbered."""
    by_id = {source.id: source for source in known}
    for source in more:
        names = chain((source.id,), (f"{source.id}-{number}" for number in count(2)))
        id = next(one for one in names if one not in by_id or by_id[one].text == source.text)
        by_id.setdefault(id, replace(source, id=id))
    return tuple(by_id.values())


class Operator(BaseModel):
    """Who is responsible for the bot (the GDPR's controller, the AI Act's deployer).

    Attributes:
        name: the company.
        contact: how to reach a person: an address, a number or a link.
        privacy_url: where the privacy notice stands.
        region: where the AI service works, in words for the customer: "the European Union" (GDPR, Article 13(1)(f)).
        retention: how long records are kept, in words for the customer: "30 days" (GDPR, Article 13(2)(a)).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: str
    contact: str | None = None
    privacy_url: str | None = None
    region: str | None = None
    retention: str | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as the provider annotates it: the words `reply[start:end]` rest on the page at `url`."""

    start: int
    end: int
    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One request and its reply as they went over the wire, in redacted form.

    Attributes:
        trace_id: the trace this belongs to.
        created: when the reply was complete, aware, UTC.
        operation: as OpenTelemetry's `gen_ai.operation.name`, such as "chat".
        provider: as `gen_ai.provider.name`, such as "openai".
        model: the model that answered.
        reply: the reply's text, empty if there was none; not shown by `repr`.
        sources: everything the model was given.
        hidden: entity type to the number of different values hidden from the model.
        purpose: what the bot uses the data for.
        purposes: the same for single entity types.
        operator: who is responsible.
        contact: how to reach a person, if not as the operator says.
        tool_calls: names of the tools the model asked for.
        refusal: the model refused.
        finish_reason: as the provider gave it.
        language: BCP 47 tag of the language the explanation is written in; told from the reply if None.
        unknown_placeholders: placeholders in the reply that were never issued.
        hidden_in: id of a source to the entity types hidden in it.
        hidden_in_reply: entity type to the number of different values that the reply repeats.
        decisions: what was decided about the customer.
        unsent: documents that were named for this reply but did not stand in the request: no evidence, but said so.
        cited: the provider's annotations of the reply.
        wholes: placeholder in the reply to those in the sources whose value holds its value, as a full name holds the
            first name.
    """

    trace_id: str
    created: datetime
    operation: str
    provider: str
    model: str
    reply: str = field(repr=False)
    sources: tuple[Source, ...] = field(default=(), repr=False)
    hidden: Mapping[str, int] = field(default_factory=dict)
    purpose: str | None = None
    operator: Operator | None = None
    contact: str | None = None
    tool_calls: tuple[str, ...] = ()
    refusal: bool = False
    finish_reason: str | None = None
    language: str | None = None
    unknown_placeholders: int = 0
    unsent: tuple[Source, ...] = field(default=(), repr=False)
    decisions: tuple[Decision, ...] = field(default=(), repr=False)
    hidden_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hidden_in_reply: Mapping[str, int] = field(default_factory=dict)
    cited: tuple[Cited, ...] = field(default=(), repr=False)
    wholes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    purposes: Mapping[str, str] = field(default_factory=dict)
