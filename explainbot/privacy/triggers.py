"""Which detectors a text is worth: each says what must stand in a text for it to find anything at all.

Looking for those characters and words once for all detectors costs less than asking each of them. A detector that says
nothing is always asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from explainbot.privacy.detection import Detection, Detector
from explainbot.privacy.normalise import Seen

_DIGIT = re.compile("[0-9]")
F = TypeVar("F", bound=Callable[[str], Iterable[Detection]])


class Trigger(NamedTuple):
    """A detector is asked when any of these holds.

    Attributes:
        characters: one of these stands in the text.
        words: one of these, in lower case, is a word of the text.
        digits: the text has a run of at least so many digits, with separators between them or not; 0 for never.
        long: a word of the text has at least so many letters and digits; 0 for never.
    """

    characters: str
    words: frozenset[str]
    digits: int
    long: int


def triggered_by(
    characters: str = "", *, words: Iterable[str] = (), digits: int = 0, long: int = 0
) -> Callable[[F], F]:
    """Marks a detector with its trigger.

    Args:
        characters: every find holds one of these.
        words: in lower case, letters and digits only; one of these stands in or near every find.
        digits: every find holds at least so many digits in a run; 6 or more, or 1 for any digit at all.
        long: every find holds so many letters and digits in one piece.
    """

    def mark(detector: F) -> F:
        setattr(detector, "trigger", Trigger(characters, frozenset(words), digits, long))  # noqa: B010
        return detector

    return mark


class Plan:
    """The detectors to ask, by what stands in a text."""

    def __init__(self, detectors: Sequence[tuple[str, Detector]]) -> None:
        self.detectors = tuple(detectors)
        self._always = 0
        self._characters: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._digits: dict[int, int] = {}
        self._long: dict[int, int] = {}
        for index, (_, detector) in enumerate(self.detectors):
            self._add(1 << index, getattr(detector, "trigger", None))
        self._vocabulary = frozenset(self._words)
        triggers = [getattr(detector, "trigger", None) for _, detector in self.detectors]
        self._vocabularies = frozenset([trigger.words for trigger in triggers if trigger])
        self._chosen: dict[int, tuple[tuple[str, Detector], ...]] = {}

    def _add(self, bit: int, trigger: Trigger | None) -> None:
        if trigger is None:
            self._always |= bit
            return
        for character in trigger.characters:
            self._characters[character] = self._characters.get(character, 0) | bit
        for word in trigger.words:
            self._words[word] = self._words.get(word, 0) | bit
        if trigger.digits:
            self._digits[trigger.digits] = self._digits.get(trigger.digits, 0) | bit
        if trigger.long:
            self._long[trigger.long] = self._long.get(trigger.long, 0) | bit

    def chosen(self, text: Seen) -> Sequence[tuple[str, Detector]]:
        """The (name, detector) pairs that may find something in `text`, in their own order."""
        chosen = self._always
        for character, members in self._characters.items():
            if character in text:
                chosen |= members
        words = text.words()
        hits = self._vocabulary.intersection(words)
        for word in hits:
            chosen |= self._words[word]
        text.tell(hits, self._vocabularies)
        if self._digits:
            chosen |= _reached(self._digits, _most_digits(text))
        if self._long and words:
            chosen |= _reached(self._long, text.longest())
        known = self._chosen.get(chosen)
        if known is None:
            known = tuple([pair for index, pair in enumerate(self.detectors) if chosen >> index & 1])
            self._chosen[chosen] = known
        return known


def _most_digits(text: Seen) -> int:
    """The most digits in a run; 1 when there are only single ones and short runs."""
    found = text.runs()
    if found:
        return max([len(run.digits) for run in found])
    return 1 if _DIGIT.search(text) else 0


def _reached(members: dict[int, int], size: int) -> int:
    chosen = 0
    for least, bits in members.items():
        if size >= least:
            chosen |= bits
    return chosen
