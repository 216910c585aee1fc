"""The OpenAI Agents SDK: runs through a guarded client, one explanation a run, and traces of the SDK without data."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import openai
import pytest
from servers import Reply, Request, Server, chat_reply, json_reply, message, tool_call
from writers import called, response_reply, spoken

import explainbot
from explainbot import Customer, Settings, explanation_of, turn
from explainbot.errors import UnguardedChannel

agents = pytest.importorskip("agents", reason="the OpenAI Agents SDK is not installed")

from explainbot.integrations.openai_agents import RedactedTraces, guard  # noqa: E402

pytestmark = [pytest.mark.frameworks, pytest.mark.anyio, pytest.mark.usefixtures("own_loop")]

MAIL = "jane@example.org"
JANE = Customer(name="Jane Roe", email=MAIL)
MESSAGE = f"I am Jane Roe ({MAIL}). Where is my order?"
FOUND = "Order A-1 was shipped on 3 May."
SAID = "Your order A-1 was shipped on 3 May, [PERSON_1]."
OWN = Settings(store="memory", tenant="agents")


@agents.function_tool
def find_order(id: str) -> str:
    """Look an order up."""
    return FOUND


@agents.function_tool
def find_customer(mail: str) -> str:
    """Look a customer up."""
    assert mail == MAIL, "tools get the real values"
    return f"{mail} is Jane Roe, customer since 2019."


class Kept(agents.TracingProcessor):
    """Keeps what a trace processor is given."""

    def __init__(self) -> None:
        self.exported: list[Any] = []

    def on_trace_start(self, trace: Any) -> None:
        self.exported.append(trace.export())

    def on_trace_end(self, trace: Any) -> None:
        self.exported.append(trace.export())

    def on_span_start(self, span: Any) -> None:
        raise AssertionError("nothing is known of a span that only begins")

    def on_span_end(self, span: Any) -> None:
        self.exported.append(span.export())

    def shutdown(self) -> None:
        self.exported.append("shut down")

    def force_flush(self) -> None:
        self.exported.append("flushed")


def client_of(server: Server) -> openai.AsyncOpenAI:
    """A client that leaves no connection open: the SDK never closes one, and `run_sync` brings a loop of its own."""
    return openai.AsyncOpenAI(base_url=server.url, api_key="k", max_retries=0, default_headers={"Connection": "close"})


@pytest.fixture
def traced(server: Server) -> Iterator[Kept]:
    """Guarded agents, and what their traces say."""
    guard(client_of(server), settings=OWN)
    kept = Kept()
    agents.set_trace_processors([RedactedTraces(kept, settings=OWN)])
    yield kept
    agents.set_trace_processors([])
    agents.set_default_openai_api("responses")
    agents.set_default_openai_responses_transport("http")
    for value in ("Jane Roe", MAIL):
        assert value.encode() not in server.received
        assert value not in repr(kept.exported)


def desk(**more: Any) -> Any:
    return agents.Agent(name="desk", instructions="Never promise a discount.", model="m", **more)


def answer(request: Request) -> Reply:
    """Looks an order up, then answers; in either of the two protocols that the SDK speaks."""
    body = request.json()
    if "messages" in body:
        looked_up = body["messages"][-1]["role"] == "tool"
        call = message(None, tool_calls=[tool_call("find_order", '{"id": "A-1"}')])
        return chat_reply(request, SAID if looked_up else call)
    looked_up = any(item.get("type") == "function_call_output" for item in body["input"])
    item = spoken(SAID) if looked_up else called("find_order", '{"id": "A-1"}')
    return response_reply(request, item, id=f"resp_agents_{looked_up}_{time.monotonic_ns()}")


def judged(whole: explainbot.Explanation) -> None:
    """One explanation over both calls, that names the tool."""
    assert [(call.status, call.tool_calls) for call in whole.calls] == [("tool_calls", ("find_order",)), ("answer", ())]
    assert whole.headline.endswith("What it says was found in: a look-up in our system (find_order).")
    assert whole.statements[0].text == "Your order A-1 was shipped on 3 May, Jane Roe."
    assert {one.entity_type for one in whole.hidden} == {"EMAIL_ADDRESS", "PERSON"}


@pytest.mark.parametrize("api", ["responses", "chat_completions"])
@pytest.mark.parametrize("stream", [False, True])
async def test_a_run_has_one_explanation(server: Server, traced: Kept, api: Any, stream: bool) -> None:
    agents.set_default_openai_api(api)
    server.script(answer)
    with turn(conversation=f"c-{api}-{stream}", customer=JANE) as this:
        if stream:
            result = agents.Runner.run_streamed(desk(tools=[find_order]), MESSAGE)
            deltas = [
                event.data.delta
                async for event in result.stream_events()
                if event.type == "raw_response_event" and event.data.type == "response.output_text.delta"
            ]
            assert "".join(deltas) == "Your order A-1 was shipped on 3 May, Jane Roe."
        else:
            result = await agents.Runner.run(desk(tools=[find_order]), MESSAGE)
    assert result.final_output == "Your order A-1 was shipped on 3 May, Jane Roe."
    judged(explanation_of(this))
    if api == "responses":
        assert explanation_of(result).trace_id == explanation_of(this).trace_id
        assert explanation_of(result.raw_responses[-1]).trace_id == explanation_of(this).trace_id


def test_a_run_without_await_too(server: Server, traced: Kept) -> None:
    server.script(answer)
    with turn(customer=JANE) as this:
        result = agents.Runner.run_sync(desk(tools=[find_order]), MESSAGE)
    assert result.final_output == "Your order A-1 was shipped on 3 May, Jane Roe."
    judged(explanation_of(this))


async def test_tools_get_the_real_values_and_give_them_redacted(server: Server, traced: Kept) -> None:
    def look_up(request: Request) -> Reply:
        looked_up = any(item.get("type") == "function_call_output" for item in request.json()["input"])
        done = spoken("[PERSON_1] is a customer since 2019.")
        return response_reply(request, done if looked_up else called("find_customer", '{"mail": "[EMAIL_1]"}'))

    server.script(look_up)
    with turn(conversation="c-tools", customer=JANE) as this:
        result = await agents.Runner.run(desk(tools=[find_customer]), MESSAGE)
    assert result.final_output == "Jane Roe is a customer since 2019."
    assert explanation_of(this).statements[0].state == "found"


async def test_an_agent_behind_another_is_a_call_of_the_same_turn(server: Server, traced: Kept) -> None:
    """What the second agent looked up counts for what the first one says in the end."""

    def relay(request: Request) -> Reply:
        body = request.json()
        if body["instructions"] == "You know orders.":
            return answer(request)
        told = any(item.get("type") == "function_call_output" for item in body["input"])
        return response_reply(request, spoken(SAID) if told else called("ask_orders", '{"input": "Where is A-1?"}'))

    server.script(relay)
    orders = agents.Agent(name="orders", instructions="You know orders.", model="m", tools=[find_order])
    tool = orders.as_tool(tool_name="ask_orders", tool_description="Ask about orders.")
    with turn(conversation="c-agents", customer=JANE) as this:
        await agents.Runner.run(desk(tools=[tool]), MESSAGE)
    whole = explanation_of(this)
    assert [call.tool_calls for call in whole.calls] == [("ask_orders",), ("find_order",), (), ()]
    assert "find_order" in {source.tool for source in whole.sources}


async def test_a_run_that_is_handed_over_stays_one_turn(server: Server, traced: Kept) -> None:
    def hand_over(request: Request) -> Reply:
        mine = request.json()["instructions"] == "You know refunds."
        return response_reply(request, spoken(SAID) if mine else called("transfer_to_refunds", "{}"))

    server.script(hand_over)
    refunds = agents.Agent(name="refunds", instructions="You know refunds.", model="m")
    with turn(conversation="c-handed", customer=JANE) as this:
        result = await agents.Runner.run(desk(handoffs=[refunds]), MESSAGE)
    assert result.last_agent is refunds
    assert result.final_output == "Your order A-1 was shipped on 3 May, Jane Roe."
    assert [call.tool_calls for call in explanation_of(this).calls] == [("transfer_to_refunds",), ()]


@pytest.mark.parametrize("kept_by", ["session", "provider"])
async def test_a_talk_goes_on(server: Server, traced: Kept, kept_by: str) -> None:
    """What the SDK's own session keeps are the real values; what the provider keeps is found again by its id."""
    server.script(lambda request: response_reply(request, spoken("Hello [PERSON_1]."), id=f"resp_talk_{id(request)}"))
    session = agents.SQLiteSession("s-1") if kept_by == "session" else None
    goes_on: dict[str, Any] = {}
    for message_ in (MESSAGE, "Who am I?"):
        with turn(customer=JANE) as this:
            result = await agents.Runner.run(desk(), message_, session=session, **goes_on)
        assert result.final_output == "Hello Jane Roe."
        assert explanation_of(this).statements[0].text == "Hello Jane Roe."
        goes_on = {} if session else {"previous_response_id": result.last_response_id}
    if session is not None:
        assert "I am [PERSON_1] ([EMAIL_1])." in str(server.last.json()["input"])
        session.close()


