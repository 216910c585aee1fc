"""What a shape is given and gives, and the names that the particulars of a document go by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlsplit

__all__ = ["NAMES", "PLACES", "Passage", "Place", "Shape", "blanked", "cut", "described", "plain_name"]

LEAST = 10
"""Letters and digits a document has at least: `<document> and </document>` in a sentence is none."""

LONGEST_NAME = 200
"""Characters of a title or id; what is longer is no name."""


@dataclass(frozen=True, slots=True)
class Place:
    """What kind of message a shape reads.

    Attributes:
        secret: the company's instructions: the doubtful stays with the rules.
        data: a tool's result: documents need no announcement.
        announced: inside a block that says it holds documents, and whose end is marked.
    """

    secret: bool = False
    data: bool = False
    announced: bool = False

    def marked(self) -> Place:
        """The same inside an announced block."""
        return replace(self, announced=True)


PLACES: Mapping[str, Place] = {
    "instructions": Place(secret=True),
    "customer_message": Place(),
    "tool_result": Place(data=True),
}
"""The kinds of message that are searched."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A document inside a message.

    Attributes:
        start, end: where its text stands in the message.
        outer_start, outer_end: the same with its header and marks, which are no evidence.
        text: what it says; `message[start:end]`, or that without its escapes where it is a string of a JSON text.
        about: what is said of it, by names of `explainbot.Source`: id, title, url, updated, version.
        block: it may hold several documents.
        doubtful: its marks are there, but what they mark is not certain; it is not used.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    text: str = field(repr=False)
    about: Mapping[str, str] = field(default_factory=dict, repr=False)
    block: bool = False
    doubtful: bool = False

    @property
    def says_something(self) -> bool:
        return sum(map(str.isalnum, self.text)) >= LEAST

    def moved(self, by: int) -> Passage:
        """The same passage in a longer message that has `by` characters ahead of it."""
        return replace(
            self,
            start=self.start + by,
            end=self.end + by,
            outer_start=self.outer_start + by,
            outer_end=self.outer_end + by,
        )


class Shape(Protocol):
    """One form documents are pasted in."""

    def __call__(self, text: str, place: Place) -> Iterator[Passage]:
        """The passages in `text`, in any order, not overlapping."""


def cut(
    text: str, start: int, end: int, outer: tuple[int, int], about: Mapping[str, str], block: bool = False
) -> Passage:
    """A passage of `text` without the space round it."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    return Passage(start, start + len(piece), *outer, piece, about, block)


def blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """`text` with spaces in place of the spans, so that offsets stay."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        pieces += (text[at:start], " " * (end - max(start, at)))
        at = max(at, end)
    return "".join([*pieces, text[at:]])


# What is said of a document -------------------------------------------------------------------------------------------

_NAMES: Mapping[str, str] = {
    "id": "id doc_id document_id source_id file_id chunk_id article_id passage_id kb_id uuid",
    "title": "title name heading headline topic article_title document_title doc_title page_title display_name",
    "file": "source filename file_name file path file_path document document_name origin article_source",
    "url": "url link href uri source_url page_url web_url permalink",
    "updated": "updated last_updated updated_at update_date last_update last_modified last_modified_date modified "
    "modified_at date_modified last_changed changed revised last_edited last_reviewed",
    "version": "version revision rev etag",
}
"""What the particulars of a document are called in prompts. The date of publication is not among them: it is not when
the text was last changed."""

NAMES: Mapping[str, str] = {alias: name for name, aliases in _NAMES.items() for alias in aliases.split()}

_SPACES = re.compile(r"[\s-]+")
_PRIVATE = re.compile(
    r"^(?:localhost|\[|[\d.]+$)|(?:^|\.)(?:internal|intranet|corp|lan|local|localdomain|home|private|test|example|invalid)"
    r"(?:\.|$)(?!com$|org$|net$)"
)
"""Hosts only the company can reach: RFC 6761, RFC 6762, RFC 8375, ICANN's `.internal`, and addresses."""


def plain_name(name: str) -> str:
    """A field's name as the tables have it: "Last-Updated" is `last_updated`."""
    return _SPACES.sub("_", name.strip().strip("*_").strip()).casefold()


def described(fields: Mapping[str, str]) -> dict[str, str]:
    """What is said of a document, by names of `explainbot.Source`; `fields` by any name in use."""
    said: dict[str, str] = {}
    for name, written in fields.items():
        known, value = NAMES.get(plain_name(name)), " ".join(written.split())
        if known and 0 < len(value) <= LONGEST_NAME:
            said.setdefault(known, value)
    place = said.pop("file", "")
    if place.startswith(("https://", "http://")):
        said.setdefault("url", place)
    elif place:
        said.setdefault("title", place.replace("\\", "/").rstrip("/").rpartition("/")[2] or place)
    if "url" in said and not _is_public(said["url"]):
        del said["url"]
    if said.get("id", "").strip("[]#").isdigit():
        del said["id"]  # its place in the list, not its name
    if "url" in said:
        said.setdefault("title", said["url"].partition("://")[2].rstrip("/"))
    return said


def _is_public(url: str) -> bool:
    """Whether a customer could open a link: a web address with a public host and nobody's credentials."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        plain = parts.port is None and parts.username is None
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and plain and "." in host and not _PRIVATE.search(host)
