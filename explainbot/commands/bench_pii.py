"""`explainbot bench pii`: how much personal data the detectors find in labelled data of your own, and how fast.

A labelled span counts as found when what was detected covers at least nine tenths of its letters and digits, whatever
type was given: what matters is that it does not leave. Precision is the share of the letters and digits detected that
lie in labelled spans, so it is a lower bound where labels are incomplete.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explainbot.commands import terminal
from explainbot.commands.labelled import objects_of, watched
from explainbot.errors import ConfigError

if TYPE_CHECKING:
    from explainbot.privacy import Detector, Redactor

__all__ = ["add_arguments"]

ENOUGH = 0.9
"""The share of a span's letters and digits that has to be covered."""

DATA = """\
Each line of the data is a JSON object: {"text": TEXT, "spans": [{"start": N, "end": N, "type": NAME}, ...]}. Offsets
count code points and are half-open. "ignore" may list further spans, [[START, END], ...], that are neither missed nor
wrong. Any other field can be the group by which the figures are told apart."""

Span = tuple[int, int, str]


def add_arguments(actions: Any) -> None:
    """`explainbot bench pii` among the measures."""
    parser = actions.add_parser("pii", help="how much personal data is found", description=DATA)
    parser.add_argument("--data", required=True, type=Path, metavar="FILE", help="labelled JSON lines")
    parser.add_argument("--group", metavar="FIELD", help="also tell the figures apart by this field of the lines")
    parser.add_argument(
        "--detectors",
        default="",
        metavar="NAMES",
        help="detectors to add, with commas between them: ner,spacy,presidio",
    )
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    parser.set_defaults(run=run)


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """A labelled text. Its `repr` shows none of it."""

    text: str
    spans: tuple[Span, ...]
    ignored: tuple[tuple[int, int], ...]
    group: str


@dataclass(slots=True)
class Count:
    """Spans and characters, of one type or one group."""

    spans: int = 0
    found: int = 0
    detected: int = 0
    right: int = 0

    def figures(self) -> dict[str, float | int | None]:
        return {"spans": self.spans, "found": self.found, "recall": _share(self.found, self.spans)}


@dataclass(slots=True)
class Score:
    """What came of all rows."""

    total: Count = field(default_factory=Count)
    types: defaultdict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    groups: defaultdict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    given: Counter[str] = field(default_factory=Counter)
    unlabelled: int = 0
    flagged: int = 0
    spent: list[float] = field(default_factory=list)
    size: int = 0


def run(options: argparse.Namespace) -> int:
    """Score the data and print the figures; returns the exit code.

    Raises:
        ConfigError: the data cannot be read, holds no labelled texts, or a detector is not known or not installed.
    """
    rows = [_row(given, where, options.group) for given, where in objects_of(options.data)]
    if not rows:
        raise ConfigError(f"{options.data} holds no labelled texts")
    redactor = _redactor(options.detectors)
    score = Score()
    for row in watched(rows, "texts"):
        _count(score, row, redactor)
    figures = _figures(score, by_group=options.group is not None)
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        _show(figures, options.group)
    return 0


def _redactor(names: str) -> Redactor:
    from explainbot.detectors import HEAVY
    from explainbot.privacy import Redactor

    chosen: list[tuple[str, Detector]] = []
    for name in filter(None, map(str.strip, names.split(","))):
        detector = HEAVY.load(name)()
        getattr(detector, "load", lambda: None)()  # so that loading counts for no text
        chosen.append((name, detector))
    redactor = Redactor(extra=chosen)
    redactor.detect("Hello")
    return redactor


def _row(given: Mapping[str, Any], where: str, group: str | None) -> Row:
    text, spans, ignored = given.get("text"), given.get("spans"), given.get("ignore", [])
    if not isinstance(text, str):
        raise ConfigError(f'{where} has no "text" that is a text')
    if not isinstance(spans, list) or not isinstance(ignored, list):
        raise ConfigError(f'{where} has no "spans" that are a list')
    try:
        labelled = tuple((*_bounds(span["start"], span["end"], text), str(span["type"])) for span in spans)
        left = tuple(_bounds(start, end, text) for start, end in ignored)
    except (KeyError, TypeError, ValueError):
        raise ConfigError(f'{where} has a span without "start", "end" and "type", or one that lies outside') from None
    if group is not None and group not in given:
        raise ConfigError(f"{where} has no field {group!r}")
    return Row(text, labelled, left, str(given[group]) if group is not None else "")


def _bounds(start: Any, end: Any, text: str) -> tuple[int, int]:
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise ValueError
    return start, end


def _count(score: Score, row: Row, redactor: Redactor) -> None:
    redactor.remembered.clear()  # each text is timed as if it were the first
    start = time.perf_counter()
    detected = redactor.detect(row.text)
    score.spent.append((time.perf_counter() - start) * 1000)
    score.size += len(row.text.encode("utf-8", "replace"))
    hidden = _places(row.text, ((item.start, item.end) for item in detected))
    right = hidden & _places(row.text, [*((start, end) for start, end, _ in row.spans), *row.ignored])
    group = score.groups[row.group]
    for start, end, kind in row.spans:
        wanted = _places(row.text, [(start, end)])
        good = len(wanted & hidden) >= ENOUGH * len(wanted)
        for count in (score.total, score.types[kind], group):
            count.spans += 1
            count.found += good
    for count in (score.total, group):
        count.detected += len(hidden)
        count.right += len(right)
    score.given.update(item.entity_type for item in detected)
    if not row.spans and not row.ignored:
        score.unlabelled += 1
        score.flagged += bool(detected)


def _places(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    """Where the letters and digits of the spans stand."""
    return {at for start, end in spans for at in range(start, end) if text[at].isalnum()}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _figures(score: Score, *, by_group: bool) -> dict[str, Any]:
    """What is printed; None where the data does not tell."""
    spent = sorted(score.spent)
    groups = {
        name: count.figures() | {"precision": _share(count.right, count.detected)}
        for name, count in sorted(score.groups.items())
    }
    return {
        "texts": len(spent),
        **score.total.figures(),
        "precision": _share(score.total.right, score.total.detected),
        "texts_without_labels": score.unlabelled,
        "of_them_flagged": score.flagged,
        "median_ms": round(statistics.median(spent), 3),
        "p99_ms": round(spent[(len(spent) * 99 - 1) // 100], 3),
        "megabytes_per_second": round(score.size / max(sum(spent), 1e-9) / 1000, 3),
        "types": {name: count.figures() for name, count in sorted(score.types.items())},
        **({"groups": groups} if by_group else {}),
        "detected": dict(sorted(score.given.items())),
    }


def _show(figures: Mapping[str, Any], group: str | None) -> None:
    plain = {name: figure for name, figure in figures.items() if not isinstance(figure, dict)}
    terminal.fields((name.replace("_", " "), _shown(figure)) for name, figure in plain.items())
    print()
    terminal.table(["type", "spans", "found", "recall"], _lines(figures["types"]))
    if group is not None:
        print()
        terminal.table([group, "spans", "found", "recall", "precision"], _lines(figures["groups"]))


def _lines(table: Mapping[str, Mapping[str, Any]]) -> Iterator[Sequence[str]]:
    for name, figures in table.items():
        yield [name, *map(_shown, figures.values())]


def _shown(figure: float | int | None) -> str:
    return "not known" if figure is None else str(figure)
