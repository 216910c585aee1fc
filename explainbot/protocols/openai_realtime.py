"""OpenAI Realtime: what is said in a session over a WebSocket, and the responses that it brings.

A client sends events, one of which asks for a response; what that rests on was said before, in the session's settings
and the items of the conversation (`openai.types.realtime.realtime_client_event`). So a request is what was said so far,
put together by the dialogue on the WebSocket, and the `event`, which alone is sent:

    {"session": {...}, "items": [...], "event": {"type": "response.create", ...}}

What comes back has the form of Responses, with other names for what is spoken, and for the event that ends it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from explainbot.protocols.base import Channel, Ends, Json, ReplyTexts, SentText
from explainbot.protocols.openai_responses import OpenAIResponses
from explainbot.protocols.records import objects, string

__all__ = ["DONE", "PROTOCOL"]

DONE = "response.done"
"""The event that ends a response; it holds the whole response."""

ANSWERS = frozenset({"completed", "incomplete"})
"""What a response is that says something."""

ITEM = "conversation."
"""How events begin that are about the conversation, and not about a response."""

AUDIO = frozenset({"response.output_audio.delta", "response.audio.delta"})
"""Events whose delta is no text."""


class _Beside:
    """The texts of an item of the conversation (a `ReplyTexts`): restored, but no part of what the response says."""

    def __init__(self, texts: ReplyTexts) -> None:
        self._texts = texts
        self.changed, self.surrogates = False, texts.surrogates

    def feed(self, channel: Channel, text: str) -> str:
        return self.whole(channel, text)

    def whole(self, channel: Channel, text: str) -> str:
        return self._texts.whole(replace(channel, choice=1), text)

    def owns(self, id: str | None) -> bool:
        return self._texts.owns(id)

    def moved(self, channel: Channel, offset: int) -> int:
        return self._texts.moved(replace(channel, choice=1), offset)


class OpenAIRealtime(OpenAIResponses):
    """The wire protocol of Realtime."""

    grows = ""
    order = ("session", "items", "event")

    def model(self, body: Mapping[str, Json]) -> str:
        return string(_of(body, "session").get("model")) or ""

    def requests(self, body: Mapping[str, Json], files: Iterable[bytes]) -> Iterator[Mapping[str, Json]]:
        event = _of(body, "event")
        yield {**_of(body, "session"), **_of(event, "session"), **_of(event, "response")}

    def sent(self, body: Mapping[str, Json]) -> Iterator[SentText]:
        session, asked, items = _of(body, "session"), _of(_of(body, "event"), "response"), objects(body.get("items"))
        if instructions := string(asked.get("instructions")) or string(session.get("instructions")):
            yield SentText("instructions", "instructions", instructions)
        if isinstance(asked.get("input"), list):
            known = {item.get("id"): item for item in items}
            given = objects(asked["input"])
            items = [
                known.get(item.get("id"), item) if item.get("type") == "item_reference" else item for item in given
            ]
        yield from self._said("items", items)

    def map_chunk(self, chunk: dict[str, Json], texts: ReplyTexts) -> None:
        kind = str(chunk.get("type"))
        if kind in AUDIO:
            return
        if not kind.startswith(ITEM):
            super().map_chunk(chunk, texts)
        elif "item" in chunk:  # else what was heard, which the provider knows from nobody but the customer
            super().map_chunk(chunk, _Beside(texts))

    def ends(self, chunk: Mapping[str, Json], spoken: Collection[Channel]) -> Ends | None:
        if chunk.get("type") != DONE:
            return super().ends(chunk, spoken)
        answer = _of(chunk, "response").get("status") in ANSWERS
        return Ends(lambda channel: True, answer=answer, stream=True)


PROTOCOL = OpenAIRealtime("openai.realtime", "chat")


def _of(body: Mapping[str, Json], key: str) -> Mapping[str, Json]:
    value = body.get(key)
    return value if isinstance(value, dict) else {}
