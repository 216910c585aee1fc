"""What the request cannot show: whose conversation this is, what for, and which passages are which documents.

It is given without touching the call, by `with turn(...)`, or inside the call, by `extra_body=about(...)`. Both work in
sync and async code, and for any framework in between: a turn is found through a context variable, and what `about`
adds to the body is taken out again before anything leaves the machine.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar, Token
from dataclasses import replace
from types import TracebackType
from typing import Any

from explainbot._asked import Asked
from explainbot._given import CONTEXT_KEY, Context
from explainbot._together import together
from explainbot.errors import ConfigError, PrivacyError
from explainbot.explain import Decision, Explanation, Source, Statement
from explainbot.explain.source import joined, named
from explainbot.privacy import Customer

__all__ = ["Turn", "about", "current_turn", "decided", "turn"]

WHOLE = "*"
"""Stands for every category of data where purposes are given."""

CATEGORY = re.compile(r"[A-Z][A-Z0-9_]*")
"""An entity type."""

MAX_CALLS = 100
"""Calls of a turn that its explanation is made of: the latest."""

_current: ContextVar[Turn | None] = ContextVar("explainbot_turn", default=None)


class Turn:
    """One handled customer message: what is known about it, and the explanations of the replies made in it.

    Use it as a context manager, made by `turn(...)`. It may be entered again after it was left.

    Attributes:
        asked: the earlier reply that every call inside examines; such calls go on with its vault, and their replies are
            not explained.
        on_statement: is called with each statement of a reply as soon as it is complete.
        explanations: of the single replies, in the order in which they came.
    """

    def __init__(
        self,
        context: Context,
        outer: Turn | None = None,
        *,
        asked: Asked | None = None,
        on_statement: Callable[[Statement], object] | None = None,
    ) -> None:
        self.context = context
        self.on_statement: Callable[[Statement], object] | None = on_statement
        if on_statement is None and outer is not None:
            self.on_statement = outer.on_statement
        self.outer = outer
        self.asked = asked
        self.explanations: list[Explanation] = []
        self._calls: deque[Asked] = deque(maxlen=MAX_CALLS)
        self._answer: str | None = None
        self._whole: tuple[int, str | None, Explanation] | None = None
        self._remember: Callable[[Explanation], object] | None = None
        self._decided: list[Decision] = []
        self._tokens: list[Token[Turn | None]] = []

    @property
    def explanation(self) -> Explanation | None:
        """The explanation for the customer, or None while there is none.

        Where the model was called more than once it is one over all calls: the last reply that says something, judged
        against what the model was given in any of them. `record`, and `calls`, list the calls for staff.
        """
        if len(self._calls) < 2:
            return self.explanations[-1] if self.explanations else None
        state = len(self.explanations), self._answer
        if self._whole is None or self._whole[:2] != state:
            self._whole = (*state, self._together())
            if self._remember is not None:
                self._remember(self._whole[2])
        return self._whole[2]

    def _together(self) -> Explanation:
        """Over all calls; of the last one alone where its vault takes no more values of the others."""
        try:
            return together(tuple(self._calls), self._answer)
        except PrivacyError:
            return self.explanations[-1]

    def answered(self, text: str) -> None:
        """What the customer was told, where it was not the last reply: a guardrail may have asked a model after it.

        Say it when all calls are made: `explanation` is then that of the last reply with this text, or of the last
        reply at all, where none says it.
        """
        self._answer = text
        if self.outer is not None:
            self.outer.answered(text)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided so far: what was given, and what `decided` told in this turn and those inside it."""
        return (*self.context.decisions, *self._decided)

    def decide(self, decision: Decision) -> None:
        """A decision was made in this turn, and so in every turn round it."""
        self._decided.append(decision)
        if self.outer is not None:
            self.outer.decide(decision)

    def add(
        self,
        explanation: Explanation,
        asked: Asked | None = None,
        remember: Callable[[Explanation], object] | None = None,
    ) -> None:
        """A reply was explained in this turn, and so in every turn round it.

        Args:
            asked: what it was computed from.
            remember: is told the explanation over all calls, once there is one.
        """
        if asked is not None:
            self._calls.append(replace(asked, request={}))
            self._remember = remember
        self._answer = None
        self.explanations.append(explanation)
        if self.outer is not None:
            self.outer.add(explanation, asked, remember)

    def add_sources(self, sources: Iterable[Source | str]) -> None:
        """Documents were found in the middle of this turn: name them for the calls that follow.

        A document that is named already counts once; another one with the same id gets a number behind it.

        Raises:
            ConfigError: the sources are no list, or one is neither a `Source` nor a text.
        """
        found = named(sources)
        self.context = replace(self.context, sources=joined(self.context.sources, found))
        if self.outer is not None:
            self.outer.add_sources(found)

    def __enter__(self) -> Turn:
        self._tokens.append(_current.set(self))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        _current.reset(self._tokens.pop())

    def __repr__(self) -> str:
        return f"<Turn with {len(self.context.sources)} sources, {len(self.explanations)} explanations>"


