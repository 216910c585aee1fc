"""The one place that puts it together: which protocol, which vault, which customer, where the trace goes."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet, WeakValueDictionary

from explainbot import _json
from explainbot._asked import Asked
from explainbot._explained import Explanations
from explainbot._given import Context, taken_out
from explainbot._once import once
from explainbot._outgoing import Request, check_unread
from explainbot._recording import Recording
from explainbot._vaults import OneVault, Recent, Vaults
from explainbot.config import Settings
from explainbot.context import Turn, current_turn
from explainbot.errors import ConfigError, PrivacyError, StoreError, UnsupportedContent
from explainbot.exchange import EXAMINATION, Exchange
from explainbot.explain import Explanation
from explainbot.privacy import Customer, Redactor
from explainbot.protocols import WireProtocol, protocol_for
from explainbot.sinks import Recorder
from explainbot.sinks.events import emit
from explainbot.sinks.receipt import Receipt
from explainbot.stores import Store, Where
from explainbot.trace import Redacted, Trace
from explainbot.trace.offered import EXAMINED
from explainbot.transports import away

__all__ = ["Engine", "configure", "default_engine", "engine_for", "engines"]

SECONDS_A_DAY = 86_400

MAX_REDACTORS = 1_000
"""Customers whose compiled values are kept."""

LOOKUP_SECONDS = 1.0
"""How long the store may take over what waits to be written before an explanation is read from it."""

PASSES = frozenset({("GET", "models")})
"""Endpoints without customer content, as long as the request has no body: method and first part of the path."""

TOKENS = frozenset(f"https://{host}/oauth/token" for host in ("auth.openai.com", "mtls.auth.openai.com"))
"""Where the openai client gets a token for itself (`openai.auth`): what it sends there names the company's own service
account, and nobody else."""


class Engine:
    """Settings at work. One engine may serve any number of clients and threads.

    Args:
        settings: what the company decided.
        store: where traces go, instead of the one the settings name.

    Attributes:
        slow: a detector takes so long that an event loop should not wait for it.
    """

    def __init__(self, settings: Settings | None = None, *, store: Store | None = None) -> None:
        self.settings = settings or Settings()
        self.policy = self.settings.policy()
        self.slow = any(getattr(detector, "slow", False) for detector in self.settings.detectors)
        self._recording = Recording(self.settings, store)
        self._plain_redactor = self._make_redactor(None)
        self._redactors: Recent[Customer, Redactor] = Recent(MAX_REDACTORS)
        self._vaults = self._open_vaults()
        self._explanations = Explanations()
        protocol_for("", "")  # reads which plugins there are now, and not in a call: that may be in an event loop
        _engines.add(self)

    def _open_vaults(self) -> Vaults:
        tenant, days, store = self.settings.tenant, self.settings.vault_days, self.settings.vault_store
        if store is None:
            return Vaults(tenant, time.monotonic, days * SECONDS_A_DAY)
        from explainbot._stored_vaults import StoredVaults
        from explainbot.stores.sqlite.vaults import SQLiteVaults

        kept = SQLiteVaults(store, tenant, days) if isinstance(store, Path) else store
        return StoredVaults(tenant, time.monotonic, days * SECONDS_A_DAY, kept)

    # What a transport asks --------------------------------------------------------------------------------------

    def open(self, method: str, url: str, conversation: str | None = None) -> Exchange | None:
        """The exchange for a request, or None where no protocol reads it; of `conversation` if its turn names none."""
        found = protocol_for(method, urlsplit(url).path)
        return None if found is None else self._exchange(found, current_turn(), _provider(url, found), conversation)

    def let_pass(self, request: Request) -> Request:
        """A request that nobody reads, as it may be sent: what `about` gave is taken out of it.

        Raises:
            UnsupportedContent: the endpoint may carry customers' content, and the settings do not let it pass unread.
            PrivacyError: the URL holds personal data.
        """
        turn = current_turn()
        context = turn.context if turn else Context()
        body, given = taken_out(request.body)
        if given is not None:
            context = given.over(context)
        redactor, vault = self.redactor(context.customer), self._vaults.open(context.conversation, sends=False)[0]
        passed = check_unread(replace(request, body=body), redactor, vault)
        endpoint = _endpoint(urlsplit(request.url).path)
        first = endpoint.strip("/").partition("/")[0]
        passes = ((request.method, first) in PASSES and not _carries_body(request)) or request.url in TOKENS
        if not passes and endpoint not in self.settings.allow_content:
            raise UnsupportedContent(endpoint, f"the endpoint {request.method} {endpoint}")
        return passed

    def hidden(self, value: Any) -> Any:
        """JSON with a placeholder for each piece of personal data, as known in the turn this code runs in.

        For what frameworks report of themselves; it is not traced. What was found in one text is hidden in all.

        Raises:
            PrivacyError: something could not be replaced.
        """
        turn = current_turn()
        context = turn.context if turn else Context()
        redactor, vault = self.redactor(context.customer), self._vaults.open(context.conversation)[0]

        def number(digits: str) -> str:  # what reads as a postcode is a sum more often
            return redactor.redact(digits, vault).text if redactor.detect_certain(digits) else digits

        _json.map_strings(value, lambda text: redactor.redact(text, vault).text, number)
        return _json.map_strings(value, lambda text: redactor.redact_known(text, vault).text, number)

    def open_handler(self, turn: Turn) -> Exchange:
        """The exchange at the edge of a decorated handler."""
        from explainbot.protocols.handler import PROTOCOL

        return self._exchange(PROTOCOL, turn, PROTOCOL.provider)

    def _exchange(
        self, protocol: WireProtocol, turn: Turn | None, provider: str, within: str | None = None
    ) -> Exchange:
        asked = turn.asked if turn else None
        context = turn.context if turn else Context()
        if asked is not None and asked.vault.tenant != self.settings.tenant:
            raise PrivacyError("the reply belongs to another tenant than the client; nothing was sent")
        return Exchange(
            protocol,
            self.policy if asked is None else replace(self.policy, explain=False),
            replace(context, conversation=context.conversation or within),
            vaults=self._vaults if asked is None else OneVault(asked.vault),
            redactor_for=self.redactor if asked is None else lambda _: asked.redactor,
            trace_id=secrets.token_hex(16),
            started=datetime.now(UTC),
            clock=time.perf_counter,
            provider=provider,
            on_explained=lambda exchange, explanation: self._explained(exchange, explanation, turn),
            decided=(lambda: turn.decisions) if turn else tuple,
            on_statement=away.back(turn.on_statement) if turn and turn.on_statement else None,
            examines=asked.record.trace_id if asked else None,
        )

    def close(self, exchange: Exchange, error: BaseException | None = None) -> Receipt | None:
        """The exchange is over: trace it. Further calls do nothing.

        Returns:
            What the reply has to wait for, if anything.

        Tracing fails open: what goes wrong here is said in the log, and the reply goes on.
        """
        try:
            if (trace := exchange.finish(error)) is not None:
                return self.record(trace, exchange.found_by())
        except Exception as failure:  # noqa: BLE001 - the one guard: a reply is never lost over its trace
            lost = {"explainbot.trace.id": exchange.trace_id, "error.type": type(failure).__name__}
            emit("warning", "explainbot.trace_lost", lost)
        return None

    # What an exchange asks --------------------------------------------------------------------------------------

    def redactor(self, customer: Customer | None) -> Redactor:
        """The redactor that also knows this customer's values."""
        if customer is None:
            return self._plain_redactor
        return self._redactors.get_or_make(customer, lambda: self._make_redactor(customer))

    def _make_redactor(self, customer: Customer | None) -> Redactor:
        extra = [
            (str(getattr(item, "name", f"settings.detectors[{index}]")), item)
            for index, item in enumerate(self.settings.detectors)
        ]
        return Redactor(
            customer=customer,
            mask_places=self.settings.mask_places,
            extra=extra,
            allow=self.settings.allow,
            thresholds=self.settings.thresholds,
        )

    def _explained(self, exchange: Exchange, explanation: Explanation, turn: Turn | None) -> None:
        self._explanations.put(exchange.trace_id, explanation)
        if exchange.asked is not None and not exchange.finished:
            self._explanations.keep(exchange.trace_id, exchange.asked)
        if turn is not None:
            turn.add(explanation, exchange.asked, lambda whole: self._explanations.put(whole.trace_id, whole))
        if (response_id := exchange.facts.response_id) is not None:
            self._explanations.name(response_id, exchange.trace_id, again=exchange.protocol.again)

    # Traces and explanations ------------------------------------------------------------------------------------

    @property
    def recorder(self) -> Recorder | None:
        """The queue in front of the trace store, made on first use; None where traces are off."""
        return self._recording.recorder

    def record(self, trace: Trace, found_by: Sequence[tuple[str, str]] = ()) -> Receipt | None:
        """Hand a trace to the store's queue and to the log; see `Recording.record`."""
        return self._recording.record(trace, found_by)

    def explanation(self, trace_id: str) -> Explanation | None:
        """The explanation of one exchange: the customer's own while it is remembered, else the redacted one stored.

        Raises:
            StoreError: the store cannot be read.
        """
        if (known := self.remembered(trace_id)) is not None:
            return known
        if (recorder := self.recorder) is None:
            return None
        if not recorder.flush(LOOKUP_SECONDS):
            raise StoreError("the trace store does not take what waits to be written")
        latest = recorder.store.list(1, where=Where(found_by=((EXAMINED, trace_id),)))
        trace = latest[0] if latest else recorder.store.get(trace_id)
        if trace is None or trace.explanation is None:
            return None
        return Explanation.model_validate_json(trace.explanation)

    def remembered(self, trace_id: str) -> Explanation | None:
        """The customer's own explanation of one exchange, while it is remembered."""
        return self._explanations.explanation(trace_id)

    def asked(self, trace_id: str) -> Asked | None:
        """What it takes to ask again about a reply, while it is remembered."""
        return self._explanations.asked(trace_id)

    def examined(self, asked: Asked, shown: Explanation) -> None:
        """A reply was examined further: remember its explanation in place of the first one, and keep it as a trace.

        Args:
            asked: with the further explanation, redacted.
            shown: the customer's copy of it.
        """
        self._explanations.put(shown.trace_id, shown)
        self._explanations.keep(shown.trace_id, asked)
        self.record(self._result(asked), asked.context.found_by)

    def _result(self, asked: Asked) -> Trace:
        """What examining a reply came to, as a trace of its own: those that are written are never changed."""
        context, made = asked.context, asked.explanation
        names: dict[str, Any] = {
            name: asked.redacted(text) for name in ("conversation", "turn") if (text := getattr(context, name))
        }
        return Trace(
            id=secrets.token_hex(16),
            tenant=self.settings.tenant,
            **names,
            started=datetime.now(UTC),
            duration_ms=0,
            operation=EXAMINATION,
            examines=made.trace_id,
            provider=made.provider,
            request_model=made.model,
            status="ok",
            explanation=Redacted(made.model_dump_json()),
            grounding=made.grounding,
            purpose=made.purpose,
            settings=self.policy.settings_hash,
        )

    def explanation_by_response(self, response_id: str) -> Explanation | None:
        """The explanation of the reply to which the provider gave this id, while it is remembered and unambiguous."""
        return self._explanations.by_response(response_id)


