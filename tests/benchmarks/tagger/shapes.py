"""What is found in messages of many shapes: `python tests/benchmarks/tagger/shapes.py [--misses SHAPE] [--extra SHAPE]`.

Signatures, chats in lower case, transcripts, heads of e-mails, lists, tables, JSON, forms, addresses, where somebody
lives, works and was born, in ten languages: `templates/shapes.txt`. Its sentences are in no training text, and the names
were kept from training and from the lexicon. By shape: the share of what is to be hidden that is found, and the letters
that are hit beside it (towns and companies do not count there), in each thousand.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from detection import covered, mask, show
from generate import MONTHS, A, G, L, O, P, Piece, Writer, pick
from score import try_weights

from explainbot.privacy import Redactor

LANGUAGES = ("de", "fr", "es", "it", "nl", "pt", "pl", "tr", "sv")
RULE = 5
"""What is found by rules, and neither counted nor held against them."""
WANTED = {"home": (L,), "work": (G,)}
"""What is to be hidden where it is not people and addresses."""

KEPT = str.maketrans("()|", "\ue000\ue001\ue002")
SIGNS = str.maketrans("\ue000\ue001\ue002", "()|")
"""Signs that mean a choice in templates stand for themselves here."""

JOBS = """Senior Manager|Account Executive|Procurement Lead|Office Manager|Founder & CEO|Senior Software Engineer|Head of Finance|Paralegal
|Store Manager|Operations Director|VP Marketing|Project Coordinator|Chief Technology Officer|Staff Nurse|Facilities Supervisor|Consultant"""


class Shaped(Writer):
    """Fills the slots that only these messages have; names are held out."""

    def slot_NAME(self) -> Sequence[Piece]:
        return [(text.upper(), label) for text, label in self.slot_name()]

    def slot_email(self) -> Sequence[Piece]:  # type: ignore[override]
        return [(super().slot_email(), RULE)]

    def slot_phone(self) -> Sequence[Piece]:  # type: ignore[override]
        return [(super().slot_phone(), RULE)]

    def slot_title(self) -> str:
        return pick(self.rng, "Mr|Mrs|Ms|Mr.|Mrs.|Ms.|Dr|Dr.|Miss")

    def slot_jobtitle(self) -> str:
        return pick(self.rng, JOBS.replace("\n", ""))

    def slot_initial(self) -> Sequence[Piece]:
        return [(self.rng.choice("ABCDEFGHJKLMNPRSTW"), P)]

    def slot_birthday(self) -> Sequence[Piece]:
        day, month, year = self.rng.randint(1, 28), self.rng.randint(1, 12), self.rng.randint(1935, 2022)
        name = pick(self.rng, MONTHS)
        return [(self.rng.choice([
            f"{day} {name} {year}", f"{name} {day}, {year}", f"{day:02d}/{month:02d}/{year}", f"{month}/{day}/{year % 100:02d}",
            f"{year}-{month:02d}-{day:02d}", f"{day:02d}.{month:02d}.{year}", f"{name} {day} {year}", f"{day}th {name} {year}",
            f"{day:02d}-{month:02d}-{year}", f"{name} {day}th", f"the {day}th of {name} {year}", f"{day}-{name[:3]}-{year}",
        ]), P)]  # fmt: skip


def shapes() -> dict[str, list[str]]:
    """Templates by shape."""
    found: dict[str, list[str]] = defaultdict(list)
    shape = ""
    for line in (Path(__file__).parent / "templates" / "shapes.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            shape = line[3:]
        elif line and not line.startswith(";;"):
            found[shape].append(line)
    return found


def score(
    shape: str, templates: list[str], rounds: int, show_misses: bool, show_extra: bool
) -> tuple[int, int, int, int]:
    """Spans found, all spans, letters hit beside them, and all letters."""
    writer, redactor = Shaped(4241, held=True), Redactor()
    writer.language = shape if shape in LANGUAGES else "en"
    wanted = WANTED.get(shape, (P, A))
    found = total = beside = letters = 0
    for template in templates * rounds:
        pieces = [(part.translate(SIGNS), label) for part, label in writer.fill(template.translate(KEPT))]
        if shape == "lower":
            pieces = [(part.lower(), label) for part, label in pieces]
        text = "".join(part for part, _ in pieces)
        hits = redactor.detect(text)
        hidden, gold = mask(text, ((item.start, item.end) for item in hits)), bytearray()
        for part, label in pieces:
            start = len(gold)
            gold += bytes([label != O]) * len(part)
            if label not in wanted or len(part.strip(" .")) < 2:
                continue
            total += 1
            good = covered(text, start, len(gold), hidden) >= 0.9
            found += good
            if not good and show_misses:
                show("missed", "OPALGR"[label], text, start, len(gold))
        for item in hits if show_extra else ():
            if not any(gold[item.start : item.end]):
                show("extra", item.entity_type, text, item.start, item.end)
        beside += sum(hidden[at] and not gold[at] for at in range(len(text)) if text[at].isalnum())
        letters += sum(map(str.isalnum, text))
    return found, total, beside, letters


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=12, help="times each template is filled")
    parser.add_argument("--misses", default="", metavar="SHAPE")
    parser.add_argument("--extra", default="", metavar="SHAPE")
    parser.add_argument("--weights", type=Path, help="what `train.py --blind FILE` wrote: without the names asked for")
    chosen = parser.parse_args()
    try_weights(chosen.weights)
    pooled = [0, 0, 0, 0]
    print("| shape | found | beside, of 1,000 letters |\n|---|---|---|")
    for shape, templates in shapes().items():
        counts = score(shape, templates, chosen.rounds, chosen.misses in (shape, "all"), chosen.extra in (shape, "all"))
        pooled = [sum(pair) for pair in zip(pooled, counts, strict=True)]
        print(f"| {shape} | {counts[0] / counts[1]:.1%} | {1000 * counts[2] / counts[3]:.0f} |")
    print(f"| all | {pooled[0] / pooled[1]:.1%} of {pooled[1]} | {1000 * pooled[2] / pooled[3]:.0f} |")


if __name__ == "__main__":
    main()
