"""The customer's copy of what an explanation quotes: originals in place of placeholders, and offsets that fit them."""

from __future__ import annotations

from collections.abc import Callable

from explainbot.explain.narrated import Narrated, Reason
from explainbot.explain.statement import CheckedValue, Citation, Effect, Evidence, Field, Statement

__all__ = ["narrated", "statement"]


def narrated(one: Narrated, text: Callable[[str], str], source_offset: Callable[[str, int], int]) -> Narrated:
    """The model's own reasons as the customer reads them.

    Args:
        one: the reasons, redacted.
        text: restores a text.
        source_offset: the offset in a restored source, in code points, for the source's id and the one as it was sent.
    """

    def reason(item: Reason) -> Reason:
        start, end = source_offset(item.source_id, item.start), source_offset(item.source_id, item.end)
        words = {"text": text(item.text), "quote": text(item.quote), "source_id": text(item.source_id)}
        return item.model_copy(update={**words, "start": start, "end": end})

    return one.model_copy(update={"reasons": tuple(reason(item) for item in one.reasons)})


def statement(
    one: Statement,
    text: Callable[[str], str],
    reply_offset: Callable[[int], int],
    source_offset: Callable[[str, int], int],
) -> Statement:
    """A statement as the customer reads it, with all that it quotes.

    Args:
        one: the statement, redacted.
        text: restores a text.
        reply_offset: the offset in the restored reply, in code points, for one in the reply as it came.
        source_offset: as for `narrated`.
    """

    def field(source_id: str, part: Field) -> Field:
        start, end = source_offset(source_id, part.start), source_offset(source_id, part.end)
        return Field(path=text(part.path), text=text(part.text), start=start, end=end)

    def evidence(item: Evidence) -> Evidence:
        if item.withheld:
            return item.model_copy(update={"source_id": text(item.source_id)})
        start, end = source_offset(item.source_id, item.start), source_offset(item.source_id, item.end)
        fields = tuple(field(item.source_id, part) for part in item.fields)
        words = {"source_id": text(item.source_id), "quote": text(item.quote), "fields": fields}
        return item.model_copy(update={**words, "start": start, "end": end})

    def value(item: CheckedValue) -> CheckedValue:
        start, end = reply_offset(item.start), reply_offset(item.end)
        words = {name: text(part) for name in ("text", "source_text", "source_id") if (part := getattr(item, name))}
        return item.model_copy(update={**words, "start": start, "end": end})

    def citation(item: Citation) -> Citation:
        place = {"start": reply_offset(item.start), "end": reply_offset(item.end)}
        words = {name: text(part) for name in ("marker", "title", "source_id") if (part := getattr(item, name))}
        return item.model_copy(update={**words, **place})

    def effect(item: Effect) -> Effect:
        return item.model_copy(update={"source_id": text(item.source_id)})

    return one.model_copy(
        update={
            "text": text(one.text),
            "start": reply_offset(one.start),
            "end": reply_offset(one.end),
            "evidence": tuple(evidence(item) for item in one.evidence),
            "values": tuple(value(item) for item in one.values),
            "citations": tuple(citation(item) for item in one.citations),
            "effects": tuple(effect(item) for item in one.effects),
        }
    )
