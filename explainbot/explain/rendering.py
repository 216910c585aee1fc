"""An explanation as plain text, Markdown and HTML.

Replies and sources are hostile input. What is not our own wording is cleaned of control and bidirectional characters
and escaped for the form it stands in; in HTML it also stands in an isolated direction of its own.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from explainbot.explain.languages import Language
from explainbot.explain.view import Item, Line, Part, Section, View, view

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
_SPACE = re.compile(r"\s+")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|&~:@\"'$^=/])")


def clean(text: str) -> str:
    """One line of visible characters, shortened to `LONGEST`. Joiners that scripts and emoji need are kept."""
    text = text[: 8 * LONGEST]
    text = _SPACE.sub(" ", _UNSEEN.sub(_kept, text)).strip()
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
    lines = [_plain_line(shown.headline, shown.language)]
    for section in shown.sections:
        lines += ["", section.title]
        for number, item in enumerate(section.items, 1):
            lines.append(_bullet(section, item, number) + _plain_line(item.line, shown.language))
            lines += ["   " + _plain_line(line, shown.language) for line in item.below]
    return "\n".join(lines) + "\n"


def _bullet(section: Section, item: Item, number: int) -> str:
    return f"{number}. " if section.numbered and item.state else "- "


def _plain_line(line: Line, words: Language) -> str:
    return "".join(_plain_part(part, words) for part in line)


def _plain_part(part: Part, words: Language) -> str:
    if part.role == "own":
        return part.text
    text = clean(part.text)
    if part.role in ("said", "quote"):
        return words.quotes[0] + text + words.quotes[1]
    return f"{text} ({clean(part.href)})" if part.role == "link" and part.href != part.text else text


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
    text = _MARKDOWN.sub(r"\\\1", clean(part.text))
    if part.role in ("said", "quote"):
        return words.quotes[0] + text + words.quotes[1]
    if part.role == "link":
        return f"[{text}](<{_address(part.href)}>)"
    return text


def _address(href: str) -> str:
    """A link's target with every character that could end it percent-encoded (RFC 3986, section 2.1)."""
    return _NOT_IN_LINKS.sub(
        lambda sign: "".join(f"%{byte:02X}" for byte in sign.group().encode("utf-8", "replace")), href
    )


def html(one: Explanation) -> str:
    """The whole as an HTML fragment: the first line, and native `details` that work without script or style."""
    shown = view(one)
    body = "".join(_html_section(section, shown) for section in shown.sections)
    words = shown.language
    return (
        f'<section class="explainbot" lang="{escape(words.code)}" dir="{words.direction}" data-ai-generated="true"'
        f' data-trace="{escape(clean(one.trace_id))}">'
        f'<p class="explainbot-line">{_html_line(shown.headline, words)}</p>'
        f"<details><summary>{escape(shown.details)}</summary>{body}</details></section>\n"
    )


def _html_section(section: Section, shown: View) -> str:
    items = "".join(_html_item(item, shown.language) for item in section.items)
    tag = "ol" if section.numbered else "ul"
    return f"<h3>{escape(section.title)}</h3><{tag}>{items}</{tag}>"


def _html_item(item: Item, words: Language) -> str:
    below = "".join(f"<p>{_html_line(line, words)}</p>" for line in item.below)
    state = f' data-state="{escape(item.state)}"' if item.state else ""
    return f"<li{state}><p>{_html_line(item.line, words)}</p>{below}</li>"


def _html_line(line: Line, words: Language) -> str:
    return "".join(_html_part(part, words) for part in line)


def _html_part(part: Part, words: Language) -> str:
    if part.role == "own":
        return escape(part.text)
    text = escape(clean(part.text))
    if part.role == "link":
        return f'<a href="{escape(_address(part.href))}" rel="noopener noreferrer nofollow"><bdi>{text}</bdi></a>'
    if part.role in ("said", "quote"):
        return f'<q dir="auto">{text}</q>'
    return f"<bdi>{text}</bdi>"
