"""The removal test: the model is asked again without one source at a time, and what changes names the cause.

A match of words shows that a source could bear a statement out. That the model wrote it *because* of the source is
shown only by leaving the source out. Chance must be told apart from cause, so the test also asks without taking
anything away: the same request again, and, where the server scores a fixed answer, with its documents in another
order. An effect counts only if it lies outside the band of what that does.

Where the server gives exact log-probabilities (`explainbot.scoring`), the reply's own words are scored; a statement
that no single source moves, but all together do, is then tried with random subsets, as in ContextCite (arXiv
2409.00729). Elsewhere new answers are read at temperature 0, and a source that seems to matter is left out several
times.
"""

from __future__ import annotations

from collections.abc import Coroutine, Iterable, Mapping, Sequence
from statistics import fmean
from typing import TYPE_CHECKING, Any, overload

from explainbot import _json
from explainbot._asked import Asked
from explainbot._flow import Call, Flow, Reply
from explainbot._messages import changed, rotation, texts_of
from explainbot._provenance import standing
from explainbot.again import Budget, again, asked_for, keep
from explainbot.explain import Effect, Explanation, RemovalTest, Source, Statement, ground
from explainbot.explain.effects import LEAST_NATS, LEAST_SHARE, Mask, lasso, logit, noise_of, subsets
from explainbot.explain.source import digest
from explainbot.scoring import Scorer, by_statement, scorer_for

if TYPE_CHECKING:
    import openai

__all__ = ["removal_test"]

REMOVABLE = ("document", "tool_result", "profile")
"""Kinds of source that are left out. Without its instructions or its question a request asks something else."""

REPEATS = 3
"""Answers that are read of the unchanged request, and of one that lacks a source that seems to matter."""

ORDERS = 3
"""Other orders of the documents that are scored to know the noise, at most."""

SUBSETS = 32
"""Random subsets that are scored, at most; ContextCite uses 32 by default."""

WORTH_IT = 8
"""Fewest subsets that a regression is made from."""

REFUSED = frozenset({400, 404, 422})
"""Statuses of a server that does not know a field of the request."""


@overload
def removal_test(reply: Any, client: openai.OpenAI, *, budget: Budget | None = None) -> Explanation: ...
@overload
def removal_test(
    reply: Any, client: openai.AsyncOpenAI, *, budget: Budget | None = None
) -> Coroutine[Any, Any, Explanation]: ...


def removal_test(
    reply: Any, client: openai.OpenAI | openai.AsyncOpenAI, *, budget: Budget | None = None
) -> Explanation | Coroutine[Any, Any, Explanation]:
    """Test which sources a reply was written because of, by asking again without one at a time.

    Everything sent is redacted as the first time, and traced as an evaluation of the reply.

    Args:
        reply: anything that `explanation_of` takes, soon after it came.
        client: the guarded client to ask with; with an asynchronous one, the result is awaited.
        budget: how many calls and seconds it may take; 40 and 120 if not given. What it does not reach is left
            untested, and the explanation says so.

    Returns:
        The reply's explanation, with the effect of each source on each statement. `explanation_of` a trace id gives it
        too from now on, in other processes as well; the reply itself carries the one it came with.

    Raises:
        LookupError: the reply's request is not remembered.
        UnguardedChannel, PrivacyError: the client cannot be asked safely.
    """
    asked, spend = asked_for(reply), budget or Budget()
    return again(_explained(asked, spend.calls), asked, client, spend)


def _explained(asked: Asked, calls: int) -> Flow[Explanation]:
    test = _Test(asked, calls)
    yield from test.run()

    def examined(place: int, statement: Statement) -> Statement:
        effects = tuple(test.effects.get(place, ()))
        update = {"effects": effects, "evidence": _tested(statement, effects)}
        return statement.model_copy(update=update) if effects else statement

    return keep(
        asked,
        lambda last: last.with_statements(
            [examined(place, one) for place, one in enumerate(last.statements)], test.summary()
        ),
    )


def _tested(statement: Statement, effects: Iterable[Effect]) -> tuple[Any, ...]:
    """The evidence, marked where its source was found to be a cause."""
    causes = {effect.source_id for effect in effects if effect.outside}
    return tuple(
        item.model_copy(update={"tier": "tested"}) if item.source_id in causes else item for item in statement.evidence
    )


