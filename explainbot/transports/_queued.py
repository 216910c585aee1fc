"""Messages that wait to be sent: each belongs to the turn it was said in, whoever sends it later."""

from __future__ import annotations

from contextvars import Context, copy_context

__all__ = ["Queued", "queued"]


class Queued:
    """Mixed into the text or the bytes of a message.

    Attributes:
        context: that in which it was said.
        told: whether the one who said it learns that it could not be sent.
    """

    context: Context
    told: bool


class QueuedText(Queued, str):
    """A text that waits."""

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


class QueuedBytes(Queued, bytes):
    """Bytes that wait."""

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        return bytes, (bytes(self),)


def queued(message: str | bytes, told: bool) -> QueuedText | QueuedBytes:
    """A message as it waits, equal to the one that was said; now is when it is said."""
    waiting = QueuedText(message) if isinstance(message, str) else QueuedBytes(message)
    waiting.context, waiting.told = copy_context(), told
    return waiting