async def test_a_guardrail_that_asks_a_model_afterwards_is_not_the_answer(server: Server, traced: Kept) -> None:
    @agents.output_guardrail
    async def safe(context: Any, agent: Any, output: str) -> Any:
        judge = agents.Agent(name="judge", instructions="Is that safe?", model="m")
        judged = await agents.Runner.run(judge, output)
        return agents.GuardrailFunctionOutput(judged.final_output, tripwire_triggered=False)

    def reply(request: Request) -> Reply:
        judges = request.json()["instructions"] == "Is that safe?"
        return response_reply(request, spoken("Yes, that is safe." if judges else SAID))

    server.script(reply)
    with turn(customer=JANE) as this:
        result = await agents.Runner.run(desk(output_guardrails=[safe]), MESSAGE)
        this.answered(result.final_output)
    assert explanation_of(this).statements[0].text == "Your order A-1 was shipped on 3 May, Jane Roe."
    assert len(explanation_of(this).calls) == 2


async def test_files_that_were_searched_are_sources(server: Server, traced: Kept) -> None:
    results = [{"file_id": "file-1", "filename": "refunds.md", "text": "Refunds take 5 days.", "score": 0.9}]
    search = {
        "id": "fs_1",
        "type": "file_search_call",
        "status": "completed",
        "queries": ["refund"],
        "results": results,
    }
    server.script(lambda request: response_reply(request, search, spoken("Refunds take 5 days.")))
    tool = agents.FileSearchTool(vector_store_ids=["vs_1"], include_search_results=True)
    with turn(customer=JANE) as this:
        await agents.Runner.run(desk(tools=[tool]), MESSAGE)
    [statement] = explanation_of(this).statements
    assert (statement.state, statement.evidence[0].quote) == ("found", "Refunds take 5 days.")