_engines: WeakSet[Engine] = WeakSet()
_by_settings: WeakValueDictionary[Settings, Engine] = WeakValueDictionary()
_default: Engine | None = None


def engines() -> list[Engine]:
    """Every engine alive in this process."""
    return list(_engines)


def default_engine() -> Engine:
    """The engine of clients that were given no settings of their own."""
    global _default  # noqa: PLW0603 - the one process-wide default, set by configure()
    if _default is None:
        with once():
            if _default is None:
                _default = Engine()
    return _default


def engine_for(settings: Settings | None) -> Engine:
    """The engine that works by `settings`: one for equal settings while it is in use, the default one for None."""
    if settings is None:
        return default_engine()
    with once():
        engine = _by_settings.get(settings)
        if engine is None:
            engine = _by_settings[settings] = Engine(settings)
        return engine


def configure(settings: Settings) -> None:
    """Make `settings` the default of this process: for clients made from now on, and for every decorated handler.

    Raises:
        ConfigError: these are no `Settings`.
    """
    if not isinstance(settings, Settings):
        raise ConfigError(f"configure() takes Settings(...), not {type(settings).__name__}")
    global _default  # noqa: PLW0603 - as above
    _default = engine_for(settings)


def _endpoint(path: str) -> str:
    """A path without what stands ahead of the API's version, as errors and settings name it."""
    head, version, tail = path.rpartition("/v1/")
    return f"/{tail}" if version else path or head


def _carries_body(request: Request) -> bool:
    """Whether content follows the headers (RFC 9112, 6.3)."""
    headers = {name.lower(): value for name, value in request.headers}
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


PROVIDERS = {
    "api.openai.com": "openai",
    ".openai.azure.com": "azure.ai.openai",
    ".api.cognitive.microsoft.com": "azure.ai.openai",
}
"""Hosts, or their ends, and the provider's name in OpenTelemetry's `gen_ai.provider.name`."""


def _provider(url: str, protocol: WireProtocol) -> str:
    """Who receives a request: the provider's well-known name, else the host asked."""
    host = urlsplit(url).hostname or ""
    known = (name for end, name in PROVIDERS.items() if host == end or (end.startswith(".") and host.endswith(end)))
    return next(known, host or protocol.provider)
