"""Explanations in a terminal: set by rich, whole, at any width, and without reading anybody's text as markup."""

from __future__ import annotations

import io
import re
import sys
from datetime import UTC, datetime

import pytest
from rich.console import Console

from explainbot import Explanation
from explainbot.errors import ConfigError
from explainbot.explain import Record, Source, explain
from explainbot.integrations.rich import terminal

MADE = explain(
    Record(
        trace_id="t-1",
        created=datetime(2025, 3, 1, tzinfo=UTC),
        operation="chat",
        provider="openai",
        model="m-1",
        reply="Refunds arrive within 5 working days. Delivery costs [red]$4[/red] \x1b[31m now.",
        sources=(Source("a", "Refunds arrive within 5 working days.", title="[bold]Refund policy"),),
    )
)


def drawn(made: Explanation, *, width: int = 200, colour: bool = False) -> str:
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=colour, color_system="truecolor" if colour else None).print(
        terminal(made)
    )
    return out.getvalue()


def words(text: str) -> list[str]:
    return text.split()


def test_the_words_are_those_of_the_plain_text() -> None:
    assert words(drawn(MADE)) == words(MADE.text)


def test_a_narrow_terminal_cuts_no_line_off() -> None:
    narrow = drawn(MADE, width=30)
    assert max(map(len, narrow.splitlines())) <= 30
    assert words(narrow) == words(MADE.text)


def test_colours_only_repeat_what_is_said() -> None:
    coloured = drawn(MADE, colour=True)
    assert "\x1b[35m" in coloured  # not found
    assert words(re.sub(r"\x1b\[[\d;]*m", "", coloured)) == words(MADE.text)


def test_without_rich_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rich.console", None)
    with pytest.raises(ConfigError, match=r"pip install 'explainbot\[rich\]'"):
        terminal(MADE)
