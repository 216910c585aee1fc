"""What an exchange asks of a wire protocol: where the text is, nothing more.

A protocol knows one provider's JSON. It never detects, redacts or restores anything itself: it walks a request or a
reply and hands every piece of text to the caller's function, in an order that does not depend on what was added last,
so that numbering by first appearance stays the same as a conversation grows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

__all__ = [
    "ARGUMENTS",
    "EXPLANATION",
    "UNREADABLE",
    "Channel",
    "Ends",
    "ReplyFacts",
    "ReplyTexts",
    "RequestVisitor",
    "SentText",
    "WireProtocol",
    "is_explanation",
    "key_sent",
    "member",
    "names_only",
    "rewrite",
]

Json = Any
"""A parsed JSON value."""

Role = Literal["reply", "refusal", "tool", "other"]

Kind = Literal["document", "tool_result", "profile", "history", "instructions", "customer_message"]
"""What a text of a request is; the kinds of `explainbot.Source`."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One text stream inside a reply: one choice's content, its refusal, one tool call's arguments.

    Attributes:
        choice: which of the alternative replies it belongs to, from 0.
        name: the protocol's own name of the field.
        index: which of several, from 0, such as the second tool call.
        role: what it is to the customer: the reply, a refusal, a tool call (for the bot, not for a reader), or other.
        json: whether the text is JSON, so that restored values must be escaped.
        item: which item of the reply it belongs to, where replies are lists of items.
    """

    choice: int
    name: str
    index: int = 0
    role: Role = "other"
    json: bool = False
    item: int = 0

    @property
    def shown(self) -> bool:
        """Whether a person may read it; the rest are calls for the company's own code."""
        return self.role != "tool" and self.name not in ARGUMENTS


ARGUMENTS = frozenset({"arguments"})
"""Members that hold what a call is made with, whatever object they stand in."""


@dataclass(frozen=True, slots=True)
class SentText:
    """One text of a request as it was sent, for provenance.

    `kind` is one of the kinds of `explainbot.Source`; `tool` names the tool whose result it is.
    """

    id: str
    kind: Kind
    text: str
    tool: str | None = None


@dataclass(frozen=True, slots=True)
class UrlCitation:
    """A page the provider says a part of the reply rests on; offsets in the reply as it was received, half-open."""

    start: int
    end: int
    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """What a reply or one chunk of it says of itself. Every field is absent (None or empty) where it does not say.

    `issued` are the ids of what the provider may keep: the reply, a conversation, a file.
    """

    response_id: str | None = None
    model: str | None = None
    finish_reason: str | None = None
    usage: Mapping[str, int] | None = None
    tool_calls: tuple[str, ...] = ()
    citations: tuple[UrlCitation, ...] = ()
    issued: tuple[str, ...] = ()

    def followed_by(self, facts: ReplyFacts) -> ReplyFacts:
        """These and those of a later chunk: what was said before stands, counts are the latest, lists grow."""
        counted = self.usage and facts.usage
        return ReplyFacts(
            self.response_id or facts.response_id,
            self.model or facts.model,
            self.finish_reason or facts.finish_reason,
            {**(self.usage or {}), **(facts.usage or {})} if counted else self.usage or facts.usage,
            self.tool_calls + facts.tool_calls,
            self.citations + facts.citations,
            facts.issued or self.issued,
        )


EXPLANATION = "explanation"
"""The member of a reply that carries its explanation."""

UNREADABLE = frozenset({"image", "audio", "file", "tokens", "unknown_part"})
"""Kinds of content that no protocol can read, by the names that `Settings.allow_content` takes; endpoints besides."""


class RequestVisitor(Protocol):
    """What an exchange does with each part of a request."""

    def text(self, text: str) -> str:
        """Free text: returns what is to be sent in its place."""

    def key(self, key: str) -> str:
        """A word that a program made up, such as a key that no table knows: returns what is to be sent in its place."""

    def name(self, name: str) -> None:
        """A name the provider interprets (model, tool name): it cannot be replaced, so personal data in it is refused.

        Raises:
            PrivacyError: it holds personal data.
        """

    def identifier(self, text: str) -> None:
        """An id that the provider knows something by: it cannot be replaced either.

        Raises:
            PrivacyError: it holds personal data.
        """

    def credential(self, text: str) -> None:
        """A credential for a server that the provider shall call.

        Raises:
            PrivacyError: it holds personal data other than a credential.
        """

    def unreadable(self, kind: str, detail: str) -> None:
        """Content that cannot be read, such as an image.

        Raises:
            UnsupportedContent: unless this kind is allowed by name.
        """


