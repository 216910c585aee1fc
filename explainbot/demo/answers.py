"""One support question after the other through the drop-in client, and what can be seen of each on the way.

What went upstream is read from the bytes the local server received, not computed again; for a server
elsewhere it is read from the trace.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import openai

from explainbot import Customer, Explanation, Trace, explanation_of, turn
from explainbot.demo.asking import asking
from explainbot.demo.desk import desk
from explainbot.demo.local import LocalServer
from explainbot.demo.model import Model
from explainbot.demo.questions import Question
from explainbot.demo.tap import Tap, bodies
from explainbot.engine import default_engine
from explainbot.errors import ExplainbotError

__all__ = [
    "Answer",
    "DemoFailed",
    "Sent",
    "answer_all",
    "failure",
    "keep_traces",
    "leaks_of",
    "read_messages",
    "sent_body",
]


_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


class DemoFailed(ExplainbotError):
    """The server could not be reached or refused the request."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One message of the request as it left: role and redacted text."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered question.

    Attributes:
        sent: the messages that went upstream.
        leaked: how many of the question's personal values stand in what went upstream.
        seconds: from the question to the reply.
    """

    question: Question
    customer: Customer
    sent: tuple[Sent, ...]
    reply: str
    explanation: Explanation
    leaked: int
    seconds: float


def answer_all(model: Model, questions: Sequence[Question]) -> Iterator[Answer]:
    """Ask the questions in order, each as a conversation of its own.

    Raises:
        DemoFailed: the server could not be reached or refused the request.
    """
    customers = desk("session").customers()
    for number, question in enumerate(questions, start=1):
        yield _answer(model, question, customers[question.customer], f"demo-{number}")


def _answer(model: Model, question: Question, customer: Customer, conversation: str) -> Answer:
    call = asking(question.message, desk("session").Session(customer), small=model.server.small)
    began = time.perf_counter()
    try:
        with turn(conversation=conversation, customer=call.customer, purpose=call.purpose, sources=call.sources):
            reply = model.client.chat.completions.create(
                model=model.server.model, messages=cast(Any, call.messages), **call.settings
            )
    except openai.OpenAIError as error:
        raise DemoFailed(failure(model.server, error)) from None
    explanation = explanation_of(reply)
    seconds = time.perf_counter() - began
    body = sent_body(model.server.tap, explanation.trace_id)
    upstream = body if model.server.tap is None else b"\n".join(model.server.tap.received())
    return Answer(
        question,
        call.customer,
        tuple(read_messages(body)),
        reply.choices[0].message.content or "",
        explanation,
        leaks_of(question.personal, upstream),
        seconds,
    )


def failure(server: LocalServer, error: openai.OpenAIError) -> str:
    """What went wrong at the model's server, and what to look at."""
    said = f"the model's server failed with {type(error).__name__}"
    match error:
        case openai.APIConnectionError():
            return f"{said}: is a server running at {server.base_url}?"
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return f"{said}: it wants another key; give it with --api-key or in OPENAI_API_KEY"
        case openai.NotFoundError():
            return (
                f"{said}: does {server.base_url} end as the server wants it (often in /v1), and has it {server.model}?"
            )
        case openai.APIStatusError():
            return f"{said} (HTTP {error.status_code})"
        case _:
            return said


def sent_body(tap: Tap | None, trace_id: str) -> bytes:
    """The body of the latest request as it left."""
    if tap is not None:
        received = [body for stream in tap.received() for body in bodies(stream)]
        return received[-1] if received else b""
    trace = trace_of(trace_id)
    return b"" if trace is None or trace.request is None else trace.request.encode()


def keep_traces() -> None:
    """Wait until the traces made so far are in the store."""
    if (recorder := default_engine().recorder) is not None:
        recorder.flush()


def trace_of(trace_id: str) -> Trace | None:
    """The trace, out of the store."""
    keep_traces()
    recorder = default_engine().recorder
    return None if recorder is None else recorder.store.get(trace_id)


def read_messages(body: bytes) -> Iterator[Sent]:
    """The messages of a chat completion request; tool calls as their name and arguments."""
    for message in json.loads(body or b"{}").get("messages", ()):
        content: Any = message.get("content")
        calls = [
            f"{call['function']['name']}({call['function']['arguments']})" for call in message.get("tool_calls", ())
        ]
        text = content if isinstance(content, str) else "" if content is None else json.dumps(content)
        yield Sent(message["role"], "\n".join([*([text] if text else []), *calls]))


def leaks_of(personal: Sequence[str], upstream: bytes) -> int:
    """How many of the values stand in `upstream` as whole words, in any case, also JSON-escaped or with other spacing.

    It knows nothing of how values are found or hidden: the list is written by hand beside each question.
    """
    text = upstream.decode("utf-8", "replace")
    text = f"{text}\n{_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)}".casefold()
    return sum(1 for value in personal if _pattern(value).search(text))


def _pattern(value: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in re.split(r"\s+", value.casefold())]
    return re.compile(r"(?<!\w)" + r"[\s-]*".join(parts) + r"(?!\w)")
