"""What an explanation says and in which order, before it takes a form: lines made of parts (`lines`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from explainbot.explain.languages import Language
from explainbot.explain.lines import Item, Line, Section
from explainbot.explain.view.decisions import decision, narrated
from explainbot.explain.view.first_line import decided, headline
from explainbot.explain.view.naming import language_of, name
from explainbot.explain.view.reply import about, data
from explainbot.explain.view.statements import said

if TYPE_CHECKING:
    from explainbot.explain.explanation import Explanation

__all__ = ["View", "decided", "headline", "language_of", "name", "view"]


@dataclass(frozen=True, slots=True)
class View:
    """The whole: first line, title of the details, and their sections."""

    headline: Line
    details: str
    sections: tuple[Section, ...]
    language: Language


def view(one: Explanation, texts: Mapping[str, str] | None = None) -> View:
    """What `one` says, in its language.

    Args:
        texts: the sources' texts by id, where quotes shall be shown with what stands round them.
    """
    words = language_of(one)
    sections = (
        Section(words.template("said"), tuple(said(one, words, texts or {})), numbered=True),
        Section(words.template("decisions"), tuple(decision(item, one, words) for item in one.decisions)),
        Section(words.template("narrated"), tuple(narrated(one, words))),
        Section(words.template("data"), tuple(Item(line) for line in data(one, words))),
        Section(words.template("about"), tuple(Item(line) for line in about(one, words))),
    )
    return View(headline(one, words), words.template("details"), tuple(part for part in sections if part.items), words)
