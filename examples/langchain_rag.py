"""A LangChain chain with a retriever, whose documents the explanation names. Run it: python examples/langchain_rag.py

Needs `pip install "explainbot[langchain]" langchain-openai` and OPENAI_API_KEY, or OPENAI_BASE_URL of your server.
"""

import os

from langchain_core.documents import Document
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnablePassthrough
from langchain_openai import ChatOpenAI

from explainbot import async_http_client, http_client, turn
from explainbot.integrations.langchain import Retrieved

RETURNS = Document("You can return anything within 45 days of its delivery.", metadata={"title": "Returns"})


class Shelf(BaseRetriever):
    """Stands for your vector store."""

    def _get_relevant_documents(self, query: str, *, run_manager: object) -> list[Document]:
        return [RETURNS]


def main() -> None:
    model = os.environ.get("OPENAI_MODEL", "gpt-5-mini")
    llm = ChatOpenAI(model=model, http_client=http_client(), http_async_client=async_http_client())
    prompt = ChatPromptTemplate.from_messages([("system", "Use this passage: {passage}"), ("user", "{question}")])
    documents = Shelf() | (lambda found: "\n".join(one.page_content for one in found))
    chain = {"passage": documents, "question": RunnablePassthrough()} | prompt | llm
    with turn(purpose="answering a question about returns") as this:
        reply = chain.invoke("I am marta@example.com. How long can I return a helmet?", {"callbacks": [Retrieved()]})
    print(reply.text, this.explanation.text if this.explanation else "There is no explanation.", sep="\n\n")


if __name__ == "__main__":
    main()
