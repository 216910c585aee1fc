"""The demo's questions, and the search for their personal values in what was sent."""

from __future__ import annotations

import json
import re

import pytest

from explainbot.commands.demo import QUESTIONS as OFFERED
from explainbot.demo.answers import leaks_of
from explainbot.demo.asking import asking
from explainbot.demo.desk import desk
from explainbot.demo.questions import QUESTIONS, Question

each = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.message[:30])


def session_of(question: Question) -> object:
    return desk("session").Session(desk("session").customers()[question.customer])


@each
def test_every_personal_value_that_is_listed_stands_in_the_message(question: Question) -> None:
    assert leaks_of(question.personal, question.message.encode()) == len(question.personal) > 0


@each
def test_no_mail_address_number_or_order_in_a_message_is_missing_from_the_list(question: Question) -> None:
    rest = question.message
    for value in question.personal:
        rest = rest.replace(value, "")
    assert not re.search(r"@|LW-|[\d ]{7,}\d", rest)


@each
def test_the_passage_that_is_retrieved_holds_the_fact(question: Question) -> None:
    (source,) = asking(question.message, session_of(question), small=True).sources
    assert re.search(question.fact, source.text)


@each
def test_the_order_that_is_named_is_looked_up(question: Question) -> None:
    call = asking(question.message, session_of(question), small=True)
    assert [source.id for source in call.sources if source.tool] == ([question.order] if question.order else [])


def test_an_order_number_in_a_message_is_hidden_as_the_customers_own() -> None:
    session = desk("session").Session(desk("session").customers()["cus-2041"])
    assert asking("Where is lw 10432?", session, small=True).customer.extra == {"order": "LW-10432"}
    assert asking("Where is it?", session, small=True).customer == session.customer


def test_a_capable_model_gets_articles_and_its_own_rules() -> None:
    call = asking(QUESTIONS[0].message, session_of(QUESTIONS[0]), small=False)
    assert [message["role"] for message in call.messages][-1] == "user"
    assert (call.begun, call.settings) == ("", {})
    assert len(call.sources) > 1


def test_the_command_offers_as_many_questions_as_there_are() -> None:
    assert len(QUESTIONS) == OFFERED >= 6


@pytest.mark.parametrize(
    ("value", "upstream", "leaked"),
    [
        ("07700 900142", b"call 07700 900142.", True),
        ("07700 900142", b"call 07700-900142.", True),
        ("07700 900142", b"call 07700900142.", True),
        ("07700 900142", b"call 107700900142", False),
        ("Marta", b"MARTA", True),
        ("Marta", b"Martana", False),
        ("O'Sullivan", b"o'sullivan", True),
        ("José", json.dumps("I am José.").encode(), True),
        ("José", "I am JOSÉ.".encode(), True),
        ("a@b.example", b"https://x.example/?q=a@b.example", True),
        ("a@b.example", b"[EMAIL_1]", False),
    ],
)
def test_a_value_is_found_in_any_case_and_spacing_and_json_escaped(value: str, upstream: bytes, leaked: bool) -> None:
    assert leaks_of([value], upstream) == leaked
