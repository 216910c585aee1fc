"""An append-only log as a Merkle tree, so that one signed root vouches for every record in it.

The tree is that of RFC 6962, section 2.1: a leaf is hashed with a zero byte ahead, an inner node with a one byte.
Proofs are made and checked by the algorithms of RFC 9162, sections 2.1.3 and 2.1.4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

__all__ = [
    "EMPTY_ROOT",
    "Pruned",
    "Tree",
    "consistency_path",
    "inclusion_path",
    "is_consistent",
    "is_included",
    "leaf_hash",
    "root",
]

EMPTY_ROOT = sha256().digest()
"""The root of a tree without leaves."""


HASH_BYTES = 32


def leaf_hash(record: bytes) -> bytes:
    """The hash of a record as a leaf."""
    return sha256(b"\x00" + record).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows. It keeps one hash for each full subtree only: at most 64 for any number of leaves.

    Args:
        leaves: leaf hashes to begin with.

    Attributes:
        size: how many leaves it has.
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.size = 0
        self._full: list[bytes] = []
        for leaf in leaves:
            self.append(leaf)

    @classmethod
    def resumed(cls, size: int, frontier: bytes) -> Tree:
        """The tree whose `size` and `frontier` were these.

        Raises:
            ValueError: they do not fit together.
        """
        tree = cls()
        tree.size = size
        tree._full = [frontier[at : at + HASH_BYTES] for at in range(0, len(frontier), HASH_BYTES)]
        if len(frontier) != size.bit_count() * HASH_BYTES:
            raise ValueError(f"{len(frontier)} bytes are no frontier of {size} leaves")
        return tree

    @property
    def frontier(self) -> bytes:
        """The hashes of the full subtrees, largest first: enough to go on from here."""
        return b"".join(self._full)

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash behind the last one."""
        left_over = self.size
        while left_over & 1:
            leaf = _node(self._full.pop(), leaf)
            left_over >>= 1
        self._full.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root of what was added so far."""
        if not self._full:
            return EMPTY_ROOT
        *rest, found = self._full
        for left in reversed(rest):
            found = _node(left, found)
        return found


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes."""
    return Tree(leaves).root()


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_path(index: int, size: int, hash_of: Callable[[int, int], bytes]) -> list[bytes]:
    """The hashes that lead from leaf `index` (from 0) to the root over `size` leaves, lowest first.

    Args:
        hash_of: gives the root over the leaves from the first place to before the last one.

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < size:
        raise IndexError(f"leaf {index} of {size}")
    proof: list[bytes] = []
    first, last = 0, size
    while last - first > 1:
        middle = first + _split(last - first)
        if index < middle:
            proof.append(hash_of(middle, last))
            last = middle
        else:
            proof.append(hash_of(first, middle))
            first = middle
    return proof[::-1]


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether `leaf` is at `index` in the tree of `size` leaves with the root `expected` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for hash in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = _node(hash, found)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            found = _node(found, hash)
        at >>= 1
        last >>= 1
    return last == 0 and found == expected


def consistency_path(earlier: int, size: int, hash_of: Callable[[int, int], bytes]) -> list[bytes]:
    """The hashes that show that the tree over `size` leaves begins with the tree over the first `earlier` of them.

    Args:
        hash_of: gives the root over the leaves from the first place to before the last one.

    Raises:
        IndexError: there are not that many leaves, or `earlier` is less than 1.
    """
    if not 1 <= earlier <= size:
        raise IndexError(f"{earlier} of {size} leaves")
    proof: list[bytes] = []
    first, last, whole = 0, size, True
    while earlier < last:
        middle = first + _split(last - first)
        if earlier <= middle:
            proof.append(hash_of(middle, last))
            last = middle
        else:
            proof.append(hash_of(first, middle))
            first, whole = middle, False
    if not whole:
        proof.append(hash_of(first, last))
    return proof[::-1]


class Pruned:
    """A tree whose first leaves are known by its frontier only, see `Tree`.

    Args:
        size, frontier: of the tree over the leaves that are gone; 0 and nothing for none.
        leaves: those that follow.

    Raises:
        ValueError: size and frontier do not fit together.
    """

    def __init__(self, size: int, frontier: bytes, leaves: Sequence[bytes]) -> None:
        self.size = size + len(leaves)
        self._gone = size
        self._leaves = leaves
        self._full: dict[tuple[int, int], bytes] = {}
        Tree.resumed(size, frontier)
        first = 0
        for number in range(size.bit_count()):
            last = first + _split(size - first + 1)  # the largest power of two that fits
            self._full[first, last] = frontier[number * HASH_BYTES : (number + 1) * HASH_BYTES]
            first = last

    def hash_of(self, first: int, last: int) -> bytes:
        """The root over the leaves from the first place to before the last one.

        Raises:
            KeyError: it needs a leaf that is gone.
        """
        if first >= self._gone:
            return root(self._leaves[first - self._gone : last - self._gone])
        if (first, last) in self._full or last - first == 1:
            return self._full[first, last]
        middle = first + _split(last - first)
        return _node(self.hash_of(first, middle), self.hash_of(middle, last))


def is_consistent(earlier: int, later: int, before: bytes, after: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree of `later` leaves and root `after` begins with that of `earlier` leaves and root `before`.

    The check of RFC 9162, section 2.1.4.2.
    """
    if not 1 <= earlier <= later:
        return False
    if earlier == later:
        return not proof and before == after
    hashes = list(proof)
    if earlier & (earlier - 1) == 0:
        hashes.insert(0, before)
    if not hashes:
        return False
    at, last = earlier - 1, later - 1
    while at & 1:
        at >>= 1
        last >>= 1
    old = new = hashes[0]
    for hash in hashes[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = _node(hash, old), _node(hash, new)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            new = _node(new, hash)
        at >>= 1
        last >>= 1
    return last == 0 and old == before and new == after
