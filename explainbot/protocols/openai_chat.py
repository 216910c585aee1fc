"""OpenAI Chat Completions: `POST .../chat/completions`, whole and streamed.

Field names are those of the published OpenAPI description as generated into `openai.types.chat`. A field this file does
not know is treated as text: read, redacted and sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from explainbot.errors import LocalProtocolError
from explainbot.protocols.base import (
    Channel,
    Json,
    Kind,
    ReplyFacts,
    RequestVisitor,
    Role,
    SentText,
    UrlCitation,
    key_sent,
    member,
    names_only,
    rewrite,
)

__all__ = ["PROTOCOL", "OpenAIChat"]

AHEAD_OF_MESSAGES = (
    "tools",
    "functions",
    "response_format",
    "prompt_cache_key",
    "safety_identifier",
    "user",
)
"""Read before the messages: they stay the same from turn to turn, so their placeholders must not depend on what was
said last. All other fields are read after the messages."""

NAMES = frozenset({"model", "role", "type", "object", "$ref"})
"""Keys whose values the provider interprets, in any depth of a field other than the messages."""

PLAIN_FIELDS = frozenset(
    {"model", "service_tier", "reasoning_effort", "verbosity", "tool_choice", "function_call", "modalities"}
    | {"prompt_cache_retention", "moderation"}
)
"""Top-level fields that hold names out of a fixed list or names of tools."""

ROLE_KINDS: Mapping[str, Kind] = {
    "system": "instructions",
    "developer": "instructions",
    "assistant": "history",
    "tool": "tool_result",
    "function": "tool_result",
}
"""The kind of source each role is; `user` is the customer's message when it is the last one, else history."""

UNREADABLE_PARTS = {"image_url": "image", "input_audio": "audio", "file": "file"}
"""Content parts that carry bytes or links nobody can read for personal data, and the name that allows each."""


