"""Checking a log from the first record to the last, and naming the first that is wrong.

What is found: a record that was changed, moved, inserted or taken out; a body that was erased without an erasure
record; a tail that was cut, or an older copy put back, because a checkpoint kept elsewhere knows of more; a checkpoint
that was changed, replaced, or signed with another key; a recorder whose records are missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from explainbot import _json
from explainbot.stores.checkpoints import KEY_NAME, origin
from explainbot.stores.rows import NO_LEAF, Row, is_erased, leaf_of, lost_in
from explainbot.stores.signing import verify
from explainbot.trace.merkle import Tree
from explainbot.trace.note import Checkpoint, open_note

__all__ = ["Start", "Verdict", "check_log"]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a log begins whose oldest records were removed because of their age.

    Attributes:
        size: how many were removed; 0 for none.
        frontier: of the tree over them, see `Tree`.
        lanes: of each recorder that wrote on afterwards: the leaf of its last record, how many were kept up to there,
            and how many it was offered.
    """

    size: int = 0
    frontier: bytes = b""
    lanes: Mapping[str, tuple[bytes, int, int]] = field(default_factory=dict)


NOTHING_REMOVED = Start()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of a log found.

    Attributes:
        records: how many the log has.
        removed: how many of them are no more, because of their age, and are vouched for by a checkpoint only.
        vouched: how many of them the latest checkpoint vouches for.
        erased: bodies that were erased, by rule.
        lost: traces that were offered and never kept, as the gap records say.
        fault: the first thing that is wrong, None if nothing is.
    """

    records: int
    removed: int
    vouched: int
    erased: int
    lost: int
    fault: str | None


class _Fault(Exception):
    """Something is wrong; the message says what."""


def check_log(
    rows: Iterable[tuple[int, Row, bytes]],
    inside: Iterable[str],
    outside: Iterable[str],
    public_key: bytes,
    start: Start = NOTHING_REMOVED,
) -> Verdict:
    """Check every record and every checkpoint of a log.

    Args:
        rows: the records in order: place from 1, row, leaf hash as stored.
        inside, outside: the notes of the checkpoints, as the database and the copy elsewhere hold them.
        public_key: the key that must have signed them.
        start: where the log begins.
    """
    log = _Log(public_key, start)
    try:
        log.expect(inside, "the database")
        log.expect(outside, "the copy elsewhere")
        log.begin()
        for seq, row, leaf in rows:
            log.take(seq, row, leaf)
        log.end()
    except _Fault as fault:
        return log.verdict(str(fault))
    return log.verdict(None)


class _Log:
    """A log as far as it was read."""

    def __init__(self, public_key: bytes, start: Start) -> None:
        self._public_key = public_key
        self._start = start
        self._tree = Tree()
        self._heads = {lane: leaf for lane, (leaf, _, _) in start.lanes.items()}
        self._counts = {lane: (kept, offered) for lane, (_, kept, offered) in start.lanes.items()}
        self._removed = 0
        self._expected: dict[int, Checkpoint] = {}
        self._latest = 0
        self._missing: dict[str, int] = {}
        self._allowed: set[str] = set()
        self._lost = self._erased = 0

    def expect(self, notes: Iterable[str], where: str) -> None:
        """Take the checkpoints that one place holds, in any order: several processes may have written them."""
        for number, note in enumerate(notes, 1):
            one = f"checkpoint {number} of {where}"
            checkpoint = self._opened(note, one)
            known = self._expected.setdefault(checkpoint.size, checkpoint)
            if known.root != checkpoint.root:
                raise _Fault(f"{one} contradicts another one over the same {checkpoint.size} records")
            self._latest = max(self._latest, checkpoint.size)
        before = ""
        for size, checkpoint in sorted(self._expected.items()):
            time = _time(checkpoint)
            if time < before:
                raise _Fault(f"the checkpoint over {size} records says an earlier time than one over fewer")
            before = time

    def begin(self) -> None:
        """Take the tree over what was removed, if a checkpoint vouches for it."""
        size = self._start.size
        if not size:
            return
        try:
            self._tree = Tree.resumed(size, self._start.frontier)
        except ValueError:
            raise _Fault(f"what stands for the {size} records that were removed is damaged") from None
        vouched = self._expected.get(size)
        if vouched is None or vouched.root != self._tree.root():
            raise _Fault(f"no checkpoint vouches for the {size} records that were removed")

    def _opened(self, note: str, one: str) -> Checkpoint:
        try:
            checkpoint = Checkpoint.parse(open_note(note, KEY_NAME, self._public_key, verify(self._public_key)))
        except ValueError as error:
            raise _Fault(f"{one} is not good: {error}") from None
        if checkpoint.origin != origin(self._public_key):
            raise _Fault(f"{one} is of another log")
        return checkpoint

    def take(self, seq: int, row: Row, leaf: bytes) -> None:
        """Check the next record."""
        one = f"record {seq} ({row.id})"
        if seq != self._tree.size + 1:
            raise _Fault(f"record {self._tree.size + 1} is not there; the next one is {seq}")
        if leaf_of(row, self._heads.get(row.lane, NO_LEAF)) != leaf:
            raise _Fault(f"{one} was changed, or does not belong in this place")
        self._heads[row.lane] = leaf
        self._tree.append(leaf)
        expected = self._expected.get(self._tree.size)
        if expected is not None and expected.root != self._tree.root():
            raise _Fault(
                f"{one} or one before it is not what the checkpoint over {self._tree.size} records vouches for"
            )
        self._account(row)

    def _account(self, row: Row) -> None:
        """Note what a record says of others: how many were lost, which were erased."""
        count = 1
        if row.kind == "gap":
            count = lost_in(row.body)
            self._lost += count
        kept, offered = self._counts.get(row.lane, (0, 0))
        self._counts[row.lane] = (kept + count, max(offered, row.number + count))
        if row.kind == "erasure":
            says = _json.loads(row.body[1:])
            self._allowed.update(says["records"])
            self._removed = max(self._removed, says.get("through", 0))
        if is_erased(row.body):
            self._erased += 1
            self._missing[row.id] = self._tree.size

    def end(self) -> None:
        """Check what only the whole log can show."""
        if self._tree.size < self._latest:
            raise _Fault(f"the log ends at record {self._tree.size}, but a checkpoint vouches for {self._latest}")
        if self._removed < self._start.size:
            raise _Fault(f"the first {self._start.size} records were removed, and no record says so")
        for lane, (kept, offered) in self._counts.items():
            if kept < offered:
                raise _Fault(f"{offered - kept} records of recorder {lane} are not there, and no record says so")
        for id, seq in self._missing.items():
            if id not in self._allowed:
                raise _Fault(f"record {seq} ({id}) was erased, and no record says so")

    def verdict(self, fault: str | None) -> Verdict:
        vouched = min(self._latest, self._tree.size)
        return Verdict(self._tree.size, self._start.size, vouched, self._erased, self._lost, fault)


def _time(checkpoint: Checkpoint) -> str:
    """The time a checkpoint was made, as ISO 8601 in UTC, which sorts as text."""
    for line in checkpoint.extensions:
        name, _, value = line.partition(" ")
        if name == "time":
            return value
    raise _Fault(f"the checkpoint over {checkpoint.size} records does not say when it was made")
