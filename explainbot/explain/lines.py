"""Lines made of parts, and how a message of a language becomes one.

A part is either our own wording or the text of someone else (the reply, a source, a name). Each form (plain, Markdown,
HTML) decides how to set a part, and escapes those that are not ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from explainbot.explain.languages import Language

__all__ = ["Item", "Line", "Part", "Section", "joined", "listed", "say"]


class Part(NamedTuple):
    """A run of text.

    Attributes:
        text: the text, not escaped.
        role: "own" wording; "name" of a source, model, company; "said" by the reply; "quote" from a source; "link".
        href: where a link leads.
        before, after: for a quote, what stands round it in its source, where the source's text is at hand.
    """

    text: str
    role: Literal["own", "name", "said", "quote", "link"] = "own"
    href: str = ""
    before: str = ""
    after: str = ""


Line = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a section: its first line, and lines below it. `state` is a statement's, empty for other points."""

    line: Line
    below: tuple[Line, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its points; numbered where the points are statements."""

    title: str
    items: tuple[Item, ...]
    numbered: bool = False


def say(words: Language, name: str, count: int | None = None, /, **gaps: Part | Sequence[Part] | str | int) -> Line:
    """A message with its gaps filled."""
    if count is not None:
        gaps = {"count": count, **gaps}
    parts: list[Part] = []
    for text, gap in words.pieces(name, count):
        if text:
            parts.append(Part(text))
        if gap:
            parts.extend(_filling(words, gaps[gap]))
    return tuple(parts)


def _filling(words: Language, filling: Part | Sequence[Part] | str | int) -> Sequence[Part]:
    if isinstance(filling, Part):
        return (filling,)
    if isinstance(filling, int):
        return (Part(words.number(filling)),)
    return (Part(filling),) if isinstance(filling, str) else filling


def listed(words: Language, items: Sequence[Sequence[Part]]) -> Line:
    """Items with what the language puts between them: "a, b and c"."""
    parts: list[Part] = []
    for place, item in enumerate(items):
        if place:
            parts.append(Part(words.between(place, len(items))))
        parts.extend(item)
    return tuple(parts)


def joined(words: Language, *lines: Line) -> Line:
    """Sentences after one another."""
    parts: list[Part] = []
    for line in lines:
        parts += [Part(words.space), *line] if parts else line
    return tuple(parts)
