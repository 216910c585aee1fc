"""A scriptable OpenAI-compatible server on a loopback socket: every byte in is recorded, every byte out is chosen.

It is a plain socket server, because the interesting replies are the ones an HTTP library refuses to send: a body cut
inside a UTF-8 character, half an event and then silence, a connection that is reset. One thread accepts, one serves
each connection. The server speaks HTTP/1.1 with keep-alive and accepts absolute request targets, so it also plays
the part of a forward proxy.

    with Server(json_reply(completion("Hello"))) as server:
        client = openai.OpenAI(base_url=server.url, api_key="k")
        ...
    assert b"jane@example.com" not in server.received

Replies are used in order and the last one repeats; a reply may also be a function of the request. In chunked framing
every `bytes` item of a body becomes one HTTP chunk, and HTTP clients hand chunks on one by one, so cuts reach the code
under test exactly where they were made, whatever the operating system does to the packets.
"""

from __future__ import annotations

import gzip
import json
import select
import socket
import struct
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib import import_module
from itertools import pairwise, zip_longest
from typing import Any, Literal
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived. `raw` is every byte of it; header names are lower case."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    raw: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name.lower()), None)

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence for `seconds`; ends early when the client hangs up."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Close:
    """Close the connection here, however much of the body is still owed."""


@dataclass(frozen=True, slots=True)
class Reset:
    """Abort the connection here: the client sees "connection reset by peer"."""


Step = bytes | Pause | Close | Reset


@dataclass(frozen=True, slots=True)
class Reply:
    """What to send. `first_byte_after` is in seconds; `framing` says how the client learns where the body ends."""

    body: Sequence[Step] = ()
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("content-type", "application/json"),)
    framing: Literal["length", "chunked", "close"] = "length"
    first_byte_after: float = 0.0

    def head(self) -> bytes:
        phrase = HTTPStatus(self.status).phrase
        lines = [f"HTTP/1.1 {self.status} {phrase}", *(f"{name}: {value}" for name, value in self.headers)]
        if self.framing == "length":
            lines.append(f"content-length: {sum(len(step) for step in self.body if isinstance(step, bytes))}")
        elif self.framing == "chunked":
            lines.append("transfer-encoding: chunked")
        else:
            lines.append("connection: close")
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def wire(self) -> Iterator[Step]:
        """The bytes and events to play after the head."""
        for step in self.body:
            if self.framing == "chunked" and isinstance(step, bytes):
                if step:
                    yield b"%x\r\n%b\r\n" % (len(step), step)
            else:
                yield step
        if self.framing == "chunked":
            yield b"0\r\n\r\n"


Answer = Reply | Callable[[Request], Reply]


class _HungUp(Exception):
    """The connection ended, by either side."""


