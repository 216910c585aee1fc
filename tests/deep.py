"""What a JSON value says, however deep it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any


def strings(value: Any) -> Iterator[str]:
    """Every string in a JSON value, keys included, decoded as often as JSON is nested in strings."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield key
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, str):
        yield value
        try:
            inner = json.loads(value)
        except ValueError:
            return
        if not isinstance(inner, int | float):
            yield from strings(inner)
    elif value is not None:
        yield str(value)
