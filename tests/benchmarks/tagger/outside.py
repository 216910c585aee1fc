"""Turns of a labelled set in which something is hit outside the labels, to be read: `outside.py FILE [--all]`.

Labels of chats are never complete, so whether a hit is false is for a reader to say: each turn is printed with what is
hit in it between `>>` and `<<`, and the types. `--all` prints hits that touch a label, too.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from detection import labelled, made, mask, rows

from explainbot.privacy import Detection


def marked(text: str, hits: Sequence[Detection]) -> str:
    """The text with each hit between signs."""
    for hit in sorted(hits, key=lambda one: -one.start):
        text = f"{text[: hit.start]}>>{text[hit.start : hit.end]}<<{text[hit.end :]}"
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="JSONL as for detection.py")
    parser.add_argument("--all", action="store_true", help="hits that touch a label, too")
    chosen = parser.parse_args()
    redactor, read, listed = made(), 0, 0
    for row in rows(chosen.file):
        read += 1
        gold = mask(row["text"], iter(labelled(row)))
        hits = [
            hit for hit in redactor.detect(row["text"]) if not (all if chosen.all else any)(gold[hit.start : hit.end])
        ]
        if hits:
            listed += 1
            print(f"{row['id']} {[hit.entity_type for hit in hits]} {marked(row['text'], hits)!r}")
    print(f"{listed} of {read} turns are hit outside the labels")


if __name__ == "__main__":
    main()