def turn(
    *,
    conversation: str | None = None,
    id: str | None = None,
    customer: Customer | None = None,
    purpose: str | Mapping[str, str] | None = None,
    language: str | None = None,
    sources: Iterable[Source | str] = (),
    decisions: Iterable[Decision] = (),
    on_statement: Callable[[Statement], object] | None = None,
) -> Turn:
    """The context of one customer message, for every call made inside the `with` block.

    A turn inside another one takes over what it does not say itself.

    Args:
        conversation: the id of the whole talk; within it the same value always has the same placeholder.
        id: your own id of this message.
        customer: whose conversation it is; their values are hidden wherever they appear.
        purpose: what the data is used for, such as "billing"; or, for each category as `detect` names it, what such
            data is used for: `{"EMAIL_ADDRESS": "sending you the receipt"}`, with "*" for the whole.
        language: BCP 47 tag of the explanation's language; without it, the language of the reply.
        sources: the documents given to the model; a plain text is called "source-1" and so on.
        decisions: what was decided about the customer; one made in the middle of the turn is told by `decided`.
        on_statement: called with each statement of a streamed reply as soon as its last word is there, before the
            words after it are handed on; it should not wait for anything. The explanation, which knows the whole
            reply, may still judge one otherwise.

    Raises:
        ConfigError: the customer is no `Customer`, the sources are no list, or one is neither a `Source` nor a text;
            or the purpose is no text, or of no category.
    """
    outer = current_turn()
    given = _context(conversation, id, customer, purpose, language, sources, decisions)
    return Turn(given if outer is None else given.over(outer.context), outer, on_statement=on_statement)


def current_turn() -> Turn | None:
    """The turn this code runs in."""
    return _current.get()


def decided(decision: Decision) -> Decision:
    """Say, where a rule is applied, that it decided something about the customer of this turn.

    Explanations made in this turn from now on tell it. Gives the decision back.

    Raises:
        ConfigError: it is no `Decision`, or there is no turn round this code.
    """
    [decision] = _decisions([decision])
    here = current_turn()
    if here is None:
        raise ConfigError("decided() belongs inside `with explainbot.turn(...)` or a decorated handler")
    here.decide(decision)
    return decision


def about(
    *,
    conversation: str | None = None,
    id: str | None = None,
    customer: Customer | None = None,
    purpose: str | Mapping[str, str] | None = None,
    language: str | None = None,
    sources: Iterable[Source | str] = (),
    decisions: Iterable[Decision] = (),
) -> dict[str, Any]:
    """The same as `turn`, for one call: `create(..., extra_body=about(conversation="c-91"))`.

    What it gives is taken out of the request before anything leaves the machine.

    Raises:
        ConfigError: as `turn` does.
    """
    given = _context(conversation, id, customer, purpose, language, sources, decisions)
    return {CONTEXT_KEY: given.to_json()}


def _context(
    conversation: str | None,
    id: str | None,
    customer: Customer | None,
    purpose: str | Mapping[str, str] | None,
    language: str | None,
    sources: Iterable[Source | str],
    decisions: Iterable[Decision],
) -> Context:
    whole, purposes = _purposes(purpose)
    checked = (_checked(customer), whole, language, named(sources), _decisions(decisions), purposes)
    return Context(conversation, id, *checked)


def _purposes(purpose: str | Mapping[str, str] | None) -> tuple[str | None, dict[str, str]]:
    """What all data is used for, and what each category is."""
    given = dict(purpose) if isinstance(purpose, Mapping) else {} if purpose is None else {WHOLE: purpose}
    for name, text in given.items():
        if not isinstance(text, str) or not (name == WHOLE or CATEGORY.fullmatch(name)):
            raise ConfigError(
                "a purpose is a text, or one for each category such as EMAIL_ADDRESS, or '*' for the whole"
            )
    return given.pop(WHOLE, None), given


def _checked(customer: Customer | None) -> Customer | None:
    if customer is not None and not isinstance(customer, Customer):
        raise ConfigError(f"a customer must be a Customer, not {type(customer).__name__}")
    return customer


def _decisions(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    if isinstance(decisions, Decision):
        raise ConfigError("decisions must be a list: give [...], not one Decision")
    found = tuple(decisions)
    for one in found:
        if not isinstance(one, Decision):
            raise ConfigError(f"a decision must be a Decision, not {type(one).__name__}")
    return found