class _Stopped(Exception):
    """No more calls: the budget is spent, or the provider does not answer."""


class _Test:
    """One removal test in progress.

    Attributes:
        effects: by statement.
        tested: the sources left out so far.
    """

    def __init__(self, asked: Asked, calls: int) -> None:
        self.effects: dict[int, list[Effect]] = {}
        self.tested: list[str] = []
        self._answer = asked.record.reply
        self._request = {**asked.request}
        self._messages: list[Any] = list(asked.request.get("messages") or ())
        self._language = asked.explanation.language
        self._claims = {place: one for place, one in enumerate(asked.explanation.statements) if one.state != "no claim"}
        self._sources = _ordered(asked, self._messages) if self._claims else []
        self._seed = digest(_json.dumps(self._request).decode())
        self._left = calls
        self._made = 0
        self._measure: Any = "answers"

    def summary(self) -> RemovalTest:
        complete = len(self.tested) == len(self._sources)
        return RemovalTest(measure=self._measure, calls=self._made, tested=tuple(self.tested), complete=complete)

    def run(self) -> Flow[None]:
        if not self._sources:
            return
        try:
            first = yield from self._settle()
            scorer = scorer_for(first.body)
            full = None if scorer is None else (yield from self._score(scorer, self._messages))
            if scorer is not None and full is not None:
                self._measure = "log-probability"
                yield from self._by_score(scorer, full)
            else:
                yield from self._by_answers(first)
        except _Stopped:
            return

    # Asking -----------------------------------------------------------------------------------------------------

    def _ask(self, request: Mapping[str, Any]) -> Flow[Reply]:
        """One call; raises _Stopped where there can be no more."""
        if self._left <= 0:
            raise _Stopped
        self._left -= 1
        reply = yield Call(request)
        self._made += 1
        if reply.error is not None and getattr(reply.error, "status_code", None) not in REFUSED:
            raise _Stopped
        return reply

    def _settle(self) -> Flow[Reply]:
        """The unchanged request, as settled as the server allows: temperature 0 and a seed, with log-probabilities."""
        seed = {
            "temperature": 0,
            "seed": int(self._seed[:7], 16),
            **({"seed": s} if (s := self._request.get("seed")) else {}),
        }
        for settled in ({**seed, "logprobs": True}, seed, {"temperature": 0}, {}):
            reply = yield from self._ask({**self._request, **settled})
            if reply.error is None:
                settled.pop("logprobs", None)
                self._request.update(settled)
                return reply
        raise _Stopped

    def _without(self, places: Iterable[int]) -> list[Any]:
        """The messages without some of the sources."""
        pieces = [piece for place in places for piece in standing(self._sources[place].text, texts_of(self._messages))]

        def cut(text: str) -> str:
            for piece in pieces:
                text = text.replace(piece, "")
            return text

        return changed(self._messages, cut)

    # Exact scores -----------------------------------------------------------------------------------------------

    def _score(self, scorer: Scorer, messages: Sequence[Any]) -> Flow[dict[int, float] | None]:
        reply = yield from self._ask(scorer.request(self._request, messages, self._answer))
        tokens = scorer.tokens(reply.body, self._answer)
        return None if tokens is None else by_statement(tokens, self._answer, self._claims)

    def _scored(self, scorer: Scorer, messages: Sequence[Any]) -> Flow[dict[int, float]]:
        scores = yield from self._score(scorer, messages)
        if scores is None:
            raise _Stopped
        return scores

    def _by_score(self, scorer: Scorer, full: dict[int, float]) -> Flow[None]:
        drift: dict[int, list[float]] = {place: [] for place in full}
        for messages in (self._messages, *self._other_orders()):
            same = yield from self._scored(scorer, messages)
            for place, values in drift.items():
                values.append(full[place] - same[place])
        noise = {place: noise_of(values, LEAST_NATS) for place, values in drift.items()}
        scores: dict[Mask, dict[int, float]] = {(True,) * len(self._sources): full}
        for number, source in enumerate(self._sources):
            without = yield from self._scored(scorer, self._without([number]))
            scores[tuple(place != number for place in range(len(self._sources)))] = without
            self._note(source, {place: (full[place] - without[place], noise[place]) for place in full})
        untouched = [place for place in full if not any(effect.outside for effect in self.effects[place])]
        if untouched and len(self._sources) > 1:
            yield from self._together(scorer, full, noise, scores, untouched)

    def _other_orders(self) -> list[list[Any]]:
        """The messages with the documents in other orders: what that does to a statement is no cause."""
        texts = texts_of(self._messages)
        whole = [standing(source.text, texts) for source in self._sources if source.kind == "document"]
        forms = [pieces[0] for pieces in whole if len(pieces) == 1]
        return [changed(self._messages, rotation(forms, shift)) for shift in range(1, min(len(forms), ORDERS + 1))]

    def _together(
        self,
        scorer: Scorer,
        full: dict[int, float],
        noise: dict[int, float],
        scores: dict[Mask, dict[int, float]],
        untouched: list[int],
    ) -> Flow[None]:
        """Statements that no single source moved: do all sources together, and which of them?"""
        none = yield from self._scored(scorer, self._without(range(len(self._sources))))
        scores[(False,) * len(self._sources)] = none
        moved = [place for place in untouched if full[place] - none[place] > noise[place]]
        if not moved:
            return
        for mask in subsets(len(self._sources), min(SUBSETS, self._left), self._seed):
            if mask not in scores:
                gone = [place for place, kept in enumerate(mask) if not kept]
                scores[mask] = yield from self._scored(scorer, self._without(gone))
        if len(scores) < min(WORTH_IT, 2 ** len(self._sources)):
            return
        for place in moved:
            weights = lasso(list(scores), [logit(one[place]) for one in scores.values()])
            self.effects[place] = [
                effect.model_copy(update={"effect": round(weight, 4), "outside": True, "jointly": True})
                if weight > noise[place]
                else effect
                for effect, weight in zip(self.effects[place], weights, strict=True)
            ]

    # Answers ----------------------------------------------------------------------------------------------------

    def _by_answers(self, first: Reply) -> Flow[None]:
        again = yield from self._times(REPEATS - 1, self._messages)
        unchanged = [self._kept(first), *again]
        for number, source in enumerate(self._sources):
            messages = self._without([number])
            samples = yield from self._times(1, messages)
            if any(self._lost(unchanged, samples, place) for place in self._claims):
                samples += yield from self._times(REPEATS - 1, messages)
            effects = {}
            for place in self._claims:
                before, after = [one[place] for one in unchanged], [one[place] for one in samples]
                noise = LEAST_SHARE + max(before) - min(before)
                # Every answer without the source must lie below every one with it.
                loss = fmean(before) - fmean(after)
                effects[place] = (loss if self._lost(unchanged, samples, place) else min(loss, noise), noise)
            self._note(source, effects)

    def _times(self, count: int, messages: Sequence[Any]) -> Flow[list[dict[int, float]]]:
        """What of the statements is in each of `count` new answers."""
        kept = []
        for _ in range(count):
            reply = yield from self._ask({**self._request, "messages": messages})
            if reply.error is not None:
                raise _Stopped
            kept.append(self._kept(reply))
        return kept

    def _kept(self, reply: Reply) -> dict[int, float]:
        """How much of each statement a new answer says as well, 0 to 1."""
        answer = Source("answer", reply.text or "")
        return {place: _said(one.text, answer, self._language) for place, one in self._claims.items()}

    @staticmethod
    def _lost(unchanged: list[dict[int, float]], samples: list[dict[int, float]], place: int) -> bool:
        return max(one[place] for one in samples) < min(one[place] for one in unchanged) - LEAST_SHARE

    def _note(self, source: Source, effects: Mapping[int, tuple[float, float]]) -> None:
        self.tested.append(source.id)
        for place, (effect, noise) in effects.items():
            found = Effect(source_id=source.id, effect=round(effect, 4), noise=round(noise, 4), outside=effect > noise)
            self.effects.setdefault(place, []).append(found)


def _said(statement: str, answer: Source, language: str) -> float:
    """How well an answer bears a statement out: the least of its sentences counts."""
    claims = [one.score for one in ground(statement, [answer], language=language) if one.state != "no claim"]
    return min(claims, default=0.0)


def _ordered(asked: Asked, messages: Sequence[Any]) -> list[Source]:
    """The sources that can be left out, those that are quoted first."""
    texts = texts_of(messages)
    quoted = {note.id for note in asked.explanation.sources if note.quoted}
    found = [one for one in asked.record.sources if one.kind in REMOVABLE and standing(one.text, texts)]
    return sorted(found, key=lambda one: one.id not in quoted)
