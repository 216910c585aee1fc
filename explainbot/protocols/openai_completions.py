"""OpenAI Completions, the older text interface: `POST .../completions`, whole and streamed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from explainbot.protocols.base import Channel, Ends, Json, ReplyFacts, ReplyTexts, SentText
from explainbot.protocols.records import Records, counts, objects, string

__all__ = ["PROTOCOL"]


class OpenAICompletions(Records):
    """The wire protocol of Completions; a chunk of a stream has the shape of a whole reply."""

    answers = True
    order = ("user", "prompt")

    def sent(self, body: Mapping[str, Json]) -> Iterator[SentText]:
        prompts = body.get("prompt")
        listed = prompts if isinstance(prompts, list) else [prompts]
        for number, prompt in enumerate(listed):
            if isinstance(prompt, str):
                yield SentText(f"prompt-{number}", "customer_message", prompt)

    def map_reply(self, body: dict[str, Json], texts: ReplyTexts) -> None:
        for choice in objects(body.get("choices")):
            if isinstance(choice.get("text"), str):
                choice["text"] = texts.whole(_channel(choice), choice["text"])

    def map_chunk(self, chunk: dict[str, Json], texts: ReplyTexts) -> None:
        for choice in objects(chunk.get("choices")):
            if isinstance(choice.get("text"), str):
                choice["text"] = texts.feed(_channel(choice), choice["text"])

    def ends(self, chunk: Mapping[str, Json], spoken: Collection[Channel]) -> Ends | None:
        finished = [_channel(choice).choice for choice in objects(chunk.get("choices")) if choice.get("finish_reason")]
        return Ends(lambda channel: channel.choice in finished, answer=0 in finished) if finished else None

    def facts(self, body: Mapping[str, Json]) -> ReplyFacts:
        usage = body.get("usage")
        reasons = [string(choice.get("finish_reason")) for choice in objects(body.get("choices"))]
        return ReplyFacts(
            response_id=string(body.get("id")),
            model=string(body.get("model")),
            finish_reason=next(iter(reasons), None),
            usage=dict(counts(usage)) if isinstance(usage, dict) else None,
        )


PROTOCOL = OpenAICompletions("openai.completions", "text_completion")


def _channel(choice: Mapping[str, Json]) -> Channel:
    index = choice.get("index")
    return Channel(index if isinstance(index, int) else 0, "text", role="reply")
