"""Names of people, by what stands before them.

People say who they are ("my name is", "ich heiße", "je m'appelle"), are addressed ("Dear", "Mr.") and sign
("regards,"). Labels of forms ("Name:", "Patient:") count too. A name without such a cue takes a model, or a `Customer`
who is known by it. Forms of address: the style guides of the European Union (Interinstitutional Style Guide, 10.5) for
the languages here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from explainbot.privacy.context import cues
from explainbot.privacy.detection import Detection
from explainbot.privacy.name_cues import (
    BOOKED,
    GREETED,
    GREETINGS,
    IS,
    LABEL,
    LABEL_GOES_ON,
    LABELS,
    LOWER_TITLES,
    MY,
    OWN,
    PEOPLE,
    PLAIN_NAME,
    RELATIVES,
    SAYS,
    SIGNED,
    SIGNS,
    STOP,
    THING_AFTER,
    THING_BEFORE,
    THINGS,
    TITLES,
)
from explainbot.privacy.names import NO_NAMES, name_end
from explainbot.privacy.normalise import Seen, seen
from explainbot.privacy.tagger.thing_words import FIRMS
from explainbot.privacy.triggers import triggered_by

_GOES_ON = re.compile(
    r"\Z|\x00| (?:from|here|calling|speaking|writing|again|with|at|and|y|e|und|et|en|von|aus|de|di)\b"
)
_END = re.compile(r"[ .!\n]{0,16}\Z")
_ENDS = frozenset(["", "\n", ".", ";", ",", "|", "\r", " ", "\x00"])
_NEXT = re.compile(r" ([^\W\d_]+)")

_NAMED_BY = {"named": PEOPLE, "called": PEOPLE, "under": BOOKED}
"""Words that announce a name only after words for people, or for what people have."""

MOST_TITLES = 8
"""More in a row are passed over one by one, each as a cue of its own, so that the work stays in step with the text."""

Rule = Callable[[Seen, int, int, str], Detection | None]
"""Takes a text, where a cue starts and ends, and the cue in lower case."""


def _hit(start: int, end: int, why: str, score: float = 0.8) -> Detection | None:
    return Detection(start, end, "PERSON", score, why) if end - start > 1 else None


def _title(text: Seen, start: int, end: int, word: str) -> Detection | None:
    following = text[end : end + 1]
    if not (text[start].isupper() or word in LOWER_TITLES) or following not in (".", " ", "\u00a0"):
        return None
    at = end + (following == ".")
    while text[at : at + 1] in (" ", "\u00a0"):
        at += 1
    return _hit(at, name_end(text, at), "a name after a form of address") if _untitled(text, at) == at else None


def _untitled(text: str, at: int) -> int:
    """Where a name goes on after the titles it begins with, of which there are `MOST_TITLES` at most."""
    end = name_end(text, at, 1)
    for _ in range(MOST_TITLES):
        if end == at or text[at:end].lower().rstrip(".") not in TITLES:
            break
        following = end + (text[end : end + 1] == ".")
        while text[following : following + 1] == " ":
            following += 1
        if following == end:
            break
        at, end = following, name_end(text, following, 1)
    return at


def _says(text: Seen, start: int, end: int, word: str) -> Detection | None:
    verb = SAYS[word].match(text, end)
    if not verb:
        return None
    at = _untitled(text, verb.end())
    stop = name_end(text, at)
    only_space = verb[0].isspace()
    if (stop == at or (only_space and word == "name" and " " not in text[at:stop])) and only_space:
        return None
    left = text.folded()[max(0, start - 48) : start]
    if (
        THINGS.search(left)
        or text[at:stop].rpartition(" ")[2] in FIRMS
        or (word in _NAMED_BY and not _NAMED_BY[word].search(left))
    ):
        return None
    if stop > at:
        return _hit(at, stop, "a name after words such as 'my name is'")
    return _lower(text, verb.end(), "a name after words such as 'my name is'") if OWN.search(left) else None


_SAID_SHORT = ("im", "m", "am", "this")
"""Words of English that say who somebody is, behind a greeting in lower case, too."""


def _is(text: Seen, start: int, end: int, word: str) -> Detection | None:
    plain = text.folded()
    ahead = IS[word]
    if ahead and not any(
        plain.startswith(piece, start - len(piece)) and _apart(plain, start, piece) for piece in ahead
    ):
        return None
    at = end
    greeted = word in _SAID_SHORT and GREETED.search(plain[max(0, start - 40) : start])
    if word == "im" and not greeted:  # in German it is "in the"
        return None
    if word == "this":
        if not plain.startswith(" is ", end):
            return None
        at = end + 3
    while text[at : at + 1] == " ":
        at += 1
    if word in ("sou", "soy", "ici") and plain[at : at + 2] in ("a ", "o "):
        at += 2
    at = _untitled(text, at)
    stop = name_end(text, at)
    if stop > at:
        if (
            word not in ("this", "soy", "sono", "jestem")
            or " " in text[at:stop]
            or text[stop : stop + 1] in ".,!\n\x00"
            or _GOES_ON.match(plain, stop)
        ):
            return _hit(at, stop, "a name after words such as 'I am'", 0.7)
    elif greeted:
        return _lower(text, at, "a name after a greeting and 'I am'", two=True)
    return None


def _apart(plain: str, start: int, piece: str) -> bool:
    """Whether `piece`, which ends at `start`, begins a word."""
    begin = start - len(piece)
    return begin == 0 or (begin > 0 and not (plain[begin - 1].isalnum() or plain[begin - 1] == "_"))


def _lower(text: str, at: int, why: str, *, two: bool = False) -> Detection | None:
    """A name in lower case: one or two words, none of them an everyday one."""
    match = PLAIN_NAME.match(text, at)
    if not match:
        return None
    words = match[0].split(" ")
    if words[0].lower() in STOP or words[0].endswith("ing"):
        return None
    if len(words) == 2 and (words[1].lower() in STOP or words[1].endswith("ing")):
        words.pop()
    if not two or len(words) == 2 or text[match.end() : match.end() + 1] in ",.!\x00":
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
    if stop > at and (dear or text[stop : stop + 1] in ("", ",", "!", ".", "\n", " ", "?", ":", "-", "\x00")):
        return _hit(at, stop, "a name after a greeting", 0.7)
    return None


def _signs(text: Seen, start: int, end: int, word: str) -> Detection | None:
    match = SIGNS.match(text.folded(), start)
    if not match:
        return None
    at = match.end()
    stop = name_end(text, at, 4)
    rest = text[stop : stop + 1]
    if stop > at:
        following = _NEXT.match(text, stop)
        goes_on = following and following[1][0].islower() and not _GOES_ON.match(text, stop)
        if following and (goes_on or following[1].lower() in NO_NAMES):
            return None
        if rest in ("", "\n", ".", ",", "\x00", "|", "(", "!") or (rest != ":" and "\n" in text[start:at]):
            return _hit(at, stop, "a name after a closing", 0.7)
        return None
    plain = PLAIN_NAME.match(text, at)
    if plain and _END.match(text, plain.end()):
        return _lower(text, at, "a name after a closing, at the end")
    return None


def _relative(text: Seen, start: int, end: int, word: str) -> Detection | None:
    """`my wife Maria Silva`, `my son, Leo,`."""
    if not text.folded().endswith(MY, max(0, start - 8), start):
        return None
    at = end + (text[end : end + 1] == ",") + 1
    return _hit(at, name_end(text, at), "a name after a word for a relative or a friend", 0.7)


def _call(text: Seen, start: int, end: int, word: str) -> Detection | None:
    """`call me Liz`."""
    if text.folded()[end : end + 4] != " me ":
        return None
    stop = name_end(text, end + 4, 2)
    if text[stop : stop + 1].isalnum() or _NEXT.match(text, stop) or text[end + 4 : stop].lower() in STOP:
        return None
    return _hit(end + 4, stop, "a name after 'call me'", 0.7)


_CODE = frozenset([":", "(", "["])
"""What follows the name of a thing in code, as in `client = Client()`."""


def _label(text: Seen, start: int, end: int, word: str) -> Detection | None:
    match = LABEL.match(text, end) if text[end : end + 1] in LABEL_GOES_ON else None
    if not match:
        return None
    at = _untitled(text, match.end())
    stop = name_end(text, at)
    if stop == at:
        plain = PLAIN_NAME.match(text, at) if word == "name" else None
        spaced = plain and " " in plain[0] and text[plain.end() : plain.end() + 1] in _ENDS - {" "}
        return _lower(text, at, "two words after a label of a form") if spaced else None
    if text[stop : stop + 1] in _CODE:
        return None
    following = _NEXT.match(text, stop)
    if following and (following[1].lower() in NO_NAMES or following[1].lower() == "id"):
        return None
    if text[stop : stop + 1] == "/" or text[stop : stop + 2] == ", ":  # surname first
        given = stop + 1 + (text[stop] == ",")
        last = name_end(text, given, 2)
        stop = last if last > given and text[last : last + 1] in _ENDS else stop
    things = THINGS.search(text.folded()[max(0, start - 24) : start]) or (word == "name" and _thing(text, start, stop))
    return None if things else _hit(at, stop, "a name after a label of a form", 0.8)


def _thing(text: Seen, start: int, stop: int) -> bool:
    """Whether the members beside a member "name" of a JSON text say that it is a product's, a shop's or the like."""
    plain = text.folded()
    return bool(THING_BEFORE.search(plain[max(0, start - 80) : start]) or THING_AFTER.match(plain, stop))


_RULES: dict[str, tuple[Rule, ...]] = {}
_TABLE: tuple[tuple[Iterable[str], Rule], ...] = (
    (TITLES, _title),
    (SAYS, _says),
    (IS, _is),
    (GREETINGS, _greets),
    (SIGNED, _signs),
    (LABELS, _label),
    (RELATIVES, _relative),
    (["call"], _call),
)
for _words, _rule in _TABLE:
    for _word in _words:
        _RULES[_word] = (*_RULES.get(_word, ()), _rule)
_CUES = frozenset(_RULES)


@triggered_by(words=_CUES)
def detect(text: str) -> Sequence[Detection]:
    """Names of people in `text` that a cue announces."""
    text = seen(text)
    hits = [rule(text, start, end, word) for start, end, word in cues(text, _CUES) for rule in _RULES[word]]
    return [hit for hit in hits if hit]
