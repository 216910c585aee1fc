"""A WebSocket of the Realtime API: one conversation, in which responses come when they are asked for, or by themselves.

Everything on it is of one conversation and has one vault: that of the turn in which it was opened, or one of its own.
So whatever the client says is redacted at once, and whatever comes is restored. What a response rests on was said
before, by settings and items; they are kept here, so that each response is an exchange with all of it for its request.

A response that nobody asked for, because the provider heard the customer stop, belongs to the turn in which the
WebSocket was opened.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Mapping, Sequence
from contextvars import copy_context
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, urlsplit

from explainbot import _json
from explainbot._given import CONTEXT_KEY
from explainbot.errors import ExplainbotError, LocalProtocolError, PrivacyError
from explainbot.exchange import Exchange
from explainbot.protocols.openai_realtime import DONE
from explainbot.protocols.openai_responses import CREATE
from explainbot.transports._dialogue import Dialogue, as_bytes, event_of, written
from explainbot.transports._guard import Guard, Receipt
from explainbot.transports._items import Items

__all__ = ["RealtimeDialogue"]

CREATED = "response.created"
ERROR = "error"


class RealtimeDialogue(Dialogue):
    """The exchanges on one WebSocket of Realtime."""

    method = "SOCKET"

    def __init__(self, guard: Guard, url: str, headers: Mapping[str, str]) -> None:
        self._conversation = f"realtime-{secrets.token_hex(8)}"
        super().__init__(guard, url, headers)
        self._opened_in = copy_context()
        self._changing = Lock()  # one thread may send while another one receives
        model = parse_qs(urlsplit(url).query).get("model")
        self._session: dict[str, Any] = {"model": model[0]} if model else {}
        self._items = Items()
        self._waiting: deque[tuple[Exchange, Any]] = deque()  # responses asked for, each with the id of the event
        self._leaving: tuple[Exchange, Any] | None = None  # that of them which is being asked for
        self._open: dict[str, Exchange] = {}  # responses that were created, by their ids
        self._latest, _ = self._told({})  # restores what is of no response

    # What the client says ---------------------------------------------------------------------------------------

    def _said(self, message: str | bytes) -> str:
        event = event_of(as_bytes(message))
        asks = event.get("type") == CREATE
        exchange, sent = self._told(event, self._items.all() if asks else ())
        with self._changing:
            self._leaving = (exchange, event.get("event_id")) if asks else None
            if self._leaving:
                self._waiting.append(self._leaving)
            else:
                self._latest = exchange
                self._note(event)
        return written(sent)

    def _told(self, event: Mapping[str, Any], items: Sequence[Any] = ()) -> tuple[Exchange, Any]:
        """The exchange for what a client says, and the event as it may leave.

        Raises:
            PrivacyError: it is of another conversation than what was said before.
        """
        context = {CONTEXT_KEY: event[CONTEXT_KEY]} if CONTEXT_KEY in event else {}
        told = {key: value for key, value in event.items() if key != CONTEXT_KEY}
        exchange, sent = self._asked({"session": self._session, "items": items, "event": told, **context})
        if exchange.context.conversation != self._conversation:
            error = PrivacyError(
                "everything on a WebSocket of Realtime is of one conversation, that of the turn in which it was "
                "opened; nothing was sent. Open another one for another conversation"
            )
            self._guard.close(exchange, error)
            raise error
        return exchange, sent["event"]

    def _note(self, event: Mapping[str, Any]) -> None:
        """Keep what later responses rest on."""
        kind, session, item = event.get("type"), event.get("session"), event.get("item")
        if kind == "session.update" and isinstance(session, dict):
            self._session.update(session)
        if kind == "conversation.item.create" and isinstance(item, dict):
            self._items.add(item, event.get("previous_item_id"))

    def _doubt(self, error: BaseException) -> None:
        """What may not have left is not waited for: if it did, its response is one that nobody asked for."""
        with self._changing:
            unsure = self._leaving if self._leaving in self._waiting else None
            if unsure is not None:
                self._waiting.remove(unsure)
        if unsure is not None:
            self._guard.close(unsure[0], error)

    # What the server says ---------------------------------------------------------------------------------------

    def receive(self, message: str | bytes) -> Receipt | None:
        body = as_bytes(message)
        try:
            event = event_of(body)
        except LocalProtocolError:  # nothing of ours is in it; the client says what it thinks of it
            self._ready.append(body)
            return None
        kind, id = str(event.get("type")), _response(event)
        if kind == ERROR:
            self._refused(event, body)
            return None
        if kind == CREATED:
            self._begin(id)
        heard = self._heard(self._open.get(id, self._latest), body)
        self._ready += heard
        if kind.startswith("conversation.item."):
            for one in heard:
                self._items.hear(_json.loads(one))
        return self._end(id) if kind == DONE and id in self._open else None

    def _begin(self, id: str) -> None:
        """A response was created: the one that was asked for first, or one that nobody asked for."""
        with self._changing:
            exchange = self._waiting.popleft()[0] if self._waiting else None
        try:
            self._open[id] = exchange or self._opened_in.copy().run(self._told, {"type": CREATE}, self._items.all())[0]
        except ExplainbotError:  # it is restored by what is known
            return

    def _end(self, id: str) -> Receipt | None:
        exchange = self._open.pop(id)
        self._hear(exchange, b"")
        return self._guard.close(exchange)

    def _refused(self, event: Mapping[str, Any], body: bytes) -> None:
        """An error: it is about an event by its id, or else about what was asked for first."""
        error = event.get(ERROR)
        id = error.get("event_id") if isinstance(error, dict) else None
        with self._changing:
            refused = next((one for one in self._waiting if id in (None, one[1])), None)
            if refused is not None:
                self._waiting.remove(refused)
        if refused is None:
            self._ready.append(body)
            return
        self._hear(refused[0], body)
        self._hear(refused[0], b"")
        self._guard.close(refused[0])

    def close(self, error: BaseException | None = None) -> bool:
        with self._changing:
            left = [*(exchange for exchange, _ in self._waiting), *self._open.values()]
            self._waiting.clear()
            self._open.clear()
        for exchange in left:
            self._break_off(exchange, error)
        return bool(self._ready)


def _response(event: Mapping[str, Any]) -> str:
    """The id of the response that an event is of; empty for none."""
    response = event.get("response")
    id = response.get("id") if isinstance(response, dict) else event.get("response_id")
    return id if isinstance(id, str) else ""
