"""What a source is called, and the language an explanation is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explainbot.explain.languages import LANGUAGES, Language
from explainbot.explain.lines import Line, Part, say

if TYPE_CHECKING:
    from explainbot.explain.explanation import Explanation, SourceNote

__all__ = ["language_of", "name"]


def language_of(one: Explanation) -> Language:
    """The language an explanation is written in."""
    return LANGUAGES.load(one.language if one.language in LANGUAGES else "en")


def name(source: SourceNote, words: Language, linked: bool = False) -> Line:
    """What a source is called: its title, else its kind."""
    if source.kind == "instructions":
        return say(words, "kind_instructions")
    if source.kind == "document" and source.origin == "customer_message":
        return say(words, "sent_along", source=_title(source, words, linked))
    return _title(source, words, linked)


def _title(source: SourceNote, words: Language, linked: bool) -> Line:
    if source.title:
        if linked and source.url and source.url.startswith(("https://", "http://")):
            return (Part(source.title, "link", source.url),)
        return (Part(source.title, "name"),)
    if source.kind == "tool_result" and source.tool:
        return say(words, "kind_tool_result_named", tool=Part(source.tool, "name"))
    if source.kind == "document" and source.origin is None:
        return (Part(source.id, "name"),)
    return say(words, f"kind_{source.kind}")
