"""Whether a span is worth telling: whole words, no everyday ones, no codes, months, products or abbreviations."""

from __future__ import annotations

import re

from explainbot.privacy.dates import MONTH_NAMES
from explainbot.privacy.names import NO_NAMES
from explainbot.privacy.tagger.meaning import Run
from explainbot.privacy.tagger.tagging import ADDRESS, ORGANISATION, PERSON, PLACE, Tagger
from explainbot.privacy.tagger.things import is_product
from explainbot.privacy.words import FUNCTION_WORDS, unspaced

SURE = 0.97
"""Everyday words in a place of a name, such as "Each" at the beginning of a line, are taken for one from here on."""

SURE_PLACE = 0.85
"""The same for places: the names of countries and large towns are everyday words."""

PLAIN = 0.7
"""A single word in lower case, or an everyday one where any word has a capital, is taken for a name from here on:
"winter", "police" and "Stock" are surnames too."""

PLAIN_STRANGE = 0.3
"""The same for a single word in lower case that the lexicon does not have at all."""

COMPOUND = 0.9
"""The same for two words joined by a hyphen of which one is everyday and no name."""

COMMON_LEAST = 0.4
"""The same for an everyday word with a capital that no sentence begins with: "Cloud", "Fee"."""

PLAIN_CAPITALS = 0.6
"""The same for one behind two capitals that are near."""

NEAR = 40
"""Characters before a word in lower case in which a capital shows that capitals are in use."""

LONGEST_WORD = 40
"""Characters of a name without a space: the longest surname in use, Wolfeschlegelsteinhausenbergerdorff, has 35."""

_PLURAL = re.compile("[A-Z]{2,}s")
"""More than one of what has a short name: "PDFs"."""

WORD = re.compile(r"[^\W\d_]+")
_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th|er|º|°|\.)?,? (?:of |de |di |do )?\Z")
_GATE = re.compile(
    r"(?:gate|seat|row|platform|terminal|bay|aisle|locker|flight|bus|line) ?[A-Z]?\d{1,4}[A-Z]?", re.IGNORECASE
)
"""Where somebody boards or sits, which is no address: "gate 14B"."""

_CAMEL = re.compile(r"\A(?!Mc|Mac|De|La|Le|Van|Di|Da|Du|El|Al|Fitz|Saint|San|Mk|Ng)\w*[a-z][A-Z]")
_HALF = re.compile(r"\w-\Z")
_LETTER = re.compile("[a-z\u3040-\u30ff]")
"""A letter that is no name by itself: "U. S.", and one of kana."""

_CODE = frozenset("`_/\\@#<>=$%&*{}[]|~^+")


def is_one(tagger: Tagger, text: str, run: Run) -> bool:
    """Whether a span is worth telling: whole words, with a letter, and more than everyday words."""
    said = text[run.start : run.end]
    if not said or _cut(text, run.start) or _cut(text, run.end):
        return False
    if run.label == ADDRESS:
        return _is_address(said)
    plain = said.lower()
    if (
        (run.label == PERSON and len(said) > LONGEST_WORD and len(said.split(maxsplit=1)) == 1)
        or (plain in NO_NAMES and (run.label != ORGANISATION or tagger.is_everyday(plain)))
        or (run.label == PERSON and _is_no_name(tagger, text, run, plain))
        or _PLURAL.fullmatch(said)
        or (said == plain and _is_plain(tagger, text, run))
        or _is_opening(tagger, text, run)
    ):
        return False
    if run.chance < (SURE_PLACE if run.label == PLACE else SURE) and all(
        tagger.is_everyday(word) for word in WORD.findall(said)
    ):
        return False
    return any(map(str.isalpha, said)) and _is_long_enough(tagger, said)


def _is_no_name(tagger: Tagger, text: str, run: Run, plain: str) -> bool:
    """Whether a span is rather what is sold, a month, an abbreviation or letters."""
    return (
        is_product(plain)
        or _is_month(tagger, text, run, plain)
        or _is_short(tagger, text, run)
        or _is_half(text, run)
        or _is_token(text, run)
        or _is_compound(tagger, run, plain)
        or all(len(word) == 1 and _LETTER.fullmatch(word) for word in WORD.findall(plain))
    )


def _is_half(text: str, run: Run) -> bool:
    """Whether a span is the second half of a word in lower case: "e-amil"."""
    return text[run.start].islower() and _HALF.search(text, max(0, run.start - 2), run.start) is not None


