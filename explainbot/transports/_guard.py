"""What a guarded transport asks of the engine."""

from __future__ import annotations

from typing import Protocol

from explainbot._outgoing import Request
from explainbot.exchange import Exchange

__all__ = ["Guard", "Receipt"]


class Receipt(Protocol):
    """What a reply waits for."""

    def wait(self) -> object:
        """Wait, for a bounded time."""

    async def arrive(self) -> object:
        """The same, without holding up the event loop."""


class Guard(Protocol):
    """What a transport asks of the engine."""

    slow: bool
    """Whether redacting takes so long that an event loop should not wait for it."""

    def open(self, method: str, url: str, conversation: str | None = None) -> Exchange | None:
        """The exchange for a request, or None where no protocol reads it; of `conversation` if its turn names none."""

    def let_pass(self, request: Request) -> Request:
        """A request that nobody reads, as it may be sent; a body that is streamed is not given."""

    def close(self, exchange: Exchange, error: BaseException | None = None) -> Receipt | None:
        """The exchange is over: trace it. The end of the reply waits for what this gives. May be called again."""
