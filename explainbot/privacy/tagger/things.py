"""What reads as a name where it stands and is none: countries, the town of a journey, houses, shops and films."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explainbot.privacy.tagger.meaning import Run
from explainbot.privacy.tagger.tagging import Tagger
from explainbot.privacy.words import PARTICLES

COUNTRIES = frozenset(
    """
    australia austria belgium brazil bulgaria canada croatia denmark england estonia finland germany greece hungary
    iceland ireland italy japan latvia lithuania luxembourg malta mexico netherlands norway poland portugal romania
    scotland slovakia slovenia spain sweden switzerland turkey ukraine wales deutschland österreich schweiz
    frankreich italien spanien polen niederlande
    """.split()
)
"""Countries in lower case that are hardly anybody's name; India, Jordan and the like are."""

TRAVELLED = 60
"""How far back a sentence is read for words of travel, in characters."""

_TRAVELS = re.compile(
    r"\b(?:flights?|fly|flying|trains?|bus|trip|travel\w*|ticket|vuelos?|billetes?|vols?|billets?|voli|volo|biglietto"
    r"|treno|flug|flüge|zug|fahrkarte|vlucht|trein|voos?|passagem|lot|bilet)\b[^.!?\n\x00]*"
    r" (?:to|from|via|in|a|de|da|di|per|para|pour|à|nach|von|naar|van|do|z) \Z",
    re.IGNORECASE,
)
"""Words of travel and of direction, in eight languages, ahead of a town."""

CALLED = 40
"""How far back words such as "a house called" are looked for, in characters."""

_CALLED = re.compile(
    r"\b(?:place|property|house|home|apartments?|flat|residence|building|complex|hotel|restaurant|bar|cafe|store|shop"
    r"|salon|venue|event|song|movie|film|album|show|series|game|book|app|plan|product|model|brand|course|station|park)"
    r" (?:is |was |that is |which is )?(?:called|named|titled) (?:the )?\Z",
    re.IGNORECASE,
)
_LOCATED = re.compile(r",? (?:(?:which|that) )?(?:is )?(?:located|situated) (?:at|on) \d")


def is_place(tagger: Tagger, text: str, run: Run) -> bool:
    """Whether a span is rather a country, or the town that somebody travels to or from."""
    said = text[run.start : run.end].lower()
    if said in COUNTRIES:
        return True
    words = [word for word in said.split() if word not in PARTICLES]
    return all(map(tagger.is_place, words)) and bool(_TRAVELS.search(text, max(0, run.start - TRAVELLED), run.start))


def is_thing(tagger: Tagger, text: str, run: Run, words: Sequence[str]) -> bool:
    """Whether a span is rather a house, a shop or a film than somebody."""
    return (
        (len(words) > 1 and tagger.is_venue(words[-1]))
        or bool(_CALLED.search(text, max(0, run.start - CALLED), run.start))
        or bool(_LOCATED.match(text, run.end))
    )
