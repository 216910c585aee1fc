"""A statement of the reply, the evidence quoted for it, and the values it holds: what grounding returns."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

State = Literal["found", "partly found", "not found", "conflicts", "no claim"]
"""How a statement stands to the sources. "found" is a match of words and values, never a claim of cause."""

Tier = Literal["cited", "matched", "checked", "tested"]
"""Where evidence comes from: the provider's own citation, matching of words and values, a checker, a removal test."""


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
    """

    text: str
    start: int
    end: int
    state: State
    score: float
    evidence: tuple[Evidence, ...] = ()
    values: tuple[CheckedValue, ...] = ()
