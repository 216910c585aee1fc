"""Writes the lexicon and the weights, rounded to one byte each, as the package reads them."""

from __future__ import annotations

import struct
import sys
import zlib
from array import array

import numpy as np

from explainbot.privacy.tagger.model import HEAD, SCALE


def pack(words: dict[int, int], weights: np.ndarray, moves: np.ndarray) -> bytes:
    """The bytes of `weights.bin`: a head of sizes and moves, then lexicon and weights, compressed."""
    keys = sorted(words)
    checks, flags = array("I", keys), bytes(words[key] for key in keys)
    gaps = array("I", [key - before for key, before in zip(keys, [0, *keys], strict=False)])
    rounded = np.clip(np.rint(weights * SCALE), -127, 127).astype(np.int8)
    print(f"clipped {float((np.abs(weights * SCALE) > 127).mean()):.5f}, rows not zero {int(rounded.any(1).sum())}")
    for column in (gaps,):
        if sys.byteorder == "big":
            column.byteswap()
    assert len(checks) == len(flags)
    body = gaps.tobytes() + flags + rounded.T.tobytes()
    return struct.pack(HEAD, len(keys), *moves.ravel().astype(float)) + zlib.compress(body, 9)
