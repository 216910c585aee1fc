"""A trace holds redacted text and nothing else, and survives being written and read."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from records import NOON, record

from explainbot.trace import STATUSES, Redacted, SourceRef, Trace
from explainbot.trace.model import CONTENT, NAME_LENGTH

CANARY = "jane.doe@example.com"


@pytest.mark.parametrize("field", CONTENT)
@pytest.mark.parametrize(
    "value", [CANARY, CANARY.encode(), [CANARY], {"text": CANARY}], ids=["str", "bytes", "list", "dict"]
)
def test_content_must_be_redacted_and_the_error_does_not_show_it(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        record(**{field: value})
    assert "only redacted text may enter a trace" in str(caught.value)
    assert CANARY not in str(caught.value)
    assert CANARY not in repr(caught.value)


@pytest.mark.parametrize("field", CONTENT)
def test_plain_json_cannot_slip_content_in(field: str) -> None:
    text = json.dumps({**json.loads(record().to_json()), field: CANARY})
    with pytest.raises(ValidationError, match="only redacted text"):
        Trace.model_validate_json(text)


@pytest.mark.parametrize("field", CONTENT)
def test_a_copy_made_without_validation_does_not_become_json(field: str) -> None:
    copy = record().model_copy(update={field: CANARY})
    with pytest.raises(TypeError) as caught:
        copy.to_json()
    assert CANARY not in str(caught.value)


def test_a_changed_text_is_plain_again() -> None:
    text = Redacted("[EMAIL_1]")
    for changed in (text + "", text.lower(), text[:], f"{text}", text.replace("x", "y"), "".join([text, ""])):
        if changed is not text:
            assert type(changed) is str


def test_redacted_text_can_be_pickled_and_copied() -> None:
    text = pickle.loads(pickle.dumps(Redacted("[EMAIL_1]")))
    assert isinstance(text, Redacted)
    assert text == "[EMAIL_1]"


def test_the_repr_shows_no_content() -> None:
    trace = record(request=Redacted("CANARY"), reply=Redacted("CANARY"), explanation=Redacted("CANARY"))
    assert "CANARY" not in repr(trace)
    assert "t-00000" in repr(trace)


def test_an_error_in_another_field_does_not_show_the_value() -> None:
    with pytest.raises(ValidationError) as caught:
        record(status=CANARY, duration_ms=CANARY, hidden=CANARY)
    assert CANARY not in str(caught.value)


def test_a_trace_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        record().status = "error"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", ""),
        ("status", "fine"),
        ("duration_ms", -1),
        ("duration_ms", float("nan")),
        ("first_token_ms", float("inf")),
        ("started", datetime(2026, 1, 1)),
        ("hidden", {"EMAIL_ADDRESS": -1}),
        ("restored", -1),
        ("retry", -1),
        ("schema_version", 2),
        ("colour", "red"),
    ],
)
def test_a_wrong_field_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        record(**{field: value})


def test_times_are_held_in_utc() -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    trace = record(started=elsewhere)
    assert trace.started.tzinfo is UTC
    assert trace.to_json() == record().to_json()


@pytest.mark.parametrize("field", ["conversation", "request_model", "error", "id"])
def test_names_from_outside_are_cut_and_made_writable(field: str) -> None:
    value = getattr(record(**{field: "a\ud800" + "x" * 5_000}), field)
    assert value.startswith("a?x")
    assert len(value) == NAME_LENGTH
    value.encode()


any_text = st.text(st.characters() | st.sampled_from("\ud800\udfff\x00\u2028"), max_size=60)
content = st.none() | any_text.map(Redacted)
name = st.text(max_size=30)
maybe = st.none() | name
counts = st.dictionaries(name, st.integers(0, 10**12), max_size=4)
traces = st.builds(
    Trace,
    id=st.text(min_size=1, max_size=40),
    tenant=name,
    conversation=maybe,
    turn=maybe,
    started=st.datetimes(timezones=st.just(UTC) | st.timezones()),
    duration_ms=st.floats(0, 1e9),
    first_token_ms=st.none() | st.floats(0, 1e9),
    operation=name,
    examines=maybe,
    provider=name,
    request_model=name,
    response_model=maybe,
    response_id=maybe,
    status=st.sampled_from(STATUSES),
    http_status=st.none() | st.integers(100, 599),
    error=maybe,
    request=content,
    reply=content,
    explanation=content,
    hidden=counts,
    restored=st.integers(0, 10**6),
    unknown_placeholders=st.integers(0, 10**6),
    sources=st.lists(st.builds(SourceRef, id=name, kind=name, version=name, tool=maybe, updated=maybe), max_size=3),
    usage=st.none() | counts,
    purpose=maybe,
    streamed=st.booleans(),
    retry=st.integers(0, 10),
    settings=name,
)


@given(traces)
def test_any_trace_survives_json(trace: Trace) -> None:
    text = trace.to_json()
    again = Trace.from_json(text.encode())
    assert again == trace
    assert again.to_json() == text
    for field in CONTENT:
        assert type(getattr(again, field)) in (Redacted, type(None))


@given(traces)
def test_the_json_is_the_same_every_time(trace: Trace) -> None:
    assert trace.to_json() == trace.model_copy(deep=True).to_json()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "{" * 100_000,
        '{"id": "x"}',
        b"\xff",
        '{"secret": 1}',
        record().to_json().replace('"schema_version":1', '"schema_version":9'),
    ],
    ids=range(9),
)
def test_what_is_no_trace_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        Trace.from_json(text)
    assert len(str(caught.value)) < 3_000


def test_the_json_schema_says_string_for_content() -> None:
    schema = Trace.model_json_schema()
    assert {"type": "string"} in schema["properties"]["reply"]["anyOf"]
