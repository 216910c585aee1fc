"""How much the detectors with a model of their own find besides the rules, what they cost, and what else they hit.

    python tests/benchmarks/detection_heavy.py DATA [--detectors "" ner "ner,spacy"]

DATA as in `detection.py`. Recall is pooled over all sets that are there: a span counts as found when nine tenths of its
letters and digits are covered, whatever the type. Names and addresses are PERSON and ADDRESS; with places, LOCATION
too. Precision, by letters and digits, is that of presidio_synth_v2, the one set whose labels are complete. Flagged are
texts without anything to find. Times are CPU milliseconds for messages of 200 to 400 characters, each read once.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

from detection import covered, labelled, mask, messages, rows

from explainbot.detectors import HEAVY
from explainbot.privacy import Redactor

KINDS = {
    "all": None,
    "names and addresses": {"PERSON", "ADDRESS"},
    "with places": {"PERSON", "ADDRESS", "LOCATION"},
    "PERSON": {"PERSON"},
    "ADDRESS": {"ADDRESS"},
}


def redactor_of(names: str) -> Redactor:
    chosen = [(name, HEAVY.load(name)()) for name in names.split(",") if name]
    redactor = Redactor(extra=chosen)
    redactor.detect("warm up: jane@example.com")
    return redactor


def quality(folder: Path, redactor: Redactor) -> list[str]:
    found = {kind: [0, 0] for kind in KINDS}
    right = hit = flagged = negatives = 0
    for path in sorted(folder.glob("*.jsonl")):
        for row in rows(path):
            text = row["text"]
            detected = redactor.detect(text)
            hidden = mask(text, ((item.start, item.end) for item in detected))
            for span in row["spans"]:
                good = covered(text, span["start"], span["end"], hidden) >= 0.9
                for kind in (kind for kind, types in KINDS.items() if types is None or span["type"] in types):
                    found[kind][0] += good
                    found[kind][1] += 1
            if path.stem == "presidio_synth_v2":
                gold = mask(text, iter(labelled(row)))
                hit += sum(hidden[at] for at in range(len(text)) if text[at].isalnum())
                right += sum(hidden[at] & gold[at] for at in range(len(text)) if text[at].isalnum())
            if not labelled(row):
                negatives += 1
                flagged += bool(detected)
    shares = [f"{100 * good / max(of, 1):.1f}" for good, of in found.values()]
    return [*shares, f"{100 * right / max(hit, 1):.1f}", f"{flagged}/{negatives}"]


def cost(texts: list[str], redactor: Redactor) -> list[str]:
    spent = []
    for text in dict.fromkeys(texts):
        start = time.process_time()
        redactor.detect(text + " ")  # not as it was seen before
        spent.append((time.process_time() - start) * 1000)
    spent.sort()
    return [f"{statistics.median(spent):.2f}", f"{spent[len(spent) * 99 // 100]:.2f}"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of JSONL files")
    parser.add_argument("--detectors", nargs="+", default=["", "ner", "spacy", "ner,spacy"], metavar="NAMES")
    chosen = parser.parse_args()
    texts = messages(chosen.data)[:300]
    print(" | ".join(["added", *KINDS, "precision", "flagged", "p50 ms", "p99 ms"]))
    for names in chosen.detectors:
        redactor = redactor_of(names)
        print(" | ".join([names or "none", *quality(chosen.data, redactor), *cost(texts, redactor)]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
