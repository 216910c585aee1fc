"""The FastAPI integration: explanations over HTTP in the form asked for, and turns that hold for a whole request."""

from __future__ import annotations

import json
import re
import sys
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, Header, HTTPException, Request
from fastapi.responses import StreamingResponse
from servers import Server, chat_reply
from starlette.testclient import TestClient

import explainbot
from explainbot import AsyncOpenAI, Customer, Explanation, OpenAI, Settings, explanation_of
from explainbot.context import Turn, current_turn
from explainbot.errors import ConfigError
from explainbot.explain import Record, Source, explain
from explainbot.explain.page import STYLE
from explainbot.integrations.fastapi import MEDIA_TYPES, explainbot_router, request_turn

MARTA = Customer(name="Marta Lindqvist", email="marta@example.com")


@pytest.fixture
def trace_id() -> Iterator[str]:
    """The id of an explained reply that holds HTML."""
    with Server(lambda request: chat_reply(request, "<b>Hello</b> [PERSON_1]. It costs £4.50.")) as server:
        client = OpenAI(base_url=server.url, api_key="k", settings=Settings(store="memory", operator="Larkwheel"))
        with explainbot.turn(customer=MARTA), client:
            reply = client.chat.completions.create(
                model="m", messages=[{"role": "user", "content": "Marta Lindqvist here. What does it cost?"}]
            )
        yield explanation_of(reply).trace_id


def served(router: Any) -> TestClient:
    app = FastAPI()
    app.include_router(router)
    return TestClient(app)


def test_an_explanation_is_json_unless_something_else_is_asked_for(trace_id: str) -> None:
    reply = served(explainbot_router()).get(f"/explanations/{trace_id}", headers={"accept": "*/*"})
    assert reply.headers["content-type"] == "application/json"
    assert Explanation.model_validate_json(reply.text) == explanation_of(trace_id)
    assert reply.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/json", "application/json"),
        ("application/vnd.explainbot.view+json", "application/vnd.explainbot.view+json"),
        ("application/*", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/markdown", "text/markdown"),
        ("text/plain;q=0.5, text/markdown;q=0.7", "text/markdown"),
        ("application/json;q=0.1, text/*;q=0.2", "text/html"),
        ("text/*, text/html;q=0", "text/markdown"),
        ("TEXT/PLAIN", "text/plain"),
        ("text/html;q=nonsense, */*;q=0.1", "application/json"),
        ("", "application/json"),
        ("image/png", None),
        ("*/*;q=0", None),
    ],
)
def test_the_accept_header_decides(trace_id: str, accept: str, media_type: str | None) -> None:
    reply = served(explainbot_router()).get(f"/explanations/{trace_id}", headers={"accept": accept})
    if media_type is None:
        assert reply.status_code == 406
        assert all(name in reply.json()["detail"] for name in MEDIA_TYPES)
    else:
        assert reply.headers["content-type"].partition(";")[0] == media_type
        assert "It costs" in reply.text


@pytest.mark.parametrize(("tag", "language"), [("de-AT", "de"), ("ar", "ar"), ("x" * 5000, "en"), ("", "en")])
@pytest.mark.parametrize("accept", MEDIA_TYPES)
def test_a_page_may_ask_for_another_language(trace_id: str, tag: str, language: str, accept: str) -> None:
    """Every form of it is then the one that would have been made in that language."""
    url = f"/explanations/{trace_id}"
    reply = served(explainbot_router()).get(url, params={"language": tag}, headers={"accept": accept})
    expected = explanation_of(trace_id).in_language(language)
    if accept == "text/html":  # a page round it
        assert f'<html lang="{language}"' in reply.text
        assert expected.headline.partition("(")[0] in reply.text
    else:
        assert reply.text == MEDIA_TYPES[accept](expected, {})


def test_the_html_page_is_whole_escaped_and_may_load_nothing(trace_id: str) -> None:
    reply = served(explainbot_router()).get(f"/explanations/{trace_id}", headers={"accept": "text/html"})
    assert reply.text.startswith('<!doctype html>\n<html lang="en" dir="ltr">')
    assert "<details open" in reply.text
    assert "Marta Lindqvist" in reply.text
    assert "<b>Hello" not in reply.text
    assert "<script" not in reply.text
    style = reply.text.partition("<style>")[2].partition("</style>")[0]
    assert b64encode(sha256(style.encode()).digest()).decode() in reply.headers["content-security-policy"]
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")


def test_the_html_page_may_load_the_apps_own_style_and_nothing_else(trace_id: str) -> None:
    client = served(explainbot_router(stylesheet='/a.css">'))
    reply = client.get(f"/explanations/{trace_id}", headers={"accept": "text/html"})
    assert '<link rel="stylesheet" href="/a.css&quot;&gt;">' in reply.text
    assert reply.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self' 'sha256-")


@pytest.mark.parametrize("unknown", ["0" * 32, "x", "%20", "a" * 5000, "..%2f..%2fetc"])
def test_an_unknown_id_is_not_found(unknown: str) -> None:
    assert served(explainbot_router()).get(f"/explanations/{unknown}").status_code == 404


