"""Reasons a model gives for an earlier reply, when it is asked: what it is asked, and what of its answer holds.

A model's account of itself is no evidence of what it did (up to 57 % of citations written by models were found to be
rationalised afterwards, arXiv 2412.18004). So nothing in it is believed: a reason is kept if the source it names was
given and may be quoted, its quote stands there word for word (white space aside), and all it says is found in such
sources. The rest is dropped and counted. What is shown is said to be the model's own words, written later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from explainbot.explain.grounding import ground
from explainbot.explain.source import Record, Source
from explainbot.explain.statement import Statement

MOST = 8
"""Reasons that are read."""

LONGEST = 400
"""Characters of a reason."""

LEAST_QUOTE = 12
"""Characters a quote has at least: a word or two stand in many places."""

ROOM = 12_000
"""Characters of sources that are shown to the model again: some 3,000 tokens."""

SPACE = re.compile(r"\s+")

ASK = (
    "You check a reply that was given to a customer. Say for its numbered statements why they hold. "
    "Each reason is one short plain sentence that says only what a source says, names that source by its number, and "
    "quotes the passage of it word for word. Leave out statements that no source bears out. Write the reasons in the "
    "language of the reply. Keep placeholders in square brackets as they are. Answer with JSON only: an "
    'object with a list "reasons", each with "statement" and "source" (their numbers), "quote" and "reason".'
)

FORM: dict[str, Any] = {
    "type": "json_schema",
    "json_schema": {
        "name": "reasons",
        "strict": True,
        "schema": {
            "type": "object",
            "additionalProperties": False,
            "required": ["reasons"],
            "properties": {
                "reasons": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["statement", "source", "quote", "reason"],
                        "properties": {
                            "statement": {"type": "integer"},
                            "source": {"type": "integer"},
                            "quote": {"type": "string"},
                            "reason": {"type": "string"},
                        },
                    },
                }
            },
        },
    },
}
"""The `response_format` of the question."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Reason(_Frozen):
    """A reason in the model's words, checked.

    Attributes:
        text: what the model wrote.
        statement: the place of the statement it is for in `Explanation.statements`, from 0.
        source_id: the source it names.
        quote: the passage it quotes, verbatim: `source.text[start:end] == quote`.
        start, end: offsets in the source's text.
    """

    text: str
    statement: int
    source_id: str
    quote: str
    start: int
    end: int


class Narrated(_Frozen):
    """What came of asking the model for its reasons.

    Attributes:
        reasons: those that hold.
        dropped: how many did not.
        failure: why there is no answer at all: "invalid", or the name of the error that came instead, `BudgetSpent`
            among them; None if there was one.
    """

    reasons: tuple[Reason, ...] = ()
    dropped: int = 0
    failure: str | None = None


class _Given(_Frozen):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    statement: int
    source: int
    quote: str
    reason: str


class _Answer(_Frozen):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    reasons: list[_Given] = Field(max_length=10 * MOST)


def may_name(record: Record, statements: Sequence[Statement], secret: frozenset[str]) -> tuple[Source, ...]:
    """The sources the model is shown again: not of a secret kind, those that statements match first, as many as fit."""
    matched = [item.source_id for one in statements for item in one.evidence]
    order = {source_id: place for place, source_id in reversed(list(enumerate(matched)))}
    open_ = [source for source in record.sources if source.kind not in secret]
    chosen: list[Source] = []
    room = ROOM
    for source in sorted(open_, key=lambda source: order.get(source.id, len(matched))):
        if room > 0:
            chosen.append(source)
            room -= len(source.text)
    return tuple(chosen)


def question(statements: Sequence[Statement], sources: Sequence[Source]) -> list[dict[str, str]]:
    """The messages that ask for reasons, in redacted text. A source is cut where the room ends."""
    shown = []
    room = ROOM
    for number, source in enumerate(sources, 1):
        text = SPACE.sub(" ", source.text[:room]).strip()
        room -= len(text)
        shown.append(f"[{number}] {source.title or source.tool or source.kind}\n{text}")
    said = [f"{number}. {one.text}" for number, one in enumerate(statements, 1)]
    asked = "Sources:\n\n" + "\n\n".join(shown) + "\n\nStatements of the reply:\n\n" + "\n".join(said)
    return [{"role": "system", "content": ASK}, {"role": "user", "content": asked}]


def checked(answer: str, statements: Sequence[Statement], sources: Sequence[Source]) -> Narrated:
    """What of the model's answer holds.

    Args:
        answer: its text, redacted.
        statements, sources: as they were numbered in the question.

    Raises:
        ValueError: the answer is not of the form that was asked for. The message holds nothing of it.
    """
    given = _read(answer).reasons
    kept = [reason for one in given[:MOST] if (reason := _reason(one, statements, sources)) is not None]
    return Narrated(reasons=tuple(dict.fromkeys(kept)), dropped=len(given) - len(kept))


def _read(answer: str) -> _Answer:
    start, end = answer.find("{"), answer.rfind("}")
    try:
        return _Answer.model_validate_json(answer[start : end + 1] if 0 <= start < end else answer)
    except ValidationError:
        raise ValueError("the answer is not of the form that was asked for") from None


def _reason(one: _Given, statements: Sequence[Statement], sources: Sequence[Source]) -> Reason | None:
    text = SPACE.sub(" ", one.reason).strip()
    if not (0 < one.statement <= len(statements) and 0 < one.source <= len(sources) and 0 < len(text) <= LONGEST):
        return None
    source = sources[one.source - 1]
    place = _place(one.quote, source.text)
    if place is None or not _found(text, sources):
        return None
    start, end = place
    return Reason(
        text=text,
        statement=one.statement - 1,
        source_id=source.id,
        quote=source.text[start:end],
        start=start,
        end=end,
    )


def _place(quote: str, text: str) -> tuple[int, int] | None:
    """Where a quote stands in a text, however its white space is set. Linear."""
    words = quote.split()
    if len("".join(words)) < LEAST_QUOTE:
        return None
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    return found.span() if found else None


def _found(text: str, sources: Sequence[Source]) -> bool:
    """Whether a reason says something, and all of it is found."""
    states = {one.state for one in ground(text, sources)} - {"no claim"}
    return states == {"found"}
