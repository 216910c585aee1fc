"""A structlog processor for the bot's own events: personal data in them is hidden as it is in requests."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from explainbot.errors import PrivacyError
from explainbot.privacy import Redactor, Vault

__all__ = ["redact_event"]

FAILED = "explainbot.event_withheld"
"""What an event becomes that could not be read."""

STRUCTLOGS_OWN = frozenset({"_record", "_from_structlog", "_logger", "_name"})
"""Keys of `structlog.stdlib.ProcessorFormatter`, which takes them out by itself."""

DEEPEST = 20
"""Levels of nesting that are looked into; what lies deeper is left out."""

_redactor = Redactor()


def redact_event(logger: object, method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """The event with a placeholder for each piece of personal data, the same one for the same value.

    Put it into `structlog.configure(processors=[...])` last before the renderer. Values that are neither text, numbers
    nor collections are shown by their `repr`, redacted; an exception that was not rendered before, by its class only.
    """
    vault = Vault()
    try:
        own = {key: value for key, value in event.items() if key in STRUCTLOGS_OWN}
        rest = {key: value for key, value in event.items() if key not in STRUCTLOGS_OWN}
        return {**_hidden(rest, vault, 0), **own}
    except PrivacyError as error:
        return {"event": FAILED, "error.type": type(error).__name__}


def _hidden(value: Any, vault: Vault, depth: int) -> Any:
    if depth > DEEPEST:
        return "..."
    if isinstance(value, Mapping):
        return {_hidden(key, vault, depth + 1): _hidden(item, vault, depth + 1) for key, item in value.items()}
    if isinstance(value, tuple) and len(value) == 3 and isinstance(value[1], BaseException):  # as of sys.exc_info()
        value = value[1]
    if isinstance(value, list | tuple | set | frozenset):
        return [_hidden(item, vault, depth + 1) for item in value]
    return value if value is None or isinstance(value, bool | float) else _text(value, vault)


def _text(value: object, vault: Vault) -> object:
    """A value as redacted text; a number in which nothing is hidden stays one."""
    if isinstance(value, BaseException):
        return type(value).__name__
    shown = _redactor.redact(value if isinstance(value, str) else repr(value), vault).text
    return value if isinstance(value, int) and shown == repr(value) else shown
