"""Whether the sources bear out a reply: statement by statement, with the passage quoted and every value checked.

A statement's support is estimated from how well the best passages cover its words (`matching`) by a logistic regression
(`weights`). On top stands the strict check of values (`checking`): a value that no source gives is never "found", and
one that the matching passage gives otherwise "conflicts". It is a match of words and values, and says nothing of cause.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from types import MappingProxyType

from explainbot.explain.checking import check
from explainbot.explain.claims import Asked, is_claim, without_greeting
from explainbot.explain.crossing import Clauses
from explainbot.explain.index import MAX_SOURCE, Index, Unit, index, units_of
from explainbot.explain.lexicons import LEXICONS, Lexicon, lexicon_for
from explainbot.explain.matching import FEATURES, Match, match
from explainbot.explain.names import missing_names
from explainbot.explain.reading import Value
from explainbot.explain.said import begin, said, value_of
from explainbot.explain.source import Source, named
from explainbot.explain.statement import CheckedValue, Evidence, State, Statement
from explainbot.explain.telling import told
from explainbot.explain.tokens import tokens
from explainbot.explain.weights import BIAS, COVERED, FOUND, IN_ORDER, PARTLY, WEIGHTS

MAX_ANSWER = 100_000
"""Characters of a reply that are checked."""

FEW_SOURCES = 3
"""Sources asked for the language where the answer is too short to tell."""

LEAST = 0.2
"""Share of a statement's weight that a second passage must hold to be quoted as well."""

MORE = 2
"""Passages quoted besides, where they alone give a value of the statement."""


def ground(answer: str, sources: Sequence[Source | str], *, language: str | None = None) -> tuple[Statement, ...]:
    """The statements of `answer`, each with its state, its score and the passages that match it.

    Args:
        answer: the reply's text.
        sources: what it should rest on; plain strings are called "source-1", "source-2" and so on.
        language: ISO 639-1 code of the answer; told from the answer, then from the sources, if not given.

    Never raises on any text. Time is linear in the sources; texts seen before are not read again.
    """
    return grounded(answer, named(sources), language=language)


