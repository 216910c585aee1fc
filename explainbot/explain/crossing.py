"""Whether a passage gives a value, but of something else: "$5" is its fee for standard, and the reply says express.

Statement and passages are cut into clauses, at commas, full stops and words such as "and". What stands in one clause
with a value says what the value is of; a clause without any says nothing. A value is crossed where more of the words
beside it stand, in the passages, beside others of its kind than beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from explainbot.explain.index import Index, Unit
from explainbot.explain.lexicons import Lexicon
from explainbot.explain.reading import Value
from explainbot.explain.source import Source
from explainbot.explain.tokens import CHARACTER, WORD, tokens

__all__ = ["Clause", "Clauses", "Crossing", "clauses", "crossing"]

_STOP = re.compile(r"[,;，；、،؛|\n。।]|\.\s")


class Clause(NamedTuple):
    """A clause.

    Attributes:
        words: stems of its content words, those of its values aside.
        values: its values.
        held: its words, and the keys its values give.
    """

    words: frozenset[str]
    values: tuple[Value, ...]
    held: frozenset[str]


class Crossing(NamedTuple):
    """What a passage has where the statement has a value that it gives of something else.

    Attributes:
        value: the other value.
        passage: place of the passage among those given.
        clearly: nothing beside the value in the statement stands beside it in a passage, and most of it stands there.
    """

    value: Value
    passage: int
    clearly: bool


class Clauses:
    """The clauses of the units of some sources, each read once."""

    def __init__(self, sources: Sequence[Source], found: Index, lexicon: Lexicon) -> None:
        self._sources, self._found, self.lexicon = sources, found, lexicon
        self._known: dict[int, tuple[Clause, ...]] = {}

    def of(self, number: int) -> tuple[Clause, ...]:
        """Those of unit `number`."""
        known = self._known.get(number)
        if known is None:
            text = self._sources[self._found.owner[number]].text
            known = self._known[number] = clauses(text, self._found.units[number], self.lexicon)
        return known


def clauses(text: str, unit: Unit, lexicon: Lexicon) -> tuple[Clause, ...]:
    """The clauses of a unit of `text` that hold a value, in order.

    Values in a row, without a word to each of them, stand in one: "flights A1, B2 and C3".
    """
    found: list[Clause] = []
    for words, values in _pieces(text, unit, lexicon):
        if not values:
            continue
        clause = _clause(frozenset(words), tuple(values))
        if found and (_bare(clause) or _bare(found[-1])):
            found[-1] = _clause(found[-1].words | clause.words, found[-1].values + clause.values)
        else:
            found.append(clause)
    return tuple(found)


def _clause(words: frozenset[str], values: tuple[Value, ...]) -> Clause:
    return Clause(words, values, words.union(*(value.gives for value in values)))


def _bare(clause: Clause) -> bool:
    """Whether nothing says what the values of a clause are of."""
    return not clause.words and len({value.kind for value in clause.values}) == 1


def _pieces(text: str, unit: Unit, lexicon: Lexicon) -> Iterator[tuple[set[str], list[Value]]]:
    """Words and values from one cut to the next; nothing inside a value is a cut."""
    words, values = set[str](), list[Value]()
    ahead = iter(unit.values)
    value = next(ahead, None)
    inside = last = unit.start
    for kind, word, start, end in tokens(text[unit.start : unit.end]):
        start, end = start + unit.start, end + unit.start  # noqa: PLW2901 - offsets in the text from here on
        if start >= inside and (_STOP.search(text, last, start) or word.casefold() in lexicon.parting):
            yield words, values
            words, values = set(), []
        last = end
        if value is not None and start >= value.start:
            values.append(value)
            inside, value = value.end, next(ahead, None)
        elif start >= inside and kind in (WORD, CHARACTER):
            words.update(lexicon.terms(word)[1])
    yield words, values


def crossing(
    value: Value,
    said: Sequence[Clause],
    passages: Sequence[Sequence[Clause]],
    elsewhere: Callable[[], Iterable[Clause]],
    alike: Callable[[Value, Value], bool],
) -> Crossing | None:
    """What stands where the statement has `value`, if the passages give that of something else.

    Args:
        value: a value of the statement that a passage gives.
        said: the clauses of the statement.
        passages: those of each passage.
        elsewhere: gives those of other passages that give the value.
        alike: whether two values are of one kind, so that both cannot be true.
    """
    own = [clause for clause in said if value in clause.values]
    rest = [clause for clause in said if value not in clause.values and any(alike(value, one) for one in clause.values)]
    beside = _marks(own, value, alike)
    marks = beside - _marks(rest, value, alike)
    numbered = [(place, clause) for place, passage in enumerate(passages) for clause in passage]
    there = [
        (place, clause)
        for place, clause in numbered
        if not _gives(clause, value) and any(alike(value, one) for one in clause.values)
    ]
    here = [(place, clause) for place, clause in numbered if _gives(clause, value)]
    moved, kept = (beside & _all(clause for _, clause in some) for some in (there, here))
    both, moved, kept = moved & kept, moved & marks, kept & marks
    if len(moved - kept) <= len(kept - moved):
        return None
    kept |= marks & _all(clause for clause in elsewhere() if _gives(clause, value))
    if len(moved - kept) <= len(kept - moved):
        return None
    place, clause = max(there, key=lambda one: len((moved - kept) & one[1].held))
    if not both and all(place != other for other, _ in here):
        return None  # two passages with nothing in common speak of two matters
    others = [one for one in clause.values if alike(value, one)]
    at = [one for clause in own for one in clause.values if one.kind == value.kind].index(value)
    named = any(":" in mark for mark in moved - kept)  # by a number, a day or another value
    clearly = not kept - moved and (named or len(moved - kept) > len(marks - moved - kept))
    return Crossing(others[min(at, len(others) - 1)], place, clearly)


def _gives(clause: Clause, value: Value) -> bool:
    return not clause.held.isdisjoint(value.needs)


def _marks(own: Iterable[Clause], value: Value, alike: Callable[[Value, Value], bool]) -> frozenset[str]:
    """What stands beside a value in its clause: words, and values of other kinds."""
    return frozenset().union(
        *(
            clause.words.union(*(one.needs for one in clause.values if one is not value and not alike(value, one)))
            for clause in own
        )
    )


def _all(clauses: Iterable[Clause]) -> frozenset[str]:
    return frozenset().union(*(clause.held for clause in clauses))
