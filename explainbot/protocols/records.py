"""Things kept at the provider, and the way every JSON protocol works unless it says otherwise.

A request is walked by the table of fields; in a reply every text is restored, wherever it stands. So this class alone
serves what is stored and listed (conversations, batches, vector stores) and what has no text to explain (embeddings,
images). A protocol that answers customers says besides where its answer stands: see `openai_chat`, `openai_responses`
and `anthropic_messages`.

Streams are taken to be typed events: a text comes in pieces in the member `delta` of events called `....delta`, and
ends with an event called `....done` or the like that names no other place.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping

from explainbot import _json
from explainbot.errors import LocalProtocolError
from explainbot.protocols.base import (
    ARGUMENTS,
    EXPLANATION,
    Channel,
    Ends,
    Json,
    ReplyFacts,
    ReplyTexts,
    RequestVisitor,
    SentText,
)
from explainbot.protocols.fields import PERMISSIONS, sent_fields

__all__ = ["Records", "check_list", "counts", "ids", "objects", "restore_all", "string"]

REFERENCES = ("previous_response_id", "conversation", "thread_id", "input_file_id", "file_id")
"""Fields of a request that name something the provider kept earlier."""

ISSUED = ("id", "conversation", "thread_id", "output_file_id", "error_file_id")
"""Fields of a reply that name what the provider keeps."""

ENDINGS = frozenset("done completed failed incomplete cancelled stop".split())
"""Last words of the names of events that end a text."""

FORMATS = ("response_format", "format", "output_format")
"""Fields of a request that say which form the reply shall have."""

PLACES = ("_id", "_index")
"""Ends of the names of those members of an event that say where in the reply it belongs."""


class Records:
    """The wire protocol of everything that is only written, kept, listed and read.

    Args:
        name: the name of the protocol, such as "openai.embeddings".
        operation: the operation's name in OpenTelemetry's `gen_ai.operation.name`, or our own where it has none.
        lines: whether a reply may be a text or a file, which is then restored line by line.
        files: the permission that a file in a form takes where its field does not say.
    """

    provider = "openai"
    answers = False
    shows_sources = True
    again = False
    grows = ""
    order: tuple[str, ...] = ()
    """Fields read before all others, in this order: first those that stay the same from turn to turn, so that their
    placeholders do not depend on what was said last, then what is said."""

    def __init__(self, name: str, operation: str, *, lines: bool = False, files: str = "file") -> None:
        self.name = name
        self.operation = operation
        self.lines = lines
        self._files = files

    # The request ------------------------------------------------------------------------------------------------

    def map_request(self, body: dict[str, Json], visitor: RequestVisitor) -> dict[str, Json]:
        ahead = {key: body[key] for key in self.order if key in body}
        read = {**ahead, **body}
        done = dict(zip(read, sent_fields(read, visitor).items(), strict=True))
        return dict(done[key] for key in body)

    def map_file(self, field: str, fields: Mapping[str, Json], data: bytes, visitor: RequestVisitor) -> bytes:
        visitor.unreadable(PERMISSIONS.get(field, self._files), f"the file in the field {field!r}")
        return data

    def requests(self, body: Mapping[str, Json], files: Iterable[bytes]) -> Iterator[Mapping[str, Json]]:
        yield body

    def model(self, body: Mapping[str, Json]) -> str:
        return string(body.get("model")) or ""

    def wants_json(self, body: Mapping[str, Json]) -> bool:
        holders = (body, *(body[name] for name in ("text", "output_config") if isinstance(body.get(name), dict)))
        wanted = (holder.get(name) for holder in holders for name in FORMATS)
        return any(isinstance(one, dict) and one.get("type") in ("json_object", "json_schema") for one in wanted)

    def sent(self, body: Mapping[str, Json]) -> Iterator[SentText]:
        return iter(())

    def refers(self, body: Mapping[str, Json]) -> Iterator[str]:
        return ids(body, REFERENCES)

    # The reply --------------------------------------------------------------------------------------------------

    def found(self, reply: Mapping[str, Json]) -> Iterator[SentText]:
        return iter(())

    def map_reply(self, body: dict[str, Json], texts: ReplyTexts) -> None:
        for thing in objects(body.get("data")) if body.get("object") == "list" else [body]:
            if texts.owns(string(thing.get("id"))):
                restore_all(thing, texts)

    def answered(self, reply: Mapping[str, Json]) -> bool:
        return self.answers

    def map_chunk(self, chunk: dict[str, Json], texts: ReplyTexts) -> None:
        delta = chunk.get("delta")
        if not str(chunk.get("type", "")).endswith(".delta"):
            restore_all(chunk, texts)
        elif isinstance(delta, str):
            chunk["delta"] = texts.feed(self.channel(chunk), delta)
        elif isinstance(delta, dict):
            for key, text in delta.items():
                if isinstance(text, str):
                    delta[key] = texts.feed(self.channel(chunk, key), text)

    def channel(self, chunk: Mapping[str, Json], key: str = "") -> Channel:
        """The channel of an event that brings a piece of text, in the member `key` of its delta."""
        name = str(chunk.get("type", "")).removesuffix(".delta")
        return Channel(0, "&".join([name, key, *_places(chunk)]))

    def ends(self, chunk: Mapping[str, Json], spoken: Collection[Channel]) -> Ends | None:
        if str(chunk.get("type", "")).rpartition(".")[2] not in ENDINGS:
            return None
        here = dict(place.split("=", 1) for place in _places(chunk))

        def ended(channel: Channel) -> bool:
            there = dict(place.split("=", 1) for place in channel.name.split("&")[2:])
            return all(there.get(key, value) == value for key, value in here.items())

        return Ends(ended)

    def facts(self, body: Mapping[str, Json]) -> ReplyFacts:
        usage = body.get("usage")
        return ReplyFacts(
            response_id=string(body.get("id")),
            model=string(body.get("model")),
            usage=dict(counts(usage)) if isinstance(usage, dict) else None,
            issued=tuple(ids(body, ISSUED)),
        )

    def attach(self, body: dict[str, Json], explanation: Json) -> None:
        body[EXPLANATION] = explanation

    def keeps(self, body: Mapping[str, Json]) -> bool:
        return True


def restore_all(value: Json, texts: ReplyTexts, but: Container[str] = ()) -> None:
    """Restore every text in an object or a list, in place; an object's keys too, since they may have been replaced.

    Args:
        but: members of the object itself that are left as they are.
    """
    if isinstance(value, dict):
        for key, item in value.items():
            if key in but:
                continue
            if isinstance(item, str):
                value[key] = _restored(item, texts, key)
            else:
                restore_all(item, texts)
        if any("[" in key for key in value):
            members = [(_restored(key, texts), item) for key, item in value.items()]
            value.clear()
            value.update(members)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            if isinstance(item, str):
                value[position] = _restored(item, texts)
            else:
                restore_all(item, texts)


def _restored(text: str, texts: ReplyTexts, name: str = "") -> str:
    if "_" not in text and "[" not in text and not texts.surrogates:  # no spelling of a placeholder is without
        return text
    return texts.whole(Channel(0, name if name in ARGUMENTS else "", json=_json.is_container(text)), text)


def ids(body: Mapping[str, Json], fields: Iterable[str]) -> Iterator[str]:
    """The ids in these fields, given as a text or as an object with an id."""
    for field in fields:
        value = body.get(field)
        value = value.get("id") if isinstance(value, dict) else value
        if isinstance(value, str) and value:
            yield value


def _places(chunk: Mapping[str, Json]) -> list[str]:
    return [f"{key}={chunk[key]}" for key in sorted(chunk) if key.endswith(PLACES)]


def objects(value: Json) -> list[dict[str, Json]]:
    """The objects of a list; anything that is no list has none."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def check_list(body: Mapping[str, Json], field: str, *, of_objects: bool = False) -> None:
    """Refuse a request whose `field` is no list, or holds what is no object.

    Raises:
        LocalProtocolError: it is so.
    """
    value = body.get(field)
    if value is not None and not isinstance(value, list):
        raise LocalProtocolError(f"{field!r} must be an array, not {type(value).__name__}")
    if of_objects and len(objects(value)) < len(value or ()):
        raise LocalProtocolError(f"{field!r} must be an array of objects")


def string(value: Json) -> str | None:
    """A value if it is text."""
    return value if isinstance(value, str) else None


def counts(usage: Mapping[str, Json]) -> Iterator[tuple[str, int]]:
    """Token counts, those of the details among them."""
    for key, value in usage.items():
        if isinstance(value, dict):
            yield from counts(value)
        elif type(value) is int and value >= 0:
            yield key, value
