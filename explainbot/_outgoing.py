"""What leaves: each text, name and header of a request, replaced, checked or refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from explainbot.errors import PrivacyError, UnguardedChannel, UnsupportedContent
from explainbot.privacy import Customer, Redactor, Vault, residue
from explainbot.privacy.detection import PLACEHOLDER_LIKE
from explainbot.privacy.known import is_customers
from explainbot.privacy.restorer import spelled
from explainbot.protocols.fields import class_of
from explainbot.trace.offered import as_term

__all__ = ["Outgoing", "Request", "check_unread"]

CREDENTIALS = frozenset("authorization proxy-authorization api-key x-api-key".split())
"""Headers that hold the company's own credentials."""

SECRETS = frozenset({"API_KEY", "CREDENTIAL"})
"""What a credential is found to be."""

FIELD_NAME = re.compile(r"[a-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*")
"""A key or an id as programs write them: one word, or words joined in the ways of programming languages."""

SIGNED = ("AWS4-", "AWS4A-")
"""How an authorization begins that holds a signature over the body (AWS Signature Version 4)."""

OWN_HEADERS = frozenset(
    "accept accept-encoding connection content-length content-type host openai-beta traceparent transfer-encoding "
    "x-stainless-arch x-stainless-async x-stainless-custom-poll-interval x-stainless-helper-method x-stainless-lang "
    "x-stainless-os x-stainless-package-version x-stainless-poll-helper x-stainless-raw-response "
    "x-stainless-read-timeout x-stainless-retry-count x-stainless-runtime x-stainless-runtime-version "
    "x-stainless-stream-helper x-stainless-timeout".split()
)
"""Headers that HTTP itself or the generated client writes (`openai._base_client`)."""

OWN_NAMES = frozenset("cookie idempotency-key openai-organization openai-project user-agent".split())
"""Further headers that the client itself has a name for; what stands in them is the bot's."""

OWN_WORDS = frozenset(
    "android application arm arm64 async beta br bytes charset chunked close cpython deflate event false form freebsd "
    "gzip identity ios json keep-alive linux macos multipart openai other plain pypy python stream text true unknown "
    "utf windows x32 x64 zstd".split()
)
"""Words that stand in those headers, whoever is called so."""

OWN_FORMS = re.compile(
    r"\d{1,9}(?:\.\d+){0,3}"  # a length, a time-out, a version
    r"|[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"  # W3C Trace Context, 3.2
    r"|multipart/form-data; boundary=[0-9a-f]{32}"
)
"""Values of those headers that are figures of the client's own, whatever they look like."""

OWN_VALUES = (
    (re.compile(r"(?:^|-)(?:auth|authorization|key|token)\Z"), frozenset({"API_KEY", "CREDENTIAL"})),
    (re.compile(r"\A(?:cookie|host|user-agent)\Z"), frozenset({"IP_ADDRESS"})),
)
"""Names of further headers, and what in them is the company's own: gateways take keys under many names, and what reads
as an address there is a version number (`_cfuvid=...-0.0.1.1-...`)."""

RETRY_HEADER = "x-stainless-retry-count"
RETRY_DIGITS = 4
"""More is no count of retries, and too much is more than `int` takes."""


_API_TEXT = """
accept activate admin_api_keys agents alerts alpha api_keys archive artifacts assistants attach audio
audio_speeches audio_transcriptions audit_logs automations batches calls cancel cases certificates characters
chat chatkit checkpoints client_secrets code_interpreter_sessions compact complete completions containers
content content_provenance_checks conversations costs credentials data_retention deactivate decisions
deployments edits embeddings environments evals events extensions external_keys external_storage
federation_rules file_batches file_search_calls files fine_tuning fork generations graders groups hangup
hosted_tool_permissions images input_items input_tokens invites invocations items jobs live messages
model_permissions models moderations openai organization output_items parts pause permissions projects
rate_limits realtime refer reject remix responses resume roles rotate_secret run runs safety search
service_accounts service_tier_settings sessions skills speech spend_alerts spend_limit steps subagents
submit_tool_outputs templates test threads traces transcription_sessions transcriptions translations turns
uploads usage users v1 validate variations vaults vector_stores versions videos voice_consents voices
web_search_calls webhook_endpoints webhook_event_types workload_identity_providers
"""
API_SEGMENTS = frozenset(_API_TEXT.split())
"""Segments of paths that the client defines itself (`openai.resources`, `openai.lib.azure`), whoever is called so."""

DEPLOYMENTS = "deployments"
"""What stands ahead of a model's name in a path of Azure's."""

