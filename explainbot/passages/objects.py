"""Documents in JSON: `[{"title": ..., "text": ..., "url": ...}]`, as search tools return them and bots paste them.

The forms are those of OpenAI's file search (`filename`, `content: [{"type": "text", "text": ...}]`) and of its `search`
and `fetch` tools for connectors (`id`, `title`, `text`, `url`), of LangChain (`page_content`, `metadata`), Tavily
(`title`, `url`, `content`) and web searches (`name` or `title`, `url` or `link`, `snippet`).

Only the string that is the document's text is taken out; its neighbours stay with the message.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from explainbot import _json
from explainbot.passages.base import NAMES, Passage, Place, described, plain_name

TEXTS = tuple(
    "page_content pagecontent document_content content text snippet passage chunk excerpt body answer".split()
)
"""Members that hold a document's text, the surest first. "answer" is that of a list of questions and answers."""

WORDS = 4
"""Words a document's text has at least: `{"name": "Kettle", "text": "blue"}` is a record, not a document. Scripts
without spaces are told by their length."""

TRIES = 50
"""Places in one message at which JSON may begin."""

_START = re.compile(r"(?:^|(?<=[\n:>`]))[ \t]*(?=[\[{])")
_DECODER = json.JSONDecoder()


def find(text: str, place: Place) -> Iterator[Passage]:
    """Documents in the JSON texts of a message."""
    if '"' not in text:
        return
    for start, end in _containers(text):
        read = [node for node in _json.nodes(text, start, end) if node.kind == "object"]
        for node in read:
            passage = _passage(text, node, place)
            if passage is not None:
                yield passage


def _containers(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the JSON objects and arrays that begin a line, or follow a colon or a tag. Each is read once: after one
    that does not hold, the search goes on where reading stopped."""
    at = 0
    for _ in range(TRIES):
        start = _START.search(text, at)
        if start is None:
            return
        try:
            value, at = _DECODER.raw_decode(text, start.end())
        except json.JSONDecodeError as error:
            at = max(error.pos, start.end() + 1)
        except (RecursionError, ValueError):
            return
        else:
            if isinstance(value, dict | list):
                yield start.end(), at


def _passage(text: str, one: _json.Node, place: Place) -> Passage | None:
    by_name = {plain_name(name): node for name, node in one.members.items()}
    body = next((by_name[name] for name in TEXTS if name in by_name and by_name[name].kind == "string"), None)
    if body is None:
        return None
    fields = dict(_particulars(text, one))
    said = _json.unescape(text[body.start : body.end])
    if not any(name in NAMES for name in fields) or (len(said.split()) < WORDS and len(said) < WORDS * 8):
        return None
    about = described(fields)
    return Passage(body.start, body.end, body.start, body.end, said, about)


def _particulars(text: str, one: _json.Node) -> Iterator[tuple[str, str]]:
    """What is said of the document `one`: by its own members, those of its metadata, and by the result it is part of.

    A question is the title of its answer.
    """
    for name, node in one.members.items():
        plain = plain_name(name)
        if node.kind in ("string", "scalar") and plain not in TEXTS:
            yield ("title" if plain == "question" else plain), _json.unescape(text[node.start : node.end])
        elif node.kind == "object" and plain in ("metadata", "meta", "attributes"):
            yield from ((name, value) for name, value in _particulars(text, node))
    above = one.up
    if above is not None and above.kind == "array" and plain_name(above.key) in TEXTS and above.up is not None:
        yield from _particulars(text, above.up)
