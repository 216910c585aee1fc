"""How well grounding agrees with people: what is counted when labelled answers are scored.

A label is 1 where people say that the sources bear the whole answer out, else 0.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from explainbot.explain.statement import State, Statement

WORST_FIRST: tuple[State, ...] = ("conflicts", "not found", "partly found", "found")
"""States of what claims something."""

Scored = tuple[float, int]
"""A score, higher where better supported, and a label."""


def of_answer(made: Sequence[Statement]) -> tuple[float, State]:
    """Score and state of a whole answer: see `of_whole`, and the worst state of what claims something."""
    claims = [one for one in made if one.state != "no claim"]
    if not claims:
        return 0.0, "no claim"
    state = min((one.state for one in claims), key=WORST_FIRST.index)
    return of_whole([(len(one.text), one.score) for one in claims]), state


def of_whole(scored: Sequence[tuple[int, float]]) -> float:
    """Score of an answer from the lengths and scores of its claims: half way between the mean and the worst.

    People call an answer wrong for one wrong sentence, but the more so the longer it is.
    """
    if not scored:
        return 0.0
    mean = sum(length * score for length, score in scored) / sum(length for length, _ in scored)
    return (mean + min(score for _, score in scored)) / 2


def auroc(pairs: Sequence[Scored]) -> float:
    """Chance that a borne-out answer scores above another (Mann and Whitney 1947), ties count half.

    0.5 where there are answers of one label only.
    """
    ordered = sorted(pairs)
    positives = sum(label for _, label in pairs)
    negatives = len(pairs) - positives
    if not positives or not negatives:
        return 0.5
    rank_sum, place = 0.0, 0
    while place < len(ordered):
        stop = place
        while stop < len(ordered) and ordered[stop][0] == ordered[place][0]:
            stop += 1
        rank_sum += sum(label for _, label in ordered[place:stop]) * (place + stop + 1) / 2
        place = stop
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)


def balanced(pairs: Sequence[Scored], threshold: float) -> float:
    """Mean of the two recalls where a score of at least `threshold` counts as borne out."""
    hit = Counter((score >= threshold, label) for score, label in pairs)
    positives = hit[True, 1] + hit[False, 1]
    negatives = hit[True, 0] + hit[False, 0]
    return (hit[True, 1] / max(1, positives) + hit[False, 0] / max(1, negatives)) / 2


def best_threshold(pairs: Sequence[Scored]) -> float:
    """The lowest score that, as a threshold, gives the best balanced accuracy; time n log n."""
    positives = sum(label for _, label in pairs)
    negatives = len(pairs) - positives
    best, threshold = -1.0, 0.0
    above, below = positives, 0  # borne out at or above the score looked at, others below it
    ordered = sorted(pairs)
    for place, (score, label) in enumerate(ordered):
        if not place or score != ordered[place - 1][0]:
            accuracy = above / max(1, positives) + below / max(1, negatives)
            if accuracy > best:
                best, threshold = accuracy, score
        above -= label
        below += 1 - label
    return threshold


def half(group: str) -> int:
    """0 or 1, the same in every run: which half of the data a group belongs to."""
    return hashlib.sha256(group.encode("utf-8", "surrogatepass")).digest()[0] & 1


def cross_balanced(scored: Sequence[tuple[str, float, int]]) -> float | None:
    """Balanced accuracy of (group, score, label) with the threshold fitted on the other half of the groups.

    None where a half has no answers of one of the labels: there is nothing to fit on.
    """
    halves: tuple[list[Scored], list[Scored]] = ([], [])
    for group, score, label in scored:
        halves[half(group)].append((score, label))
    if any(len({label for _, label in part}) < 2 for part in halves):
        return None
    return sum(balanced(halves[side], best_threshold(halves[1 - side])) for side in (0, 1)) / 2
