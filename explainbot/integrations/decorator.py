"""`@explained`: a handler's replies explained, whether or not it uses openai.

The decorator looks at the function once and serves sync and async functions and both kinds of generator. What the
handler returns or yields stays what it is; `explanation_of(result)` gives its explanation. Calls that the handler makes
through a guarded client are explained as they are; a handler that makes none is explained from its own text.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator, Mapping, Sequence
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
from explainbot.transports import away

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
    options = _Options(redact, purpose, named(sources), settings)
    return options.decorate if handler is None else options.decorate(handler)


class _Options:
    """What `explained` was told, and the four shapes of handler it serves."""

    def __init__(
        self,
        redact: bool,
        purpose: str | Mapping[str, str] | None,
        sources: tuple[Source, ...],
        settings: Settings | None,
    ):
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
        return functools.wraps(handler)(shape(handler, _positions(handler)))

    def _function(self, handler: Callable[..., Any], names: Sequence[str]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            with _Handling(self, names, args, kwargs) as handling:
                with handling.turn:
                    result = handler(*handling.args, **handling.kwargs)
                return handling.returned(result)

        return run

    def _coroutine(self, handler: Callable[..., Any], names: Sequence[str]) -> Callable[..., Any]:
        async def run(*args: Any, **kwargs: Any) -> Any:
            async with await self._handling(names, args, kwargs) as handling:
                with handling.turn:
                    result = await handler(*handling.args, **handling.kwargs)
                return handling.returned(result)

        return run

    def _generator(self, handler: Callable[..., Any], names: Sequence[str]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
            with _Handling(self, names, args, kwargs) as handling:
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

    def _async_generator(self, handler: Callable[..., Any], names: Sequence[str]) -> Callable[..., Any]:
        async def run(*args: Any, **kwargs: Any) -> AsyncGenerator[Any, Any]:
            async with await self._handling(names, args, kwargs) as handling:
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

    async def _handling(self, names: Sequence[str], args: tuple[Any, ...], kwargs: dict[str, Any]) -> _Handling:
        if self.engine.slow:
            return await away.do(_Handling, self, names, args, kwargs)
        return _Handling(self, names, args, kwargs)


class _Handling:
    """One call of a decorated handler."""

    def __init__(self, options: _Options, names: Sequence[str], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self._redact = options.redact
        self._engine = options.engine
        self.turn: Turn = turn(purpose=options.purpose, sources=options.sources)
        self._exchange: Exchange = self._engine.open_handler(self.turn)
        try:
            self._give(names, args, kwargs)
        except BaseException as refused:
            self._engine.close(self._exchange, refused)
            raise
        self._restorer: Restorer = self._exchange.restorer()
        self._said: list[str] = []
        self._last: Any = None

    def _give(self, names: Sequence[str], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """What the handler is given, redacted where that was asked for.

        The customer's message is said last. All else was said before, or stands beside it, so it goes first.
        """
        values = [*args, *kwargs.values()]
        message = _message([*names[: len(args)], *[""] * (len(args) - len(names)), *kwargs], values)
        order = sorted(range(len(values)), key=lambda place: place == message)
        texts: list[tuple[str | None, str]] = []

        def note(role: str | None, text: str) -> str:
            texts.append((role, text))
            return text

        for place in order:
            _changed(values[place], note)
        sent = iter(self._exchange.send_texts(texts, replaced=self._redact))
        if self._redact:
            for place in order:
                values[place] = _changed(values[place], lambda role, text: next(sent))
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
        # Where the handler failed, this task may be cancelled, and then nothing can be awaited any more.
        away_from_loop = self._engine.slow and error is None
        receipt = await away.do(self._over, error) if away_from_loop else self._over(error)
        if receipt is not None:
            await receipt.arrive()

    def _over(self, error: BaseException | None) -> Receipt | None:
        """The handler has ended; what its caller has to wait for, if anything."""
        receipt = None
        if error is not None or not self.turn.explanations:
            self._explain(error)
            receipt = self._engine.close(self._exchange, error)
        else:
            self.turn.answered("".join(self._said))
        if self.turn.explanation is not None and self._last is not None:
            remember(self._last, self.turn.explanation)
        return receipt if error is None else None

    def _explain(self, error: BaseException | None) -> None:
        if self._said:
            self._exchange.handled(Said("".join(self._said), unknown=self._restorer.unknown), error)

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


MESSAGE_NAMES = frozenset("content input message prompt query question text".split())
"""What handlers call the parameter that holds what the customer says."""

ROLES = frozenset("assistant developer function system tool user".split())
"""Who speaks in a list of chat messages."""


def _positions(handler: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a handler's positional parameters, as far as it tells them."""
    try:
        parameters = inspect.signature(handler).parameters.values()
    except (TypeError, ValueError):
        return ()
    return tuple(one.name for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD))


def _message(names: Sequence[str], values: Sequence[Any]) -> int | None:
    """Which of the values is the customer's message: the first text that is called so, else the first text."""
    texts = [place for place, value in enumerate(values) if isinstance(value, str)]
    return next((place for place in texts if names[place] in MESSAGE_NAMES), texts[0] if texts else None)


def _changed(value: Any, change: Callable[[str | None, str], str], role: str | None = "user") -> Any:
    """A copy of a value with every text in it, keys included, passed through `change`.

    `change` gets the role of who says the text: that of the chat message it stands in, else the customer's; None for a
    text that nobody says, such as a key or the name of a speaker.
    """
    if isinstance(value, str):
        return change(role, value)
    if isinstance(value, dict):
        return {change(None, key) if isinstance(key, str) else key: item for key, item in _members(value, change, role)}
    if type(value) is tuple:
        return tuple(_changed(item, change, role) for item in value)
    if isinstance(value, list):
        return [_changed(item, change, role) for item in value]
    return value


def _members(
    value: dict[Any, Any], change: Callable[[str | None, str], str], role: str | None
) -> Iterator[tuple[Any, Any]]:
    speaker = value.get("role")
    chat = isinstance(speaker, str) and speaker in ROLES and "content" in value
    part = isinstance(value.get("type"), str) and "text" in value
    for key, item in value.items():
        if chat and key == "role":
            yield key, item
        elif chat or part:
            told = key == ("content" if chat else "text")
            yield key, _changed(item, change, (speaker if chat and role else role) if told else None)
        else:
            yield key, _changed(item, change, role)
