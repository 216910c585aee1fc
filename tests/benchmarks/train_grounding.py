"""Fits the regression of `explainbot.explain.grounding`: `python tests/benchmarks/train_grounding.py FOLDER [--write]`.

Logistic regression with an L2 penalty, fitted by Newton's method, each set weighing the same and each label within a
set too. Prints, for each set, how the whole checker does with weights and threshold fitted on the other half of the
groups, AUROC with weights fitted without the set, and the share of right "found" by threshold. `--write` puts the
weights into the package.
"""

from __future__ import annotations

import argparse
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grounding import Row, rows_of, with_twins

from explainbot.explain.agreement import auroc, balanced, best_threshold, half, of_whole
from explainbot.explain.grounding import INPUTS, Measured, chance, measure, state_of
from explainbot.explain.lexicons import LEXICONS
from explainbot.explain.source import Source

PENALTY = 50.0
"""Weight of the squared weights of standardised inputs: large, for the sake of sets that are not here."""

THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.88, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled row: its set, its group (never parted by a split), its label, and the statements that claim."""

    name: str
    group: str
    label: int
    claims: tuple[Measured, ...]

    @property
    def inputs(self) -> tuple[float, ...]:
        """The mean over its statements, by length."""
        total = sum(len(one.text) for one in self.claims)
        columns = zip(*(one.inputs for one in self.claims), strict=True)
        return tuple(
            sum(number * len(one.text) for number, one in zip(column, self.claims, strict=True)) / total
            for column in columns
        )

    def score(self, weights: Sequence[float]) -> float:
        """The checker's score of the whole with these weights, the bias first."""
        scored = [(len(one.text), state_of(one, chance(one.inputs, weights[0], weights[1:]))[1]) for one in self.claims]
        return of_whole(scored)

    def found(self, weights: Sequence[float]) -> bool:
        """Whether the checker says "found" of all of it."""
        states = {state_of(one, chance(one.inputs, weights[0], weights[1:]))[0] for one in self.claims}
        return states == {"found"}


def example(name: str, row: Row) -> Example:
    sources = [Source(f"source-{number}", text) for number, text in enumerate(row["sources"], 1)]
    made = measure(row.get("sentence") or row["answer"], sources, LEXICONS.load("en"))
    return Example(name, str(row["group"]), int(row["label"]), tuple(one for one in made if one.claims))


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
    examples = [one for one in examples if one.claims]
    counts = Counter((one.name, one.label) for one in examples)
    scale = len(examples) / len(counts)
    shares = [scale / counts[one.name, one.label] for one in examples]
    inputs = [one.inputs for one in examples]
    columns = list(zip(*inputs, strict=True))
    means = [statistics.fmean(column) for column in columns]
    spreads = [statistics.pstdev(column) or 1.0 for column in columns]
    rows = [
        (1.0, *((number - mean) / spread for number, mean, spread in zip(numbers, means, spreads, strict=True)))
        for numbers in inputs
    ]
    standard = newton(rows, [one.label for one in examples], shares)
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
            estimate = chance(inputs, 0.0, weights)
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


def halves(own: Sequence[Example], examples: Sequence[Example]) -> str:
    """AUROC, balanced accuracy and precision of "found", all of it fitted on the other half of the groups."""
    aurocs, accuracies, right = [], [], []
    for side in (0, 1):
        weights = fit([one for one in examples if half(one.group) != side])
        fitted = [(one.score(weights), one.label) for one in own if half(one.group) != side]
        held = [(one.score(weights), one.label) for one in own if half(one.group) == side]
        aurocs.append(auroc(held))
        accuracies.append(balanced(held, best_threshold(fitted)))
        right += [one.label for one in own if half(one.group) == side and one.found(weights)]
    return (
        f"AUROC {statistics.mean(aurocs):.3f}  balanced {statistics.mean(accuracies):.3f}"
        f"  found {len(right):4} right {statistics.mean(right) if right else float('nan'):.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    examples = [
        example(path.stem, row)
        for path in sorted([*options.folder.glob("ground_*.jsonl"), *options.folder.glob("resp_*.jsonl")])
        for row in with_twins(path.stem, rows_of(path))
    ]
    whole = fit(examples)
    for name in sorted({one.name for one in examples}):
        own = [one for one in examples if one.name == name]
        without = fit([one for one in examples if one.name != name])
        print(
            f"{name:18} n={len(own):5} | on the other half: {halves(own, examples)}"
            f" | trained without it: AUROC {auroc([(one.score(without), one.label) for one in own]):.3f}"
            f" | on all: {auroc([(one.score(whole), one.label) for one in own]):.3f}"
        )
        for threshold in THRESHOLDS:
            over = [one.label for one in own if one.claims and chance(one.inputs, whole[0], whole[1:]) >= threshold]
            right = statistics.mean(over) if over else float("nan")
            print(f"    >= {threshold}: {len(over):4} right {right:.3f}", end="")
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