def test_the_app_decides_who_may_see_an_explanation(trace_id: str) -> None:
    def only_marta(trace_id: str, who: str = Header("")) -> None:
        if who != f"marta-{trace_id[:4]}":
            raise HTTPException(403, "not yours")

    client = served(explainbot_router(authorise=only_marta, prefix="/api"))
    address = f"/api/explanations/{trace_id}"
    assert client.get(address).status_code == 403
    assert client.get(address, headers={"who": f"marta-{trace_id[:4]}"}).status_code == 200
    assert client.get("/api/explanation-schema").status_code == 200


def test_explanations_may_come_from_elsewhere(trace_id: str) -> None:
    one = explanation_of(trace_id)
    client = served(explainbot_router(find={"mine": one}.get))
    assert client.get("/explanations/mine").json()["trace_id"] == trace_id
    assert client.get(f"/explanations/{trace_id}").status_code == 404


def test_the_schema_is_that_of_an_explanation() -> None:
    reply = served(explainbot_router()).get("/explanation-schema")
    assert reply.headers["content-type"] == "application/schema+json"
    assert reply.json() == Explanation.model_json_schema()


def test_a_quote_is_marked_where_it_stands_in_its_source() -> None:
    """With the source's text at hand, in HTML and in the tree; without, the quote stands alone."""
    text = "Our terms. " * 30 + "Refunds arrive within 5 working days. " + "See also gifts. " * 30
    source = Source(id="terms", title="Terms", text=text)
    made = explain(
        Record(
            "t", datetime(2025, 1, 1, tzinfo=UTC), "chat", "p", "m", "Refunds arrive within 5 working days.", (source,)
        )
    )
    client = served(explainbot_router(find=lambda _: made, sources=lambda _: [source]))
    page = client.get("/explanations/t", headers={"accept": "text/html"}).text
    assert "<mark>Refunds arrive within 5 working days.</mark><span> See also gifts." in page
    view = client.get("/explanations/t", headers={"accept": "application/vnd.explainbot.view+json"}).json()
    [quote] = [part for line in view["sections"][0]["items"][0]["below"] for part in line if part["role"] == "quote"]
    assert quote["before"].startswith("…")
    assert quote["before"].endswith("Our terms. ")
    assert quote["after"].endswith("…")
    assert max(len(quote["before"]), len(quote["after"])) < 170
    other = Source(id="terms", title="Terms", text="Changed. " + text)
    assert "<mark>" not in made.html_beside([other])
    assert "<mark>" not in made.html


def test_the_element_is_one_module_with_the_style_of_the_page() -> None:
    reply = served(explainbot_router(prefix="/api")).get("/api/explain-reply.js")
    assert reply.headers["content-type"].startswith("text/javascript")
    assert json.dumps(STYLE) in reply.text
    assert not re.search(r"innerHTML|eval|import |document\.write|setAttribute\(.style", reply.text)


def test_the_routes_are_in_the_apps_own_documentation() -> None:
    paths = served(explainbot_router()).get("/openapi.json").json()["paths"]
    assert "/explanations/{trace_id}" in paths


def whose_turn(request: Request) -> dict[str, Any]:
    return {"conversation": request.headers["x-conversation"], "customer": MARTA, "purpose": "support"}


OPENED = Depends(request_turn(whose_turn))


def test_a_turn_holds_in_sync_async_and_streaming_endpoints() -> None:
    app = FastAPI(dependencies=[Depends(request_turn(whose_turn))])

    def seen() -> str:
        found = current_turn()
        return f"{found.context.conversation}/{found.context.purpose}" if found else "none"

    @app.get("/sync")
    def sync() -> str:
        return seen()

    @app.get("/async")
    async def asynchronous() -> str:
        return seen()

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        async def steps() -> AsyncIterator[str]:
            yield seen()

        return StreamingResponse(steps())

    client = TestClient(app)
    for path in ("/sync", "/async", "/stream"):
        assert client.get(path, headers={"x-conversation": path}).text.strip('"') == f"{path}/support"
    assert current_turn() is None


def test_calls_inside_the_turn_are_redacted_for_its_customer_and_explained() -> None:
    with Server() as server:
        app = FastAPI()

        @app.post("/chat")
        async def chat(message: str, turn: Annotated[Turn, OPENED]) -> dict[str, Any]:
            async with AsyncOpenAI(base_url=server.url, api_key="k", settings=Settings(store="off")) as client:
                reply = await client.chat.completions.create(model="m", messages=[{"role": "user", "content": message}])
            assert turn.explanation is not None
            return {"said": reply.choices[0].message.content, "purpose": turn.explanation.purpose}

        reply = TestClient(app).post("/chat", params={"message": "I am Marta."}, headers={"x-conversation": "c"})
        assert reply.json() == {"said": "You wrote: I am Marta.", "purpose": "support"}
        assert "Marta" not in json.dumps(server.last.json())


def test_a_turn_is_closed_when_the_endpoint_fails() -> None:
    app = FastAPI(dependencies=[Depends(request_turn(whose_turn))])

    @app.get("/")
    async def fail() -> None:
        raise HTTPException(418, "no")

    assert TestClient(app).get("/", headers={"x-conversation": "c"}).status_code == 418
    assert current_turn() is None


@pytest.mark.parametrize("build", [explainbot_router, lambda: request_turn(whose_turn)])
def test_without_fastapi_the_extra_is_named(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastapi", None)
    with pytest.raises(ConfigError, match=r"pip install 'explainbot\[fastapi\]'"):
        build()
