"""First name and surname of a full name, in the orders in which names are written."""

from __future__ import annotations

from explainbot.privacy.normalise import fold
from explainbot.privacy.words import FUNCTION_WORDS, PARTICLES, TITLES

SURNAMES_FIRST = frozenset(
    """
    nguyen nguyễn tran trần le lê pham phạm hoang hoàng huynh huỳnh phan vu vũ vo võ dang đặng bui bùi do đỗ ngo ngô kim
    lee park choi jung jeong kang cho yoon jang lim han wang li zhang liu chen yang huang zhao wu zhou xu sun
    """.split()
)
"""Frequent surnames that stand before the given name, in Vietnamese, Korean and Chinese order.

The most frequent by Lê Trung Hoa, "Họ và tên người Việt Nam" (2005), by the census of Korea of 2015 (Statistics Korea),
and by the report on names of China's Ministry of Public Security for 2020; with and without Vietnamese accents.
"""


def name_parts(name: str) -> tuple[str, str] | None:
    """First name and surname, folded, titles and particles left out; None for a name that cannot be divided."""
    family, comma, given = name.partition(",")
    words = _words(f"{given} {family}" if comma else name)
    if len(words) < 2 or not (_is_word(words[0]) and _is_word(words[-1])):
        return None
    first, last = words[0], words[-1]
    return (last, first) if not comma and first in SURNAMES_FIRST and last not in SURNAMES_FIRST else (first, last)


def untitled(name: str) -> str:
    """A name, folded, without titles and particles: "raman" for "Ms. Raman"."""
    return " ".join(_words(name))


def _words(name: str) -> list[str]:
    words = [word.strip(".'\u2019") for word in fold(name).split()]
    return [word for word in words if word not in TITLES and word not in PARTICLES]


def _is_word(word: str) -> bool:
    return len(word) > 2 and word.replace("-", "").replace("'", "").isalpha() and word not in FUNCTION_WORDS
