"""Settings: what a company may decide. Every one has a default that a bot can start with."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    InstanceOf,
    SecretStr,
    ValidationError,
    field_serializer,
    field_validator,
    model_validator,
)
from pydantic.functional_validators import ModelWrapValidatorHandler

from explainbot._given import Policy
from explainbot.errors import ConfigError, UnknownName
from explainbot.explain import Operator
from explainbot.privacy import Allow, Detector, Pattern, WordList
from explainbot.privacy.audience import Audience
from explainbot.privacy.thresholds import Limits
from explainbot.protocols.base import UNREADABLE
from explainbot.sinks.receipt import COMMIT_SECONDS
from explainbot.stores import STORES
from explainbot.stores.paths import default_store_path
from explainbot.stores.vaults import VaultStore

__all__ = ["Settings"]

ENVIRONMENT = {
    "EXPLAINBOT_OPERATOR": "operator",
    "EXPLAINBOT_CONTACT": "contact",
    "EXPLAINBOT_STORE": "store",
    "EXPLAINBOT_STORE_PATH": "store_path",
    "EXPLAINBOT_STORE_URL": "store_url",
    "EXPLAINBOT_OTLP_ENDPOINT": "otlp_endpoint",
    "EXPLAINBOT_CHECKPOINT_PATH": "checkpoint_path",
    "EXPLAINBOT_CHECKPOINT_URL": "checkpoint_url",
    "EXPLAINBOT_RETENTION_DAYS": "retention_days",
    "EXPLAINBOT_DURABILITY": "durability",
    "EXPLAINBOT_NOT_DURABLE": "not_durable",
    "EXPLAINBOT_VAULT_STORE": "vault_store",
    "EXPLAINBOT_VAULT_DAYS": "vault_days",
    "EXPLAINBOT_TENANT": "tenant",
    "EXPLAINBOT_ALLOW_CONTENT": "allow_content",
    "EXPLAINBOT_DECISIONS": "decisions",
    "EXPLAINBOT_MASK_PLACES": "mask_places",
    "EXPLAINBOT_STYLE": "style",
    "EXPLAINBOT_AUDIENCE": "audience",
    "EXPLAINBOT_EXPLAIN": "explain",
    "EXPLAINBOT_ATTACH": "attach",
    "EXPLAINBOT_DETECTORS": "detectors",
}
"""Environment variables that `Settings.from_env` reads, and the setting each one fills."""


class Settings(BaseModel):
    """What applies to every exchange of one client or one process. Frozen.

    Attributes:
        operator: who answers for the bot; a plain name or an `Operator` with contact and privacy notice.
        contact: how a customer reaches a person, as a sentence fragment: "call 0800 123 or write to help@example.com".
        store: where traces go: "sqlite" (one file), "postgres", "memory" (this process only), or "off".
        store_url: the PostgreSQL database, "postgresql://user@host/name".
        store_path: the SQLite file; None means `default_store_path()`.
        otlp_endpoint: the OpenTelemetry collector that traces are also sent to, as spans, events and metrics:
            "http://localhost:4318", or its address for spans, ".../v1/traces".
        checkpoint_path: the file that gets a copy of each signed checkpoint of the log; None means beside the store.
            Best on another machine: who changes the database must not be able to change it.
        checkpoint_url: where each checkpoint is also posted to.
        retention_days: what traces say is destroyed at this age, unless it is under a legal hold. From 300 days on the
            store ends them a month at a time, up to 31 days later. Who deploys a high-risk system keeps its logs
            for six months at least (Regulation (EU) 2024/1689, Article 26(6)).
        durability: "buffered" sends a reply on at once and writes its trace a moment later; "commit" holds the end of
            the reply until its trace is durable, at most `commit_seconds`.
        commit_seconds: how long the end of a reply waits for that, in seconds.
        not_durable: what happens to a reply whose trace is not durable by then. "gap" lets it go on, and should its
            trace be lost, the log tells of a gap; "person" raises `NotRecorded` at the end of the reply, so that the
            bot hands the conversation to a person.
        vault_store: where the originals behind placeholders are kept too, so that another process can go on with a
            conversation: a SQLite file, or a `VaultStore` of your own. None keeps them in this process alone.
        vault_days: a conversation that nobody went on with for so long is forgotten.
        tenant: the company or brand the conversations belong to; vaults and traces are kept apart by it.
        allow_content: kinds of content that may be sent although nobody can read them for personal data, by the name an
            `UnsupportedContent` error gave: "image", "audio", "file", "unknown_part", or an endpoint: "/uploads".
        style: what stands for a hidden value. "auto" is a placeholder, `[EMAIL_1]`, but a realistic value out of a
            reserved range, `user1@example.invalid`, where the JSON Schema of a tool or of the reply forbids that;
            "placeholder" is always a placeholder.
        audience: whose values a reply shows to the customer. "conversation": what was said in it, what tools returned,
            what is known of the customer, and the company's own contacts, but nobody else's data found in documents
            and instructions; "customer": what tools returned only if it is known of the customer; "all".
        mask_places: also hide the city and the country of a known customer's address, and every other place that is
            named. Without it a place is hidden where the text says that somebody lives there, comes from there or is
            there, or as part of an address.
        thresholds: the least score, 0 to 1, of a find that is hidden, by entity type: `{"PERSON": 0.2}` hides less
            likely names too, `{"COMPANY": 0.5}` every company, `{"ORGANIZATION": 2}` not even somebody's employer. For
            other types what `explainbot.privacy.thresholds` says holds.
        detectors: detectors besides those that are there: `Pattern`, `WordList`, or any function that takes a text and
            gives `Detection`s; and those with a model of their own, by name ("ner", "spacy", "presidio") or with
            options from `explainbot.detectors`. A package can register more under the entry-point groups
            `explainbot.detectors` (always on) and `explainbot.heavy_detectors` (by name).
        allow: what detectors find and is left all the same, such as the company's own telephone number.
        explain: compute explanations.
        attach: put each into its reply, under the key `explanation`. Without it a reply is, restored, exactly what the
            provider sent; `explanation_of` then finds the explanation by the reply's id.
        decisions: names of tools that refuse, grant or change something for the customer: an explanation then says that
            one was called, where the bot does not say more with `decided(...)`.

    Raises:
        ConfigError: a value is wrong; the message names the setting.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    operator: Operator | None = None
    contact: str | None = None
    store: str = "sqlite"
    store_path: Path | None = None
    store_url: SecretStr | None = None
    otlp_endpoint: str | None = None
    checkpoint_path: Path | None = None
    checkpoint_url: SecretStr | None = None
    retention_days: Annotated[float, Field(gt=0, le=36_500)] = 365
    durability: Literal["buffered", "commit"] = "buffered"
    commit_seconds: Annotated[float, Field(gt=0, allow_inf_nan=False)] = COMMIT_SECONDS
    not_durable: Literal["gap", "person"] = "gap"
    vault_store: Path | InstanceOf[VaultStore] | None = None
    vault_days: Annotated[float, Field(gt=0, le=36_500)] = 30
    tenant: str = "default"
    allow_content: frozenset[str] = frozenset()
    mask_places: bool = False
    style: Literal["auto", "placeholder"] = "auto"
    audience: Audience = "conversation"
    thresholds: Annotated[Mapping[str, Annotated[float, Field(ge=0)]], AfterValidator(Limits)] = Limits()
    detectors: tuple[InstanceOf[Pattern] | InstanceOf[WordList] | Callable[..., Any], ...] = ()
    allow: InstanceOf[Allow] = Allow()
    explain: bool = True
    attach: bool = True
    decisions: frozenset[str] = frozenset()

    if TYPE_CHECKING:  # what each setting may be given as, for type checkers; pydantic turns it into the field above

        def __init__(
            self,
            *,
            operator: Operator | str | None = None,
            contact: str | None = None,
            store: str = "sqlite",
            store_path: Path | str | None = None,
            store_url: SecretStr | str | None = None,
            otlp_endpoint: str | None = None,
            checkpoint_path: Path | str | None = None,
            checkpoint_url: SecretStr | str | None = None,
            retention_days: float = 365,
            durability: Literal["buffered", "commit"] = "buffered",
            commit_seconds: float = COMMIT_SECONDS,
            not_durable: Literal["gap", "person"] = "gap",
            vault_store: Path | str | VaultStore | None = None,
            vault_days: float = 30,
            tenant: str = "default",
            allow_content: Collection[str] = (),
            mask_places: bool = False,
            style: Literal["auto", "placeholder"] = "auto",
            audience: Audience = "conversation",
            thresholds: Mapping[str, float] = ...,
            detectors: Sequence[Detector | str] = (),
            allow: Allow = ...,
            explain: bool = True,
            attach: bool = True,
            decisions: Collection[str] = (),
        ) -> None: ...

    @field_serializer("detectors", "allow")
    def _as_data(self, value: Any) -> Any:
        return _data(value)

    @field_serializer("vault_store")
    def _as_name(self, value: Path | VaultStore | None) -> str | None:
        return value if value is None else str(value) if isinstance(value, Path) else type(value).__qualname__

    @field_validator("operator", mode="before")
    @classmethod
    def _name_is_enough(cls, value: object) -> object:
        return Operator(name=value) if isinstance(value, str) else value

    @field_validator("detectors", mode="before")
    @classmethod
    def _names_stand_for_detectors(cls, value: object) -> object:
        if not isinstance(value, list | tuple) or not any(isinstance(item, str) for item in value):
            return value
        from explainbot.detectors import HEAVY

        return tuple(HEAVY.load(item)() if isinstance(item, str) else item for item in value)

    @field_validator("store")
    @classmethod
    def _store_exists(cls, value: str) -> str:
        if value != "off" and value not in STORES:
            raise UnknownName("store", value, [*STORES, "off"])
        return value

    @field_validator("allow_content")
    @classmethod
    def _kinds_exist(cls, value: frozenset[str]) -> frozenset[str]:
        for name in sorted(value):
            if name not in UNREADABLE and not name.startswith("/"):
                raise UnknownName("kind of content", name, [*UNREADABLE, "/ENDPOINT"])
        return value

    @model_validator(mode="after")
    def _postgres_has_a_database(self) -> Settings:
        if self.store == "postgres" and self.store_url is None:
            raise ConfigError(
                "the store 'postgres' needs a database: Settings(store_url='postgresql://user@host/name')"
            )
        return self

    @model_validator(mode="wrap")
    @classmethod
    def _our_own_error(cls, values: Any, handler: ModelWrapValidatorHandler[Settings]) -> Settings:
        try:
            return handler(values)
        except ValidationError as error:
            faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
            raise ConfigError(f"wrong setting: {faults}") from None

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings from `EXPLAINBOT_...` variables: only when called, never by itself.

        Lists are separated by commas; booleans are "1", "true", "yes", "0", "false" or "no".
        """
        environment = os.environ if environment is None else environment
        values: dict[str, Any] = {
            setting: environment[variable] for variable, setting in ENVIRONMENT.items() if environment.get(variable)
        }
        for setting, kind in (("allow_content", frozenset), ("decisions", frozenset), ("detectors", tuple)):
            if isinstance(listed := values.get(setting), str):
                values[setting] = kind(name.strip() for name in listed.split(",") if name.strip())
        return cls(**values)

    @staticmethod
    def default_store_path() -> Path:
        """Where traces go when nothing is said: `$XDG_STATE_HOME/explainbot/traces.db` (XDG Base Directory 0.8)."""
        return default_store_path()

    def policy(self) -> Policy:
        """The part of the settings that an exchange needs."""
        return Policy(
            tenant=self.tenant,
            operator=self.operator,
            contact=self.contact,
            allow_content=self.allow_content,
            explain=self.explain,
            attach=self.attach,
            style=self.style,
            audience=self.audience,
            decisions=self.decisions,
            settings_hash=hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12],
        )


def _data(value: Any) -> Any:
    """What a detector or `Allow` says, as JSON can: functions by their names, sets in order."""
    if is_dataclass(value):
        parts = {part.name: _data(getattr(value, part.name)) for part in fields(value)}
        return {"is": type(value).__qualname__, **parts}
    if isinstance(value, tuple | frozenset):
        return [_data(item) for item in (value if isinstance(value, tuple) else sorted(value))]
    if callable(value):
        return f"{value.__module__}.{getattr(value, '__qualname__', type(value).__qualname__)}"
    return value
