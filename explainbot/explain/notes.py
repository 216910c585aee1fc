"""Plain sentences about the reply as a whole: what was cut off, held back or not checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explainbot.explain.grounding import is_partial
from explainbot.explain.languages import LANGUAGES, Language
from explainbot.explain.lexicons import LEXICONS
from explainbot.explain.source import Record

__all__ = ["of", "translated"]

NAMES = ("note_partial", "note_language", "note_cut", "note_filtered")
"""The messages without a number, in the order in which they stand."""

COUNTED = "note_unknown_placeholders"


def of(record: Record, language: str, spoken: str | None) -> tuple[str, ...]:
    """The notes on a reply, in a language.

    Args:
        language: the explanation's.
        spoken: the reply's, if it is known.
    """
    words = LANGUAGES.load(language)
    told = (
        is_partial(record.reply, record.sources),
        spoken is not None and spoken not in LEXICONS,
        record.finish_reason == "length",
        record.finish_reason == "content_filter",
    )
    plain = [words.template(name) for name, holds in zip(NAMES, told, strict=True) if holds]
    return (*plain, *([_counted(words, record.unknown_placeholders)] if record.unknown_placeholders else []))


def _counted(words: Language, count: int) -> str:
    return words.template(COUNTED, count).format(count=count)


def translated(notes: Sequence[str], language: str, other: str) -> tuple[str, ...]:
    """Notes written in one language, in another; one that is none of ours stays as it is."""
    return tuple(_translated(note, LANGUAGES.load(language), LANGUAGES.load(other)) for note in notes)


def _translated(note: str, words: Language, others: Language) -> str:
    same = (others.template(name) for name in NAMES if words.template(name) == note)
    return next(same, None) or next(_recounted(note, words, others), note)


def _recounted(note: str, words: Language, others: Language) -> Iterator[str]:
    digits = "".join(char for char in note if char.isdecimal())
    for count in (int(digits),) if digits else (1, 2):
        if _counted(words, count) == note:
            yield _counted(others, count)
