"""What detectors that take milliseconds have in common: a time budget, a memory, and one model for all threads.

A text is read piece by piece, and the clock is looked at between two pieces, so that a detector is late by one piece at
most and nothing has to be interrupted. What was found in a text, or that its time was up, is remembered for that text:
asked again, the detector says the same, and what was sent once is sent again as the same bytes.
"""

from __future__ import annotations

import os
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from math import inf
from threading import Lock, RLock
from time import monotonic
from typing import Any, ClassVar, Literal, NamedTuple, TypeVar

from explainbot._lazy import lazy
from explainbot.errors import ConfigError
from explainbot.privacy import Detection
from explainbot.privacy.jsontext import END
from explainbot.privacy.remembered import CHARACTERS, Remembered, fingerprint
from explainbot.privacy.unread import unread_by

__all__ = ["Late", "OverBudget", "Slow", "Timer", "loaded", "pieces"]

M = TypeVar("M")

Late = Literal["refuse", "note"]
"""What happens to a text that is not read in time: it is not sent, or it is sent and the trace says so."""

_SPACE = re.compile(r"\s")

_MARKS = str.maketrans("", "", ".,!?'")
"""What may stand beside the letters of a word that a person wrote."""


class OverBudget(Exception):
    """A text was not read in time. Where texts are redacted it becomes `DetectorFailed`, and nothing is sent."""


class Timer:
    """Tells whether there is time left, and remembers that there was none.

    Args:
        seconds: from now.
    """

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds
        self.late = False

    def left(self) -> float:
        """Seconds left; 0 when the time is up, which then counts as late."""
        left = self._end - monotonic()
        self.late = self.late or left <= 0
        return max(0.0, left)

    def __call__(self) -> bool:
        """Whether there is time for another piece."""
        return self.left() > 0


class _Read(NamedTuple):
    """What came of reading a text once."""

    found: tuple[Detection, ...]
    late: bool


@dataclass(frozen=True)
class Slow(ABC):
    """A detector with a model of its own. A frozen value; what it works with is shared by all that are equal.

    Args:
        budget: seconds that one text may take, loading the model not counted.
        late: what happens when that is not enough. "refuse" sends nothing (`PrivacyError`); "note" sends the text as
            the other detectors and the part that was read leave it, and the trace says so.

    Raises:
        ConfigError: its packages are missing, or an option is wrong.
    """

    budget: float = 1.0
    late: Late = "refuse"

    slow: ClassVar[bool] = True
    """Asynchronous clients redact in a worker thread when a detector says so."""

    graded: ClassVar[bool] = True
    """Its finds give way to what a rule is certain of, and `Settings.thresholds` hold for them."""

    name: ClassVar[str]
    """The extra that brings its packages, and what it is called in settings."""

    packages: ClassVar[tuple[str, ...]]
    """What it imports when it is first used."""

    def __post_init__(self) -> None:
        if not 0 < self.budget < inf:
            raise ConfigError(f"the budget of the detector {self.name!r} is a number of seconds above 0")
        if self.late not in ("refuse", "note"):
            raise ConfigError(f"what the detector {self.name!r} does when it is late is 'refuse' or 'note'")
        for package in self.packages:
            if find_spec(package) is None:
                raise ConfigError(
                    f"the detector {self.name!r} needs packages that are not installed ({package}): "
                    f"pip install 'explainbot[{self.name}]'"
                )

    @abstractmethod
    def read(self, text: str, in_time: Timer) -> Iterator[Detection]:
        """What the model finds in `text`. Asks `in_time()` between two pieces and stops where it says no."""

    @abstractmethod
    def load(self) -> Any:
        """The model, loaded once in each process: call it to have it loaded before the first text comes."""

    @lazy
    def _remembered(self) -> Remembered[_Read]:
        return Remembered()

    def __call__(self, text: str) -> tuple[Detection, ...]:
        """Personal data in `text`; nothing in what is no language but an identifier, such as `call_4fK2` or `gpt-5`.

        Raises:
            OverBudget: there was too little time, and `late` is "refuse".
        """
        if text.isascii() and not _SPACE.search(text) and not text.translate(_MARKS).isalpha():
            return ()
        key = fingerprint(text)
        read = self._remembered.get(key)
        if read is None:
            read = self._read(text)
            self._remembered.put(key, min(len(text), CHARACTERS), read)
        if read.late:
            unread_by(self.name)
        return read.found

    def _read(self, text: str) -> _Read:
        self.load()
        timer = Timer(self.budget)
        found = tuple(_parted(text, self.read(text.replace(END, "\n"), timer)))
        if timer.late and self.late == "refuse":
            raise OverBudget
        return _Read(found, timer.late)


def _parted(text: str, found: Iterable[Detection]) -> Iterator[Detection]:
    """The finds, parted where a value of a JSON text ends: one value is not the rest of another's name."""
    for item in found:
        start = item.start
        for part in text[item.start : item.end].split(END):
            if part.strip() and not _is_member(text, start, part):
                yield item._replace(start=start, end=start + len(part))
            start += len(part) + 1


def _is_member(text: str, start: int, part: str) -> bool:
    """Whether `part` is the name of a member of a JSON text, such as `sku`, and no name of a person or a town."""
    first = start == 0 or text[start - 1] == END
    return first and END in text and part.islower() and text.startswith(": ", start + len(part))


def pieces(text: str, size: int, in_time: Timer) -> Iterator[tuple[int, str]]:
    """A text in pieces of at most `size` characters, cut at white space where there is some, each with its offset.

    Neighbours share an eighth to a quarter of `size`, so that a name at the edge of one stands whole in the other, and
    each begins at least half of `size` after the one before. Ends early when the time is up.
    """
    start, overlap = 0, size // 8
    while True:
        end = _cut(text, start + size, size // 4)
        yield start, text[start:end]
        if end >= len(text) or not in_time():
            return
        start = _cut(text, end - overlap, overlap)


def _cut(text: str, at: int, least: int) -> int:
    """The last offset after white space that lies at most `least` characters before `at`; `at` itself for none."""
    if at >= len(text):
        return len(text)
    return next((place for place in range(at, at - least, -1) if text[place - 1].isspace()), at)


_models: dict[Hashable, Any] = {}
_loading = RLock()


def loaded(key: Hashable, make: Callable[[], M]) -> M:
    """What `make` makes, made once in each process and shared by all threads."""
    model = _models.get(key)
    if model is None:
        with _loading:
            model = _models.get(key)
            if model is None:
                model = _models[key] = make()
    made: M = model
    return made


def _anew() -> None:
    """After a fork: a model may have been at work in another thread, whose locks nobody will release here."""
    global _loading  # noqa: PLW0603 - the one lock of this module
    _loading = RLock()
    _models.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_anew)


class Taken:
    """A model that only one thread may use at a time."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._lock = Lock()

    def run(self, piece: str, in_time: Timer) -> Any:
        """What the model makes of a piece, or None where its turn did not come in time."""
        if not self._lock.acquire(timeout=in_time.left()):
            in_time()
            return None
        try:
            return self._model(piece)
        finally:
            self._lock.release()
