"""Where the log of traces is sent, by what the settings name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from explainbot._registry import Registry
from explainbot.sinks.outbox import Target

__all__ = ["TARGETS", "targets"]

TARGETS: Final[Registry[Callable[[str], Target]]] = Registry(
    "target",
    "explainbot.targets",
    {
        "spans": "explainbot.sinks.otlp:Spans",
        "events": "explainbot.sinks.otlp_events:Events",
        "checkpoints": "explainbot.sinks.otlp_events:Checkpoints",
        "metrics": "explainbot.sinks.otlp_metrics:Metrics",
        "webhook": "explainbot.sinks.webhook:Webhook",
    },
)
"""Name to a class that takes the address."""

OTLP: Final = ("spans", "events", "checkpoints", "metrics")


def targets(otlp_endpoint: str | None, checkpoint_url: str | None) -> list[Target]:
    """The targets at these addresses; none where there is no address.

    Raises:
        ConfigError: a package is missing.
    """
    found = [TARGETS.load(name)(otlp_endpoint) for name in OTLP if otlp_endpoint is not None]
    return found if checkpoint_url is None else [*found, TARGETS.load("webhook")(checkpoint_url)]
