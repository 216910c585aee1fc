"""LangChain: the documents that a retriever gives are the sources of the turn.

    llm = ChatOpenAI(http_client=explainbot.http_client(), http_async_client=explainbot.async_http_client())
    with explainbot.turn() as this:
        chain.invoke(question, {"callbacks": [Retrieved()]})
    print(this.explanation.text)

What tools give is in the requests, and is told from there. LangSmith, where it is used, is sent all that was said by a
client of its own: give that `hidden`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from explainbot.context import current_turn
from explainbot.engine import default_engine
from explainbot.errors import ConfigError
from explainbot.explain import Source
from explainbot.integrations._documents import source_of

try:
    from langchain_core.callbacks import BaseCallbackHandler
    from langchain_core.documents import Document
except ImportError:
    raise ConfigError(
        "explainbot.integrations.langchain needs LangChain: pip install 'explainbot[langchain]'"
    ) from None

__all__ = ["Retrieved", "hidden", "sources_from"]


class Retrieved(BaseCallbackHandler):
    """A callback handler that names every retrieved document as a source of the turn the retriever runs in.

    Give it to a whole chain, or to the retriever alone: `retriever.with_config(callbacks=[Retrieved()])`. Outside of a
    turn it does nothing.
    """

    def on_retriever_end(self, documents: Sequence[Document], **_: Any) -> None:
        """What LangChain calls when a retriever has found something."""
        if (turn := current_turn()) is not None:
            turn.add_sources(sources_from(documents))


def sources_from(documents: Iterable[Document]) -> list[Source]:
    """Documents as sources, for `turn(sources=...)`.

    The metadata that loaders usually give is kept: `title`, `source` or `url`, and the time of the last change.
    """
    return [source_of(one.page_content, one.id, one.metadata) for one in documents]


def hidden(said: dict[str, Any]) -> dict[str, Any]:
    """What LangSmith may be sent of a run: `langsmith.configure(client=langsmith.Client(anonymizer=hidden))`.

    Inputs, outputs, errors and metadata get a placeholder for each piece of personal data, as known in the turn that
    the run is in. Names and tags of runs are sent as you write them.

    Raises:
        PrivacyError: something could not be replaced.
    """
    shown: dict[str, Any] = default_engine().hidden(said)
    return shown
