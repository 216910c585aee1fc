"""The texts of chat messages: read, changed, and moved into each other's places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

__all__ = ["changed", "rotation", "texts_of"]


def texts_of(messages: Iterable[Any]) -> list[str]:
    """The texts of the messages, in order."""
    texts: list[str] = []

    def note(text: str) -> str:
        texts.append(text)
        return text

    changed(messages, note)
    return texts


def changed(messages: Iterable[Any], change: Callable[[str], str]) -> list[Any]:
    """The messages with every text of their content changed."""

    def part(item: Any) -> Any:
        if isinstance(item, dict) and isinstance(item.get("text"), str):
            return {**item, "text": change(item["text"])}
        return item

    def content(value: Any) -> Any:
        if isinstance(value, str):
            return change(value)
        return [part(item) for item in value] if isinstance(value, list) else value

    return [
        {**message, "content": content(message["content"])}
        if isinstance(message, dict) and "content" in message
        else message
        for message in messages
    ]


def rotation(forms: Sequence[str], shift: int) -> Callable[[str], str]:
    """Puts each of `forms` where the one `shift` places before it stands."""
    marks = {form: f"\ufdd0{number}\ufdd1" for number, form in enumerate(forms)}
    moved = {f"\ufdd0{number}\ufdd1": forms[(number + shift) % len(forms)] for number in range(len(forms))}

    def change(text: str) -> str:
        for old, new in (*sorted(marks.items(), key=lambda item: -len(item[0])), *moved.items()):
            text = text.replace(old, new)
        return text

    return change
