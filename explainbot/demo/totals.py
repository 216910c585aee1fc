"""The sums over a run of the demo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from explainbot.demo.answers import Answer
from explainbot.demo.tap import Tap
from explainbot.privacy import LABELS

__all__ = ["Totals", "questions"]


def questions(count: int) -> str:
    """The count with its noun: "1 question", "2 questions"."""
    return f"{count} question{'' if count == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the answered questions.

    Attributes:
        hidden: different personal values hidden, summed over the questions, by the label of their placeholders.
        leaked: personal values found in what went upstream.
        statements: statements of the replies that claim something, and of them `found` in the sources.
        received: bytes that the server received and that were searched; 0 where only the traced requests could be.
        seconds: the time of the calls, explanations included.
    """

    questions: int
    hidden: Counter[str]
    leaked: int
    statements: int
    found: int
    received: int
    seconds: float

    @classmethod
    def of(cls, answers: Iterable[Answer], tap: Tap | None) -> Totals:
        """The sums over `answers`; `tap` holds what the server received, where it was kept."""
        done = list(answers)
        claims = [one for answer in done for one in answer.explanation.statements if one.state != "no claim"]
        hidden: Counter[str] = Counter()
        for answer in done:
            hidden.update(
                {LABELS.get(note.entity_type, note.entity_type): note.count for note in answer.explanation.hidden}
            )
        return cls(
            questions=len(done),
            hidden=hidden,
            leaked=sum(answer.leaked for answer in done),
            statements=len(claims),
            found=sum(one.state == "found" for one in claims),
            received=sum(map(len, tap.received())) if tap and tap.complete else 0,
            seconds=sum(answer.seconds for answer in done),
        )

    def lines(self, kind: str) -> list[str]:
        """The sums as sentences."""
        kinds = ", ".join(f"{label.lower()} {count}" for label, count in self.hidden.most_common()) or "none"
        searched = f"all {self.received:,} bytes the server received" if self.received else "the requests as traced"
        return [
            f"{questions(self.questions)} answered in {self.seconds:.0f} s by: {kind}.",
            f"{self.hidden.total()} personal values hidden ({kinds}).",
            f"{self.leaked} leaked: {searched} were searched for every personal value the customers wrote.",
            f"{self.found} of {self.statements} statements in the replies were found in the sources.",
        ]

    def as_json(self) -> dict[str, object]:
        """The sums for `--json`."""
        return {
            "questions": self.questions,
            "hidden": dict(self.hidden),
            "leaked": self.leaked,
            "statements": self.statements,
            "found": self.found,
            "bytes_received": self.received,
            "seconds": round(self.seconds, 3),
        }
