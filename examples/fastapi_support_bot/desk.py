"""One turn of the desk: find what could answer, ask the model, stream the reply, hand over the explanation.

What the page gets is a series of small JSON events: `text` (a piece of the reply), `explanation` (the computed
explanation and the passages it quotes), `error` (a kind sentence) and `done`.
"""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import openai

from explainbot import AsyncOpenAI, Source, redact, turn
from explainbot.errors import ExplainbotError, PrivacyError

from .knowledge import Article, all_known, passage, search
from .orders import in_words, look_up_for, order_number
from .prompt import SMALL_SETTINGS, Message, messages, small_messages
from .session import Session

Event = dict[str, Any]

PLACEHOLDER = re.compile(r"\[[A-Z_]+_\d+\]")
PRIVATE = (
    "I could not make sure that your personal details stay hidden, so I did not send your message. "
    "Please put it another way, or talk to a person."
)
UNREACHABLE = "I cannot reach my language model right now. Please try again in a moment, or talk to a person."
CUT = "My answer broke off. Please ask again, or talk to a person."


@dataclass(frozen=True, slots=True)
class Found:
    """What the desk found for a question: the passages to be sent, as sources, and whether an order is among them."""

    sources: tuple[Source, ...]
    order: dict[str, Any] | None

    @property
    def purpose(self) -> str:
        return "answering your question about an order" if self.order else "answering your question"


def find(question: str, session: Session, *, small: bool) -> Found:
    """Retrieval: the customer's own order if the message names one, and the help articles that fit the question.

    A message that finds nothing alone and says nothing new ("and for bikes?") is searched together with the question
    before it.
    """
    number = order_number(question)
    order = look_up_for(session.customer.email or "", number) if number else None
    sources: list[Source] = []
    if order is not None:
        text = in_words(order) if small else json.dumps(order, ensure_ascii=False)
        title = f"Order {order['order']}"
        sources.append(Source(id=order["order"], text=text, title=title, kind="tool_result", tool="look_up_order"))
    if order is None or not small:
        words = _bare(question, session)
        articles = search(words)
        if not articles and all_known(words):
            before = [_bare(turn.question, session) for turn in session.turns if turn.reply]
            articles = search(" ".join([*before[-1:], words]))
        sources += [_source(one, words, small=small) for one in articles[: 1 if small else 3]]
    return Found(tuple(sources), order)


def _bare(question: str, session: Session) -> str:
    """The question without personal data: a street named "Quay Street" must not find the shop on the quay."""
    return PLACEHOLDER.sub(" ", redact(question, customer=session.customer).text)


def _source(article: Article, question: str, *, small: bool) -> Source:
    text = passage(question, article) if small else article.text
    return Source(id=article.id, text=text, title=article.title, url=article.url, updated=article.updated)


def ask(question: str, found: Found, session: Session, *, small: bool) -> tuple[list[Message], str, dict[str, Any]]:
    """The messages, the opening that the page shows ahead of the streamed reply, and further settings of the call."""
    if small:
        text = found.sources[0].text if found.sources else None
        says = "our order system says" if found.order else "our help page says"
        asked, opening = small_messages(question, says, text, session.customer.name or "")
        return asked, opening, SMALL_SETTINGS
    order = found.sources[0].text if found.order else None
    passages = [f"{one.title}\n{one.text}" for one in found.sources if one.tool is None]
    return messages(question, passages, order, session.history()), "", {}


async def answer(
    client: AsyncOpenAI, model: str, session: Session, question: str, *, small: bool = False
) -> AsyncIterator[Event]:
    """Answer one customer message as a series of events; never raises for what goes wrong upstream."""
    shown = session.begin(question)
    this_turn, passages, opening = turn(), {}, ""
    try:
        found = find(question, session, small=small)
        asked, opening, settings = ask(question, found, session, small=small)
        passages = {source.id: source.text for source in found.sources}
        this_turn = turn(
            conversation=session.conversation, customer=session.customer, purpose=found.purpose, sources=found.sources
        )
        if opening:
            shown.reply = opening
            yield {"event": "text", "text": opening}
        with this_turn:  # only round the call: from here on the stream itself knows its turn
            stream = await client.chat.completions.create(model=model, messages=asked, stream=True, **settings)
        async with stream:
            async for chunk in stream:
                if chunk.choices and (piece := chunk.choices[0].delta.content):
                    shown.reply += piece
                    yield {"event": "text", "text": piece}
    except PrivacyError:
        shown.error = PRIVATE
    except (openai.OpenAIError, ExplainbotError):
        shown.error = CUT if len(shown.reply) > len(opening) else UNREACHABLE
    if shown.error is not None:
        yield {"event": "error", "message": shown.error}
    if (explanation := this_turn.explanation) is not None:
        shown.explanation = {
            "event": "explanation",
            "offset": len(opening),
            "explanation": explanation.model_dump(mode="json"),
            "passages": passages,
        }
        yield shown.explanation
    yield {"event": "done"}
