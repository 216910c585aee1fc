"""The explanations that were given of late, and what it takes to ask about their replies again."""

from __future__ import annotations

from explainbot._asked import Asked
from explainbot._vaults import Recent
from explainbot.explain import Explanation

__all__ = ["Explanations"]

MAX_EXPLANATIONS = 1_024
"""Explanations that `explanation_of` finds without reading the store."""

MAX_ASKED = 128
"""Replies that can still be examined: their requests are kept, in redacted form."""

MAX_ASKED_CHARACTERS = 500_000
"""Of a request that is kept, so that those kept are bounded too."""

AMBIGUOUS = ""
"""Stands for the trace of a response id that was given twice."""


class Explanations:
    """Explanations by the id of their trace, and by the id that the provider gave the reply."""

    def __init__(self) -> None:
        self._explanations: Recent[str, Explanation] = Recent(MAX_EXPLANATIONS)
        self._asked: Recent[str, Asked] = Recent(MAX_ASKED)
        self._by_response: Recent[str, str] = Recent(MAX_EXPLANATIONS)

    def put(self, trace_id: str, explanation: Explanation) -> None:
        """Remember an explanation, in place of the one before."""
        self._explanations.put(trace_id, explanation)

    def keep(self, trace_id: str, asked: Asked) -> None:
        """Keep what it takes to ask again about a reply, unless its request is too long."""
        if asked.characters <= MAX_ASKED_CHARACTERS:
            self._asked.put(trace_id, asked)

    def name(self, response_id: str, trace_id: str, *, again: bool) -> None:
        """The reply of a trace has this id at the provider.

        Args:
            again: whether it is read once more, and was perhaps explained before.

        Some servers give every reply the same id: such an id finds none, rather than somebody else's.
        """
        known = self._by_response.get(response_id)
        if known is None or not again:
            self._by_response.put(response_id, trace_id if known is None else AMBIGUOUS)

    def explanation(self, trace_id: str) -> Explanation | None:
        """The explanation of one exchange, while it is remembered."""
        return self._explanations.get(trace_id)

    def asked(self, trace_id: str) -> Asked | None:
        """What it takes to ask again about a reply, while it is remembered."""
        return self._asked.get(trace_id)

    def by_response(self, response_id: str) -> Explanation | None:
        """The explanation of the reply to which the provider gave this id, while it is remembered and unambiguous."""
        return self._explanations.get(self._by_response.get(response_id) or AMBIGUOUS)