def _is_token(text: str, run: Run) -> bool:
    """Whether a span is rather the name of a program: "CheckoutBot/2.1", "EveryonePay"."""
    said = text[run.start : run.end]
    return run.chance < COMPOUND and (text[run.end : run.end + 1] == "/" or _CAMEL.search(said) is not None)


def _is_compound(tagger: Tagger, run: Run, plain: str) -> bool:
    """Whether a span is an everyday word joined to another: "Cross-Product"."""
    halves = WORD.findall(plain)
    return (
        run.chance < COMPOUND
        and plain == "-".join(halves)
        and len(halves) == 2
        and any(map(tagger.is_everyday, halves))
    )


def _is_month(tagger: Tagger, text: str, run: Run, plain: str) -> bool:
    """Whether a span is a month that nobody is called by, or one beside its day: "Oktober", "3. Juni", "5 de mayo"."""
    return plain in MONTH_NAMES and (
        not tagger.is_name(plain) or _DAY_BEFORE.search(text, max(0, run.start - 8), run.start) is not None
    )


def _is_short(tagger: Tagger, text: str, run: Run) -> bool:
    """Whether a span is an abbreviation in capitals, in a line that is not all capitals: "by EOD"."""
    said = text[run.start : run.end]
    return (
        len(said) < 6
        and run.chance < SURE
        and said.isupper()
        and said.isalpha()
        and said.isascii()
        and (len(said) < 3 or not tagger.is_name(said))
        and any(map(str.islower, text[max(0, run.start - 12) : run.end + 12]))
    )


def _is_long_enough(tagger: Tagger, said: str) -> bool:
    """Whether a span has three characters, two of a script without spaces, or fewer that are a name by the lexicon."""
    single = _is_single(said[0])
    return len(said) > (1 if single else 2) or (tagger.is_name(said) and (said.isascii() or single))


def _is_single(char: str) -> bool:
    """Whether words go on without a space behind a character; in Hangul, a name and the particle after it."""
    return unspaced(char) or "\uac00" <= char <= "\ud7a3"


def _is_plain(tagger: Tagger, text: str, run: Run) -> bool:
    """Whether a span in lower case is rather an everyday word, or stands in code."""
    plain = text[run.start : run.end]
    around = text[max(0, run.start - 1) : run.start] + text[run.end : run.end + 1]
    if run.label == PERSON and plain.islower() and run.chance < _least(tagger, text, run, plain):
        return True
    everyday = tagger.is_everyday(plain) and not (run.label == PLACE and run.chance >= SURE_PLACE)
    return plain in FUNCTION_WORDS or everyday or any(char in _CODE for char in around)


def _least(tagger: Tagger, text: str, run: Run, plain: str) -> float:
    """How likely words in lower case must be to be a name: the more so where capitals are in use."""
    capitals = sum(map(str.isupper, text[max(0, run.start - NEAR) : run.start]))
    if capitals and all(map(tagger.is_common, WORD.findall(plain))):
        return SURE
    if not plain.isalpha():
        return 0.0
    least = PLAIN if tagger.knows(plain) else PLAIN_STRANGE
    return max(least, PLAIN_CAPITALS) if capitals > 1 else least


def _is_opening(tagger: Tagger, text: str, run: Run) -> bool:
    """Whether a span is rather the everyday word that a sentence begins with, or one in a heading."""
    said = text[run.start : run.end]
    before = text[max(0, run.start - 4) : run.start].rstrip(" \t\"'*_(")
    opens = not before or before[-1] in ".!?:;\n"
    least = PLAIN if opens else COMMON_LEAST
    return run.label == PERSON and run.chance < least and said.isalpha() and tagger.is_common(said)


def _is_address(said: str) -> bool:
    """Whether there is more to it than a number, a letter or a word such as "of"."""
    if said.isdecimal():
        return len(said) > 4
    if _GATE.fullmatch(said):
        return False
    telling = [word for word in WORD.findall(said) if _tells(word)]
    return len(telling) > 1 or (len(telling) == 1 and (len(telling[0]) > 3 or any(map(str.isdigit, said))))


def _tells(word: str) -> bool:
    """Whether a word can be part of an address by itself."""
    return (len(word) > 1 or unspaced(word)) and word.lower() not in FUNCTION_WORDS


def _cut(text: str, at: int) -> bool:
    """Whether an edge goes through a run of letters and digits."""
    if not 0 < at < len(text) or _is_single(text[at - 1]) or _is_single(text[at]):
        return False
    return text[at - 1].isalnum() and text[at].isalnum()
