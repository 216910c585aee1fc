"""How a trace is shown: as a row of a table, as named facts, as one line of JSON, and its texts for people to read."""

from __future__ import annotations

import json
from collections.abc import Iterator

from explainbot.trace import Trace

__all__ = ["COLUMNS", "cells", "explanation_text", "one_line", "readable", "summary"]

COLUMNS = ("STARTED (UTC)", "TRACE", "STATUS", "MODEL", "MS", "HIDDEN", "CONVERSATION")
"""What stands above the cells of `cells`."""


def cells(trace: Trace) -> tuple[str, ...]:
    """A trace as a row."""
    return (
        f"{trace.started:%Y-%m-%d %H:%M:%S}",
        trace.id,
        trace.status,
        trace.response_model or trace.request_model,
        f"{trace.duration_ms:.0f}",
        str(sum(trace.hidden.values())),
        trace.conversation or "",
    )


def summary(trace: Trace) -> Iterator[tuple[str, str]]:
    """What is known of a trace, by name; some of it may be empty."""
    yield "trace", trace.id
    yield "started", f"{trace.started:%Y-%m-%d %H:%M:%S.%f} UTC"
    yield "status", trace.status + (f" (HTTP {trace.http_status})" if trace.http_status else "")
    yield "error", trace.error or ""
    yield "duration", f"{trace.duration_ms:.1f} ms"
    yield "first token", f"{trace.first_token_ms:.1f} ms" if trace.first_token_ms is not None else ""
    yield "provider", f"{trace.provider}, {trace.operation}" + (", streamed" if trace.streamed else "")
    yield "model", trace.request_model + (f" -> {trace.response_model}" if trace.response_model else "")
    yield "reply id", trace.response_id or ""
    yield "examines", trace.examines or ""
    yield "tenant", trace.tenant
    yield "conversation", trace.conversation or ""
    yield "turn", trace.turn or ""
    yield "purpose", trace.purpose or ""
    yield "hidden", ", ".join(f"{count} {entity_type}" for entity_type, count in trace.hidden.items()) or "nothing"
    yield "restored", str(trace.restored or "")
    invented = trace.unknown_placeholders
    yield "invented", f"{invented} placeholders that were never issued" if invented else ""
    yield "sources", ", ".join(f"{source.id} ({source.kind})" for source in trace.sources)
    yield "tokens", ", ".join(f"{name} {count}" for name, count in (trace.usage or {}).items())
    yield "attempt", str(trace.retry + 1) if trace.retry else ""
    yield "settings", trace.settings


def readable(text: str) -> str:
    """JSON indented, any other text as it is."""
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def explanation_text(text: str) -> str:
    """The plain-language text that the explanation's JSON carries, or all of the JSON where it has none."""
    try:
        explanation = json.loads(text)
    except (ValueError, RecursionError):
        return text
    plain = explanation.get("text") if isinstance(explanation, dict) else None
    return plain if isinstance(plain, str) and plain else readable(text)


def one_line(trace: Trace) -> str:
    """The trace as one line of ASCII JSON, which every terminal, locale and reader of lines takes."""
    return json.dumps(json.loads(trace.to_json()), separators=(",", ":"))
