"""`explainbot bench`: how well and how fast the checks do on data of your own."""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explainbot.commands import bench_pii, terminal
from explainbot.commands.labelled import objects_of, watched
from explainbot.errors import ConfigError
from explainbot.explain.agreement import auroc, cross_balanced, of_answer
from explainbot.explain.grounding import ground

DATA = """\
Each line of the data is a JSON object: {"sources": [TEXT, ...], "answer": TEXT, "label": 0 or 1}. Label 1 says that the
sources bear the whole answer out; "sentence" may stand for "answer". Rows of one "group" (a dialogue, a document) stay
together where the threshold for balanced accuracy is fitted."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Measure on labelled data of your own how well the checks agree with people, and how fast they are.

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
    bench_pii.add_arguments(actions)


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
    for row in watched(rows, "answers"):
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
    return (_row(given, where) for given, where in objects_of(path))


def _row(given: Mapping[str, Any], where: str) -> Row:
    sources, answer, label = given.get("sources"), given.get("answer", given.get("sentence")), given.get("label")
    if not isinstance(sources, list) or not all(isinstance(source, str) for source in sources):
        raise ConfigError(f'{where} has no "sources" that are a list of texts')
    if not isinstance(answer, str):
        raise ConfigError(f'{where} has no "answer" that is a text')
    if not isinstance(label, int) or label not in (0, 1):
        raise ConfigError(f'{where} has no "label" that is 0 or 1')
    return Row(tuple(sources), answer, int(label), str(given.get("group", where)))


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