class Server:
    """Records every byte received and plays its replies. Use it as a context manager.

    Attributes:
        requests: complete requests, in order of arrival.
        received: every byte of all connections, in order of arrival, complete requests or not.
        hangups: replies the client did not stay for.
        connections: how many connections were accepted.
    """

    def __init__(self, *answers: Answer) -> None:
        self.answers: list[Answer] = list(answers) or [echo]
        self.requests: list[Request] = []
        self.hangups = 0
        self.connections = 0
        self._received: list[bytes] = []
        self._played = 0
        self._failure: BaseException | None = None
        self._changed = threading.Condition()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._stopping = False
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)

    @property
    def origin(self) -> str:
        return "http://{}:{}".format(*self._listener.getsockname())

    @property
    def url(self) -> str:
        """What goes into a client's `base_url`."""
        return f"{self.origin}/v1"

    @property
    def received(self) -> bytes:
        with self._changed:
            return b"".join(self._received)

    @property
    def last(self) -> Request:
        return self.requests[-1]

    def script(self, *answers: Answer) -> None:
        """Replace the replies; the first of these is next."""
        with self._changed:
            self.answers, self._played = list(answers), 0

    def forget(self) -> None:
        """Drop what was recorded."""
        with self._changed:
            self.requests.clear()
            self._received.clear()

    def wait_for_hangup(self, count: int = 1, timeout: float = 5.0) -> bool:
        """Whether `count` replies lost their reader within `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self.hangups >= count, timeout)

    def __enter__(self) -> Server:
        self._start(self._accept)
        return self

    def __exit__(self, *error: object) -> None:
        self._stopping = True
        with self._changed:
            for connection in [self._listener, *self._open]:
                _shut(connection)
        for thread in list(self._threads):
            thread.join(5)
        self._listener.close()
        if self._failure is not None and error[0] is None:
            raise self._failure

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True, name=f"server {target.__name__}")
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stopping:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._changed:
                self._open.add(connection)
                self.connections += 1
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        reader = _Reader(connection, self._keep)
        try:
            while not self._stopping and (request := reader.request()) is not None:
                self._play(connection, self._answer(request))
        except (_HungUp, OSError):
            pass
        except BaseException as error:  # noqa: BLE001 - shown to the test when the server stops
            self._failure = error
        finally:
            with self._changed:
                self._open.discard(connection)
            connection.close()

    def _keep(self, data: bytes) -> None:
        with self._changed:
            self._received.append(data)

    def _answer(self, request: Request) -> Reply:
        with self._changed:
            self.requests.append(request)
            answer = self.answers[min(self._played, len(self.answers) - 1)]
            self._played += 1
        return answer if isinstance(answer, Reply) else answer(request)

    def _play(self, connection: socket.socket, reply: Reply) -> None:
        try:
            if reply.first_byte_after:
                _pause(connection, reply.first_byte_after)
            owed = reply.head()
            for step in reply.wire():
                if isinstance(step, bytes):
                    owed += step
                    continue
                connection.sendall(owed)
                owed = b""
                _act(connection, step)
            connection.sendall(owed)
        except (BrokenPipeError, ConnectionResetError) as error:
            self._note_hangup()
            raise _HungUp from error
        except _ClientLeft as error:
            self._note_hangup()
            raise _HungUp from error
        if reply.framing == "close":
            raise _HungUp

    def _note_hangup(self) -> None:
        with self._changed:
            self.hangups += 1
            self._changed.notify_all()


class _ClientLeft(Exception):
    """The client closed its side while a reply was being played."""


def _act(connection: socket.socket, step: Step) -> None:
    match step:
        case Pause(seconds):
            _pause(connection, seconds)
        case Close():
            raise _HungUp
        case Reset():
            # A linger time of zero turns close() into an abort (RFC 9293, 3.10.5 and SO_LINGER).
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            raise _HungUp


def _pause(connection: socket.socket, seconds: float) -> None:
    readable, _, _ = select.select([connection], [], [], seconds)
    if readable and not connection.recv(1, socket.MSG_PEEK):
        raise _ClientLeft


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # already closed by the other side


@dataclass
class _Reader:
    """Cuts a connection's bytes into requests; every byte passes through `keep` first."""

    connection: socket.socket
    keep: Callable[[bytes], None]
    buffer: bytearray = field(default_factory=bytearray)

    def _more(self) -> None:
        data = self.connection.recv(1 << 18)
        if not data:
            raise _HungUp
        self.keep(data)
        self.buffer += data

    def _until(self, mark: bytes, start: int) -> int:
        while (end := self.buffer.find(mark, start)) < 0:
            self._more()
        return end + len(mark)

    def _upto(self, size: int) -> int:
        while len(self.buffer) < size:
            self._more()
        return size

    def request(self) -> Request | None:
        """The next request; None when the client has finished."""
        try:
            head_end = self._until(b"\r\n\r\n", 0)
        except _HungUp:
            return None
        first, *lines = bytes(self.buffer[: head_end - 4]).decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = tuple((name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines))
        body, end = self._body(dict(headers), head_end)
        raw = bytes(self.buffer[:end])
        del self.buffer[:end]
        return Request(method, target, headers, body, raw)

    def _body(self, headers: Mapping[str, str], start: int) -> tuple[bytes, int]:
        if headers.get("transfer-encoding", "").lower() != "chunked":
            end = self._upto(start + int(headers.get("content-length", "0")))
            return bytes(self.buffer[start:end]), end
        body = bytearray()
        while True:
            line_end = self._until(b"\r\n", start)
            size = int(bytes(self.buffer[start : line_end - 2]).partition(b";")[0], 16)
            end = self._upto(line_end + size + 2)
            body += self.buffer[line_end : line_end + size]
            start = end
            if size == 0:
                return bytes(body), end


