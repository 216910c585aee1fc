"""Trains the tagger from nothing and writes its weights into the package, or to `--out FILE`:

    pip install --group training -e . && python tests/benchmarks/tagger/train.py

A linear-chain conditional random field (Lafferty, McCallum and Pereira, ICML 2001) over hashed features, fitted by
AdaGrad (Duchi, Hazan and Singer, JMLR 2011) with numpy. Some of the names, towns and words are shown as if they were
new ones, so that the weights do not lean on the lexicon alone. The weights are then rounded to one byte each.

Names that are held out are in no text and not in the lexicon of training. They are in the one that ships: `--blind FILE`
writes the weights without them, for `groups.py` and `shapes.py --weights FILE` to tell what is found of unknown names.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import lists
from addresses import US_SUFFIX
from generate import ORG_TAIL, VENUE, P, Writer
from prose import PROSE
from prose import words as prose_words

from explainbot.privacy import tagger as package
from explainbot.privacy.tagger.features import (
    COMMON,
    COMPANY,
    FAMILY,
    GIVEN,
    JOINED,
    PLACE,
    RARE,
    ROWS,
    STREET,
    A,
    B,
    C,
    checksum,
    plain,
    see,
    tokens,
)  # fmt: skip

LABELS = 5
LANES = 4
PAD = ROWS
HIDE = (0.03, 0.6, 0.25, 0.3, 0.3)
"""Share of the tokens of each label that are shown as if their words were new."""

STREETS = """apt apartment suite ste unit flat floor fl room bldg building box po apo fpo dpo psc lot rue calle via viale
piazza corso rua avenida avda av plaza paseo camino carretera strada ul ulica al os jl jalan gang soi str strasse straße weg
platz allee gasse straat laan gracht gatan vägen vej veien gata gate katu tie utca út tér caddesi sokak cad sok mahallesi
boulevard chemin allée impasse quai chaussée travessa praça largo sector nagar marg colony plot postfach ул улица пр
проспект вул οδός πλατεία chome dori jln lorong carrera cra privada""".split()


def lexicon(whole: bool = False) -> dict[int, int]:
    """Checksums of words and what they are; names that are held out are in it only if it is `whole`."""
    found: dict[int, int] = {}

    def add(word: str, flag: int) -> None:
        key = checksum(word)
        found[key] = found.get(key, 0) | flag

    for given, family in lists.names().values():
        for chosen, flag in ((given, GIVEN), (family, FAMILY)):
            for name in chosen:
                if whole or not lists.held_out(name):
                    for token in tokens(name):
                        long = len(token.word) > 1 or ord(token.word[0]) > 0x3000
                        if long and (whole or not lists.held_out(token.word)):
                            add(token.word, flag)
    common: set[str] = set()
    for language in lists.EVERYDAY:
        known = lists.everyday(language)
        limits = (4000, 50000) if language == "en" else (2000, 20000)
        for rank, word in enumerate(known[: limits[1]]):
            if rank < limits[0]:
                common.add(plain(word))
            if rank < 150 or word not in lists.called():
                add(word, COMMON if rank < limits[0] else RARE)
    languages = sorted({"en", *(language.partition("-")[0] for language in PROSE)})
    for language in languages:
        for name in (*lists.calendar(language)[0], *lists.calendar(language)[1]):
            for token in tokens(name):
                if len(token.word) > 1:
                    common.add(plain(token.word))
                    add(token.word, COMMON)
    for language in PROSE:
        if language == "vi":
            continue  # Without the marks on their letters its words are its names.
        for rank, word in enumerate(prose_words(language)):
            if rank < 150 or word not in lists.called():
                add(word, COMMON if rank < 400 else RARE)
    for name, _, inhabitants in lists.towns():
        parts = [token.word for token in tokens(name)]
        for part in parts:
            if len(part) > 2 and plain(part) not in common and (inhabitants > 30_000 or len(parts) == 1):
                add(part, PLACE)
    for name in [state for state, _ in lists.states()] + [c for code in languages for c in lists.countries(code)]:
        for token in tokens(name):
            if len(token.word) > 3 and plain(token.word) not in common:
                add(token.word, PLACE)
    for word in [*US_SUFFIX, *STREETS]:
        add(word, STREET)
    for word in (ORG_TAIL + VENUE).replace("|", " ").split():
        if word.isalpha() and len(word) > 1:
            add(word, COMPANY)
    return found


def batch_of(job: tuple[int, int]) -> list[tuple[list[tuple[str, int]], bytes]]:
    """Texts of one seed as (word, kind) pairs and their labels."""
    seed, count = job
    writer = Writer(seed)
    made = []
    for _ in range(count):
        pieces = writer.text()
        text = "".join(piece for piece, _ in pieces)
        marks = bytearray()
        for piece, label in pieces:
            marks += bytes([label]) * len(piece)
        read = list(tokens(text))
        if read:
            made.append(([(token.word, token.kind) for token in read], bytes(marks[token.start] for token in read)))
    return made


def corpus(count: int, seed: int) -> list[tuple[list[tuple[str, int]], bytes]]:
    jobs = [(seed * 1000 + number, 2000) for number in range(count // 2000)]
    with ProcessPoolExecutor(2) as pool:
        return [text for texts in pool.map(batch_of, jobs) for text in texts]


class Features:
    """The rows of every word seen, padded to rectangles."""

    def __init__(self, words: dict[int, int]) -> None:
        self.words = words
        self.ids: dict[tuple[str, int, int | None], int] = {}
        self.seen: list = []

    def id_of(self, word: str, kind: int, new: int | None = None) -> int:
        """The number of a word; `new` is what is said of it where it is shown as one that nobody has seen."""
        key = (word, kind, new)
        found = self.ids.get(key)
        if found is None:
            found = self.ids[key] = len(self.seen)
            flags = self.words.get(checksum(word), 0) if new is None else new
            self.seen.append(see(word, kind, flags, new is None))
        return found

    def shown(self, word: str, kind: int, label: int, rng: random.Random) -> int:
        """The number of a word that is now and then shown as a new one.

        A name that no list has as one may still be a town or an everyday word of some language ("Cao", "Pinto"), so
        half of the names keep what else they are, and some are given out as what they are not.
        """
        if not word[0].isalpha() or rng.random() >= HIDE[label]:
            return self.id_of(word, kind)
        if label != P:
            return self.id_of(word, kind, 0)
        chance = rng.random()
        if chance < 0.12:
            return self.id_of(word, kind, rng.choice((COMMON, RARE, RARE, PLACE)))
        return self.id_of(word, kind, self.words.get(checksum(word), 0) & ~(GIVEN | FAMILY) if chance < 0.6 else 0)

    def freeze(self) -> None:
        self.tables = []
        for place in range(5):
            width = max(len(item[place]) for item in self.seen)
            table = np.full((len(self.seen) + 1, width), PAD, np.int32)
            for number, item in enumerate(self.seen):
                table[number, : len(item[place])] = item[place]
            self.tables.append(table)
        self.sort = np.array([item.sort for item in self.seen] + [0], np.int64)
        self.number = np.array([item.number for item in self.seen] + [0], np.int64)


def rows_of(ids: np.ndarray, features: Features) -> np.ndarray:
    """Rows for each token of a rectangle of texts (texts, longest): the last word id stands for outside."""
    outside = len(features.seen)
    wide = np.full((ids.shape[0], ids.shape[1] + 6), outside, ids.dtype)
    wide[:, 3:-3] = ids

    def at(distance: int) -> np.ndarray:
        return wide[:, 3 + distance : wide.shape[1] - 3 + distance]

    own, before, after, far_before, far_after = features.tables
    parts = [own[at(0)], before[at(-1)], after[at(1)], far_before[at(-2)], far_after[at(2)]]
    numbers = {"sort": features.sort, "number": features.number}
    joined = []
    for index, (a, da, b, db, c, dc) in enumerate(JOINED):
        total = numbers[a][at(da)] * A + numbers[b][at(db)] * B + index
        if c is not None:
            total = total + numbers[c][at(dc)] * C
        joined.append((total % ROWS).astype(np.int32))
    parts.append(np.stack(joined, -1))
    return np.concatenate(parts, -1)


def lse(values: np.ndarray, axis: int) -> np.ndarray:
    top = values.max(axis, keepdims=True)
    return (np.log(np.exp(values - top).sum(axis, keepdims=True)) + top).squeeze(axis)


def posteriors(emissions: np.ndarray, mask: np.ndarray, moves: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Probability of each label of each token, expected moves summed, and log Z; texts begin and end outside (label 0)."""
    count, length, _ = emissions.shape
    forward = np.zeros_like(emissions)
    forward[:, 0] = emissions[:, 0] + moves[0]
    for at in range(1, length):
        step = lse(forward[:, at - 1, :, None] + moves, 1) + emissions[:, at]
        forward[:, at] = np.where(mask[:, at, None], step, forward[:, at - 1])
    backward = np.zeros_like(emissions)
    backward[:] = moves[:, 0]
    for at in range(length - 2, -1, -1):
        step = lse(moves + (emissions[:, at + 1] + backward[:, at + 1])[:, None, :], 2)
        backward[:, at] = np.where(mask[:, at + 1, None], step, backward[:, at])
    whole = lse(forward[:, -1] + moves[:, 0], 1)
    single = np.exp(forward + backward - whole[:, None, None]) * mask[..., None]
    pairs = np.zeros_like(moves)
    for at in range(1, length):
        both = (
            forward[:, at - 1, :, None]
            + moves
            + (emissions[:, at] + backward[:, at])[:, None, :]
            - whole[:, None, None]
        )
        pairs += (np.exp(np.minimum(both, 50)) * mask[:, at, None, None]).sum(0)
    pairs[0] += single[:, 0].sum(0)
    last = mask.sum(1) - 1
    pairs[:, 0] += single[np.arange(count), last].sum(0)
    return single, pairs, whole


