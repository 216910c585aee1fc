"""Whether a passage gives a value, but of something else: "$5" is its fee for standard, and the reply says express.

Statement and passages are cut into clauses, at commas, full stops and words such as "and". What stands in one clause
with a value says what the value is of; a clause without any says nothing. A value is crossed where more of the words
beside it stand, in the passages, beside others of its kind than beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from explainbot.explain.index import Unit
from explainbot.explain.lexicons import Lexicon
from explainbot.explain.reading import Value
from explainbot.explain.tokens import CHARACTER, WORD, tokens

__all__ = ["Clause", "Crossing", "clauses", "crossing"]

_CUT = re.compile(r"[,;，；、،؛|\n]|[.。।]\s|[^\W\d_]+")


class Clause(NamedTuple):
    """A clause: the stems of its content words, and its values."""

    words: frozenset[str]
    values: tuple[Value, ...]


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


def clauses(text: str, unit: Unit, lexicon: Lexicon) -> tuple[Clause, ...]:
    """The clauses of a unit of `text` that hold a value, in order.

    Values in a row, without a word to each of them, stand in one: "flights A1, B2 and C3".
    """
    found: list[Clause] = []
    for start, end in _spans(text, unit, lexicon):
        if own := tuple(value for value in unit.values if start <= value.start < end):
            clause = Clause(_words(text[start:end], start, own, lexicon), own)
            if found and (_bare(clause) or _bare(found[-1])):
                found[-1] = Clause(found[-1].words | clause.words, found[-1].values + clause.values)
            else:
                found.append(clause)
    return tuple(found)


def _bare(clause: Clause) -> bool:
    """Whether nothing says what the values of a clause are of."""
    return not clause.words and len({value.kind for value in clause.values}) == 1


def _spans(text: str, unit: Unit, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    at = unit.start
    for cut in _CUT.finditer(text, unit.start, unit.end):
        word = cut[0]
        if word[0].isalpha() and word.casefold() not in lexicon.listing | lexicon.contrasts:
            continue
        if not any(value.start <= cut.start() < value.end for value in unit.values):
            yield at, cut.start()
            at = cut.end()
    yield at, unit.end


def _words(text: str, at: int, values: Iterable[Value], lexicon: Lexicon) -> frozenset[str]:
    """Stems of the words of a clause that belong to none of its values."""
    taken = [(value.start - at, value.end - at) for value in values]
    return frozenset(
        stem
        for kind, word, start, _ in tokens(text)
        if kind in (WORD, CHARACTER) and not any(first <= start < last for first, last in taken)
        for stem in lexicon.terms(word)[1]
    )


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
    place, clause = max(there, key=lambda one: len((moved - kept) & _held(one[1])))
    if not both and all(place != other for other, _ in here):
        return None  # two passages with nothing in common speak of two matters
    others = [one for one in clause.values if alike(value, one)]
    at = [one for clause in own for one in clause.values if one.kind == value.kind].index(value)
    named = any(":" in mark for mark in moved - kept)  # by a number, a day or another value
    clearly = not kept - moved and (named or len(moved - kept) > len(marks - moved - kept))
    return Crossing(others[min(at, len(others) - 1)], place, clearly)


def _gives(clause: Clause, value: Value) -> bool:
    return any(not set(value.needs).isdisjoint(one.gives) for one in clause.values)


def _marks(own: Iterable[Clause], value: Value, alike: Callable[[Value, Value], bool]) -> frozenset[str]:
    """What stands beside a value in its clause: words, and values of other kinds."""
    return frozenset().union(
        *(
            clause.words.union(*(one.needs for one in clause.values if one is not value and not alike(value, one)))
            for clause in own
        )
    )


def _held(clause: Clause) -> frozenset[str]:
    return clause.words.union(*(value.gives for value in clause.values))


def _all(clauses: Iterable[Clause]) -> frozenset[str]:
    return frozenset().union(*(_held(clause) for clause in clauses))
