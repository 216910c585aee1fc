"""Every sentence an explanation can hold, by language: one file here and one line in `LANGUAGES` each.

A message is a template with named gaps, `"Found in: {sources}."`. Where it depends on a number it is a mapping from
the plural category (Unicode CLDR: "zero", "one", "two", "few", "many", "other") to a template. Plurals, lists, dates
and numbers are CLDR's, by Babel. The catalogues themselves are plain modules: a gap is filled with parts that each form
escapes and sets in its own way, so what a formatter joins to one string (Fluent, gettext) would have to be taken apart
again.

Wording: plain words, one thought a sentence, the polite form of address. Names and titles stand behind a colon or in
brackets, where no language changes their form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from explainbot._lazy import lazy
from explainbot._registry import Registry

__all__ = ["LANGUAGES", "Language", "Message", "Piece", "language_for"]

Message = str | Mapping[str, str]
"""A template, or one for each plural category."""

Piece = tuple[str, str]
"""Wording, and the name of the gap behind it ("" at the end)."""

_GAP = re.compile(r"\{(\w+)\}")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ])")


@dataclass(frozen=True)
class Language:
    """One language as the explanation speaks it.

    Attributes:
        code: ISO 639-1.
        direction: the way the script runs.
        messages: name to template, or to templates by plural category.
        entities: entity type to a noun by plural category; "*" is for types not named.
        quotes: the quotation marks.
        space: what parts two sentences.
        locale: CLDR's name of the variety, if it is not the code.
    """

    code: str
    direction: Literal["ltr", "rtl"]
    messages: Mapping[str, Message]
    entities: Mapping[str, Mapping[str, str]]
    quotes: tuple[str, str] = ("\u201c", "\u201d")
    space: str = " "
    locale: str = ""
    _cut: dict[tuple[str, str], tuple[Piece, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @lazy
    def cldr(self) -> Locale:
        """What CLDR knows of the language."""
        return Locale.parse(self.locale or self.code)

    def plural(self, count: int) -> str:
        """The plural category of a number."""
        return self.cldr.plural_form(count)

    def template(self, name: str, count: int | None = None) -> str:
        """The template called `name`, in the form that `count` takes."""
        message = self.messages[name]
        return message if isinstance(message, str) else message[self.plural(count or 0)]

    def pieces(self, name: str, count: int | None = None) -> tuple[Piece, ...]:
        """The template called `name`, cut at its gaps."""
        message = self.messages[name]
        category = "" if isinstance(message, str) else self.plural(count or 0)
        if (known := self._cut.get((name, category))) is None:
            texts = _GAP.split(self.template(name, count))
            known = self._cut[name, category] = tuple(zip(texts[::2], [*texts[1::2], ""], strict=True))
        return known

    def entity(self, entity_type: str, count: int) -> str:
        """What a category of hidden data is called, such as "email addresses"."""
        return self.entities.get(entity_type, self.entities["*"])[self.plural(count)]

    def between(self, place: int, length: int) -> str:
        """What stands before item `place` (from 1) of a list of `length`."""
        pair, start, middle, end = self._separators
        if length == 2:
            return pair
        return end if place == length - 1 else start if place == 1 else middle

    @lazy
    def _separators(self) -> tuple[str, ...]:
        patterns = self.cldr.list_patterns["standard"]
        return tuple(patterns[name].removeprefix("{0}").removesuffix("{1}") for name in ("2", "start", "middle", "end"))

    def number(self, number: int) -> str:
        """A whole number, its thousands parted as the language does."""
        return str(number) if number < 1000 else format_decimal(number, locale=self.cldr)

    def percent(self, share: float) -> str:
        """A share of 1 as a percentage."""
        return format_percent(share, locale=self.cldr)

    def date(self, written: str) -> str | None:
        """A date as the language writes it in full; None where `written` does not begin with one in ISO 8601."""
        if found := _ISO_DATE.match(written):
            with suppress(ValueError):  # no such day
                return format_date(date.fromisoformat(found.group()), "long", locale=self.cldr)
        return None


LANGUAGES: Registry[Language] = Registry(
    "language",
    "explainbot.languages",
    {
        "en": "explainbot.explain.languages.en:LANGUAGE",
        "de": "explainbot.explain.languages.de:LANGUAGE",
        "fr": "explainbot.explain.languages.fr:LANGUAGE",
        "es": "explainbot.explain.languages.es:LANGUAGE",
        "it": "explainbot.explain.languages.it:LANGUAGE",
        "pt": "explainbot.explain.languages.pt:LANGUAGE",
        "nl": "explainbot.explain.languages.nl:LANGUAGE",
        "pl": "explainbot.explain.languages.pl:LANGUAGE",
        "tr": "explainbot.explain.languages.tr:LANGUAGE",
        "ar": "explainbot.explain.languages.ar:LANGUAGE",
        "hi": "explainbot.explain.languages.hi:LANGUAGE",
        "ja": "explainbot.explain.languages.ja:LANGUAGE",
    },
)
"""ISO 639-1 code to language."""


def language_for(tag: str) -> str:
    """The code of the language that a BCP 47 tag such as "de-AT" asks for; "en" where we do not speak it."""
    primary = tag.replace("_", "-").partition("-")[0].lower()
    return primary if primary in LANGUAGES else "en"
