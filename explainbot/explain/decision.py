"""Decisions about a customer: what was decided, by which rule, which of its conditions they met, what would change it.

A bot that refuses, grants or changes something says so in its own code, where the rule is applied; nothing here is
told from the words of a reply. What would change a decision is read off the rule's conditions alone, never guessed
(GDPR Articles 15(1)(h) and 22; EU AI Act, Article 86; CJEU C-203/22: the procedure and principles actually applied).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from explainbot.errors import ConfigError

Outcome = Literal["refused", "granted", "changed", "asked"]
"""How it went; "asked" where all that is known is that a tool was called that decides or changes something."""

Decider = Literal["rule", "ai", "person"]
"""Who decided: a fixed rule, whose result the AI passed on; the AI itself; a person."""

Test = Literal["is", "at least", "at most"]


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Condition:
    """A condition of a rule, and the customer's own value.

    Attributes:
        field: what is looked at, in words for the customer: "days since delivery".
        required: what the rule asks for, in words or as a value.
        actual: what is on record for this customer; hidden in traces where it is personal. The `repr` shows no value.
        met: whether it is met; if not said, whether both are equal.
        test: how `required` is to be read; use `at_least` and `at_most` for numbers.
    """

    field: str
    required: str
    actual: str
    met: bool
    test: Test

    def __init__(self, field: str, required: Any, actual: Any, met: bool | None = None, test: Test = "is") -> None:
        if test not in get_args(Test):
            raise ConfigError(f"a condition's test must be one of {', '.join(get_args(Test))}")
        values = (field, str(required), str(actual), required == actual if met is None else met, test)
        for name, value in zip(("field", "required", "actual", "met", "test"), values, strict=True):
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        return f"<Condition {'met' if self.met else 'missed'}>"

    @classmethod
    def at_most(cls, field: str, required: float, actual: float) -> Condition:
        """A number that must not be higher: `Condition.at_most("days since delivery", 30, actual=41)`."""
        return cls(field, required, actual, actual <= required, "at most")

    @classmethod
    def at_least(cls, field: str, required: float, actual: float) -> Condition:
        """A number that must not be lower."""
        return cls(field, required, actual, actual >= required, "at least")


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that was refused, granted or changed for the customer.

    Attributes:
        what: in words for the customer: "refund of order A-1007"; not shown by `repr`.
        outcome: "refused", "granted" or "changed".
        rule: the rule that was applied, in words for the customer.
        conditions: those of the rule, met or missed.
        by: who decided.
        significant: whether it has a legal effect or one that matters as much (GDPR Article 22(1)).
        tool: the tool that carried it out, if one did.

    Raises:
        ConfigError: a field is not what it says here.
    """

    what: str = field(repr=False)
    outcome: Outcome
    rule: str | None = None
    conditions: Sequence[Condition] = ()
    by: Decider = "rule"
    significant: bool = False
    tool: str | None = None

    def __post_init__(self) -> None:
        if self.outcome not in get_args(Outcome):
            raise ConfigError("a decision's outcome must be refused, granted or changed")
        if self.by not in get_args(Decider):
            raise ConfigError(f"a decision is made by one of {', '.join(get_args(Decider))}")
        if not all(isinstance(one, Condition) for one in self.conditions):
            raise ConfigError("a decision's conditions must be Condition objects")
        object.__setattr__(self, "conditions", tuple(self.conditions))

    @property
    def would_change_it(self) -> tuple[Condition, ...]:
        """For a refusal, the conditions that were missed: were they all met, the rule would not refuse."""
        return tuple(one for one in self.conditions if not one.met) if self.outcome == "refused" else ()

    def reworded(self, change: Callable[[str], str]) -> Decision:
        """The same decision with all its words passed through `change`."""
        conditions = [
            Condition(change(one.field), change(one.required), change(one.actual), one.met, one.test)
            for one in self.conditions
        ]
        rule = self.rule and change(self.rule)
        return replace(
            self, what=change(self.what), rule=rule, conditions=conditions, tool=self.tool and change(self.tool)
        )


def from_tools(tools: frozenset[str], called: Sequence[str], declared: Sequence[Decision]) -> tuple[Decision, ...]:
    """Decisions known only by the tools that were called: those in `tools` of which nothing was declared."""
    said = {one.tool for one in declared}
    return tuple(Decision(name, "asked", by="ai", tool=name) for name in dict.fromkeys(called) if name in tools - said)