class ReplyTexts(Protocol):
    """What an exchange does with each text of a reply.

    Attributes:
        changed: whether anything became another; a protocol that changes more than texts sets it.
        surrogates: whether any text may hold what stands for a value, and not only one with a placeholder in it.
    """

    changed: bool
    surrogates: bool

    def feed(self, channel: Channel, text: str) -> str:
        """The next piece of a streamed text: returns what the customer gets by now."""

    def whole(self, channel: Channel, text: str) -> str:
        """A text that is complete: returns what the customer gets."""

    def owns(self, id: str | None) -> bool:
        """Whether what the provider keeps under `id` was sent in this conversation, and may be restored in it."""

    def moved(self, channel: Channel, offset: int) -> int:
        """Where an offset in the text of `channel`, as received, lies in what the customer gets."""


@dataclass(frozen=True, slots=True)
class Ends:
    """What ends with a chunk.

    Attributes:
        channels: tells the channels that will say no more.
        answer: whether the reply (the first choice of it) is complete.
        stream: whether the client reads no further.
    """

    channels: Callable[[Channel], bool]
    answer: bool = False
    stream: bool = False


class WireProtocol(Protocol):
    """One provider's JSON for one kind of request. Stateless: one object serves every exchange."""

    name: str
    provider: str
    operation: str
    answers: bool
    """Whether replies are answers to a customer, which are then explained."""
    shows_sources: bool
    """Whether a request holds everything the reply may rest on, so that a document that is not in it was not given."""
    again: bool
    """Whether a reply is read once more that was given, and perhaps explained, before."""
    lines: bool
    """Whether a reply may be a text or a file, which is then restored line by line."""
    grows: str
    """The list of a request that holds the conversation, each turn longer than the one before; empty for none. Its
    members are read one by one, whatever the others and the rest of the request say."""

    def map_request(self, body: dict[str, Json], visitor: RequestVisitor) -> dict[str, Json]:
        """A copy of the request's body with every text passed through `visitor`.

        Raises:
            LocalProtocolError: a part has a type the protocol does not allow.
        """

    def map_file(self, field: str, fields: Mapping[str, Json], data: bytes, visitor: RequestVisitor) -> bytes:
        """A file in a form, as it is sent; `fields` are the form's other fields.

        Raises:
            UnsupportedContent: nobody can read it, and it is not allowed.
        """

    def requests(self, body: Mapping[str, Json], files: Iterable[bytes]) -> Iterator[Mapping[str, Json]]:
        """Every request that a request makes: itself, and those in its files, such as the lines of a batch."""

    def model(self, body: Mapping[str, Json]) -> str:
        """The model asked for; empty where a request names none."""

    def wants_json(self, body: Mapping[str, Json]) -> bool:
        """Whether the reply's content was asked for as JSON."""

    def sent(self, body: Mapping[str, Json]) -> Iterator[SentText]:
        """The texts of a request that a reply may rest on, in order."""

    def found(self, reply: Mapping[str, Json]) -> Iterator[SentText]:
        """The texts in a reply that its answer may rest on, such as what the provider's own search found."""

    def map_reply(self, body: dict[str, Json], texts: ReplyTexts) -> None:
        """Pass every text of a whole reply through `texts`, in place."""

    def answered(self, reply: Mapping[str, Json]) -> bool:
        """Whether a whole reply is an answer, and complete."""

    def map_chunk(self, chunk: dict[str, Json], texts: ReplyTexts) -> None:
        """Pass every text of one streamed chunk through `texts`, in place."""

    def ends(self, chunk: Mapping[str, Json], spoken: Collection[Channel]) -> Ends | None:
        """What ends with a chunk that spoke on the channels `spoken`; None when nothing does."""

    def facts(self, body: Mapping[str, Json]) -> ReplyFacts:
        """What a reply or chunk says of itself."""

    def attach(self, body: dict[str, Json], explanation: Json) -> None:
        """Put the explanation where the client's own types keep it: into a whole reply, or the chunk that ends it."""

    def refers(self, body: Mapping[str, Json]) -> Iterator[str]:
        """Ids of earlier things at the provider that a request goes on from."""

    def keeps(self, body: Mapping[str, Json]) -> bool:
        """Whether the provider keeps what a request says, under the ids that the reply names."""


