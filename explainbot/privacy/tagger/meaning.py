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
from explainbot.privacy.tagger.thing_words import SHOWN

REACH = 60
"""How far back a sentence is read for somebody's name, in characters."""

CUE = 48
"""How far back it is read for words such as "I live in", in characters."""

MOST_JOINED = 3
"""Places at most that one "I live in" is taken to speak of."""

_HOME = """live|lives|lived|living|reside|resides|resided|residing|settled|born|raised|based|grew|moved|move|moving
|relocated|came|come|comes|emigrated|home|hometown|originally|native|resident|im|i'm|we're|he's|she's|they're
|i am|we are|he is|she is|they are|i was|we were|commute|commutes|hail|hails|immigrated|fled|retired|student
|citizen|greetings|family of|family of four|family of five|family of three|couple|hometown of|born and raised
|wohne|wohnen|j'habite|wohnhaft|komme|kommen|lebe|leben|geboren|bin|habite|habitons|vis|viens|suis|vivo|vive|soy|vengo
|estoy|abito|sono|woon|wonen|kom|moro|moramos|sou|venho|mieszkam|pochodzę|jestem|bor|kommer|wohnt|lebt|kommt
|aufgewachsen|né|née|habitant|originaire|domicilié|nacido|nacida|residente|criado|nato|nata|cresciuto|opgegroeid
|woont|nascido|nascida|urodzony|urodzona|mieszka|mieszkamy|född|uppvuxen""".replace("\n", "")
_HERE = "here|there|back|over|up|now|out|just|all|originally"
_IN = "in|from|to|near|of|at|outside|around|aus|à|au|de|en|da|di|a|em|w|z|i|från|uit"
_LABEL = """city|town|place of birth|birthplace|born in|nationality|country|region|residence|wohnort|ville|ciudad|città
|cidade|hometown""".replace("\n", "")
_OURS = r"(?:my|our|his|her|their) (?:\w+ )?"
_HOUSEHOLD = """house|flat|home|apartment|place|family|parents|farm|kids|children|wife|husband|son|daughter|mother
|father|mum|mom|dad""".replace("\n", "")
_LIVES = re.compile(
    rf"(?:(?<![\w'])(?:{_HOME})(?: (?:{_HERE}))? (?:{_IN})(?: (?:the|der|die|den|la|le|les))?"
    rf"|(?<!\w){_OURS}(?:{_HOUSEHOLD}) (?:is|are|lives|live|stays|stay) (?:{_IN})"
    rf"|(?<!\w)(?:{_OURS}(?:hometown|home town|home city|birthplace|native city|home country)(?: is| of|)|{_LABEL}:))"
    r"\s{1,3}\Z",
    re.IGNORECASE,
)
_ON = frozenset([" to ", " and ", ", ", " or "])
"""What stands between two places of one journey through life: "moved from Lyon to Nice", "born in Nice, France"."""

_WORK = """work|works|worked|working|employed|employee|employer|intern|interned|boss|colleague|colleagues|job|career
|manager|joined|arbeite|trabajo|trabalho|lavoro|travaille|werk|pracuję|jobbar""".replace("\n", "")
_AT = "for|at|by|with|of|bei|für|en|para|na|per|da|chez|pour|bij|voor|w|på"
_WORKS = re.compile(
    rf"(?<!\w)(?:(?:{_WORK})(?: as an? \w+| now)? (?:{_AT})"
    r"|(?:employer|company|firm|arbeitgeber|workplace|organi[sz]ation)(?: is|:|)"
    r"|my (?:school|university) is"
    r"|(?:i|we|he|she|they) (?:own|owns|run|runs|ran|founded|manage|manages|started|represent|represents)"
    r"|(?:have|has|i've|we've|he's|she's) been with"
    r"|(?:i am|i'm|im|he is|she is|he's|she's|as) (?:an?|the) (?!customer|client|fan|user|member|subscriber|guest)"
    r"(?:[\w&-]+ ){1,4}(?:at|of|for|with|in))(?: the)? \Z"
    r"|(?<![^\W_])(?:employer|company|company_?name|workplace|organi[sz]ation|school)[\"']? ?[:=] ?[\"']?\Z",
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
        if named or _is_home(text, runs, index) or _beside(text, runs, index):
            return "LOCATION", "a place where somebody lives, comes from or is"
        return "PLACE", "a place"
    works = named and _OF.search(text, *before) and not SHOWN & set(text[run.start : run.end].lower().split())
    if works or _WORKS.search(text, *before) or _beside(text, runs, index):
        return "ORGANIZATION", "where somebody works, or the head of a letter"
    return "COMPANY", "a company"


def _is_home(text: str, runs: Sequence[Run], index: int) -> bool:
    """Whether words such as "I live in" stand before a place, or before the one that it goes on from."""
    for at in range(index, max(-1, index - MOST_JOINED), -1):
        start = runs[at].start
        if _LIVES.search(text, max(0, start - CUE), start):
            return True
        if not at or runs[at - 1].label != PLACE or text[runs[at - 1].end : start] not in _ON:
            return False
    return False


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
