"""The Merkle tree and its proofs, against the definitions of RFC 6962 and against every change of a proof."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainbot.trace.merkle import (
    EMPTY_ROOT,
    Tree,
    consistency_path,
    inclusion_path,
    is_consistent,
    is_included,
    leaf_hash,
    root,
)

SIZES = st.integers(1, 70)


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(size)]


def roots_of(hashes: list[bytes]) -> Callable[[int, int], bytes]:
    return lambda first, last: root(hashes[first:last])


def by_definition(hashes: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word."""
    if not hashes:
        return sha256().digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return sha256(b"\x01" + by_definition(hashes[:split]) + by_definition(hashes[split:])).digest()


@pytest.mark.parametrize("size", range(40))
def test_the_root_is_that_of_the_definition(size: int) -> None:
    assert root(leaves(size)) == by_definition(leaves(size))
    tree = Tree(leaves(size))
    assert tree.size == size
    assert tree.root() == root(leaves(size))
    resumed = Tree.resumed(size, tree.frontier)
    resumed.append(leaf_hash(b"next"))
    assert resumed.root() == root([*leaves(size), leaf_hash(b"next")])


def test_a_frontier_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="no frontier of 3 leaves"):
        Tree.resumed(3, Tree(leaves(2)).frontier)


def test_known_roots() -> None:
    """The first roots of the test data of the certificate-transparency reference implementation."""
    inputs = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43", b"\x50\x51\x52\x53\x54\x55\x56\x57"]
    roots = {
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    }
    for size, expected in roots.items():
        assert root(leaf_hash(record) for record in inputs[:size]).hex() == expected
    assert root([]) == EMPTY_ROOT


@given(SIZES, st.data())
def test_every_leaf_can_be_shown_to_be_there_and_no_other(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    proof, expected = inclusion_path(index, size, roots_of(hashes)), root(hashes)
    assert is_included(hashes[index], index, size, proof, expected)
    assert not is_included(leaf_hash(b"forged"), index, size, proof, expected)
    assert not is_included(hashes[index], index, size, [*proof, proof[0] if proof else EMPTY_ROOT], expected)
    assert not is_included(hashes[index], size, size, proof, expected)
    other = data.draw(st.integers(0, size - 1))
    assert is_included(hashes[index], other, size, proof, expected) == (other == index)
    for at in range(len(proof)):
        assert not is_included(hashes[index], index, size, [*proof[:at], EMPTY_ROOT, *proof[at + 1 :]], expected)
        assert not is_included(hashes[index], index, size, [*proof[:at], *proof[at + 1 :]], expected)


@given(SIZES, st.data())
def test_a_log_that_grew_can_be_told_from_one_that_was_rewritten(size: int, data: st.DataObject) -> None:
    earlier = data.draw(st.integers(1, size))
    hashes = leaves(size)
    before, after, proof = root(hashes[:earlier]), root(hashes), consistency_path(earlier, size, roots_of(hashes))
    assert is_consistent(earlier, size, before, after, proof)
    if earlier < size:
        changed = [leaf_hash(b"forged"), *hashes[1:]]
        assert not is_consistent(
            earlier, size, before, root(changed), consistency_path(earlier, size, roots_of(changed))
        )
        assert not is_consistent(earlier, size, EMPTY_ROOT, after, proof)
        assert not is_consistent(earlier, size, before, EMPTY_ROOT, proof)
    assert not is_consistent(earlier, size, before, after, [*proof, EMPTY_ROOT])
    assert not is_consistent(0, size, before, after, proof)
    assert not is_consistent(size + 1, size, before, after, proof)


def test_proofs_of_what_is_not_there_are_refused() -> None:
    for index in (-1, 3):
        with pytest.raises(IndexError):
            inclusion_path(index, 3, roots_of(leaves(3)))
    for earlier in (0, 4):
        with pytest.raises(IndexError):
            consistency_path(earlier, 3, roots_of(leaves(3)))
