"""How well grounding agrees with people: `python tests/benchmarks/grounding.py FOLDER [--speed]`.

FOLDER holds JSONL files. `ground_*`: {"sources", "sentence", "label" (1 = borne out), "group"}; `attr_*`: {"sources",
"sentence", "gold" (places in sources)}; `resp_*`: {"sources", "answer", "label", "group"}. `ground_tau*` holds only
sentences whose values are right; for each the wrong twin is made here, with one value swapped for one absent from the
sources. Thresholds are fitted on one half of the groups and scored on the other, both ways round.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from explainbot.explain import Statement, ground
from explainbot.explain.agreement import auroc, cross_balanced, of_answer

Row = dict[str, Any]


def rows_of(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


_ID = re.compile(r"\b(?=\w*[A-Z])(?=\w*\d)[A-Z0-9]{5,}\b")
_MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(rf"\b\d{{4}}-\d\d-\d\d\b|\b(?:{'|'.join(_MONTHS)}) \d{{1,2}}\b")
_TIME = re.compile(r"\b\d{1,2}:\d\d\b")
_AMOUNT = re.compile(r"\$\d[\d,]*(?:\.\d+)?")
_NUMBER = re.compile(r"(?<![\w.,:$-])\d{2,6}(?![\w:,-])")


def swapped(row: Row) -> Row | None:
    """The row with one value swapped for one of the same form that no source holds."""
    rng = random.Random(row["id"])
    context = "\n".join(row["sources"]) + row["sentence"]
    places = [
        (kind, match)
        for kind, pattern in enumerate((_ID, _DATE, _TIME, _AMOUNT, _NUMBER))
        for match in pattern.finditer(row["sentence"])
    ]
    if not places:
        return None
    kind, match = rng.choice(places)
    for _ in range(200):
        new = _other(kind, match.group(), rng)
        if _absent(kind, new, context):
            text = row["sentence"][: match.start()] + new + row["sentence"][match.end() :]
            return {**row, "sentence": text, "label": 0, "id": row["id"] + "-swapped"}
    return None


def _absent(kind: int, new: str, context: str) -> bool:
    """Whether a value is in the context in none of the forms these dialogues use."""
    if kind == 1:
        month, day = (
            (new[5:7], int(new[8:]))
            if new[0].isdigit()
            else (f"{_MONTHS.index(new.split(maxsplit=1)[0]) + 1:02}", int(new.split()[1]))
        )
        named = rf"{_MONTHS[int(month) - 1]} {day}(?:st|nd|rd|th)?\b|-{month}-{day:02}|\b{day}(?:st|nd|rd|th)\b"
        return not re.search(named, context)
    if kind == 2:
        hour, minute = map(int, new.split(":"))
        return not re.search(rf"\b0?{hour}:{minute:02}|\b0?{(hour + 11) % 12 + 1}:{minute:02}", context)
    return new not in context and (kind != 3 or not re.search(rf"\b{new[1:]}\b", context))


def _other(kind: int, text: str, rng: random.Random) -> str:
    if kind == 1 and not text[0].isdigit():
        return f"{text.split(maxsplit=1)[0]} {rng.randint(1, 28)}"
    if kind == 1:
        return f"{text[:4]}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    if kind == 2:
        return f"{rng.randint(0, 23):02}:{rng.randrange(0, 60, 5):02}"
    changed = "".join(str(rng.randint(0, 9)) if char.isdigit() else char for char in text)
    return re.sub(r"(?<=\$)0|^0", "7", changed)


def judged(name: str, rows: Iterable[Row]) -> Iterator[tuple[Row, tuple[Statement, ...]]]:
    for row in rows:
        yield row, ground(row.get("sentence") or row["answer"], row["sources"])


def with_twins(name: str, rows: list[Row]) -> list[Row]:
    """The rows and, where a set of dialogues holds right ones only, their wrong twins."""
    if "tau" not in name or not all(row["label"] == 1 for row in rows):
        return rows
    return [twin for row in rows for twin in (row, swapped(row)) if twin]


def labelled(name: str, rows: list[Row]) -> str:
    rows = with_twins(name, rows)
    results = [(row, *of_answer(made), made) for row, made in judged(name, rows)]
    scored = [(str(row["group"]), score, int(row["label"])) for row, score, _, _ in results]
    pairs = [(score, label) for _, score, label in scored]
    found = [row["label"] for row, _, state, _ in results if state == "found"]
    line = (
        f"{name:18} n={len(pairs):5} AUROC={auroc(pairs):.3f} balanced={cross_balanced(scored) or math.nan:.3f}"
        f" | found: {len(found):4} right {statistics.mean(found) if found else float('nan'):.3f}"
        f" recall {sum(found) / max(1, sum(label for _, label in pairs)):.3f}"
    )
    if "tau" in name:
        flagged = [
            1 - row["label"]
            for row, _, _, made in results
            if any(v.state != "found" and v.kind != "name" for one in made for v in one.values)
        ]
        wrong = sum(1 - label for _, label in pairs)
        line += f" | values: precision {statistics.mean(flagged):.3f} recall {sum(flagged) / wrong:.3f}"
    states = Counter((row["label"], state) for row, _, state, _ in results)
    return (
        line
        + "\n"
        + " " * 19
        + "  ".join(f"{label}:{state}={count}" for (label, state), count in sorted(states.items()))
    )


def attributed(name: str, rows: list[Row]) -> str:
    """How often the source quoted first for the (first claiming part of the) sentence is one that people named."""
    hits = []
    for row, made in judged(name, rows):
        by_source: Counter[str] = Counter()
        for one in made:
            for evidence in one.evidence[:1]:
                by_source[evidence.source_id] += evidence.score * len(one.text)  # type: ignore[assignment]
        named = by_source.most_common(1)
        hits.append(bool(named) and int(named[0][0].removeprefix("source-")) - 1 in row["gold"])
    return f"{name:18} n={len(rows):5} top-1={statistics.mean(hits):.3f}"


def speed(folder: Path) -> str:
    """Milliseconds for a 5-sentence answer over 1,500 words of sources, cold and with sources seen before."""
    rows = [row for path in folder.glob("resp_*.jsonl") for row in rows_of(path)]
    words = " ".join(text for row in rows for text in row["sources"]).split(" ")
    answers = [" ".join(row["answer"].split()[:75]) for row in rows]
    cold, warm = [], []
    for number in range(100):
        block = words[number * 700 : number * 700 + 1500]
        sources = [" ".join(block[at : at + 300]) for at in range(0, 1500, 300)]
        answer = answers[number % len(answers)]
        for spent in (cold, warm):
            start = time.perf_counter()
            ground(answer, sources)
            spent.append((time.perf_counter() - start) * 1000)
    return "  ".join(
        f"{name}: p50 {statistics.median(spent):.2f} ms, p95 {sorted(spent)[94]:.2f} ms"
        for name, spent in (("cold", cold), ("seen before", warm))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    for path in sorted(options.folder.glob("*.jsonl")):
        rows = rows_of(path)
        if path.stem.startswith("attr_"):
            print(attributed(path.stem, rows), flush=True)
        elif path.stem.startswith(("ground_", "resp_")):
            print(labelled(path.stem, rows), flush=True)
    if options.speed:
        print(speed(options.folder))


if __name__ == "__main__":
    main()
