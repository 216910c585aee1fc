"""The first line: who wrote the reply, and how many of its statements were found where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from explainbot.explain.languages import Language
from explainbot.explain.lines import Line, Part, joined, listed, say
from explainbot.explain.view.naming import name

if TYPE_CHECKING:
    from explainbot.explain.explanation import Explanation
    from explainbot.explain.statement import Statement

__all__ = ["STATES", "decided", "headline"]

STATES = ("found", "partly found", "not found", "conflicts")
"""The states of what claims something."""


def decided(one: Explanation) -> int:
    """How many decisions were made; what was only asked for is none yet."""
    return sum(item.outcome != "asked" for item in one.decisions)


def headline(one: Explanation, words: Language) -> Line:
    first = (
        say(words, "written_by_ai", model=Part(one.model, "name")) if one.model else say(words, "written_by_ai_plain")
    )
    if made := decided(one):
        first = joined(words, first, say(words, "decisions_line", made))
    if one.status == "unavailable":
        return joined(words, first, say(words, "unavailable_line"))
    if one.status == "tool_calls":
        tools = listed(words, [[Part(tool, "name")] for tool in one.tool_calls])
        return joined(words, first, say(words, "tool_calls_only", tools=tools))
    if one.status == "refusal":
        return joined(words, first, say(words, "refusal_line"))
    if one.status == "empty":
        return joined(words, first, say(words, "empty_line"))
    return joined(words, first, *_result(one, words))


def _result(one: Explanation, words: Language) -> Iterator[Line]:
    """How many statements were found and where, and how many were not: the second is as plain to see as the first."""
    claims = [item for item in one.statements if item.state != "no claim"]
    by_state = {state: [item for item in claims if item.state == state] for state in STATES}
    found, partly, missing, conflicts = (by_state[state] for state in STATES)
    if not claims:
        yield say(words, "nothing_claimed")
        return
    if len(missing) == len(claims):
        yield say(words, "general_knowledge_given" if _company(one) else "general_knowledge")
        return
    if found:
        message = "found_in_all" if len(found) == len(claims) else "found_in_some"
        yield say(words, message, len(found), sources=_names(one, found, words), all=len(claims))
    if partly:
        message = "partly_in_all" if len(partly) == len(claims) else "partly_in_some"
        yield say(words, message, len(partly), sources=_names(one, partly, words), all=len(claims))
    if missing:
        yield say(words, "not_found_line", len(missing))
    if conflicts:
        yield say(words, "conflicts_line", len(conflicts))


def _company(one: Explanation) -> bool:
    company = ("document", "tool_result", "profile", "instructions")
    return any(source.sent and source.kind in company for source in one.sources)


def _names(one: Explanation, statements: Sequence[Statement], words: Language) -> Line:
    """The sources of the best evidence of the statements, each once."""
    by_id = {source.id: source for source in one.sources}
    seen: dict[tuple[Part, ...], None] = {}
    for item in statements:
        for evidence in item.evidence[:1]:
            if evidence.source_id in by_id:
                seen[tuple(name(by_id[evidence.source_id], words))] = None
    return listed(words, list(seen))
