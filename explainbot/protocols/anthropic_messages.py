"""Anthropic Messages: `POST .../messages`, whole and streamed.

Field names are those of `anthropic.types`. A message is a list of blocks; a stream brings them in `content_block_delta`
events, each with the place of its block.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from explainbot import _json
from explainbot.errors import LocalProtocolError
from explainbot.protocols.base import Channel, Ends, Json, Kind, ReplyFacts, ReplyTexts, RequestVisitor, Role, SentText
from explainbot.protocols.openai_chat import content_text
from explainbot.protocols.records import Records, check_list, counts, objects, restore_all, string

__all__ = ["COUNTED", "PROTOCOL"]

DELTAS: Mapping[str, tuple[str, Role, bool]] = {
    "text_delta": ("text", "reply", False),
    "input_json_delta": ("partial_json", "tool", True),
    "thinking_delta": ("thinking", "other", False),
}
"""Type of a delta to the member that holds its text, what the text is, and whether it is JSON."""

CALLS = frozenset({"tool_use", "server_tool_use", "mcp_tool_use"})
"""Types of blocks whose `input` is an object of the tool's own."""


class AnthropicMessages(Records):
    """The wire protocol of Messages."""

    provider = "anthropic"
    answers = True
    grows = "messages"
    order = ("tools", "system", "messages")

    # The request ------------------------------------------------------------------------------------------------

    def map_request(self, body: dict[str, Json], visitor: RequestVisitor) -> dict[str, Json]:
        if not body:
            raise LocalProtocolError("the request has no body; nothing was sent")
        check_list(body, "messages", of_objects=True)
        check_list(body, "tools")
        return super().map_request(body, visitor)

    def sent(self, body: Mapping[str, Json]) -> Iterator[SentText]:
        if system := content_text(body.get("system")):
            yield SentText("system", "instructions", system)
        messages = objects(body.get("messages"))
        tools = {
            string(block.get("id")): string(block.get("name"))
            for message in messages
            for block in objects(message.get("content"))
            if block.get("type") == "tool_use"
        }
        if messages and messages[-1].get("role") == "assistant":
            messages.pop()  # the reply itself, begun by the bot for the model to go on with
        spoken = [n for n, message in enumerate(messages) if message.get("role") == "user" and _says(message)]
        for number, message in enumerate(messages):
            kind: Kind = "customer_message" if [number] == spoken[-1:] else "history"
            if text := content_text(message.get("content")):
                yield SentText(f"message-{number}", kind, text)
            for block in objects(message.get("content")):
                yield from _given_in(block, tools)

    # The reply --------------------------------------------------------------------------------------------------

    def found(self, reply: Mapping[str, Json]) -> Iterator[SentText]:
        for block in objects(reply.get("content")):
            yield from _given_in(block, {})

    def map_reply(self, body: dict[str, Json], texts: ReplyTexts) -> None:
        restore_all(body, texts, but=("content",))
        for index, block in enumerate(objects(body.get("content"))):
            _block(index, block, texts)

    def map_chunk(self, chunk: dict[str, Json], texts: ReplyTexts) -> None:
        delta = chunk.get("delta")
        known = DELTAS.get(str(delta.get("type"))) if isinstance(delta, dict) else None
        if not isinstance(delta, dict) or known is None or not isinstance(delta.get(known[0]), str):
            restore_all(chunk, texts)
            return
        member, role, is_json = known
        delta[member] = texts.feed(Channel(0, member, _place(chunk), role, is_json), delta[member])

    def ends(self, chunk: Mapping[str, Json], spoken: Collection[Channel]) -> Ends | None:
        kind = chunk.get("type")
        if kind == "content_block_stop":
            return Ends(lambda channel: channel.index == _place(chunk))
        if kind in ("message_delta", "message_stop"):
            return Ends(lambda channel: True, answer=kind == "message_delta", stream=kind == "message_stop")
        return None

    def facts(self, body: Mapping[str, Json]) -> ReplyFacts:
        inner = body.get("message")
        message = inner if isinstance(inner, dict) else body
        delta = body.get("delta")
        reason = (delta if isinstance(delta, dict) else message).get("stop_reason")
        usage = message.get("usage")
        block = body.get("content_block")
        blocks = [block] if isinstance(block, dict) else objects(message.get("content"))
        calls = (string(block.get("name")) for block in blocks if block.get("type") == "tool_use")
        return ReplyFacts(
            response_id=string(message.get("id")),
            model=string(message.get("model")),
            finish_reason=string(reason),
            usage=dict(counts(usage)) if isinstance(usage, dict) else None,
            tool_calls=tuple(name for name in calls if name),
        )

    def keeps(self, body: Mapping[str, Json]) -> bool:
        return False


class Counted(AnthropicMessages):
    """The same request, of which the provider only counts the tokens."""

    answers = False


PROTOCOL = AnthropicMessages("anthropic.messages", "chat")
COUNTED = Counted("anthropic.messages.count_tokens", "count_tokens")


def _place(chunk: Mapping[str, Json]) -> int:
    index = chunk.get("index")
    return index if isinstance(index, int) else 0


def _says(message: Mapping[str, Json]) -> bool:
    return bool(content_text(message.get("content")))


def _block(index: int, block: dict[str, Json], texts: ReplyTexts) -> None:
    if block.get("type") == "text" and isinstance(block.get("text"), str):
        block["text"] = texts.whole(Channel(0, "text", index, "reply"), block["text"])
    if str(block.get("type")) in CALLS and "input" in block:
        written = _json.dumps(block.get("input")).decode()
        block["input"] = _json.loads(texts.whole(Channel(0, "partial_json", index, "tool", json=True), written))
    restore_all(block, texts, but=("text", "input"))


def _given_in(block: Mapping[str, Json], tools: Mapping[Json, str | None]) -> Iterator[SentText]:
    """What a block gives the model to read: a tool's result, a document, what a search found."""
    kind, content = block.get("type"), block.get("content")
    name = string(block.get("title")) or string(block.get("tool_use_id")) or str(kind)
    text = _document(block.get("source")) if kind == "document" else content_text(content)
    if text and kind == "tool_result":
        yield SentText(name, "tool_result", text, tools.get(string(block.get("tool_use_id"))))
    elif text and kind in ("search_result", "document"):
        yield SentText(name, "document", text)


def _document(source: Json) -> str:
    if not isinstance(source, dict):
        return ""
    data = string(source.get("data")) if source.get("type") == "text" else None
    return data or content_text(source.get("content"))
