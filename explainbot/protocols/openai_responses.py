"""OpenAI Responses: `POST .../responses`, whole and streamed, and a response read again by its id.

A response is a list of items, each of a type of its own; a stream brings their texts in `....delta` events, says each
text again in the events that end it, and all of them once more in the event that ends the response (`openai.types.
responses.response_stream_event`). Each text has one channel, however it comes: the item's place in the response, the
name of the delta that brings it, and the place in the item.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from explainbot import _json
from explainbot.protocols.base import (
    EXPLANATION,
    Channel,
    Ends,
    Json,
    Kind,
    ReplyFacts,
    ReplyTexts,
    RequestVisitor,
    Role,
    SentText,
    UrlCitation,
)
from explainbot.protocols.openai_chat import ROLE_KINDS, citations, content_text, move_annotations
from explainbot.protocols.records import ENDINGS, Records, check_list, counts, ids, objects, restore_all, string

__all__ = ["CREATE", "ENDED", "PROTOCOL", "RETRIEVED", "STEER", "as_items"]

CREATE = "response.create"
STEER = "response.steer"
"""What a client says on a WebSocket: create a response; give the one under way more input."""

PREFIX = "response."

ENDED = frozenset({"response.completed", "response.incomplete", "response.failed", "response.cancelled"})
"""Events that end a stream; each holds the whole response."""

FAILED = frozenset({"response.failed", "response.cancelled"})
"""Those of them that bring no answer."""

STREAMS: Mapping[str, tuple[Role, bool]] = {
    "output_text": ("reply", False),
    "output_audio_transcript": ("reply", False),
    "refusal": ("refusal", False),
    "function_call_arguments": ("tool", True),
    "mcp_call_arguments": ("tool", True),
    "custom_tool_call_input": ("tool", False),
    "code_interpreter_call_code": ("tool", False),
    "shell_call_command": ("tool", False),
}
"""Texts that come in deltas: name of the event to what the text is, and whether it is JSON. Others, such as reasoning,
are neither for the customer nor for a tool."""

ITEMS: Mapping[str, tuple[str, str]] = {
    "function_call": ("function_call_arguments", "arguments"),
    "mcp_call": ("mcp_call_arguments", "arguments"),
    "custom_tool_call": ("custom_tool_call_input", "input"),
    "code_interpreter_call": ("code_interpreter_call_code", "code"),
}
"""Items whose text comes in deltas: type to the name of the event and the member that holds the whole text."""

PARTS: Mapping[str, tuple[str, str]] = {
    "output_text": ("output_text", "text"),
    "text": ("output_text", "text"),
    "output_audio": ("output_audio_transcript", "transcript"),
    "audio": ("output_audio_transcript", "transcript"),
    "refusal": ("refusal", "refusal"),
    "reasoning_text": ("reasoning_text", "text"),
    "summary_text": ("reasoning_summary_text", "text"),
}
"""The same for the parts of an item."""

WHOLES = ("text", "transcript", "refusal", "arguments", "input", "code", "command")
"""The member of a `....done` event that holds the whole text."""

ITEM_PLACES = ("content_index", "summary_index", "command_index")
"""Members of an event that say where in its item a text stands."""


class OpenAIResponses(Records):
    """The wire protocol of Responses."""

    answers = True
    grows = "input"
    order: tuple[str, ...] = (
        "tools",
        "text",
        "prompt_cache_key",
        "safety_identifier",
        "user",
        "instructions",
        "prompt",
        "input",
    )

    # The request ------------------------------------------------------------------------------------------------

    def map_request(self, body: dict[str, Json], visitor: RequestVisitor) -> dict[str, Json]:
        check_list(body, "tools")
        return super().map_request(body, visitor)

    def sent(self, body: Mapping[str, Json]) -> Iterator[SentText]:
        if instructions := string(body.get("instructions")):
            yield SentText("instructions", "instructions", instructions)
        yield from self._said("input", body.get("input"))
        if isinstance(steer := body.get("steer"), dict):
            yield from self._said("steer", steer.get("input"))

    def _said(self, name: str, given: Json) -> Iterator[SentText]:
        """The texts of an input, a text or a list of items."""
        if isinstance(given, str):
            yield SentText(name, "customer_message", given)
        items = objects(given)
        last_user = max((n for n, item in enumerate(items) if item.get("role") == "user"), default=-1)
        tools = {string(item.get("call_id")): string(item.get("name")) for item in items if _calls(item)}
        for number, item in enumerate(items):
            kind: Kind = "customer_message" if number == last_user else ROLE_KINDS.get(str(item.get("role")), "history")
            text, tool = content_text(item.get("content")), None
            if str(item.get("type")).endswith("_output"):
                output = item.get("output")
                text = content_text(output) or (_json.dumps(output).decode() if output else "")
                kind, tool = "tool_result", tools.get(string(item.get("call_id"))) or string(item.get("name"))
            if text:
                yield SentText(f"{name}-{number}", kind, text, tool)
            yield from _found_in(item)

    # The reply --------------------------------------------------------------------------------------------------

    def found(self, reply: Mapping[str, Json]) -> Iterator[SentText]:
        for item in objects(_response(reply).get("output")):
            yield from _found_in(item)

    def answered(self, reply: Mapping[str, Json]) -> bool:
        return reply.get("status", "completed") in ("completed", "incomplete")

    def map_reply(self, body: dict[str, Json], texts: ReplyTexts) -> None:
        output = body.get("output")
        for place, item in enumerate(output if isinstance(output, list) else ()):
            _item(place, item, texts)
        restore_all(body, texts, but=("output",))

    def map_chunk(self, chunk: dict[str, Json], texts: ReplyTexts) -> None:
        kind = str(chunk.get("type", ""))
        place = _index(chunk, ("output_index",))
        if isinstance(response := chunk.get("response"), dict):
            self.map_reply(response, texts)
        elif kind.endswith(".delta"):
            super().map_chunk(chunk, texts)
        elif isinstance(item := chunk.get("item"), dict):
            _item(place, item, texts)
        elif isinstance(part := chunk.get("part"), dict):
            _part(place, _index(chunk, ITEM_PLACES), part, texts)
        elif kind.endswith(".annotation.added"):
            where = _channel("output_text", place, _index(chunk, ITEM_PLACES))
            restore_all(chunk, texts)
            move_annotations([chunk.get("annotation")], where, texts)
        else:
            _whole(chunk, WHOLES, _channel(_name(kind), place, _index(chunk, ITEM_PLACES)), texts)

    def channel(self, chunk: Mapping[str, Json], key: str = "") -> Channel:
        name = _name(str(chunk.get("type", "")))
        return _channel(f"{name}.{key}" if key else name, _index(chunk, ("output_index",)), _index(chunk, ITEM_PLACES))

    def ends(self, chunk: Mapping[str, Json], spoken: Collection[Channel]) -> Ends | None:
        kind = str(chunk.get("type", ""))
        if kind in ENDED:
            return Ends(lambda channel: True, answer=kind not in FAILED, stream=True)
        if kind == "error":
            return Ends(lambda channel: True)
        if kind.rpartition(".")[2] not in ENDINGS or "output_index" not in chunk:
            return None
        item = chunk["output_index"]
        places = [chunk[key] for key in ITEM_PLACES if key in chunk]
        return Ends(lambda channel: channel.item == item and channel.index in (places or (channel.index,)))

    def facts(self, body: Mapping[str, Json]) -> ReplyFacts:
        response = _response(body)
        if not response:
            return ReplyFacts()
        usage, details = response.get("usage"), response.get("incomplete_details")
        reason = string(details.get("reason")) if isinstance(details, dict) else None
        ended = response.get("status") not in ("queued", "in_progress")
        names = (string(item.get("name")) for item in objects(response.get("output")) if _calls(item))
        return ReplyFacts(
            response_id=string(response.get("id")),
            model=string(response.get("model")),
            finish_reason=(reason or string(response.get("status"))) if ended else None,
            usage=dict(counts(usage)) if isinstance(usage, dict) else None,
            tool_calls=tuple(name for name in names if name) if ended else (),
            citations=tuple(_cited(response)) if ended else (),
            issued=tuple(ids(response, ("id", "conversation"))),
        )

    def attach(self, body: dict[str, Json], explanation: Json) -> None:
        response = body.get("response")
        (response if isinstance(response, dict) else body)[EXPLANATION] = explanation

    def refers(self, body: Mapping[str, Json]) -> Iterator[str]:
        yield from super().refers(body)
        if isinstance(steer := body.get("steer"), dict):
            yield from super().refers(steer)

    def keeps(self, body: Mapping[str, Json]) -> bool:
        # A WebSocket goes on from a response that was sent on it, whether it is stored or not.
        return body.get("store") is not False or body.get("type") == CREATE


class Retrieved(OpenAIResponses):
    """A response that was asked for earlier: its request is not at hand, so neither are the sources of its answer."""

    shows_sources = False
    again = True


PROTOCOL = OpenAIResponses("openai.responses", "chat")
RETRIEVED = Retrieved("openai.responses.retrieved", "chat")


def _response(body: Mapping[str, Json]) -> Mapping[str, Json]:
    """The response itself, or the one inside an event; empty in an event without one."""
    response = body.get("response")
    if isinstance(response, dict):
        return response
    return {} if "type" in body else body


def as_items(given: Json) -> list[Json]:
    """An input as a list of items, to which others can be added."""
    if isinstance(given, str):
        return [{"role": "user", "content": given}]
    return [*given] if isinstance(given, list) else []


def _calls(item: Mapping[str, Json]) -> bool:
    """Whether an item calls a tool."""
    return str(item.get("type")) in ITEMS


def _name(kind: str) -> str:
    """The name of a text: `response.output_text.delta` brings `output_text`, and `....done` repeats it."""
    return kind.removeprefix(PREFIX).rpartition(".")[0]


def _index(chunk: Mapping[str, Json], keys: tuple[str, ...]) -> int:
    return next((chunk[key] for key in keys if type(chunk.get(key)) is int), 0)


def _channel(name: str, item: int, index: int) -> Channel:
    role, is_json = STREAMS.get(name, ("other", False))
    return Channel(0, name, index, role, is_json, item)


def _whole(
    thing: dict[str, Json], members: Collection[str], channel: Channel, texts: ReplyTexts, but: Collection[str] = ()
) -> None:
    """Restore the members as the text of a channel, and whatever else there is, `but` what is restored elsewhere."""
    for key in members:
        if isinstance(thing.get(key), str):
            thing[key] = texts.whole(channel, thing[key])
    restore_all(thing, texts, but=(*members, *but))


def _item(place: int, item: Json, texts: ReplyTexts) -> None:
    """Restore an item of the response: its parts, its own text, and whatever else it holds."""
    if not isinstance(item, dict):
        return
    name, member = ITEMS.get(str(item.get("type")), ("", ""))
    parted = [key for key in ("content", "summary") if isinstance(item.get(key), list)]
    for key in parted:
        for index, part in enumerate(item[key]):
            _part(place, index, part, texts)
    _whole(item, (member,), _channel(name, place, 0), texts, but=parted)


def _part(place: int, index: int, part: Json, texts: ReplyTexts) -> None:
    if not isinstance(part, dict):
        return
    name, member = PARTS.get(str(part.get("type")), ("", ""))
    channel = _channel(name, place, index)
    _whole(part, (member,), channel, texts)
    move_annotations(part.get("annotations"), channel, texts)


def _cited(response: Mapping[str, Json]) -> Iterator[UrlCitation]:
    """The pages that the first text of the response cites."""
    parts = (part for item in objects(response.get("output")) for part in objects(item.get("content")))
    first = next((part for part in parts if part.get("type") == "output_text"), {})
    yield from citations(first.get("annotations"))


def _found_in(item: Mapping[str, Json]) -> Iterator[SentText]:
    """What the provider's own tools found or did, in an item of the reply or of the history."""
    kind, id = item.get("type"), string(item.get("id")) or ""
    if kind == "file_search_call":
        for number, result in enumerate(objects(item.get("results"))):
            if text := string(result.get("text")):
                yield SentText(string(result.get("filename")) or f"{id}-{number}", "document", text)
    elif kind == "mcp_call" and (text := string(item.get("output"))):
        yield SentText(id, "tool_result", text, string(item.get("name")))
    elif kind == "code_interpreter_call":
        logs = "\n".join(text for output in objects(item.get("outputs")) if (text := string(output.get("logs"))))
        if logs:
            yield SentText(id, "tool_result", logs, "code_interpreter")
