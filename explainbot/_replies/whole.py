"""A JSON reply, held until it is complete."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from explainbot import _json
from explainbot._replies.texts import ReplyObserver, Texts, fault
from explainbot._spliced import spliced

__all__ = ["WholeReply"]


class WholeReply:
    """A JSON reply: held until it is complete, then restored and, where it is an answer, explained."""

    streamed = False
    done = False

    def __init__(self, exchange: ReplyObserver) -> None:
        self._exchange = exchange
        self._texts = Texts(exchange)
        self._received = bytearray()

    def receive(self, data: bytes) -> Iterator[bytes]:
        if data:
            self._received += data
        else:
            yield self._whole(bytes(self._received))

    def _whole(self, raw: bytes) -> bytes:
        try:
            body = _json.loads(raw)
            return self._read(body, raw) if isinstance(body, dict) else raw
        except (ValueError, RecursionError) as error:
            self._exchange.note_unreadable(f"the reply is {fault(error)}")
            return raw

    def _read(self, body: dict[str, Any], raw: bytes) -> bytes:
        protocol = self._exchange.protocol
        self._exchange.note_facts(protocol.facts(body))
        self._exchange.note_reply(body)
        protocol.map_reply(body, self._texts)
        if protocol.answered(body) and (explanation := self._exchange.explained(self._texts.said())) is not None:
            protocol.attach(body, explanation)
        elif not self._texts.changed:
            return raw
        return spliced(raw.decode(), body) if json.detect_encoding(raw) == "utf-8" else _json.dumps(body)

    def counts(self) -> tuple[int, int]:
        return self._texts.counts()

    def trace_rest(self) -> None:
        """A reply that never became complete was never read."""
