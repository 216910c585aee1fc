"""What leaves: each text, name and header of a request, replaced, checked or refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from explainbot import _json
from explainbot.errors import LocalProtocolError, PrivacyError, UnsupportedContent
from explainbot.privacy import Redactor, Vault, leaks, placeholders
from explainbot.privacy.detection import PLACEHOLDER_LIKE
from explainbot.privacy.known import is_customers

__all__ = ["Outgoing", "Request", "check_unread"]

CREDENTIALS = frozenset("authorization proxy-authorization api-key x-api-key".split())
"""Headers that hold the company's own credentials."""

OWN_HEADERS = frozenset(
    "accept accept-encoding connection content-length content-type host openai-beta traceparent transfer-encoding "
    "x-stainless-arch x-stainless-async x-stainless-custom-poll-interval x-stainless-helper-method x-stainless-lang "
    "x-stainless-os x-stainless-package-version x-stainless-poll-helper x-stainless-raw-response "
    "x-stainless-read-timeout x-stainless-retry-count x-stainless-runtime x-stainless-runtime-version "
    "x-stainless-stream-helper x-stainless-timeout".split()
)
"""Headers that HTTP itself or the generated client writes (`openai._base_client`), about nobody."""

OWN_VALUES = (
    (re.compile(r"(?:^|-)(?:auth|authorization|key|token)\Z"), frozenset({"API_KEY", "CREDENTIAL"})),
    (re.compile(r"\A(?:cookie|user-agent)\Z"), frozenset({"IP_ADDRESS"})),
)
"""Names of further headers, and what in them is the company's own: gateways take keys under many names, and what reads
as an address there is a version number (`_cfuvid=...-0.0.1.1-...`)."""

RETRY_HEADER = "x-stainless-retry-count"
RETRY_DIGITS = 4

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

    def body_object(self) -> dict[str, Any]:
        """The body as an object.

        Raises:
            LocalProtocolError: it is not a JSON object.
        """
        try:
            value = _json.loads(self.body)
        except ValueError as error:
            raise LocalProtocolError(f"the request's body cannot be read ({error}); nothing was sent") from None
        if not isinstance(value, dict):
            kind = type(value).__name__
            raise LocalProtocolError(f"the request's body must be an object, not {kind}; nothing was sent")
        return value

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
        again: whether this is the second walk, that also masks values found elsewhere in the request.
        sent: every text as it is sent.
        hidden: each placeholder sent, and its entity type.
        unread: kinds of content that passed unread.
    """

    redactor: Redactor
    vault: Vault
    allowed: frozenset[str]
    again: bool = False
    sent: list[str] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def text(self, text: str) -> str:
        done = (self.redactor.redact_known if self.again else self.redactor.redact)(text, self.vault)
        for edit in done.edits:
            if edit.entity_type != PLACEHOLDER_LIKE:
                self.hidden[edit.placeholder] = edit.entity_type
        self.sent.append(done.text)
        return done.text

    def name(self, name: str) -> None:
        # What is letters alone can only be somebody's name, and then it is a word that the provider has to understand:
        # a customer called Claude may be served by a model called "claude-4".
        kinds = {hit.entity_type for hit in self.redactor.detect(name) if not name[hit.start : hit.end].isalpha()}
        _refuse(kinds, "a model, role or tool name")

    def header(self, name: str, value: str) -> str:
        """A header's value as it may be sent; `name` is in lower case."""
        if name in OWN_HEADERS or name in CREDENTIALS or self._is_own(name, value):
            return value
        if name != IDEMPOTENCY:
            return self.text(value)
        if not value.startswith(OWN_IDEMPOTENCY):
            self.unchangeable(value, "the idempotency key")
        return value

    def _is_own(self, name: str, value: str) -> bool:
        kinds = {hit.entity_type for hit in self.redactor.detect(value)}
        return bool(kinds) and any(kinds <= own and pattern.search(name) for pattern, own in OWN_VALUES)

    def unchangeable(self, text: str, what: str) -> None:
        """Refuse personal data in a text that cannot be replaced.

        Raises:
            PrivacyError: there is some. The message names its types, not the text.
        """
        _refuse({hit.entity_type for hit in self.redactor.detect(text)}, what)

    def unreadable(self, kind: str, detail: str) -> None:
        if kind not in self.allowed:
            raise UnsupportedContent(kind, detail)
        self.unread.add(kind)

    def kinds(self, text: str) -> Mapping[str, int]:
        """Different values hidden in a text as it was sent or received, by entity type."""
        found = {one.placeholder for one in placeholders.find(text)}
        return Counter(self.hidden[one] for one in found if one in self.hidden)

    def is_customers(self, placeholder: str) -> bool:
        """Whether a placeholder stands for a value the customer is known by."""
        value, customer = self.vault.original_of(placeholder), self.redactor.customer
        return value is not None and customer is not None and is_customers(value, customer)

    def residue(self, url: str) -> Mapping[str, int]:
        """The egress check: originals that still stand in a text, a header or the URL, by entity type.

        Raises:
            PrivacyError: the URL, which cannot be changed, holds personal data.
        """
        address = _spoken(url)
        self.unchangeable(address, "the request's URL")
        return leaks("\n".join([address, *self.sent]), self.vault)


def _refuse(kinds: Collection[str], what: str) -> None:
    if kinds:
        found = ", ".join(sorted(kinds))
        raise PrivacyError(f"{what} holds personal data ({found}) and cannot be replaced; nothing was sent")


def _spoken(url: str) -> str:
    """What a URL says besides its host: path and query, without percent-encoding."""
    parts = urlsplit(url)
    return unquote(f"{parts.path}\n{parts.query}".replace("+", " "))


def check_unread(request: Request, redactor: Redactor, vault: Vault) -> Request:
    """A request of no known protocol as it may be sent: its URL checked, its headers redacted, its body left as it is.

    Raises:
        PrivacyError: the URL holds personal data.
    """
    visit = Outgoing(redactor, vault, frozenset())
    visit.unchangeable(_spoken(request.url), "the request's URL")
    headers = tuple((name, visit.header(name.lower(), value)) for name, value in request.headers)
    return Request(request.method, request.url, headers, request.body)
