"""Counts drawn as bars into a PNG file (`pip install "explainbot[plots]"`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

from explainbot.commands.terminal import visible
from explainbot.errors import ConfigError

__all__ = ["draw"]

WIDTH = 8.0
"""Inches; at 144 dots an inch."""

BAR = 0.32
HEAD = 0.9
"""Inches of height for each bar, and for each heading with its room."""

COLOUR = "#2a5d84"
MOST = 60
"""Bars of one chart: the first ones; of days, which come in order, the last ones."""

LONGEST = 40
"""Characters of a name that are shown."""


def draw(figures: Mapping[str, Mapping[str, int]], file: IO[bytes]) -> None:
    """Draw a chart for each heading that has counts, one below the other.

    Raises:
        ConfigError: matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure  # not pyplot: no window, and nothing global
    except ImportError:
        raise ConfigError('a PNG file needs matplotlib: pip install "explainbot[plots]"') from None
    shown = {title: _most(counts) for title, counts in figures.items() if counts} or {"no traces": {"": 0}}
    heights = [HEAD + BAR * len(counts) for counts in shown.values()]
    figure = Figure(figsize=(WIDTH, sum(heights)), dpi=144, layout="constrained")
    charts = figure.subplots(len(shown), 1, squeeze=False, gridspec_kw={"height_ratios": heights})
    for (title, counts), chart in zip(shown.items(), charts[:, 0], strict=True):
        names = [_label(name) for name in counts]
        bars = chart.barh(range(len(names)), [*counts.values()], color=COLOUR)
        chart.bar_label(bars, labels=[f"{count:,}" for count in counts.values()], padding=3)
        chart.set_yticks(range(len(names)), names)
        chart.invert_yaxis()
        chart.margins(x=0.12)
        chart.set_title(title, loc="left", fontweight="bold", parse_math=False)
        chart.spines[["top", "right"]].set_visible(False)
    figure.savefig(file, format="png")


def _most(counts: Mapping[str, int]) -> Mapping[str, int]:
    names = [*counts]
    return {name: counts[name] for name in (names[-MOST:] if names == sorted(names) else names[:MOST])}


def _label(name: str) -> str:
    """A name as text, also where it looks like a formula; what comes from a model may hold anything."""
    text = visible(name).replace("\n", " ")
    return (text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}...").replace("$", r"\$")
