"""Text cut into tokens with offsets: words, numbers, dates, times, placeholders, addresses.

One regular expression reads the text from left to right. Every repeat in it is possessive, bounded or ends where the
next try begins, so that the time is linear in the text whatever the text is. Scripts written without spaces give one
token per character. The commonest token, a plain word that can begin nothing else, is tried first.
"""

from __future__ import annotations

import re

PLACEHOLDER, CONTACT, PHONE, DATE, TIME, NUMBER, WORD, SIGN, CHARACTER = "PCHDTNWSK"
"""Kinds of token."""

Token = tuple[str, str, int, int]
"""Kind, text, start, end; offsets in code points, half-open."""

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Thai, Lao, Myanmar, Khmer, kana and Han: blocks of the Unicode Standard whose scripts put no spaces between words."""

MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0970-\u0dff"
"""Combining marks and Indic vowel signs: parts of a word that `\\w` leaves out."""

CURRENCY_SIGNS = "$€£¥₹₽₺₩฿₴₪₫₱₦"

_TOKEN = re.compile(
    rf"""
      (?P<V> [^\W\d_{UNSPACED}]++(?![\w@:'’+{MARKS}-]|\.[\w.+@-]) )                 # refund
    | (?P<P> \[[A-Z]{{2,24}}(?:_[A-Z]{{2,24}}){{0,3}}_\d{{1,9}}\] )                  # [EMAIL_1]
    | (?P<C> (?:https?://|www\.)[^\s<>"'()\[\]{{}}|]+(?<![.,;:!?])
           | (?<![\w.+-])[\w.+-]{{1,64}}+@[\w-]{{1,63}}+(?:\.[\w-]{{1,63}}+){{1,5}} )
    | (?P<D> \d{{4}}-\d\d?-\d\d?(?!\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{{1,9}})?)?(?:Z|[+-]\d\d:?\d\d(?!\d))?)?
           | \d\d?(?P<s1>[./-])\d\d?(?P=s1)\d{{4}}(?!\d) | \d\d?(?P<s2>[./])\d\d?(?P=s2)\d\d(?!\d|[./:,]\d)
           | \d{{4}}/\d\d?/\d\d?(?!\d) )
    | (?P<H> (?<![\w+])\+\d[\d ().-]{{6,18}}\d(?!\w) | (?<!\w)(?:\d-)?\(?\d{{3}}\)?[ .-]\d{{3}}[ .-]\d{{4}}(?!\w)
           | (?<!\w)\(?0\d{{2,5}}\)?[ /-]\d{{3,8}}(?:[ -]\d{{2,5}}){{0,2}}(?![\w:/-]|\.\d) )
    | (?P<T> \d\d?:\d\d(?::\d\d)?(?![\d:]) )
    | (?P<N> \d++(?:[.,'’\u00a0\u202f]\d++){{0,6}}+(?:[^\W\d_{UNSPACED}]{{1,12}}+)?+(?![^\W{UNSPACED}]) )
    | (?P<W> [^\W{UNSPACED}]++(?:['’]?+[{MARKS}]++[^\W{UNSPACED}]*+|['’][^\W{UNSPACED}]++)*+ )
    | (?P<K> [{UNSPACED}] )
    | (?P<S> [{CURRENCY_SIGNS}%‰] )
    """,
    re.VERBOSE,
)


_KINDS = {place: WORD if kind == "V" else kind for kind, place in _TOKEN.groupindex.items()}


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, in order; what lies between them is space and punctuation."""
    return [(_KINDS[match.lastindex or 1], match[0], *match.span()) for match in _TOKEN.finditer(text)]
