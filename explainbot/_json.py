"""JSON as it is on the wire: reading, writing, and the texts in a value."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""The compact JSON text of a value."""


def loads(data: bytes | str) -> Any:
    """The value of a JSON text.

    Raises:
        ValueError: not JSON, not UTF-8, or nested too deeply. The message holds no part of the text.
    """
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError("JSON is nested too deeply") from None
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON at character {error.pos}") from None
    except ValueError:
        raise ValueError("JSON holds a number with too many digits") from None


def loads_object(data: bytes | str) -> dict[str, Any]:
    """The object in a JSON text.

    Raises:
        ValueError: as `loads`, or it is the text of something else.
    """
    value = loads(data)
    if not isinstance(value, dict):
        raise ValueError(f"it must be an object, not {type(value).__name__}")
    return value


def dumps(value: Any) -> bytes:
    """Compact UTF-8, in the form the openai client writes itself; lone surrogates stay as escapes."""
    text = compact(value)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


def escape(text: str) -> str:
    """`text` as it stands inside a JSON string, without the quotes round it."""
    return compact(text)[1:-1]


def is_container(text: str) -> bool:
    """Whether `text` as a whole is a JSON object or array."""
    if not text.lstrip(" \t\r\n").startswith(("{", "[")) or not text.rstrip(" \t\r\n").endswith(("}", "]")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def map_strings(value: Any, change: Callable[[str], str], number: Callable[[str], str] | None = None) -> Any:
    """A copy of a JSON value with every string in it, keys included, passed through `change`; a tuple stays one.

    Args:
        number: numbers of 4 to 40 digits are passed through it; one that is changed becomes a string.
    """

    def mapped(item: Any) -> Any:
        return map_strings(item, change, number)

    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {mapped(key): mapped(item) for key, item in value.items()}
    if type(value) is tuple:
        return tuple(map(mapped, value))
    if isinstance(value, list):
        return [mapped(item) for item in value]
    if number is not None and type(value) in (int, float) and 1_000 <= abs(value) < 10**40:
        digits = str(value)
        return value if (changed := number(digits)) == digits else changed
    return value


def strings(value: Any) -> Iterator[str]:
    """Every text in a value that is text, a list, a tuple or a dictionary; keys are not among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


@dataclass(slots=True, eq=False)
class Node:
    """A value in a JSON text, and where it stands.

    Attributes:
        start, end: its span in the text; of a string, that of its content without the quotes.
        kind: "object", "array", "string" or "scalar".
        key: its name, if it is the member of an object.
        place: its place, if it is an item of an array.
        up: the object or array it stands in.
        members: those of an object, by name as written; of an array, its items by place.
    """

    start: int
    end: int
    kind: str
    key: str = ""
    place: int | None = None
    up: Node | None = None
    members: dict[str, Node] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Names and places from the top: `items[0].price`."""
        steps: list[str] = []
        node: Node | None = self
        while node is not None and node.up is not None:
            steps.append(f"[{node.place}]" if node.place is not None else f".{node.key}")
            node = node.up
        return "".join(reversed(steps)).removeprefix(".")


_NODE = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\],:]|[^\s{}\[\],:"]++', re.DOTALL)


def nodes(text: str, start: int = 0, end: int | None = None) -> Iterator[Node]:
    """Every value of the valid JSON text `text[start:end]`, a container before what is in it. Linear, not recursive."""
    inside: Node | None = None
    key: str | None = None
    for token in _NODE.finditer(text, start, len(text) if end is None else end):
        sign = token[0]
        if sign in "}]":
            assert inside is not None
            inside.end, inside, key = token.end(), inside.up, None
        elif sign == ",":
            key = None
        elif sign[0] == '"' and inside is not None and inside.kind == "object" and key is None:
            key = unescape(sign[1:-1])
        elif sign != ":":
            node = _node(token, inside, key)
            yield node
            if sign in "{[":
                inside, key = node, None


def _node(token: re.Match[str], inside: Node | None, key: str | None) -> Node:
    sign, (start, end) = token[0], token.span()
    kind = {"{": "object", "[": "array", '"': "string"}.get(sign[0], "scalar")
    if kind == "string":
        start, end = start + 1, end - 1
    place = len(inside.members) if inside is not None and inside.kind == "array" else None
    node = Node(start, end, kind, key or "", place, inside)
    if inside is not None:
        inside.members[key or str(place)] = node
    return node


def unescape(content: str) -> str:
    """What the content of a JSON string says."""
    return content if "\\" not in content else str(json.loads(f'"{content}"', strict=False))
