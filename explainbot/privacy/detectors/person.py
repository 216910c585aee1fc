"""Names of people, by what stands before them.

People say who they are ("my name is", "ich heiße", "je m'appelle"), are addressed ("Dear", "Mr.") and sign
("regards,"). Labels of forms ("Name:", "Patient:") count too. A name without such a cue takes a model, or a `Customer`
who is known by it. Forms of address: the style guides of the European Union (Interinstitutional Style Guide, 10.5) for
the languages here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from explainbot.privacy.context import cues
from explainbot.privacy.detection import Detection
from explainbot.privacy.names import NO_NAMES, name_end
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
    "am": re.compile(r"\bi \Z"),
    "m": re.compile(r"\bi['\u2019]\Z"),
    "im": None,
    "bin": re.compile(r"\b(?:ich|hier) \Z"),
    "suis": re.compile(r"\bje \Z"),
    "soy": None,
    "sono": None,
    "ben": re.compile(r"\bik \Z"),
    "sou": re.compile(r"\beu \Z"),
    "jestem": None,
    "this": None,
    "ici": None,
    "speaking": None,
}
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

Rule = Callable[[str, int, int], Iterator[Detection]]


def _hit(start: int, end: int, why: str, score: float = 0.8) -> Iterator[Detection]:
    if end - start > 1:
        yield Detection(start, end, "PERSON", score, why)


def _title(text: str, start: int, end: int) -> Iterator[Detection]:
    if not text[start].isupper() or (text[end : end + 1] not in (".", " ") and text[end : end + 1] != "\u00a0"):
        return
    at = end + (text[end : end + 1] == ".")
    while text[at : at + 1] in (" ", "\u00a0"):
        at += 1
    if _untitled(text, at) == at:
        yield from _hit(at, name_end(text, at), "a name after a form of address")


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


def _says(text: str, start: int, end: int) -> Iterator[Detection]:
    word = text[start:end].lower()
    verb = _SAYS[word].match(text, end)
    left = text[max(0, start - 48) : start].lower()
    if not verb or _THINGS.search(left) or (word in ("named", "called") and not _PEOPLE.search(left)):
        return
    at = _untitled(text, verb.end())
    stop = name_end(text, at)
    if stop > at and (" " in text[at:stop] or not verb[0].isspace() or word != "name"):
        yield from _hit(at, stop, "a name after words such as 'my name is'")
    elif not verb[0].isspace() and _OWN.search(left):
        yield from _lower(text, verb.end(), "a name after words such as 'my name is'")


def _is(text: str, start: int, end: int) -> Iterator[Detection]:
    word = text[start:end].lower()
    left = text[max(0, start - 40) : start].lower()
    before = _IS[word]
    if before is not None and not before.search(left):
        return
    at = end
    if word in ("this", "ici"):
        if word == "this" and text[end : end + 4].lower() != " is ":
            return
        at = end + 3 if word == "this" else end
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
            yield from _hit(at, stop, "a name after words such as 'I am'", 0.7)
    elif word in ("im", "m", "am", "this") and _GREETED.search(left):
        yield from _lower(text, at, "a name after a greeting and 'I am'", two=True)


def _lower(text: str, at: int, why: str, *, two: bool = False) -> Iterator[Detection]:
    """A name in lower case: one or two words, none of them an everyday one."""
    match = _PLAIN_NAME.match(text, at)
    if not match:
        return
    words = match[0].split(" ")
    if words[0].lower() in _STOP or words[0].endswith("ing"):
        return
    if len(words) == 2 and (words[1].lower() in _STOP or words[1].endswith("ing")):
        words.pop()
    if not two or len(words) == 2 or text[match.end() : match.end() + 1] in ",.!" or match.end() == len(text):
        yield from _hit(at, at + len(" ".join(words)), why, 0.6)


def _greets(text: str, start: int, end: int) -> Iterator[Detection]:
    if text[end : end + 1] not in (" ", ","):
        return
    line = text.rfind("\n", max(0, start - 40), start)
    dear = text[start:end].lower() not in (
        "hi",
        "hello",
        "hey",
        "hallo",
        "hola",
        "ciao",
        "bonjour",
        "cara",
        "caro",
        "beste",
        "sehr",
    )
    if (
        not dear
        and text[max(line + 1, start - 40) : start].strip(" *>\"'\x00")
        and text[start - 2 : start - 1] not in ".!?:"
    ):
        return
    at = end + 1
    while text[at : at + 1] == " ":
        at += 1
    at = _untitled(text, at)
    stop = name_end(text, at, 4)
    if stop > at and (dear or text[stop : stop + 1] in ("", ",", "!", ".", "\n", " ", "?", ":", "-")):
        yield from _hit(at, stop, "a name after a greeting", 0.7)


def _signs(text: str, start: int, end: int) -> Iterator[Detection]:
    match = _SIGNS.match(text.lower(), start) if len(text) < 4096 else _SIGNS.match(text[start : start + 80].lower())
    if not match:
        return
    at = match.end() if len(text) < 4096 else start + match.end()
    stop = name_end(text, at, 4)
    rest = text[stop : stop + 1]
    if stop > at:
        following = _NEXT.match(text, stop)
        if following and following[1].lower() in NO_NAMES:
            return
        if rest in ("", "\n", ".", ",", "\x00", "|", "(", "!") or "\n" in text[start:at]:
            yield from _hit(at, stop, "a name after a closing", 0.7)
        return
    plain = _PLAIN_NAME.match(text, at)
    if plain and _END.match(text, plain.end()):
        yield from _lower(text, at, "a name after a closing, at the end")


def _label(text: str, start: int, end: int) -> Iterator[Detection]:
    match = _LABEL.match(text, end)
    if not match:
        return
    at = _untitled(text, match.end())
    stop = name_end(text, at)
    following = _NEXT.match(text, stop)
    if (
        text[stop : stop + 1] != ":"
        and not (following and following[1].lower() in NO_NAMES | {"id"})
        and not _THINGS.search(text[max(0, start - 24) : start].lower())
    ):
        yield from _hit(at, stop, "a name after a label of a form", 0.8)


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
def detect(text: str) -> Iterator[Detection]:
    """Names of people in `text` that a cue announces."""
    for start, end in cues(text, _CUES):
        for rule in _RULES[text[start:end].lower()]:
            yield from rule(text, start, end)
