"""The help articles of Larkwheel and the search that finds the right one, with the standard library alone.

Ranking is Okapi BM25 (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75) over lightly stemmed words. The title and the
line "asked" of an article (how customers put it: "postage" for a page on delivery costs) count three times.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

K1, B = 1.2, 0.75
TITLE_WEIGHT = 3
FLOOR = 3.5  # chosen on this knowledge base: right articles score 3.9 and more, "What is the capital of France?" 3.3

STOP_WORDS = frozenset(
    "a about after ago all also am an and any are as at be been because but by can could day did do does dont else "
    "for from get give given go got had has have hello hi how i id if im in is it its ive just know last let like "
    "long many may me much my name need no not now of ok on one or our please pound right see should so some "
    "somebody someone something sorry tell than thank that the their them then there they this to today too us very "
    "want was way we week were what when where which who why will with would yesterday yet you your".split()
)


@dataclass(frozen=True, slots=True)
class Article:
    """One help article; `updated` is an ISO date, `url` a path on the desk itself, `asked` is for the search alone."""

    id: str
    title: str
    text: str
    updated: str
    url: str
    asked: str = ""


@cache
def articles() -> list[Article]:
    """All articles, sorted by id; read once from ``articles/*.md`` beside this file."""
    return [_read(path) for path in sorted((Path(__file__).parent / "articles").glob("*.md"))]


def article(article_id: str) -> Article | None:
    """The article with this id, or None."""
    return next((one for one in articles() if one.id == article_id), None)


def search(question: str, limit: int = 3) -> list[Article]:
    """The articles that fit the question best, best first; fewer than `limit`, or none, where too few words match."""
    return [articles()[index] for index, _ in _ranked(question)[:limit]]


def passage(question: str, one: Article) -> str:
    """The paragraph of an article that fits the question best: as much as a very small model can hold."""
    _, rarity, _ = _index()
    asked, title = set(_words(question)), set(_words(one.title))

    def shared(words: set[str]) -> float:
        return math.fsum(rarity.get(word, 0.0) for word in words)

    def weight(paragraph: str) -> tuple[float, float]:
        words = set(_words(paragraph))
        return shared(asked & words), shared(title & words)  # the title settles a tie

    return max(one.text.split("\n\n"), key=weight)


def all_known(question: str) -> bool:
    """Whether every word of a question stands in some article; if not, it is about something else."""
    _, rarity, _ = _index()
    return set(_words(question)) <= rarity.keys()


def _read(path: Path) -> Article:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.strip().splitlines())
    return Article(path.stem, fields["title"], body.strip(), fields["updated"], f"/help/{path.stem}", fields["asked"])


def _words(text: str) -> list[str]:
    found = [(word, _stem(word)) for word in re.findall(r"[a-z0-9]+", text.lower().replace("'", ""))]
    return [stem for word, stem in found if word not in STOP_WORDS and stem not in STOP_WORDS]


def _stem(word: str) -> str:
    """Strips the commonest English endings; far simpler than Porter's, and enough for forty articles."""
    if len(word) <= 3:
        return word
    for ending in ("ies", "y", "ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


@cache
def _index() -> tuple[Sequence[Counter[str]], dict[str, float], float]:
    """Word counts of each article, rarity (IDF) of each word, mean length."""
    counts = [Counter(_words(f"{one.title} {one.asked}") * TITLE_WEIGHT + _words(one.text)) for one in articles()]
    found_in = Counter(word for count in counts for word in count)
    total = len(counts)
    rarity = {word: math.log(1 + (total - n + 0.5) / (n + 0.5)) for word, n in found_in.items()}
    return counts, rarity, sum(count.total() for count in counts) / total


def _ranked(question: str) -> list[tuple[int, float]]:
    counts, rarity, mean = _index()
    query = set(_words(question)) & rarity.keys()
    scores = [
        sum(
            rarity[word] * count[word] * (K1 + 1) / (count[word] + K1 * (1 - B + B * count.total() / mean))
            for word in sorted(query)
        )
        for count in counts
    ]
    found = [(index, score) for index, score in enumerate(scores) if score >= FLOOR]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))
