"""A statement of the reply, the evidence quoted for it, and the values it holds: what grounding returns."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

State = Literal["found", "partly found", "not found", "conflicts", "no claim"]
"""How a statement stands to the sources. "found" is a match of words and values, never a claim of cause."""

Tier = Literal["cited", "matched", "checked", "tested"]
"""Where evidence comes from: the provider's own citation, matching of words and values, a checker, a removal test."""


CitationState = Literal["says it", "says part of it", "does not say it", "does not exist", "not checked"]
"""How a source stands to the statement that cites it. "does not exist": the reply names a source the model was never
given. "not checked": its text is not known here, or the statement claims nothing."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Field(_Frozen):
    """One value in a look-up's JSON that a statement repeats.

    Attributes:
        path: names and places from the top, such as `items[0].price`.
        text: the value, without its escapes.
        start, end: where it is written in the source's text.
    """

    path: str
    text: str
    start: int
    end: int


class Evidence(_Frozen):
    """A passage of a source that matches a statement.

    Attributes:
        source_id: the source.
        quote: the passage, verbatim: `source.text[start:end] == quote`. Empty where it is withheld.
        start, end: offsets in the source's text, in code points, half-open; both 0 where the quote is withheld.
        score: the share of the statement's weight that the passage covers, 0 to 1.
        tier: where the evidence comes from.
        withheld: the quote is not shown: it is from the company's instructions to the model.
        fields: for a passage of JSON, the values in it that the statement repeats.
    """

    source_id: str
    quote: str
    start: int
    end: int
    score: float
    tier: Tier = "matched"
    withheld: bool = False
    fields: tuple[Field, ...] = ()


class CheckedValue(_Frozen):
    """A value in a statement and how it stands to the sources.

    Attributes:
        kind: "amount", "percentage", "date", "time", "duration", "weekday", "phone", "contact", "placeholder", "id",
            "count", "number" or "name".
        text: as the reply writes it: `reply[start:end] == text`.
        start, end: offsets in the reply.
        state: found in a source, in none, or set against another value in the matching passage.
        source_text: for a conflict, what the passage says instead; empty where it is withheld.
        source_id: the source that gives it or, for a conflict, the one that says otherwise.
    """

    kind: str
    text: str
    start: int
    end: int
    state: Literal["found", "not found", "conflicts"]
    source_text: str = ""
    source_id: str | None = None


class Citation(_Frozen):
    """A source that the reply itself names for a statement.

    Attributes:
        marker: as the reply writes it, such as `[2]`; empty for an annotation of the provider.
        start, end: offsets in the reply of the marker, or of the words that are annotated.
        source_id: the source; None if it is none of those the model was given.
        url, title: of an annotation, as the provider gave them.
        state: what was found when it was looked up.
    """

    marker: str
    start: int
    end: int
    source_id: str | None
    url: str | None = None
    title: str | None = None
    state: CitationState


class Effect(_Frozen):
    """What leaving a source out did to a statement.

    Attributes:
        source_id: the source.
        effect: by how much the statement was lost: a share of it, or nats (see `RemovalTest.measure`). Negative where
            the model was surer of it without the source.
        noise: half the width of the noise band, in the same unit: what happens without taking anything away.
        outside: the effect lies above the band: the source is a cause of the statement.
        jointly: it does so only together with others; leaving this one out alone changed nothing.
    """

    source_id: str
    effect: float
    noise: float
    outside: bool
    jointly: bool = False


class RemovalTest(_Frozen):
    """How the model was asked again without one source at a time; the effects stand with the statements.

    Attributes:
        measure: "answers" that were read, or the "log-probability" of the reply's own words.
        calls: how many requests it took.
        tested: ids of the sources that were left out, in order.
        complete: whether every source was; else the budget, or the provider, did not last.
    """

    measure: Literal["answers", "log-probability"]
    calls: int
    tested: tuple[str, ...]
    complete: bool


class Check(_Frozen):
    """What a second check said of a statement.

    Attributes:
        checker: its name.
        score: 0 to 1, how well the passages bear the statement out; None where the check failed.
        before: the state before the check. A check never raises a state.
    """

    checker: str
    score: float | None
    before: State


class Statement(_Frozen):
    """A sentence, list item or table row of the reply.

    Attributes:
        text: verbatim: `reply[start:end] == text`.
        start, end: offsets in the reply, in code points, half-open.
        state: how it stands to the sources.
        score: 0 to 1, higher is better supported; 0 for "no claim".
        evidence: best first; for "not found" the nearest passages, which do not bear it out and are not shown to the
            customer; empty for "no claim".
        values: the values in it, in order.
        citations: the sources that the reply itself names for it, each looked up.
        effects: what leaving each source out did to it, if that was tested.
        checks: what second checks said of it, if any were asked for.
    """

    text: str
    start: int
    end: int
    state: State
    score: float
    evidence: tuple[Evidence, ...] = ()
    values: tuple[CheckedValue, ...] = ()
    citations: tuple[Citation, ...] = ()
    effects: tuple[Effect, ...] = ()
    checks: tuple[Check, ...] = ()
