"""The best one or two passages for a statement, and the features that say how well they cover it.

A passage's score is the share of the statement's weight it covers: each term weighs its inverse document frequency over
the units of the sources (Spärck Jones 1972), so that rare words, names and values decide. What the units beside it
cover besides counts for a part, as a paragraph speaks of one thing. The second passage is the one that covers most of
what the first left open. Which terms a unit holds is kept as bits of a whole number.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from explainbot.explain.index import Index, Unit
from explainbot.explain.lexicons import Lexicon

SHARPNESS = 1.5
"""Power of the inverse document frequency; this and the next five fitted on attribution (WiCE, QuoteSum, CLAPNQ)."""

CANDIDATES = 6
"""First passages compared more closely, by the order of words and by what stands beside them."""

PAIRS, SEQUENCE = 0.1, 0.2
"""Weights of matching pairs of terms and of the longest common subsequence where candidates are compared."""

BESIDE = ((1, 0.3), (2, 0.15))
"""How far beside a candidate is looked, and how much counts what stands there and not in the candidate."""

NEAR = 0.05
"""Bonus for a second passage right beside the first."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a statement: the keys of which one must be there, and its weight."""

    keys: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """How a statement stands to the units of the sources.

    Attributes:
        best: numbers of the best one or two units, best first; empty if no term is in any.
        shares: for each of them, the share of the weight it covers alone.
        features: numbers in the order of `FEATURES`.
    """

    best: tuple[int, ...]
    shares: tuple[float, ...]
    features: tuple[float, ...]


FEATURES = (
    "idf coverage by all sources",
    "idf coverage by the best two units",
    "term coverage by all sources",
    "term coverage by the best two units",
    "word pairs in the best two units",
    "longest common subsequence with the best two units",
    "gap to the best unit of another source",
    "negation differs",
    "speaks of itself",
)


class _Cover:
    """Which terms each unit holds, as bits, and what they weigh."""

    __slots__ = ("found", "held", "terms", "total", "weights")

    def __init__(self, terms: Sequence[Term], found: Index) -> None:
        self.terms = terms
        self.found = found
        self.total = sum(term.weight for term in terms)
        self.held: dict[int, int] = {}
        self.weights: dict[int, float] = {}
        for place, term in enumerate(terms):
            bit, weight = 1 << place, term.weight
            for number in _holding(term, found):
                self.held[number] = self.held.get(number, 0) | bit
                self.weights[number] = self.weights.get(number, 0.0) + weight

    def weigh(self, bits: int) -> float:
        """What the terms in `bits` weigh together."""
        return sum(term.weight for place, term in enumerate(self.terms) if bits >> place & 1)

    def beside(self, number: int) -> float:
        """What the units beside one hold and it does not, the farther the less."""
        seen, weight = self.held[number], 0.0
        for far, part in BESIDE:
            for other in (number - far, number + far):
                if self.found.together(number, other) and (new := self.held.get(other, 0) & ~seen):
                    weight += part * self.weigh(new)
                    seen |= new
        return weight


def _holding(term: Term, found: Index) -> Sequence[int] | set[int]:
    """The units that hold a term, each once."""
    if len(term.keys) == 1:
        return found.holding(term.keys[0])
    return {number for key in term.keys for number in found.holding(key)}


def terms_of(unit: Unit, found: Index) -> list[Term]:
    """The distinct terms of a statement with their weights."""
    needs = {value.gives[0]: value.needs for value in unit.values}
    size = len(found.units)
    terms = []
    for term in dict.fromkeys(unit.terms):
        keys = needs.get(term)
        if keys is None:
            keys, held = (term,), len(found.holding(term))
        else:
            held = max([len(found.holding(key)) for key in keys])
        terms.append(Term(keys, math.log(1 + (size + 1) / (held + 0.5)) ** SHARPNESS))
    return terms


def match(unit: Unit, found: Index, lexicon: Lexicon) -> Match:
    """The best passages for `unit` and the features of the match."""
    cover = _Cover(terms_of(unit, found), found)
    if not cover.held or not cover.total:
        return Match((), (), (0.0,) * (len(FEATURES) - 1) + (_of_itself(unit, (), lexicon),))
    first = _first(unit, cover)
    second = _second(first, cover)
    best = (first,) if second is None else (first, second)
    shares = tuple(cover.weights[number] / cover.total for number in best)
    return Match(best, shares, _features(unit, cover, best, lexicon))


