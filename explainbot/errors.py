"""The errors of explainbot, and whose fault each one is. Commands add their own, for what was asked of them in vain.

    ExplainbotError
    ├── ConfigError ── UnknownName            raised when building, never in the middle of a call
    ├── PrivacyError                          nothing was sent
    │   ├── DetectorFailed
    │   ├── UnsupportedContent                content that cannot be read: image, audio, file, unknown endpoint
    │   └── UnguardedChannel                  a path round the guarded transport
    ├── ProtocolError
    │   ├── LocalProtocolError                our side sent something the wire protocol forbids
    │   └── RemoteProtocolError               the provider did
    ├── StoreError
    │   ├── NotRecorded                       a reply came whose trace is not durable, where the settings ask for that
    │   └── UnderHold                         what should be erased is under a legal hold
    ├── ConsentError                          the customer or the purpose forbids this use
    └── ReviewError ── StaleDecision

Errors of the provider are not in this tree: they pass through unchanged, in the client's own classes.
No message holds customer text: only names, offsets, types and counts.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "ConfigError",
    "ConsentError",
    "DetectorFailed",
    "ExplainbotError",
    "LocalProtocolError",
    "NotRecorded",
    "PrivacyError",
    "ProtocolError",
    "RemoteProtocolError",
    "ReviewError",
    "StaleDecision",
    "StoreError",
    "UnderHold",
    "UnguardedChannel",
    "UnknownName",
    "UnsupportedContent",
]


class ExplainbotError(Exception):
    """Base of every error raised by explainbot."""


class ConfigError(ExplainbotError):
    """A setting is wrong, or an optional package is missing. Raised while building, never during a call."""


class UnknownName(ConfigError):
    """A name that no table knows.

    Attributes:
        name: what was asked for.
        known: the names that exist, sorted.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(sorted(known))
        super().__init__(f"no {kind} is called {name!r}; known: {', '.join(self.known) or 'none'}")


class PrivacyError(ExplainbotError):
    """Privacy could not be guaranteed, so nothing was sent."""


class DetectorFailed(PrivacyError):
    """A detector raised, so the text counts as unread. The original error is not chained: it may quote the text."""

    def __init__(self, detector: str, error: str) -> None:
        self.detector = detector
        self.error = error
        super().__init__(f"detector {detector!r} failed with {error}; nothing was sent")


class UnsupportedContent(PrivacyError):
    """Content that cannot be read for personal data, so it was not sent.

    Attributes:
        kind: the name to put into `Settings.allow_content` to let this kind pass unread.
    """

    def __init__(self, kind: str, detail: str) -> None:
        self.kind = kind
        super().__init__(
            f"{detail} cannot be checked for personal data, so nothing was sent; "
            f"to let it pass unread, name it: Settings(allow_content={{{kind!r}}})"
        )


class UnguardedChannel(PrivacyError):
    """A way round the guarded transport, such as a WebSocket or an HTTP client that is not guarded."""


class ProtocolError(ExplainbotError):
    """The bytes do not follow the wire protocol."""


class LocalProtocolError(ProtocolError):
    """The request does not follow the wire protocol; nothing was sent."""


class RemoteProtocolError(ProtocolError):
    """The reply does not follow the wire protocol."""


class StoreError(ExplainbotError):
    """A trace could not be written or read."""


class UnderHold(StoreError):
    """What should be erased is under a legal hold. Nothing was erased, and nothing is wrong with the store."""


class NotRecorded(StoreError):
    """A reply came, but its trace is not durable in time, and the settings say that a person then takes over.

    Attributes:
        trace_id: of the trace.
        contact: how a customer reaches a person, as the settings say it.
    """

    def __init__(self, trace_id: str, contact: str | None) -> None:
        self.trace_id = trace_id
        self.contact = contact
        reach = f" ({contact})" if contact else ""
        super().__init__(
            f"the trace {trace_id} of this reply could not be kept in time; do not use the reply, hand over to a person"
            + reach
        )


class ConsentError(ExplainbotError):
    """The customer, or the stated purpose, forbids this use of the data."""


class ReviewError(ExplainbotError):
    """A review decision could not be taken."""


class StaleDecision(ReviewError):
    """The item was decided or changed since the reviewer opened it."""
