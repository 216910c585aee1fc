"""Where text lives in each provider's JSON: one file a wire protocol, one line in this table for each endpoint.

The table's keys are a method (`*` for any, SOCKET for a WebSocket with a protocol of its own) and the end of a URL's
path, in which `{}` stands for any one segment; an entry point of the group "explainbot.protocols" has such a key for
its name. Nothing is imported before it is asked for.
"""

from __future__ import annotations

from functools import cache

from explainbot._registry import Registry
from explainbot.protocols.base import WireProtocol

__all__ = ["PROTOCOLS", "WireProtocol", "protocol_for"]

_KEPT = "explainbot.protocols.kept"

PROTOCOLS: Registry[WireProtocol] = Registry(
    "wire protocol",
    "explainbot.protocols",
    {
        "POST chat/completions": "explainbot.protocols.openai_chat:PROTOCOL",
        "GET chat/completions": f"{_KEPT}:COMPLETIONS",
        "* chat/completions/{}": f"{_KEPT}:COMPLETIONS",
        "GET chat/completions/{}/messages": f"{_KEPT}:COMPLETIONS",
        "POST responses": "explainbot.protocols.openai_responses:PROTOCOL",
        "GET responses/{}": "explainbot.protocols.openai_responses:RETRIEVED",
        "POST responses/{}/cancel": "explainbot.protocols.openai_responses:RETRIEVED",
        "DELETE responses/{}": f"{_KEPT}:RESPONSES",
        "POST responses/compact": f"{_KEPT}:RESPONSES",
        "POST responses/input_tokens": f"{_KEPT}:RESPONSES",
        "GET responses/{}/input_items": f"{_KEPT}:RESPONSES",
        "SOCKET realtime": "explainbot.protocols.openai_realtime:PROTOCOL",
        "POST conversations": f"{_KEPT}:CONVERSATIONS",
        "* conversations/{}": f"{_KEPT}:CONVERSATIONS",
        "* conversations/{}/items": f"{_KEPT}:CONVERSATIONS",
        "* conversations/{}/items/{}": f"{_KEPT}:CONVERSATIONS",
        "POST completions": "explainbot.protocols.openai_completions:PROTOCOL",
        "POST embeddings": f"{_KEPT}:EMBEDDINGS",
        "POST moderations": f"{_KEPT}:MODERATIONS",
        "POST decisions": f"{_KEPT}:DECISIONS",
        "POST images/generations": f"{_KEPT}:IMAGES",
        "POST images/edits": f"{_KEPT}:IMAGES",
        "POST images/variations": f"{_KEPT}:IMAGES",
        "POST audio/speech": f"{_KEPT}:SPEECH",
        "POST audio/transcriptions": f"{_KEPT}:TRANSCRIPTS",
        "POST audio/translations": f"{_KEPT}:TRANSCRIPTS",
        "* files": "explainbot.protocols.openai_files:PROTOCOL",
        "* files/{}": "explainbot.protocols.openai_files:PROTOCOL",
        "GET files/{}/content": "explainbot.protocols.openai_files:PROTOCOL",
        "* batches": f"{_KEPT}:BATCHES",
        "GET batches/{}": f"{_KEPT}:BATCHES",
        "POST batches/{}/cancel": f"{_KEPT}:BATCHES",
        "* vector_stores": f"{_KEPT}:VECTOR_STORES",
        "* vector_stores/{}": f"{_KEPT}:VECTOR_STORES",
        "POST vector_stores/{}/search": f"{_KEPT}:VECTOR_STORES",
        "* vector_stores/{}/files": f"{_KEPT}:VECTOR_STORES",
        "* vector_stores/{}/files/{}": f"{_KEPT}:VECTOR_STORES",
        "GET vector_stores/{}/files/{}/content": f"{_KEPT}:VECTOR_STORES",
        "POST vector_stores/{}/file_batches": f"{_KEPT}:VECTOR_STORES",
        "GET vector_stores/{}/file_batches/{}": f"{_KEPT}:VECTOR_STORES",
        "POST vector_stores/{}/file_batches/{}/cancel": f"{_KEPT}:VECTOR_STORES",
        "GET vector_stores/{}/file_batches/{}/files": f"{_KEPT}:VECTOR_STORES",
        "* assistants": f"{_KEPT}:ASSISTANTS",
        "* assistants/{}": f"{_KEPT}:ASSISTANTS",
        "POST threads": f"{_KEPT}:ASSISTANTS",
        "* threads/{}": f"{_KEPT}:ASSISTANTS",
        "* threads/{}/messages": f"{_KEPT}:ASSISTANTS",
        "* threads/{}/messages/{}": f"{_KEPT}:ASSISTANTS",
        "POST threads/runs": "explainbot.protocols.openai_threads:PROTOCOL",
        "GET threads/{}/runs": f"{_KEPT}:ASSISTANTS",
        "POST threads/{}/runs": "explainbot.protocols.openai_threads:PROTOCOL",
        "* threads/{}/runs/{}": f"{_KEPT}:ASSISTANTS",
        "POST threads/{}/runs/{}/cancel": f"{_KEPT}:ASSISTANTS",
        "POST threads/{}/runs/{}/submit_tool_outputs": "explainbot.protocols.openai_threads:PROTOCOL",
        "GET threads/{}/runs/{}/steps": f"{_KEPT}:ASSISTANTS",
        "GET threads/{}/runs/{}/steps/{}": f"{_KEPT}:ASSISTANTS",
        "POST messages": "explainbot.protocols.anthropic_messages:PROTOCOL",
        "POST messages/count_tokens": "explainbot.protocols.anthropic_messages:COUNTED",
    },
)
"""Endpoint to wire protocol."""


def protocol_for(method: str, path: str) -> WireProtocol | None:
    """The protocol of a request; None where there is none. The longest end of the path that an endpoint has counts."""
    segments = [segment for segment in path.split("/") if segment]
    for start in range(max(0, len(segments) - _longest()), len(segments)):
        end = segments[start:]
        for asked in (method, "*"):
            for pattern, route in _routes().get((asked, len(end)), ()):
                if all(literal in ("{}", segment) for literal, segment in zip(pattern, end, strict=True)):
                    return PROTOCOLS.load(route)
    return None


@cache
def _routes() -> dict[tuple[str, int], list[tuple[list[str], str]]]:
    """The endpoints by method and number of segments; those with fewer placeholders first."""
    found: dict[tuple[str, int], list[tuple[list[str], str]]] = {}
    for route in sorted(PROTOCOLS, key=lambda route: route.count("{}")):
        method, _, path = route.partition(" ")
        pattern = path.split("/")
        found.setdefault((method, len(pattern)), []).append((pattern, route))
    return found


@cache
def _longest() -> int:
    return max(length for _, length in _routes())
