"""OpenAI Files: text files, and the JSON lines of batches and of training examples, redacted on their way up.

A file of requests (`purpose="batch"`) holds one request a line: `{"custom_id": ..., "method": "POST", "url":
"/v1/chat/completions", "body": {...}}`. Each body is read by the protocol of its own endpoint. Files that come back,
such as a batch's output, are restored line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from explainbot import _json
from explainbot.errors import LocalProtocolError
from explainbot.protocols.base import Json, RequestVisitor
from explainbot.protocols.fields import sent_fields
from explainbot.protocols.records import Records, string

__all__ = ["PROTOCOL"]

LINES = frozenset({"batch", "fine-tune", "evals"})
"""Purposes of files that hold one JSON object a line."""


class OpenAIFiles(Records):
    """The wire protocol of Files."""

    def map_file(self, field: str, fields: Mapping[str, Json], data: bytes, visitor: RequestVisitor) -> bytes:
        try:
            text = data.decode()
        except UnicodeDecodeError:
            return super().map_file(field, fields, data, visitor)
        if "\0" in text:
            return super().map_file(field, fields, data, visitor)
        if fields.get("purpose") not in LINES:
            return visitor.text(text).encode()
        lines = text.split("\n")
        return "\n".join(_line(number, line, visitor) for number, line in enumerate(lines, 1)).encode()

    def requests(self, body: Mapping[str, Json], files: Iterable[bytes]) -> Iterator[Mapping[str, Json]]:
        yield body
        if body.get("purpose") in LINES:
            for line in chain.from_iterable(data.split(b"\n") for data in files):
                if (asked := _asked(line)) is not None:
                    yield asked


PROTOCOL = OpenAIFiles("openai.files", "store", lines=True)


def _asked(line: bytes) -> Mapping[str, Json] | None:
    """The body of a request in a line of a file; None for a line of another kind, which is told when it is sent."""
    try:
        asked = _json.loads_object(line).get("body")
    except ValueError:
        return None
    return asked if isinstance(asked, dict) else None


def _line(number: int, line: str, visitor: RequestVisitor) -> str:
    """One line as it is sent.

    Raises:
        LocalProtocolError: it is no JSON object.
    """
    if not line.strip():
        return line
    try:
        value = _json.loads_object(line)
    except ValueError as error:
        raise LocalProtocolError(f"line {number} of the file cannot be read ({error}); nothing was sent") from None
    return _json.dumps(_request(value, visitor) or sent_fields(value, visitor)).decode()


def _request(line: dict[str, Json], visitor: RequestVisitor) -> dict[str, Json] | None:
    """A line that is a request of a batch; None for any other."""
    from explainbot.protocols import protocol_for

    url, body = string(line.get("url")), line.get("body")
    protocol = protocol_for(string(line.get("method")) or "POST", url) if url is not None else None
    if protocol is None or not isinstance(body, dict):
        return None
    rest = {key: value for key, value in line.items() if key != "body"}
    done = dict(zip(rest, sent_fields(rest, visitor).items(), strict=True))
    sent = protocol.map_request(body, visitor)
    return dict([("body", sent) if key == "body" else done[key] for key in line])