def _first(unit: Unit, cover: _Cover) -> int:
    """The unit that covers most; among the leaders, the one in whose order the words stand and that others stand by."""
    found = cover.found
    leaders = _leaders(cover.weights)
    pairs = set(pairwise(unit.terms))
    places = _places_of(unit.terms)

    def rank(number: int) -> tuple[float, float, int]:
        held = found.units[number]
        closeness = (cover.weights[number] + cover.beside(number)) / cover.total
        closeness += PAIRS * len(pairs.intersection(pairwise(held.terms))) / len(pairs) if pairs else 0.0
        closeness += SEQUENCE * _in_order(places, len(unit.terms), held.terms)
        return (round(closeness - found.handicaps[found.owner[number]], 9), -len(held.terms), -number)

    first = rank(leaders[0])
    for number in leaders[1:]:
        share = cover.weights[number] / cover.total
        if first[0] > share + BESIDE[0][1] * (1 - share) + PAIRS + SEQUENCE:
            break  # neither this one nor those after it can come closer
        first = max(first, rank(number))
    return -first[2]


def _leaders(weights: Mapping[int, float]) -> list[int]:
    """The `CANDIDATES` units that weigh most, the heaviest first; of equals the earlier ones."""
    least = sorted(weights.values(), reverse=True)[:CANDIDATES][-1]
    leaders = [number for number, weight in weights.items() if weight >= least]
    return sorted(leaders, key=lambda number: (-weights[number], number))[:CANDIDATES]


def _second(first: int, cover: _Cover) -> int | None:
    """The unit that covers most of what the first leaves open; None if none covers any of it."""
    missing = [term for place, term in enumerate(cover.terms) if not cover.held[first] >> place & 1]
    rest: dict[int, float] = {}
    for term in missing:
        for number in _holding(term, cover.found):
            rest[number] = rest.get(number, 0.0) + term.weight
    if not rest:
        return None
    near = NEAR * sum(term.weight for term in missing)

    def rank(number: int) -> tuple[float, int]:
        beside = abs(number - first) == 1 and cover.found.together(number, first)
        return (round(rest[number] + (near if beside else 0.0), 9), -number)

    return max(rest, key=rank)


def _features(unit: Unit, cover: _Cover, best: tuple[int, ...], lexicon: Lexicon) -> tuple[float, ...]:
    units = [cover.found.units[number] for number in best]
    anywhere = 0
    for bits in cover.held.values():
        anywhere |= bits
    quoted = 0
    for number in best:
        quoted |= cover.held[number]
    in_text_order = [term for number in sorted(best) for term in cover.found.units[number].terms]
    return (
        cover.weigh(anywhere) / cover.total,
        cover.weigh(quoted) / cover.total,
        anywhere.bit_count() / len(cover.terms),
        quoted.bit_count() / len(cover.terms),
        _pairs(unit, units),
        _in_order(_places_of(unit.terms), len(unit.terms), in_text_order),
        _gap(cover, best[0]),
        float((unit.negated > 0) != (units[0].negated > 0)),
        _of_itself(unit, units, lexicon),
    )


def _gap(cover: _Cover, first: int) -> float:
    """The share of the weight by which the best unit leads over the best one of another source."""
    owner = cover.found.owner
    own = owner[first]
    others = [weight for number, weight in cover.weights.items() if owner[number] != own]
    return (cover.weights[first] - max(others, default=0.0)) / cover.total


def _of_itself(unit: Unit, passages: Sequence[Unit], lexicon: Lexicon) -> float:
    """1 if the statement says "I" and no passage does: the speaker tells of what it likes, thinks or did."""
    own = lexicon.speaker.intersection(unit.words)
    return float(bool(own) and all(own.isdisjoint(passage.words) for passage in passages))


def _pairs(unit: Unit, passages: Sequence[Unit]) -> float:
    """The share of neighbouring words of the statement, function words among them, that are neighbours in a passage."""
    own = list(pairwise(unit.words))
    if not own:
        return 0.0
    there = {pair for passage in passages for pair in pairwise(passage.words)}
    return sum(pair in there for pair in own) / len(own)


def _places_of(terms: Sequence[str]) -> dict[str, int]:
    """For each term, its places as bits."""
    places: dict[str, int] = {}
    for place, term in enumerate(terms):
        places[term] = places.get(term, 0) | 1 << place
    return places


def _in_order(places: dict[str, int], length: int, other: Sequence[str]) -> float:
    """Longest common subsequence as a share of the statement (ROUGE-L recall, Lin 2004), bit-parallel (Hyyrö 2004)."""
    full = (1 << length) - 1
    row = full
    for term in other:
        hit = row & places.get(term, 0)
        if hit:
            row = ((row + hit) | (row - hit)) & full
    return (length - row.bit_count()) / length if length else 0.0
