"""A relay on the loopback interface that keeps every byte sent to a server, so that a claim about them can be checked.

It works below HTTP and knows nothing of it: what it holds is what really went through the socket, headers included.
`bodies()` reads the requests out of it afterwards.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Lock, Thread
from types import TracebackType
from typing import Self

__all__ = ["Tap", "bodies"]

BLOCK = 65_536
MAX_KEPT = 64 * 1024 * 1024
"""Bytes kept; the relay goes on after that, but `received` then holds the first part only and `complete` is False."""


class Tap:
    """Listens on 127.0.0.1 and relays every connection to `(host, port)`. Use it as a context manager.

    Attributes:
        port: where it listens, once entered.
        complete: whether every byte sent was kept.
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._kept: list[bytearray] = []
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self._closed = False
        self.complete = True
        self.port = 0

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        Thread(target=self._accept, name="explainbot-demo-tap", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._closed = True
        self._hang_up(self._listener)
        with self._lock:
            connections = list(self._open)
        for connection in connections:
            self._hang_up(connection)

    def received(self) -> list[bytes]:
        """What was sent to the server so far, one item for each connection, oldest first."""
        with self._lock:
            return [bytes(stream) for stream in self._kept]

    def _accept(self) -> None:
        while not self._closed:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self._target, timeout=10)
            except OSError:  # the server is gone: the client sees its connection closed, as it would without us
                near.close()
                continue
            far.settimeout(None)
            stream = bytearray()
            with self._lock:
                self._kept.append(stream)
                self._open |= {near, far}
            Thread(target=self._pump, args=(near, far, stream), daemon=True).start()
            Thread(target=self._pump, args=(far, near, None), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, stream: bytearray | None) -> None:
        with suppress(OSError):
            while block := source.recv(BLOCK):
                if stream is not None:
                    self._keep(stream, block)
                target.sendall(block)
        for end in (source, target):
            self._hang_up(end)
        with self._lock:
            self._open -= {source, target}

    def _keep(self, stream: bytearray, block: bytes) -> None:
        with self._lock:
            if sum(map(len, self._kept)) + len(block) > MAX_KEPT:
                self.complete = False
            else:
                stream += block

    @staticmethod
    def _hang_up(end: socket.socket) -> None:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


def bodies(stream: bytes) -> Iterator[bytes]:
    """The bodies of the HTTP/1.1 requests that one connection carried, framed by `Content-Length` alone."""
    while b"\r\n\r\n" in stream:
        head, stream = stream.split(b"\r\n\r\n", 1)
        fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:] if b":" in line)
        length = int(fields.get(b"content-length", b"0"))
        if length:
            yield stream[:length]
        stream = stream[length:]
