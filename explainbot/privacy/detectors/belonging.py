"""Where somebody lives, comes from or works, by the words before it.

"I live in", "originally from", "she works for": what follows says something about a person, whatever it is called. The
city a flight goes to, or the company a parcel comes from, is left: a bot has to be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import cues
from explainbot.privacy.detection import Detection
from explainbot.privacy.names import NO_NAMES
from explainbot.privacy.normalise import Seen, seen
from explainbot.privacy.triggers import triggered_by
from explainbot.privacy.words import PARTICLES

_HOME = frozenset("live lives lived living reside resides resided residing born raised grew".split())
_FROM = frozenset("originally moved relocated emigrated".split())
_WORK = frozenset("work works worked working employed".split())

_IN = re.compile(r"(?: (?:up|here|now|back|over|there|alone|and raised))? (?:in|near|outside)(?: the)? ", re.IGNORECASE)
_OUT_OF = re.compile(r"(?<=originally) from(?: the)? | (?:here|over|away|back) from(?: the)? ", re.IGNORECASE)
_AT = re.compile(r"(?: (?:as|part-time|full-time)[ \w-]{0,30}?)? (?:for|at|by)(?: the)? ", re.IGNORECASE)
_JOINT = re.compile(r"(?:, and |, | and | & )")
_WORD = re.compile(r"[^\W_](?:[^\W_]|['\u2019.-](?=[^\W_]))*")

_SOMEBODY = re.compile(
    r"\b(?:I|we|you|he|she|they|who|and|wife|husband|son|daughter|mother|father|brother|sister|partner|friend)"
    r"(?:['\u2019](?:m|ve|s|re|d))?(?: (?:also|still|currently|now|used to|have|has|had|am|is|are|was|were)){0,2} \Z",
    re.IGNORECASE,
)
_WITHIN = PARTICLES | {"am", "an", "on", "upon", "sur"}
BACK = 32
"""Characters before "works for" that must name somebody: what works for Android is an app."""


@triggered_by(words=_HOME | _FROM | _WORK)
def detect(text: str) -> Iterator[Detection]:
    """Places and employers in `text` that are somebody's."""
    text = seen(text)
    for _, end, word in cues(text, _HOME | _FROM):
        said = (_IN if word in _HOME else _OUT_OF).match(text, end)
        if said and (last := _run_end(text, said.end())):
            yield Detection(said.end(), last, "LOCATION", 0.8, "where somebody lives or comes from")
    for start, end, _ in cues(text, _WORK):
        said = _AT.match(text, end)
        if said and _SOMEBODY.search(text, max(0, start - BACK), start) and (last := _firm_end(text, said.end())):
            yield Detection(said.end(), last, "ORGANIZATION", 0.8, "where somebody works")


def _run_end(text: Seen, start: int, most: int = 5) -> int:
    """Where a run of words with capitals that begins at `start` ends, particles within it included; 0 for none."""
    at, last = start, 0
    for _ in range(most):
        word = _WORD.match(text, at)
        if not word:
            break
        if word[0][0].isupper() and (last or word[0].lower() not in NO_NAMES):
            last = word.end()
        elif not (word[0].isdecimal() or (last and word[0].lower() in _WITHIN)):
            break
        if text[word.end() : word.end() + 1] != " ":
            break
        at = word.end() + 1
    return last


def _firm_end(text: Seen, start: int) -> int:
    """The same for the name of a company, with what commas and "and" join to it."""
    last = _run_end(text, start)
    for _ in range(3):
        joint = _JOINT.match(text, last) if last else None
        more = _run_end(text, joint.end()) if joint else 0
        if not more:
            break
        last = more
    return last