async def test_the_sdks_traces_say_what_was_said_in_placeholders(server: Server, traced: Kept) -> None:
    agents.set_default_openai_api("chat_completions")
    server.script(answer)
    with turn(conversation="c-traces", customer=JANE), agents.trace("desk", metadata={"customer": MAIL}):
        await agents.Runner.run(desk(tools=[find_order]), MESSAGE)
    told = repr(traced.exported)
    assert "I am [PERSON_1] ([EMAIL_1]). Where is my order?" in told
    assert FOUND in told
    assert "generation" in told
    assert {"trace", "trace.span"} <= {one["object"] for one in traced.exported if one}


async def test_traces_are_sent_redacted_by_the_sdk_itself(server: Server) -> None:
    """The processor that `guard` sets: bytes on the wire."""
    from agents.tracing.processors import BackendSpanExporter, BatchTraceProcessor

    guard(client_of(server), settings=OWN)
    agents.set_default_openai_api("chat_completions")
    exporter = BackendSpanExporter(api_key="k", endpoint=f"{server.origin}/traces/ingest")
    batch = BatchTraceProcessor(exporter)
    agents.set_trace_processors([RedactedTraces(batch, settings=OWN)])
    server.script(lambda request: json_reply({}) if "ingest" in request.path else answer(request))
    with turn(customer=JANE):
        await agents.Runner.run(desk(tools=[find_order]), MESSAGE)
    batch.shutdown()
    exporter.close()
    agents.set_trace_processors([])
    agents.set_default_openai_api("responses")
    ingested = b"".join(request.body for request in server.requests if "ingest" in request.path)
    assert b"[EMAIL_1]" in ingested
    for value in (b"Jane Roe", MAIL.encode()):
        assert value not in server.received


def test_a_processor_is_flushed_and_shut_down_as_it_can_be() -> None:
    class Patient(Kept):
        def shutdown(self, timeout: float | None = None) -> None:
            self.exported.append(timeout)

    for kept, told in ((Kept(), "shut down"), (Patient(), 5.0)):
        redacted = RedactedTraces(kept)
        redacted.force_flush()
        redacted.shutdown(timeout=5.0)
        assert kept.exported == ["flushed", told]


@pytest.mark.parametrize("stream", [False, True])
async def test_its_websockets_are_refused(server: Server, traced: Kept, stream: bool) -> None:
    agents.set_default_openai_responses_transport("websocket")

    async def run() -> None:
        if stream:
            [event async for event in agents.Runner.run_streamed(desk(), MESSAGE).stream_events()]
        else:
            await agents.Runner.run(desk(), MESSAGE)

    with pytest.raises(UnguardedChannel, match="WebSocket"):
        await run()
    assert server.received == b""
