"""Log events through structlog, on the user's terms.

Where the user configured structlog, events take that configuration, in the thread and context of the call. Where not,
they go to the standard library's logger `explainbot` as one line of JSON, so a bot that configured nothing sees no
output at INFO. Nothing global is configured. An event holds names, counts and times, never content, and no event
carries a traceback with local variables. A logging set-up that fails costs the event, never the call.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import structlog

from explainbot.trace import Trace
from explainbot.trace.names import attributes

EXCHANGE: Final = "explainbot.exchange"
LOGGER: Final = "explainbot"


class _Failures:
    """Events lost because the user's logging raised, and the kinds of error that were said."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.count = 0
        self.said: set[str] = set()

    def renew_lock(self) -> None:
        """After a fork: a lock that another thread held stays held in the child."""
        self.lock = threading.RLock()

    def note(self, error: str) -> bool:
        """Count one; whether it is the first of its kind."""
        with self.lock:
            self.count += 1
            first = error not in self.said
            self.said.add(error)
            return first


_failures = _Failures()


def log_event(trace: Trace) -> None:
    """Log one event, `explainbot.exchange` at INFO, with the trace's attributes (see `explainbot.trace.names`)."""
    if _is_heard(logging.INFO):
        emit("info", EXCHANGE, attributes(trace))


def log_failures() -> int:
    """How many events were lost because the user's logging raised."""
    return _failures.count


def emit(level: str, event: str, fields: Mapping[str, Any]) -> None:
    """Log `event` at `level`. Never raises."""
    try:
        logger = _sync(structlog.get_logger(LOGGER)) if structlog.is_configured() else _plain()
        getattr(logger, level)(event, **fields)
    except Exception as error:  # noqa: BLE001  (any processor or handler of the user's)
        _note_failure(type(error).__name__)


def _is_heard(level: int) -> bool:
    """Whether an event may reach anybody; a configured structlog decides that by itself."""
    return structlog.is_configured() or logging.getLogger(LOGGER).isEnabledFor(level)


def _sync(logger: Any) -> Any:
    """A logger whose methods return at once also where the user's wrapper class is the asynchronous one."""
    bound = logger.bind()
    return bound.sync_bl if isinstance(bound, structlog.stdlib.AsyncBoundLogger) else bound


@cache
def _plain() -> Any:
    """A logger of our own over the standard library, for bots that did not configure structlog."""
    transform = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    return structlog.wrap_logger(
        logging.getLogger(LOGGER),
        wrapper_class=structlog.stdlib.BoundLogger,
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.ExceptionRenderer(transform),
            structlog.processors.JSONRenderer(),
        ],
    )


def _note_failure(error: str) -> None:
    """Count a lost event, and say it once for each kind of error, past the set-up that failed."""
    if not _failures.note(error):
        return
    try:
        logging.getLogger(LOGGER).warning("the configured logging raised %s; explainbot events are being lost", error)
    except Exception:  # noqa: BLE001  (a handler that raises; it has been counted)
        return


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_failures.renew_lock)
