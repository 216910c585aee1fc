"""A LlamaIndex query engine, whose nodes the explanation names. Run it: python examples/llama_index_rag.py

Needs `pip install "explainbot[llama-index]" llama-index-llms-openai` and OPENAI_API_KEY.
"""

import os

from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from llama_index.llms.openai import OpenAI

from explainbot import http_client, turn
from explainbot.integrations.llama_index import name_retrieved

RETURNS = TextNode(text="You can return anything within 45 days of its delivery.", metadata={"title": "Returns"})


class Shelf(BaseRetriever):
    """Stands for your index."""

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [NodeWithScore(node=RETURNS)]


def main() -> None:
    name_retrieved()
    llm = OpenAI(model=os.environ.get("OPENAI_MODEL", "gpt-4o-mini"), http_client=http_client())
    engine = RetrieverQueryEngine.from_args(Shelf(), llm=llm)
    with turn(purpose="answering a question about returns") as this:
        reply = engine.query("I am marta@example.com. How long can I return a helmet?")
    print(reply, this.explanation.text if this.explanation else "There is no explanation.", sep="\n\n")


if __name__ == "__main__":
    main()
