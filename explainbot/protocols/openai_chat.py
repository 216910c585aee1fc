"""OpenAI Chat Completions: `POST .../chat/completions`, whole and streamed.

Field names are those of the published OpenAPI description as generated into `openai.types.chat`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from explainbot.errors import LocalProtocolError
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
from explainbot.protocols.records import Records, check_list, counts, ids, objects, string

__all__ = ["PROTOCOL", "OpenAIChat", "citations", "content_text", "move_annotations"]

ROLE_KINDS: Mapping[str, Kind] = {
    "system": "instructions",
    "developer": "instructions",
    "assistant": "history",
    "tool": "tool_result",
    "function": "tool_result",
}
"""The kind of source each role is; `user` is the customer's message when it is the last one, else history."""

ROLES: Mapping[str, Role] = {"content": "reply", "refusal": "refusal"}
"""What the text members of a message are to the customer; any other, such as a server's reasoning, is neither."""

NOT_TEXT = frozenset({"role", "id", "type", "tool_calls", "function_call", "audio", "annotations"})
"""Members of a message or delta that are not a text stream of their own."""


class OpenAIChat(Records):
    """The wire protocol of Chat Completions."""

    answers = True
    grows = "messages"
    order = (
        *("tools", "functions", "response_format", "prompt_cache_key", "safety_identifier", "user"),
        "messages",
    )

    # The request ------------------------------------------------------------------------------------------------

    def map_request(self, body: dict[str, Json], visitor: RequestVisitor) -> dict[str, Json]:
        if not body:
            raise LocalProtocolError("the request has no body; nothing was sent")
        check_list(body, "messages", of_objects=True)
        check_list(body, "tools")
        check_list(body, "functions")
        return super().map_request(body, visitor)

    def sent(self, body: Mapping[str, Json]) -> Iterator[SentText]:
        messages = objects(body.get("messages"))
        if messages and messages[-1].get("role") == "assistant":
            messages.pop()  # the reply itself, begun by the bot for the model to go on with
        tools = _tools_by_call(messages)
        last_user = max((n for n, message in enumerate(messages) if message.get("role") == "user"), default=-1)
        for number, message in enumerate(messages):
            role = message.get("role")
            kind: Kind = "customer_message" if number == last_user else ROLE_KINDS.get(str(role), "history")
            tool = tools.get(string(message.get("tool_call_id"))) if role == "tool" else message.get("name")
            text = content_text(message.get("content"))
            if text:
                yield SentText(f"message-{number}", kind, text, tool if kind == "tool_result" else None)

    # The reply --------------------------------------------------------------------------------------------------

    def map_reply(self, body: dict[str, Json], texts: ReplyTexts) -> None:
        for index, choice in _choices(body):
            if isinstance(message := choice.get("message"), dict):
                _map_message(index, message, texts.whole)
                move_annotations(message.get("annotations"), Channel(index, "content", role="reply"), texts)

    def map_chunk(self, chunk: dict[str, Json], texts: ReplyTexts) -> None:
        for index, choice in _choices(chunk):
            if isinstance(delta := choice.get("delta"), dict):
                if EXPLANATION in delta:  # a server's own: clients add up deltas, and ours comes under this name
                    del delta[EXPLANATION]
                    texts.changed = True
                _map_message(index, delta, texts.feed)
                move_annotations(delta.get("annotations"), Channel(index, "content", role="reply"), texts)

    def ends(self, chunk: Mapping[str, Json], spoken: Collection[Channel]) -> Ends | None:
        finished = [index for index, choice in _choices(chunk) if choice.get("finish_reason")]
        speaking = {channel.choice for channel in spoken}
        if not finished and not speaking:
            return None

        def ended(channel: Channel) -> bool:
            # A channel of a choice ends when another one of it begins to speak.
            return channel.choice in finished or (channel.choice in speaking and channel not in spoken)

        return Ends(ended, answer=0 in finished)

    def facts(self, body: Mapping[str, Json]) -> ReplyFacts:
        first = next((choice for index, choice in _choices(body) if index == 0), {})
        message = first.get("message") or first.get("delta") or {}
        usage = body.get("usage")
        return ReplyFacts(
            response_id=string(body.get("id")),
            model=string(body.get("model")),
            finish_reason=string(first.get("finish_reason")),
            usage=dict(counts(usage)) if isinstance(usage, dict) else None,
            tool_calls=tuple(_called_names(message)) if isinstance(message, dict) else (),
            citations=tuple(citations(message.get("annotations"))) if isinstance(message, dict) else (),
            issued=tuple(ids(body, ("id",))),
        )

    def attach(self, body: dict[str, Json], explanation: Json) -> None:
        streamed = body.get("object") == "chat.completion.chunk" or any("delta" in item for _, item in _choices(body))
        (_delta(body) if streamed else body)[EXPLANATION] = explanation

    def keeps(self, body: Mapping[str, Json]) -> bool:
        return body.get("store") is True


