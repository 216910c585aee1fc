"""`@explained`: a handler's replies explained, whether or not it uses openai.

The decorator looks at the function once and serves sync and async functions and both kinds of generator. What the
handler returns or yields stays what it is; `explanation_of(result)` gives its explanation. Calls that the handler makes
through a guarded client are explained as they are; a handler that makes none is explained from its own text.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncGenerator, Callable, Generator, Iterable
from typing import Any, TypeVar, overload

from explainbot import _json
from explainbot._replies import Said
from explainbot.config import Settings
from explainbot.context import Turn, turn
from explainbot.engine import Engine, engine_for
from explainbot.exchange import Exchange
from explainbot.explain import Source
from explainbot.explain.source import named
from explainbot.lookup import remember
from explainbot.privacy import Restorer
from explainbot.sinks.receipt import Receipt

__all__ = ["explained"]

HandlerT = TypeVar("HandlerT", bound=Callable[..., Any])


@overload
def explained(handler: HandlerT, /) -> HandlerT: ...
@overload
def explained(
    *,
    redact: bool = False,
    purpose: str | None = None,
    sources: Iterable[Source | str] = (),
    settings: Settings | None = None,
) -> Callable[[HandlerT], HandlerT]: ...


def explained(
    handler: Callable[..., Any] | None = None,
    /,
    *,
    redact: bool = False,
    purpose: str | None = None,
    sources: Iterable[Source | str] = (),
    settings: Settings | None = None,
) -> Any:
    """Explain what a handler returns or yields.

    Args:
        redact: hand the handler its text arguments with personal data replaced, and restore its result. For handlers
            that call a model by other means than a guarded client. Text inside lists, tuples and dictionaries is
            replaced too; any other object is handed on as it is.
        purpose: what the customer's data is used for here.
        sources: documents this handler always answers from; others are given by `turn(...)` inside or outside of it.
        settings: what applies; None means the process's default.
    """
    options = _Options(redact, purpose, named(sources), settings)
    return options.decorate if handler is None else options.decorate(handler)


class _Options:
    """What `explained` was told, and the four shapes of handler it serves."""

    def __init__(self, redact: bool, purpose: str | None, sources: tuple[Source, ...], settings: Settings | None):
        self.redact = redact
        self.purpose = purpose
        self.sources = sources
        self.own_engine = None if settings is None else engine_for(settings)

    @property
    def engine(self) -> Engine:
        """Looked up at each call, so that `configure` counts for handlers that were decorated before it."""
        return self.own_engine or engine_for(None)

    def decorate(self, handler: Callable[..., Any]) -> Callable[..., Any]:
        if inspect.isasyncgenfunction(handler):
            shape = self._async_generator
        elif inspect.iscoroutinefunction(handler):
            shape = self._coroutine
        elif inspect.isgeneratorfunction(handler):
            shape = self._generator
        else:
            shape = self._function
        return functools.wraps(handler)(shape(handler))

    def _function(self, handler: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            with _Handling(self, args, kwargs) as handling:
                with handling.turn:
                    result = handler(*handling.args, **handling.kwargs)
                return handling.returned(result)

        return run

    def _coroutine(self, handler: Callable[..., Any]) -> Callable[..., Any]:
        async def run(*args: Any, **kwargs: Any) -> Any:
            async with _Handling(self, args, kwargs) as handling:
                with handling.turn:
                    result = await handler(*handling.args, **handling.kwargs)
                return handling.returned(result)

        return run

    def _generator(self, handler: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
            with _Handling(self, args, kwargs) as handling:
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

    def _async_generator(self, handler: Callable[..., Any]) -> Callable[..., Any]:
        async def run(*args: Any, **kwargs: Any) -> AsyncGenerator[Any, Any]:
            async with _Handling(self, args, kwargs) as handling:
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


class _Handling:
    """One call of a decorated handler."""

    def __init__(self, options: _Options, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self._redact = options.redact
        self._engine = options.engine
        self.turn: Turn = turn(purpose=options.purpose, sources=options.sources)
        self._exchange: Exchange = self._engine.open_handler(self.turn)
        try:
            self._give(args, kwargs)
        except BaseException as refused:
            self._engine.close(self._exchange, refused)
            raise
        self._restorer: Restorer = self._exchange.restorer()
        self._said: list[str] = []
        self._last: Any = None

    def _give(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """What the handler is given, redacted where that was asked for.

        The customer's message is the last text: what stands in lists and the like was said before, so it goes first.
        """
        values = [*args, *kwargs.values()]
        order = sorted(range(len(values)), key=lambda place: isinstance(values[place], str))
        texts: list[str] = []

        def note(text: str) -> str:
            texts.append(text)
            return text

        _json.map_strings([values[place] for place in order], note)
        sent = iter(self._exchange.send_texts(texts, replaced=self._redact))
        if self._redact:
            for place in order:
                values[place] = _json.map_strings(values[place], lambda _: next(sent))
            args, kwargs = tuple(values[: len(args)]), dict(zip(kwargs, values[len(args) :], strict=True))
        self.args, self.kwargs = args, kwargs

    def __enter__(self) -> _Handling:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: object) -> None:
        if (receipt := self._over(error)) is not None:
            receipt.wait()

    async def __aenter__(self) -> _Handling:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: object) -> None:
        if (receipt := self._over(error)) is not None:
            await receipt.arrive()

    def _over(self, error: BaseException | None) -> Receipt | None:
        """The handler has ended; what its caller has to wait for, if anything."""
        receipt = None
        if error is not None or not self.turn.explanations:
            self._explain()
            receipt = self._engine.close(self._exchange, error)
        if self.turn.explanation is not None and self._last is not None:
            remember(self._last, self.turn.explanation)
        return receipt if error is None else None

    def _explain(self) -> None:
        if self._said:
            self._exchange.handled(Said("".join(self._said), unknown=self._restorer.unknown))

    def returned(self, result: Any) -> Any:
        """The result for the caller, restored if the handler worked on redacted text."""
        self._last = _json.map_strings(result, self._whole) if self._redact else result
        self._said.append("\n".join(_json.strings(self._last)))
        return self._last

    def _whole(self, text: str) -> str:
        return self._restorer.feed(text) + self._restorer.flush()

    def yielded(self, item: Any) -> Any:
        """One item for the caller; text that may be half a placeholder comes with the next one."""
        self._last = self._restorer.feed(item) if self._redact and isinstance(item, str) else item
        self._said += _json.strings(self._last)
        return self._last

    def rest(self) -> list[str]:
        """What is still owed when a generator ends."""
        rest = [text for text in (self._restorer.flush(),) if text]
        self._said += rest
        if rest:
            self._last = rest[0]
        return rest
