"""The texts of a reply: each channel restored as it comes, and what the first choice said kept for its explanation."""

from __future__ import annotations

from collections import deque
from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from explainbot.privacy import Restorer
from explainbot.privacy.restorer import Edit, moved
from explainbot.protocols.base import Channel

if TYPE_CHECKING:
    from explainbot.protocols.base import ReplyFacts, WireProtocol

__all__ = ["MAX_EXPLAINED", "ReplyObserver", "Said", "Texts", "fault"]

MAX_EXPLAINED = 200_000
"""Characters of a reply that are explained and traced; a longer one is delivered whole but explained up to here."""

MAX_MOVES = 1_000
"""Replacements of a text that citations in it are moved by: the last ones, since a stream may have any number."""


class ReplyObserver(Protocol):
    """What a reader asks of, and tells to, its exchange."""

    protocol: WireProtocol

    @property
    def surrogates(self) -> bool: ...
    def restorer(self, channel: Channel, edits: MutableSequence[Edit] | None) -> Restorer: ...
    def heard(self, text: str) -> None: ...
    def note_facts(self, facts: ReplyFacts) -> None: ...
    def note_reply(self, body: dict[str, Any]) -> None: ...
    def owns(self, id: str | None) -> bool: ...
    def note_unreadable(self, what: str) -> None: ...
    def explained(self, said: Said) -> Any: ...


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """What the first choice of a reply said, restored. Its `repr` shows none of it.

    Attributes:
        reply: its text for the customer, the refusal among it.
        tools: what it asked tools for.
        refused: whether it refused.
        unknown: how many placeholders it invented.
    """

    reply: str
    tools: Sequence[str] = ()
    refused: bool = False
    unknown: int = 0


def fault(error: ValueError | RecursionError) -> str:
    """What the trace says of JSON that could not be read: nothing of its text."""
    return "JSON nested too deeply" if isinstance(error, RecursionError) else str(error)


class Texts:
    """The texts of one reply (a `ReplyTexts`): a restorer for each channel, and what was restored so far.

    Attributes:
        spoken: the channels on which something was fed since this was last emptied.
        changed: whether a text became another since this was last set back.
    """

    def __init__(self, exchange: ReplyObserver) -> None:
        self.spoken: set[Channel] = set()
        self.changed = False
        self.surrogates = exchange.surrogates
        self.streams: dict[Channel, Restorer] = {}
        self._exchange = exchange
        self._wholes: dict[Channel, Restorer] = {}
        self._edits: dict[Channel, deque[Edit]] = {}
        self._parts: dict[Channel, list[str]] = {}
        self._counts = [0, 0]
        self._kept = 0

    def feed(self, channel: Channel, text: str) -> str:
        self.spoken.add(channel)
        restorer = self.streams.get(channel)
        if restorer is None:
            restorer = self.streams[channel] = self._restorer(channel)
        given = restorer.feed(text)
        self.changed = self.changed or given != text
        return self._keep(channel, given)

    def flush(self, channel: Channel) -> str:
        return self._keep(channel, self.streams[channel].flush())

    def whole(self, channel: Channel, text: str) -> str:
        repeated = channel in self.streams  # the end of a stream says once more what was said
        restorer = self._exchange.restorer(channel, None) if repeated else self._restorer(channel)
        given = restorer.feed(text) + restorer.flush()
        self.changed = self.changed or given != text
        if repeated:
            return given
        if channel.role == "other":
            self._counts[0] += restorer.restored
            self._counts[1] += restorer.unknown
        else:
            self._wholes[channel] = restorer
            self._parts[channel] = []
            self._keep(channel, given)
        return given

    def _restorer(self, channel: Channel) -> Restorer:
        """A restorer that keeps its last replacements where offsets may point into the text."""
        if channel.role == "reply":
            self._edits[channel] = deque(maxlen=MAX_MOVES)
        return self._exchange.restorer(channel, self._edits.get(channel))

    def owns(self, id: str | None) -> bool:
        return self._exchange.owns(id)

    def moved(self, channel: Channel, offset: int) -> int:
        place = moved(self._edits.get(channel, ()), offset)
        self.changed = self.changed or place != offset
        return place

    def _keep(self, channel: Channel, text: str) -> str:
        if channel.choice == 0 and channel.role != "other" and (kept := text[: MAX_EXPLAINED - self._kept]):
            self._parts.setdefault(channel, []).append(kept)
            self._kept += len(kept)
            if channel.role == "reply":
                self._exchange.heard(kept)
        return text

    def said(self) -> Said:
        """What the first choice said; any other is restored, but not explained."""
        texts = [(channel, "".join(parts)) for channel, parts in self._parts.items() if parts and channel.choice == 0]
        return Said(
            reply="\n".join(text for channel, text in texts if channel.role in ("reply", "refusal")),
            tools=[text for channel, text in texts if channel.role == "tool"],
            refused=any(channel.role == "refusal" for channel, _ in texts),
            unknown=self.counts()[1],
        )

    def counts(self) -> tuple[int, int]:
        restorers = ({**self._wholes, **self.streams}).values()
        restored, unknown = self._counts
        return restored + sum(r.restored for r in restorers), unknown + sum(r.unknown for r in restorers)
