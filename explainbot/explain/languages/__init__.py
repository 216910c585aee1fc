"""Every sentence an explanation can hold, by language: one file here and one line in `LANGUAGES` each.

A message is a template with named gaps, `"Found in: {sources}."`. Where it depends on a number it is a mapping from
the plural category (Unicode CLDR: "one", "few", "many", "other") to a template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from explainbot._registry import Registry

__all__ = ["LANGUAGES", "Language", "language_for"]


@dataclass(frozen=True)
class Language:
    """One language as the explanation speaks it.

    Attributes:
        code: ISO 639-1.
        direction: the way the script runs.
        plural: a number to its CLDR plural category.
        messages: name to template, or to templates by plural category.
        entities: entity type to a noun by plural category; "*" is for types not named.
        separator, last_separator: what stands between the items of a list, and before its last item.
        quotes: the quotation marks.
    """

    code: str
    direction: Literal["ltr", "rtl"]
    plural: Callable[[int], str]
    messages: Mapping[str, str | Mapping[str, str]]
    entities: Mapping[str, Mapping[str, str]]
    separator: str = ", "
    last_separator: str = " and "
    quotes: tuple[str, str] = field(default=("\u201c", "\u201d"))

    def template(self, name: str, count: int | None = None) -> str:
        """The template called `name`, in the form that `count` takes."""
        message = self.messages[name]
        return message if isinstance(message, str) else _form(message, self.plural(count or 0))

    def entity(self, entity_type: str, count: int) -> str:
        """What a category of hidden data is called, such as "email addresses"."""
        return _form(self.entities.get(entity_type, self.entities["*"]), self.plural(count))


def _form(forms: Mapping[str, str], category: str) -> str:
    return forms.get(category, forms["other"])


LANGUAGES: Registry[Language] = Registry(
    "language",
    "explainbot.languages",
    {
        "en": "explainbot.explain.languages.en:LANGUAGE",
    },
)


def language_for(tag: str) -> str:
    """The code of the language that a BCP 47 tag such as "de-AT" asks for; "en" where we do not speak it."""
    primary = tag.replace("_", "-").partition("-")[0].lower()
    return primary if primary in LANGUAGES else "en"
