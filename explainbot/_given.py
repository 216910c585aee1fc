"""What an exchange is given besides the request: the company's policy, and the context of the customer's message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from explainbot import _json
from explainbot.errors import ConfigError, LocalProtocolError
from explainbot.explain import Condition, Decision, Operator, Source
from explainbot.privacy import Customer
from explainbot.privacy.audience import Audience
from explainbot.trace.offered import as_term

__all__ = ["CONTEXT_KEY", "Context", "Policy", "taken_out"]

CONTEXT_KEY = "explainbot"
"""The request field that `explainbot.about(...)` fills; it never leaves the machine."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The part of the settings an exchange needs."""

    tenant: str = "default"
    operator: Operator | None = None
    contact: str | None = None
    allow_content: frozenset[str] = frozenset()
    explain: bool = True
    attach: bool = True
    style: str = "auto"
    audience: Audience = "conversation"
    decisions: frozenset[str] = frozenset()
    settings_hash: str = ""


@dataclass(frozen=True, repr=False)
class Context:
    """What the request itself cannot show: whose conversation this is, what for, which passages are which documents.

    Ids may be given as whatever the bot's own database has; they are kept as text.
    """

    conversation: str | None = None
    turn: str | None = None
    customer: Customer | None = None
    purpose: str | None = None
    language: str | None = None
    sources: tuple[Source, ...] = ()
    decisions: tuple[Decision, ...] = ()
    purposes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("conversation", "turn"):
            if (value := getattr(self, name)) is not None:
                object.__setattr__(self, name, str(value))

    @property
    def found_by(self) -> tuple[tuple[str, str], ...]:
        """What a trace is found by for the customer's sake; see `Offered`."""
        who = self.customer and (self.customer.id or self.customer.email)
        return (("customer", as_term(who)),) if who else ()

    def over(self, outer: Context) -> Context:
        """This context, with what it leaves open taken from `outer`."""
        return Context(
            self.conversation or outer.conversation,
            self.turn or outer.turn,
            self.customer or outer.customer,
            self.purpose or outer.purpose,
            self.language or outer.language,
            self.sources or outer.sources,
            self.decisions or outer.decisions,
            self.purposes or outer.purposes,
        )

    def to_json(self) -> dict[str, Any]:
        """What `from_json` reads; only what is given."""
        customer = self.customer and {
            field.name: _plain(getattr(self.customer, field.name)) for field in fields(self.customer) if field.init
        }
        given = {
            "conversation": self.conversation,
            "turn": self.turn,
            "customer": customer,
            "purpose": self.purpose,
            "language": self.language,
            "sources": [asdict(source) for source in self.sources],
            "decisions": [asdict(decision) for decision in self.decisions],
            "purposes": dict(self.purposes),
        }
        return {name: value for name, value in given.items() if value}

    @classmethod
    def from_json(cls, value: Any) -> Context:
        """What `explainbot.about(...)` put into a request.

        Raises:
            LocalProtocolError: it was not made by `about`.
        """
        try:
            customer = value.get("customer")
            return cls(
                value.get("conversation"),
                value.get("turn"),
                None if customer is None else Customer(**customer),
                value.get("purpose"),
                value.get("language"),
                tuple(Source(**source) for source in value.get("sources", ())),
                tuple(_decision(dict(decision)) for decision in value.get("decisions", ())),
                dict(value.get("purposes", {})),
            )
        except (AttributeError, TypeError, ValueError, ConfigError):
            raise LocalProtocolError(
                f"the field {CONTEXT_KEY!r} must come from explainbot.about(...); nothing was sent"
            ) from None


def _decision(value: dict[str, Any]) -> Decision:
    return Decision(**{**value, "conditions": [Condition(**one) for one in value.get("conditions", ())]})


def taken_out(body: bytes) -> tuple[bytes, Context | None]:
    """A request's body without what `about(...)` put into it, and that; the body itself where it holds nothing of it.

    Raises:
        LocalProtocolError: something else put it there.
    """
    if CONTEXT_KEY.encode() not in body:
        return body, None
    try:
        value = _json.loads_object(body)
    except ValueError:
        return body, None
    if CONTEXT_KEY not in value:
        return body, None
    given = Context.from_json(value.pop(CONTEXT_KEY))
    return _json.dumps(value), given


def _plain(value: Any) -> Any:
    """Read-only mappings as dictionaries, which JSON can hold."""
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, Mapping) else value
