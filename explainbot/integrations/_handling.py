"""One call of a decorated handler: what it is given, what it returns or yields, and the explanation of that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explainbot import _json
from explainbot._replies import Said
from explainbot.context import Turn, turn
from explainbot.engine import Engine, engine_for
from explainbot.exchange import Exchange
from explainbot.explain import Source
from explainbot.lookup import remember
from explainbot.privacy import Restorer
from explainbot.sinks.receipt import Receipt
from explainbot.transports import away

__all__ = ["Handling", "Options"]

MESSAGE_NAMES = frozenset("content input message prompt query question text".split())
"""What handlers call the parameter that holds what the customer says."""

ROLES = frozenset("assistant developer function system tool user".split())
"""Who speaks in a list of chat messages."""


@dataclass(frozen=True)
class Options:
    """What `explained` was told."""

    redact: bool
    purpose: str | Mapping[str, str] | None
    sources: tuple[Source, ...]
    own_engine: Engine | None

    @property
    def engine(self) -> Engine:
        """Looked up at each call, so that `configure` counts for handlers that were decorated before it."""
        return self.own_engine or engine_for(None)


class Handling:
    """One call of a decorated handler; a context manager round it, sync or async.

    Args:
        options: what the decorator was told.
        names: of the handler's positional parameters.
        args, kwargs: what the handler was called with.

    Attributes:
        turn: the turn that the handler runs in.
        args, kwargs: what it is given.

    Raises:
        PrivacyError: what it was called with cannot be redacted.
    """

    def __init__(self, options: Options, names: Sequence[str], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
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

    @classmethod
    async def begun(
        cls, options: Options, names: Sequence[str], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Handling:
        """The same, away from the event loop where reading the arguments takes long."""
        if options.engine.slow:
            return await away.do(cls, options, names, args, kwargs)
        return cls(options, names, args, kwargs)

    def __enter__(self) -> Handling:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: object) -> None:
        if (receipt := self._over(error)) is not None:
            receipt.wait()

    async def __aenter__(self) -> Handling:
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
