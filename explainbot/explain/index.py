"""Sources prepared for matching: units with offsets, their terms and values, and who holds which term.

Preparing costs time linear in the text and is kept, by hash of the text, in a bounded store: a second reply over the
same sources pays only for its own sentences. What is kept are offsets, word stems and normal forms of values of texts
that are already redacted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from explainbot.explain.lexicons import Lexicon
from explainbot.explain.reading import Value
from explainbot.explain.sentences import Sentence, sentences
from explainbot.explain.source import Kind, Source, digest
from explainbot.explain.tokens import CHARACTER, SIGN, WORD, Token, tokens
from explainbot.explain.values import values
from explainbot.privacy.remembered import Remembered

MAX_SOURCE = 200_000
"""Characters of one source that are read: some 30,000 words. What lies beyond is not matched."""

MAX_KEPT = 4_000_000
"""Characters of sources whose preparation is kept; some 200 MB at most."""

MAX_TERMS = 50_000
"""Terms whose units an index remembers: sources that stay the same are asked for ever new ones."""

OVERHEAD = 100
"""What an entry counts beside its characters."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of a text.

    Attributes:
        start, end: offsets in the text.
        kind: as `Sentence.kind`.
        words: its words and numbers as they stand, in lower case, in order.
        terms: stems of its content words and first keys of its values, in order.
        values: its values.
        negated: the number of words in it that turn it round.
    """

    start: int
    end: int
    kind: str
    words: tuple[str, ...]
    terms: tuple[str, ...]
    values: tuple[Value, ...]
    negated: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """One text ready for matching: its units, the units each term stands in, its words, also as codes in capitals."""

    units: tuple[Unit, ...]
    postings: dict[str, tuple[int, ...]]
    words: frozenset[str]


def prepare(text: str, lexicon: Lexicon) -> Prepared:
    """Units, postings and words of `text`."""
    text = text[:MAX_SOURCE]
    stream = tokens(text)
    units = tuple(unit for unit, _ in units_of(text, sentences(text, lexicon), stream, lexicon))
    postings: dict[str, list[int]] = {}
    for number, unit in enumerate(units):
        for term in {*unit.terms, *(key for value in unit.values for key in value.gives)}:
            postings.setdefault(term, []).append(number)
    codes = {token[1] for token in stream if token[0] == WORD and token[1].isupper()}
    words = codes.union(*(unit.words for unit in units))
    return Prepared(units, {term: tuple(places) for term, places in postings.items()}, frozenset(words))


def units_of(
    text: str, pieces: Sequence[Sentence], stream: Sequence[Token], lexicon: Lexicon
) -> Iterator[tuple[Unit, Sequence[Token]]]:
    """For each piece of `text` its unit, made of the tokens that begin inside it, and those tokens.

    Values are read piece by piece, so that none reaches from one into the next.
    """
    at = 0
    for piece in pieces:
        while at < len(stream) and stream[at][2] < piece.start:
            at += 1
        first = at
        while at < len(stream) and stream[at][3] <= piece.end:
            at += 1
        own = stream[first:at]
        found = values(text, own, lexicon)
        words, terms, negated = _read(own, found, lexicon)
        yield Unit(piece.start, piece.end, piece.kind, words, terms, tuple(found), negated), own


def _read(
    stream: Sequence[Token], found: Sequence[Value], lexicon: Lexicon
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Words, stems and value keys of the tokens, and how many words turn the sense round.

    A value counts as one term, a stop word as none; characters of scripts without spaces count in pairs.
    """
    words: list[str] = []
    terms: list[str] = []
    negated = end = 0
    ahead = iter(found)
    value = next(ahead, None)
    before = ""
    read = lexicon.terms
    for at, (kind, text, _, _) in enumerate(stream):
        if value is not None and value.first <= at:
            terms.append(value.gives[0])
            end, before = value.last, ""
            value = next(ahead, None)
        if kind == WORD:
            parts, stems, turns = read(text)
            words += parts
            if at >= end:
                terms += stems
                negated += turns
                before = ""
        elif kind == CHARACTER:
            words.append(text)
            if at >= end:
                if before:
                    terms.append(before + text)
                before = text
        elif kind != SIGN:
            words.append(text)
    return tuple(words), tuple(terms), negated


