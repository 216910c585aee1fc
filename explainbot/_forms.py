"""Forms with files: `multipart/form-data` to parts and back (RFC 7578, RFC 2046 section 5.1).

Only what HTTP clients write is read: parts one after the other, each with its headers, no preamble to keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from explainbot.errors import LocalProtocolError

_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))', re.IGNORECASE)
_PARAMETER = re.compile(r'(?<![\w*])(name|filename)="((?:[^"\\]|\\.)*)"', re.IGNORECASE)
_EXTENDED = re.compile(r"filename\*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """One field of a form; `filename` is None where it is no file, `headers` are all but the disposition."""

    name: str
    filename: str | None
    headers: tuple[str, ...]
    data: bytes


def boundary_of(content_type: str) -> str | None:
    """The boundary of a form's content type; None for any other content."""
    if not content_type.lower().startswith("multipart/form-data"):
        return None
    found = _BOUNDARY.search(content_type)
    return (found[1] or found[2]) if found else None


def loads(body: bytes, boundary: str) -> list[Part]:
    """The parts of a form.

    Raises:
        LocalProtocolError: it is no form.
    """
    mark = b"\r\n--" + boundary.encode("ascii", "replace")
    first, *pieces = (b"\r\n" + body).split(mark)
    if first.strip() or not pieces or not pieces[-1].startswith(b"--"):
        raise LocalProtocolError("the request's form cannot be read; nothing was sent")
    return [_part(piece) for piece in pieces[:-1]]


def _part(piece: bytes) -> Part:
    head, gap, data = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    lines = head.decode("utf-8", "surrogateescape").split("\r\n")
    disposition = next((line for line in lines if line.lower().startswith("content-disposition:")), "")
    found = {name.lower(): _unquoted(value) for name, value in _PARAMETER.findall(disposition)}
    if not gap or "name" not in found or _EXTENDED.search(disposition):
        raise LocalProtocolError("a part of the request's form cannot be read; nothing was sent")
    return Part(found["name"], found.get("filename"), tuple(line for line in lines if line != disposition), data)


def dumps(parts: Iterable[Part], boundary: str) -> bytes:
    """The form with these parts.

    Raises:
        LocalProtocolError: a part holds the boundary itself.
    """
    mark = b"--" + boundary.encode()
    written = bytearray()
    for part in parts:
        if mark in part.data:
            raise LocalProtocolError("a part of the request's form holds the form's own boundary; nothing was sent")
        written += mark + b"\r\n" + _head(part) + b"\r\n\r\n" + part.data + b"\r\n"
    return bytes(written + mark + b"--\r\n")


def _head(part: Part) -> bytes:
    disposition = f'Content-Disposition: form-data; name="{_quoted(part.name)}"'
    if part.filename is not None:
        disposition += f'; filename="{_quoted(part.filename)}"'
    return "\r\n".join([disposition, *part.headers]).encode("utf-8", "surrogateescape")


def _quoted(text: str) -> str:
    """As the HTML standard writes names in forms (multipart/form-data encoding algorithm)."""
    return text.replace("\\", "\\\\").replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _unquoted(text: str) -> str:
    plain = re.sub(r"\\(.)", r"\1", text)
    return plain.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")
