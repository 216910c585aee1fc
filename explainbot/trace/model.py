"""The record of one exchange: what was sent, what came back, when, by which model, and the explanation given.

A trace is a value. Its clock and its id come from the caller. Fields that may hold content take `Redacted` text and
refuse a plain `str`; all other fields are names, counts and times. A trace becomes JSON only through `to_json`, which
checks the same once more, so that a copy made without validation cannot carry plain text into a store either.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, NonNegativeInt
from pydantic_core import PydanticSerializationError

from explainbot import _json
from explainbot.trace.redacted import STORED, Redacted

Status = Literal["ok", "provider_error", "refused", "cut", "abandoned", "error"]
"""How an exchange ended.

- ok: the reply was complete.
- provider_error: the provider answered with an error status.
- refused: nothing was sent, because privacy could not be guaranteed.
- cut: the provider's reply broke off.
- abandoned: the bot stopped reading the reply.
- error: the connection failed, or explainbot itself did.
"""

STATUSES: tuple[Status, ...] = get_args(Status)

CONTENT = ("request", "reply", "explanation")
"""The fields that may hold content."""

NAME_LENGTH = 1_000
"""Longest name kept, in code points. Model, conversation and the like come from outside; longer ones are cut."""


def as_name(text: str) -> str:
    """A name as it is stored: cut to `NAME_LENGTH`, lone surrogates and NUL replaced (UTF-8 and
    PostgreSQL cannot hold them).
    """
    if len(text) <= NAME_LENGTH and text.isascii() and "\0" not in text:
        return text
    return text[:NAME_LENGTH].encode("utf-8", "replace").decode().replace("\0", "?")


Name = Annotated[str, BeforeValidator(lambda value: as_name(value) if isinstance(value, str) else value)]
Milliseconds = Annotated[float, Field(ge=0, allow_inf_nan=False), AfterValidator(lambda value: round(value, 3))]
"""To the microsecond: no clock of a process says more, and 17 digits take room."""


class SourceRef(BaseModel):
    """A source that was sent with the request, without its text.

    Attributes:
        id: the bot's own name for it.
        kind: document, tool_result, profile, history, instructions or customer_message.
        version: the first characters of the SHA-256 of its text.
        tool: the tool whose result it is.
        updated: when the bot says it last changed.
        purpose: what the bot says it is used for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: Name
    kind: Name = "document"
    version: Name = ""
    tool: Name | None = None
    updated: Name | None = None
    purpose: Name | None = None


class Trace(BaseModel):
    """One exchange with a provider.

    Attributes:
        id: unique; given by the caller.
        tenant, conversation, turn: whose exchange it is; `turn` joins the exchanges of one customer message.
        started: when the request left, UTC.
        duration_ms: until the reply was complete, in milliseconds.
        first_token_ms: until the first text of a streamed reply, in milliseconds.
        operation, provider: as OpenTelemetry's `gen_ai.operation.name` and `gen_ai.provider.name`; "evaluate" for a
            request that was made to examine an earlier reply.
        examines: the id of that reply's trace.
        request_model, response_model, response_id: as asked for, as answered, and the provider's id of the reply.
        status: how it ended.
        http_status: the provider's HTTP status, where there was one.
        error: the class of the error, or explainbot's own message; never the provider's text.
        request: the body as sent.
        reply: the text of the reply as received.
        explanation: the explanation's JSON.
        hidden: entity type to the number of values hidden.
        restored: how many placeholders of the reply were put back.
        unknown_placeholders: how many the model invented.
        sources: what the answer could rest on.
        usage: token counts by the provider's names.
        grounding: the share of the reply's statements that was found in the sources, 0 to 1.
        purpose: what the bot says the data is used for.
        streamed: whether the reply came as a stream.
        retry: 0 for the first attempt, then 1, 2, ...
        settings: hash of the settings in force.
        schema_version: of this shape.

    Raises:
        pydantic.ValidationError: a field is wrong, or content is not `Redacted`. The message shows no value.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: Annotated[Name, Field(min_length=1)]
    tenant: Name = "default"
    conversation: Name | None = None
    turn: Name | None = None
    started: AwareDatetime
    duration_ms: Milliseconds
    first_token_ms: Milliseconds | None = None
    operation: Name = "chat"
    examines: Name | None = None
    provider: Name
    request_model: Name
    response_model: Name | None = None
    response_id: Name | None = None
    status: Status
    http_status: int | None = None
    error: Name | None = None
    request: Redacted | None = Field(default=None, repr=False)
    reply: Redacted | None = Field(default=None, repr=False)
    explanation: Redacted | None = Field(default=None, repr=False)
    hidden: dict[Name, NonNegativeInt] = {}
    restored: NonNegativeInt = 0
    unknown_placeholders: NonNegativeInt = 0
    sources: tuple[SourceRef, ...] = ()
    usage: dict[Name, NonNegativeInt] | None = None
    grounding: Annotated[float, Field(ge=0, le=1)] | None = None
    purpose: Name | None = None
    streamed: bool = False
    retry: NonNegativeInt = 0
    settings: Name = ""
    schema_version: Literal[1] = 1

    def model_post_init(self, context: object) -> None:
        """Hold `started` in UTC, so that equal times have equal text."""
        object.__setattr__(self, "started", _utc(self.started))

    @property
    def is_result(self) -> bool:
        """Whether it is no exchange, but the explanation that examining an earlier reply came to."""
        return self.examines is not None and self.explanation is not None

    def to_json(self, without: Collection[str] = ()) -> str:
        """The trace as one JSON object.

        Args:
            without: content that is left out.

        Raises:
            TypeError: a content field is not `Redacted` (a copy that was made without validation).
        """
        for field in CONTENT:
            if not isinstance(getattr(self, field), Redacted | None):
                raise TypeError(f"{field} of a trace is not redacted text")
        try:
            return self.model_dump_json(exclude={*without})
        except PydanticSerializationError:  # a lone surrogate in the content, which only an escape can carry
            names = self.model_dump(mode="json", exclude=set(CONTENT))
            content = {field: getattr(self, field) for field in CONTENT if field not in without}
            return _json.dumps({**names, **content}).decode()

    @classmethod
    def from_json(cls, text: str | bytes, beside: Mapping[str, str] = MappingProxyType({})) -> Self:
        """A trace that `to_json` wrote; its content counts as redacted.

        Args:
            beside: the content that was left out.

        Raises:
            ValueError: it is no trace, or a newer one than this version knows. The message shows no value.
        """
        fields = _json.loads(text)
        return cls.model_validate({**fields, **beside} if beside else fields, context=STORED)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
