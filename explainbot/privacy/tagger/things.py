"""What reads as a name where it stands and is none: countries, the town of a journey, houses, shops and films."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explainbot.privacy.tagger.meaning import Run
from explainbot.privacy.tagger.tagging import ADDRESS, Tagger
from explainbot.privacy.tagger.thing_words import (
    ASSISTANTS,
    BUILT,
    BUILT_TOO,
    CITIES,
    FIRMS,
    OF_TOWNS,
    PRODUCTS,
    SOLD,
    SURNAMES,
)
from explainbot.privacy.words import PARTICLES

COUNTRIES = frozenset(
    """
    australia austria belgium brazil bulgaria canada china croatia denmark england estonia finland france germany
    greece hungary iceland ireland italy japan latvia lithuania luxembourg malta mexico netherlands norway poland
    portugal romania scotland slovakia slovenia spain sweden switzerland turkey ukraine wales deutschland österreich
    schweiz frankreich italien spanien polen niederlande
    """.split()
)
"""Countries in lower case that are hardly anybody's name; India, Jordan and the like are."""

TRAVELLED = 60
"""How far back a sentence is read for words of travel, in characters."""

_TRAVELS = re.compile(
    r"\b(?:flights?|fly|flying|trains?|bus|trip|travel\w*|ticket|vuelos?|billetes?|vols?|billets?|voli|volo|biglietto"
    r"|treno|flug|flüge|zug|fahrkarte|vlucht|trein|voos?|passagem|lot|bilet|moved?|moving|relocat\w*)\b[^.!?\n\x00]*"
    r" (?:to|from|via|in|a|de|da|di|per|para|pour|à|nach|von|naar|van|do|z) \Z",
    re.IGNORECASE,
)
"""Words of travel and of direction, in eight languages, ahead of a town."""

_IN = re.compile(
    r"(?<!\w)(?:(?:in|near|around|to be in|im|à|en|em|w) "
    r"|(?:city|town|ort|stadt|ville|ciudad|città|cidade|plaats|miasto|stad|şehir): ?)\Z",
    re.IGNORECASE,
)
"""What stands before a town and never before somebody."""

_CAPITAL_BEHIND = re.compile(r"(?: [A-Z][A-Za-z]+)? ([A-Z][A-Za-z]+)\b(?! [A-Z])")
_HOUSE = re.compile(r"\d+[^\W\d_]?\b")
_WORD_BEHIND = re.compile(r" ([^\W\d_]+)")

AROUND = 200
"""How far round a word the same one is looked for behind "at", in characters."""

CALLED = 40
"""How far back words such as "a house called" are looked for, in characters."""

_CALLED = re.compile(
    r"\b(?:place|property|house|home|apartments?|flat|residence|building|complex|hotel|restaurant|bar|cafe|store|shop"
    r"|salon|venue|event|song|movie|film|album|show|series|game|book|app|plan|product|model|brand|course|station|park)"
    r" (?:is |was |that is |which is )?(?:called|named|titled) (?:the )?\Z",
    re.IGNORECASE,
)
_TABLE = re.compile(
    r"\b(?:(?:tables?|reservations?|reserved)(?: (?:for|of) (?:\d+|two|three|four|five|six|me|us))?(?: people)?"
    r"(?: at \d[\d:]* ?[ap]m)? at(?: the)?|watch|watching|watched|stream|streaming"
    r"|(?:movies?|films?|shows?) (?:like|such as)"
    r"|for (?:\d+|one|two|three|four|five|six) (?:people|persons?|guests?) at(?: the)?"
    r"|(?:the|a|that|this) (?:album|song|movie|film|track|novel|musical)|rooms? at(?: the)?"
    r"|(?:forecast|weather|temperature)(?: is| will be| like)? (?:for|in|at)) \Z",
    re.IGNORECASE,
)
"""Words of eating out, of watching and of the weather: "a table for 2 at Alice's", "I want to watch Gloria Bell"."""

_CALLED_AFTER = re.compile(r"[,.]? (?:called|named|by the name|known as) (?:of )?(?:the )?")
"""Words of naming right behind an address: "at 201 Harrison Street called Baycrest"."""

_SORT = (
    r"(?:restaurants?|hotels?|movies?|films?|songs?|venues?|places?|bars?|cafes?|attractions?|albums?|museums?|parks?"
    r"|brands?|products?|shops?|stores?|apartments?|property|properties|houses?|homes?|condos?|dish|cocktails?|cities|city"
    r"|towns?)(?= in | at | near | that | which | with |\s*[.,!?]|\Z)"
)
_IS_ONE = re.compile(
    rf"(?:['\u2019]s)? (?:is|was|would be) (?:also )?(?:an?|another|one of the) (?:[a-z-]+ ){{0,3}}{_SORT}"
    rf"|[.?!] (?:It|This|That)(?: is|['\u2019]s) (?:an?|another|one of the) (?:[a-z-]+ ){{0,3}}{_SORT}"
    r"|,? (?:(?:which|that|it|and) )?(?:(?:costs|rents for|is priced at|going for|is going for|sells for) [$£€]?\d)"
    rf"|, (?:an?|another) (?:[a-z-]+ ){{0,2}}{_SORT}"
    r"| (?:restaurant|hotel|station|airport|statue|choir|cuisine|kind of food)(?= in | at | near | on |\s*[.,!?]|\Z)"
    r"| line (?:is|was|has) | vs\.? |['\u2019]s [a-z]+ (?:cuisine|restaurant|kitchen|food|bakery|salon)\b"
)
"""What follows the name of a thing: "Golden Wok is another nice restaurant", "Larkspur station", "Reds vs Blues"."""

