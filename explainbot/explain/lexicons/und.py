"""Grounding for a language without a lexicon, in any script: the first letters of a word stand for it.

Endings differ and are left off, prefixes that only point ("the" in Arabic and Hebrew) too. Scripts without spaces
between words are compared by pairs of characters (see `index`).
"""

from __future__ import annotations

import re

from explainbot.explain.lexicons import Lexicon, plain_letters

KEPT = 5
"""Letters kept of a word: as good as a stemmer for many languages (McNamee and Mayfield 2004, character n-grams)."""

KEPT_HANGUL = 2
"""Syllables kept of a Korean word: particles follow the stem."""

_ARTICLES = re.compile(r"^(?:\u0648?\u0627\u0644|\u05d4)(?=\w{3})")


def stem(word: str) -> str:
    """The first letters of a word, without accents and without an Arabic or Hebrew article."""
    bare = _ARTICLES.sub("", plain_letters(word))
    return bare[: KEPT_HANGUL if "\uac00" <= bare[:1] <= "\ud7a3" else KEPT]


LEXICON = Lexicon(
    code="und",
    stop=frozenset(),
    negations=frozenset(),
    numbers={},
    multipliers={},
    months={},
    weekdays={},
    durations={},
    currencies={"usd": "USD", "eur": "EUR", "gbp": "GBP", "jpy": "JPY", "inr": "INR", "try": "TRY", "cny": "CNY"},
    percents=frozenset(),
    meridiem={"am": 0, "pm": 12, "a.m": 0, "p.m": 12},
    day_times={},
    through=frozenset(),
    endings=frozenset(),
    ordinals=frozenset(),
    abbreviations=frozenset(),
    greeting="(?!)",
    empty=(),
    stem=stem,
)
