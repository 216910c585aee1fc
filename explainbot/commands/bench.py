"""`explainbot bench`: how well and how fast the checks do on data of your own."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explainbot.commands import terminal
from explainbot.errors import ConfigError
from explainbot.explain.agreement import auroc, cross_balanced, of_answer
from explainbot.explain.grounding import ground

PROGRESS = 2.0
"""Seconds between two lines that say how far it is."""

DATA = """\
Each line of the data is a JSON object: {"sources": [TEXT, ...], "answer": TEXT, "label": 0 or 1}. Label 1 says that the
sources bear the whole answer out; "sentence" may stand for "answer". Rows of one "group" (a dialogue, a document) stay
together where the threshold for balanced accuracy is fitted."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Measure how well grounding agrees with people on labelled data of your own, and how fast it is.

    The data is read and scored on this machine. Exit codes: 0 done, 2 the data cannot be read.
    """
    actions = parser.add_subparsers(title="measures", metavar="WHAT", required=True)
    grounding = actions.add_parser(
        "grounding",
        help="whether the sources bear answers out",
        description=DATA,
    )
    grounding.add_argument("--data", required=True, type=Path, metavar="FILE", help="labelled JSON lines")
    grounding.add_argument(
        "--language", metavar="L", help="ISO 639-1 code of the answers; told from the texts if not given"
    )
    grounding.add_argument("--json", action="store_true", help="as one JSON object")
    grounding.set_defaults(run=run_grounding)


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled answer."""

    sources: tuple[str, ...]
    answer: str
    label: int
    group: str


def run_grounding(options: argparse.Namespace) -> int:
    """Score the data and print the figures; returns the exit code."""
    rows = list(rows_of(options.data))
    if not rows:
        raise ConfigError(f"{options.data} holds no labelled answers")
    scored: list[tuple[str, float, int]] = []
    found: list[int] = []
    spent: list[float] = []
    for row in _watched(rows):
        start = time.perf_counter()
        made = ground(row.answer, row.sources, language=options.language)
        spent.append((time.perf_counter() - start) * 1000)
        score, state = of_answer(made)
        scored.append((row.group, score, row.label))
        if state == "found":
            found.append(row.label)
    figures = _figures(scored, found, spent)
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        terminal.fields((name.replace("_", " "), _shown(figure)) for name, figure in figures.items())
    return 0


def rows_of(path: Path) -> Iterator[Row]:
    """The labelled answers of a file.

    Raises:
        ConfigError: the file cannot be read, or a line of it is no such row; the message names the line.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _row(line, f"line {number} of {path}")
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or type(error).__name__}") from None


def _row(line: str, where: str) -> Row:
    try:
        given: Any = json.loads(line)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise ConfigError(f"{where} is no JSON object")
    sources, answer, label = given.get("sources"), given.get("answer", given.get("sentence")), given.get("label")
    if not isinstance(sources, list) or not all(isinstance(source, str) for source in sources):
        raise ConfigError(f'{where} has no "sources" that are a list of texts')
    if not isinstance(answer, str):
        raise ConfigError(f'{where} has no "answer" that is a text')
    if not isinstance(label, int) or label not in (0, 1):
        raise ConfigError(f'{where} has no "label" that is 0 or 1')
    return Row(tuple(sources), answer, int(label), str(given.get("group", where)))


def _watched(rows: list[Row]) -> Iterable[Row]:
    """The rows, with a line on the error output now and then while they are worked on."""
    said = time.monotonic()
    for number, row in enumerate(rows):
        if time.monotonic() - said >= PROGRESS:
            said = time.monotonic()
            print(f"{number} of {len(rows)} answers", file=sys.stderr, flush=True)
        yield row


def _figures(
    scored: list[tuple[str, float, int]], found: list[int], spent: list[float]
) -> dict[str, float | int | None]:
    """What is printed; None where the data does not tell."""
    labels = {label for *_, label in scored}
    ordered = sorted(spent)
    accuracy = cross_balanced(scored)
    return {
        "answers": len(scored),
        "borne_out": sum(label for *_, label in scored),
        "AUROC": round(auroc([(score, label) for _, score, label in scored]), 4) if len(labels) > 1 else None,
        "balanced_accuracy": None if accuracy is None else round(accuracy, 4),
        "found": len(found),
        "precision_of_found": round(statistics.mean(found), 4) if found else None,
        "median_ms": round(statistics.median(ordered), 3),
        "p95_ms": round(ordered[(len(ordered) * 95 - 1) // 100], 3),
        "answers_per_second": round(1000 * len(spent) / max(sum(spent), 1e-9), 1),
    }


def _shown(figure: float | int | None) -> str:
    return "not known from this data" if figure is None else str(figure)
