"""Which sentences of a reply claim something: not greetings, thanks, questions back, offers of help, or headings."""

from __future__ import annotations

from explainbot.explain.index import Unit
from explainbot.explain.lexicons import Lexicon

CERTAIN = ("amount", "percentage", "id", "phone", "contact")
"""Kinds of value that a question back states rather than asks."""

QUESTION = ("?", "？", "؟", ";?", "︖")


def is_claim(text: str, unit: Unit, lexicon: Lexicon) -> bool:
    """Whether a sentence says something that a source could bear out.

    A heading names; an empty phrase greets, thanks or offers; whatever holds a value claims it. A question asks, unless
    it says an amount, a number or a date for certain: "Shall I charge $50 to the card ending in 1234?"
    """
    plain = text.strip().strip("*_\"'“”„»«)¡¿").casefold().replace("’", "'")
    if plain.endswith(QUESTION):
        return any(value.kind in CERTAIN for value in unit.values)
    if not all(value.loose for value in unit.values):
        return True
    if not unit.terms or unit.kind == "heading" or (plain.endswith(":") and len(unit.terms) <= 6):
        return False
    return not lexicon.empty_start.match(plain)
