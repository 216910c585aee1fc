"""The best one or two passages for a statement, and the features that say how well they cover it.

A passage's score is the share of the statement's weight it covers: each term weighs its inverse document frequency over
the units of the sources (Spärck Jones 1972), so that rare words, names and values decide. The second passage is the one
that covers most of what the first left open.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise

from explainbot.explain.index import Index, Unit
from explainbot.explain.lexicons import Lexicon
from explainbot.explain.tokens import WORD, Token

SHARPNESS = 1.5
"""Power of the inverse document frequency; this and the next three fitted on attribution (WiCE, QuoteSum, CLAPNQ)."""

CANDIDATES = 8
"""First passages compared more closely, by the order of words as well."""

PAIRS, SEQUENCE = 0.1, 0.2
"""Weights of matching word pairs and of the longest common subsequence where candidates are compared."""

NEAR = 0.05
"""Bonus for a second passage right beside the first."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a statement: the keys of which one must be there, its place in the statement, its weight."""

    keys: tuple[str, ...]
    place: int
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """How a statement stands to the units of the sources.

    Attributes:
        best: numbers of the best one or two units, best first; empty if no term is in any.
        shares: for each of them, the share of the weight it covers alone.
        features: name to number, see `FEATURES`.
    """

    best: tuple[int, ...]
    shares: tuple[float, ...]
    features: tuple[float, ...]


FEATURES = (
    "idf coverage by all sources",
    "idf coverage by the best unit",
    "idf coverage by the best two units",
    "term coverage by all sources",
    "term coverage by the best unit",
    "term coverage by the best two units",
    "word pairs in the best two units",
    "longest common subsequence with the best two units",
    "statement length",
    "gap to the best unit of another source",
    "negation differs",
)


def terms_of(unit: Unit, found: Index) -> list[Term]:
    """The distinct terms of a statement with their weights."""
    needs = {value.gives[0]: value.needs for value in unit.values}
    size = len(found.units)
    terms: dict[str, Term] = {}
    for place, term in enumerate(unit.terms):
        if term not in terms:
            keys = needs.get(term, (term,))
            held = max((len(found.postings.get(key, ())) for key in keys), default=0)
            terms[term] = Term(keys, place, math.log(1 + (size + 1) / (held + 0.5)) ** SHARPNESS)
    return list(terms.values())


def match(unit: Unit, found: Index) -> Match:
    """The best passages for `unit` and the features of the match."""
    terms = terms_of(unit, found)
    total = sum(term.weight for term in terms)
    cover: dict[int, float] = {}
    held: list[bool] = [_add(term, found, cover) for term in terms]
    if not cover or not total:
        return Match((), (), _nothing(unit))
    first = _first(unit, found, cover, total)
    second = _second(first, terms, found)
    best = (first,) if second is None else (first, second)
    shares = tuple(cover[number] / total for number in best)
    return Match(best, shares, _features(unit, found, terms, held, best, _gap(cover, found, first)))


def _add(term: Term, found: Index, cover: dict[int, float]) -> bool:
    """Add the term's weight to every unit that holds it; whether any does."""
    if len(term.keys) == 1:
        units: Sequence[int] | set[int] = found.postings.get(term.keys[0], ())
    else:
        units = {number for key in term.keys for number in found.postings.get(key, ())}
    weight = term.weight
    for number in units:
        cover[number] = cover.get(number, 0.0) + weight
    return bool(units)


def _first(unit: Unit, found: Index, cover: dict[int, float], total: float) -> int:
    """The unit that covers most; among the leaders, the one in whose order the words stand too."""
    leaders = nlargest(CANDIDATES, cover, key=lambda number: (cover[number], -number))
    pairs = set(pairwise(unit.terms))
    places = _places_of(unit.terms)

    def rank(number: int) -> tuple[float, float, int]:
        held = found.units[number]
        order = len(pairs.intersection(pairwise(held.terms))) / len(pairs) if pairs else 0.0
        sequence = _in_order(places, len(unit.terms), held.terms)
        closeness = cover[number] / total + PAIRS * order + SEQUENCE * sequence - found.handicaps[found.owner[number]]
        return (round(closeness, 9), -len(held.terms), -number)

    return max(leaders, key=rank)


