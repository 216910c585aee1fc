"""Which detectors a text is worth: each says what must stand in a text for it to find anything at all.

Looking for those pieces and words once for all detectors costs less than asking each of them: two passes over the bytes
of the text (its shape and its words) and a few searches in them. A detector that says nothing is always asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from explainbot.privacy.detection import Detection, Detector
from explainbot.privacy.normalise import Seen
from explainbot.privacy.words import EAST

F = TypeVar("F", bound=Callable[[str], Iterable[Detection]])


class Trigger(NamedTuple):
    """A detector is asked when any of these holds.

    Attributes:
        words: one of these, in lower case, is a word of the text.
        shapes: pieces of the text's shape (see `Seen.shape`), such as `@` or `0.0`, and how often each must occur.
        digits: the text has a run of so many digits, with separators between them or not.
        long: so many letters and digits stand in a row; 0 for never.
        runs: the text has a run of digits of one of these shapes, such as `00-00`.
        labels: words in the name of a field that say something of a find, and are in no other way a reason to ask.
        least: and so many digits are in the text in all.
    """

    words: frozenset[str] = frozenset()
    shapes: Mapping[str, int] = MappingProxyType({})
    digits: frozenset[int] = frozenset()
    long: int = 0
    runs: frozenset[bytes] = frozenset()
    labels: frozenset[str] = frozenset()
    least: int = 0


MANY = 64
"""So many digits in a run, or more."""


def triggered_by(
    *shapes: str,
    words: Iterable[str] = (),
    many: Mapping[str, int] = MappingProxyType({}),
    digits: Iterable[int] = (),
    long: int = 0,
    runs: Iterable[bytes] = (),
    labels: Iterable[str] = (),
    least: int = 0,
) -> Callable[[F], F]:
    """Marks a detector with its trigger.

    Args:
        shapes: pieces of shape, one of which is in every find: `0` is any digit, `a` any letter, marks are themselves.
        words: in lower case, letters and digits only; one of these stands in or near every find.
        many: pieces of shape that count when they occur so many times, without overlaps.
        digits: every find holds a run of so many digits, such as `range(12, MANY + 1)`; runs begin with 6.
        long: every find holds so many letters and digits in one piece.
        runs: every find holds a run of digits of such a shape.
        labels: words in the name of a field that make a find of what stands behind it, besides `words`.
        least: every find holds so many digits.
    """

    def mark(detector: F) -> F:
        pieces = dict.fromkeys(shapes, 1) | dict(many)
        trigger = Trigger(frozenset(words), pieces, frozenset(digits), long, frozenset(runs), frozenset(labels), least)
        setattr(detector, "trigger", trigger)  # noqa: B010
        return detector

    return mark


_FREQUENT = " a.0-:"
"""The characters of shapes that are in most texts, the most frequent first."""


def marked_like(detector: Detector, made: Callable[[str], Iterable[Detection]]) -> Detector:
    """A detector made of another, with what that one says of itself."""
    for mark in ("trigger", "graded"):
        setattr(made, mark, getattr(detector, mark, None))
    return made


class Plan:
    """The detectors to ask, by what stands in a text.

    Attributes:
        labels: the words by which the name of a field tells what its value is, each with the bits of those to ask.
    """

    def __init__(self, detectors: Sequence[tuple[str, Detector]]) -> None:
        self.detectors = tuple(detectors)
        self.graded = frozenset([name for name, detector in detectors if getattr(detector, "graded", False)])
        triggers: list[Trigger | None] = [getattr(detector, "trigger", None) for _, detector in self.detectors]
        members = [(1 << index, trigger) for index, trigger in enumerate(triggers) if trigger]
        self._always = sum(1 << index for index, trigger in enumerate(triggers) if trigger is None)
        self._words = _bits((word, bit) for bit, trigger in members for word in trigger.words)
        self._vocabulary = frozenset(self._words)
        self.labels = _bits((word, bit) for bit, trigger in members for word in trigger.words | trigger.labels)
        self._places = {name: 1 << index for index, (name, _) in enumerate(detectors)}
        self._vocabularies = frozenset(trigger.words for _, trigger in members)
        self._eastern = tuple([word for word in self._words if word > EAST])
        shapes = _bits((item, bit) for bit, trigger in members for item in trigger.shapes.items())
        self._gates = tuple(_gated(shapes).items())
        marks = {ord(char) for piece, _ in shapes for char in piece if char != "a"} | {ord(" "), ord("\n")}
        self._no_marks = bytes(code for code in range(256) if code not in marks)
        digits = _bits((count, bit) for bit, trigger in members for count in trigger.digits)
        self._digits = [digits.get(count, 0) for count in range(MANY + 1)]
        self._runs = _bits((run, bit) for bit, trigger in members for run in trigger.runs)
        long = sorted(_bits((trigger.long, bit) for bit, trigger in members if trigger.long).items())
        self._long = [(b"a" * least, bits) for least, bits in long]
        counts = _bits((trigger.least, bit) for bit, trigger in members if trigger.least)
        self._least = tuple(counts.items())
        self._most = max(counts, default=0)
        self._chosen: dict[int, tuple[tuple[str, Detector], ...]] = {}

    def chosen(self, text: Seen) -> Sequence[tuple[str, Detector]]:
        """The (name, detector) pairs that may find something in `text`, in their own order."""
        found = self._vocabulary.intersection(text.words())
        if not text.isascii() and text.is_eastern():  # no spaces show where a word begins
            found |= {word for word in self._eastern if word in text}
        text.tell(found, self._vocabularies)
        bits = reduce(or_, map(self._words.__getitem__, found), self._always)
        shape = text.shape()
        bits |= self._shaped(shape)
        for start, end, digits in text.runs():
            bits |= self._digits[digits if digits < MANY else MANY] | self._runs.get(shape[start:end], 0)
        zeros = shape.count(b"0")
        if zeros < self._most:
            for least, members in self._least:
                if zeros < least:
                    bits &= ~members
        chosen = self._chosen.get(bits)
        if chosen is None:
            chosen = tuple([pair for index, pair in enumerate(self.detectors) if bits >> index & 1])
            self._chosen[bits] = chosen
        return chosen

    def rules_for(self, text: Seen, told: Collection[str]) -> Sequence[tuple[str, Detector]]:
        """Those of `chosen` that are rules, and that one of the words `told` by labels calls for, if there are any."""
        bits = 0
        for word in told:
            bits |= self.labels.get(word, 0)
        rules = [pair for pair in self.chosen(text) if pair[0] not in self.graded]
        return [pair for pair in rules if bits & self._places[pair[0]]] if told else rules

    def _shaped(self, shape: bytes) -> int:
        """The detectors that a piece of the shape calls for."""
        both = (shape.translate(None, self._no_marks), shape)  # without its letters it is short to search
        held = [
            members
            for gate, items in self._gates
            if gate in both[0]
            for piece, least, where, members in items
            if (piece in both[where] if least == 1 else both[where].count(piece) >= least)
        ]
        return reduce(or_, held, self._in_rows(shape))

    def _in_rows(self, shape: bytes) -> int:
        """The detectors that a long row of letters and digits calls for."""
        bits = 0
        solid = shape.replace(b"0", b"a")
        for row, members in self._long:
            if row not in solid:
                break
            bits |= members
        return bits


K = TypeVar("K")


def _bits(pairs: Iterable[tuple[K, int]]) -> dict[K, int]:
    """Each key with the bits of all who have it."""
    table: dict[K, int] = {}
    for key, bit in pairs:
        table[key] = table.get(key, 0) | bit
    return table


def _gated(shapes: Mapping[tuple[str, int], int]) -> dict[int, list[tuple[bytes, int, bool, int]]]:
    """Pieces of shape (piece, how often, with letters in it, bits) by their rarest byte, which is looked for first."""
    gates: dict[int, list[tuple[bytes, int, bool, int]]] = {}
    for (piece, least), bits in shapes.items():
        gate = min(piece, key=lambda char: (char in _FREQUENT, -_FREQUENT.find(char)))
        gates.setdefault(ord(gate), []).append((piece.encode("latin-1"), least, "a" in piece, bits))
    return gates
