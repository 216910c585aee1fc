"""The demo in a terminal, a pipe or a file: what was written, what was sent, what came back, and why.

Text of customers and models is never read as markup, and its control characters never reach the terminal.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from explainbot import detect
from explainbot.commands.terminal import visible
from explainbot.demo.answers import Answer, Sent
from explainbot.demo.local import HOW_TO_INSTALL, LocalServer
from explainbot.demo.totals import Totals, questions
from explainbot.errors import ConfigError

__all__ = ["Lines", "Screen", "plain"]

PLACEHOLDER = re.compile(r"\[[A-Z_]+_\d+\]")
INDENT = 2
NARROWEST = 20
"""Columns that text may take at least, however narrow the terminal says it is."""
PERSONAL_STYLE = "bold red"
PLACEHOLDER_STYLE = "bold cyan"


class Screen:
    """Writes to the terminal with rich, which knows its width and its colours and honours NO_COLOR.

    Raises:
        ConfigError: rich is not installed.
    """

    def __init__(self) -> None:
        try:
            from rich.console import Console
        except ImportError:
            raise ConfigError("the demo needs rich; pip install 'explainbot[demo]'") from None
        self.console: Any = Console(highlight=False, markup=False, emoji=False, soft_wrap=False)

    def opening(self, server: LocalServer, count: int, store: Path | None) -> None:
        self.sentence(
            f"explainbot demo: {questions(count)} to the support desk of Larkwheel, an invented bicycle shop."
        )
        self.sentence(f"Model: {server.kind}.")
        if not server.is_language_model:
            self.line(f"For a language model on this machine: {HOW_TO_INSTALL}")

    def answer(self, number: int, count: int, answer: Answer, server: LocalServer) -> None:
        self.heading(f"Question {number} of {count}")
        self.block("What the customer wrote", [self._with_personal(answer)])
        self.sent(answer.sent, begun=server.small)
        label = "" if server.is_language_model else " (by the stand-in, no language model)"
        self.block(f"The reply, values put back{label}", [plain(answer.reply)])
        self.block("Why this answer?", [plain(answer.explanation.text.rstrip())])
        self.console.print()
        self.line(f"Trace {answer.explanation.trace_id}  ({answer.seconds:.1f} s)", style="dim")

    def sent(self, messages: Sequence[Sent], *, begun: bool) -> None:
        rows = []
        for message in messages:
            role = "reply, begun" if begun and message is messages[-1] and message.role == "assistant" else message.role
            row = plain(f"{role}: {message.text}")
            row.highlight_regex(PLACEHOLDER, PLACEHOLDER_STYLE)
            row.stylize("dim", 0, len(role) + 1)
            rows.append(row)
        self.block("What really went to the model", rows)

    def summary(self, totals: Totals, server: LocalServer, store: Path | None) -> None:
        self.heading("Summary")
        for line in totals.lines(server.kind):
            self.sentence(line)
        if store is None:
            self.sentence("The traces were kept in memory only; --store FILE keeps them.")
        else:
            self.line(f"The traces are in {store}: explainbot traces list --store {store}")

    def heading(self, title: str) -> None:
        self.console.print()
        self.console.rule(title, align="left")

    def block(self, title: str, texts: Iterable[Any]) -> None:
        self.console.print()
        heading = plain(title)
        heading.stylize("bold")
        self._wrapped(heading)
        for text in texts:
            self._wrapped(text, INDENT)

    def _wrapped(self, text: Any, indent: int = 0) -> None:
        for row in text.wrap(self.console, max(self.console.width - indent, NARROWEST)):
            row.rstrip()
            margin = " " * indent if row.plain else ""
            self.console.print(margin, row, sep="", no_wrap=True, overflow="ignore", crop=False)

    def sentence(self, text: str) -> None:
        """A line of prose, wrapped between words."""
        self._wrapped(plain(text))

    def line(self, text: str, style: str | None = None) -> None:
        """A line to be copied in one piece, however wide."""
        self.console.print(plain(text), style=style, soft_wrap=True)

    @staticmethod
    def _with_personal(answer: Answer) -> Any:
        message = answer.question.message
        text = plain(message)
        for found in detect(message, customer=answer.customer):
            text.stylize(PERSONAL_STYLE, found.start, found.end)
        return text


def plain(text: str) -> Any:
    """Text for rich, without markup and without control characters."""
    from rich.text import Text

    return Text(visible(text))


class Lines:
    """Writes one JSON object a line: the questions in order, then the summary."""

    def opening(self, server: LocalServer, count: int, store: Path | None) -> None:
        self._write({"model": server.model, "kind": server.kind, "questions": count})

    def answer(self, number: int, count: int, answer: Answer, server: LocalServer) -> None:
        self._write(
            {
                "number": number,
                "customer_wrote": answer.question.message,
                "sent": [asdict(message) for message in answer.sent],
                "reply": answer.reply,
                "explanation": answer.explanation.model_dump(mode="json"),
                "trace_id": answer.explanation.trace_id,
                "leaked": answer.leaked,
                "seconds": round(answer.seconds, 3),
            }
        )

    def summary(self, totals: Totals, server: LocalServer, store: Path | None) -> None:
        self._write({"summary": totals.as_json()})

    @staticmethod
    def _write(value: dict[str, object]) -> None:
        sys.stdout.write(json.dumps(value) + "\n")
        sys.stdout.flush()
