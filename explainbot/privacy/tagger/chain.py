"""Chances of labels along a chain of tokens: forward-backward (Rabiner, "A tutorial on hidden Markov models", 1989)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp

LABELS = range(5)
"""Nothing, person, address, place, organisation."""

FAVOUR = (0.0, 6.0, 1.5, 1.0, 1.0)
"""By how much a label is preferred where two are about as likely: a person left in the clear is worse than a place
taken for one."""

STEEPEST = 60.0
"""No weight counts for more: `exp` of it is far from what a float holds."""


class Chain:
    """Weighs stretches of tokens that have nothing on either side.

    Args:
        moves: 25 weights, from label times 5 plus to label.
    """

    def __init__(self, moves: Sequence[float]) -> None:
        self._moves = [[exp(weight) for weight in moves[row * 5 : row * 5 + 5]] for row in LABELS]

    def weigh(self, shares: Sequence[Sequence[float]]) -> Iterator[tuple[float, int]]:
        """For each token the chance that it is anything, and the label it is then.

        Args:
            shares: for each token the weights of the four labels; "nothing" has 0.
        """
        odds = [[1.0, *[exp(min(share, STEEPEST)) for share in own]] for own in shares]
        for both in self._both(odds):
            label = max(LABELS, key=lambda one: both[one] * FAVOUR[one])
            yield 1 - both[0] / sum(both), label

    def _both(self, odds: Sequence[Sequence[float]]) -> Iterator[list[float]]:
        """For each token how likely each label is, up to a factor."""
        moves = self._moves
        into = list(zip(*moves, strict=True))
        forward: list[list[float]] = []
        last = [1.0, 0.0, 0.0, 0.0, 0.0]
        for own in odds:
            last = _scaled([own[b] * sum([last[a] * into[b][a] for a in LABELS]) for b in LABELS])
            forward.append(last)
        after = [row[0] for row in moves]
        weighed: list[list[float]] = []
        for own, reached in zip(reversed(odds), reversed(forward), strict=True):
            weighed.append([reached[b] * after[b] for b in LABELS])
            later = [own[b] * after[b] for b in LABELS]
            after = _scaled([sum([row[b] * later[b] for b in LABELS]) for row in moves])
        return reversed(weighed)


def _scaled(values: list[float]) -> list[float]:
    """The values over their sum, so that a long chain neither overflows nor vanishes."""
    total = sum(values)
    return [value / total for value in values]