def rewrite(value: Json, visitor: RequestVisitor, names: frozenset[str] = frozenset()) -> Json:
    """A copy of any JSON value with its strings passed through `visitor`, keys included.

    Args:
        names: the keys whose string values the provider interprets.
    """
    if isinstance(value, str):
        return visitor.text(value)
    if isinstance(value, dict):
        return {key_sent(key, visitor): member(key, item, visitor, names) for key, item in value.items()}
    if isinstance(value, list):
        return [rewrite(item, visitor, names) for item in value]
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= SHORTEST_NUMBER:
        return _number(value, visitor)
    return value


def names_only(value: Json, visitor: RequestVisitor) -> Json:
    """A value whose strings are all names that the provider interprets; what else it holds is treated as anywhere."""
    if isinstance(value, str):
        visitor.name(value)
        return value
    if isinstance(value, dict):
        return {key_sent(key, visitor): names_only(item, visitor) for key, item in value.items()}
    if isinstance(value, list):
        return [names_only(item, visitor) for item in value]
    return rewrite(value, visitor)


SHORTEST_NUMBER = 10**3
"""Numbers of fewer than four digits alone are not hidden, whoever's they are (see `Customer.extra`)."""

SHORTEST_PARAMETER = 10**6
"""A parameter is a number of the developer's own. One of fewer than seven digits is no personal data that a detector
knows (ITU-T E.164 subscriber numbers), and equals a customer's postcode or PIN by chance."""

PARAMETERS = frozenset(
    "max_completion_tokens max_tokens n seed top_logprobs "
    # JSON Schema
    "exclusiveMaximum exclusiveMinimum maxItems maxLength maxProperties maximum minItems minLength minProperties "
    "minimum multipleOf "
    # servers that speak the same protocol
    "budget_tokens max_new_tokens min_tokens num_ctx num_predict repeat_last_n top_k".split()
)
"""Keys whose number the provider has to understand as it is."""


KNOWN_KEYS = frozenset(
    # JSON Schema, draft 2020-12
    "type properties required items description enum format pattern default title parameters additionalProperties "
    "anyOf allOf oneOf not const minimum maximum minLength maxLength minItems maxItems examples $ref $defs definitions "
    # the wire protocols
    "arguments audio content custom frequency_penalty function function_call functions id image_url input input_audio "
    "json_schema logit_bias logprobs max_completion_tokens max_tokens messages metadata modalities model n name "
    "parallel_tool_calls prediction presence_penalty prompt_cache_key prompt_cache_retention reasoning_effort refusal "
    "response_format role safety_identifier schema seed service_tier stop store stream stream_options strict "
    "temperature text tool_call_id tool_calls tool_choice tools top_logprobs top_p url user verbosity "
    "web_search_options".split()
)
"""Keys that are never personal data, so that they need not be searched."""


def key_sent(key: str, visitor: RequestVisitor) -> str:
    """A key as it is sent: one nobody knows may itself be personal data, such as an address used as a key."""
    return key if key in KNOWN_KEYS else visitor.key(key)


def is_explanation(key: str, item: Json) -> bool:
    """Whether a member is an explanation of ours.

    A helper that puts a stream together keeps it in the message, which the bot sends back with its next turn. The
    provider does not know such a field.
    """
    return key == EXPLANATION and isinstance(item, dict) and item.keys() >= {"schema_version", "trace_id"}


def member(key: str, item: Json, visitor: RequestVisitor, names: frozenset[str] = frozenset()) -> Json:
    """`rewrite` for the value of a member called `key`."""
    if key in names and isinstance(item, str):
        visitor.name(item)
        return item
    if key in PARAMETERS and isinstance(item, int | float) and abs(item) < SHORTEST_PARAMETER:
        return item
    return rewrite(item, visitor, names)


def _number(value: float, visitor: RequestVisitor) -> Json:
    """A number that is personal data (a card number sent as an integer) becomes a placeholder, or another number."""
    written = str(value)
    sent = visitor.text(written)
    if sent == written:
        return value
    return int(sent) if sent.isascii() and sent.isdigit() else sent
