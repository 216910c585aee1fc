"""What a company adds to the detectors, and what it lets pass: `Settings.detectors` and `Settings.allow`.

Everything here is checked when it is built, never in the middle of a call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from explainbot._lazy import lazy
from explainbot.errors import ConfigError
from explainbot.privacy.context import after, before, cues
from explainbot.privacy.detection import PLACEHOLDER_LIKE, Detection
from explainbot.privacy.egress import bounded
from explainbot.privacy.normalise import fold, folded, normalise
from explainbot.privacy.patterns import compiled
from explainbot.privacy.triggers import Trigger

_TYPE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_WORD = re.compile(r"[^\W_]+")
NEAR = 48
"""How far from a find a context word may stand, in characters."""


@dataclass(frozen=True)
class Pattern:
    """A detector made of a regular expression, such as `Pattern("LOYALTY_ID", r"FB-[0-9]{6}")`.

    Args:
        entity_type: what it finds, in UPPER_SNAKE.
        expression: the regular expression. It sees the text normalised: ASCII digits, dashes and spaces, nothing
            invisible.
        words: context words, one of which must stand near a find, in any case; none for no such condition.
        check: takes the find and says whether it is one, such as a check digit.

    Raises:
        ConfigError: the entity type or the expression is wrong, or some text would make the expression slow.
    """

    entity_type: str
    expression: str
    words: Iterable[str] = ()
    check: Callable[[str], bool] | None = None

    def __post_init__(self) -> None:
        _checked_type(self.entity_type)
        if isinstance(self.words, str):
            raise ConfigError("the context words of a pattern are a list of words, not one text")
        object.__setattr__(self, "words", tuple(fold(word) for word in self.words))
        object.__setattr__(self, "_compiled", compiled(self.expression))
        context = "|".join(re.escape(word) for word in self.words)
        object.__setattr__(self, "_context", re.compile(rf"(?<!\w)(?:{context})(?!\w)") if context else None)

    def __call__(self, text: str) -> Iterator[Detection]:
        for match in self._compiled.finditer(str(text)):  # type: ignore[attr-defined]
            start, end = match.start(), match.end()
            if start < end and self._near(text, start, end) and (self.check is None or self.check(text[start:end])):
                yield Detection(start, end, self.entity_type, 0.9, "a pattern of the company's own")

    def _near(self, text: str, start: int, end: int) -> bool:
        context: re.Pattern[str] | None = self._context  # type: ignore[attr-defined]
        return context is None or any(
            context.search(window) for window in (before(text, start, NEAR), after(text, end, NEAR))
        )


@dataclass(frozen=True)
class WordList:
    """A detector of words and phrases, whole and in any case, such as `WordList("PROJECT", ["Bluebird", "Night Owl"])`.

    Args:
        entity_type: what they are, in UPPER_SNAKE.
        phrases: the words and phrases, each with a letter or a digit.

    Raises:
        ConfigError: the entity type is wrong, or a phrase has neither letter nor digit.
    """

    entity_type: str
    phrases: Iterable[str] = field(repr=False)

    def __post_init__(self) -> None:
        _checked_type(self.entity_type)
        if isinstance(self.phrases, str):
            raise ConfigError("a word list takes a list of words, not one text")
        object.__setattr__(self, "phrases", tuple(self.phrases))
        if not all(_WORD.search(phrase) for phrase in self.phrases):
            raise ConfigError("a word list takes words and phrases, each with a letter or a digit")

    @lazy
    def _by_first(self) -> Mapping[str, tuple[tuple[int, re.Pattern[str]], ...]]:
        """First word to (how far ahead of it the phrase begins, the phrase with any white space)."""
        table: dict[str, tuple[tuple[int, re.Pattern[str]], ...]] = {}
        for phrase in self.phrases:
            plain = fold(normalise(phrase.strip()).text)
            first = _WORD.search(plain)
            assert first is not None
            spaced = re.compile(r"\s{1,4}".join(map(re.escape, plain.split())))
            table[first[0]] = (*table.get(first[0], ()), (first.start(), spaced))
        return table

    @lazy
    def trigger(self) -> Trigger:
        return Trigger(frozenset(self._by_first))

    def __call__(self, text: str) -> Iterator[Detection]:
        plain = folded(text)
        for at, _, word in cues(text, self.trigger.words):
            for ahead, phrase in self._by_first[word]:
                match = phrase.match(plain, at - ahead) if at >= ahead else None
                if match and bounded(plain, *match.span()):
                    yield Detection(*match.span(), self.entity_type, 0.9, "a word of the company's own list")


@dataclass(frozen=True)
class Allow:
    """What detectors may find and the company lets pass all the same. What is known of the customer never passes.

    Args:
        values: exact values, in any case and spacing, such as the company's own telephone number.
        patterns: regular expressions; a find passes when one of them matches all of it.
        entity_types: types that are not hidden at all.

    Raises:
        ConfigError: a pattern is wrong or could be slow, or an entity type is not in UPPER_SNAKE.
    """

    values: Iterable[str] = ()
    patterns: Iterable[str] = ()
    entity_types: Iterable[str] = ()

    def __post_init__(self) -> None:
        for name in ("values", "patterns", "entity_types"):
            if isinstance(getattr(self, name), str):
                raise ConfigError(f"allow.{name} is a list, not one text")
        object.__setattr__(self, "values", frozenset(map(_plain, self.values)))
        object.__setattr__(self, "entity_types", frozenset(map(_checked_type, self.entity_types)))
        object.__setattr__(self, "patterns", tuple(self.patterns))
        object.__setattr__(self, "_compiled", tuple(map(compiled, self.patterns)))

    def __bool__(self) -> bool:
        return bool(self.values or self.patterns or self.entity_types)

    def lets_pass(self, text: str, found: Detection) -> bool:
        """Whether a find in `text` stays as it is."""
        if found.entity_type in self.entity_types:
            return True
        value = text[found.start : found.end]
        if self.values and _plain(value) in self.values:
            return True
        return any(pattern.fullmatch(value) for pattern in self._compiled)  # type: ignore[attr-defined]


def _plain(value: str) -> str:
    return "".join(fold(normalise(value).text).split())


def _checked_type(name: str) -> str:
    if not _TYPE.fullmatch(name) or name == PLACEHOLDER_LIKE:
        raise ConfigError(f"{name!r} is no entity type: write it in capitals, as in LOYALTY_ID")
    return name
