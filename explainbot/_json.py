"""JSON as it is on the wire: reading, writing, and the texts in a value."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any


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


def dumps(value: Any) -> bytes:
    """Compact UTF-8, in the form the openai client writes itself; lone surrogates stay as escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


def escape(text: str) -> str:
    """`text` as it stands inside a JSON string, without the quotes round it."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def is_container(text: str) -> bool:
    """Whether `text` as a whole is a JSON object or array."""
    if not text.lstrip(" \t\r\n").startswith(("{", "[")) or not text.rstrip(" \t\r\n").endswith(("}", "]")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def map_strings(value: Any, change: Callable[[str], str]) -> Any:
    """A copy of a JSON value with every string in it, keys included, passed through `change`; a tuple stays one."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {map_strings(key, change): map_strings(item, change) for key, item in value.items()}
    if type(value) is tuple:
        return tuple(map_strings(item, change) for item in value)
    if isinstance(value, list):
        return [map_strings(item, change) for item in value]
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
