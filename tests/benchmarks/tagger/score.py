"""Scores all detectors together on labelled sets: `score.py DATA [--misses SET TYPE] [--extra SET] [--weights FILE]`.

`--types "PERSON ADDRESS LOCATION ORGANIZATION PLACE COMPANY"` hides every place and company, too.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from detection import covered, labelled, mask, rows, show

from explainbot.privacy import Redactor
from explainbot.privacy.detectors import tagger as detector
from explainbot.privacy.tagger.model import unpack
from explainbot.privacy.tagger.spans import spans
from explainbot.privacy.tagger.tagging import Tagger
from explainbot.privacy.thresholds import THRESHOLDS

SETS = ("presidio_synth_v2", "ambientmeta", "datafog_corpus", "sgd_chat")


def try_weights(path: Path | None) -> Tagger:
    """The tagger of the package, or, used in its place from now on, one with other weights."""
    if path:
        detector._TAGGER = Tagger(unpack(path.read_bytes()))
    return detector._TAGGER


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--misses", nargs=2, default=("", ""))
    parser.add_argument("--extra", default="")
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--types", default="PERSON ADDRESS LOCATION ORGANIZATION")
    chosen = parser.parse_args()
    model = try_weights(chosen.weights)
    from explainbot.privacy.detectors import DETECTORS

    plain = Redactor([(name, DETECTORS.load(name)) for name in DETECTORS if name != "tagger"])
    kinds = set(chosen.types.split())
    pooled, total = Counter(), Counter()
    for name in SETS:
        found, of = Counter(), Counter()
        right = hit = 0
        wrong = Counter()
        for row in rows(chosen.data / f"{name}.jsonl"):
            text = row["text"]
            marks = [(i.start, i.end, i.entity_type) for i in plain.detect(text)]
            marks += [
                (i.start, i.end, i.entity_type)
                for i in spans(model, text)
                if i.entity_type in kinds and i.score >= min(THRESHOLDS[i.entity_type], 0.5)
            ]
            hidden = mask(text, ((a, b) for a, b, _ in marks))
            gold = mask(text, iter(labelled(row)))
            for span in row["spans"]:
                good = covered(text, span["start"], span["end"], hidden) >= 0.9
                of[span["type"]] += 1
                found[span["type"]] += good
                if not good and chosen.misses == [name, span["type"]]:
                    show("missed", span["type"], text, span["start"], span["end"])
            hit += sum(hidden[at] for at in range(len(text)) if text[at].isalnum())
            right += sum(hidden[at] & gold[at] for at in range(len(text)) if text[at].isalnum())
            for a, b, kind in marks:
                bad = sum(not gold[at] for at in range(a, b) if text[at].isalnum())
                wrong[kind] += bad
                if bad > 1 and name == chosen.extra:
                    show("extra", kind, text, a, b)
        print(
            f"{name:18} precision {right / max(hit, 1):.3f}",
            {
                k: f"{found[k]}/{of[k]}={found[k] / of[k]:.2f}"
                for k in sorted(of)
                if k in ("PERSON", "ADDRESS", "LOCATION", "ORG", "OTHER", "DATE")
            },
            dict(wrong.most_common(5)),
        )
        pooled.update(found)
        total.update(of)

    def share(*types: str) -> str:
        return f"{sum(pooled[t] for t in types) / sum(total[t] for t in types):.3f}"

    print(
        "PERSON",
        share("PERSON"),
        "ADDRESS",
        share("ADDRESS"),
        "P+A",
        share("PERSON", "ADDRESS"),
        "P+A+L",
        share("PERSON", "ADDRESS", "LOCATION"),
        "LOC",
        share("LOCATION"),
        "ORG",
        share("ORG"),
        "all",
        share(*total),
    )


if __name__ == "__main__":
    main()
