"""Word lists and script facts that decide when a name is only a word."""

from __future__ import annotations

import re

_FUNCTION_WORDS_TEXT = """
a about after all also am an and any are as at be been but by can come could day did do does done down each
else even ever few for from get go good had has have he her here him his how i if in into is it its just let
like long look made make many may me might more most much must my new no nor not now of off old on once one
only or other our out over own per put read ready same say see set she should sit so some still such sure take
than that the their them then there these they this those through time to today too two under until up us use
very want was way we well were what when where which while who whom why will with would yes yet you young your
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_TEXT.split())
"""English function words, and everyday words, that are also names of people (An, Do, May, So, Will, Young ...).

A part of a known name that is one of these is taken for the name only when it is written with a capital letter.
"""

_PARTICLES_TEXT = """
af al av bin bint da dal das de degli dei del della den der des di do dos du e el la las le los o of ten ter
the van vom von y zu zum zur
"""
PARTICLES = frozenset(_PARTICLES_TEXT.split())
"""Particles inside family names; alone they name nobody."""

_TITLES_TEXT = """
capt dame dipl doc dr dra frau fr herr hr ing jr lady lord madame mag miss mister mlle mme mr mrs ms mx phd pr
prof professor rev sig signor signora sir sr sra srta
"""
TITLES = frozenset(_TITLES_TEXT.split())
"""Forms of address, with their dots left out."""

_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x9FFF),  # Han
    (0xF900, 0xFAFF),  # Han, compatibility
    (0x20000, 0x3FFFF),  # Han, supplementary
)


def unspaced(char: str) -> bool:
    """Whether `char` belongs to a script written without spaces between words (Unicode block ranges)."""
    code = ord(char)
    return code >= 0x0E00 and any(low <= code <= high for low, high in _UNSPACED)


EASTERN_SCRIPTS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""For a character class: scripts written without spaces, and Hangul, which joins particles to what they follow."""

EASTERN = re.compile(f"[{EASTERN_SCRIPTS}]")

EAST = "\u0e00"
"""Words in such scripts sort behind this."""
