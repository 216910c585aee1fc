"""Chances of labels along a chain of tokens: forward-backward (Rabiner, "A tutorial on hidden Markov models", 1989)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp

LABELS = range(5)
"""Nothing, person, address, place, organisation."""

FAVOUR = (0.0, 12.0, 1.5, 1.0, 1.0)
"""By how much a label is preferred where two are about as likely: a person left in the clear is worse than a place
taken for one."""

Shares = tuple[float, float, float, float]
"""One weight for each label but "nothing"."""

Row = tuple[float, float, float, float, float]
"""One number for each label."""


class Chain:
    """Weighs stretches of tokens that have nothing on either side.

    Args:
        moves: 25 weights, from label times 5 plus to label.
    """

    def __init__(self, moves: Sequence[float]) -> None:
        weighed = [exp(weight) for weight in moves]
        self._into = [weighed[label::5] for label in LABELS]
        self._outof = [weighed[label * 5 : label * 5 + 5] for label in LABELS]

    def weigh(self, shares: Sequence[Shares], least: float = 0.0) -> Iterator[tuple[float, int]]:
        """For each token the chance that it is anything, and the label it is then.

        Args:
            shares: for each token the weights of the four labels; "nothing" has 0. Sixty features of one byte stay
                far from where `exp` overflows.
            least: below this chance it is not told which label it would be.
        """
        odds = [(1.0, exp(a), exp(b), exp(c), exp(d)) for a, b, c, d in shares]
        after = self._after(odds)
        for (v, w, x, y, z), (a, b, c, d, e) in zip(self._before(odds), reversed(after), strict=True):
            nothing, anything = v * a, w * b + x * c + y * d + z * e
            chance = anything / (nothing + anything)
            if chance < least:
                yield chance, 0
            else:
                both = (nothing, w * b, x * c, y * d, z * e)
                yield chance, max(LABELS, key=lambda one: both[one] * FAVOUR[one])

    def _before(self, odds: Sequence[Row]) -> Iterator[Row]:
        """How likely each label is by what stands up to each token, up to a factor."""
        (a0, a1, a2, a3, a4), (b0, b1, b2, b3, b4), (c0, c1, c2, c3, c4), (d0, d1, d2, d3, d4), (e0, e1, e2, e3, e4) = (
            self._into
        )
        v, w, x, y, z = 1.0, 0.0, 0.0, 0.0, 0.0
        for _, b, c, d, e in odds:
            v, w, x, y, z = (
                a0 * v + a1 * w + a2 * x + a3 * y + a4 * z,
                b * (b0 * v + b1 * w + b2 * x + b3 * y + b4 * z),
                c * (c0 * v + c1 * w + c2 * x + c3 * y + c4 * z),
                d * (d0 * v + d1 * w + d2 * x + d3 * y + d4 * z),
                e * (e0 * v + e1 * w + e2 * x + e3 * y + e4 * z),
            )
            total = v + w + x + y + z  # over their sum, a long chain neither overflows nor vanishes
            v, w, x, y, z = v / total, w / total, x / total, y / total, z / total
            yield v, w, x, y, z

    def _after(self, odds: Sequence[Row]) -> list[Row]:
        """How likely what stands behind each token is for each of its labels, up to a factor; the last token first."""
        (a0, a1, a2, a3, a4), (b0, b1, b2, b3, b4), (c0, c1, c2, c3, c4), (d0, d1, d2, d3, d4), (e0, e1, e2, e3, e4) = (
            self._outof
        )
        v, w, x, y, z = a0, b0, c0, d0, e0
        found: list[Row] = []
        for _, b, c, d, e in reversed(odds):
            found.append((v, w, x, y, z))
            w, x, y, z = b * w, c * x, d * y, e * z
            v, w, x, y, z = (
                a0 * v + a1 * w + a2 * x + a3 * y + a4 * z,
                b0 * v + b1 * w + b2 * x + b3 * y + b4 * z,
                c0 * v + c1 * w + c2 * x + c3 * y + c4 * z,
                d0 * v + d1 * w + d2 * x + d3 * y + d4 * z,
                e0 * v + e1 * w + e2 * x + e3 * y + e4 * z,
            )
            total = v + w + x + y + z
            v, w, x, y, z = v / total, w / total, x / total, y / total, z / total
        return found