def train(
    texts: list, features: Features, epochs: int, rate: float, penalty: float, least: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    rng = random.Random(seed)
    batches = prepare(texts, features, rng)
    counts = np.zeros(ROWS + 1, np.int64)
    for ids, _, mask in batches:
        counts += np.bincount(rows_of(ids, features)[mask].ravel(), minlength=ROWS + 1)
    usable = (counts >= least).astype(np.float32)
    usable[PAD] = 0
    print(f"rows used {int((counts > 0).sum())}, kept {int(usable.sum())}", flush=True)
    weights = np.zeros((ROWS + 1, LANES), np.float32)
    squares = np.full((ROWS + 1, LANES), 1e-2, np.float32)
    moves = np.zeros((LABELS, LABELS))
    move_squares = np.full((LABELS, LABELS), 1e-2)
    for epoch in range(epochs):
        began, loss, total = time.perf_counter(), 0.0, 0
        rng.shuffle(batches)
        for ids, gold, mask in batches:
            rows = rows_of(ids, features)
            emissions = np.zeros((*ids.shape, LABELS), np.float64)
            emissions[..., 1:] = weights[rows].sum(2)
            single, pairs, whole = posteriors(emissions, mask, moves)
            truth = np.eye(LABELS)[gold] * mask[..., None]
            gold_pairs = np.zeros_like(moves)
            before = np.concatenate([np.zeros((len(gold), 1), gold.dtype), gold[:, :-1]], 1)
            np.add.at(gold_pairs, (before[mask], gold[mask]), 1)
            last = gold[np.arange(len(gold)), mask.sum(1) - 1]
            np.add.at(gold_pairs[:, 0], last, 1)
            loss += whole.sum() - (emissions * truth).sum() - (gold_pairs * moves).sum()
            total += int(mask.sum())
            gradient = (single - truth)[..., 1:].astype(np.float32)[mask]
            flat = rows[mask]
            wide = flat.shape[1]
            index = flat.ravel()
            for lane in range(LANES):
                spread = np.bincount(index, np.repeat(gradient[:, lane], wide), ROWS + 1).astype(np.float32)
                touched = np.flatnonzero(spread)
                spread = (spread[touched] + penalty * weights[touched, lane]) * usable[touched]
                squares[touched, lane] += spread * spread
                weights[touched, lane] -= rate * spread / np.sqrt(squares[touched, lane])
            change = pairs - gold_pairs
            move_squares += change * change
            moves -= rate * change / np.sqrt(move_squares)
        print(f"epoch {epoch + 1}: loss {loss / total:.4f} a token, {time.perf_counter() - began:.0f} s", flush=True)
    return weights, moves


def prepare(texts: list, features: Features, rng: random.Random) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Rectangles of texts of like length: word ids, labels, and which are real."""
    encoded = []
    for read, labels in texts:
        hidden = rng.random() < 0.85
        encoded.append((
            [features.shown(word, kind, label, rng) if hidden else features.id_of(word, kind)
             for (word, kind), label in zip(read, labels, strict=True)], labels,
        ))  # fmt: skip
    features.freeze()
    encoded.sort(key=lambda item: len(item[0]))
    batches, start = [], 0
    while start < len(encoded):
        longest, end = len(encoded[start][0]), start
        while end < len(encoded) and (end - start) * max(longest, len(encoded[end][0])) < 9000:
            longest = max(longest, len(encoded[end][0]))
            end += 1
        chunk = encoded[start:end]
        ids = np.full((len(chunk), longest), len(features.seen), np.int32)
        gold = np.zeros((len(chunk), longest), np.int64)
        mask = np.zeros((len(chunk), longest), bool)
        for row, (words, labels) in enumerate(chunk):
            ids[row, : len(words)] = words
            gold[row, : len(words)] = list(labels)
            mask[row, : len(words)] = True
        batches.append((ids, gold, mask))
        start = end
    return batches


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=360_000)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--penalty", type=float, default=0.002)
    parser.add_argument("--least", type=int, default=20)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--out", type=Path, default=Path(package.__file__).with_name("weights.bin"))
    parser.add_argument("--blind", type=Path, help="where to write them with the lexicon they were trained with, too")
    chosen = parser.parse_args()
    began = time.perf_counter()
    words = lexicon()
    print(f"lexicon {len(words)}, {time.perf_counter() - began:.0f} s", flush=True)
    texts = corpus(chosen.texts, chosen.seed)
    print(
        f"{len(texts)} texts, {sum(len(labels) for _, labels in texts)} tokens, {time.perf_counter() - began:.0f} s",
        flush=True,
    )
    features = Features(words)
    weights, moves = train(texts, features, chosen.epochs, chosen.rate, chosen.penalty, chosen.least, chosen.seed)
    from pack import pack

    chosen.out.write_bytes(pack(lexicon(whole=True), weights[:ROWS], moves))
    if chosen.blind:
        chosen.blind.write_bytes(pack(words, weights[:ROWS], moves))
    print(f"{chosen.out}: {chosen.out.stat().st_size} bytes, {time.perf_counter() - began:.0f} s in all", flush=True)


if __name__ == "__main__":
    main()
