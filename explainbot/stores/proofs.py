"""Proofs about single records, for somebody who has neither the store nor its keys.

That a record is in the log is told by a C2SP tlog-proof (https://c2sp.org/tlog-proof): the record's place, the hashes
that lead from it to the root, and the signed checkpoint over that root. Its `extra` line holds the record as it is
kept, still encrypted, and the leaf hash before it in its lane, so that its own leaf hash can be computed from that.

That the log only grew since an older checkpoint is told by the hashes between both (RFC 9162, 2.1.4), as JSON.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass

from explainbot import _json
from explainbot.errors import StoreError
from explainbot.stores.checkpoints import KEY_NAME, origin
from explainbot.stores.rows import Row, leaf_of
from explainbot.stores.sealed import SealedStore
from explainbot.stores.signing import verify
from explainbot.trace.merkle import Pruned, consistency_path, inclusion_path, is_consistent, is_included
from explainbot.trace.note import Checkpoint, open_note

__all__ = ["Proved", "check_growth", "check_record", "prove_growth", "prove_record"]

HEADER = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class Proved:
    """What a good proof shows.

    Attributes:
        row: the record.
        place: its place in the log, from 1.
        size: how many records the checkpoint vouches for.
        time: when that was signed, as ISO 8601.
    """

    row: Row
    place: int
    size: int
    time: str


def prove_record(store: SealedStore, id: str) -> str:
    """The proof that a record is in the log.

    Raises:
        StoreError: there is no such record, or no checkpoint vouches for it yet; or the store cannot be read.
    """
    found = store.located(id)
    if found is None:
        raise StoreError(f"there is no record {id!r} to prove anything about")
    place, row, before = found
    note, size, tree = _latest(store)
    if place > size:
        raise StoreError(f"no checkpoint vouches for record {id!r} yet; one is signed within a minute")
    plain = row.to_plain(before)
    path = inclusion_path(place - 1, size, tree.hash_of)
    head = [HEADER, f"extra {b64encode(_json.dumps(plain)).decode()}", f"index {place - 1}"]
    return "\n".join([*head, *(b64encode(hash).decode() for hash in path), "", note])


def check_record(proof: str, public_key: bytes) -> Proved:
    """Check a proof that a record is in a log.

    Args:
        public_key: the key that must have signed the log's checkpoints.

    Raises:
        StoreError: it is none, or it does not hold.
    """
    try:
        lines, _, note = proof.partition("\n\n")
        header, extra, index, *hashes = lines.split("\n")
        if header != HEADER or not extra.startswith("extra ") or not index.startswith("index "):
            raise ValueError
        place = int(index.removeprefix("index "))
        path = [b64decode(hash, validate=True) for hash in hashes]
        row, before = Row.from_plain(json.loads(b64decode(extra.removeprefix("extra "), validate=True)))
        leaf = leaf_of(row, before)
    except (ValueError, TypeError, Base64Error):
        raise StoreError("this is no proof of explainbot, or a damaged one") from None
    checkpoint = _opened(note, public_key)
    if not is_included(leaf, place, checkpoint.size, path, checkpoint.root):
        raise StoreError("the proof does not hold: this record is not at this place of the log")
    return Proved(row, place + 1, checkpoint.size, _time(checkpoint))


def prove_growth(store: SealedStore, older: str) -> str:
    """The proof that the log only grew since an older checkpoint of it.

    Args:
        older: the signed note.

    Raises:
        StoreError: the checkpoint is none of this log, or the log was cut behind it; or the store cannot be read.
    """
    before = _opened(older, store.public_key)
    note, size, tree = _latest(store)
    try:
        path = consistency_path(before.size, size, tree.hash_of)
    except (IndexError, KeyError):
        raise StoreError(f"nothing can be proved from {before.size} records on: the log has {size}") from None
    hashes = [b64encode(hash).decode() for hash in path]
    return json.dumps({"older": older, "newer": note, "hashes": hashes}, indent=2)


def check_growth(proof: str, public_key: bytes) -> tuple[int, int]:
    """Check a proof that a log only grew; from how many records to how many.

    Raises:
        StoreError: it is none, or it does not hold.
    """
    try:
        told = json.loads(proof)
        older, newer = told["older"], told["newer"]
        path = [b64decode(hash, validate=True) for hash in told["hashes"]]
    except (ValueError, KeyError, TypeError):
        raise StoreError("this is no proof of explainbot, or a damaged one") from None
    before, after = _opened(older, public_key), _opened(newer, public_key)
    if not is_consistent(before.size, after.size, before.root, after.root, path):
        raise StoreError("the proof does not hold: the log does not begin with what the older checkpoint vouches for")
    return before.size, after.size


def _latest(store: SealedStore) -> tuple[str, int, Pruned]:
    """The latest checkpoint, how many records it vouches for, and the tree."""
    notes = store.notes()
    if not notes:
        raise StoreError("no checkpoint vouches for anything yet; one is signed within a minute")
    checkpoint = _opened(notes[-1], store.public_key)
    start = store.start()
    leaves = [leaf for leaf, _ in zip(store.leaves(), range(checkpoint.size - start.size), strict=False)]
    try:
        tree = Pruned(start.size, start.frontier, leaves)
    except ValueError:
        raise StoreError("what stands for the records that were removed is damaged; see explainbot verify") from None
    if tree.size != checkpoint.size or tree.hash_of(0, tree.size) != checkpoint.root:
        raise StoreError("the log is not what its latest checkpoint vouches for; see explainbot verify")
    return notes[-1], checkpoint.size, tree


def _opened(note: str, public_key: bytes) -> Checkpoint:
    try:
        checkpoint = Checkpoint.parse(open_note(note, KEY_NAME, public_key, verify(public_key)))
    except ValueError as error:
        raise StoreError(f"the checkpoint is not good: {error}") from None
    if checkpoint.origin != origin(public_key):
        raise StoreError("the checkpoint is of another log")
    return checkpoint


def _time(checkpoint: Checkpoint) -> str:
    return next((line.removeprefix("time ") for line in checkpoint.extensions if line.startswith("time ")), "")
