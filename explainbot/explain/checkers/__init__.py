"""A second check of what a reply says, by something that reads better than word matching. It may only lower a state.

    explanation = second_check(reply, client=client)                          # a language model judges
    explanation = second_check(reply, LocalNLI("path/to/model"))              # a model on this machine judges

A checker is one file here and one line in `CHECKERS`, or any object with a `name` and a `check`. It is given redacted
text. Where it fails, the computed state stands, and the explanation says that the check failed.
"""

from __future__ import annotations

from collections.abc import Coroutine, Generator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, overload

from explainbot._asked import Asked
from explainbot._flow import Call, Flow, Reply, drive
from explainbot._registry import Registry
from explainbot.again import Budget, again, asked_for, keep
from explainbot.errors import ConfigError, PrivacyError
from explainbot.explain import Check, Explanation, Statement
from explainbot.explain.statement import State

if TYPE_CHECKING:
    import openai

__all__ = ["CHECKERS", "CheckFailed", "Checker", "lowered", "second_check"]

AROUND = 400
"""Characters of a source that are shown round a quoted passage, on either side."""

STANDS = 2 / 3
"""Score from which a state is left as it is."""

PARTLY = 1 / 3
"""Score from which a statement is still partly found."""


class CheckFailed(Exception):
    """A checker could not tell."""


class Checker(Protocol):
    """What checks one statement."""

    name: str
    """What the customer is told did it."""

    def check(self, statement: str, passages: Sequence[str]) -> float | Flow[float]:
        """How well the passages bear the statement out, 0 to 1; or a flow that asks a model and ends in that.

        Raises:
            CheckFailed: it cannot tell. Any other error counts as that, too.
        """


CHECKERS: Registry[type[Checker]] = Registry(
    "checker",
    "explainbot.checkers",
    {
        "judge": "explainbot.explain.checkers.judge:LLMJudge",
    },
)


@overload
def second_check(
    reply: Any, checker: Checker | str = ..., *, client: openai.AsyncOpenAI, budget: Budget | None = None
) -> Coroutine[Any, Any, Explanation]: ...
@overload
def second_check(
    reply: Any, checker: Checker | str = ..., *, client: openai.OpenAI | None = None, budget: Budget | None = None
) -> Explanation: ...


def second_check(
    reply: Any,
    checker: Checker | str = "judge",
    *,
    client: openai.OpenAI | openai.AsyncOpenAI | None = None,
    budget: Budget | None = None,
) -> Explanation | Coroutine[Any, Any, Explanation]:
    """Check the statements of a reply that were found, or partly found, once more.

    Args:
        reply: anything that `explanation_of` takes, soon after it came.
        checker: a checker, or the name of one that needs no arguments: "judge" asks the reply's own model.
        client: the guarded client for a checker that asks a model; with an asynchronous one, the result is awaited.
        budget: how many calls and seconds it may take; 40 and 120 if not given.

    Returns:
        The reply's explanation with the states lowered where the checker found less support.

    Raises:
        LookupError: the reply's request is not remembered.
        UnknownName: no checker has that name.
        ConfigError: the checker asks a model and there is no client.
        UnguardedChannel, PrivacyError: the client cannot be asked safely.
    """
    asked = asked_for(reply)
    flow = _checked(asked, CHECKERS.load(checker)() if isinstance(checker, str) else checker)
    return drive(flow, _no_client) if client is None else again(flow, asked, client, budget or Budget())


def _no_client(call: Call) -> Reply:
    raise ConfigError("this checker asks a model: give second_check a client")


def _checked(asked: Asked, checker: Checker) -> Flow[Explanation]:
    scores: dict[int, float | None] = {}
    for place, one in enumerate(asked.explanation.statements):
        if one.state in ("found", "partly found"):
            scores[place] = yield from _score(checker, one, _passages(one, asked))
    return keep(
        asked,
        lambda last: last.with_statements(
            lowered(one, checker.name, scores[place]) if place in scores else one
            for place, one in enumerate(last.statements)
        ),
    )


def _score(checker: Checker, one: Statement, passages: Sequence[str]) -> Flow[float | None]:
    """The checker's score; None where it fails."""
    try:
        found = checker.check(one.text, passages)
        score = (yield from found) if isinstance(found, Generator) else found
        return float(score) if 0 <= score <= 1 else None
    except (ConfigError, PrivacyError):
        raise
    except Exception:  # noqa: BLE001 - a checker is somebody else's code: the computed state stands, and it is said so
        return None


def lowered(one: Statement, checker: str, score: float | None) -> Statement:
    """The statement as a check leaves it: its state and score never rise."""
    check = Check(checker=checker, score=score, before=one.state)
    update: dict[str, Any] = {"checks": (*one.checks, check)}
    if score is not None and score < STANDS:
        state: State = "partly found" if score >= PARTLY else "not found"
        update |= {"state": state, "score": min(one.score, round(score, 4))}
    return one.model_copy(update=update)


def _passages(one: Statement, asked: Asked) -> list[str]:
    """What was matched to the statement, with what stands round it."""
    texts = {source.id: source.text for source in asked.record.sources}
    found = []
    for item in one.evidence:
        text = texts.get(item.source_id, "")
        # A passage that is not shown to the customer has no offsets: the source's beginning stands for it.
        found.append(text[max(0, item.start - AROUND) : max(item.end, item.start) + AROUND])
    return list(dict.fromkeys(filter(None, found)))
