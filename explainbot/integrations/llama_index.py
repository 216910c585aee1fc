"""LlamaIndex: the nodes that a retriever gives are the sources of the turn.

    Settings.llm = OpenAI(http_client=explainbot.http_client(), async_http_client=explainbot.async_http_client())
    name_retrieved()
    with explainbot.turn() as this:
        query_engine.query(question)
    print(this.explanation.text)

What tools give is in the requests, and is told from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from explainbot.context import current_turn
from explainbot.errors import ConfigError
from explainbot.explain import Source
from explainbot.integrations._documents import source_of

try:
    from llama_index.core.instrumentation import get_dispatcher
    from llama_index.core.instrumentation.event_handlers import BaseEventHandler
    from llama_index.core.instrumentation.events.retrieval import RetrievalEndEvent
    from llama_index.core.schema import MetadataMode, NodeWithScore
except ImportError:
    raise ConfigError(
        "explainbot.integrations.llama_index needs LlamaIndex: pip install 'explainbot[llama-index]'"
    ) from None

__all__ = ["Retrieved", "name_retrieved", "sources_from"]


class Retrieved(BaseEventHandler):
    """An event handler that names every retrieved node as a source of the turn the retriever runs in."""

    @classmethod
    def class_name(cls) -> str:
        """What LlamaIndex calls it."""
        return "explainbot.Retrieved"

    def handle(self, event: Any, **_: Any) -> None:
        """What LlamaIndex calls with every event; outside of a turn nothing is done."""
        if isinstance(event, RetrievalEndEvent) and (turn := current_turn()) is not None:
            turn.add_sources(sources_from(event.nodes))


def name_retrieved() -> None:
    """Name what any retriever of this process finds as sources of its turn. Doing so twice changes nothing."""
    root = get_dispatcher()
    if not any(isinstance(one, Retrieved) for one in root.event_handlers):
        root.add_event_handler(Retrieved())


def sources_from(nodes: Iterable[NodeWithScore]) -> list[Source]:
    """Retrieved nodes as sources, for `turn(sources=...)`."""
    return [
        source_of(one.node.get_content(metadata_mode=MetadataMode.NONE), None, {"source": one.node_id, **one.metadata})
        for one in nodes
    ]
