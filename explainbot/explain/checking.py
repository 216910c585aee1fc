"""The strict check: every value of a statement against the sources, one by one.

A value that no source gives is not found. If the passage that matches the statement gives another value of the same
kind where this one should stand, or this one of something else (`crossing`), it conflicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from explainbot._lazy import lazy
from explainbot.explain.crossing import Clause, Clauses, clauses, crossing
from explainbot.explain.index import Index, Unit
from explainbot.explain.numerals import divided, times
from explainbot.explain.reading import Value
from explainbot.explain.source import Source
from explainbot.explain.statement import CheckedValue

FEW = 20
"""Units looked at for the one closest to a statement among those that give a value."""

ABOUT = 0.4
"""Share of a statement's words and other values that a passage must hold before its values can contradict a value that
no source gives."""

NEARLY = 0.6
"""The same share for a date, a time or a number of a statement that says little else: half of "return date" stands
beside any date."""

LITTLE = 2
"""So many words, values aside, are little."""

SAME = 0.75
"""The same share where another passage does give the value: "$5" may be the fee of something else."""

FEWEST = 4
"""Words, values aside, that a statement must have for a passage to say the same of the same thing."""

SECONDS = {"s": 1.0, "workday": 86400 * 1.4, "night": 86400.0, "month": 86400 * 30.4}
"""About how long the units of durations are: 20 working days and a month do not contradict each other."""

ALIKE = 1.25
"""Ratio up to which two durations in different units may mean the same."""

MEASURES = ("amount", "percentage", "duration", "count")
"""Kinds of value that say how much of one thing, so that a passage about that thing settles them. A date or the number
of an order picks a thing out, and a passage about another one proves nothing."""

MOMENTS = ("date", "time")
"""Kinds that say when, and so settle what stands in one clause with them."""

_YEAR = re.compile(r"d:(\d{4})-")
"""A key of a date with a year."""

CHAT = ("history", "customer_message")
"""Kinds of source that settle nothing: a reply may correct what was said before, or what the customer believes."""

UNCLEAR = ("number", "placeholder", "contact")
"""Kinds that never contradict: it is not known what they count or whose they are."""


class Checked(NamedTuple):
    """A value of a statement as it stands to the sources.

    Attributes:
        value: the outcome.
        holder: number of the unit that gives it, one of the matching passages if any does.
        rivalled: it is found, but the passage closest to the statement gives another value in its place, or no source
            its year.
    """

    value: CheckedValue
    holder: int | None = None
    rivalled: bool = False


class _Rival(NamedTuple):
    """Another value where one of the statement's should stand.

    Attributes:
        unit: number of the unit that gives it.
        value: that value.
        clearly: the unit is more than twice as close to the statement as any passage that gives the statement's value,
            or gives that of something else.
        crossed: it gives the statement's value as well, of something else.
    """

    unit: int
    value: Value
    clearly: bool
    crossed: bool = False


class _Passage(NamedTuple):
    """What a passage has in common with a statement.

    Attributes:
        words: how many of the statement's words, values aside, it holds.
        values: where those of the statement's values start that it gives.
    """

    words: int
    values: frozenset[int]


class _Statement:
    """A statement beside the passages it may rest on, each compared once."""

    def __init__(self, text: str, unit: Unit, found: Index, given: Clauses) -> None:
        self.text, self.unit, self.given = text, unit, given
        self.found = found
        self.words = {term for term in unit.terms if ":" not in term}
        self.values = [value for value in unit.values if not value.loose]
        self.said = {key for value in self.values for key in value.needs}
        self._passages: dict[int, _Passage] = {}

    def passage(self, number: int) -> _Passage:
        """What unit `number` has in common with the statement."""
        known = self._passages.get(number)
        if known is None:
            unit = self.found.units[number]
            gives = {key for value in unit.values for key in value.gives}
            held = frozenset(value.start for value in self.values if not gives.isdisjoint(value.needs))
            known = self._passages[number] = _Passage(len(self.words.intersection(unit.terms)), held)
        return known

    def holds(self, number: int, value: Value) -> bool:
        """Whether unit `number` gives a value of the statement."""
        return value.start in self.passage(number).values

    def about(self, number: int, value: Value) -> float:
        """The share of the statement's words and other values than `value` that a unit holds; 1 if there are none."""
        there = self.passage(number)
        others = len(self.words) + len(self.values) - 1
        return (there.words + len(there.values) - (value.start in there.values)) / others if others else 1.0

    def holder(self, value: Value, best: Sequence[int]) -> int | None:
        """The unit that gives a value: a matching passage, else the one closest to the statement (of the first few)."""
        for number in best:
            if self.holds(number, value):
                return number
        units = [number for key in value.needs for number in self.found.holding(key)[:FEW]]
        return max(units, key=lambda number: (self.about(number, value), -number), default=None)

    def against(self, value: Value, best: Sequence[int], holder: int | None) -> _Rival | None:
        """Another value in place of this one: in its own clause, else in a matching passage."""
        if value.kind in UNCLEAR:
            return None
        enough = value.kind in MEASURES or len(self.words) > LITTLE
        least = SAME if holder is not None else ABOUT if enough else NEARLY
        rival = self._closest(value, best, least)
        if rival and holder is not None and self._beside(value, holder) >= self._beside(value, rival.unit):
            rival = rival._replace(clearly=False)
        return rival if rival and rival.clearly else self._crossed(value, best) or rival

    def _beside(self, value: Value, number: int) -> int:
        """How many of the words that stand in one clause with a value unit `number` holds."""
        own = (clause.words for clause in self.clauses if value in clause.values)
        return len(frozenset().union(*own).intersection(self.found.units[number].terms))

    def _closest(self, value: Value, best: Sequence[int], share: float) -> _Rival | None:
        """The closest matching passage that gives another value in place of this, if none as close gives this one."""
        held = max((self.about(number, value) for number in best if self.holds(number, value)), default=-1.0)
        for number in sorted(best, key=lambda number: -self.about(number, value)):
            about = self.about(number, value)
            if about < share or about <= held:
                break
            for other in self.found.units[number].values:
                if _comparable(value, other) and self.said.isdisjoint(other.gives):
                    return _Rival(number, other, about > 2 * held)
        return None

    def _crossed(self, value: Value, best: Sequence[int]) -> _Rival | None:
        """Another value beside what the statement says this one of, where the matching passages give both."""
        if value.kind not in (*MEASURES, *MOMENTS):
            return None
        holding = [number for number in best if self.holds(number, value)]
        beside = [number for number in best if any(self._near(number, one) for one in holding)]
        if not any(_other(value, one) for number in beside for one in self.found.units[number].values):
            return None

        def elsewhere() -> Iterator[Clause]:
            for key in value.needs:
                for number in self.found.holding(key)[:FEW]:
                    yield from self.given.of(number)

        passages = [self.given.of(number) for number in beside]
        found = crossing(value, self.clauses, passages, elsewhere, _comparable)
        return None if found is None else _Rival(beside[found.passage], found.value, found.clearly, crossed=True)

    def _near(self, number: int, other: int) -> bool:
        return abs(number - other) < 2 and self.found.together(number, other)

    @lazy
    def clauses(self) -> tuple[Clause, ...]:
        """The statement's own."""
        return clauses(self.text, self.unit, self.given.lexicon)


