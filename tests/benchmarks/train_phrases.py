"""Makes the preset dictionary that traces are compressed with, out of traces of the demo.

    python -m explainbot demo --stand-in --store FILE && python tests/benchmarks/train_phrases.py FILE OUT

It takes some of the traces whole, those that help the others most, and prints what the rest then takes. Ids, times and
hashes are taken out, because nothing ever repeats them. A dictionary that was released is never changed: a new one gets
the next number.
"""

from __future__ import annotations

import re
import sys
import zlib
from pathlib import Path

from explainbot.stores.sqlite import SQLiteStore

LARGEST = 24_000
"""Bytes of the dictionary; a deflate window reaches 32 KB, and the trace itself needs some of it."""

ONCE = re.compile(r"[0-9a-f]{12,}|\d{4}-\d\d-\d\dT[\d:.]+Z|\d+\.\d{3,}")


def packed(text: str, phrases: bytes = b"") -> int:
    """Bytes of `text` compressed with this dictionary."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zdict=phrases)
    return len(packer.compress(text.encode()) + packer.flush())


def best(texts: list[str]) -> bytes:
    """A dictionary, grown by the text that helps most."""
    chosen: list[str] = []
    while True:
        left = [text for text in texts if text not in chosen]
        sizes = []
        for number, text in enumerate(left):
            phrases = "".join([*chosen, text]).encode()
            if len(phrases) <= LARGEST:
                sizes.append((sum(packed(other, phrases) for other in texts if other != text), number))
        if not sizes:
            return "".join(chosen).encode()
        chosen.append(left[min(sizes)[1]])


def main(source: str, target: str) -> None:
    store = SQLiteStore(source, read_only=True)
    texts = [trace.to_json() for trace in store.list(limit=200)]
    store.close()
    half = texts[::2]
    rest = texts[1::2]
    plain, trained = sum(map(len, rest)), best([ONCE.sub("", text) for text in half])
    print(f"{len(texts)} traces of {plain // len(rest):,} bytes; trained on half, the rest takes")
    print(f"  without a dictionary: {sum(packed(text) for text in rest) // len(rest):,} bytes each")
    print(f"  with one:             {sum(packed(text, trained) for text in rest) // len(rest):,} bytes each")
    phrases = best([ONCE.sub("", text) for text in texts])
    Path(target).write_bytes(phrases)
    print(f"{target}: {len(phrases):,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
