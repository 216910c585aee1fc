"""The web desk over HTTP: what it streams, what it sends upstream, what it keeps from others, and how it fails."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import uvicorn
from fastapi_support_bot import company
from fastapi_support_bot.app import COOKIE, create_app
from servers import Close, Pause, Request, Server, chat_reply, chunk, error_reply, frame, sse_reply, text_of
from starlette.testclient import TestClient

from explainbot import AsyncOpenAI
from explainbot.errors import PrivacyError
from explainbot.privacy import Redactor

MARTA, FINN = "cus-2041", "cus-2310"
MARTAS = ("Marta", "Lindqvist", "marta.lindqvist@example.com", "07700 900142", "17 Heron Close", "BR4 7QT", "cus-2041")


def answer(request: Request) -> Any:
    """Copies the order, or the first article, as a model would that does as it is told."""
    messages = request.json()["messages"]
    if messages[-1]["role"] == "tool":
        row = json.loads(messages[-1]["content"])
        who = row.get("customer")
        return chat_reply(request, f"It goes to {who['name']}, {who['address']}." if who else row["error"])
    given = next(text_of(m["content"]) for m in messages if "Help articles" in text_of(m["content"]))
    return chat_reply(request, given.split("\n")[3].split(". ")[0] + ".", size=2)


@pytest.fixture
def upstream() -> Iterator[Server]:
    with Server(answer) as server:
        yield server


@pytest.fixture
def desk(upstream: Server) -> Iterator[TestClient]:
    client = AsyncOpenAI(base_url=upstream.url, api_key="k", max_retries=0, settings=company.settings(store="memory"))
    with TestClient(create_app(client, "model-1"), base_url="https://desk.example") as desk:
        desk.get("/")
        yield desk


def ask(desk: TestClient, message: str) -> list[dict[str, Any]]:
    reply = desk.post("/chat", json={"message": message})
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/event-stream")
    return [json.loads(event.removeprefix("data: ")) for event in reply.text.strip().split("\n\n")]


def said(events: list[dict[str, Any]]) -> str:
    return "".join(event["text"] for event in events if event["event"] == "text")


def explained(events: list[dict[str, Any]]) -> dict[str, Any]:
    (found,) = (event for event in events if event["event"] == "explanation")
    return dict(found["explanation"])


def test_a_reply_is_streamed_and_its_sentences_are_found_in_a_help_page(desk: TestClient) -> None:
    events = ask(desk, "How long does a refund to my card take?")
    assert said(events) == "We check a returned item within 3 working days after it reaches our warehouse."
    assert len([event for event in events if event["event"] == "text"]) > 10
    assert [event["event"] for event in events[-2:]] == ["explanation", "done"]
    (statement,) = explained(events)["statements"]
    assert statement["state"] == "found"
    source, passages = statement["evidence"][0], events[-2]["passages"]
    assert passages[source["source_id"]][source["start"] : source["end"]] == source["quote"]
    assert explained(events)["operator"]["name"] == company.OPERATOR.name


def test_an_order_is_looked_up_and_its_customer_stays_hidden_from_the_model(desk: TestClient, upstream: Server) -> None:
    events = ask(desk, "Hi, Marta Lindqvist here. Where is LW-10432? My phone is 07700 900142.")
    assert said(events) == "It goes to Marta Lindqvist, 17 Heron Close, Brindle, BR4 7QT."
    sent = upstream.received.decode()
    assert [value for value in MARTAS if value in sent] == []
    assert upstream.last.json()["messages"][-2]["tool_calls"][0]["function"]["name"] == "look_up_order"
    explanation = explained(events)
    hidden = {one["entity_type"] for one in explanation["hidden"]}
    assert hidden >= {"PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS", "ADDRESS"}
    quoted = next(source for source in explanation["sources"] if source["quoted"] and source["kind"] == "tool_result")
    assert (quoted["id"], quoted["tool"]) == ("LW-10432", "look_up_order")
    assert explanation["purpose"] == "answering your question about an order"


def test_nobody_learns_of_an_order_that_is_not_theirs(desk: TestClient, upstream: Server) -> None:
    assert said(ask(desk, "Where is LW-10448?")) == "not found"
    assert b"copper" not in upstream.received


def test_a_short_question_is_searched_together_with_the_one_before(desk: TestClient) -> None:
    ask(desk, "How long does a refund to my card take?")
    events = ask(desk, "And to another?")
    assert "refund-time" in events[-2]["passages"]


def test_earlier_turns_go_along_and_stay_hidden(desk: TestClient, upstream: Server) -> None:
    ask(desk, "I am Marta Lindqvist. How long does a refund take?")
    ask(desk, "What does a new battery cost?")
    roles = [message["role"] for message in upstream.last.json()["messages"]]
    assert roles == ["system", "user", "assistant", "system", "user"]
    assert b"Lindqvist" not in upstream.received


def test_a_very_small_model_gets_one_passage_and_the_opening_of_its_reply(upstream: Server) -> None:
    upstream.script(lambda request: chat_reply(request, " Card refunds take up to 5 working days."))
    client = AsyncOpenAI(base_url=upstream.url, api_key="k", settings=company.settings(store="off"))
    with TestClient(create_app(client, "tiny", small=True)) as desk:
        desk.get("/")
        events = ask(desk, "How long does a refund to my card take?")
    assert said(events) == "Hello Marta Lindqvist, our help page says: Card refunds take up to 5 working days."
    last = upstream.last.json()["messages"][-1]
    assert last["role"] == "assistant"
    assert re.fullmatch(r"Hello \[PERSON_\d+\], our help page says:", last["content"])
    offset = events[-2]["offset"]
    statement = explained(events)["statements"][0]
    assert said(events)[offset + statement["start"] : offset + statement["end"]] == statement["text"]


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (error_reply(500), "I cannot reach my language model"),
        (error_reply(401), "I cannot reach my language model"),
        (sse_reply([frame(chunk({"content": "Half an ans"})), Close()]), "My answer broke off"),
    ],
)
def test_a_fault_upstream_is_told_kindly(desk: TestClient, upstream: Server, broken: Any, sentence: str) -> None:
    upstream.script(broken)
    events = ask(desk, "How long does a refund to my card take?")
    (error,) = (event for event in events if event["event"] == "error")
    assert error["message"].startswith(sentence)
    assert "person" in error["message"]
    upstream.script(answer)
    assert said(ask(desk, "What does a new battery cost?")), "the next question is answered"


def test_a_message_that_cannot_be_kept_private_is_not_sent(
    desk: TestClient, upstream: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PrivacyError("a detector failed; nothing was sent")

    monkeypatch.setattr(Redactor, "redact", fail)
    events = ask(desk, "How long does a refund to my card take?")
    assert events[0]["message"].startswith("I could not make sure that your personal details stay hidden")
    assert upstream.received == b""


def test_a_customer_who_leaves_in_the_middle_can_ask_again(upstream: Server) -> None:
    endless = sse_reply([step for _ in range(500) for step in (frame(chunk({"content": "and so on "})), Pause(0.02))])
    upstream.script(endless, answer)
    client = AsyncOpenAI(base_url=upstream.url, api_key="k", max_retries=0, settings=company.settings(store="off"))
    server = uvicorn.Server(uvicorn.Config(create_app(client, "m"), port=0, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as visitor:
        visitor.get("/")
        question = {"message": "How long does a refund to my card take?"}
        with visitor.stream("POST", "/chat", json=question) as reply:
            pieces = reply.iter_bytes()
            next(pieces)
            assert visitor.post("/chat", json=question).status_code == 409, "one answer at a time"
        assert upstream.wait_for_hangup(timeout=30), "the model is not kept writing for nobody"
        assert visitor.post("/chat", json=question).status_code == 200
    server.should_exit = True
    thread.join(10)


def test_what_was_said_is_there_when_the_page_is_loaded_again(desk: TestClient) -> None:
    events = ask(desk, "How long does a refund to my card take?")
    desk.get("/")
    (turn,) = desk.get("/history").json()
    assert (turn["question"], turn["reply"]) == ("How long does a refund to my card take?", said(events))
    assert turn["explanation"] == events[-2]


def test_the_explanation_can_be_read_by_its_customer_alone(desk: TestClient) -> None:
    events = ask(desk, "I am Marta Lindqvist. How long does a refund take?")
    address = f"/explanations/{explained(events)['trace_id']}"
    assert desk.get(address).json() == explained(events)
    page = desk.get(address, headers={"accept": "text/html"})
    assert "<details" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    desk.post("/sign-in", content=f"customer={FINN}")
    assert desk.get(address).status_code == 404
    desk.cookies.clear()
    assert desk.get(address).status_code == 401


def test_the_cookie_is_random_and_out_of_reach_of_scripts_and_other_sites(desk: TestClient) -> None:
    desk.cookies.clear()
    first = desk.get("/").headers["set-cookie"]
    desk.cookies.clear()
    second = desk.get("/").headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Secure", "Path=/"} <= {part.strip() for part in first.split(";")}
    assert len(first.split(";")[0].removeprefix(f"{COOKIE}=")) >= 40
    assert first.split(";")[0] != second.split(";")[0]
    desk.cookies.clear()
    desk.cookies.set(COOKIE, "guessed")
    assert desk.post("/chat", json={"message": "hello"}).status_code == 401


def test_signing_in_begins_another_talk(desk: TestClient, upstream: Server) -> None:
    ask(desk, "How long does a refund to my card take?")
    assert desk.post("/sign-in", content=f"customer={FINN}").url.path == "/"
    assert desk.get("/history").json() == []
    assert said(ask(desk, "Where is LW-10448?")).startswith("It goes to Finn O'Sullivan")
    assert desk.post("/sign-in", content="customer=%ff<script>").status_code == 200


def test_no_page_claims_more_than_that_an_answer_was_found(desk: TestClient) -> None:
    """A match shows where the words stand, not what the model used."""
    for path in ("/", "/static/desk.js"):
        page = desk.get(path).text
        assert not re.search(r"\b(?:rests?|based|relies) on\b", page), path
        assert "found" in page


def test_every_page_forbids_all_but_its_own_scripts_and_styles(desk: TestClient) -> None:
    for path in ("/", "/help", "/help/refund-time", "/help/none", "/static/desk.js"):
        reply = desk.get(path)
        policy = reply.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|https?://(?!www\.w3)", reply.text), path
    assert desk.get("/help/none").status_code == 404


def test_the_page_says_at_the_top_that_it_is_an_ai(desk: TestClient) -> None:
    page = desk.get("/").text
    assert page.index("You are talking to an AI assistant") < page.index('role="log"')
    assert re.search(r'role="log"[^>]*aria-relevant="additions"', page)
    assert "Where is my order LW-10432?" in page


@pytest.mark.parametrize("body", [{}, {"message": ""}, {"message": "a" * 2001}, {"message": 1}])
def test_a_wrong_message_is_refused(desk: TestClient, body: dict[str, Any]) -> None:
    assert desk.post("/chat", json=body).status_code == 422


def test_a_person_is_one_request_away_and_the_ticket_stays_the_same(desk: TestClient) -> None:
    first = desk.post("/person").json()
    assert re.fullmatch(r"LW-P-\d{4}", first["ticket"])
    assert desk.post("/person").json() == first
