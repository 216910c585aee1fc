"""Which sentences of a reply claim something: not greetings, thanks, questions back, offers of help, or headings."""

from __future__ import annotations

from explainbot.explain.index import Unit
from explainbot.explain.lexicons import Lexicon
from explainbot.explain.reading import Value
from explainbot.explain.said import FIELD
from explainbot.explain.sentences import Sentence, is_listed
from explainbot.privacy.detection import NAME_LABELS

CERTAIN = ("amount", "percentage", "id", "phone", "contact")
"""Kinds of value that a question back states rather than asks."""

NAME = tuple(f"[{label}_" for label in ("PERSON", *NAME_LABELS))
"""How the placeholder of a name, or of a part of one, begins."""

QUESTION = ("?", "？", "؟", ";?", "︖")


def is_claim(text: str, unit: Unit, lexicon: Lexicon) -> bool:
    """Whether a sentence says something that a source could bear out.

    Args:
        text: the sentence, without a greeting before it.
        unit: what was read of it.
        lexicon: its language.

    A heading names, and so does a field of JSON without a value; an empty phrase greets, thanks or offers; whatever
    holds a value claims it. A question asks, unless it says an amount, a number or a date for certain: "Shall I charge
    $50 to the card ending in 1234?"
    """
    plain = text.strip().strip("*_\"'“”„»«)¡¿").casefold().replace("’", "'")
    if plain.endswith(QUESTION):
        return any(value.kind in CERTAIN for value in unit.values)
    if lexicon.mere_greeting.match(text) and all(_is_name(text, unit, value) for value in unit.values):
        return False
    if not all(value.loose for value in unit.values):
        return True
    if not unit.terms or unit.kind in ("heading", FIELD) or (plain.endswith(":") and len(unit.terms) <= 6):
        return False
    return not lexicon.empty_start.match(plain)


class Asked:
    """Which sentences of a reply only go on with a request: "Please give me: 1. The date of the flight. 2. ..."."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon
        self._asking = False

    def goes_on(self, piece: Sentence, unit: Unit) -> bool:
        """Whether the next sentence is an item of a list that was asked for, and holds no value."""
        if not is_listed(self._text, piece.start):
            plain = self._text[piece.start : piece.end].strip(" *_")
            self._asking = plain.endswith((":", "：")) and bool(self._lexicon.asking.search(plain.casefold()))
            return False
        return self._asking and all(value.loose for value in unit.values)


def _is_name(text: str, unit: Unit, value: Value) -> bool:
    """Whether a value in the sentence `text` is the placeholder of a name."""
    return text.startswith(NAME, value.start - unit.start)


def without_greeting(text: str, piece: Sentence, lexicon: Lexicon) -> Sentence:
    """The piece of `text` without a greeting before what it says: "Hello Ms Weber, refunds take 5 days."."""
    greeting = lexicon.opening.match(text, piece.start, piece.end)
    if greeting is None or lexicon.mere_greeting.match(text[piece.start : piece.end]):
        return piece
    return piece._replace(start=greeting.end())