PROTOCOL = OpenAIChat("openai.chat", "chat")


def content_text(content: Json) -> str:
    """The text of a message's content, its parts joined by newlines."""
    if isinstance(content, str):
        return content
    texts = (part.get("text") or part.get("refusal") for part in objects(content))
    return "\n".join(text for text in texts if isinstance(text, str))


def citations(annotations: Json) -> Iterator[UrlCitation]:
    """The pages that annotations of a text cite."""
    for annotation in objects(annotations):
        cited = annotation.get("url_citation", annotation)
        if isinstance(cited, dict) and isinstance(url := cited.get("url"), str):
            start, end = cited.get("start_index"), cited.get("end_index")
            if type(start) is int and type(end) is int:
                yield UrlCitation(start, end, url, string(cited.get("title")))


OFFSETS = ("start_index", "end_index")
"""Members of a citation that are offsets in the text it belongs to; see `openai.types.chat.chat_completion_message`."""


def move_annotations(annotations: Json, channel: Channel, texts: ReplyTexts) -> None:
    """Let citations point at the same words of the restored text of `channel`."""
    for annotation in objects(annotations):
        for place in (annotation, *(item for item in annotation.values() if isinstance(item, dict))):
            for key in OFFSETS:
                if type(place.get(key)) is int:
                    place[key] = texts.moved(channel, place[key])


def _tools_by_call(messages: list[dict[str, Json]]) -> dict[Json, str]:
    """The tool's name for each tool-call id in the history."""
    names: dict[Json, str] = {}
    for message in messages:
        for call in objects(message.get("tool_calls")):
            if isinstance(call.get("id"), str):
                names[call["id"]] = next(_called_names({"tool_calls": [call]}), "")
    return names


def _called_names(message: Mapping[str, Json]) -> Iterator[str]:
    for call in [*objects(message.get("tool_calls")), {"function": message.get("function_call")}]:
        inner = call.get("function") or call.get("custom")
        if isinstance(inner, dict) and isinstance(inner.get("name"), str):
            yield inner["name"]


def _choices(body: Mapping[str, Json]) -> Iterator[tuple[int, dict[str, Json]]]:
    choices = body.get("choices")
    for position, choice in enumerate(choices if isinstance(choices, list) else ()):
        if isinstance(choice, dict):
            yield _index(choice, position), choice


def _index(item: Mapping[str, Json], position: int) -> int:
    """Which of several an item of a list says it is, else where it stands."""
    index = item.get("index")
    return index if isinstance(index, int) else position


def _delta(chunk: dict[str, Json]) -> dict[str, Json]:
    """The delta of the first choice, made where the chunk that ends it has none; one that is no object is left."""
    choice = next(choice for index, choice in _choices(chunk) if index == 0)
    delta = choice.get("delta")
    if delta is None:
        delta = choice["delta"] = {}
    return delta if isinstance(delta, dict) else {}


def _map_message(choice: int, message: dict[str, Json], change: Callable[[Channel, str], str]) -> None:
    for key, value in message.items():
        if isinstance(value, str) and key not in NOT_TEXT:
            message[key] = change(Channel(choice, key, role=ROLES.get(key, "other")), value)
    for position, part in enumerate(objects(message.get("content"))):
        _map_part(choice, _index(part, position), part, change)
    for position, call in enumerate(objects(message.get("tool_calls"))):
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
