"""The type of text that went through redaction; traces accept nothing else."""

from explainbot.trace.redacted import Redacted

__all__ = ["Redacted"]
