"""WebSocket connections of the `websockets` package, as far as the openai client makes use of one, guarded."""

from __future__ import annotations

import asyncio
from threading import Lock
from typing import Any

from explainbot.transports import away
from explainbot.transports._dialogue import Dialogue

__all__ = ["AsyncSocket", "Socket"]


class Socket:
    """A synchronous connection; what is said on it passes through its dialogue."""

    def __init__(self, inner: Any, dialogue: Dialogue) -> None:
        self._inner, self._dialogue = inner, dialogue
        self._binary = False
        self._sending = Lock()  # messages leave in the order in which the dialogue took note of them

    def send(self, message: str | bytes) -> None:
        with self._sending:
            if (sent := self._dialogue.send(message)) is not None:
                with self._dialogue.leaving():
                    self._inner.send(_as(message, sent))

    def recv(self, decode: bool | None = None, **options: Any) -> str | bytes:
        from websockets.exceptions import ConnectionClosed

        while (ready := self._dialogue.next()) is None:
            try:
                message = self._inner.recv(**options)
            except ConnectionClosed as error:
                if not self._dialogue.close(error):
                    raise
                continue
            self._binary = isinstance(message, bytes)
            if (receipt := self._dialogue.receive(message)) is not None:
                receipt.wait()
        return _given(ready, decode, self._binary)

    def close(self, **why: Any) -> None:
        self._dialogue.close()
        self._inner.close(**why)


class AsyncSocket:
    """The same for asynchronous clients."""

    def __init__(self, inner: Any, dialogue: Dialogue) -> None:
        self._inner, self._dialogue = inner, dialogue
        self._binary = False
        self._sending = asyncio.Lock()

    async def send(self, message: str | bytes) -> None:
        async with self._sending:
            sent, cancelled = await self._do(self._dialogue.send, message)
            if sent is not None:
                with self._dialogue.leaving():
                    _raise(cancelled)
                    await self._inner.send(_as(message, sent))
        _raise(cancelled)

    async def recv(self, decode: bool | None = None) -> str | bytes:
        from websockets.exceptions import ConnectionClosed

        while (ready := self._dialogue.next()) is None:
            try:
                message = await self._inner.recv()
            except ConnectionClosed as error:
                if not self._dialogue.close(error):
                    raise
                continue
            self._binary = isinstance(message, bytes)
            receipt, cancelled = await self._do(self._dialogue.receive, message)
            _raise(cancelled)  # what was received is read next time
            if receipt is not None:
                await receipt.arrive()
        return _given(ready, decode, self._binary)

    async def close(self, **why: Any) -> None:
        self._dialogue.close()
        await self._inner.close(**why)

    async def _do(self, work: Any, message: str | bytes) -> Any:
        return await away.through(work, message) if self._dialogue.slow else (work(message), None)


def _raise(cancelled: BaseException | None) -> None:
    if cancelled is not None:
        raise cancelled


def _given(ready: bytes, decode: bool | None, binary: bool) -> str | bytes:
    """What came, as it was asked for: as it was sent (None), as bytes (False), or as text."""
    return ready if decode is False or (decode is None and binary) else ready.decode()


def _as(message: str | bytes, sent: str) -> str | bytes:
    """What is sent, as a frame of the kind that was asked for."""
    return sent if isinstance(message, str) else sent.encode()