def grounded(
    answer: str,
    sources: Sequence[Source],
    *,
    language: str | None = None,
    wholes: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> tuple[Statement, ...]:
    """The same, where a placeholder in the answer may be borne out by others, as in `Record.wholes`."""
    answer = answer[:MAX_ANSWER]
    lexicon = LEXICONS.load(language if language in LEXICONS else "und") if language else _told(answer, sources)
    return tuple(judge(one) for one in measure(answer, sources, lexicon, wholes))


def _told(answer: str, sources: Sequence[Source]) -> Lexicon:
    """The lexicon for an answer: of its own language, else of the longest source that has one, else of what the words
    of a support desk tell of a short one, else of English."""
    longest = nlargest(FEW_SOURCES, (source.text for source in sources), key=lambda text: (len(text), text))
    texts = (answer, *longest)
    if found := next((found for text in texts if (found := lexicon_for(text))), None):
        return found
    code = told(answer) or "en"
    return LEXICONS.load(code if code in LEXICONS else "en")


def read_ahead(sources: Sequence[Source]) -> None:
    """Read the sources of an answer that is still to come, in the language it will most likely have."""
    asked = [source.text for source in sources if source.kind == "customer_message"]
    index(sources, _told(asked[-1] if asked else "", sources))


INPUTS = (*FEATURES, "names missing", "values found", "values missing", "values in conflict")
"""What the regression weighs."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A statement and all that its state is decided from.

    Attributes:
        text: the statement.
        unit: its terms and values, a greeting before them left out.
        claims: whether it says something that a source could bear out.
        match: the best passages.
        checked: its values against the sources.
        evidence: the passages, ready to quote.
        rivalled: a value in it is found, but the closest passage gives another in its place.
    """

    text: str
    unit: Unit
    claims: bool
    match: Match
    checked: tuple[CheckedValue, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rivalled: bool = False

    @property
    def covered(self) -> float:
        """The share of the statement's weight that the best two passages cover."""
        return self.match.features[FEATURES.index("idf coverage by the best two units")]

    @property
    def in_order(self) -> float:
        """The share of the statement's terms that stand in the best two passages in the same order."""
        return self.match.features[FEATURES.index("longest common subsequence with the best two units")]

    @property
    def turned(self) -> bool:
        """Whether the statement denies and the closest passage does not, or the other way round."""
        return self.match.features[FEATURES.index("negation differs")] > 0

    @property
    def inputs(self) -> tuple[float, ...]:
        """What the regression weighs, see `INPUTS`; counts are capped."""
        names = sum(value.kind == "name" for value in self.checked)
        borne = sum(value.state == "found" for value in self.checked)
        conflicts = sum(value.state == "conflicts" for value in self.checked)
        missing = len(self.checked) - names - borne - conflicts
        return (*self.match.features, min(names, 2), min(borne, 3), min(missing, 2), min(conflicts, 1))


def measure(
    answer: str, sources: Sequence[Source], lexicon: Lexicon, wholes: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> Iterator[Measured]:
    """The statements of `answer` measured against the sources; `wholes` as in `Record`."""
    found = index(sources, lexicon)
    clauses = Clauses(sources, found, lexicon)
    plain, pieces = said(answer, lexicon)
    asked = Asked(plain, lexicon)
    bodies = [without_greeting(plain, value_of(plain, piece), lexicon) for piece in pieces]
    for piece, (read, own) in zip(pieces, units_of(plain, bodies, tokens(plain), lexicon), strict=True):
        text = answer[piece.start : piece.end]
        unit = replace(read, values=tuple(_widened(value, wholes) for value in read.values)) if wholes else read
        if asked.goes_on(piece, unit) or not is_claim(plain[unit.start : unit.end], unit, lexicon):
            yield Measured(text, unit, False, Match((), (), ()))
            continue
        matched = match(unit, found, lexicon)
        outcomes = [*check(plain, unit, matched.best, sources, found, clauses)]
        checked = [one.value for one in outcomes]
        checked += missing_names(plain, unit, own, found, lexicon)
        checked.sort(key=lambda value: value.start)
        if plain is not answer:
            checked = [_as_written(answer, plain, value) for value in checked]
        evidence = _evidence(matched, [one.holder for one in outcomes], sources, found)
        rivalled = any(one.rivalled for one in outcomes)
        yield Measured(text, unit, True, matched, tuple(checked), evidence, rivalled)


def _as_written(answer: str, plain: str, value: CheckedValue) -> CheckedValue:
    """A value in the characters of the answer, escapes among them."""
    start = begin(answer, plain, value.start)
    return value.model_copy(update={"start": start, "text": answer[start : value.end]})


def _widened(value: Value, wholes: Mapping[str, Sequence[str]]) -> Value:
    """A value that one of those which hold it bears out as well."""
    others = wholes.get(value.gives[0].partition(":")[2], ()) if value.kind == "placeholder" else ()
    return value._replace(needs=(*value.needs, *(f"p:{one}" for one in others)))


def _evidence(
    matched: Match, holders: Sequence[int | None], sources: Sequence[Source], found: Index
) -> tuple[Evidence, ...]:
    """The passages to quote: the best one or two, and those that alone give a value."""
    holding = dict.fromkeys(number for number in holders if number is not None)
    quoted = {
        number: share
        for place, (number, share) in enumerate(zip(matched.best, matched.shares, strict=True))
        if not place or share >= LEAST or number in holding
    }
    others = [number for number in holding if number not in quoted][:MORE]
    return tuple(_quote(number, quoted.get(number, 0.0), sources, found) for number in (*quoted, *others))


def _quote(number: int, share: float, sources: Sequence[Source], found: Index) -> Evidence:
    unit, source = found.units[number], sources[found.owner[number]]
    return Evidence(
        source_id=source.id,
        quote=source.text[unit.start : unit.end],
        start=unit.start,
        end=unit.end,
        score=round(min(share, 1.0), 4),
    )


def judge(one: Measured) -> Statement:
    """The statement with its state and score."""
    state, score = state_of(one, chance(one.inputs)) if one.claims else ("no claim", 0.0)
    return Statement(
        text=one.text,
        start=one.unit.end - len(one.text),
        end=one.unit.end,
        state=state,
        score=round(score, 4),
        evidence=one.evidence,
        values=one.checked,
    )


def state_of(one: Measured, likely: float) -> tuple[State, float]:
    """State and score of a claim: the estimated chance, held down by values that are missing or contradicted.

    A missing name, or a count in words ("two options"), may be the model's own turn of phrase. It keeps the statement
    from being "found", and no more.
    """
    if any(value.state == "conflicts" for value in one.checked):
        return "conflicts", 0.1 * likely
    soft = {value.start for value in one.unit.values if value.kind == "count" and not value.exact}
    missing = [value for value in one.checked if value.state == "not found"]
    if any(value.kind != "name" and value.start not in soft for value in missing):
        partly = likely >= PARTLY / 2 and len(missing) < len(one.checked)
        return ("partly found" if partly else "not found"), PARTLY * likely
    if not one.match.best or likely < PARTLY:
        return "not found", likely
    if one.rivalled:
        return "partly found", PARTLY * likely
    if missing or one.turned or likely < FOUND or one.covered < COVERED or one.in_order < IN_ORDER:
        return "partly found", min(likely, FOUND - 0.01)
    return "found", likely


def chance(inputs: Sequence[float], bias: float = BIAS, weights: Sequence[float] = WEIGHTS) -> float:
    """The estimated chance that the sources bear a statement out, its missing and contradicted values left aside."""
    total = bias + sum(weight * number for weight, number in zip(weights, inputs, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def is_partial(answer: str, sources: Sequence[Source]) -> bool:
    """Whether the reply or a source is longer than what is read of it."""
    return len(answer) > MAX_ANSWER or any(len(source.text) > MAX_SOURCE for source in sources)
