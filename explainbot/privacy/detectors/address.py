"""Postal addresses, by the word for street and the number of the house.

Order and words by country: Universal Postal Union, "Addressing systems" (S42), for English, German, French, Spanish,
Italian, Dutch, Portuguese and Polish. United States: Publication 28 of the Postal Service, appendices C1 (street
suffixes) and C2 (secondary units); post office boxes, section 28. Postcodes are taken after a word such as "ZIP" or
"postcode", and after a street. A street without a number is not taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from explainbot.privacy.context import cues, glued
from explainbot.privacy.detection import Detection
from explainbot.privacy.normalise import Seen, seen
from explainbot.privacy.postcodes import british
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
    plac pl os unter am an der zum zur im auf laan c
    """.split()
)
"""Before the name: rue de la Paix 12, 12 rue de la Paix, ul. Miła 53."""

_ALONE = frozenset(
    "str straße strasse straat weg platz allee gasse ring damm ufer chaussee laan plein kade markt gatan vej".split()
)
"""After the name and before the number: Berliner Straße 45."""

_SHORT = frozenset("st rd ave dr ln ct blvd pl sq hwy pkwy cir".split())
_WEAK = frozenset(
    "c pl unter am an der zum zur im auf al os run pass view point path place green way close hill row walk court"
    " drive st ct square key".split()
)
"""Words of other meaning: the name beside them must have a capital."""

_ENDINGS = (
    "straße", "strasse", "straat", "str", "weg", "platz", "allee", "gasse", "ufer", "damm", "chaussee", "laan",
    "plein", "gracht", "kade", "dijk", "singel", "gatan", "vägen", "vej", "gade", "veien", "gata", "katu", "kuja",
)  # fmt: skip
"""Ends of words for street that are written in one with the name: Hauptstraße 12."""

_LAST = frozenset(ending[-3:] for ending in _ENDINGS)
_PLAIN_ENDING = re.compile("stra(?:ße|sse|at)\\Z")
_POSTCODES = frozenset(
    "zip zipcode postcode post plz postleitzahl postal cap pocztowy cep postnummer postnr postinumero psč".split()
)
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
    r"(?:, ?[0-9]{1,2}[ºª°] ?[A-Za-z]?\b)?"
    r"(?:\s?,\s{1,4}(?:[^\W\d_a-z][^\W\d_]*[ -]?){1,3}(?=[,.\n?!]|\s*\Z|\s+[A-Z]{2}\b|\s+[0-9]{5}|\s+(?:and|or)\b"
    r"|\s*[A-Z]{1,2}[0-9])"
    r"|\n\s{0,4},?\s{0,2}(?:[^\W\d_a-z][^\W\d_]*[ -]?){1,3}(?=,?\s+[A-Z]{2}\b|,?\s+[0-9]{4}))?"
    r"(?:[,\s]{1,6}(?:in )?(?:[0-9]{5}|[0-9]{4}(?:-[0-9]{3})?|[0-9]{2}-[0-9]{3}|[0-9]{4} ?[A-Z]{2})"
    r" [^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_a-z][^\W\d_]+)?(?![\w]|[@:])"
    r"|(?:[,\s]{1,6}[A-Z]{2}(?!\w))?"
    r"(?:[,\s]{1,6}(?:[0-9]{4,6}(?:-[0-9]{3,4})?|[0-9]{2}-[0-9]{3}|[0-9]{4} ?[A-Z]{2})(?![\w-])"
    r"|[,\s]{0,4}[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}(?!\w))?)"
)
"""What belongs to an address after the street: compass point, unit, town, postcode and town or state and postcode."""

_POSTCODE = re.compile(
    r"\s{0,2}(?:codes?|nr)?\.?\s{0,2}(?:is|[:=#>-])?\s{0,3}[\"'`]?([A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}"
    r"|[A-Za-z][0-9][A-Za-z] ?[0-9][A-Za-z][0-9]|[0-9]{5}-[0-9]{4}|"
    r"[0-9]{2,5}-[0-9]{2,4}|[0-9]{4} ?[A-Z]{2}|[0-9]{3} [0-9]{2}|[0-9]{3,6})(?![\w-])",
    re.IGNORECASE,
)
_CODE = re.compile(r"\s{0,2}(?:codes?|nr)\b\.?", re.IGNORECASE)
_BOX = re.compile(r"(?:[ ]?(?:no\.?|nr\.?|#)?)[ ]?([0-9]{1,7}(?: [0-9]{2}(?![0-9])){0,3})(?!\w)", re.IGNORECASE)
_POST_OFFICE = re.compile(r"\b(?:p\.? ?o\.? ?|post(?:al)? ?(?:office )?)\Z")
_HOUSE_BEFORE = re.compile(r"[0-9](?<![\w.,:/#$€£-].)[0-9]{0,4}[A-Za-z]?(?: ?(?:bis|ter))?,? \Z")
_CAPITALS = re.compile(
    r"(?: (?:(?!(?:A|The|In|On|At|And|Or|My|Your|Is|Of) )(?:[^\W_a-z][^\s,;:!?()$€£@\x00]{0,20}(?<!\w{4}\.)"
    r"|[0-9]{1,3}(?:st|nd|rd|th))"
    r"|(?:de|la|le|les|du|des|del|della|di|da|do|dos|das|of|the|von|van)(?= )))"
    r"{1,5} "
)
"""A name of up to five words with capitals, and particles, between a house number and a word for street."""

