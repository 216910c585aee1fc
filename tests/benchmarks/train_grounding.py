"""Fits the regression of `explainbot.explain.grounding`: `python tests/benchmarks/train_grounding.py FOLDER [--write]`.

Logistic regression with an L2 penalty, fitted by Newton's method, each set weighing the same and each label within a
set too. Prints, for each set, AUROC when trained on all sets and when trained without it, and the share of right
"found" by threshold. `--write` puts the weights into the package.
"""

from __future__ import annotations

import argparse
import math
import statistics
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from grounding import Row, auroc, half, rows_of, swapped

from explainbot.explain.grounding import INPUTS, measure
from explainbot.explain.lexicons import LEXICONS
from explainbot.explain.source import Source

PENALTY = 50.0
"""Weight of the squared weights of standardised inputs."""


Example = tuple[str, str, tuple[float, ...], int]
"""Set, group, inputs, label."""


def example(name: str, row: Row) -> Example | None:
    """The inputs of a row: the mean over its statements, by length. None if none claims anything."""
    sources = [Source(f"source-{number}", text) for number, text in enumerate(row["sources"], 1)]
    made = [one for one in measure(row.get("sentence") or row["answer"], sources, LEXICONS.load("en")) if one.claims]
    if not made:
        return None
    weight = sum(len(one.text) for one in made)
    columns = zip(*(one.inputs for one in made), strict=True)
    means = tuple(
        sum(number * len(one.text) for number, one in zip(column, made, strict=True)) / weight for column in columns
    )
    return name, str(row["group"]), means, int(row["label"])


def solve(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """Gaussian elimination with pivots."""
    size = len(vector)
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(column + 1, size):
            factor = rows[row][column] / rows[column][column]
            for place in range(column, size + 1):
                rows[row][place] -= factor * rows[column][place]
    answer = [0.0] * size
    for row in reversed(range(size)):
        rest = sum(rows[row][place] * answer[place] for place in range(row + 1, size))
        answer[row] = (rows[row][size] - rest) / rows[row][row]
    return answer


def fit(examples: Sequence[Example]) -> list[float]:
    """Bias and weights."""
    counts = Counter((name, label) for name, _, _, label in examples)
    scale = len(examples) / len(counts)
    shares = [scale / counts[name, label] for name, _, _, label in examples]
    columns = list(zip(*(numbers for _, _, numbers, _ in examples), strict=True))
    means = [statistics.fmean(column) for column in columns]
    spreads = [statistics.pstdev(column) or 1.0 for column in columns]
    rows = [
        (1.0, *((number - mean) / spread for number, mean, spread in zip(numbers, means, spreads, strict=True)))
        for _, _, numbers, _ in examples
    ]
    standard = newton(rows, [label for *_, label in examples], shares)
    weights = [weight / spread for weight, spread in zip(standard[1:], spreads, strict=True)]
    return [standard[0] - sum(weight * mean for weight, mean in zip(weights, means, strict=True)), *weights]


def newton(rows: Sequence[tuple[float, ...]], labels: Sequence[int], shares: Sequence[float]) -> list[float]:
    """Weights that maximise the penalised likelihood; the first is the bias, without penalty."""
    size = len(rows[0])
    weights = [0.0] * size
    for _ in range(25):
        gradient = [0.0, *(-PENALTY * weight for weight in weights[1:])]
        hessian = [[PENALTY * (row == column > 0) for column in range(size)] for row in range(size)]
        for inputs, label, share in zip(rows, labels, shares, strict=True):
            estimate = chance(weights, inputs)
            curve = share * estimate * (1 - estimate)
            for row in range(size):
                gradient[row] += share * (label - estimate) * inputs[row]
                scaled = curve * inputs[row]
                for column in range(row + 1):
                    hessian[row][column] += scaled * inputs[column]
        for row in range(size):
            for column in range(row):
                hessian[column][row] = hessian[row][column]
        step = solve(hessian, gradient)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return weights


def chance(weights: Sequence[float], inputs: Sequence[float]) -> float:
    total = sum(weight * number for weight, number in zip(weights, inputs, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def score(weights: Sequence[float], numbers: Sequence[float]) -> float:
    return chance(weights, (1.0, *numbers))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    examples: list[Example] = []
    for path in sorted([*options.folder.glob("ground_*.jsonl"), *options.folder.glob("resp_*.jsonl")]):
        rows = rows_of(path)
        if "tau" in path.stem:
            rows = [twin for row in rows for twin in (row, swapped(row)) if twin]
        examples += [made for row in rows if (made := example(path.stem, row))]
    sets = sorted({name for name, *_ in examples})
    whole = fit(examples)
    for name in sets:
        own = [one for one in examples if one[0] == name]
        without = fit([one for one in examples if one[0] != name])
        halves = [fit([one for one in examples if half(one[1]) != side]) for side in (0, 1)]
        split = [
            auroc([(score(halves[side], one[2]), one[3]) for one in own if half(one[1]) == side]) for side in (0, 1)
        ]
        print(
            f"{name:18} n={len(own):5} trained on all {auroc([(score(whole, one[2]), one[3]) for one in own]):.3f}"
            f"  on the other half {statistics.mean(split):.3f}"
            f"  without it {auroc([(score(without, one[2]), one[3]) for one in own]):.3f}"
        )
        for threshold in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95):
            over = [one[3] for one in own if score(whole, one[2]) >= threshold]
            print(
                f"    >= {threshold}: {len(over):4} right {statistics.mean(over) if over else float('nan'):.3f}", end=""
            )
        print()
    for title, weight in zip(("bias", *INPUTS), whole, strict=True):
        print(f"  {title:55} {weight:8.3f}")
    if options.write:
        write(whole)


def write(weights: Sequence[float]) -> None:
    from explainbot.explain import weights as module

    path = Path(module.__file__)
    text = path.read_text().partition("BIAS =")[0]
    numbers = "".join(f"    {weight:.4f},  # {title}\n" for title, weight in zip(INPUTS, weights[1:], strict=True))
    path.write_text(text + f"BIAS = {weights[0]:.4f}\nWEIGHTS = (\n{numbers})\n")


if __name__ == "__main__":
    main()
