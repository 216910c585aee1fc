"""The weights of the tagger, read once: what the lexicon says of a word, and what each row says for each label."""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from importlib.resources import files
from typing import NamedTuple

from explainbot.privacy.tagger.features import ROWS, checksum

HEAD = "<I25d"
"""Number of words in the lexicon, and the 25 weights of moves from label to label."""

SCALE = 24.0
"""A weight of 1 is written as this."""

LANE = 16
"""Bits of one label's share in a packed row; a sum of up to 255 rows stays within it."""


class Model(NamedTuple):
    """What training left.

    Attributes:
        checks: checksums of the words of the lexicon, in order.
        flags: what each of them is.
        rows: for each row the weights of four labels, each plus 128, side by side in one number.
        moves: 25 weights, from label times 5 plus to label.
    """

    checks: array[int]
    flags: bytes
    rows: array[int]
    moves: tuple[float, ...]

    def flags_of(self, word: str) -> int:
        """What the lexicon says of a word; 0 for one it does not have."""
        check = checksum(word)
        at = bisect_left(self.checks, check)
        return self.flags[at] if at < len(self.checks) and self.checks[at] == check else 0


def unpack(data: bytes) -> Model:
    """The model in the bytes of `weights.bin`."""
    count, *moves = struct.unpack_from(HEAD, data)
    body = zlib.decompress(data[struct.calcsize(HEAD) :])
    checks = array("I", body[: count * 4])
    if sys.byteorder == "big":
        checks.byteswap()
    total = 0
    for at, gap in enumerate(checks):
        total += gap
        checks[at] = total
    flags = body[count * 4 : count * 5]
    return Model(checks, flags, _packed(body[count * 5 :]), tuple(moves))


def _packed(weights: bytes) -> array[int]:
    """Four columns of signed bytes as one column of numbers, 16 bits for each label, each weight plus 128."""
    packed = array("Q", bytes(ROWS * 8))
    lifted = bytes((value + 128) % 256 for value in range(256))
    view = memoryview(packed).cast("B")
    first = 0 if sys.byteorder == "little" else 7
    step = 2 if sys.byteorder == "little" else -2
    for lane in range(4):
        view[first + step * lane :: 8] = weights[lane * ROWS : (lane + 1) * ROWS].translate(lifted)
    return packed


def load() -> Model:
    """The model that ships with the package."""
    return unpack(files(__package__).joinpath("weights.bin").read_bytes())