_CONTINUES = frozenset([" ", ",", ".", "\n", "\t", "\r"])
_REACH = 64
_HOUSE_LENGTH = 16
_SPACED = re.compile(rb"0(?<=[a.][ \n\t]0)")
_NAME_BEFORE = re.compile(r"(?<!\w)(?:[^\W\d_a-z][^\W\d_]{1,20}[. -]{1,2}){1,3}\Z")
_YEAR = re.compile("1[89][0-9]{2}|20[0-9]{2}")


_CUES = _AFTER | _BEFORE | _ALONE | _POSTCODES | _BOXES


@triggered_by("0", words=_CUES, least=1)
def detect(text: str) -> list[Detection]:
    """Postal addresses with a house number, post office boxes and named postcodes in `text`."""
    text = seen(text)
    hits = [rule(text, start, end, word) for start, end, word in cues(text, _CUES) for rule in _RULES[word]]
    numbers = [match.start() for match in _SPACED.finditer(text.shape())]
    hits += british(text)
    hits += [_compound(text, at) for at in numbers if text[at - 4 : at - 1] in _LAST or text[at - 2] == "."]
    return [hit for hit in hits if hit]


def _number_first(text: Seen, start: int, end: int, word: str) -> Detection | None:
    """`12 Elm Road`: a number, a name and a word for street."""
    low = _house_before(text, start, word)
    if low < 0:
        return None
    stop = end + (text[end : end + 1] == "." and word in _SHORT)
    return _grown(text, low, stop, "a number, a name and a word for street")


def _postcode(text: Seen, start: int, end: int, word: str) -> Detection | None:
    code = _CODE.match(text, end)
    if text[start:end].lower() == "post" and not code:
        return None
    match = _POSTCODE.match(text, glued(text, code.end() if code else end))
    if not match or text[start:end] == "cap":  # "cap" in lower case is a word of English
        return None
    return Detection(*match.span(1), "POSTCODE", 0.8, "digits after a word for postcode")


def _box(text: Seen, start: int, end: int, word: str) -> Detection | None:
    match = _BOX.match(text, end)
    lead = _POST_OFFICE.search(text[max(0, start - 16) : start].lower())
    if not match or not (lead or word == "postfach"):
        return None
    return _grown(text, start - len(lead[0]) if lead else start, match.end(), "a post office box")


def _compound(text: Seen, number: int) -> Detection | None:
    """`Hauptstraße 12`: the word for street is the end of the name, and a number begins at `number`."""
    end = number - 1 - (text[number - 2] == ".")
    if text[end - 3 : end] not in _LAST or not text.endswith(_ENDINGS, 0, end):
        return None
    house = _HOUSE.match(text, number)
    start, low = end, max(0, number - 41)
    while start > low and (text[start - 1].isalnum() or text[start - 1] in "-."):
        start -= 1
    if not house or not (text[start].isupper() or _PLAIN_ENDING.search(text, start, end)):
        return None
    return _grown(text, start, house.end(), "a word that ends in a word for street, and a number")


def _house_before(text: Seen, start: int, street: str) -> int:
    """Where the house number ahead of a word for street at `start` stands; -1 when there is none."""
    limit = max(0, start - _REACH - _HOUSE_LENGTH)
    house = _nearest_house(text, start, limit)
    for _ in range(2):
        if not house or start - house[1] > _REACH or text[house[1]] != " ":
            return -1
        low, high = house
        if _is_street(text, high, start, street) and not (street in _WEAK and _YEAR.fullmatch(text, low, high)):
            return _number_ahead(text, low)
        house = _nearest_house(text, low, limit)
    return -1


def _nearest_house(text: Seen, stop: int, limit: int) -> tuple[int, int] | None:
    """The last number that may be that of a house and ends between `limit` and `stop`."""
    shape = text.shape()
    at = shape.rfind(b"0", limit, stop)
    while at >= 0:
        begin = max(limit, shape.rfind(b" ", limit, at) + 1)
        if shape[begin] == 48 and (house := _HOUSE.match(text, begin)) and at < house.end() < stop:
            return house.span()
        blank = shape.find(b" ", at, stop)
        houses = [match.span() for match in _HOUSE.finditer(text, begin, stop + 2 if blank < 0 else blank + 1)]
        if houses and houses[-1][1] < stop:
            return houses[-1]
        at = shape.rfind(b"0", limit, begin)
    return None


