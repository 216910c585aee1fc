"""`explainbot demo --chat`: talk with the support desk in the terminal, and see what goes upstream and why."""

from __future__ import annotations

import sys
from contextlib import suppress
from itertools import chain
from secrets import token_hex
from typing import Any, cast

import openai

from explainbot import Explanation, turn
from explainbot.commands.terminal import visible
from explainbot.demo.answers import failure, read_messages, sent_body
from explainbot.demo.asking import asking
from explainbot.demo.desk import desk
from explainbot.demo.model import Model
from explainbot.demo.show import Screen, plain
from explainbot.errors import PrivacyError

__all__ = ["chat"]

PROMPT = "\nyou> "
HOW_TO_LEAVE = "Ctrl-D or an empty line ends the talk."


def chat(model: Model) -> int:
    """Talk until the end of input, an empty line or Ctrl-C. Always returns 0."""
    with suppress(ImportError):  # not on Windows; it gives input() line editing and a history
        import readline  # noqa: F401
    screen = Screen()
    session = desk("session").Session(next(iter(desk("session").customers().values())))
    session_id = token_hex(8)
    _greet(screen, model, session.customer)
    while message := _read():
        try:
            _answer(screen, model, session, session_id, message)
        except PrivacyError as error:
            screen.sentence(f"Not sent: {error}")
        except openai.OpenAIError as error:
            said = failure(model.server, error)
            screen.sentence(said[0].upper() + said[1:])
        except KeyboardInterrupt:
            screen.line("\n(stopped)")
    screen.line("")
    return 0


def _greet(screen: Screen, model: Model, customer: Any) -> None:
    who = f"{customer.name} ({customer.email}, {customer.phone}, {customer.address})"
    screen.sentence(f"You are talking with the support desk of Larkwheel, an invented bicycle shop, as {who}.")
    screen.sentence(f"Model: {model.server.kind}.")
    screen.sentence(f"Try: Where is my order LW-10432?   {HOW_TO_LEAVE}")


def _read() -> str:
    try:
        return input(PROMPT if sys.stdin.isatty() else "").strip()
    except (EOFError, KeyboardInterrupt):
        return ""


def _answer(screen: Screen, model: Model, session: Any, conversation: str, message: str) -> None:
    call = asking(message, session, small=model.server.small)
    this_turn = turn(conversation=conversation, customer=call.customer, purpose=call.purpose, sources=call.sources)
    shown = session.begin(message)
    with this_turn:
        stream = model.client.chat.completions.create(
            model=model.server.model, messages=cast(Any, call.messages), stream=True, **call.settings
        )
    with stream:
        _write("\ndesk> ")
        pieces = (chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices)
        for piece in chain([call.begun], pieces):
            said = piece if shown.reply else piece.lstrip()
            shown.reply += said
            _write(said)
    _write("\n")
    if (explanation := this_turn.explanation) is not None:
        _explain(screen, model, explanation)


def _explain(screen: Screen, model: Model, explanation: Explanation) -> None:
    body = sent_body(model.server.tap, explanation.trace_id)
    screen.sent(tuple(read_messages(body)), begun=model.server.small)
    screen.block("Why this answer?", [plain(explanation.text.rstrip())])
    screen.line(f"\nTrace {explanation.trace_id}", style="dim")


def _write(text: str) -> None:
    sys.stdout.write(visible(text))
    sys.stdout.flush()
