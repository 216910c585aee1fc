"""Who is talking: sign-in and conversations, kept on the server; the browser holds one random cookie.

Signing in is pretended: the page offers four invented customers. A real desk takes the customer from its own sign-in.
"""

import asyncio
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from explainbot import Customer

from .orders import orders
from .prompt import Message

MAX_SESSIONS = 1_000
MAX_TURNS = 20


def customers() -> dict[str, Customer]:
    """The invented customers who may sign in, by their id, in the order they first appear in the order system."""
    rows = {row["customer"]["id"]: row["customer"] for row in orders().values()}
    return {id_: Customer(**row) for id_, row in rows.items()}


@dataclass(slots=True)
class Turn:
    """One question and what the page shows for it: the reply, an error, the explanation (an event of `desk.answer`)."""

    question: str
    reply: str = ""
    error: str | None = None
    explanation: dict[str, Any] | None = None


@dataclass(slots=True)
class Session:
    """One signed-in customer's talk."""

    customer: Customer
    conversation: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    turns: list[Turn] = field(default_factory=list)
    ticket: str | None = None
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    def begin(self, question: str) -> Turn:
        """Keep a new turn; the oldest ones are forgotten."""
        self.turns.append(Turn(question))
        del self.turns[:-MAX_TURNS]
        return self.turns[-1]

    def may_see(self, trace_id: str) -> bool:
        """Whether the explanation with this id is of one of this customer's turns."""
        shown = [turn.explanation["explanation"]["trace_id"] for turn in self.turns if turn.explanation]
        return trace_id in shown

    def history(self) -> list[Message]:
        """The turns that were answered, as messages for the model."""
        messages: list[Message] = []
        for turn in self.turns:
            if turn.reply:
                messages.append({"role": "user", "content": turn.question})
                messages.append({"role": "assistant", "content": turn.reply})
        return messages


class Sessions:
    """All sessions by the value of their cookie; the one used longest ago is forgotten first."""

    def __init__(self) -> None:
        self._by_cookie: OrderedDict[str, Session] = OrderedDict()

    def get(self, cookie: str | None) -> Session | None:
        """The session of a cookie, or None if there is none (any more)."""
        session = self._by_cookie.get(cookie or "")
        if session is not None and cookie is not None:
            self._by_cookie.move_to_end(cookie)
        return session

    def start(self, customer_id: str | None = None, instead_of: str | None = None) -> tuple[str, Session]:
        """Begin a new conversation: the new cookie and its session. The cookie given is no longer valid."""
        self._by_cookie.pop(instead_of or "", None)
        known = customers()
        session = Session(known.get(customer_id or "") or next(iter(known.values())))
        cookie = secrets.token_urlsafe(32)
        self._by_cookie[cookie] = session
        while len(self._by_cookie) > MAX_SESSIONS:
            self._by_cookie.popitem(last=False)
        return cookie, session
