"""A WebSocket of the Responses API: requests and events are those of HTTP, each as a message of its own.

`response.create` is a request to create a response, and what comes back are the events that a stream would bring, so
each response is an exchange like any other. Responses with the same `stream_id` come one after the other; those of
different ones take turns (`openai.types.responses.responses_client_event`).

`response.steer` gives a response under way more input: the server may end it, and answers all that was said in a
successor, which says whose successor it is (`response_steer_event`). So such input is redacted as if the response were
asked for once more with it, and that is what its successor is explained by. Other messages are refused: which request
their reply belongs to cannot be told.

A message that may not have left, since sending it failed or was cancelled, may never be answered. So nothing more is
sent until it is, or else the answer to what is sent next might be taken for its own.

An error may name no lane, as one about a message that the server could not read. Where it cannot be told which response
it ends, nothing is restored from there on, and nothing is sent: else the next customer's reply might be taken for it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from explainbot import _json
from explainbot.errors import LocalProtocolError, PrivacyError, RemoteProtocolError, UnguardedChannel
from explainbot.exchange import Exchange
from explainbot.protocols.openai_responses import CREATE, ENDED, STEER, as_items
from explainbot.transports._dialogue import Dialogue, as_bytes, event_of, written
from explainbot.transports._guard import Guard, Receipt

__all__ = ["ResponsesDialogue"]

CREATED = "response.created"
ERROR = "error"
OVER = ENDED | {ERROR}
"""Events after which a response says no more."""

STEERED = "response.steer."
"""How the names of events begin that say what becomes of input that steers a response."""

FAILED = "response.steer.failed"

PARENT = "previous_response_id"
"""What a response goes on from."""


@dataclass(frozen=True, slots=True, repr=False)
class _Asked:
    """A response that was asked for: the event that did, and the items that steered it since."""

    exchange: Exchange
    event: Mapping[str, Any]
    steer: tuple[Any, ...] = ()

    def so_far(self) -> dict[str, Any]:
        """What it would be asked for with, were it asked for now."""
        return {**self.event, "input": [*as_items(self.event.get("input")), *self.steer]}


class ResponsesDialogue(Dialogue):
    """The exchanges on one WebSocket of Responses."""

    def __init__(self, guard: Guard, url: str, headers: Mapping[str, str]) -> None:
        super().__init__(guard, url, headers)
        self._lanes: defaultdict[str, deque[_Asked]] = defaultdict(deque)
        self._changing = Lock()  # one thread may send while another one receives
        self._begun: dict[str, bool] = {}  # lanes whose first response was heard of, and whether it was created
        self._steers: dict[str, list[_Asked]] = {}  # successors that a response may have, by its id
        self._lost = self._in_doubt = False

    # What the client says ---------------------------------------------------------------------------------------

    def _said(self, message: str | bytes) -> str:
        self._in_doubt = self._in_doubt and bool(self._lanes)
        if self._lost or self._in_doubt:
            raise PrivacyError(
                "which responses the events of this WebSocket belong to cannot be told any more; nothing was sent. "
                "Open another one"
            )
        event = event_of(as_bytes(message))
        if event.get("type") == STEER:
            return self._steer(event)
        if event.get("type") != CREATE:
            raise UnguardedChannel(
                "on a WebSocket of Responses only response.create and response.steer are guarded, so nothing was sent. "
                "Use one of them, or a bare openai client"
            )
        with self._changing:
            steers = self._steers.get(_named(event))
        exchange, sent = self._asked({**event, "steer": {"input": steers[-1].steer}} if steers else event)
        if steers:
            del sent["steer"]
        with self._changing:
            self._lanes[_lane(event)].append(_Asked(exchange, event))
        return written(sent)

    def _steer(self, event: dict[str, Any]) -> str:
        parent = _named(event)
        with self._changing:
            earlier = self._earlier(parent)
        said = earlier.so_far() if earlier else {}
        exchange, sent = self._asked({**said, "type": CREATE, "steer": event})
        steer = (*(earlier.steer if earlier else ()), *as_items(event.get("input")))
        with self._changing:
            self._steers.setdefault(parent, []).append(_Asked(exchange, earlier.event if earlier else {}, steer))
        return written(sent["steer"])

    def _earlier(self, parent: str) -> _Asked | None:
        """How a response under way was asked for, and what it was steered with so far."""
        if parent in self._steers:
            return self._steers[parent][-1]
        asked = (one for lane in self._lanes.values() for one in lane)
        return next((one for one in asked if one.exchange.facts.response_id == parent), None)

    def _doubt(self, error: BaseException) -> None:
        self._in_doubt = True

    # What the server says ---------------------------------------------------------------------------------------

    def receive(self, message: str | bytes) -> Receipt | None:
        body = as_bytes(message)
        try:
            event = event_of(body)
        except LocalProtocolError:  # nothing of ours is in it; the client says what it thinks of it
            event = {}
        kind = str(event.get("type"))
        if kind.startswith(STEERED):
            self._hear_of_steer(event, body)
            return None
        name, place = self._placed(event)
        lane = self._lanes.get(name)
        if not event or not lane:
            self._ready.append(body)
            return None
        exchange = lane[place].exchange
        self._hear(exchange, body)
        if kind not in OVER:
            if kind.startswith("response."):
                self._begun[name] = self._begun.get(name, False) or kind == CREATED
            return None
        self._hear(exchange, b"")
        self._end(name, place)
        return self._guard.close(exchange)

    def _hear_of_steer(self, event: Mapping[str, Any], body: bytes) -> None:
        """Where input is given back, it is restored; all else names ids alone."""
        parent = _named(event.get("steer"))
        with self._changing:
            given_back = event.get("type") == FAILED and parent in self._steers
            asked = self._steers[parent].pop() if given_back else None
            if given_back and not self._steers[parent]:
                del self._steers[parent]
        if asked is None:
            self._ready.append(body)
            return
        given = {key: value for key, value in event.items() if key != ERROR}  # what holds an error is not looked at
        for restored in self._heard(asked.exchange, _json.dumps(given)):
            self._ready.append(_json.dumps({**event, **_json.loads(restored)}))
        self._guard.close(asked.exchange)

    def _end(self, name: str, place: int) -> None:
        with self._changing:
            lane = self._lanes[name]
            del lane[place]
            if not lane:
                del self._lanes[name]
        if place == 0:
            self._begun.pop(name, None)

    def _placed(self, event: Mapping[str, Any]) -> tuple[str, int]:
        """The lane of the response that an event is of, and its place there: the first, or the one that is refused."""
        name = _lane(event)
        if event.get("type") == ERROR:
            # One with a number is of a response's stream, any other is about a request (`ResponseWsError`).
            streamed = "sequence_number" in event
            name = name if name or self._is_open(name, streamed) else self._only(streamed)
            return name, int(not streamed and name in self._begun and len(self._lanes[name]) > 1)
        if event.get("type") == CREATED:
            if self._begun.get(name):
                self._lose()
            self._succeed(name, event.get("response"))
        return name, 0

    def _succeed(self, name: str, response: Any) -> None:
        """Put the successor of a response that was steered ahead of what waits in its lane, once it is created."""
        parent = _named(response)
        with self._changing:
            waiting = self._lanes[name][0].event if name in self._lanes else None
            steers = self._steers.pop(parent, [])
            if steers and _named(waiting) != parent:  # else what was asked for takes in what steered
                self._lanes[name].appendleft(_Asked(steers[-1].exchange, {**steers[-1].so_far(), PARENT: parent}))
        if waiting is not None and self._steers and not (isinstance(response, dict) and PARENT in response):
            self._lose()

    def _is_open(self, name: str, streamed: bool) -> bool:
        """Whether a lane has a response that has begun (`streamed`), or one that has not."""
        begun = name in self._begun
        return begun if streamed else len(self._lanes.get(name, ())) > begun

    def _only(self, streamed: bool) -> str:
        """The one lane that an error may be of, though it names none; "" where none is open, or it cannot be told."""
        lanes = [name for name in self._lanes if self._is_open(name, streamed)] or [*self._lanes]
        if len(lanes) > 1:
            self._lose()
        return lanes[0] if len(lanes) == 1 else ""

    def _lose(self) -> None:
        self._lost = True
        self.close(RemoteProtocolError("it cannot be told which response an event of the WebSocket is of"))

    def close(self, error: BaseException | None = None) -> bool:
        self._begun.clear()
        while self._lanes:
            for asked in self._lanes.popitem()[1]:
                self._break_off(asked.exchange, error)
        while self._steers:
            for asked in self._steers.popitem()[1]:
                self._break_off(asked.exchange, error)
        return bool(self._ready)


def _lane(event: Mapping[str, Any]) -> str:
    return str(event.get("stream_id") or "")


def _named(thing: Any) -> str:
    """The id of the response that something goes on from."""
    return str(thing.get(PARENT) or "") if isinstance(thing, dict) else ""
