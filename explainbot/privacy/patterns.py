"""Regular expressions of the company's own: taken only when no text can make them slow.

Python's `re` backtracks: `(\\w+)+!` takes longer than a lifetime on forty letters. So a pattern is read as the parse
tree that `re` itself builds, and taken when every repeat has an end and the ways to try it at one place are few. With
`google-re2` installed (the extra `re2`), which is linear by construction (Cox, "Regular Expression Matching in the
Wild", 2010), any pattern that RE2 understands is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any, Protocol, cast

from explainbot.errors import ConfigError

_parser: Any = import_module("re._parser")

MOST_WAYS = 1_000
"""Ways to try a pattern at one place, at most; a typical one has a few dozen."""


class Found(Protocol):
    """What both engines' matches offer."""

    def start(self) -> int: ...

    def end(self) -> int: ...


class Expression(Protocol):
    """What both engines' compiled patterns offer."""

    def finditer(self, text: str) -> Iterable[Found]: ...

    def fullmatch(self, text: str) -> Found | None: ...


def compiled(pattern: str) -> Expression:
    """The pattern, checked; run on RE2 where that is installed.

    Raises:
        ConfigError: it is no regular expression, matches the empty text, or could be slow.
    """
    try:
        tree = _parser.parse(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise ConfigError(f"the pattern {pattern!r} is no regular expression: {error}") from None
    if tree.getwidth()[0] == 0:
        raise ConfigError(f"the pattern {pattern!r} matches the empty text")
    try:
        return cast(Expression, import_module("re2").compile(pattern))
    except ImportError:
        pass
    except Exception as error:
        if not type(error).__module__.startswith("re2"):
            raise
    ways = _ways(tree)
    if ways > MOST_WAYS:
        what = (
            "has a repeat without an end" if ways == float("inf") else f"can be tried in {ways:.0e} ways at one place"
        )
        raise ConfigError(
            f"the pattern {pattern!r} {what}, which some text would make slow: "
            "bound its repeats, as in [0-9]{1,12}, or install explainbot[re2]"
        )
    return re.compile(pattern)


def _ways(tree: Any) -> float:
    """In how many ways the items of a parse tree can be tried, one after the other."""
    ways = 1.0
    for operation, argument in tree:
        ways *= _ways_of(str(operation), argument)
    return ways


def _ways_of(operation: str, argument: Any) -> float:
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, body = argument
        return _repeated(least, most, _ways(body))
    if operation == "BRANCH":
        return sum(_ways(branch) for branch in argument[1])
    if operation in ("SUBPATTERN", "ASSERT", "ASSERT_NOT"):
        return _ways(argument[-1])
    if operation == "ATOMIC_GROUP":
        return _ways(argument)
    if operation == "GROUPREF_EXISTS":
        return _ways(argument[1]) + (_ways(argument[2]) if argument[2] else 1.0)
    return 1.0


def _repeated(least: int, most: int, ways: float) -> float:
    """A repeat of something that can be tried in `ways`: one way for each number of times, and for each of them."""
    if most >= int(_parser.MAXREPEAT):
        return float("inf")
    if ways <= 1:
        return float(most - least + 1)
    total = 0.0
    for times in range(least, most + 1):
        total += ways ** min(times, 64)
        if total > MOST_WAYS:
            break
    return total
