"""Postal addresses, by the word for street and the number of the house.

Order and words by country: Universal Postal Union, "Addressing systems" (S42), for English, German, French, Spanish,
Italian, Dutch, Portuguese and Polish. United States: Publication 28 of the Postal Service, appendices C1 (street
suffixes) and C2 (secondary units); post office boxes, section 28. Postcodes are taken after a word such as "ZIP" or
"postcode", and after a street. A street without a number is not taken.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from explainbot.privacy.context import cues
from explainbot.privacy.detection import Detection
from explainbot.privacy.triggers import triggered_by
from explainbot.privacy.words import FUNCTION_WORDS

_AFTER = frozenset(
    """
    street st road rd avenue ave drive dr lane ln way court ct boulevard blvd place pl square sq terrace close crescent
    highway hwy parkway pkwy circle cir trail row walk gardens mews grove hill loop plaza broadway alley expressway
    freeway turnpike ridge point pike crossing path pass run heights view knoll causeway ferry wharf quay esplanade
    parade green ulica
    """.split()
)
"""After the name of the street: 12 Elm Road."""

_BEFORE = frozenset(
    """
    rue avenue boulevard bd place allée allee chemin impasse quai route calle avenida av avda plaza paseo carretera
    camino ronda via viale piazza corso largo vicolo strada rua travessa praça praca alameda estrada ul ulica aleja al
    plac os unter am an der zum zur im auf
    """.split()
)
"""Before the name: rue de la Paix 12, 12 rue de la Paix, ul. Miła 53."""

_SHORT = frozenset("st rd ave dr ln ct blvd pl sq hwy pkwy cir".split())
_WEAK = frozenset(
    "unter am an der zum zur im auf al os run pass view point path place green way close hill row walk court"
    " drive st ct square key".split()
)
"""Words of other meaning: the name beside them must have a capital."""

_ENDINGS = (
    "straße", "strasse", "straat", "str", "weg", "platz", "allee", "gasse", "ufer", "damm", "chaussee", "laan",
    "plein", "gracht", "kade", "dijk", "singel", "gatan", "vägen", "vej", "gade", "veien", "gata", "katu", "kuja",
)  # fmt: skip
"""Ends of words for street that are written in one with the name: Hauptstraße 12."""

_PLAIN_ENDING = re.compile("stra(?:ße|sse|at)\\Z")
_SPACED_NUMBER = re.compile(r"[0-9](?<=[a-zß.] .)[0-9]{0,3}(?: ?[a-zA-Z])?(?!\w)(?![.,][0-9])")
_POSTCODES = frozenset("zip zipcode postcode plz postleitzahl postal cap".split())
_BOXES = frozenset("box postfach bp apartado".split())
_HOUSE = re.compile(r"[0-9](?<![\w.,:/#$€£-].)[0-9]{0,5}[A-Za-z]?(?:[-–/][0-9]{1,5}[A-Za-z]?)?(?![\w.,:/]?[\w$€£%])")
_NUMBER_AFTER = re.compile(
    r"[,. ]{0,3}(?:n[°ºr]?\.? ?)?[0-9]{1,5}(?:[ ]?[A-Za-z])?(?:[-/][0-9]{1,4}[A-Za-z]?)?(?![\w.,:]?[0-9]|\w)"
)
_WORDS_BETWEEN = re.compile(r"[^\W_][^\s,;:!?()\x00]*")
_REST = re.compile(
    r"(?i: (?:north|south|east|west|[ns][ew]?|[ew]|northwest|northeast|southwest|southeast)\b\.?)?"
    r"(?:[ ,.]{0,3}\n? {0,4}(?i:(?:apt|apartment|suite|ste|unit|flat|room|rm|floor|fl|building|bldg|lot|appt|app|top)\b"
    r"\.? ?#? ?|# ?)[A-Za-z]{0,2}-?[0-9]{1,5}[A-Za-z]?(?!\w))?"
    r"(?:\s?,\s{1,4}(?:[^\W\d_a-z][^\W\d_]*[ -]?){1,3}(?=[,.\n?!]|\s*\Z|\s+[A-Z]{2}\b|\s+[0-9]{5}|\s+(?:and|or)\b)"
    r"|\n\s{0,4},?\s{0,2}(?:[^\W\d_a-z][^\W\d_]*[ -]?){1,3}(?=,?\s+[A-Z]{2}\b|,?\s+[0-9]{4}))?"
    r"(?:[,\s]{1,6}[A-Z]{2}(?!\w))?"
    r"(?:[,\s]{1,6}[0-9]{4,6}(?:-[0-9]{3,4})?(?![\w-])|[,\s]{1,4}[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}(?!\w))?"
)
"""What belongs to an address after the street: compass point, unit, town, state, postcode."""

_POSTCODE = re.compile(
    r"\s{0,2}(?:codes?|nr)?\.?\s{0,2}(?:is|:|=|#)?\s{0,3}([A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}"
    r"|[A-Za-z][0-9][A-Za-z] ?[0-9][A-Za-z][0-9]|[0-9]{5}-[0-9]{4}|"
    r"[0-9]{2,5}-[0-9]{2,4}|[0-9]{4} ?[A-Z]{2}|[0-9]{3,6})(?![\w-])",
    re.IGNORECASE,
)
_BOX = re.compile(r"(?:[ ]?(?:no\.?|nr\.?|#)?)[ ]?([0-9]{1,7})(?!\w)", re.IGNORECASE)
_POST_OFFICE = re.compile(r"\b(?:p\.? ?o\.? ?|post(?:al)? ?(?:office )?)\Z")
_HOUSE_BEFORE = re.compile(r"[0-9](?<![\w.,:/#$€£-].)[0-9]{0,4}[A-Za-z]?(?: ?(?:bis|ter))?,? \Z")
_CAPITALS = re.compile(
    r"(?: (?:(?!(?:A|The|In|On|At|And|Or|My|Your|Is|Of) )(?:[^\W_a-z][^\s,;:!?()$€£@\x00]{0,20}(?<!\w{4}\.)"
    r"|[0-9]{1,3}(?:st|nd|rd|th))"
    r"|(?:de|la|le|les|du|des|del|della|di|da|do|dos|das|of|the|von|van)(?= )))"
    r"{1,5} "
)
"""A name of up to five words with capitals, and particles, between a house number and a word for street."""

_REACH = 64
_YEAR = re.compile("1[89][0-9]{2}|20[0-9]{2}")


_CUES = _AFTER | _BEFORE | _POSTCODES | _BOXES


@triggered_by(digits=1)
def detect(text: str) -> Iterator[Detection]:
    """Postal addresses with a house number, post office boxes and named postcodes in `text`."""
    houses = [match.span() for match in _HOUSE.finditer(text)]
    ends = [end for _, end in houses]
    for start, end in cues(text, _CUES):
        word = text[start:end].lower()
        if word in _AFTER:
            nearest = bisect_left(ends, start)
            low = _house_before(text, start, word, houses[max(0, nearest - 2) : nearest])
            if low >= 0:
                stop = end + (text[end : end + 1] == "." and word in _SHORT)
                yield _grown(text, low, stop, "a number, a name and a word for street")
        if word in _BEFORE:
            yield from _street_first(text, start, end)
        if word in _POSTCODES:
            match = _POSTCODE.match(text, end)
            if match and text[start:end] != "cap":
                yield Detection(*match.span(1), "POSTCODE", 0.8, "digits after a word for postcode")
        if word in _BOXES:
            yield from _box(text, start, end)
    yield from _compound(text, houses)


def _box(text: str, start: int, end: int) -> Iterator[Detection]:
    match = _BOX.match(text, end)
    lead = _POST_OFFICE.search(text[max(0, start - 16) : start].lower())
    if match and (lead or text[start:end].lower() == "postfach"):
        yield _grown(text, start - len(lead[0]) if lead else start, match.end(), "a post office box")


def _compound(text: str, houses: list[tuple[int, int]]) -> Iterator[Detection]:
    """`Hauptstraße 12`: the word for street is the end of the name."""
    for number, stop in houses:
        end = number - 1
        if not text[max(0, end - 9) : end].rstrip(".").endswith(_ENDINGS):
            continue
        low = max(0, end - 40)
        while text[end - 1] == ".":
            end -= 1
        start = end
        while start > low and (text[start - 1].isalnum() or text[start - 1] in "-."):
            start -= 1
        if text[start].isupper() or _PLAIN_ENDING.search(text, start, end):
            yield _grown(text, start, stop, "a word that ends in a word for street, and a number")


def _house_before(text: str, start: int, street: str, houses: list[tuple[int, int]]) -> int:
    """Where the house number ahead of a word for street at `start` stands; -1 when there is none."""
    for index in range(len(houses) - 1, -1, -1):
        low, high = houses[index]
        if start - high > _REACH or text[high] != " ":
            return -1
        if _CAPITALS.fullmatch(text, high, start):
            named = True
        elif high + 1 == start:
            named = street in ("broadway", "plaza")
        else:
            named = street not in _WEAK and _is_plain_street(text[high:start].split(" ")[1:-1])
        if named and not (street in _WEAK and _YEAR.fullmatch(text, low, high)):
            earlier = houses[index - 1] if index else None
            return earlier[0] if earlier and earlier[1] + 1 == low else low
    return -1


def _is_plain_street(words: list[str]) -> bool:
    """Whether words in lower case between a house number and a word for street are the name of a street."""
    return 0 < len(words) <= 2 and not any(
        not word[:1].isalpha() or word[-1] in _BREAKS or word.lower() in FUNCTION_WORDS or word.lower() in _UNITS
        for word in words
    )


_BREAKS = ".,;:!?)"
_NAMED = re.compile(r" (?:[^\W_a-z]|(?:de|la|le|les|du|des|del|della|di|da|do|dos|das|the|of|von|van|y|e|d')\b)")
_SMALL = frozenset("de la le les du des del della di da do dos das the of von van y e d'".split())
_UNITS = frozenset(
    "minutes minute hours hour days day weeks months years km miles mile metres meters feet percent people"
    " times items points different new main long narrow busy street side lane car cars bikes euros dollars".split()
)


def _street_first(text: str, start: int, end: int) -> Iterator[Detection]:
    """`rue de la Paix 12`, `12 rue de la Paix`, `ul. Miła 53`: the word for street ahead of its name."""
    at = end + (text[end : end + 1] == ".")
    if not _NAMED.match(text, at):
        return
    stop, capitals = at, 0
    for _ in range(6):
        match = _WORDS_BETWEEN.match(text, stop + 1) if text[stop : stop + 1] == " " else None
        if not match:
            break
        word = match[0].rstrip(".")
        if not (word[0].isupper() or word.lower() in _SMALL):
            break
        capitals += word[0].isupper()
        stop = match.start() + len(word)
    if not capitals:
        return
    number = _NUMBER_AFTER.match(text, stop + (text[stop : stop + 1] == "."))
    strong = text[start:end].lower() not in _WEAK
    if number and (strong or text[start].isupper()):
        yield _grown(text, start, number.end(), "a word for street, a name and a number")
        return
    house = _HOUSE_BEFORE.search(text, max(0, start - 12), start)
    if house and strong:
        yield _grown(text, house.start(), stop, "a number, a word for street and a name")


def _grown(text: str, start: int, end: int, why: str) -> Detection:
    """An address with the unit, the town and the postcode that follow it."""
    rest = _REST.match(text, end)
    if rest:
        end = rest.end()
    while text[end - 1] in " ,\n":
        end -= 1
    return Detection(start, end, "ADDRESS", 0.75, why)
