"""What is recorded of every exchange: the record, its text type, and the names its fields have in OpenTelemetry."""

from __future__ import annotations

from explainbot.trace.model import STATUSES, SourceRef, Status, Trace
from explainbot.trace.offered import Lost, Offered
from explainbot.trace.redacted import Redacted

__all__ = ["STATUSES", "Lost", "Offered", "Redacted", "SourceRef", "Status", "Trace"]
