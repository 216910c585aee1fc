"""Postcodes that are known by their form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.detection import Detection
from explainbot.privacy.normalise import Seen

_AREAS = frozenset(
    """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
    FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG
    NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR
    TS TW UB W WA WC WD WF WN WR WS WV YO ZE
    """.split()
)
"""Postcode areas of the United Kingdom (Royal Mail, Postcode Address File)."""

_OUTWARD = re.compile(r"(?<![\w-])([A-Z]{1,2})[0-9][A-Z0-9]?\Z")
_INWARD = re.compile(r" [0-9][ABD-HJLNP-UW-Z]{2}(?![\w-])")


def british(text: Seen) -> Iterator[Detection]:
    """British postcodes, `SW1A 1AA`, which stand for some fifteen households."""
    shape = text.shape()
    at = shape.find(b" 0aa")
    while at >= 0:
        outward = _OUTWARD.search(text, max(0, at - 4), at) if _INWARD.match(text, at) else None
        if outward and outward[1] in _AREAS:
            yield Detection(outward.start(), at + 4, "POSTCODE", 0.7, "form of a British postcode")
        at = shape.find(b" 0aa", at + 1)