# Replies


def json_reply(
    value: Any, status: int = 200, *, encoding: str | None = None, headers: Mapping[str, str] | None = None
) -> Reply:
    """A JSON reply, compressed as `encoding` ("gzip", "deflate" or "br", the last needing the brotli package) says."""
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    named = {"content-type": "application/json", "x-request-id": "req_1", **(headers or {})}
    if encoding is not None:
        body = compress(body, encoding)
        named["content-encoding"] = encoding
    return Reply((body,), status, tuple(named.items()))


def compress(body: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        return gzip.compress(body, mtime=0)
    if encoding == "deflate":
        return zlib.compress(body)
    return bytes(import_module("brotli").compress(body))


def error_reply(status: int, message: str = "no", *, headers: Mapping[str, str] | None = None) -> Reply:
    """An error in the provider's form."""
    value = {"error": {"message": message, "type": "test_error", "param": None, "code": f"e{status}"}}
    return json_reply(value, status, headers=headers)


def sse_reply(
    body: Iterable[Step], *, framing: Literal["chunked", "close"] = "chunked", encoding: str | None = None
) -> Reply:
    """A stream of server-sent events. Compressed, it is cut as it was, with a flush after every piece."""
    headers = [("content-type", "text/event-stream; charset=utf-8"), ("x-request-id", "req_1")]
    steps = tuple(body)
    if encoding is not None:
        headers.append(("content-encoding", encoding))
        steps = tuple(_compress_steps(steps, encoding))
    return Reply(steps, 200, tuple(headers), framing)


def _compress_steps(steps: Iterable[Step], encoding: str) -> Iterator[Step]:
    packer = zlib.compressobj(wbits=31 if encoding == "gzip" else 15)
    for step in steps:
        yield packer.compress(step) + packer.flush(zlib.Z_SYNC_FLUSH) if isinstance(step, bytes) else step
    yield packer.flush()


def cut(data: bytes, at: int | Iterable[int]) -> tuple[bytes, ...]:
    """`data` in pieces: of `at` bytes each, or cut at the given offsets."""
    places = range(at, len(data), at) if isinstance(at, int) else sorted({p for p in at if 0 < p < len(data)})
    edges = [0, *places, len(data)]
    return tuple(data[start:end] for start, end in pairwise(edges))


# Chat completions as the provider writes them

Message = Mapping[str, Any]


def tool_call(name: str, arguments: str, index: int = 0) -> dict[str, Any]:
    return {"id": f"call_{index}", "type": "function", "function": {"name": name, "arguments": arguments}}


def message(content: str | None = None, *, tool_calls: Sequence[Mapping[str, Any]] = (), **more: Any) -> dict[str, Any]:
    value: dict[str, Any] = {"role": "assistant", "content": content, "refusal": None, **more}
    if tool_calls:
        value["tool_calls"] = [dict(call) for call in tool_calls]
    return value


def completion(*choices: str | Message, model: str = "gpt-test", **more: Any) -> dict[str, Any]:
    """A chat completion; each choice is its text or its message."""
    messages = [message(choice) if isinstance(choice, str) else choice for choice in choices]
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1760000000,
        "model": model,
        "choices": [
            {"index": index, "message": said, "logprobs": None, "finish_reason": _finish(said)}
            for index, said in enumerate(messages)
        ],
        "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
        **more,
    }