IDEMPOTENCY = "idempotency-key"
OWN_IDEMPOTENCY = "stainless-python-retry-"
"""A key that tells requests apart cannot be replaced; the client's own begins so and is random."""


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """An HTTP request: `body` is what the client would have sent. Its `repr` shows none of it."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def retry_count(self) -> int:
        """How often the client has tried before."""
        value = next((value for name, value in self.headers if name.lower() == RETRY_HEADER), "0")
        return int(value) if value.isdecimal() and len(value) <= RETRY_DIGITS else 0


@dataclass
class Outgoing:
    """Redacts a request while a protocol walks it (a `RequestVisitor`), and keeps what was sent for the egress check.

    Attributes:
        redactor, vault: what finds personal data, and what keeps it.
        allowed: kinds of content that may pass unread.
        again: whether this walk also masks values found elsewhere, which one that finds them leaves behind.
        sent: every text as it is sent.
        hidden: each placeholder sent, and its entity type.
        unread: kinds of content that passed unread.
        late: detectors that ran out of time over a text, and how many texts that were.
    """

    redactor: Redactor
    vault: Vault
    allowed: frozenset[str]
    again: bool = False
    sent: list[str] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    late: Counter[str] = field(default_factory=Counter)

    def text(self, text: str) -> str:
        done = (self.redactor.redact_known if self.again else self.redactor.redact)(text, self.vault)
        for edit in done.edits:
            if edit.entity_type != PLACEHOLDER_LIKE:
                self.hidden[edit.placeholder] = edit.entity_type
        self.sent.append(done.text)
        self.late.update(self.redactor.unread(text))
        return done.text

    def key(self, key: str) -> str:
        # A lone word says too little of itself to be told from a name: "fields" would be somebody.
        if not FIELD_NAME.fullmatch(key) or self.redactor.detect_certain(key) or residue([key], self.vault):
            return self.text(key)
        self.sent.append(key)
        return key

    def hide(self, text: str) -> str:
        """A text as the trace may hold it: what this exchange knows is hidden in it, too."""
        done = self.redactor.redact_known(text, self.vault)
        self.late.update(self.redactor.unread(text))
        return str(done.text)

    def lateness(self) -> str | None:
        """What the trace says of detectors that ran out of time."""
        told = ", ".join(f"{name!r}: {count}" for name, count in sorted(self.late.items()))
        return f"texts not read in time, by detector: {told}" if told else None

    def name(self, name: str, what: str = "a model, role or tool name") -> None:
        # What is letters alone can only be somebody's name, and then it is a word that the provider has to understand:
        # a customer called Claude may be served by a model called "claude-4".
        if not name.isalpha():
            kinds = {
                hit.entity_type for hit in self.redactor.detect_certain(name) if not name[hit.start : hit.end].isalpha()
            }
            _refuse(kinds, what)

    def identifier(self, text: str) -> None:
        self.unchangeable(text, "an identifier")

    def credential(self, text: str) -> None:
        for part in _parts(text) if "://" in text else (text,):
            self.unchangeable(part, "a credential", SECRETS)

    def headers(self, request: Request) -> tuple[tuple[str, str], ...]:
        """A request's headers as they may be sent.

        Raises:
            PrivacyError: a name, or a value that cannot be replaced, holds personal data.
            UnguardedChannel: the request is signed already.
        """
        return tuple((name, self._header(name.lower(), value, request.url)) for name, value in request.headers)

    def _header(self, name: str, value: str, url: str) -> str:
        if name in OWN_HEADERS:
            self._own_header(name, value, url)
            return value
        if name in CREDENTIALS:
            _refuse_signed(value)
            return value
        if name not in OWN_NAMES:
            self.unchangeable(name, "a header's name")
        if self._is_own(name, value):
            return value
        if name != IDEMPOTENCY:
            return self.text(value)
        if not value.startswith(OWN_IDEMPOTENCY):
            self.unchangeable(value, "the idempotency key")
        return value

    def _own_header(self, name: str, value: str, url: str) -> None:
        asked = name == "host" and value == urlsplit(url).netloc.rpartition("@")[2]
        if asked or OWN_FORMS.fullmatch(value) or self._is_own(name, value):
            return
        hits = self.redactor.detect_certain(value)
        kinds = {hit.entity_type for hit in hits if value[hit.start : hit.end].lower() not in OWN_WORDS}
        _refuse(kinds, f"the header {name!r}")

    def _is_own(self, name: str, value: str) -> bool:
        kinds = {hit.entity_type for hit in self.redactor.detect_certain(value)}
        return bool(kinds) and any(kinds <= own and pattern.search(name) for pattern, own in OWN_VALUES)

    def url(self, url: str) -> str:
        """A URL as it may be sent: texts in its query are replaced, such as the `metadata[...]` of a list."""
        query = urlsplit(url).query
        if not query:
            return url
        pairs = parse_qsl(query, keep_blank_values=True)
        sent = [self._parameter(name, value) for name, value in pairs]
        return url if sent == pairs else url.replace(query, urlencode(sent, quote_via=quote), 1)

    def _parameter(self, name: str, value: str) -> tuple[str, str]:
        field, bracket, key = name.partition("[")
        if class_of(field) not in ("text", "own"):
            return name, value
        key = key.removesuffix("]")
        return f"{field}[{self.text(key) if key else ''}]" if bracket else name, self.text(value)

    def unchangeable(self, text: str, what: str, allowed: frozenset[str] = frozenset()) -> None:
        """Refuse personal data in a text that cannot be replaced, but for entity types that are `allowed`.

        Raises:
            PrivacyError: there is some. The message names its types, not the text.
        """
        _refuse({hit.entity_type for hit in self.redactor.detect_certain(text)} - allowed, what)

    def unreadable(self, kind: str, detail: str) -> None:
        if kind not in self.allowed:
            raise UnsupportedContent(kind, detail)
        self.unread.add(kind)

    def kinds(self, text: str) -> Mapping[str, int]:
        """Different values hidden in a text as it was sent or received, by entity type."""
        found = {one.placeholder for one in spelled(text, self.vault)}
        return Counter(self.hidden[one] for one in found if one in self.hidden)

    def found_by(self, customer: Customer | None) -> tuple[tuple[str, str], ...]:
        """What the trace shall be found by: the customer, and each hidden value. A store keeps keyed hashes only."""
        who = customer and (customer.id or customer.email)
        values = (self.vault.original_of(placeholder) for placeholder in self.hidden)
        own = [("customer", as_term(who))] if who else []
        return (*own, *(("value", as_term(value)) for value in values if value is not None))

    def is_customers(self, placeholder: str) -> bool:
        """Whether a placeholder stands for a value the customer is known by."""
        value, customer = self.vault.original_of(placeholder), self.redactor.customer
        return value is not None and customer is not None and is_customers(value, customer)

    def residue(self, url: str) -> Mapping[str, int]:
        """The egress check: originals that still stand in a text, a header or the URL, by entity type.

        Raises:
            PrivacyError: the URL, which cannot be changed, holds personal data.
        """
        return residue([self.address(url), *self.sent], self.vault)

    def address(self, url: str) -> str:
        """What a URL says besides the host, the company's own base and what the client itself defines.

        Raises:
            PrivacyError: it holds personal data.
        """
        parts = urlsplit(url)
        segments = parts.path.split("/")
        own = [number for number, segment in enumerate(segments) if segment in API_SEGMENTS]
        names = segments[: own[0]] if own else []
        said = segments[len(names) :]
        for number, segment in enumerate(said):
            if number and said[number - 1] == DEPLOYMENTS:
                names.append(segment)
                said[number] = ""
        for name in names:
            self.name(_unquoted(name), "the request's URL")
        said = [segment for segment in said if segment not in API_SEGMENTS]
        address = _unquoted("/".join(said) + f"\n{parts.query}")
        self.unchangeable(address, "the request's URL", frozenset({PLACEHOLDER_LIKE}))
        return address


def _parts(url: str) -> Iterator[str]:
    """The parts of a server's URL that each say something (RFC 3986, 3). A key in it, which would make the URL as a
    whole a secret of somebody's, is the company's own here."""
    try:
        parts = urlsplit(url)
    except ValueError:
        yield url
        return
    user, _, host = parts.netloc.rpartition("@")
    yield from (unquote(part) for part in (*user.split(":"), host, parts.path, parts.fragment))
    yield from (text for pair in parse_qsl(parts.query, keep_blank_values=True) for text in pair)


def _refuse_signed(authorization: str) -> None:
    if authorization.startswith(SIGNED):
        raise UnguardedChannel(
            "the request is signed before it reaches explainbot, so nothing in it could be replaced; "
            "nothing was sent. Use explainbot's openai client, or wrap(), which has it signed again; "
            "or one that authorizes with a key or a token"
        )


def _refuse(kinds: Collection[str], what: str) -> None:
    if kinds:
        found = ", ".join(sorted(kinds))
        raise PrivacyError(f"{what} holds personal data ({found}) and cannot be replaced; nothing was sent")


def _unquoted(text: str) -> str:
    return unquote(text.replace("+", " "))


def check_unread(request: Request, redactor: Redactor, vault: Vault) -> Request:
    """A request of no known protocol as it may be sent: its URL checked, its headers redacted, its body left as it is.

    Raises:
        PrivacyError: the URL holds personal data.
    """
    visit = Outgoing(redactor, vault, frozenset())
    visit.address(request.url)
    return Request(request.method, request.url, visit.headers(request), request.body)