def _second(first: int, terms: Sequence[Term], found: Index) -> int | None:
    """The unit that covers most of what the first leaves open; None if none covers any of it."""
    rest: dict[int, float] = {}
    open_weight = 0.0
    for term in terms:
        if not any(first in _places(key, found) for key in term.keys):
            open_weight += term.weight
            _add(term, found, rest)
    if not rest:
        return None
    near = NEAR * open_weight
    beside = {first - 1, first + 1}

    def rank(number: int) -> tuple[float, int]:
        same = number in beside and found.owner[number] == found.owner[first]
        return (round(rest[number] + (near if same else 0.0), 9), -number)

    return max(rest, key=rank)


def _places(key: str, found: Index) -> Sequence[int]:
    return found.postings.get(key, ())


def word_coverage(unit: Unit, stream: Sequence[Token], found: Index, lexicon: Lexicon) -> float:
    """The share of all words of a statement, function words but not values among them, that any source holds.

    Function words weigh a third (about their inverse document frequency beside that of other words). Where they are
    missing, the reply speaks in a voice of its own: "I think", "you could".
    """
    taken = {start for value in unit.values for start in range(value.start, value.end)} if unit.values else ()
    outside = {token[1] for token in stream if token[0] == WORD and token[2] not in taken}
    words = {part for word in outside for part in lexicon.parts(word)}
    total = held = 0.0
    for word in words:
        weight = 1 / 3 if word in lexicon.stop else 1.0
        total += weight
        if word in found.words or lexicon.stem(word) in found.postings:
            held += weight
    return held / total if total else 1.0


def _nothing(unit: Unit) -> tuple[float, ...]:
    return (0.0,) * 8 + (_length(unit), 0.0, 0.0)


def _length(unit: Unit) -> float:
    return math.log1p(len(unit.terms))


def _gap(cover: dict[int, float], found: Index, first: int) -> float:
    """The weight by which the best unit leads over the best one of another source."""
    own = found.owner[first]
    return cover[first] - max((weight for number, weight in cover.items() if found.owner[number] != own), default=0.0)


def _features(
    unit: Unit, found: Index, terms: Sequence[Term], held: Sequence[bool], best: tuple[int, ...], gap: float
) -> tuple[float, ...]:
    total = sum(term.weight for term in terms)
    sets = [_given(found.units[number]) for number in best]
    in_first = [any(key in sets[0] for key in term.keys) for term in terms]
    in_both = [any(key in one for one in sets for key in term.keys) for term in terms]
    return (
        sum(term.weight for term, there in zip(terms, held, strict=True) if there) / total,
        sum(term.weight for term, there in zip(terms, in_first, strict=True) if there) / total,
        sum(term.weight for term, there in zip(terms, in_both, strict=True) if there) / total,
        sum(held) / len(terms),
        sum(in_first) / len(terms),
        sum(in_both) / len(terms),
        _pairs(unit, [found.units[number] for number in best]),
        _in_order(
            _places_of(unit.terms),
            len(unit.terms),
            [term for number in sorted(best) for term in found.units[number].terms],
        ),
        _length(unit),
        gap / total,
        float((unit.negated > 0) != (found.units[best[0]].negated > 0)),
    )


def _given(unit: Unit) -> set[str]:
    return {*unit.terms, *(key for value in unit.values for key in value.gives)}


def _pairs(unit: Unit, units: Sequence[Unit]) -> float:
    """The share of neighbouring terms of the statement that are neighbours in a passage."""
    own = set(pairwise(unit.terms))
    if not own:
        return 0.0
    return len(own & {pair for one in units for pair in pairwise(one.terms)}) / len(own)


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