_LOCATED = re.compile(
    r",? (?:(?:which|that) )?(?:is |can be )?(?:located|situated|found|available|for rent|for sale) (?:at|on) \d"
)

_ARTICLE = re.compile(r"(?:the|my|a|an|our|your|de|die|der|das|la|le|el|il) ")


def is_place(tagger: Tagger, text: str, run: Run) -> bool:
    """Whether a span is rather a country, a town, or the one that somebody travels to or from."""
    said = text[run.start : run.end].lower()
    if said in COUNTRIES:
        return True
    words = [word for word in said.split() if word not in PARTICLES]
    if len(words) == 2 and words[0].rstrip(".") in OF_TOWNS:
        return True
    return all(tagger.is_place(word) or word in OF_TOWNS or word in CITIES for word in words) and bool(
        _IN.search(text, max(0, run.start - 10), run.start)
        or _TRAVELS.search(text, max(0, run.start - TRAVELLED), run.start)
    )


def is_product(said: str) -> bool:
    """Whether a span, in lower case, is an assistant, or begins with what is sold: "the ray-ban wayfarer"."""
    article = _ARTICLE.match(said)
    words = (said[article.end() :] if article else said).split(" ")
    return " ".join(words) in ASSISTANTS or words[0] in PRODUCTS or " ".join(words[:2]) in PRODUCTS


def is_called(text: str, runs: Sequence[Run], index: int) -> bool:
    """Whether a span is what the house at the address right before it is called."""
    before = runs[index - 1] if index else None
    gap = text[before.end : runs[index].start] if before and before.label == ADDRESS else ""
    return 0 < len(gap) <= CALLED and _CALLED_AFTER.fullmatch(gap) is not None


def is_thing(tagger: Tagger, text: str, run: Run, words: Sequence[str]) -> bool:
    """Whether a span is rather a house, a shop or a film than somebody."""
    return (
        (len(words) > 1 and (tagger.is_venue(words[-1]) or _is_built(tagger, words)) and not _are_names(tagger, words))
        or bool(_CALLED.search(text, max(0, run.start - CALLED), run.start))
        or bool(_TABLE.search(text, max(0, run.start - CALLED), run.start))
        or bool(_LOCATED.match(text, run.end))
        or bool(_IS_ONE.match(text, run.end))
        or _goes_on_as_firm(text, run)
        or (len(words) == 1 and not tagger.is_name(words[0]) and _is_where(text, run))
    )


def _is_where(text: str, run: Run) -> bool:
    """Whether the same word stands near behind "at", as companies and places do: "Refunds at Northwind"."""
    said = f" at {text[run.start : run.end]}"
    at = text.find(said, max(0, run.start - AROUND), run.end + AROUND)
    behind = text[at + len(said) : at + len(said) + 1]
    return at >= 0 and not behind.isalnum() and behind not in ("'", "\u2019", "-")


def _goes_on_as_firm(text: str, run: Run) -> bool:
    """Whether a span goes on with a last word for what is built, or of a firm: "Affordable Housing Associates"."""
    behind = _CAPITAL_BEHIND.match(text, run.end)
    return behind is not None and (behind[1].lower() in BUILT or behind[1] in FIRMS)


def _is_built(tagger: Tagger, words: Sequence[str]) -> bool:
    """Whether a row of words ends or begins with what is built or sold: "Sony Hall", "Zoo Atlanta", "Amber Ale"."""
    first, last = words[0].lower(), words[-1].lower()
    made = first in BUILT or first == "the" or last in BUILT or last in SOLD
    return made or (last in BUILT_TOO and tagger.knows(first) and not tagger.is_given(first))


def _are_names(tagger: Tagger, words: Sequence[str]) -> bool:
    """Whether a row of words is given names and a surname that is what is built or sold, too: "Sarah Curry"."""
    last = words[-1].lower()
    if not all(map(tagger.is_given, words[:-1])):
        return False
    return last in SURNAMES or not (last in SOLD or any(map(tagger.is_place, words[:-1])))


def is_named_after_street(text: str, run: Run, words: Sequence[str]) -> bool:
    """Whether an address without a house number ends or goes on in what is built: "3rd Street Cinema"."""
    if _HOUSE.match(text, run.start, run.end):
        return False
    behind = _WORD_BEHIND.match(text, run.end)
    return words[-1].lower() in BUILT or (behind is not None and behind[1].lower() in BUILT)