class OpenAIChat:
    """The wire protocol of Chat Completions."""

    name = "openai.chat"
    provider = "openai"
    operation = "chat"
    shows_sources = True

    def matches(self, method: str, path: str) -> bool:
        return method == "POST" and path.rstrip("/").endswith("/chat/completions")

    # The request ------------------------------------------------------------------------------------------------

    def map_request(self, body: dict[str, Json], visitor: RequestVisitor) -> dict[str, Json]:
        order = [key for key in AHEAD_OF_MESSAGES if key in body]
        order += [key for key in ("messages",) if key in body]
        order += [key for key in body if key not in order]
        done = {key: self._field(key, body[key], visitor) for key in order}
        return {key_sent(key, visitor): done[key] for key in body}

    def _field(self, key: str, value: Json, visitor: RequestVisitor) -> Json:
        if key == "messages":
            return [self._message(message, visitor) for message in _list(value, "messages")]
        if key in PLAIN_FIELDS:
            return names_only(value, visitor)
        if key in ("tools", "functions"):
            return [self._described(tool, visitor) for tool in _list(value, key)]
        if key == "response_format":
            return self._described(value, visitor)
        return member(key, value, visitor, NAMES)

    def _described(self, value: Json, visitor: RequestVisitor) -> Json:
        """A tool, or the form a reply shall have: its own name is interpreted by the provider."""
        if not isinstance(value, dict):
            return rewrite(value, visitor, NAMES)
        return {
            key_sent(key, visitor): self._described(item, visitor)
            if key in ("function", "custom", "json_schema")
            else _schema_member(key, item, visitor)
            for key, item in value.items()
        }

    def _message(self, message: Json, visitor: RequestVisitor) -> Json:
        if not isinstance(message, dict):
            raise LocalProtocolError(f"a message must be an object, not {type(message).__name__}")
        return {key_sent(key, visitor): self._message_field(key, value, visitor) for key, value in message.items()}

    def _message_field(self, key: str, value: Json, visitor: RequestVisitor) -> Json:
        if key == "role":
            return names_only(value, visitor)
        if key == "content" and isinstance(value, list):
            return [self._part(part, visitor) for part in value]
        if key == "tool_calls" and isinstance(value, list):
            return [self._tool_call(call, visitor) for call in value]
        if key == "function_call":
            return self._tool_call(value, visitor)
        if key == "audio" and value is not None:
            # A reference to audio the model itself made earlier: an id, no content.
            return rewrite(value, visitor)
        return rewrite(value, visitor, frozenset({"type"}))

    def _part(self, part: Json, visitor: RequestVisitor) -> Json:
        if not isinstance(part, dict):
            return rewrite(part, visitor)
        kind = part.get("type")
        if kind is not None and not isinstance(kind, str):
            raise LocalProtocolError(f"the type of a message part must be a string, not {type(kind).__name__}")
        if kind in UNREADABLE_PARTS:
            visitor.unreadable(UNREADABLE_PARTS[kind], f"a message part of type {kind!r}")
            return part
        if kind not in ("text", "refusal"):
            visitor.unreadable("unknown_part", "a message part of unknown type")
            return part
        return rewrite(part, visitor, frozenset({"type"}))

    def _tool_call(self, call: Json, visitor: RequestVisitor) -> Json:
        if not isinstance(call, dict):
            return rewrite(call, visitor)
        return {key_sent(key, visitor): self._call_member(key, value, visitor) for key, value in call.items()}

    def _call_member(self, key: str, value: Json, visitor: RequestVisitor) -> Json:
        if key in ("function", "custom"):
            return self._tool_call(value, visitor)
        if key in ("name", "type") and isinstance(value, str):
            visitor.name(value)
            return value
        return rewrite(value, visitor)

    def model(self, body: Mapping[str, Json]) -> str:
        model = body.get("model")
        return model if isinstance(model, str) else ""

    def wants_json(self, body: Mapping[str, Json]) -> bool:
        wanted = body.get("response_format")
        return isinstance(wanted, dict) and wanted.get("type") in ("json_object", "json_schema")

    def sent(self, body: Mapping[str, Json]) -> Iterator[SentText]:
        messages = [message for message in body.get("messages") or () if isinstance(message, dict)]
        if messages and messages[-1].get("role") == "assistant":
            messages.pop()  # the reply itself, begun by the bot for the model to go on with
        tools = _tools_by_call(messages)
        last_user = max((n for n, message in enumerate(messages) if message.get("role") == "user"), default=-1)
        for number, message in enumerate(messages):
            role = message.get("role")
            kind: Kind = "customer_message" if number == last_user else ROLE_KINDS.get(str(role), "history")
            tool = tools.get(message.get("tool_call_id")) if role == "tool" else message.get("name")
            text = _content_text(message.get("content"))
            if text:
                yield SentText(f"message-{number}", kind, text, tool if kind == "tool_result" else None)

    # The reply --------------------------------------------------------------------------------------------------

    def map_reply(self, body: dict[str, Json], restore: Callable[[Channel, str], str]) -> None:
        for index, choice in _choices(body):
            if isinstance(message := choice.get("message"), dict):
                _map_message(index, message, restore)

    def map_chunk(self, chunk: dict[str, Json], feed: Callable[[Channel, str], str]) -> None:
        for index, choice in _choices(chunk):
            if isinstance(delta := choice.get("delta"), dict):
                delta.pop("explanation", None)  # a server's own: clients add up deltas, and ours comes under this name
                _map_message(index, delta, feed)

    def touched(self, chunk: Mapping[str, Json]) -> Iterator[tuple[int, bool]]:
        for index, choice in _choices(chunk):
            yield index, bool(choice.get("finish_reason"))

    def add_text(self, chunk: dict[str, Json], channel: Channel, text: str) -> None:
        delta = _delta(chunk, channel.choice)
        if channel.name == "tool_calls":
            calls = delta["tool_calls"] = list(_items(delta.get("tool_calls")))
            calls.insert(0, {"index": channel.index, "function": {"arguments": text}})
        elif channel.name == "custom":
            calls = delta["tool_calls"] = list(_items(delta.get("tool_calls")))
            calls.insert(0, {"index": channel.index, "custom": {"input": text}})
        elif channel.name == "function_call":
            call = delta["function_call"] = _object(delta.get("function_call"))
            call["arguments"] = text + (_string(call.get("arguments")) or "")
        elif isinstance(parts := delta.get(channel.name), list):
            parts.insert(0, {"type": "text", "text": text})
        else:
            delta[channel.name] = text + (_string(delta.get(channel.name)) or "")

    def empty_chunk(self, like: Mapping[str, Json]) -> dict[str, Json]:
        kept = {key: like[key] for key in ("id", "object", "created", "model", "system_fingerprint") if key in like}
        return {**kept, "choices": []}

    def facts(self, body: Mapping[str, Json]) -> ReplyFacts:
        first = next((choice for index, choice in _choices(body) if index == 0), {})
        message = first.get("message") or first.get("delta") or {}
        usage = body.get("usage")
        return ReplyFacts(
            response_id=_string(body.get("id")),
            model=_string(body.get("model")),
            finish_reason=_string(first.get("finish_reason")),
            usage=dict(_counts(usage)) if isinstance(usage, dict) else None,
            tool_calls=tuple(_called_names(message)) if isinstance(message, dict) else (),
            citations=tuple(_citations(message)) if isinstance(message, dict) else (),
        )

    def attach(self, body: dict[str, Json], explanation: Json) -> None:
        streamed = body.get("object") == "chat.completion.chunk" or any("delta" in item for _, item in _choices(body))
        (_delta(body, 0) if streamed else body)["explanation"] = explanation


PROTOCOL = OpenAIChat()


def _list(value: Json, field: str) -> list[Json]:
    if not isinstance(value, list):
        raise LocalProtocolError(f"{field!r} must be an array, not {type(value).__name__}")
    return value


