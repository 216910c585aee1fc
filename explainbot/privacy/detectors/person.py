"""Names of people, by what stands before them.

People say who they are ("my name is", "ich heiße", "je m'appelle"), are addressed ("Dear", "Mr.") and sign
("regards,"). Labels of forms ("Name:", "Patient:") count too. A name without such a cue takes a model, or a `Customer`
who is known by it. Forms of address: the style guides of the European Union (Interinstitutional Style Guide, 10.5) for
the languages here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from explainbot.privacy.context import cues
from explainbot.privacy.detection import Detection
from explainbot.privacy.names import NO_NAMES, name_end
from explainbot.privacy.normalise import Seen, seen
from explainbot.privacy.triggers import triggered_by
from explainbot.privacy.words import FUNCTION_WORDS

_TITLES = frozenset(
    "mr mrs ms miss mister mx dr prof professor herr herrn frau monsieur madame mme mlle señor señora sr sra"
    " srta signor signora dott "
    "dottor mevrouw meneer mevr dhr pan pani senhor senhora".split()
)
_MARKED = frozenset(["sr", "dr", "miss", "pan", "prof", "ms", "frau", "madame"])
_SAYS = {
    "name": re.compile(r"(?:(?:['\u2019]?s|\s+is|\s+was|\s+ist|\s+est|\s+es|\s+è|\s+é)(?:\s+(?:now|actually))?)?\s+"),
    "named": re.compile(r"\s+"),
    "called": re.compile(r"\s+"),
    "naam": re.compile(r"\s+is\s+"),
    "nom": re.compile(r"\s+est\s+"),
    "nombre": re.compile(r"\s+es\s+"),
    "nome": re.compile(r"\s+(?:è|é)\s+"),
    "heiße": re.compile(r"\s+"),
    "heisse": re.compile(r"\s+"),
    "heet": re.compile(r"\s+"),
    "appelle": re.compile(r"\s+"),
    "llamo": re.compile(r"\s+"),
    "chiamo": re.compile(r"\s+"),
    "chamo": re.compile(r"\s+"),
    "nazywam": re.compile(r"\s+się\s+"),
    "imię": re.compile(r"\s+"),
}
_PEOPLE = re.compile(
    r"\b(?:man|woman|person|guy|boy|girl|son|daughter|husband|wife|friend|colleague|someone|somebody|agent"
    r"|doctor|patient|"
    r"customer|representative|rep|employee|nurse|therapist|psychologist|psychiatrist|counselor|counsellor"
    r"|lawyer|attorney|"
    r"driver|technician|manager|assistant|teacher|child|kid|brother|sister|mother|father|boss|clerk"
    r"|am)\b[^.!?\x00]{0,40}\Z"
)
_THINGS = re.compile(
    r"\b(?:property|company|hotel|restaurant|product|file|domain|business|brand|song|movie|place|host|server"
    r"|event|bank|street|"
    r"city|app|group|team|project|model|item|store|shop|pet|dog|cat|user|vessel|ship|field|class|table|column"
    r"|key)(?:['\u2019]?s)?[ _-]\Z"
)
_OWN = re.compile(r"\b(?:my|mein|meine|mon|mi|mijn|meu|mio|full|legal|maiden|his|her|their|the) (?:\w+ )?\Z")
_IS = {
    "am": ("i ",),
    "m": ("i'", "i\u2019"),
    "im": (),
    "bin": ("ich ", "hier "),
    "suis": ("je ",),
    "soy": (),
    "sono": (),
    "ben": ("ik ",),
    "sou": ("eu ",),
    "jestem": (),
    "this": (),
    "ici": (),
    "speaking": (),
}
"""Words that say who somebody is, and what must stand directly before them, if anything."""

_GREETED = re.compile(
    r"(?:^|[.!?\n]\s*)(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|hiya|yo)[ ,!.-]+(?:there["
    r" ,!.-]+)?(?:i['\u2019]?\s?)?\Z"
)
_GREETINGS = frozenset(
    "dear hi hello hey hallo bonjour hola ciao buongiorno liebe lieber sehr geehrter geehrte cher chère"
    " querido querida estimado estimada caro cara beste geachte drogi droga szanowny szanowna prezado prezada".split()
)
_SIGNS = re.compile(
    r"(?:(?:kind(?:est)?|best|warm(?:est)?|many)\s)?(?:regards|wishes|thanks|thank you|sincerely|faithfully"
    r"|truly|cheers|best|yours|grüße|gruss|gruß|cordialement|"
    r"saludos|saluti|groeten|groetjes|cumprimentos|abraços|pozdrawiam|pozdrowienia|merci|gracias|danke|grazie"
    r"|bedankt|obrigado|obrigada)\s*"
    r"(?:again|so much|a lot|in advance|for your (?:help|time))?\s*[,!.\n-][\s,!.-]*"
)
_SIGNED = frozenset(
    "regards thanks sincerely faithfully cheers wishes thank best yours truly grüße gruss gruß cordialement"
    " saludos saluti groeten groetjes "
    "cumprimentos abraços pozdrawiam pozdrowienia merci gracias danke grazie bedankt obrigado obrigada".split()
)
_LABELS = frozenset(
    """
    name names patient customer client employee applicant contact provider physician doctor nurse surgeon beneficiary
    holder cardholder insured traveler traveller passenger attn sender recipient manager author auditor owner tenant
    buyer seller guest naam nom nombre nome kunde kundin signed surname cliente
    """.split()
)
_LABEL = re.compile(
    r"(?:[ _](?:name|full name|information|person))?\s{0,3}(?:\(s\))?[*_\"']{0,3}\s{0,12}[:=][*_\"']{0,3}["
    r" \t]{0,24}[\"']?",
    re.IGNORECASE,
)
_LABEL_GOES_ON = frozenset(" _:=(*\"'\t\n\r")
_PLAIN_NAME = re.compile(r"[^\W\d_]{2,20}(?:['-][^\W\d_]{2,20})?(?: [^\W\d_]{2,20}(?:['-][^\W\d_]{2,20})?)?")
_STOP = (
    FUNCTION_WORDS
    | NO_NAMES
    | frozenset(
        """
    again advance asking away back based being bit bye calling cancelling checking coming confused contacting currently
    curious disappointed done enquiring experiencing facing fed following frustrated furious getting glad going happy
    having here hoping inquiring interested keen late locked lost missing moving much never nice okay planning pleased
    quite reaching ready really receiving returning running seeing sending sick simply so sorry soon stuck sure
    surprised the tired tomorrow traveling travelling trying unable unhappy unsure upset using very waiting wondering
    working worried writing
    """.split()
    )
)

_END = re.compile(r"[ .!\n]{0,16}\Z")
_NEXT = re.compile(r" ([^\W\d_]+)")

Rule = Callable[[Seen, int, int, str], Detection | None]
"""Takes a text, where a cue starts and ends, and the cue in lower case."""


def _hit(start: int, end: int, why: str, score: float = 0.8) -> Detection | None:
    return Detection(start, end, "PERSON", score, why) if end - start > 1 else None


def _title(text: Seen, start: int, end: int, word: str) -> Detection | None:
    following = text[end : end + 1]
    if not text[start].isupper() or following not in (".", " ", "\u00a0"):
        return None
    at = end + (following == ".")
    while text[at : at + 1] in (" ", "\u00a0"):
        at += 1
    return _hit(at, name_end(text, at), "a name after a form of address") if _untitled(text, at) == at else None


def _untitled(text: str, at: int) -> int:
    """Where a name goes on after the titles it begins with."""
    end = name_end(text, at, 1)
    while end > at and text[at:end].lower().rstrip(".") in _TITLES:
        following = end + (text[end : end + 1] == ".")
        while text[following : following + 1] == " ":
            following += 1
        if following == end:
            break
        at, end = following, name_end(text, following, 1)
    return at


def _says(text: Seen, start: int, end: int, word: str) -> Detection | None:
    verb = _SAYS[word].match(text, end)
    if not verb:
        return None
    at = _untitled(text, verb.end())
    stop = name_end(text, at)
    only_space = verb[0].isspace()
    if (stop == at or (only_space and word == "name" and " " not in text[at:stop])) and only_space:
        return None
    left = text.folded()[max(0, start - 48) : start]
    if _THINGS.search(left) or (word in ("named", "called") and not _PEOPLE.search(left)):
        return None
    if stop > at:
        return _hit(at, stop, "a name after words such as 'my name is'")
    return _lower(text, verb.end(), "a name after words such as 'my name is'") if _OWN.search(left) else None


def _is(text: Seen, start: int, end: int, word: str) -> Detection | None:
    plain = text.folded()
    ahead = _IS[word]
    if ahead and not any(
        plain.startswith(piece, start - len(piece)) and _apart(plain, start, piece) for piece in ahead
    ):
        return None
    at = end
    if word == "this":
        if not plain.startswith(" is ", end):
            return None
        at = end + 3
    while text[at : at + 1] == " ":
        at += 1
    at = _untitled(text, at)
    stop = name_end(text, at)
    if stop > at:
        if (
            word not in ("this", "soy", "sono", "jestem")
            or " " in text[at:stop]
            or text[stop : stop + 1] in ".,!\n"
            or stop == len(text)
        ):
            return _hit(at, stop, "a name after words such as 'I am'", 0.7)
    elif word in ("im", "m", "am", "this") and _GREETED.search(plain[max(0, start - 40) : start]):
        return _lower(text, at, "a name after a greeting and 'I am'", two=True)
    return None


def _apart(plain: str, start: int, piece: str) -> bool:
    """Whether `piece`, which ends at `start`, begins a word."""
    begin = start - len(piece)
    return begin == 0 or (begin > 0 and not (plain[begin - 1].isalnum() or plain[begin - 1] == "_"))


def _lower(text: str, at: int, why: str, *, two: bool = False) -> Detection | None:
    """A name in lower case: one or two words, none of them an everyday one."""
    match = _PLAIN_NAME.match(text, at)
    if not match:
        return None
    words = match[0].split(" ")
    if words[0].lower() in _STOP or words[0].endswith("ing"):
        return None
    if len(words) == 2 and (words[1].lower() in _STOP or words[1].endswith("ing")):
        words.pop()
    if not two or len(words) == 2 or text[match.end() : match.end() + 1] in ",.!" or match.end() == len(text):
        return _hit(at, at + len(" ".join(words)), why, 0.6)
    return None


_INFORMAL = frozenset("hi hello hey hallo hola ciao bonjour cara caro beste sehr".split())
"""Greetings that are everyday words too: they count at the beginning of a line or sentence."""


def _greets(text: Seen, start: int, end: int, word: str) -> Detection | None:
    if text[end : end + 1] not in (" ", ","):
        return None
    dear = word not in _INFORMAL
    if not dear:
        line = text.rfind("\n", max(0, start - 40), start)
        lead = text[max(line + 1, start - 40) : start].strip(" *>\"'\x00")
        if lead and text[start - 2 : start - 1] not in ".!?:":
            return None
    at = end + 1
    while text[at : at + 1] == " ":
        at += 1
    at = _untitled(text, at)
    stop = name_end(text, at, 4)
    if stop > at and (dear or text[stop : stop + 1] in ("", ",", "!", ".", "\n", " ", "?", ":", "-")):
        return _hit(at, stop, "a name after a greeting", 0.7)
    return None


def _signs(text: Seen, start: int, end: int, word: str) -> Detection | None:
    match = _SIGNS.match(text.folded(), start)
    if not match:
        return None
    at = match.end()
    stop = name_end(text, at, 4)
    rest = text[stop : stop + 1]
    if stop > at:
        following = _NEXT.match(text, stop)
        if following and following[1].lower() in NO_NAMES:
            return None
        if rest in ("", "\n", ".", ",", "\x00", "|", "(", "!") or "\n" in text[start:at]:
            return _hit(at, stop, "a name after a closing", 0.7)
        return None
    plain = _PLAIN_NAME.match(text, at)
    if plain and _END.match(text, plain.end()):
        return _lower(text, at, "a name after a closing, at the end")
    return None


def _label(text: Seen, start: int, end: int, word: str) -> Detection | None:
    match = _LABEL.match(text, end) if text[end : end + 1] in _LABEL_GOES_ON else None
    if not match:
        return None
    at = _untitled(text, match.end())
    stop = name_end(text, at)
    if stop == at or text[stop : stop + 1] == ":":
        return None
    following = _NEXT.match(text, stop)
    if following and (following[1].lower() in NO_NAMES or following[1].lower() == "id"):
        return None
    things = _THINGS.search(text.folded()[max(0, start - 24) : start])
    return None if things else _hit(at, stop, "a name after a label of a form", 0.8)


_RULES: dict[str, tuple[Rule, ...]] = {}
for _words, _rule in (
    (_TITLES, _title),
    (_SAYS, _says),
    (_IS, _is),
    (_GREETINGS, _greets),
    (_SIGNED, _signs),
    (_LABELS, _label),
):
    for _word in _words:
        _RULES[_word] = (*_RULES.get(_word, ()), _rule)
_CUES = frozenset(_RULES)


@triggered_by(words=_CUES)
def detect(text: str) -> Sequence[Detection]:
    """Names of people in `text` that a cue announces."""
    text = seen(text)
    hits = [rule(text, start, end, word) for start, end, word in cues(text, _CUES) for rule in _RULES[word]]
    return [hit for hit in hits if hit]
