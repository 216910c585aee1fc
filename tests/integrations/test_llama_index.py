"""LlamaIndex, whose OpenAI class needs openai 2: query engines and agents, and retrieved nodes as sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from servers import Reply, Request, Server, chat_reply, message, tool_call

import explainbot
from explainbot import Customer, Settings, explanation_of, turn

pytest.importorskip("llama_index.core", reason="LlamaIndex is not installed")
llms = pytest.importorskip("llama_index.llms.openai", reason="llama-index-llms-openai is not installed")

from llama_index.core.base.llms.types import ChatMessage  # noqa: E402
from llama_index.core.query_engine import RetrieverQueryEngine  # noqa: E402
from llama_index.core.retrievers import BaseRetriever  # noqa: E402
from llama_index.core.schema import NodeWithScore, TextNode  # noqa: E402
from llama_index.core.tools import FunctionTool  # noqa: E402

from explainbot.integrations.llama_index import name_retrieved, sources_from  # noqa: E402

pytestmark = [pytest.mark.frameworks, pytest.mark.anyio, pytest.mark.usefixtures("own_loop")]

MAIL = "jane@example.org"
JANE = Customer(name="Jane Roe", email=MAIL)
QUESTION = f"I am Jane Roe ({MAIL}). When do I get my money back?"
SAID = "Refunds arrive within 5 working days, [PERSON_1]."
RESTORED = "Refunds arrive within 5 working days, Jane Roe."
OWN = Settings(store="memory", tenant="llama-index")
NODES = [
    NodeWithScore(
        node=TextNode(
            text="Refunds arrive within 5 working days.",
            id_="refunds-1",
            metadata={"file_name": "refunds.md", "last_modified_date": "2026-05-01"},
        )
    ),
    NodeWithScore(node=TextNode(text="We are open from 9 to 5.", id_="hours-1")),
]


class Shelf(BaseRetriever):
    """Finds the same nodes, whatever is asked."""

    def _retrieve(self, query_bundle: Any) -> list[NodeWithScore]:
        return NODES


@pytest.fixture
def llm(server: Server) -> Iterator[Any]:
    name_retrieved()
    name_retrieved()
    server.script(lambda request: chat_reply(request, SAID))
    with explainbot.http_client(settings=OWN) as client:
        yield llms.OpenAI(
            model="gpt-4o-mini",
            api_base=server.url,
            api_key="k",
            http_client=client,
            async_http_client=explainbot.async_http_client(settings=OWN, headers={"Connection": "close"}),
        )
    for value in (b"Jane Roe", MAIL.encode()):
        assert value not in server.received


def judged(this: explainbot.Turn) -> None:
    whole = explanation_of(this)
    [statement] = whole.statements
    assert (statement.state, statement.text) == ("found", RESTORED)
    cited = next(source for source in whole.sources if source.id == statement.evidence[0].source_id)
    assert (cited.id, cited.title, cited.updated) == ("refunds-1", "refunds.md", "2026-05-01")


def test_retrieved_nodes_are_the_sources_of_a_query(llm: Any) -> None:
    with turn(customer=JANE) as this:
        reply = RetrieverQueryEngine.from_args(Shelf(), llm=llm).query(QUESTION)
    assert str(reply) == RESTORED
    assert [source.id for source in this.context.sources] == ["refunds-1", "hours-1"]
    judged(this)


def test_a_streamed_query_too(llm: Any) -> None:
    with turn(customer=JANE) as this:
        reply = RetrieverQueryEngine.from_args(Shelf(), llm=llm, streaming=True).query(QUESTION)
        assert "".join(reply.response_gen) == RESTORED
    judged(this)


async def test_an_asynchronous_query_too(llm: Any) -> None:
    with turn(customer=JANE) as this:
        reply = await RetrieverQueryEngine.from_args(Shelf(), llm=llm).aquery(QUESTION)
    assert str(reply) == RESTORED
    judged(this)


def test_chat_whole_and_streamed(llm: Any) -> None:
    with turn(customer=JANE):
        reply = llm.chat([ChatMessage(role="user", content=QUESTION)])
        parts = list(llm.stream_chat([ChatMessage(role="user", content=QUESTION)]))
    assert reply.message.content == "".join(part.delta or "" for part in parts) == RESTORED
    assert explanation_of(reply).statements[0].text == RESTORED
    assert explanation_of(parts[-1]).statements[0].text == RESTORED


def test_tools_get_the_real_values_and_their_results_are_sources(llm: Any, server: Server) -> None:
    def look_up(request: Request) -> Reply:
        looked_up = request.json()["messages"][-1]["role"] == "tool"
        call = message(None, tool_calls=[tool_call("find_order", '{"mail": "[EMAIL_1]"}')])
        return chat_reply(request, "Your order was shipped on 3 May." if looked_up else call)

    def find_order(mail: str) -> str:
        """Look the order of a customer up."""
        assert mail == MAIL
        return f"The order of {mail} was shipped on 3 May."

    server.script(look_up)
    with turn(customer=JANE) as this:
        reply = llm.predict_and_call([FunctionTool.from_defaults(find_order)], user_msg=QUESTION)
        talk = [ChatMessage(role="user", content=QUESTION), *_called(reply)]
        llm.chat(talk)
    whole = explanation_of(this)
    assert [call.tool_calls for call in whole.calls] == [("find_order",), ()]
    assert whole.statements[0].state == "found"


def _called(reply: Any) -> list[ChatMessage]:
    """The messages of a tool call and its result."""
    [source] = reply.sources
    call = tool_call("find_order", f'{{"mail": "{MAIL}"}}')
    return [
        ChatMessage(role="assistant", content=None, additional_kwargs={"tool_calls": [call]}),
        ChatMessage(role="tool", content=source.content, additional_kwargs={"tool_call_id": call["id"]}),
    ]


def test_outside_of_a_turn_nothing_is_done() -> None:
    Shelf().retrieve("refunds")
    with turn(sources=sources_from(NODES)) as this:
        pass
    assert [source.id for source in this.context.sources] == ["refunds-1", "hours-1"]