def _finish(said: Message) -> str:
    return "tool_calls" if said.get("tool_calls") else "stop"


def chunk(delta: Mapping[str, Any] | None, *, index: int = 0, finish: str | None = None, **more: Any) -> dict[str, Any]:
    """One chunk of a streamed chat completion; a delta of None leaves the choices empty."""
    choice = {"index": index, "delta": delta, "finish_reason": finish}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1760000000,
        "model": "gpt-test",
        "choices": [] if delta is None else [choice],
        **more,
    }


def frame(value: Any) -> bytes:
    """One event, as the provider writes it."""
    return b"data: " + json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n\n"


DONE = b"data: [DONE]\n\n"


def pieces(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def deltas(said: Message, size: int, index: int = 0) -> Iterator[dict[str, Any]]:
    """The chunks that stream one message, `size` characters at a time, in the provider's order."""
    yield chunk({"role": "assistant", "content": None if said.get("tool_calls") else ""}, index=index)
    for part in pieces(said.get("content") or "", size):
        yield chunk({"content": part}, index=index)
    for number, call in enumerate(said.get("tool_calls") or ()):
        function = {"name": call["function"]["name"], "arguments": ""}
        start = {"index": number, "id": call["id"], "type": "function", "function": function}
        yield chunk({"tool_calls": [start]}, index=index)
        for part in pieces(call["function"]["arguments"], size):
            yield chunk({"tool_calls": [{"index": number, "function": {"arguments": part}}]}, index=index)
    yield chunk({}, index=index, finish=_finish(said))


def stream_body(*choices: str | Message, size: int = 4, usage: bool = False) -> bytes:
    """The whole body of a streamed chat completion; several choices take turns, as the provider's do."""
    streams = [
        deltas(message(choice) if isinstance(choice, str) else choice, size, index)
        for index, choice in enumerate(choices)
    ]
    frames = [frame(value) for turn in zip_longest(*streams) for value in turn if value is not None]
    if usage:
        frames.append(frame(chunk(None, usage={"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15})))
    return b"".join([*frames, DONE])


def chat_reply(
    request: Request, *choices: str | Message, size: int = 4, cut_at: int | Iterable[int] | None = None
) -> Reply:
    """The reply with these choices, streamed if the request asked for it."""
    body = request.json()
    if not body.get("stream"):
        return json_reply(completion(*choices, model=body.get("model", "gpt-test")))
    usage = bool((body.get("stream_options") or {}).get("include_usage"))
    data = stream_body(*choices, size=size, usage=usage)
    return sse_reply((data,) if cut_at is None else cut(data, cut_at))


def text_of(content: Any) -> str:
    """The text of a message's content, whichever of its two forms it has."""
    if isinstance(content, list):
        return " ".join(part.get("text", "") for part in content)
    return content or ""


def echo(request: Request) -> Reply:
    """Replies with the last message as the server received it, which is all that a model could have read."""
    said = text_of(request.json()["messages"][-1].get("content"))
    return chat_reply(request, *[f"You wrote: {said}"] * (request.json().get("n") or 1))


def echo_cut(size: int = 1, cut_at: int | None = 1) -> Callable[[Request], Reply]:
    """`echo` with deltas of `size` characters and a body cut every `cut_at` bytes."""

    def answer(request: Request) -> Reply:
        said = text_of(request.json()["messages"][-1].get("content"))
        return chat_reply(request, f"You wrote: {said}", size=size, cut_at=cut_at)

    return answer


def call_tool(name: str, template: Callable[[str], Mapping[str, Any]], size: int = 3) -> Callable[[Request], Reply]:
    """Replies with a tool call whose arguments are built from the last message as received."""

    def answer(request: Request) -> Reply:
        arguments = json.dumps(template(text_of(request.json()["messages"][-1].get("content"))), ensure_ascii=False)
        return chat_reply(request, message(None, tool_calls=[tool_call(name, arguments)]), size=size)

    return answer
