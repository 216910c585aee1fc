"""Makes the file that traces are packed with: the runs that get a code, and the preset dictionary.

    python -m explainbot demo --stand-in --store DEMO && python -m explainbot demo --store SMALL
    python tests/benchmarks/train_phrases.py DEMO SMALL OUT [OTHER ...]

The runs are those that at least three traces have, the most frequent first; stores of other bots give more of them.
The dictionary is made of traces of the demo with its stand-in, whole but for the customers' messages, and of what
traces of the demo with its small model have in common: pieces of `TOGETHER` words that two conversations share. Ids,
times and hashes are taken out, because nothing ever repeats them. Where a piece stands counts as well: what is near is
pointed at in fewer bits, so the text that helps most comes last.

It prints what the traces of the small model then take, and what they take when the dictionary knows nothing of the same
conversation, as it does of any other bot's. A file that was released is never changed: a new one gets the next number.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from explainbot.stores.packing import RUN, coded, codes
from explainbot.stores.sqlite import SQLiteStore
from explainbot.trace import Trace

LARGEST = 30_500
"""Bytes of the dictionary; a deflate window reaches 32 KB, and the trace itself needs some of it."""

MOST_RUNS = 200
TOGETHER = 4

OWN = re.compile(rb'"(?:name|tool|tenant)":"\w|parameters')
"""What a run holds of one bot only: a value under these keys, the shape of its tools."""

ONCE = re.compile(rb"[0-9a-f]{12,}|chatcmpl-\w+|\d+\.\d{3}")
MESSAGE = re.compile(rb'(?<="role":"user","content":")(?:[^"\\]|\\.)*')
WORD = re.compile(rb"[\x05-\x1c]|[\x1d-\x1f].|\w+|\s+|[^\w\s]", re.DOTALL)

Talks = Mapping[str, Sequence[bytes]]


def traces(path: str) -> list[Trace]:
    """Those of a store."""
    store = SQLiteStore(path, read_only=True)
    found = store.list(limit=1_000)
    store.close()
    return found


def runs_of(kept: Sequence[Trace]) -> list[bytes]:
    """The runs that get a code."""
    seen = Counter[bytes]()
    total = Counter[bytes]()
    for trace in kept:
        runs = RUN.findall(coded(trace, trace.response_model or trace.request_model, {}))
        total.update(runs)
        seen.update(set(runs))
    worth = [run for run, _ in total.most_common() if seen[run] >= 3 and len(run) > 4 and not OWN.search(run)]
    return worth[:MOST_RUNS]


def packed(text: bytes, phrases: bytes) -> int:
    """Bytes of a coded trace, deflated with this dictionary."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zdict=phrases)
    return len(packer.compress(text) + packer.flush())


def best(texts: Sequence[bytes]) -> bytes:
    """A dictionary, grown towards its beginning by the text that helps most."""
    chosen: list[bytes] = []
    while True:
        sizes = []
        for number, text in enumerate(texts):
            phrases = b"".join([text, *chosen])
            if text not in chosen and len(phrases) <= LARGEST:
                sizes.append((sum(packed(other, phrases) for other in texts if other != text), number))
        if not sizes:
            return b"".join(chosen)
        chosen.insert(0, texts[min(sizes)[1]])


def shared(talks: Talks) -> list[bytes]:
    """The texts without what only one conversation has."""
    having: dict[tuple[bytes, ...], set[str]] = {}
    for talk, texts in talks.items():
        for words in map(WORD.findall, texts):
            for at in range(len(words) - TOGETHER + 1):
                having.setdefault(tuple(words[at : at + TOGETHER]), set()).add(talk)

    def cut(words: list[bytes]) -> bytes:
        keep = set[int]()
        for at in range(len(words) - TOGETHER + 1):
            if len(having[tuple(words[at : at + TOGETHER])]) > 1:
                keep.update(range(at, at + TOGETHER))
        return b"".join(words[at] for at in sorted(keep))

    return [cut(WORD.findall(text)) for texts in talks.values() for text in texts]


def talks_of(kept: Sequence[Trace], known: Mapping[bytes, bytes]) -> dict[str, list[bytes]]:
    """Coded traces by conversation, without the customers' messages."""
    found: dict[str, list[bytes]] = {}
    for trace in kept:
        text = MESSAGE.sub(b"", coded(trace, trace.response_model or trace.request_model, {}))
        text = RUN.sub(lambda run: known.get(run[0], run[0]), text)
        found.setdefault(trace.conversation or "", []).append(text)
    return found


def phrases_of(whole: Talks, small: Talks) -> bytes:
    """The dictionary."""
    plain = [ONCE.sub(b"", text) for texts in whole.values() for text in texts]
    return best([*plain, *(ONCE.sub(b"", text) for text in shared(small))])


def main(whole: str, small: str, target: str, *others: str) -> None:
    """Train, print and write."""
    kept = [traces(whole), traces(small)]
    runs = runs_of([*kept[0], *kept[1], *(trace for path in others for trace in traces(path)[::16])])
    known = codes(runs)
    first, second = (talks_of(each, known) for each in kept)
    phrases = phrases_of(first, second)
    said = [(trace, coded(trace, trace.response_model or trace.request_model, known)) for trace in kept[1]]
    print(f"{len(said)} traces of {sum(len(trace.to_json()) for trace, _ in said) // len(said):,} bytes")
    print(f"  packed with this dictionary: {sum(packed(text, phrases) for _, text in said) // len(said):,} bytes each")
    unknown = 0
    for trace, text in said:
        rest = [{name: each for name, each in talks.items() if name != trace.conversation} for talks in (first, second)]
        unknown += packed(text, phrases_of(*rest))
    print(f"  with one that knows other conversations only: {unknown // len(said):,} bytes each")
    says = {"runs": [run.decode() for run in runs], "phrases": phrases.decode()}
    Path(target).write_text(json.dumps(says, ensure_ascii=True, indent=0) + "\n")
    print(f"{target}: {len(runs)} runs, {len(phrases):,} bytes of phrases")


if __name__ == "__main__":
    main(*sys.argv[1:])
