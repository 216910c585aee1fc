"""One log event for each exchange, on the user's terms, without content."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from records import python, record

from explainbot.sinks import log_event
from explainbot.sinks.events import log_failures
from explainbot.trace import Redacted

SECRET = record(request=Redacted("CANARY"), reply=Redacted("CANARY"), explanation=Redacted("CANARY"))


@pytest.fixture(autouse=True)
def nothing_configured() -> Iterator[None]:
    """structlog as it is before anybody configured it."""
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def configure(*processors: Any, **options: Any) -> structlog.testing.CapturingLogger:
    """structlog set up by a user, with a logger that keeps what it is given."""
    logger = structlog.testing.CapturingLogger()
    structlog.configure(
        processors=[*processors, structlog.processors.JSONRenderer()], logger_factory=lambda *_: logger, **options
    )
    return logger


def test_a_configured_structlog_gets_one_event() -> None:
    logger = configure(structlog.processors.add_log_level)
    log_event(SECRET)
    [call] = logger.calls
    event = json.loads(call.args[0])
    assert call.method_name == "info"
    assert event["event"] == "explainbot.exchange"
    assert event["level"] == "info"
    assert event["explainbot.trace.id"] == "t-00000"
    assert event["gen_ai.request.model"] == "gpt-5-mini"
    assert event["explainbot.hidden.EMAIL_ADDRESS"] == 1
    assert "CANARY" not in call.args[0]


def test_the_context_of_the_calling_thread_is_in_the_event() -> None:
    logger = configure(structlog.contextvars.merge_contextvars)
    with structlog.contextvars.bound_contextvars(request_id="r-7"):
        log_event(record())
    assert json.loads(logger.calls[0].args[0])["request_id"] == "r-7"


def test_the_users_level_is_respected() -> None:
    logger = configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    log_event(record())
    assert logger.calls == []


def test_a_processor_may_drop_the_event() -> None:
    def drop(logger: Any, name: str, event: Any) -> Any:
        raise structlog.DropEvent

    before = log_failures()
    logger = configure(drop)
    log_event(record())
    assert logger.calls == []
    assert log_failures() == before


def test_an_asynchronous_logger_gets_the_event_at_once() -> None:
    logger = configure(wrapper_class=structlog.stdlib.AsyncBoundLogger)

    async def call() -> None:
        log_event(record())

    asyncio.run(call())
    assert len(logger.calls) == 1


def test_a_broken_processor_costs_the_event_only_and_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    class Unheard(Exception):
        """A kind of error that no other test raised."""

    def broken(logger: Any, name: str, event: Any) -> Any:
        raise Unheard("CANARY")

    configure(broken)
    before = log_failures()
    for _ in range(5):
        log_event(record())
    assert log_failures() == before + 5
    assert [entry.message for entry in caplog.records] == [
        "the configured logging raised Unheard; explainbot events are being lost"
    ]


def test_without_a_configured_structlog_the_standard_library_gets_json(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "explainbot")
    with structlog.contextvars.bound_contextvars(request_id="r-7"):
        log_event(SECRET)
    [entry] = caplog.records
    event = json.loads(entry.message)
    assert entry.name == "explainbot"
    assert entry.levelno == logging.INFO
    assert (event["event"], event["level"], event["request_id"]) == ("explainbot.exchange", "info", "r-7")
    assert event["explainbot.trace.id"] == "t-00000"
    assert "CANARY" not in entry.message
    assert not structlog.is_configured()


def test_a_bot_that_configured_nothing_sees_no_output() -> None:
    result = python("from records import record; from explainbot.sinks import log_event; log_event(record())")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_a_bot_that_configured_the_standard_library_sees_json() -> None:
    result = python(
        "import logging, sys\n"
        "logging.basicConfig(level='INFO', stream=sys.stdout, format='%(message)s')\n"
        "from records import record; from explainbot.sinks import log_event; log_event(record())"
    )
    assert json.loads(result.stdout)["event"] == "explainbot.exchange", result.stderr


def test_nothing_global_is_configured() -> None:
    result = python(
        "import logging, structlog\n"
        "before = structlog.get_config(), list(logging.root.handlers), logging.root.level\n"
        "from records import record; from explainbot.sinks import log_event; log_event(record())\n"
        "assert before == (structlog.get_config(), logging.root.handlers, logging.root.level)\n"
        "assert not structlog.is_configured()\n"
        "assert logging.getLogger('explainbot').handlers == []\n"
    )
    assert result.returncode == 0, result.stderr
