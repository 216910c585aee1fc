"""`redact_event` hides personal data wherever it stands in an event of the bot's own."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from explainbot import redact_event
from explainbot.errors import DetectorFailed
from explainbot.sinks import processor

MAIL = "jane.doe@example.com"


def hidden(**event: Any) -> dict[str, Any]:
    return dict(redact_event(None, "info", event))


class Strange:
    def __repr__(self) -> str:
        return f"<Strange {MAIL}>"


@pytest.mark.parametrize(
    "value",
    [MAIL, [MAIL], (MAIL, 1), {MAIL}, {"a": {"b": [MAIL]}}, {MAIL: 1}, Strange(), 4111111111111111, ValueError(MAIL)],
    ids=str,
)
def test_it_is_hidden_wherever_it_stands(value: object) -> None:
    event = hidden(event="sent", value=value)
    assert MAIL not in str(event)
    assert "4111111111111111" not in str(event)
    assert event["event"] == "sent"


def test_the_same_value_has_the_same_placeholder_and_the_rest_stays() -> None:
    event = hidden(event=f"to {MAIL}", to=MAIL, other="bob@example.org", count=3, share=0.5, ok=True, none=None)
    assert event == {
        "event": "to [EMAIL_1]",
        "to": "[EMAIL_1]",
        "other": "[EMAIL_2]",
        "count": 3,
        "share": 0.5,
        "ok": True,
        "none": None,
    }


def test_an_exception_that_was_not_rendered_is_shown_by_its_class() -> None:
    try:
        raise ValueError(MAIL)
    except ValueError:
        assert hidden(event="x", exc_info=sys.exc_info()) == {"event": "x", "exc_info": "ValueError"}


def test_an_event_that_cannot_be_read_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def redact(self, *_: object) -> object:
            raise DetectorFailed("x", "ValueError")

    monkeypatch.setattr(processor, "_redactor", Broken())
    assert hidden(event=MAIL) == {"event": "explainbot.event_withheld", "error.type": "DetectorFailed"}


def test_nesting_without_end_ends() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert "..." in str(hidden(event="x", value=endless))


WORDS = st.sampled_from(["", " ", "ok", "refund paid", "the queue is empty", "gpt-5-mini"])


@given(st.recursive(st.none() | st.booleans() | st.integers(0, 99) | WORDS, st.lists, max_leaves=9))
def test_what_holds_nothing_personal_stays(value: object) -> None:
    assert hidden(event="x", value=value) == {"event": "x", "value": value}


def test_it_works_in_a_configured_structlog(capsys: pytest.CaptureFixture[str]) -> None:
    processors = [structlog.processors.format_exc_info, redact_event, structlog.processors.JSONRenderer()]
    log = structlog.wrap_logger(structlog.PrintLogger(), processors=processors)
    try:
        raise ValueError(f"no such customer: {MAIL}")
    except ValueError:
        log.info("failed", exc_info=True, to=MAIL)
    said = json.loads(capsys.readouterr().out)
    assert said["to"].startswith("[EMAIL_")
    assert MAIL not in str(said)
    assert "ValueError" in said["exception"]
