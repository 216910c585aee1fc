"""A JSON text in which some values have changed, every other byte as it came.

What a provider wrote with escapes, spaces or digits of its own stays so. Only where values differ is the text looked
into, and all that is passed over on the way there is read by the parser in C.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, cast

from explainbot import _json
from explainbot.privacy.jsontext import unescape

__all__ = ["spliced"]

_scan = cast(Any, json.JSONDecoder(strict=False)).scan_once
WHITE = " \t\r\n"
_BLANK = f"[{WHITE}]*+"
_SIGN = re.compile(rf'{_BLANK}[{{\[,]{_BLANK}(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"{_BLANK}:{_BLANK})?')
"""What stands ahead of a value in an object or a list."""


def spliced(text: str, new: Any) -> bytes:
    """The JSON text of `new` that differs least from `text`, which is valid."""
    pieces: list[str] = []
    at = 0
    for start, end, written in _edits(text, len(text) - len(text.lstrip(WHITE)), _json.loads(text), new):
        pieces += (text[at:start], written)
        at = end
    pieces.append(text[at:])
    try:
        return "".join(pieces).encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which stays an escape
        return _json.dumps(new)


def _edits(text: str, start: int, old: Any, new: Any) -> Iterator[tuple[int, int, str]]:
    """What to write in place of which spans of the text, in order; `start` is where the value `old` begins."""
    if old == new:
        return
    if isinstance(old, str) and isinstance(new, str):
        yield _string(text, start, old, new)
    elif isinstance(old, dict) and isinstance(new, dict) and [*new][: len(old)] == [*old]:
        yield from _object(text, start, old, new)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for (begin, _), value, other in zip(_members(text, start), old, new, strict=True):
            yield from _edits(text, begin, value, other)
    else:
        yield start, _scan(text, start)[1], _json.compact(new)


def _object(text: str, start: int, old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    members = _members(text, start)
    if not old or len(members) != len(old):  # empty, or a name stands in it twice
        yield start, _scan(text, start)[1], _json.compact(new)
        return
    for (begin, _), (key, value) in zip(members, old.items(), strict=True):
        yield from _edits(text, begin, value, new[key])
    if len(new) > len(old):
        more = {key: new[key] for key in [*new][len(old) :]}
        end = members[-1][1]
        yield end, end, "," + _json.compact(more)[1:-1]


def _members(text: str, start: int) -> list[tuple[int, int]]:
    """The spans of the values in the object or list that begins at `start`."""
    spans = []
    at = start
    while (sign := _SIGN.match(text, at)) and text[sign.end()] not in "}]":
        begin = sign.end()
        at = _scan(text, begin)[1]
        spans.append((begin, at))
    return spans


def _string(text: str, start: int, old: str, new: str) -> tuple[int, int, str]:
    """The edit that makes one string another; what they have in common at either end stays as it is written."""
    end = _scan(text, start)[1]
    raw = text[start + 1 : end - 1]
    if raw == _json.escape(old):
        return start + 1, end - 1, _json.escape(new)
    _, offsets = unescape(raw)
    offsets = offsets or tuple(range(len(raw) + 1))
    head = _common(old, new)
    tail = min(_common(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    first, last = offsets[head], offsets[len(old) - tail]
    return start + 1 + first, start + 1 + last, _json.escape(new[head : len(new) - tail])


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
