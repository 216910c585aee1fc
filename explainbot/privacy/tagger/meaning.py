"""Whether a place or an organisation that is named says something about somebody.

Where somebody lives or comes from is personal; the city a flight goes to is what the bot is asked about. So a place is
a `LOCATION` next to words such as "I live in", beside an address, or in a sentence with a name before it; any other is
a `PLACE`. An organisation is an `ORGANIZATION` where it is somebody's employer or stands in the head of a letter; any
other is a `COMPANY`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from explainbot.privacy.tagger.tagging import ADDRESS, ORGANISATION, PERSON, PLACE

REACH = 60
"""How far back a sentence is read for somebody's name, in characters."""

CUE = 48
"""How far back it is read for words such as "I live in", in characters."""

_HOME = """live|lives|lived|living|reside|resides|resided|residing|settled|born|raised|based
|grew|moved|move|moving|relocated|came|come|comes|emigrated|home|hometown|originally|native|resident|im|i'm|we're|he's|she's
|they're|i am|we are|he is|she is|they are|i was|we were|wohne|wohnen|wohnhaft|komme|kommen|lebe|leben|geboren|bin
|habite|habitons|vis|viens|suis|vivo|vive|soy|vengo|estoy|abito|sono|woon|wonen|kom|moro|moramos|sou|venho|mieszkam
|pochodzę|jestem|bor|kommer""".replace("\n", "")
_HERE = "here|there|back|over|up|now|out|just|all|originally"
_IN = "in|from|to|near|of|at|outside|around|aus|à|au|de|en|da|di|a|em|w|z|i|från|uit"
_LABEL = """city|town|place of birth|birthplace|born in|nationality|country|region|residence|wohnort|ville|ciudad|città
|cidade|hometown""".replace("\n", "")
_LIVES = re.compile(
    rf"(?:(?<![\w'])(?:{_HOME})(?: (?:{_HERE}))? (?:{_IN})(?: (?:the|der|die|den|la|le|les))?"
    rf"|(?<!\w)(?:{_LABEL}):)\s{{1,3}}\Z",
    re.IGNORECASE,
)
_WORK = """work|works|worked|working|employed|employee|employer|intern|interned|boss|colleague|colleagues|job|career
|manager|joined|arbeite|trabajo|trabalho|lavoro|travaille|werk|pracuję|jobbar""".replace("\n", "")
_AT = "for|at|by|with|of|bei|für|en|para|na|per|da|chez|pour|bij|voor|w|på"
_WORKS = re.compile(
    rf"(?<!\w)(?:(?:{_WORK})(?: as an? \w+| now)? (?:{_AT})"
    r"|(?:employer|company|firm|arbeitgeber|workplace|organi[sz]ation)(?: is|:|)"
    r"|my (?:school|university) is)(?: the)? \Z",
    re.IGNORECASE,
)
_OF = re.compile(r"(?<!\w)(?:from|of|at|for|with|by|joined|left|to) (?:the )?\Z")
_ENDS = re.compile(r"[.!?\x00]\s|\n")


class Run(NamedTuple):
    """A span of one label: its offsets, the label, and how likely it is."""

    start: int
    end: int
    label: int
    chance: float


def meaning(text: str, runs: Sequence[Run], index: int) -> tuple[str, str]:
    """The entity type of a span, and the reason."""
    run = runs[index]
    if run.label == PERSON:
        return "PERSON", "reads as a name where it stands"
    if run.label == ADDRESS:
        return "ADDRESS", "reads as an address where it stands"
    before = max(0, run.start - CUE), run.start
    named = _with_name(text, runs, index)
    if run.label == PLACE:
        if named or _LIVES.search(text, *before) or _beside(text, runs, index):
            return "LOCATION", "a place where somebody lives, comes from or is"
        return "PLACE", "a place"
    if (named and _OF.search(text, *before)) or _WORKS.search(text, *before) or _beside(text, runs, index):
        return "ORGANIZATION", "where somebody works, or the head of a letter"
    return "COMPANY", "a company"


def _beside(text: str, runs: Sequence[Run], index: int) -> bool:
    """Whether an address stands right before or after, or, across a line, a name or the head of a letter."""
    for other in (index - 1, index + 1):
        if 0 <= other < len(runs):
            first, second = sorted((runs[other], runs[index]))
            gap = text[first.end : second.start]
            near = len(gap) <= 12 and not gap.strip(" \t\n,>|?-\x00.")
            across = "\n" in gap and runs[other].label in (PERSON, ORGANISATION)
            if near and (runs[other].label == ADDRESS or across):
                return True
    return False


def _with_name(text: str, runs: Sequence[Run], index: int) -> bool:
    """Whether somebody is named in the same sentence, not far before."""
    start = runs[index].start
    for before in range(index - 1, -1, -1):
        other = runs[before]
        if start - other.end > REACH or _ENDS.search(text, other.end, start):
            return False
        if other.label == PERSON:
            return True
    return False
