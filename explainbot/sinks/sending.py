"""An OTLP/HTTP endpoint, whatever is sent to it (`pip install "explainbot[otel]"`)."""

from __future__ import annotations

from collections.abc import Sequence
from pkgutil import resolve_name
from typing import Any, ClassVar

from explainbot.errors import ConfigError

__all__ = ["TIMEOUT_SECONDS", "Sender"]

TIMEOUT_SECONDS = 5.0
"""How long a collector may take for one batch, retries included."""

TRACES = "v1/traces"
"""The end of the address for spans (OTLP specification, "OTLP/HTTP Request")."""


class Sender:
    """A collector that takes one signal.

    Args:
        endpoint: the collector, "http://localhost:4318", or its address for spans, ".../v1/traces". Headers and
            certificates are those of OpenTelemetry's own variables, such as `OTEL_EXPORTER_OTLP_HEADERS`.

    Attributes:
        signal: the end of the signal's address.
        exporter: the class of OpenTelemetry's that sends it, "module:name".
        result: the class of what that returns.

    Raises:
        ConfigError: the packages are missing.
    """

    signal: ClassVar[str]
    exporter: ClassVar[str]
    result: ClassVar[str]

    def __init__(self, endpoint: str) -> None:
        try:
            exporter, result = resolve_name(self.exporter), resolve_name(self.result)
        except ImportError:
            raise ConfigError('sending traces needs OpenTelemetry: pip install "explainbot[otel]"') from None
        self._exporter = exporter(endpoint=_beside(endpoint, self.signal), timeout=TIMEOUT_SECONDS)
        self._success = result.SUCCESS

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def take(self, things: Sequence[Any]) -> bool:
        """Send them in one go; whether the collector has them."""
        return self._sent(things)

    def _sent(self, data: Any) -> bool:
        return self._exporter.export(data) is self._success

    def close(self) -> None:
        """Let go of the connection."""
        self._exporter.shutdown()


def _beside(endpoint: str, signal: str) -> str:
    """The address for a signal of the collector that takes spans at `endpoint`."""
    base = endpoint.removesuffix(TRACES) if endpoint.endswith(f"/{TRACES}") else f"{endpoint.rstrip('/')}/"
    return f"{base}v1/{signal}"
