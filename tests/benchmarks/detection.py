"""How much personal data the detectors find, how much else they hit, and how fast they are.

    python tests/benchmarks/detection.py DATA [--rules] [--misses SET] [--extra SET]

DATA is a folder of JSONL files, a line being {"id", "text", "spans": [{"start", "end", "type"}]}; offsets count code
points.
A span counts as found when the detections cover at least 90 % of its letters and digits, whatever type they give.
Precision is by letters and digits too; that of the pooled rows is of presidio_synth_v2. Speed is for all detectors
together, over chat messages of 200 to 400 characters made of the texts of DATA, and for hostile strings as the time of
1 MB over the time of 100 KB (10 is linear).
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hostile import HOSTILE

from explainbot.privacy import Customer, Redactor
from explainbot.privacy.detectors import DETECTORS

PATTERN_TYPES = ("EMAIL", "PHONE", "CREDIT_CARD", "IBAN", "NATIONAL_ID", "IP_ADDRESS", "URL")
CUSTOMER = Customer(
    id="C-104422",
    name="Mia Garcia-Lopez",
    email="mia.g@example.com",
    phone="+1 415 555 0132",
    address="975 Sunset Drive, Suite 217, Austin, TX 78750",
    extra={"date_of_birth": "1990-04-05", "user_id": "mia_garcia_3668"},
)


def made(customer: Customer | None = None, *, rules: bool = False) -> Redactor:
    """A redactor with every detector, or with those that are rules alone."""
    chosen = [(name, DETECTORS.load(name)) for name in DETECTORS if not (rules and name == "tagger")]
    return Redactor(chosen, customer=customer)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def covered(text: str, start: int, end: int, hidden: bytearray) -> float:
    places = [at for at in range(start, end) if text[at].isalnum()]
    return sum(hidden[at] for at in places) / len(places) if places else 1.0


def mask(text: str, spans: Iterator[tuple[int, int]]) -> bytearray:
    marked = bytearray(len(text))
    for start, end in spans:
        marked[start:end] = b"\x01" * (end - start)
    return marked


def labelled(row: dict[str, Any]) -> list[tuple[int, int]]:
    """The spans of a row, those of types that are not scored included."""
    return [(span["start"], span["end"]) for span in row["spans"]] + [tuple(span) for span in row.get("ignore", [])]


def score(path: Path, redactor: Redactor, misses: bool, extra: bool) -> dict[str, Any]:
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    right = hit = flagged = negatives = 0
    for row in rows(path):
        text = row["text"]
        detections = redactor.detect(text)
        hidden = mask(text, ((item.start, item.end) for item in detections))
        gold = mask(text, iter(labelled(row)))
        for span in row["spans"]:
            good = covered(text, span["start"], span["end"], hidden) >= 0.9
            total[span["type"]] += 1
            found[span["type"]] += good
            if misses and not good and span["type"] in (*PATTERN_TYPES, "SECRET", "OTHER"):
                show("missed", span["type"], text, span["start"], span["end"])
        hit += sum(hidden[at] for at in range(len(text)) if text[at].isalnum())
        right += sum(hidden[at] & gold[at] for at in range(len(text)) if text[at].isalnum())
        if not row["spans"]:
            negatives += 1
            flagged += bool(detections)
        for item in detections if extra else ():
            if not any(gold[item.start : item.end]):
                show("extra", item.entity_type, text, item.start, item.end)
    pattern = [kind for kind in PATTERN_TYPES if total[kind]]
    return {
        "pattern": (sum(found[kind] for kind in pattern), sum(total[kind] for kind in pattern)),
        "types": {kind: f"{found[kind]}/{total[kind]}" for kind in sorted(total)},
        "all": (sum(found.values()), sum(total.values())),
        "precision": right / hit if hit else 1.0,
        "negatives": (flagged, negatives),
    }


POOLED = ("presidio_synth_v2", "ambientmeta", "datafog_corpus", "sgd_chat")
GROUPS: dict[str, tuple[str, ...]] = {
    "people": ("PERSON",),
    "addresses": ("ADDRESS",),
    "people and addresses": ("PERSON", "ADDRESS"),
    "all types": (),
}


def pooled(folder: Path) -> None:
    """Recall by what is asked of it, over the four sets together, by default and with every town and company hidden."""
    chosen = {
        "by default": made(),
        "every town and company": Redactor(
            [(name, DETECTORS.load(name)) for name in DETECTORS], mask_places=True, thresholds={"COMPANY": 0.5}
        ),
    }
    print(f"\n{'pooled':24}" + "".join(f"{group:>22}" for group in GROUPS) + f"{'precision':>12}")
    for label, redactor in chosen.items():
        found: Counter[str] = Counter()
        total: Counter[str] = Counter()
        results = {name: score(folder / f"{name}.jsonl", redactor, False, False) for name in POOLED}
        for result in results.values():
            for kind, cell in result["types"].items():
                good, of = map(int, cell.split("/"))
                found[kind] += good
                total[kind] += of
        shares = [
            sum(found[kind] for kind in types or total) / sum(total[kind] for kind in types or total)
            for types in GROUPS.values()
        ]
        precision = results[POOLED[0]]["precision"]
        print(f"{label:24}" + "".join(f"{share:22.1%}" for share in shares) + f"{precision:12.1%}")


def show(what: str, kind: str, text: str, start: int, end: int) -> None:
    print(f"  {what} {kind}: {text[max(0, start - 40) : start]!r} >>{text[start:end]}<< {text[end : end + 20]!r}")


def quality(folder: Path, misses: str, extra: str, rules: bool) -> None:
    redactor = made(rules=rules)
    print(f"{'set':20} {'pattern types':>22} {'all spans':>20} {'precision':>10} {'empty lines flagged':>20}")
    for path in sorted(folder.glob("*.jsonl")):
        result = score(path, redactor, misses in (path.stem, "all"), extra in (path.stem, "all"))
        cells = [f"{good}/{of} = {good / of:6.1%}" if of else "-" for good, of in (result["pattern"], result["all"])]
        flagged = "{}/{}".format(*result["negatives"])
        print(f"{path.stem:20} {cells[0]:>22} {cells[1]:>20} {result['precision']:10.1%} {flagged:>20}")
        print(f"{'':20} {result['types']}")


def best(call: Callable[[], object], repeat: int = 5) -> float:
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def messages(folder: Path) -> list[str]:
    """Chat messages of 200 to 400 characters, made by joining shorter ones."""
    joined: list[str] = []
    buffer = ""
    for path in sorted(folder.glob("*.jsonl")):
        for row in rows(path):
            buffer = f"{buffer} {row['text']}".strip()
            if len(buffer) > 200:
                joined.append(buffer[:400])
                buffer = ""
    return joined


def speed(folder: Path, rules: bool) -> None:
    texts = messages(folder)
    size = sum(len(text.encode()) for text in texts) / 1e6
    words = best(lambda: [re.findall(r"\w+", text) for text in texts])
    print(f"for comparison, re.findall of words: {size / words:.1f} MB/s, {words / len(texts) * 1e6:.0f} us a message")
    for name, customer in (("all detectors", None), ("with a known customer", CUSTOMER)):
        redactor = made(customer, rules=rules)
        chosen = redactor.plan.detectors
        once = best(partial(fresh, redactor, *texts))
        single = sorted(best(partial(fresh, redactor, text), 3) for text in texts)
        middle, late = statistics.median(single), single[int(len(single) * 0.99)]
        print(f"{name}: {size / once:.1f} MB/s; message median {middle * 1e6:.0f} us, p99 {late * 1e6:.0f} us")
        if customer is CUSTOMER:
            parts: dict[str, float] = {}
            for label, detector in chosen:
                parts[label] = best(lambda one=detector: [list(one(text)) for text in texts], 3)
            print("  share by detector, us a message:", {k: round(v / len(texts) * 1e6, 1) for k, v in parts.items()})


def fresh(redactor: Redactor, *texts: str) -> None:
    """Detect with nothing remembered from before."""
    redactor.remembered.clear()
    for text in texts:
        redactor.detect(text)


def hostile(rules: bool, small: int = 100_000, large: int = 1_000_000) -> None:
    ratios: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for name, make in HOSTILE.items():
        times = []
        for size in (small, large):
            text = make(size)
            start = time.process_time()
            made(CUSTOMER, rules=rules).detect(text)
            times.append(time.process_time() - start)
        ratios[name] = (times[1], times[1] / max(times[0], 1e-4))
    for name, (seconds, ratio) in sorted(ratios.items(), key=lambda item: -item[1][0]):
        print(f"hostile {name!r:20} 1 MB in {seconds:6.2f} s of processor time, {ratio:5.1f} times 100 KB")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of JSONL files")
    parser.add_argument("--misses", default="", metavar="SET", help="show what was missed in a set, or in all")
    parser.add_argument("--extra", default="", metavar="SET", help="show what was found outside the labels")
    parser.add_argument("--rules", action="store_true", help="without the tagger of names and addresses")
    parser.add_argument("--only", choices=("quality", "speed", "hostile"))
    chosen = parser.parse_args()
    if chosen.only in (None, "quality"):
        quality(chosen.data, chosen.misses, chosen.extra, chosen.rules)
        if not chosen.rules and all((chosen.data / f"{name}.jsonl").exists() for name in POOLED):
            pooled(chosen.data)
    if chosen.only in (None, "speed"):
        speed(chosen.data, chosen.rules)
    if chosen.only in (None, "hostile"):
        hostile(chosen.rules)
    return 0


if __name__ == "__main__":
    sys.exit(main())