@dataclass(frozen=True, slots=True)
class Index:
    """Several prepared sources side by side; units are numbered through.

    A new message makes a new index, of sources that were nearly all seen before. So what each source holds is not
    copied together: a term is looked up in them when a statement first asks for it.

    Attributes:
        sources: the sources, and before each the number of its first unit.
        units: all units.
        owner: for each unit, the place of its source.
        run: for each unit, the number of the run of text it stands in; sources of one unit next to each other make one,
            as where a text is given line by line.
        handicaps: for each source, what a passage in it must be closer by to come first.
    """

    sources: tuple[tuple[int, Prepared], ...]
    units: tuple[Unit, ...]
    owner: tuple[int, ...]
    run: tuple[int, ...]
    handicaps: tuple[float, ...]
    _holding: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False)

    def holding(self, term: str) -> tuple[int, ...]:
        """The units that a term stands in, in order."""
        held = self._holding.get(term)
        if held is None:
            found = [(base, source.postings[term]) for base, source in self.sources if term in source.postings]
            held = tuple([base + number for base, numbers in found for number in numbers])
            if len(self._holding) < MAX_TERMS:
                self._holding[term] = held
        return held

    def has(self, word: str) -> bool:
        """Whether a word stands anywhere: in lower case, or in capitals as it is written."""
        return any(word in source.words for _, source in self.sources)

    def together(self, one: int, other: int) -> bool:
        """Whether there are two units of these numbers, in one run of text."""
        last = len(self.run)
        return 0 <= one < last and 0 <= other < last and self.run[one] == self.run[other]


HANDICAPS: Mapping[Kind, float] = {"instructions": 0.45, "customer_message": 0.05, "history": 0.5}
"""What was said in the chat, or cannot be quoted, comes after a document or a look-up that says the same."""


def _join(prepared: Sequence[Prepared], kinds: Sequence[Kind]) -> Index:
    sources: list[tuple[int, Prepared]] = []
    units: list[Unit] = []
    owner: list[int] = []
    runs: list[int] = []
    for place, source in enumerate(prepared):
        sources.append((len(units), source))
        units.extend(source.units)
        owner.extend([place] * len(source.units))
        goes_on = place > 0 and len(source.units) == len(prepared[place - 1].units) == 1
        runs.extend([runs[-1] if goes_on else place] * len(source.units))
    handicaps = tuple(HANDICAPS.get(kind, 0.0) for kind in kinds)
    return Index(tuple(sources), tuple(units), tuple(owner), tuple(runs), handicaps)


_PREPARED: Remembered[Prepared] = Remembered(MAX_KEPT)
_JOINED: Remembered[Index] = Remembered(MAX_KEPT)


def index(sources: Sequence[Source], lexicon: Lexicon) -> Index:
    """The sources ready for matching, from the store where they were seen before."""
    keys = [(lexicon.code, digest(source.text)) for source in sources]
    kinds = tuple(source.kind for source in sources)
    whole = (*keys, kinds)
    joined = _JOINED.get(whole)
    if joined is None:
        joined = _join([_prepared(source.text, key, lexicon) for source, key in zip(sources, keys, strict=True)], kinds)
        _JOINED.put(whole, sum(len(source.text) + OVERHEAD for source in sources), joined)
    return joined


def _prepared(text: str, key: tuple[str, str], lexicon: Lexicon) -> Prepared:
    found = _PREPARED.get(key)
    if found is None:
        found = prepare(text, lexicon)
        _PREPARED.put(key, len(text) + OVERHEAD, found)
    return found
