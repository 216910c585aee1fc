"""Replies in the shapes of the other wire protocols, as their providers write them: whole, or as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from servers import DONE, Reply, Request, cut, frame, json_reply, pieces, sse_reply

Item = dict[str, Any]

USAGE = {
    "input_tokens": 10,
    "input_tokens_details": {"cached_tokens": 0},
    "output_tokens": 5,
    "output_tokens_details": {"reasoning_tokens": 0},
    "total_tokens": 15,
}


# Responses


def spoken(text: str, annotations: Sequence[Mapping[str, Any]] = (), id: str = "msg_1") -> Item:
    """An output item: a message."""
    part = {"type": "output_text", "text": text, "annotations": list(annotations), "logprobs": []}
    return {"id": id, "type": "message", "status": "completed", "role": "assistant", "content": [part]}


def called(name: str, arguments: str) -> Item:
    """An output item: a function call."""
    return {
        "id": "fc_1",
        "type": "function_call",
        "status": "completed",
        "call_id": "call_1",
        "name": name,
        "arguments": arguments,
    }


def thought(summary: str) -> Item:
    """An output item: a reasoning summary."""
    return {"id": "rs_1", "type": "reasoning", "summary": [{"type": "summary_text", "text": summary}]}


def response(*items: Item, id: str = "resp_1", status: str = "completed", **more: Any) -> Item:
    return {
        "id": id,
        "object": "response",
        "created_at": 1760000000,
        "status": status,
        "model": "gpt-test",
        "output": list(items),
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "metadata": {},
        "temperature": 1.0,
        "top_p": 1.0,
        "usage": USAGE if status == "completed" else None,
        **more,
    }


def _started(item: Item) -> Item:
    """An item as it is announced: without what it will say."""
    empty: Item = {key: "" for key in ("arguments", "input", "code") if key in item}
    lists: Item = {key: [] for key in ("content", "summary") if key in item}
    return {**item, **empty, **lists, "status": "in_progress"}


def _item_events(index: int, item: Item, size: int) -> Iterable[Item]:
    where = {"item_id": item["id"], "output_index": index}
    yield {"type": "response.output_item.added", "output_index": index, "item": _started(item)}
    for place, part in enumerate(item.get("content", ())):
        here = {**where, "content_index": place}
        yield {"type": "response.content_part.added", **here, "part": {**part, "text": "", "annotations": []}}
        for piece in pieces(part["text"], size):
            yield {"type": "response.output_text.delta", **here, "delta": piece, "logprobs": []}
        for number, annotation in enumerate(part["annotations"]):
            added = {"annotation_index": number, "annotation": annotation}
            yield {"type": "response.output_text.annotation.added", **here, **added}
        yield {"type": "response.output_text.done", **here, "text": part["text"], "logprobs": []}
        yield {"type": "response.content_part.done", **here, "part": part}
    for place, part in enumerate(item.get("summary", ())):
        here = {**where, "summary_index": place}
        yield {"type": "response.reasoning_summary_part.added", **here, "part": {**part, "text": ""}}
        for piece in pieces(part["text"], size):
            yield {"type": "response.reasoning_summary_text.delta", **here, "delta": piece}
        yield {"type": "response.reasoning_summary_text.done", **here, "text": part["text"]}
        yield {"type": "response.reasoning_summary_part.done", **here, "part": part}
    if "arguments" in item:
        for piece in pieces(item["arguments"], size):
            yield {"type": "response.function_call_arguments.delta", **where, "delta": piece}
        done = {"name": item["name"], "arguments": item["arguments"]}
        yield {"type": "response.function_call_arguments.done", **where, **done}
    yield {"type": "response.output_item.done", "output_index": index, "item": item}


def response_body(*items: Item, size: int = 4, **more: Any) -> bytes:
    """The whole body of a streamed response."""
    begun = response(status="in_progress", **more)
    events: list[Item] = [{"type": f"response.{step}", "response": begun} for step in ("created", "in_progress")]
    for index, item in enumerate(items):
        events += _item_events(index, item, size)
    events.append({"type": "response.completed", "response": response(*items, **more)})
    return b"".join(
        f"event: {event['type']}\n".encode() + frame({**event, "sequence_number": number})
        for number, event in enumerate(events)
    )


def response_reply(request: Request, *items: Item, size: int = 4, cut_at: int | None = None, **more: Any) -> Reply:
    """The response with these items, streamed if the request asked for it."""
    if not (request.body and request.json().get("stream")):
        return json_reply(response(*items, **more))
    data = response_body(*items, size=size, **more)
    return sse_reply((data,) if cut_at is None else cut(data, cut_at))


# Messages


def message_body(*blocks: Item, size: int = 4) -> bytes:
    """The whole body of a streamed message."""
    head = {**message_of(), "usage": {"input_tokens": 10, "output_tokens": 1}, "stop_reason": None}
    events: list[Item] = [{"type": "message_start", "message": head}, {"type": "ping"}]
    for index, block in enumerate(blocks):
        member, kind = ("text", "text_delta") if block["type"] == "text" else ("input", "input_json_delta")
        empty: Any = "" if member == "text" else {}
        events.append({"type": "content_block_start", "index": index, "content_block": {**block, member: empty}})
        said = block["text"] if member == "text" else block["json"]
        for piece in pieces(said, size):
            delta = {"type": kind, "text" if member == "text" else "partial_json": piece}
            events.append({"type": "content_block_delta", "index": index, "delta": delta})
        events.append({"type": "content_block_stop", "index": index})
    ended = {"stop_reason": "end_turn", "stop_sequence": None}
    events += [{"type": "message_delta", "delta": ended, "usage": {"output_tokens": 5}}, {"type": "message_stop"}]
    return b"".join(f"event: {event['type']}\n".encode() + frame(event) for event in events)


def message_of(*blocks: Item) -> Item:
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-test",
        "content": list(blocks),
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 10, "output_tokens": 5},
    }


def message_reply(request: Request, *blocks: Item, size: int = 4, cut_at: int | None = None) -> Reply:
    """The message with these blocks, streamed if the request asked for it."""
    if not request.json().get("stream"):
        return json_reply(message_of(*blocks))
    data = message_body(*blocks, size=size)
    return sse_reply((data,) if cut_at is None else cut(data, cut_at))


# Completions


def text_completion(text: str, finish: str | None = "stop") -> Item:
    choice = {"index": 0, "text": text, "logprobs": None, "finish_reason": finish}
    return {"id": "cmpl-1", "object": "text_completion", "created": 1, "model": "gpt-test", "choices": [choice]}


def text_completion_reply(request: Request, text: str, *, size: int = 4, cut_at: int | None = None) -> Reply:
    """The completion, streamed if the request asked for it."""
    if not request.json().get("stream"):
        return json_reply(text_completion(text))
    chunks = [frame(text_completion(piece, None)) for piece in pieces(text, size)]
    data = b"".join([*chunks, frame(text_completion("")), DONE])
    return sse_reply((data,) if cut_at is None else cut(data, cut_at))
