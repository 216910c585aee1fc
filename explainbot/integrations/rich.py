"""A terminal: an explanation set with rich, at the terminal's own width.

    from rich.console import Console
    Console().print(terminal(explanation))

Every state is said in words; bold, italics and colours only repeat it, and rich leaves them out where NO_COLOR is set
or the output is no terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from explainbot.errors import ConfigError
from explainbot.explain import Explanation
from explainbot.explain.lines import Line
from explainbot.explain.rendering import plain_part
from explainbot.explain.view import view

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from explainbot.explain.languages import Language

__all__ = ["terminal"]

STYLES = {
    "found": "green",
    "partly found": "yellow",
    "not found": "magenta",
    "conflicts": "red",
    "quote": "italic",
    "said": "bold",
    "link": "underline",
}
"""Of a statement's state, and of a part by its role."""


def terminal(explanation: Explanation) -> Group:
    """The explanation's details as a rich renderable.

    Raises:
        ConfigError: rich is not installed.
    """
    try:
        from rich.console import Group
        from rich.table import Table
    except ImportError:
        raise ConfigError("explanations in a terminal need rich: pip install 'explainbot[rich]'") from None
    shown = view(explanation)
    words = shown.language
    drawn: list[Text | Table] = [_text(shown.headline, words)]
    for section in shown.sections:
        points = Table.grid(padding=(0, 1, 0, 0))
        for number, item in enumerate(section.items, 1):
            states = (STYLES.get(item.state, "") if place == 0 else "" for place in range(len(item.below)))
            below = (_text(line, words, style) for line, style in zip(item.below, states, strict=True))
            bullet = f"{number}." if section.numbered and item.state else "-"
            points.add_row(bullet, Group(_text(item.line, words), *below))
        drawn += [_plain(f"\n{section.title}", "bold underline"), points]
    return Group(*drawn)


def _plain(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(text, style)


def _text(line: Line, words: Language, style: str = "") -> Text:
    """A line; no part of it is read as markup."""
    made = _plain("", style)
    for part in line:
        made.append(plain_part(part, words), STYLES.get(part.role))
    return made
