"""How much the tagger finds of names it has never seen, by group: `python tests/benchmarks/tagger/groups.py`.

For each group, sentences that are in no training text (`templates/groups.txt`), in English for names in Latin letters,
with names that were kept from training and from the lexicon; for other scripts the templates of their language, with
such names. A name counts as found when 90 % of its letters are hidden, by all detectors together.
The last column is the same for texts without capitals.
Then the sentences of `templates/nobody.txt`, in which nobody is named: how many of them are hit, and where.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from detection import covered, mask
from generate import WEIGHTS, P, Writer, sentences
from score import try_weights

from explainbot.privacy import Redactor

LANGUAGE = {"cyrillic": "ru", "arabic letters": "ar", "greek letters": "el", "devanagari": "hi", "han": "zh",
            "kana and kanji": "ja", "hangul": "ko"}  # fmt: skip
GROUPS = [group for group in WEIGHTS if group not in ("uzbek", "ghanaian", "kenyan", "zulu", "pakistani")]


def texts(group: str, count: int, seed: int) -> list[list[tuple[str, int]]]:
    """Texts with a name of the group in each, as pieces."""
    writer = Writer(seed, held=True, group=group)
    made = []
    while len(made) < count:
        pieces = writer.sentence(LANGUAGE.get(group, "groups"))
        if any(label == P for _, label in pieces):
            made.append(pieces)
    return made


def recall(group: str, count: int, lower: bool = False) -> float:
    """The share of the names that is found."""
    redactor = Redactor()
    found = total = 0
    for pieces in texts(group, count, 977):
        said = [(text.lower() if lower else text, label) for text, label in pieces]
        text = "".join(part for part, _ in said)
        hidden = mask(text, ((item.start, item.end) for item in redactor.detect(text)))
        at = 0
        for part, label in said:
            if label == P and len(part.strip()) > 1:
                total += 1
                found += covered(text, at, at + len(part), hidden) >= 0.9
            at += len(part)
    return found / total


def hit_nobody() -> None:
    """Prints what is hit in sentences in which nobody is named."""
    redactor = Redactor()
    lines = sentences("nobody")
    hit = [(line, found) for line in lines if (found := redactor.detect(line))]
    print(f"\nNobody is named, something is hit: {len(hit)} of {len(lines)}")
    for line, found in hit:
        print("  ", [line[item.start : item.end] for item in found], "in", line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=300, help="texts for each group")
    parser.add_argument("--weights", type=Path, help="what `train.py --blind FILE` wrote: without the names asked for")
    chosen = parser.parse_args()
    try_weights(chosen.weights)
    print("| names | found | without capitals |\n|---|---|---|")
    shares = []
    for group in [*GROUPS, *LANGUAGE]:
        share = recall(group, chosen.texts)
        shares.append((group, share))
        lower = "-" if group in LANGUAGE else f"{recall(group, chosen.texts, True):.1%}"
        print(f"| {group} | {share:.1%} | {lower} |", flush=True)
    hit_nobody()
    latin = [share for group, share in shares if group not in LANGUAGE]
    print(f"\nLatin letters: worst {min(latin):.1%}, best {max(latin):.1%}")


if __name__ == "__main__":
    main()