def _items(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _object(value: Json) -> dict[str, Json]:
    return dict(value) if isinstance(value, dict) else {}


def _string(value: Json) -> str | None:
    return value if isinstance(value, str) else None


def _schema_member(key: str, item: Json, visitor: RequestVisitor) -> Json:
    """A tool's or schema's own `name` is interpreted by the provider; everything else in it is text."""
    if key in ("name", "type") and isinstance(item, str):
        visitor.name(item)
        return item
    return member(key, item, visitor, NAMES)


def _content_text(content: Json) -> str:
    """The text of a message's content, its parts joined by newlines."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    texts = (part.get("text") or part.get("refusal") for part in content if isinstance(part, dict))
    return "\n".join(text for text in texts if isinstance(text, str))


def _tools_by_call(messages: list[dict[str, Json]]) -> dict[Json, str]:
    """The tool's name for each tool-call id in the history."""
    names: dict[Json, str] = {}
    for message in messages:
        for call in _items(message.get("tool_calls")):
            if isinstance(call, dict) and isinstance(call.get("id"), str):
                names[call["id"]] = next(_called_names({"tool_calls": [call]}), "")
    return names


def _called_names(message: Mapping[str, Json]) -> Iterator[str]:
    calls = [call for call in _items(message.get("tool_calls")) if isinstance(call, dict)]
    for call in [*calls, {"function": message.get("function_call")}]:
        inner = call.get("function") or call.get("custom")
        if isinstance(inner, dict) and isinstance(inner.get("name"), str):
            yield inner["name"]


def _citations(message: Mapping[str, Json]) -> Iterator[UrlCitation]:
    """The `url_citation` annotations of a message or delta."""
    annotations = message.get("annotations")
    for annotation in annotations if isinstance(annotations, list) else ():
        cited = annotation.get("url_citation") if isinstance(annotation, dict) else None
        if isinstance(cited, dict) and isinstance(url := cited.get("url"), str):
            start, end = cited.get("start_index"), cited.get("end_index")
            if type(start) is int and type(end) is int:
                yield UrlCitation(start, end, url, _string(cited.get("title")))


def _counts(usage: Mapping[str, Json]) -> Iterator[tuple[str, int]]:
    """Token counts, those of the details among them."""
    for key, value in usage.items():
        if isinstance(value, dict):
            yield from _counts(value)
        elif type(value) is int and value >= 0:
            yield key, value


def _choices(body: Mapping[str, Json]) -> Iterator[tuple[int, dict[str, Json]]]:
    for position, choice in enumerate(_items(body.get("choices"))):
        if isinstance(choice, dict):
            yield _index(choice, position), choice


def _index(item: Mapping[str, Json], position: int) -> int:
    """Which of several an item of a list says it is, else where it stands."""
    index = item.get("index")
    return index if isinstance(index, int) else position


def _delta(chunk: dict[str, Json], index: int) -> dict[str, Json]:
    """The delta of choice `index`, made where the chunk has none."""
    for number, choice in _choices(chunk):
        if number == index:
            delta = choice.get("delta")
            if not isinstance(delta, dict):
                delta = choice["delta"] = {}
            return delta
    delta = {}
    chunk.setdefault("choices", []).append({"index": index, "delta": delta, "finish_reason": None})
    return delta


ROLES: Mapping[str, Role] = {"content": "reply", "refusal": "refusal"}
"""What the text members of a message are to the customer; any other, such as a server's reasoning, is neither."""

NOT_TEXT = frozenset({"role", "id", "type", "tool_calls", "function_call", "audio", "annotations"})
"""Members of a message or delta that are not a text stream of their own."""


def _map_message(choice: int, message: dict[str, Json], change: Callable[[Channel, str], str]) -> None:
    for key, value in message.items():
        if isinstance(value, str) and key not in NOT_TEXT:
            message[key] = change(Channel(choice, key, role=ROLES.get(key, "other")), value)
    for position, part in enumerate(_items(message.get("content"))):
        if isinstance(part, dict):
            _map_part(choice, _index(part, position), part, change)
    for position, call in enumerate(_items(message.get("tool_calls"))):
        if isinstance(call, dict):
            _map_call(choice, _index(call, position), call, change)
    if isinstance(called := message.get("function_call"), dict) and isinstance(called.get("arguments"), str):
        called["arguments"] = change(Channel(choice, "function_call", role="tool", json=True), called["arguments"])
    if isinstance(audio := message.get("audio"), dict) and isinstance(audio.get("transcript"), str):
        audio["transcript"] = change(Channel(choice, "audio", role="reply"), audio["transcript"])


def _map_part(choice: int, index: int, part: dict[str, Json], change: Callable[[Channel, str], str]) -> None:
    """A part of content that is a list: servers that speak the same protocol answer so, too."""
    for key, name in (("text", "content"), ("refusal", "refusal")):
        if isinstance(text := part.get(key), str):
            part[key] = change(Channel(choice, name, index, ROLES[name]), text)


def _map_call(choice: int, index: int, call: dict[str, Json], change: Callable[[Channel, str], str]) -> None:
    if isinstance(function := call.get("function"), dict) and isinstance(function.get("arguments"), str):
        function["arguments"] = change(Channel(choice, "tool_calls", index, "tool", json=True), function["arguments"])
    if isinstance(custom := call.get("custom"), dict) and isinstance(custom.get("input"), str):
        custom["input"] = change(Channel(choice, "custom", index, "tool"), custom["input"])
