"""LangChain: chains and agents through a guarded HTTP client, and what their retrievers found as sources."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import openai
import pytest
from servers import Reply, Request, Server, chat_reply, error_reply, json_reply, message, tool_call
from writers import called, response_reply, spoken

import explainbot
from explainbot import Customer, Settings, explanation_of, turn

langchain_core = pytest.importorskip("langchain_core", reason="LangChain is not installed")
langchain_openai = pytest.importorskip("langchain_openai", reason="langchain-openai is not installed")

from langchain_core.documents import Document  # noqa: E402
from langchain_core.messages import HumanMessage, ToolMessage  # noqa: E402
from langchain_core.output_parsers import StrOutputParser  # noqa: E402
from langchain_core.prompts import ChatPromptTemplate  # noqa: E402
from langchain_core.retrievers import BaseRetriever  # noqa: E402
from langchain_core.runnables import RunnablePassthrough  # noqa: E402
from langchain_core.tools import tool  # noqa: E402
from pydantic import BaseModel  # noqa: E402

from explainbot.integrations.langchain import Retrieved, hidden, sources_from  # noqa: E402

pytestmark = [pytest.mark.frameworks, pytest.mark.anyio]

MAIL = "jane@example.org"
JANE = Customer(name="Jane Roe", email=MAIL)
QUESTION = f"I am Jane Roe ({MAIL}). When do I get my money back?"
ANSWER = "Refunds arrive within 5 working days, [PERSON_1]."
OWN = Settings(store="memory", tenant="langchain")
POLICY = Document(
    "Refunds arrive within 5 working days.",
    metadata={"title": "Refund policy", "source": "https://acme.example/refunds", "updated": "2026-05-01"},
)
HOURS = Document("We are open from 9 to 5.", metadata={"source": "/srv/kb/hours.md"})


class Shelf(BaseRetriever):
    """Finds the same two documents, whatever is asked."""

    def _get_relevant_documents(self, query: str, *, run_manager: Any) -> list[Document]:
        return [POLICY, HOURS]


@tool
def find_order(id: str) -> str:
    """Look an order up."""
    return f"Order {id} was shipped on 3 May."


@pytest.fixture
def llm(server: Server) -> Iterator[Any]:
    with explainbot.http_client(settings=OWN) as client:
        yield langchain_openai.ChatOpenAI(
            model="m",
            base_url=server.url,
            api_key="k",
            http_client=client,
            http_async_client=explainbot.async_http_client(settings=OWN),
        )
    for value in (b"Jane Roe", MAIL.encode()):
        assert value not in server.received


def chain_of(llm: Any) -> Any:
    prompt = ChatPromptTemplate.from_messages([("system", "Answer from this only.\n{context}"), ("user", "{question}")])
    context = Shelf() | (lambda found: "\n\n".join(one.page_content for one in found))
    return {"context": context, "question": RunnablePassthrough()} | prompt | llm | StrOutputParser()


def answer(request: Request) -> Reply:
    return chat_reply(request, ANSWER)


def judged(this: explainbot.Turn) -> None:
    """The reply was found in the retrieved document, which is told by its title and its link."""
    whole = explanation_of(this)
    [statement] = whole.statements
    assert statement.state == "found"
    assert statement.text == "Refunds arrive within 5 working days, Jane Roe."
    cited = next(source for source in whole.sources if source.id == statement.evidence[0].source_id)
    assert (cited.title, cited.url, cited.updated) == ("Refund policy", POLICY.metadata["source"], "2026-05-01")
    assert "hours.md" in {source.title for source in whole.sources}
    assert "/srv" not in whole.text


def test_retrieved_documents_are_the_sources_of_a_chain(llm: Any, server: Server) -> None:
    server.script(answer)
    with turn(customer=JANE) as this:
        said = chain_of(llm).invoke(QUESTION, {"callbacks": [Retrieved()]})
    assert said == "Refunds arrive within 5 working days, Jane Roe."
    judged(this)


def test_a_streamed_chain_too(llm: Any, server: Server) -> None:
    server.script(answer)
    with turn(customer=JANE) as this:
        said = "".join(chain_of(llm).stream(QUESTION, {"callbacks": [Retrieved()]}))
    assert said == "Refunds arrive within 5 working days, Jane Roe."
    judged(this)


@pytest.mark.parametrize("stream", [False, True])
async def test_asynchronous_chains_too(llm: Any, server: Server, stream: bool) -> None:
    server.script(answer)
    config = {"callbacks": [Retrieved()]}
    with turn(customer=JANE) as this:
        if stream:
            said = "".join([part async for part in chain_of(llm).astream(QUESTION, config)])
        else:
            said = await chain_of(llm).ainvoke(QUESTION, config)
    assert said == "Refunds arrive within 5 working days, Jane Roe."
    judged(this)
    await llm.http_async_client.aclose()


def test_a_retriever_names_its_documents_by_itself(llm: Any) -> None:
    retriever = Shelf().with_config(callbacks=[Retrieved()])
    retriever.invoke("nobody's turn")
    with turn() as this:
        retriever.invoke("refunds")
        retriever.invoke("refunds")
    assert this.context.sources == tuple(sources_from([POLICY, HOURS]))


@pytest.mark.parametrize("responses", [False, True])
def test_tool_results_are_sources_and_the_calls_have_one_explanation(llm: Any, server: Server, responses: bool) -> None:
    said = "Your order A-1 was shipped on 3 May, [PERSON_1]."

    def agent(request: Request) -> Reply:
        body = request.json()
        if responses:
            looked_up = any(item.get("type") == "function_call_output" for item in body["input"])
            item = spoken(said) if looked_up else called("find_order", '{"id": "A-1"}')
            return response_reply(request, item, id=f"resp_{looked_up}")
        looked_up = body["messages"][-1]["role"] == "tool"
        call = message(None, tool_calls=[tool_call("find_order", '{"id": "A-1"}')])
        return chat_reply(request, said if looked_up else call)

    server.script(agent)
    able = llm.model_copy(update={"use_responses_api": responses}).bind_tools([find_order])
    with turn(customer=JANE) as this:
        talk: list[Any] = [HumanMessage(QUESTION)]
        talk.append(able.invoke(talk))
        talk += [ToolMessage(find_order.invoke(call["args"]), tool_call_id=call["id"]) for call in talk[-1].tool_calls]
        reply = able.invoke(talk)
    assert reply.text == "Your order A-1 was shipped on 3 May, Jane Roe."
    whole = explanation_of(this)
    assert [call.tool_calls for call in whole.calls] == [("find_order",), ()]
    assert whole.headline.endswith("What it says was found in: a look-up in our system (find_order).")
    if responses:
        assert explanation_of(reply).trace_id == whole.trace_id


def test_structured_output_is_restored(llm: Any, server: Server) -> None:
    class Contact(BaseModel):
        name: str
        mail: str

    server.script(lambda request: chat_reply(request, json.dumps({"name": "[PERSON_1]", "mail": "[EMAIL_1]"})))
    with turn(customer=JANE):
        made = llm.with_structured_output(Contact).invoke(QUESTION)
    assert made == Contact(name="Jane Roe", mail=MAIL)


def test_a_message_leads_to_its_explanation(llm: Any, server: Server) -> None:
    server.script(
        lambda request: json_reply(
            {**json.loads(chat_reply(request, ANSWER).body[0]), "id": "chatcmpl-langchain"}  # type: ignore[arg-type]
        )
    )
    with turn(customer=JANE) as this:
        reply = llm.invoke(QUESTION)
    assert explanation_of(reply) == this.explanation


def test_embeddings_hide_personal_data(server: Server) -> None:
    vector = {"object": "embedding", "index": 0, "embedding": [0.5]}
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    server.script(json_reply({"object": "list", "data": [vector], "model": "e", "usage": usage}))
    with explainbot.http_client(settings=OWN) as client:
        # Otherwise LangChain sends token numbers, which cannot be read and are refused.
        made = langchain_openai.OpenAIEmbeddings(
            model="e", base_url=server.url, api_key="k", http_client=client, check_embedding_ctx_length=False
        )
        assert made.embed_query(f"Who is {MAIL}?") == [0.5]
    assert server.last.json()["input"] == ["Who is [EMAIL_1]?"]


@pytest.mark.parametrize("fails", [False, True])
def test_langsmith_is_sent_what_was_said_in_placeholders(llm: Any, server: Server, fails: bool) -> None:
    """The fixture looks for the values in every byte the server got, what LangSmith sent among them."""
    langsmith = pytest.importorskip("langsmith")

    def both(request: Request) -> Reply:
        if "chat" not in request.path:
            return json_reply({})
        return error_reply(400, f"{MAIL} is not welcome") if fails else chat_reply(request, ANSWER)

    server.script(both)
    tracer = langsmith.Client(api_url=server.origin, api_key="k", anonymizer=hidden, info={})
    with turn(customer=JANE), langsmith.tracing_context(enabled=True, client=tracer), suppress(openai.BadRequestError):
        llm.invoke(QUESTION, {"metadata": {"customer": MAIL}})
    tracer.flush()
    tracer.close()
    sent = b"".join(request.body for request in server.requests if "chat" not in request.path)
    assert re.search(rb"I am \[PERSON_\d+\] \(\[EMAIL_1\]\). When do I get my money back\?", sent)
    assert (b"[EMAIL_1] is not welcome" in sent) is fails
