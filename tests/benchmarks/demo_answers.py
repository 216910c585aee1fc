"""How often the demo's model gives the right fact, by the shape of the prompt.

Every question of `explainbot demo` goes through the drop-in client to the local model, once in each shape, with the
same retrieved passage. An answer is right if it holds the question's fact: the amount, the number of days, the date.
It is greeted if the customer's restored name stands in it, which shows that the model carried the placeholder over.

    python tests/benchmarks/demo_answers.py [--shapes NAME ...] [--show] [--stand-in]

Exit code 1 if the shape that the demo uses gives fewer than 8 of 10 right facts.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from explainbot import Customer, OpenAI, Settings, turn
from explainbot.demo.asking import Asking, asking
from explainbot.demo.desk import desk
from explainbot.demo.local import local_server
from explainbot.demo.questions import QUESTIONS, Question

Messages = list[dict[str, str]]
ENOUGH = 0.8
RULES = (
    "You are the support desk of a bicycle shop. Answer the customer's question in one sentence, using only the "
    "passage. Begin with 'Hello' and the customer's name."
)
COPY = "Answer the customer with the sentence of the help page that answers the question."
EXAMPLES = (
    (
        "When is the shop open on Saturdays?",
        "Our shop is open from 9:00 to 18:00 on weekdays. On Saturdays it is open from 10:00 to 16:00.",
        "on Saturdays the shop is open from 10:00 to 16:00.",
    ),
    (
        "Do you send parcels to Norway, and what does it cost?",
        "We deliver to Norway and Iceland for £19.50. Delivery takes 6 to 8 working days.",
        "we deliver to Norway for £19.50.",
    ),
)


@dataclass(frozen=True, slots=True)
class Given:
    """What a prompt is made of."""

    question: str
    passage: str
    article: str
    says: str
    name: str

    @property
    def begun(self) -> str:
        return f"Hello {self.name}, {self.says}:"

    @property
    def cited(self) -> str:
        return f"{self.says.capitalize()}: {self.passage}"


def user(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}


def system(text: str) -> dict[str, str]:
    return {"role": "system", "content": text}


def begun(text: str) -> dict[str, str]:
    return {"role": "assistant", "content": text}


def rules_first(given: Given) -> Messages:
    return [system(f"{RULES}\n\nPassage: {given.passage}"), user(given.question)]


def one_message(given: Given) -> Messages:
    return [
        user(f"Passage: {given.passage}\n\nQuestion: {given.question}\n\nAnswer in one sentence, using the passage.")
    ]


def examples(given: Given) -> Messages:
    asked = [system(RULES)]
    for question, passage, answer in EXAMPLES:
        asked += [user(f"Question: {question}\n\nPassage: {passage}"), begun(f"Hello {given.name}, {answer}")]
    return [*asked, user(f"Question: {given.question}\n\nPassage: {given.passage}")]


def examples_begun(given: Given) -> Messages:
    return [*examples(given), begun(f"Hello {given.name},")]


def question_first(given: Given) -> Messages:
    return [user(given.question), system(f"{given.cited}\n\n{COPY}")]


def passage_first_begun(given: Given) -> Messages:
    return [system(given.cited), user(given.question), begun(given.begun)]


def greeting_begun(given: Given) -> Messages:
    return [user(given.question), system(given.cited), begun(f"Hello {given.name},")]


def whole_article_begun(given: Given) -> Messages:
    return [user(given.question), system(f"{given.says.capitalize()}: {given.article}"), begun(given.begun)]


def question_first_begun(given: Given) -> Messages:
    messages, _ = desk("prompt").small_messages(given.question, given.says, given.passage, given.name)
    return list(messages)


USED = question_first_begun
"""The shape the demo and the desk use: what `small_messages` makes."""

SHAPES: dict[str, Callable[[Given], Messages]] = {
    shape.__name__: shape
    for shape in (
        rules_first,
        one_message,
        examples,
        examples_begun,
        question_first,
        passage_first_begun,
        greeting_begun,
        whole_article_begun,
        question_first_begun,
    )
}


def given_for(question: Question, customer: Customer) -> tuple[Given, Asking]:
    """The parts of the prompt, and the call that the demo would make."""
    call = asking(question.message, desk("session").Session(customer), small=True)
    source = call.sources[0]
    known = desk("knowledge").article(source.id)
    article = known.text.replace("\n\n", " ") if known else source.text
    says = "our order system says" if source.tool else "our help page says"
    return Given(question.message, source.text, article, says, customer.name or ""), call


def measure(client: OpenAI, model: str, shape: Callable[[Given], Messages], show: bool) -> tuple[int, int, float]:
    """Right facts, greetings, seconds."""
    customers = desk("session").customers()
    right = greeted = 0
    began = time.perf_counter()
    for question in QUESTIONS:
        given, call = given_for(question, customers[question.customer])
        with turn(customer=call.customer, sources=call.sources):
            reply = client.chat.completions.create(model=model, messages=cast(Any, shape(given)), **call.settings)
        text = reply.choices[0].message.content or ""
        hit = re.search(question.fact, text) is not None
        right += hit
        greeted += given.name in text
        if show:
            print(f"  {'right' if hit else 'WRONG'}  {text}")
    return right, greeted, time.perf_counter() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES), metavar="NAME")
    parser.add_argument("--show", action="store_true", help="print every answer")
    parser.add_argument("--stand-in", action="store_true", help="measure the extractive stand-in")
    options = parser.parse_args()
    enough = True
    with local_server(language_model=not options.stand_in) as server:
        client = OpenAI(base_url=server.base_url, api_key="local", settings=Settings(store="off"))
        print(f"{server.kind}; {len(QUESTIONS)} questions")
        print(f"{'shape':24} {'right fact':>10} {'greeted':>8} {'seconds':>8}")
        for name in options.shapes:
            right, greeted, seconds = measure(client, server.model, SHAPES[name], options.show)
            used = SHAPES[name] is USED
            print(f"{name:24} {right:>10} {greeted:>8} {seconds:>8.1f}{'  <- used' if used else ''}", flush=True)
            enough = enough and (not used or right >= ENOUGH * len(QUESTIONS))
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
