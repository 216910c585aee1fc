"""The chat protocol finds every text of a request and of a reply, in an order that does not shift."""

from __future__ import annotations

from typing import Any

import pytest

from explainbot.errors import LocalProtocolError, UnsupportedContent
from explainbot.protocols.base import Channel
from explainbot.protocols.openai_chat import PROTOCOL


class Marking:
    """A visitor that marks every text it is shown, and notes the order and the names."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.names: list[str] = []

    def text(self, text: str) -> str:
        self.seen.append(text)
        return f"<{text}>"

    key = text

    def name(self, name: str) -> None:
        self.names.append(name)

    def identifier(self, text: str) -> None:
        self.names.append(text)

    def credential(self, text: str) -> None:
        self.names.append(text)

    def unreadable(self, kind: str, detail: str) -> None:
        raise UnsupportedContent(kind, detail)


FULL: dict[str, Any] = {
    "model": "gpt-5-mini",
    "temperature": 0.5,
    "messages": [
        {"role": "system", "content": "rules"},
        {"role": "user", "name": "jane", "content": [{"type": "text", "text": "part"}]},
        {
            "role": "assistant",
            "content": None,
            "refusal": "no",
            "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "look_up", "arguments": '{"a":1}'}},
                {"id": "c2", "type": "custom", "custom": {"name": "sql", "input": "select"}},
            ],
            "function_call": {"name": "old", "arguments": "{}"},
        },
        {"role": "tool", "tool_call_id": "c1", "content": "result"},
        {"role": "user", "content": "last"},
    ],
    "user": "u-1",
    "metadata": {"mail": "m"},
    "safety_identifier": "s-1",
    "prompt_cache_key": "k-1",
    "tools": [
        {
            "type": "function",
            "function": {
                "name": "look_up",
                "description": "finds",
                "parameters": {"type": "object", "properties": {"order": {"type": "string", "description": "the id"}}},
            },
        }
    ],
    "stop": ["END"],
    "unknown_field": {"deep": ["text"]},
}


def test_every_text_of_a_request_is_visited() -> None:
    visitor = Marking()
    body = PROTOCOL.map_request(FULL, visitor)
    for text in [
        "rules", "jane", "part", "no", '{"a":1}', "select", "{}", "result", "last", "u-1", "m", "s-1", "k-1", "finds",
        "the id", "END", "text", "c1", "c2",
    ]:  # fmt: skip
        assert text in visitor.seen, text
    assert body["messages"][2]["tool_calls"][0]["function"]["arguments"] == '<{"a":1}>'
    assert body["messages"][1]["content"] == [{"type": "text", "text": "<part>"}]
    assert body["metadata"] == {"<mail>": "<m>"}
    assert [key.strip("<>") for key in body] == list(FULL), "the order of the fields is kept"


def test_a_key_that_no_protocol_knows_is_text() -> None:
    body = PROTOCOL.map_request({"jane@example.org": "x", "messages": [{"role": "user", "jane": "y"}]}, Marking())
    assert body == {"<jane@example.org>": "<x>", "messages": [{"role": "user", "<jane>": "<y>"}]}


def test_what_the_provider_interprets_is_a_name_and_stays() -> None:
    visitor = Marking()
    body = PROTOCOL.map_request(FULL, visitor)
    assert body["model"] == "gpt-5-mini"
    assert {"gpt-5-mini", "look_up", "sql", "old", "function"} <= set(visitor.names)
    assert body["temperature"] == 0.5
    assert body["tools"][0]["function"]["parameters"]["type"] == "object"


def test_the_request_given_is_not_changed() -> None:
    import copy

    before = copy.deepcopy(FULL)
    PROTOCOL.map_request(FULL, Marking())
    assert before == FULL


def test_fields_that_stay_the_same_are_read_ahead_of_the_messages_and_the_others_after() -> None:
    visitor = Marking()
    PROTOCOL.map_request(FULL, visitor)
    first, last = visitor.seen.index("rules"), visitor.seen.index("last")
    assert max(visitor.seen.index(text) for text in ("u-1", "s-1", "k-1", "finds")) < first
    assert min(visitor.seen.index(text) for text in ("m", "text", "END")) > last


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ({"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}, "image"),
        ({"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}}, "audio"),
        ({"type": "file", "file": {"file_data": "AAAA", "filename": "f"}}, "file"),
        ({"type": "hologram"}, "unknown_part"),
        ({}, "unknown_part"),
    ],
)
def test_a_part_nobody_can_read_is_refused_by_its_kind(part: dict[str, Any], kind: str) -> None:
    with pytest.raises(UnsupportedContent) as caught:
        PROTOCOL.map_request({"messages": [{"role": "user", "content": [part]}]}, Marking())
    assert caught.value.kind == kind


@pytest.mark.parametrize("body", [{"messages": "hello"}, {"messages": ["hello"]}, {"tools": {}}])
def test_wrong_types_are_the_callers_fault(body: dict[str, Any]) -> None:
    with pytest.raises(LocalProtocolError):
        PROTOCOL.map_request(body, Marking())


def test_a_long_number_is_shown_as_text_and_a_short_one_is_not() -> None:
    visitor = Marking()
    body = PROTOCOL.map_request({"metadata": {"card": 4111111111111111, "n": 12, "yes": True}}, visitor)
    assert "4111111111111111" in visitor.seen
    assert body["metadata"]["<card>"] == "<4111111111111111>"
    assert body["metadata"]["n"] == 12


def test_texts_sent_are_told_apart_by_role() -> None:
    sent = list(PROTOCOL.sent(FULL))
    assert [(text.kind, text.text, text.tool) for text in sent] == [
        ("instructions", "rules", None),
        ("history", "part", None),
        ("tool_result", "result", "look_up"),
        ("customer_message", "last", None),
    ]


def test_a_reply_begun_by_the_bot_is_no_source_of_itself() -> None:
    messages = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "The answer is"}]
    assert [text.kind for text in PROTOCOL.sent({"messages": messages})] == ["customer_message"]


class Shouting:
    """Reply texts that come back in capitals, with the channel they were on."""

    changed = False

    def feed(self, channel: Channel, text: str) -> str:
        return f"{channel.name}{channel.index}:{text.upper()}"

    whole = feed

    def owns(self, id: str | None) -> bool:
        return True

    def moved(self, channel: Channel, offset: int) -> int:
        return offset + 100


def test_every_text_of_a_reply_is_restored_on_its_own_channel() -> None:
    body: dict[str, Any] = {
        "choices": [
            {
                "index": 0,
                "message": {
                    "role": "assistant",
                    "content": "hi",
                    "refusal": None,
                    "reasoning_content": "hm",
                    "tool_calls": [
                        {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}},
                        {"id": "d", "type": "custom", "custom": {"name": "g", "input": "x"}},
                    ],
                },
            },
            {"index": 1, "message": {"role": "assistant", "content": "ho"}},
        ]
    }
    PROTOCOL.map_reply(body, Shouting())
    message = body["choices"][0]["message"]
    assert message["content"] == "content0:HI"
    assert message["reasoning_content"] == "reasoning_content0:HM"
    assert message["role"] == "assistant"
    assert message["tool_calls"][0]["function"] == {"name": "f", "arguments": "tool_calls0:{}"}
    assert message["tool_calls"][1]["custom"]["input"] == "custom1:X"
    assert body["choices"][1]["message"]["content"] == "content0:HO"


def test_citations_follow_the_words_they_point_at() -> None:
    citation = {"type": "url_citation", "url_citation": {"start_index": 1, "end_index": 2, "title": "t", "url": "u"}}
    message = {"role": "assistant", "content": "hi", "annotations": [citation]}
    PROTOCOL.map_reply({"choices": [{"index": 0, "message": message}]}, Shouting())
    assert citation["url_citation"] == {"start_index": 101, "end_index": 102, "title": "t", "url": "u"}


def test_the_explanation_stands_at_the_top_of_a_whole_reply_and_in_the_delta_of_a_chunk() -> None:
    whole: dict[str, Any] = {"object": "chat.completion", "choices": []}
    PROTOCOL.attach(whole, {"text": "why"})
    assert whole["explanation"] == {"text": "why"}
    for head in ({"object": "chat.completion.chunk"}, {}):
        chunk: dict[str, Any] = {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
        PROTOCOL.attach(chunk, {"text": "why"})
        assert chunk["choices"][0]["delta"] == {"explanation": {"text": "why"}}
        assert "explanation" not in chunk


@pytest.mark.parametrize("kind", [["text"], {"text": 1}, 1, True])
def test_a_part_whose_type_is_no_text_is_refused(kind: Any) -> None:
    body = {"model": "m", "messages": [{"role": "user", "content": [{"type": kind, "text": "x"}]}]}
    with pytest.raises(LocalProtocolError, match=f"must be a string, not {type(kind).__name__}"):
        PROTOCOL.map_request(body, Marking())
