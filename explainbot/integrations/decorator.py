"""`@explained`: a handler's replies explained, whether or not it uses openai.

The decorator looks at the function once and serves sync and async functions and both kinds of generator. What the
handler returns or yields stays what it is; `explanation_of(result)` gives its explanation. Calls that the handler makes
through a guarded client are explained as they are; a handler that makes none is explained from its own text.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Mapping, Sequence
from typing import Any, TypeVar, overload

from explainbot.config import Settings
from explainbot.engine import engine_for
from explainbot.explain import Source
from explainbot.explain.source import named
from explainbot.integrations._handling import Handling, Options

__all__ = ["explained"]

HandlerT = TypeVar("HandlerT", bound=Callable[..., Any])


@overload
def explained(handler: HandlerT, /) -> HandlerT: ...
@overload
def explained(
    *,
    redact: bool = False,
    purpose: str | Mapping[str, str] | None = None,
    sources: Iterable[Source | str] = (),
    settings: Settings | None = None,
) -> Callable[[HandlerT], HandlerT]: ...


def explained(
    handler: Callable[..., Any] | None = None,
    /,
    *,
    redact: bool = False,
    purpose: str | Mapping[str, str] | None = None,
    sources: Iterable[Source | str] = (),
    settings: Settings | None = None,
) -> Any:
    """Explain what a handler returns or yields.

    The customer's message is the first text argument called `message`, `text`, `question`, `query`, `prompt`, `input`
    or `content`, else the first text there is. All else that the handler is given counts as said before; chat messages
    (`{"role": ..., "content": ...}`) keep their speakers.

    Args:
        redact: hand the handler its text arguments with personal data replaced, and restore its result. For handlers
            that call a model by other means than a guarded client. Text inside lists, tuples and dictionaries is
            replaced too; any other object is handed on as it is.
        purpose: what the customer's data is used for here, as in `turn`.
        sources: documents this handler always answers from; others are given by `turn(...)` inside or outside of it.
        settings: what applies; None means the process's default.
    """
    own_engine = None if settings is None else engine_for(settings)
    decorate = functools.partial(_decorated, Options(redact, purpose, named(sources), own_engine))
    return decorate if handler is None else decorate(handler)


def _decorated(options: Options, handler: Callable[..., Any]) -> Callable[..., Any]:
    """The handler, decorated in the shape it has."""
    if inspect.isasyncgenfunction(handler):
        shape = _async_generator
    elif inspect.iscoroutinefunction(handler):
        shape = _coroutine
    elif inspect.isgeneratorfunction(handler):
        shape = _generator
    else:
        shape = _function
    return functools.wraps(handler)(shape(handler, options, _positions(handler)))


def _positions(handler: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a handler's positional parameters, as far as it tells them."""
    try:
        parameters = inspect.signature(handler).parameters.values()
    except (TypeError, ValueError):
        return ()
    return tuple(one.name for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD))


def _function(handler: Callable[..., Any], options: Options, names: Sequence[str]) -> Callable[..., Any]:
    def run(*args: Any, **kwargs: Any) -> Any:
        with Handling(options, names, args, kwargs) as handling:
            with handling.turn:
                result = handler(*handling.args, **handling.kwargs)
            return handling.returned(result)

    return run


def _coroutine(handler: Callable[..., Any], options: Options, names: Sequence[str]) -> Callable[..., Any]:
    async def run(*args: Any, **kwargs: Any) -> Any:
        async with await Handling.begun(options, names, args, kwargs) as handling:
            with handling.turn:
                result = await handler(*handling.args, **handling.kwargs)
            return handling.returned(result)

    return run


def _generator(handler: Callable[..., Any], options: Options, names: Sequence[str]) -> Callable[..., Any]:
    def run(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        with Handling(options, names, args, kwargs) as handling:
            steps = handler(*handling.args, **handling.kwargs)
            step = functools.partial(steps.send, None)
            try:
                while True:
                    # The turn is set round each step only: a generator's context is its caller's between steps.
                    try:
                        with handling.turn:
                            item = step()
                    except StopIteration as stop:
                        yield from handling.rest()
                        return stop.value
                    try:
                        step = functools.partial(steps.send, (yield handling.yielded(item)))
                    except Exception as thrown:  # noqa: BLE001 - thrown in by the caller, for the handler to catch
                        step = functools.partial(steps.throw, thrown)
            finally:
                steps.close()

    return run


def _async_generator(handler: Callable[..., Any], options: Options, names: Sequence[str]) -> Callable[..., Any]:
    async def run(*args: Any, **kwargs: Any) -> AsyncGenerator[Any, Any]:
        async with await Handling.begun(options, names, args, kwargs) as handling:
            steps = handler(*handling.args, **handling.kwargs)
            step = functools.partial(steps.asend, None)
            try:
                while True:
                    try:
                        with handling.turn:
                            item = await step()
                    except StopAsyncIteration:
                        for item in handling.rest():
                            yield item
                        return
                    try:
                        step = functools.partial(steps.asend, (yield handling.yielded(item)))
                    except Exception as thrown:  # noqa: BLE001 - thrown in by the caller, for the handler to catch
                        step = functools.partial(steps.athrow, thrown)
            finally:
                await steps.aclose()

    return run
