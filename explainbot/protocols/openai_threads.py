"""Runs of the older OpenAI assistants: `POST .../threads/.../runs`, streamed.

Events are told apart by the member `object`: `thread.message.delta` brings pieces of a message, `thread.message` the
message as a whole, `thread.run.step.delta` pieces of tool calls (`openai.types.beta.assistant_stream_event`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from explainbot.protocols.base import Channel, Ends, Json, ReplyFacts, ReplyTexts, Role, SentText
from explainbot.protocols.openai_chat import move_annotations
from explainbot.protocols.records import Records, objects, restore_all, string

__all__ = ["PROTOCOL"]


class OpenAIThreads(Records):
    """The wire protocol of runs. What is known of a thread lies at the provider, so a request shows no sources."""

    shows_sources = False
    answers = True
    order = ("tools", "instructions", "additional_instructions", "additional_messages", "thread", "tool_outputs")

    def sent(self, body: Mapping[str, Json]) -> Iterator[SentText]:
        for field in ("instructions", "additional_instructions"):
            if text := string(body.get(field)):
                yield SentText(field, "instructions", text)

    def answered(self, reply: Mapping[str, Json]) -> bool:
        return False  # what a run says is a message of its thread, not the run itself

    def map_chunk(self, chunk: dict[str, Json], texts: ReplyTexts) -> None:
        kind, delta = str(chunk.get("object", "")), chunk.get("delta")
        if not kind.endswith(".delta") or not isinstance(delta, dict):
            restore_all(chunk, texts)
        elif kind == "thread.message.delta":
            for part in objects(delta.get("content")):
                self._part(string(chunk.get("id")) or "", part, texts)
        elif isinstance(details := delta.get("step_details"), dict):
            for call in objects(details.get("tool_calls")):
                _call(string(chunk.get("id")) or "", call, texts)

    def _part(self, message: str, part: dict[str, Json], texts: ReplyTexts) -> None:
        for key in ("text", "refusal"):
            inner = part.get(key)
            holder, member = (inner, "value") if isinstance(inner, dict) else (part, key)
            if isinstance(holder.get(member), str):
                channel = _channel(message, part, "reply" if key == "text" else "refusal")
                holder[member] = texts.feed(channel, holder[member])
                move_annotations(holder.get("annotations"), channel, texts)

    def ends(self, chunk: Mapping[str, Json], spoken: Collection[Channel]) -> Ends | None:
        kind, id = str(chunk.get("object", "")), chunk.get("id")
        if kind.endswith(".delta") or not kind.startswith("thread."):
            return None
        answer = kind == "thread.message" and chunk.get("status") in ("completed", "incomplete")
        return Ends(lambda channel: channel.name == id or kind == "thread.run", answer=answer)

    def facts(self, body: Mapping[str, Json]) -> ReplyFacts:
        return ReplyFacts() if str(body.get("object", "")).endswith(".delta") else super().facts(body)


PROTOCOL = OpenAIThreads("openai.threads", "invoke_agent")


def _channel(id: str, part: Mapping[str, Json], role: Role, *, json: bool = False) -> Channel:
    index = part.get("index")
    return Channel(0, id, index if isinstance(index, int) else 0, role, json)


def _call(step: str, call: dict[str, Json], texts: ReplyTexts) -> None:
    for kind, member in (("function", "arguments"), ("code_interpreter", "input")):
        if isinstance(inner := call.get(kind), dict) and isinstance(inner.get(member), str):
            inner[member] = texts.feed(_channel(step, call, "tool", json=kind == "function"), inner[member])
