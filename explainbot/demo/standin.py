"""A stand-in for the local model, for machines without its packages. It is no language model, and says so.

It speaks the same HTTP as the model does (`POST /v1/chat/completions`, streamed or not, and `GET /v1/models`), so that
everything in front of it runs unchanged. Its answer is one sentence, copied from the passage it was given: the one that
fits the question best by the words they share. It greets the customer by the placeholder in the redacted request.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, NamedTuple

from explainbot.demo.words import best_sentence, sentences

__all__ = ["MODEL", "Reply", "reply_to", "stand_in"]

MODEL = "extractive-stand-in-no-language-model"
MAX_BODY = 16 * 1024 * 1024
_NAME = re.compile(r"\[PERSON_\d+\]")
_CUE = re.compile(r"\b(?:says|passage|page)\b[^:\n]{0,60}:", re.IGNORECASE)
_NOTHING = "I found no passage that answers this."


class Reply(NamedTuple):
    """What the stand-in answers: `begun` is the trailing assistant message that the request asked to continue."""

    begun: str
    text: str


def reply_to(messages: list[dict[str, Any]]) -> Reply:
    """One sentence of the passage in `messages`, after a greeting.

    The passage is what the system and tool messages hold (after a cue such as "Our help page says:", where there is
    one), the question the user's last message. A trailing assistant message is continued, as llama.cpp does.
    """
    texts = [(str(message.get("role")), _text(message.get("content"))) for message in messages]
    question = next((text for role, text in reversed(texts) if role == "user"), "")
    passages = [_after_cue(text) for role, text in texts if role in {"system", "developer", "tool"}]
    answer = best_sentence(question, [sentence for passage in passages for sentence in sentences(passage)]) or _NOTHING
    if texts and texts[-1][0] == "assistant":
        return Reply(texts[-1][1].rstrip(), f" {answer}")
    return Reply("", f"{_greeting(texts)} {answer}".strip())


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "\n".join(str(part.get("text", "")) for part in parts if isinstance(part, dict))


def _after_cue(text: str) -> str:
    cues = list(_CUE.finditer(text))
    return text[cues[-1].end() :] if cues else text


def _greeting(texts: list[tuple[str, str]]) -> str:
    name = next((found[0] for _, text in texts if (found := _NAME.search(text))), None)
    return f"Hello {name}," if name else ""


@contextmanager
def stand_in() -> Iterator[int]:
    """The stand-in, listening on the loopback port it yields."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="explainbot-demo-stand-in")
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        if self.path.rstrip("/").endswith("/models"):
            known = {"id": MODEL, "object": "model", "created": 0, "owned_by": "explainbot"}
            self._send_json({"object": "list", "data": [known]})
        else:
            self._send_error(HTTPStatus.NOT_FOUND, "no such endpoint")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > MAX_BODY:
            self.close_connection = True
            return self._send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the request is too large")
        body = self.rfile.read(length)
        if not self.path.endswith("/chat/completions"):
            return self._send_error(HTTPStatus.NOT_FOUND, "no such endpoint")
        try:
            request = json.loads(body)
            reply = reply_to(request["messages"])
        except (ValueError, LookupError, TypeError, AttributeError):
            return self._send_error(HTTPStatus.BAD_REQUEST, "the request is not a chat completion request")
        if request.get("stream"):
            return self._send_stream(reply.text)  # llama.cpp repeats what was begun only in a whole reply
        return self._send_json(_completion(reply.begun + reply.text))

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the terminal belongs to the demo."""

    def _send_json(self, value: dict[str, Any], status: int = HTTPStatus.OK) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send_error(self, status: HTTPStatus, message: str) -> None:
        self._send_json({"error": {"message": message, "type": "invalid_request_error", "code": None}}, status)

    def _send_stream(self, reply: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for chunk in _chunks(reply):
            self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")
        self.wfile.write(b"data: [DONE]\n\n")


def _envelope(kind: str, choice: dict[str, Any]) -> dict[str, Any]:
    return {"id": "stand-in", "object": kind, "created": 0, "model": MODEL, "choices": [{"index": 0, **choice}]}


def _completion(reply: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": reply}
    return _envelope("chat.completion", {"message": message, "finish_reason": "stop"})


def _chunks(reply: str) -> Iterator[dict[str, Any]]:
    for piece in re.findall(r"\S+\s*|\s+", reply):
        yield _envelope("chat.completion.chunk", {"delta": {"content": piece}, "finish_reason": None})
    yield _envelope("chat.completion.chunk", {"delta": {}, "finish_reason": "stop"})