def _is_street(text: str, start: int, end: int, street: str) -> bool:
    """Whether what stands between a house number and a word for street is the name of the street."""
    if _CAPITALS.fullmatch(text, start, end):
        return True
    if start + 1 == end:
        return street in ("broadway", "plaza")
    return street not in _WEAK and _is_plain_street(text[start:end].split(" ")[1:-1])


def _number_ahead(text: Seen, start: int) -> int:
    """`start`, or where a number directly ahead of the house number begins, as in `81 12 Elm Road`."""
    shape = text.shape()
    low = max(0, start - _HOUSE_LENGTH)
    begin = max(shape.rfind(b" ", low, start - 1), shape.rfind(b"\n", low, start - 1)) + 1
    if shape[begin : begin + 1] != b"0":
        return start
    earlier = _HOUSE.match(text, begin)
    return begin if earlier and earlier.end() + 1 == start else start


def _is_plain_street(words: list[str]) -> bool:
    """Whether words in lower case between a house number and a word for street are the name of a street."""
    return 0 < len(words) <= 2 and not any(
        not word[:1].isalpha() or word[-1] in _BREAKS or word.lower() in FUNCTION_WORDS or word.lower() in _UNITS
        for word in words
    )


_BREAKS = ".,;:!?)"
_NAMED = re.compile(
    r" (?:[^\W_a-z]|(?:den|der|dem|die|het|de|la|le|les|du|des|del|della|di|da|do|dos|das|the|of|von|van|y|e|d')\b)"
)
_SMALL = frozenset("den der dem die het de la le les du des del della di da do dos das the of von van y e d'".split())
_UNITS = frozenset(
    "minutes minute hours hour days day weeks months years km miles mile metres meters feet percent people"
    " times items points different new main long narrow busy street side lane car cars bikes euros dollars".split()
)


def _name_first(text: Seen, start: int, end: int, word: str) -> Detection | None:
    """`rue de la Paix 12`, `12 rue de la Paix`, `ul. Miła 53`: the word for street ahead of its name."""
    mark = text[end : end + 1]
    at = end + (mark in (".", "/"))
    stop = _street_name(text, at) if _NAMED.match(text, at) else 0
    if not stop or (word == "c" and mark != "/"):
        return None
    house = (
        _HOUSE_BEFORE.search(text, max(0, start - 12), start)
        if word not in _WEAK or (word == "place" and mark == " ")
        else None
    )
    number = _NUMBER_AFTER.match(text, stop + (text[stop : stop + 1] == "."))
    if house and (not number or text[stop : stop + 1] == ","):  # what follows the comma is the postcode
        return _grown(text, house.start(), stop, "a number, a word for street and a name")
    if number and (word not in _WEAK or text[start].isupper() or mark in (".", "/")):
        return _grown(text, start, number.end(), "a word for street, a name and a number")
    return None


def _name_between(text: Seen, start: int, end: int, word: str) -> Detection | None:
    """`Berliner Straße 45`: a name, a word for street and a number."""
    house = _HOUSE.match(text, end + 1 + (text[end : end + 1] == "."))
    name = _NAME_BEFORE.search(text, max(0, start - 40), start) if house else None
    return _grown(text, name.start(), house.end(), "a name, a word for street and a number") if house and name else None


def _street_name(text: str, at: int) -> int:
    """Where the name of a street that begins with the blank at `at` ends; 0 when nothing in it has a capital."""
    capitals = 0
    for _ in range(6):
        match = _WORDS_BETWEEN.match(text, at + 1) if text[at : at + 1] == " " else None
        if not match:
            break
        word = match[0].rstrip(".")
        if not (word[0].isupper() or word.lower() in _SMALL):
            break
        capitals += word[0].isupper()
        at = match.start() + len(word)
    return at if capitals else 0


def _grown(text: str, start: int, end: int, why: str) -> Detection:
    """An address with the unit, the town and the postcode that follow it."""
    rest = _REST.match(text, end) if text[end : end + 1] in _CONTINUES else None
    if rest:
        end = rest.end()
    while text[end - 1] in " ,\n":
        end -= 1
    return Detection(start, end, "ADDRESS", 0.75, why)


Rule = Callable[[Seen, int, int, str], Detection | None]
"""Takes a text, where a cue starts and ends, and the cue in lower case."""

_RULES: dict[str, tuple[Rule, ...]] = {}
for _words, _rule in (
    (_AFTER, _number_first),
    (_BEFORE, _name_first),
    (_ALONE, _name_between),
    (_POSTCODES, _postcode),
    (_BOXES, _box),
):
    for _word in _words:
        _RULES[_word] = (*_RULES.get(_word, ()), _rule)