def check(
    text: str, unit: Unit, best: Sequence[int], sources: Sequence[Source], found: Index, given: Clauses
) -> Iterator[Checked]:
    """Each value of a statement against the sources, but loose ones.

    Args:
        text: the reply.
        unit: the statement.
        best: numbers of the passages that match it, best first.
        sources: the sources, in the order of the index.
        found: their index.
        given: the clauses of their units.
    """
    statement = _Statement(text, unit, found, given)
    for value in statement.values:
        said = CheckedValue(
            kind=value.kind, text=text[value.start : value.end], start=value.start, end=value.end, state="found"
        )
        holder = statement.holder(value, best)
        against = statement.against(value, best, holder)
        source = sources[found.owner[against.unit]] if against else None
        clearly = against is not None and against.clearly and not _worked_out(value, against.value, statement.values)
        if against and source and clearly and _settles(value, against, len(statement.words), holder, source):
            other = against.value
            update = {"state": "conflicts", "source_text": source.text[other.start : other.end], "source_id": source.id}
            yield Checked(said.model_copy(update=update))
        elif holder is None:
            yield Checked(said.model_copy(update={"state": "not found"}))
        else:
            where = {"source_id": sources[found.owner[holder]].id}
            yield Checked(said.model_copy(update=where), holder, against is not None or _adds_year(value, found))


def _settles(value: Value, against: _Rival, words: int, holder: int | None, source: Source) -> bool:
    """Whether another value in a passage of `source` makes this one wrong, not only doubtful."""
    alone = holder is None or against.crossed
    return source.kind not in CHAT and (alone or (value.kind in MEASURES and words >= FEWEST))


def _worked_out(value: Value, rival: Value, said: Sequence[Value]) -> bool:
    """Whether a value is the other one times a third in the statement: "4 bags" for two guests with 2 each."""
    one, other = _number(value), _number(rival)
    factors = [number for third in said if third is not value and (number := _number(third))]
    return bool(one and other) and any(times(other, float(factor)) == one for factor in factors)


def _number(value: Value) -> str:
    """The bare number of a value; empty if it has none."""
    return next((key[2:] for key in value.gives if key.startswith("n:")), "")


def _adds_year(value: Value, found: Index) -> bool:
    """Whether a date names a year that no source does: "24 November 2015" for "24 November"."""
    years = {match[1] for key in value.needs if (match := _YEAR.match(key))}
    return bool(years) and not any(found.holding(key) for year in years for key in (*value.needs[:1], f"n:{year}"))


def _other(value: Value, other: Value) -> bool:
    """Whether a passage gives another value of the same kind."""
    return _comparable(value, other) and set(value.needs).isdisjoint(other.gives)


def _comparable(value: Value, other: Value) -> bool:
    """Whether two values stand for the same thing, so that both cannot be true.

    One unit of time in words may be a rate: "$50 for a night".
    """
    if value.kind != other.kind or (other.kind == "duration" and not other.exact and _number(other) == "1"):
        return False
    if value.kind != "duration" or value.unit == other.unit:
        return value.unit == other.unit
    one, two = _length(value), _length(other)
    return max(divided(one, two), divided(two, one)) > ALIKE


def _length(value: Value) -> str:
    """About how many seconds a duration lasts."""
    unit, _, amount = value.gives[0].rpartition(":")
    return times(amount, SECONDS.get(unit, 1.0))
