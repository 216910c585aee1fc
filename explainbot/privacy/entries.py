"""What a vault writes down of each value: the placeholder, the value, and how it stands in a JSON text."""

from __future__ import annotations

import json
from dataclasses import dataclass

__all__ = ["Entry", "Written"]


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """How a value stands in a JSON text.

    Attributes:
        content: what the placeholder replaced, as written: string content with its escapes, or a number.
        quotes: what was put on both sides of the placeholder; empty inside a string, `"` for a number.
    """

    content: str
    quotes: str = ""

    def reads_as(self, value: str) -> bool:
        """Whether this is `value` written as plain JSON string content."""
        if self.quotes:
            return False
        try:
            return bool(json.loads(f'"{self.content}"', strict=True) == value)
        except ValueError:
            return False


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One thing that a vault learned.

    Attributes:
        placeholder: in canonical form, such as `[EMAIL_1]`; or the surrogate.
        original, entity_type: the value behind it.
        written: how it stands in a JSON text.
        apart: it stands for the value in this notation alone, beside another placeholder for the value.
        foreign: the value is somebody else's, or turned out not to be; None if nothing is said of that.
    """

    placeholder: str
    original: str
    entity_type: str
    written: Written | None = None
    apart: bool = False
    foreign: bool | None = None

    @property
    def key(self) -> tuple[str, Written | None]:
        """What the placeholder is found by."""
        return self.original, self.written if self.apart else None
