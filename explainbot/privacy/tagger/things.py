"""What reads as a name where it stands and is none: countries, the town of a journey, houses, shops and films."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explainbot.privacy.tagger.meaning import Run
from explainbot.privacy.tagger.tagging import ADDRESS, Tagger
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
_CALLED_AFTER = re.compile(r"[,.]? (?:called|named|by the name|known as) (?:of )?(?:the )?")
"""Words of naming right behind an address: "at 201 Harrison Street called Baycrest"."""

_LOCATED = re.compile(
    r",? (?:(?:which|that) )?(?:is |can be )?(?:located|situated|found|available|for rent|for sale) (?:at|on) \d"
)


PRODUCTS = frozenset(
    """
    alexa/siri/cortana/google assistant/chatgpt/bixby
    johnnie walker/earl grey/lady grey/cabernet sauvignon/pinot noir/garam masala
    dr pepper/dr. pepper/mr muscle/mr clean/mr kipling/dr martens/dr. martens/dr. oetker/dr oetker
    aunt jemima/tim hortons/olive garden/ray-ban/calvin klein/hugo boss/tommy hilfiger
    ralph lauren/giorgio armani/michael kors/kate spade/tory burch/jimmy choo/louis vuitton/christian dior/coco chanel
    estée lauder/harris tweed/jack wolfskin/helly hansen
    massimo dutti/max mara/harley davidson/harley-davidson/aston martin/land rover/rolls royce/alfa romeo/john deere
    herman miller/russell hobbs/le creuset/albert heijn/fisher price/wells fargo/morgan stanley
    """.replace("\n", "/")
    .replace("    ", "")
    .strip("/")
    .split("/")
)
"""What is sold under a name that is hardly anybody's: assistants, drinks, brands."""

_ARTICLE = re.compile(r"(?:the|my|a|an|our|your|de|die|der|das|la|le|el|il) ")


def is_place(tagger: Tagger, text: str, run: Run) -> bool:
    """Whether a span is rather a country, or the town that somebody travels to or from."""
    said = text[run.start : run.end].lower()
    if said in COUNTRIES:
        return True
    words = [word for word in said.split() if word not in PARTICLES]
    return all(map(tagger.is_place, words)) and bool(_TRAVELS.search(text, max(0, run.start - TRAVELLED), run.start))


def is_product(said: str) -> bool:
    """Whether a span, in lower case, begins with what is sold, whatever the model: "the ray-ban wayfarer"."""
    article = _ARTICLE.match(said)
    words = (said[article.end() :] if article else said).split(" ")
    return words[0] in PRODUCTS or " ".join(words[:2]) in PRODUCTS


def is_called(text: str, runs: Sequence[Run], index: int) -> bool:
    """Whether a span is what the house at the address right before it is called."""
    before = runs[index - 1] if index else None
    gap = text[before.end : runs[index].start] if before and before.label == ADDRESS else ""
    return 0 < len(gap) <= CALLED and _CALLED_AFTER.fullmatch(gap) is not None


def is_thing(tagger: Tagger, text: str, run: Run, words: Sequence[str]) -> bool:
    """Whether a span is rather a house, a shop or a film than somebody."""
    return (
        (len(words) > 1 and tagger.is_venue(words[-1]))
        or bool(_CALLED.search(text, max(0, run.start - CALLED), run.start))
        or bool(_LOCATED.match(text, run.end))
    )
