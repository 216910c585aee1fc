"""The whole log in one file that anybody can check: every record, still encrypted, and every signed checkpoint.

One JSON value a line: first the public key, the checkpoints of the database and of the copy elsewhere, and where the
log begins if its oldest records were removed; then the records in the order of the log, each with its leaf hash.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from explainbot.errors import StoreError
from explainbot.stores.rows import Row
from explainbot.stores.sealed import SealedStore
from explainbot.stores.verifying import Start, Verdict, check_log

__all__ = ["check_bundle", "write_bundle"]

FORMAT = "explainbot bundle 1"

Records = Iterator[tuple[int, Row, bytes]]


def write_bundle(store: SealedStore, file: IO[str], watch: Callable[[Records], Records] = iter) -> int:
    """Write the log of a store; how many records it was.

    Args:
        watch: sees the records go by.

    Raises:
        StoreError: the store cannot be read.
    """
    # The checkpoints first: none of them speaks of records that come while this is written.
    inside, outside = store.notes(), store.checkpoints.published()
    head: dict[str, Any] = {
        "format": FORMAT,
        "key": b64encode(store.public_key).decode(),
        "inside": inside,
        "outside": outside,
    }
    if (start := store.start()).size:
        lanes = {lane: (b64encode(leaf).decode(), kept, many) for lane, (leaf, kept, many) in start.lanes.items()}
        head["start"] = [start.size, b64encode(start.frontier).decode(), lanes]
    print(json.dumps(head), file=file)
    count = start.size
    for count, row, leaf in watch(store.rows()):  # noqa: B007 - the last one is the number of records
        print(json.dumps(row.to_plain(leaf)), file=file)
    return count


def check_bundle(path: Path, public_key: bytes | None = None) -> tuple[Verdict, bytes]:
    """Check a bundle as `SealedStore.verify` checks a store; the verdict, and the key it was checked with.

    Args:
        public_key: the key that must have signed; None takes the one that the bundle names, so that only a bundle is
            found good that agrees with itself.

    Raises:
        StoreError: it cannot be read.
    """
    try:
        with path.open(encoding="utf-8") as file:
            head = json.loads(file.readline())
            if head["format"] != FORMAT:
                raise ValueError
            key = public_key or b64decode(head["key"], validate=True)
            start = _start(*head.get("start", (0, "", {})))
            return check_log(_rows(file, start.size + 1), head["inside"], head["outside"], key, start), key
    except OSError as error:
        raise StoreError(f"the bundle {path} cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise StoreError(f"{path} is no bundle of explainbot, or a damaged one") from None


def _start(size: int, frontier: str, lanes: dict[str, tuple[str, int, int]]) -> Start:
    stands = {lane: (b64decode(leaf), kept, offered) for lane, (leaf, kept, offered) in lanes.items()}
    return Start(size, b64decode(frontier), stands)


def _rows(file: IO[str], first: int) -> Records:
    for seq, line in enumerate(file, first):
        yield seq, *Row.from_plain(json.loads(line))
