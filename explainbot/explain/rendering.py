"""An explanation as plain text and Markdown.

Replies and sources are hostile input. What is not our own wording is cleaned of control and bidirectional characters
and escaped for the form it stands in. Where its script may run the other way, it stands in an isolated direction of its
own (Unicode UAX #9, first strong isolate).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from explainbot.explain import depths
from explainbot.explain.languages import Language
from explainbot.explain.lines import Item, Line, Part, Section
from explainbot.explain.view import language_of, view

if TYPE_CHECKING:
    from explainbot.explain.explanation import Explanation

_NOT_IN_LINKS = re.compile(r"[^A-Za-z0-9_:/?#@!$&*+,;=.~%-]")

LONGEST = 400
"""Characters of a statement or quote that are shown; the JSON holds the whole."""

_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]+"
)
"""Control, bidirectional, zero-width, tag and surrogate code points (Unicode categories Cc, Cf, Cs and fillers)."""

_JOINERS = "\u200c\u200d\ufe0f"
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Hebrew, Arabic and the other scripts that run from right to left (Unicode UAX #9, classes R and AL)."""

_SPACE = re.compile(r"\s+")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|&~:@\"'$^=/])")


def clean(text: str) -> str:
    """One line of visible characters, shortened to `LONGEST`. Joiners that scripts and emoji need are kept."""
    text = text[: 8 * LONGEST]
    if not (text.isascii() and text.isprintable() and "  " not in text):
        text = _SPACE.sub(" ", _UNSEEN.sub(_kept, text))
    text = text.strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _kept(unseen: re.Match[str]) -> str:
    return "".join(char if char in _JOINERS else " " for char in unseen.group())


def headline(one: Explanation) -> str:
    """The first line, plain."""
    shown = view(one)
    return _plain_line(shown.headline, shown.language)


def plain(one: Explanation) -> str:
    """The whole as plain text: the first line, then sections with their points."""
    shown = view(one)
    lines = [_plain_line(shown.headline, shown.language), *_plain_sections(shown.sections, shown.language)]
    return "\n".join(lines) + "\n"


def simple(one: Explanation) -> str:
    """The whole in a few easy sentences, a line each."""
    words = language_of(one)
    return "".join(_plain_line(item.line, words) + "\n" for item in depths.simple(one).items)


def record(one: Explanation) -> str:
    """The plain text with everything that stands behind it."""
    words = language_of(one)
    return plain(one) + "".join(line + "\n" for line in _plain_sections(depths.record(one), words))


def _plain_sections(sections: Sequence[Section], words: Language) -> Iterator[str]:
    for section in sections:
        yield from ("", section.title)
        for number, item in enumerate(section.items, 1):
            yield _bullet(section, item, number) + _plain_line(item.line, words)
            yield from ("   " + _plain_line(line, words) for line in item.below)


def _bullet(section: Section, item: Item, number: int) -> str:
    return f"{number}. " if section.numbered and item.state else "- "


def _plain_line(line: Line, words: Language) -> str:
    return "".join(plain_part(part, words) for part in line)


def plain_part(part: Part, words: Language) -> str:
    """A part as it stands in plain text."""
    if part.role == "own":
        return part.text
    text = isolated(clean(part.text), words)
    if part.role in ("said", "quote"):
        return words.quotes[0] + text + words.quotes[1]
    return f"{text} ({isolated(clean(part.href), words)})" if part.role == "link" and part.href != part.text else text


def isolated(text: str, words: Language) -> str:
    """Text of others between isolates, where it, or the language round it, runs from right to left."""
    if words.direction == "ltr" and (text.isascii() or not _RIGHT_TO_LEFT.search(text)):
        return text
    return f"\u2068{text}\u2069"


def markdown(one: Explanation) -> str:
    """The whole in CommonMark: every mark in the text of others is escaped."""
    shown = view(one)
    blocks = [_markdown_line(shown.headline, shown.language)]
    for section in shown.sections:
        lines = []
        for number, item in enumerate(section.items, 1):
            bullet = _bullet(section, item, number)
            lines.append(bullet + _markdown_line(item.line, shown.language))
            lines += [" " * len(bullet) + "- " + _markdown_line(line, shown.language) for line in item.below]
        blocks += [f"**{section.title}**", "\n".join(lines)]
    return "\n\n".join(blocks) + "\n"


def _markdown_line(line: Line, words: Language) -> str:
    return "".join(_markdown_part(part, words) for part in line)


def _markdown_part(part: Part, words: Language) -> str:
    if part.role == "own":
        return part.text
    text = isolated(_MARKDOWN.sub(r"\\\1", clean(part.text)), words)
    if part.role in ("said", "quote"):
        return words.quotes[0] + text + words.quotes[1]
    if part.role == "link":
        return f"[{text}](<{address(part.href)}>)"
    return text


def address(href: str) -> str:
    """A link's target with every character that could end it percent-encoded (RFC 3986, section 2.1)."""
    return _NOT_IN_LINKS.sub(
        lambda sign: "".join(f"%{byte:02X}" for byte in sign.group().encode("utf-8", "replace")), href
    )
