"""The provider's own citations are looked up: the source must exist, and say it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import DONE, Request, Server, chat_reply, chunk, frame, message, sse_reply

import explainbot
from explainbot import Explanation, Settings, Source, Statement, explanation_of, turn
from explainbot.explain import Cited, Record, explain

REFUNDS = Source(
    "refunds-v7", "Refunds arrive within 5 working days.", title="Refund policy", url="https://x.example/r"
)
DELIVERY = Source("delivery", "Delivery costs $4. It takes 3 days.", title="Delivery")
RULES = Source("message-0", "Answer politely and cite your sources.", kind="instructions")


def explained(reply: str, sources: tuple[Source, ...] = (RULES, REFUNDS, DELIVERY), **more: Any) -> Explanation:
    noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
    return explain(Record("t", noon, "chat", "openai", "gpt-test", reply, sources, **more))


def states(reply: str, **more: Any) -> list[list[tuple[str | None, str]]]:
    return [[(c.source_id, c.state) for c in one.citations] for one in explained(reply, **more).statements]


@pytest.mark.parametrize("marker", ["[1]", "[^1]", "[doc1]", "【1†source】", "【4:0†refund policy】", "[refunds-v7]"])
def test_a_citation_that_holds_is_said_and_marks_its_passage(marker: str) -> None:
    made = explained(f"Refunds arrive within 5 working days {marker}.")
    [one] = made.statements
    assert one.state == "found"
    assert one.text == f"Refunds arrive within 5 working days {marker}."
    assert [(c.marker, c.source_id, c.state) for c in one.citations] == [(marker, "refunds-v7", "says it")]
    assert [item.tier for item in one.evidence if item.source_id == "refunds-v7"] == ["cited"]
    assert "The AI names Refund policy for this. That source says so." in made.text


def test_a_source_that_does_not_exist_is_named() -> None:
    made = explained("Refunds arrive within 5 working days [7].")
    assert made.statements[0].state == "found"
    assert states("Refunds arrive within 5 working days [7].") == [[(None, "does not exist")]]
    assert "The AI names “[7]” as its source. It was given no such source." in made.text
    assert states("Refunds arrive within 5 working days [source: refunds-v9].") == [[(None, "does not exist")]]


def test_a_source_that_does_not_say_it_is_named_though_another_does() -> None:
    made = explained("Refunds arrive within 5 working days [2].")
    assert made.statements[0].state == "found"
    assert made.statements[0].evidence[0].tier == "matched"
    assert "The AI names Delivery for this. That source does not say so." in made.text


def test_each_citation_belongs_to_the_sentence_before_it() -> None:
    reply = "Refunds arrive within 5 working days.[1] Delivery costs $4. [2]\n\nIt takes 3 days [1, 2]."
    assert states(reply) == [
        [("refunds-v7", "says it")],
        [("delivery", "says it")],
        [("refunds-v7", "does not say it"), ("delivery", "says it")],
    ]


def test_a_marker_is_no_value_and_no_statement() -> None:
    made = explained("Delivery costs $4 [2]. Refunds arrive within 5 working days.\n[1]")
    assert [one.state for one in made.statements] == ["found", "found"]
    assert [value.text for one in made.statements for value in one.values] == ["$4", "5 working days"]


@pytest.mark.parametrize(
    "reply",
    [
        "Delivery costs $4, see [our page](https://x.example).",
        "Write `prices[2]` and delivery costs $4.",
        "Delivery costs $4.\n```\na[1] = b[9]\n```",
        "[EMAIL_1], delivery costs $4.",
        "Delivery costs $4 [as of today].",
        "- [ ] Delivery costs $4.",
    ],
)
def test_other_brackets_are_no_citations(reply: str) -> None:
    assert [one.citations for one in explained(reply).statements if one.citations] == []


def test_sources_whose_ids_are_numbers_go_by_them() -> None:
    second, first = (
        Source("source-2", "Delivery costs $4."),
        Source("source-1", "Refunds arrive within 5 working days."),
    )
    assert states("Delivery costs $4 [2].", sources=(second, first)) == [[("source-2", "says it")]]


def test_an_annotation_is_looked_up_by_its_address() -> None:
    reply = "Refunds arrive within 5 working days. Delivery costs $4."
    known, unknown = Cited(0, 36, "https://x.example/r", "Refunds"), Cited(38, 55, "https://other.example", "Other")
    made = explained(reply, cited=(known, unknown))
    assert states(reply, cited=(known, unknown)) == [[("refunds-v7", "says it")], [(None, "not checked")]]
    assert "The AI names Other (https://other.example) for this. We could not check that source." in made.text
    assert 'href="https://other.example"' in made.html


def test_a_reply_without_citations_is_explained_as_before() -> None:
    assert [type(one) for one in explained("Delivery costs $4.").statements] == [Statement]
    assert explained("Delivery costs $4.").statements[0].citations == ()


pieces = st.sampled_from(
    ["[1]", "【2†s】", "[9]", "\n", " ", "Delivery costs $4", ".", "```", "[", "】", "*", "[delivery]"]
)


@given(st.lists(pieces | st.text(max_size=8), max_size=25).map("".join))
def test_offsets_hold_for_any_reply(reply: str) -> None:
    for one in explained(reply, cited=(Cited(0, 5, "https://x.example/r"), Cited(-1, 99, "x"))).statements:
        assert reply[one.start : one.end] == one.text
        for value in one.values:
            assert reply[value.start : value.end] == value.text
        for citation in one.citations:
            assert citation.marker in ("", reply[citation.start : citation.end])


@pytest.mark.parametrize("streamed", [False, True])
def test_annotations_of_a_reply_reach_its_explanation_redacted_and_restored(server: Server, streamed: bool) -> None:
    cited = {"start_index": 0, "end_index": 36, "url": "https://x.example/r", "title": "Mail jane@example.org"}

    def answer(request: Request) -> Any:
        annotations, text = [{"type": "url_citation", "url_citation": cited}], "Refunds arrive within 5 working days."
        if not streamed:
            return chat_reply(request, message(text, annotations=annotations))
        deltas = {"content": text}, {"annotations": annotations}
        return sse_reply([*(frame(chunk(delta)) for delta in deltas), frame(chunk({}, finish="stop")), DONE])

    server.script(answer)
    settings = Settings(store="memory", tenant=f"citations-{streamed}")
    with explainbot.OpenAI(base_url=server.url, api_key="key", settings=settings) as client, turn(sources=[REFUNDS]):
        asked = [{"role": "user", "content": f"{REFUNDS.text} When?"}]
        reply: Any = client.chat.completions.create(model="gpt-test", messages=asked, stream=streamed)  # type: ignore[call-overload]
        if streamed:
            reply = list(reply)[-1]
    [statement] = explanation_of(reply).statements
    if not streamed:
        assert reply.choices[0].message.annotations[0].url_citation.url == "https://x.example/r"
    assert [(c.source_id, c.title, c.state) for c in statement.citations] == [
        ("refunds-v7", "Mail jane@example.org", "says it")
    ]
