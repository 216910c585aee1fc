"""What grounding must know of a language: stop words, number words, months, units, abbreviations, empty phrases.

A lexicon is one file here and one line in `LEXICONS`. Texts in a language without one are compared by the plain word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import combining, normalize

from explainbot._lazy import lazy
from explainbot._registry import Registry

__all__ = ["LEXICONS", "Lexicon", "counted", "lasting", "lexicon_for", "listed", "stemmer"]

MAX_WORDS = 50_000
"""Words whose stems are remembered."""

_WORDS = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True)
class Lexicon:
    """One language as grounding sees it. All words are lower case.

    Attributes:
        code: ISO 639-1.
        stop: words that carry no content of their own.
        negations: words that turn a sentence round.
        numbers: cardinal words to their value.
        multipliers: words such as "thousand" to their factor.
        months: month names and abbreviations to 1 to 12.
        weekdays: weekday names and abbreviations to 0 (Monday) to 6.
        durations: unit words to (base unit, factor); base units are "s" (seconds), "month", "workday", "night".
        currencies: currency words to an ISO 4217 code, or "$" where the word names several currencies.
        percents: words that mean one in a hundred.
        meridiem: words after an hour to the hours added ("pm": 12); words such as "uhr" map to 0.
        day_times: words that are a time of day to minutes after midnight.
        through: words that stand between the two ends of a range.
        working: words before a unit of time that leave out weekends ("business days").
        fillers: words before a unit of time that change nothing ("full days").
        listing: those of `through` that between weekdays list two, not all between.
        contrasts: words other than `listing` that part two clauses ("but", "while").
        endings: words before the last digits of a longer number ("the card ending in 1234").
        ordinals: suffixes of ordinal numbers.
        abbreviations: words after which a full stop does not end a sentence, without the stop.
        articles: words that mean "one" before a unit of time ("a day").
        noun_capitals: every noun has a capital, so that a capital does not tell a name.
        speaker: words by which a speaker means himself or herself alone.
        asks: pattern of the words by which something is asked for.
        elides: an apostrophe parts an article from its noun ("l'article").
        greeting: pattern of the words that open a greeting or thanks.
        empty: patterns (searched at the start of the lower-cased sentence) of what is no claim: thanks, offers of help,
            requests.
        stem: word to stem.
    """

    code: str
    stop: frozenset[str]
    negations: frozenset[str]
    numbers: Mapping[str, int]
    multipliers: Mapping[str, int]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    durations: Mapping[str, tuple[str, float]]
    currencies: Mapping[str, str]
    percents: frozenset[str]
    meridiem: Mapping[str, int]
    day_times: Mapping[str, int]
    through: frozenset[str]
    endings: frozenset[str]
    ordinals: frozenset[str]
    abbreviations: frozenset[str]
    greeting: str
    empty: tuple[str, ...]
    stem: Callable[[str], str]
    articles: frozenset[str] = frozenset()
    listing: frozenset[str] = frozenset()
    contrasts: frozenset[str] = frozenset()
    working: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    speaker: frozenset[str] = frozenset()
    asks: str = "(?!)"
    elides: bool = False
    noun_capitals: bool = False

    @lazy
    def empty_start(self) -> re.Pattern[str]:
        """The patterns of `empty` as one."""
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.empty) or "(?!)")

    @lazy
    def mere_greeting(self) -> re.Pattern[str]:
        """A sentence that greets by up to four words, with a name after a comma or not, and says no more."""
        name = r"(?:,(?:[^\w,]+[^\W\d_a-z][\w.'’-]*){1,3})"
        return re.compile(rf"(?i:[\s¡¿*_]*(?:{self.greeting}))\b(?:[^\w,]+\w+){{0,4}}{name}?\W*$")

    @lazy
    def opening(self) -> re.Pattern[str]:
        """A greeting before the sentence proper: "Hello Ms Weber, ..."."""
        return re.compile(
            rf"[\s¡¿*_]*(?:{self.greeting})\b(?:[ \t]+[\w\[\].'’-]+){{0,4}}[ \t]*[,!:–—]+\s+(?=\S)", re.IGNORECASE
        )

    @lazy
    def asking(self) -> re.Pattern[str]:
        """The pattern of `asks`, for text in lower case."""
        return re.compile(self.asks)

    @lazy
    def parting(self) -> frozenset[str]:
        """Words that part two clauses."""
        return self.listing | self.contrasts

    @lazy
    def openers(self) -> frozenset[str]:
        """Words with which a value can begin."""
        words = (self.numbers, self.months, self.weekdays, self.day_times, self.currencies, self.articles)
        return frozenset().union(*words)

    @lazy
    def begins(self) -> Callable[[str], bool]:
        """Whether a value can begin with a word as it stands in a text: one of `openers`, or one with a digit in it."""

        @lru_cache(maxsize=MAX_WORDS)
        def begins(word: str) -> bool:
            return word.casefold() in self.openers or not word.isalpha()

        return begins

    @lazy
    def terms(self) -> Callable[[str], tuple[tuple[str, ...], tuple[str, ...], int]]:
        """A word as it stands in a text to its parts, the stems of those that are no stop words, how many negate."""

        @lru_cache(maxsize=MAX_WORDS)
        def terms(word: str) -> tuple[tuple[str, ...], tuple[str, ...], int]:
            held = self.parts(word)
            stems = tuple(self.stem(part) for part in held if part not in self.stop)
            return tuple(held), stems, sum(part in self.negations for part in held)

        return terms

    def parts(self, word: str) -> list[str]:
        """The words in one token, in lower case: "basic_economy" holds two, "l'article" one that counts."""
        plain = word.casefold().replace("’", "'")
        if self.elides and "'" in plain[:6]:
            plain = plain.partition("'")[2] or plain
        return _PARTS.findall(plain) if "_" in plain else [plain]


def listed(text: str) -> frozenset[str]:
    """The words of a text parted by spaces."""
    return frozenset(text.split())


def counted(text: str, start: int = 1, step: int = 1) -> dict[str, int]:
    """The words of a text parted by spaces, numbered; words joined by a stroke share their number."""
    return {word: start + step * place for place, words in enumerate(text.split()) for word in words.split("/")}


def lasting(seconds: Mapping[str, float], months: Mapping[str, float], **others: str) -> dict[str, tuple[str, float]]:
    """Units of time: words (joined by strokes) to (base unit, factor); `others` maps "night" and "workday" to words."""
    groups = [("s", seconds), ("month", months), *((unit, {words: 1}) for unit, words in others.items())]
    return {
        word: (unit, factor) for unit, table in groups for words, factor in table.items() for word in words.split("/")
    }


def stemmer(endings: str, least: int = 3) -> Callable[[str], str]:
    """A light stemmer (after Savoy 2006): accents go, then the longest of the endings that leaves `least` letters."""
    by_length = sorted(endings.split(), key=len, reverse=True)

    @lru_cache(maxsize=MAX_WORDS)
    def stem(word: str) -> str:
        bare = plain_letters(word)
        for ending in by_length:
            if bare.endswith(ending) and len(bare) - len(ending) >= least:
                return bare[: -len(ending)]
        return bare

    return stem


def plain_letters(word: str) -> str:
    """`word` without accents and other combining marks."""
    if word.isascii():
        return word
    # Letter by letter: putting many marks of one letter in order takes `normalize` the square of their number.
    bare = "".join(char for one in word for char in normalize("NFKD", one) if not combining(char))
    return normalize("NFC", bare).replace("ß", "ss").replace("ł", "l")


LEXICONS: Registry[Lexicon] = Registry(
    "lexicon",
    "explainbot.lexicons",
    {
        "en": "explainbot.explain.lexicons.en:LEXICON",
        "de": "explainbot.explain.lexicons.de:LEXICON",
        "fr": "explainbot.explain.lexicons.fr:LEXICON",
        "es": "explainbot.explain.lexicons.es:LEXICON",
        "it": "explainbot.explain.lexicons.it:LEXICON",
        "pt": "explainbot.explain.lexicons.pt:LEXICON",
        "nl": "explainbot.explain.lexicons.nl:LEXICON",
        "pl": "explainbot.explain.lexicons.pl:LEXICON",
        "und": "explainbot.explain.lexicons.und:LEXICON",
    },
)
"""ISO 639 code to lexicon; "und" (undetermined) serves every language that has none."""


@cache
def _languages_of_words() -> dict[str, list[str]]:
    """Each stop word to the languages it is one of, in the order of `LEXICONS`."""
    languages: dict[str, list[str]] = {}
    for code in LEXICONS:
        for word in LEXICONS.load(code).stop:
            languages.setdefault(word, []).append(code)
    return languages


LOOKED_AT = 80
"""Words from which the language of a text is told."""


def lexicon_for(text: str) -> Lexicon | None:
    """The lexicon of the language a text is in, told by its stop words; None if there is too little to tell.

    Latin script without a clear winner gives None; another script than any lexicon's gives "und".
    """
    words = [word.casefold() for word in _WORDS.findall(text[: 20 * LOOKED_AT])[:LOOKED_AT] if len(word) > 1]
    languages = _languages_of_words()
    counts = Counter(code for word in words for code in languages.get(word, ()))
    best = max((code for code in LEXICONS if counts[code]), key=lambda code: counts[code], default="")
    if best and (counts[best] >= 2 or counts[best] * 2 >= len(words)):
        return LEXICONS.load(best)
    letters = [char for word in words for char in word[:1]]
    foreign = sum(char > "\u024f" for char in letters)
    return LEXICONS.load("und") if foreign * 2 > len(letters) else None
