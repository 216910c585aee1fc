"""The extractive stand-in: one sentence of the passage, over the same HTTP as a model, and never called a model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import httpx
import openai
import pytest

from explainbot.demo.standin import MAX_BODY, MODEL, Reply, reply_to, stand_in

PASSAGE = {"role": "system", "content": "Our help page says: Keys cost £14. Returns are free for 45 days."}
BEGUN = {"role": "assistant", "content": "Hello [PERSON_1], our help page says:"}


def user(text: str) -> dict[str, Any]:
    return {"role": "user", "content": text}


@pytest.mark.parametrize(
    ("messages", "reply"),
    [
        pytest.param([user("What do keys cost?"), PASSAGE], Reply("", "Keys cost £14."), id="no name, no greeting"),
        pytest.param(
            [user("I am [PERSON_2]. Are returns free?"), PASSAGE],
            Reply("", "Hello [PERSON_2], Returns are free for 45 days."),
            id="greets by the placeholder",
        ),
        pytest.param(
            [user("Are returns free?"), PASSAGE, BEGUN],
            Reply("Hello [PERSON_1], our help page says:", " Returns are free for 45 days."),
            id="continues what was begun",
        ),
        pytest.param(
            [{"role": "system", "content": "Be kind. Keys are nice."}, PASSAGE, user("What do keys cost?")],
            Reply("", "Keys cost £14."),
            id="passage before the question",
        ),
        pytest.param(
            [user("Where is it?"), {"role": "tool", "tool_call_id": "1", "content": "It is on its way."}],
            Reply("", "It is on its way."),
            id="a tool result is a passage",
        ),
        pytest.param(
            [{"role": "user", "content": [{"type": "text", "text": "What do keys cost?"}]}, PASSAGE],
            Reply("", "Keys cost £14."),
            id="content in parts",
        ),
        pytest.param([user("Hello")], Reply("", "I found no passage that answers this."), id="no passage"),
        pytest.param([], Reply("", "I found no passage that answers this."), id="nothing at all"),
    ],
)
def test_it_copies_the_sentence_that_fits_the_question(messages: list[dict[str, Any]], reply: Reply) -> None:
    assert reply_to(messages) == reply


@pytest.fixture
def base_url() -> Iterator[str]:
    with stand_in() as port:
        yield f"http://127.0.0.1:{port}/v1"


def test_the_openai_client_gets_whole_and_streamed_replies(base_url: str) -> None:
    messages: Any = [user("Are returns free?"), PASSAGE, BEGUN]
    with openai.OpenAI(base_url=base_url, api_key="none") as client:
        whole = client.chat.completions.create(model=MODEL, messages=messages)
        chunks = list(client.chat.completions.create(model=MODEL, messages=messages, stream=True))
        models = [model.id for model in client.models.list()]
    assert whole.choices[0].message.content == "Hello [PERSON_1], our help page says: Returns are free for 45 days."
    # As with llama.cpp, what the request began is repeated in a whole reply only.
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == " Returns are free for 45 days."
    assert [chunk.choices[0].finish_reason for chunk in chunks][-2:] == [None, "stop"]
    assert models == [whole.model] == [MODEL]


def test_its_name_says_that_it_is_no_language_model() -> None:
    assert "no-language-model" in MODEL


@pytest.mark.parametrize(
    ("path", "content", "status"),
    [
        ("/chat/completions", b"{not json", 400),
        ("/chat/completions", b"[]", 400),
        ("/chat/completions", b'{"messages": 3}', 400),
        ("/chat/completions", b'{"messages": ["hello"]}', 400),
        ("/embeddings", b"{}", 404),
    ],
)
def test_what_it_cannot_read_is_answered_with_a_clear_error(
    base_url: str, path: str, content: bytes, status: int
) -> None:
    reply = httpx.post(base_url + path, content=content)
    assert (reply.status_code, set(reply.json()["error"])) == (status, {"message", "type", "code"})


def test_a_request_that_is_too_large_is_refused_before_it_is_read(base_url: str) -> None:
    with closing(HTTPConnection(urlsplit(base_url).netloc, timeout=10)) as connection:
        connection.putrequest("POST", "/v1/chat/completions")
        connection.putheader("Content-Length", str(MAX_BODY + 1))
        connection.endheaders()
        assert connection.getresponse().status == 413


def test_unknown_pages_are_not_found(base_url: str) -> None:
    assert httpx.get(base_url + "/elsewhere").status_code == 404
