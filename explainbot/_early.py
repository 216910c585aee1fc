"""The statements of a reply that is still being written, each as soon as its last word is there.

The text is cut once a sentence may have ended; all but the last sentence of what was cut are complete. Where none turns
out to have ended after some tries, the text must grow by a quarter before it is cut again, so that the time stays
linear in the reply. What begins as an object of JSON is told at its end: only the whole can be read as JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from explainbot.explain import Statement
from explainbot.explain.lexicons import LEXICONS, lexicon_for
from explainbot.explain.sentences import sentences

__all__ = ["EarlyStatements"]

ENDS = frozenset(".!?…。！？؟۔।\n")
"""Characters with which a sentence may end."""

_OBJECT = re.compile(r"\s*+\{")

TRIES = 8
"""How often a text is cut in vain as it goes on."""

GROWTH = 1.25
"""How many times longer it must be after that before it is cut again."""


class EarlyStatements:
    """Takes a reply's text as it comes and tells of its statements.

    Args:
        judge: the statements of a text; their offsets count from its start.
        tell: is given each statement, with offsets in the reply.

    Telling fails open, as explaining does: at the first error it stops, and `failed` says what went wrong.
    """

    def __init__(self, judge: Callable[[str], Iterable[Statement]], tell: Callable[[Statement], object]) -> None:
        self._judge = judge
        self._tell = tell
        self.failed = ""
        self._pending = ""
        self._start = 0
        self._ended = False
        self._tries = 0
        self._again_at = 0.0

    def heard(self, text: str) -> None:
        """The reply went on."""
        if self.failed:
            return
        self._pending += text
        self._ended = self._ended or not ENDS.isdisjoint(text)
        if not self._start and _OBJECT.match(self._pending):
            return
        if not self._ended or len(self._pending) < self._again_at:
            return
        cut = sentences(self._pending, lexicon_for(self._pending) or LEXICONS.load("en"))
        if len(cut) > 1:
            self._give(cut[-1].start)
            self._ended = not ENDS.isdisjoint(self._pending)
            self._tries, self._again_at = 0, 0.0
        else:
            self._tries += 1
            self._again_at = GROWTH * len(self._pending) if self._tries >= TRIES else 0.0

    def close(self) -> None:
        """The reply is at its end: what is left is complete."""
        if not self.failed:
            self._give(len(self._pending))

    def _give(self, end: int) -> None:
        piece, self._pending = self._pending[:end], self._pending[end:]
        start, self._start = self._start, self._start + end
        try:
            for one in self._judge(piece):
                self._tell(_moved(one, start))
        except Exception as error:  # noqa: BLE001 - the one guard: a reply is never lost over who listens to it
            self.failed = f"statements not told early: {type(error).__name__}"


def _moved(one: Statement, by: int) -> Statement:
    values = tuple(value.model_copy(update={"start": value.start + by, "end": value.end + by}) for value in one.values)
    return one.model_copy(update={"start": one.start + by, "end": one.end + by, "values": values})
