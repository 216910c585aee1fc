"""A trace comes back from its packed form as it was, whatever is in it, and packs smaller than by deflate alone."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import record

from explainbot.errors import StoreError
from explainbot.stores import packing
from explainbot.stores.packing import JSON, PACKED, RUN, codes, pack, unpack
from explainbot.stores.sqlite import SQLiteStore
from explainbot.trace import Offered, Redacted, Trace

TEXT = st.text() | st.sampled_from(
    ['","start":', '{"id":"', "\x01\x02\x03\x04\x05\x1d\x1d@", "\x1f", '"found","score":0.', "gpt-5-mini", "t-00001"]
)


def back(trace: Trace) -> Trace:
    model = trace.response_model or trace.request_model
    return unpack(PACKED, pack(trace, model), trace.id, trace.started, model)


@given(
    id=TEXT.filter(bool),
    model=TEXT,
    answered=st.none() | TEXT,
    started=st.datetimes(timezones=st.just(UTC)),
    request=st.none() | st.lists(TEXT).map("".join),
    reply=st.none() | TEXT,
    explanation=st.none() | st.lists(TEXT).map("".join),
    hidden=st.dictionaries(TEXT, st.integers(0, 9)),
)
def test_every_trace_comes_back(
    id: str,
    model: str,
    answered: str | None,
    started: datetime,
    request: str | None,
    reply: str | None,
    explanation: str | None,
    hidden: dict[str, int],
) -> None:
    request, reply, explanation = (None if one is None else Redacted(one) for one in (request, reply, explanation))
    fields = {"request": request, "reply": reply, "explanation": explanation, "hidden": hidden, "started": started}
    trace = record(id=id, request_model=model, response_model=answered, **fields)
    assert back(trace) == trace


@pytest.mark.parametrize("text", ["\ud800 and more", "a\x01b", "\x02", "", "a\nb", '{"a":"\\u0001"}'])
def test_content_that_is_no_plain_json_comes_back(text: str) -> None:
    trace = record(request=Redacted(text), explanation=Redacted(text), reply=Redacted(text))
    assert back(trace) == trace


def test_names_that_occur_everywhere_come_back() -> None:
    for name in ('"', "{", "0", "e", "\\", "2026-05-04T12:00:01Z"):
        trace = record(1, id=name, request_model=name, explanation=Redacted(f'{{"trace_id":"{name}"}}'))
        assert back(trace) == trace


def test_what_the_row_says_and_what_is_between_values_takes_next_to_nothing() -> None:
    explanation = '{"schema_version":"1.0","trace_id":"%s","created":"2026-05-04T12:00:01Z","ai_generated":true,"%s":1}'
    trace = record(1, id="0123456789abcdef" * 2, explanation=Redacted(explanation % ("0123456789abcdef" * 2, "zebra")))
    model = trace.request_model
    assert len(pack(trace, model)) < len(zlib.compress(trace.to_json().encode(), 9)) * 2 // 3


def test_runs_are_found_in_linear_time() -> None:
    for text in (b'"' * 300_000, b'["' * 150_000, b',"a' * 150_000, b'"a":' * 150_000, b'"' + b"a" * 300_000):
        assert len(RUN.sub(b"", text)) <= len(text)  # hours, were there a way back in it


def test_every_run_has_a_code_of_its_own_and_no_code_begins_another() -> None:
    known = [*codes([b"%d" % number for number in range(500)]).values()]
    assert len(known) == len(set(known)) == 24 + 3 * 63
    assert not any(other.startswith(one) for one in known for other in known if other != one)


def test_what_was_released_stays_as_it_is() -> None:
    """Traces were packed with these; a better dictionary is a new file, with a first byte of its own."""
    digests = {
        "phrases-1.json": "99c20c4b20eab4c5e2cbe86a9718f929aeb91f8ea5f0a1d00c18a92172deec45",
        "phrases-2.json": "1e186a9bb667cf4f66aa1f96c8798c3e2057f44c02e5a79e12734b6b9ea38c02",
    }
    place = Path(packing.__file__).parent
    assert {name: sha256((place / name).read_bytes()).hexdigest() for name in digests} == digests


@pytest.mark.parametrize(
    ("form", "data", "why"),
    [(b"\x7f", b"", "form"), (PACKED, b"\xff\xff", "not unpack"), (JSON, b"\xff\xff", "not unpack")],
)
def test_a_form_that_is_not_known_and_what_is_damaged_are_refused(form: bytes, data: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        unpack(form, data, "t", datetime(2026, 1, 1, tzinfo=UTC), "m")


def test_a_row_that_says_another_start_or_model_does_not_open(tmp_path: Path) -> None:
    for column, value in (("model", "gpt-6"), ("started", "started + 1")):
        store = SQLiteStore(tmp_path / column / "traces.db")
        trace = record(1, started=datetime(2026, 5, 4, tzinfo=UTC) + timedelta(microseconds=7))
        store.put([Offered(trace, (), "lane", 0)])
        with store._writing.use() as own:
            own.execute(f"UPDATE records SET {column} = {value if column == 'started' else repr(value)}")
        with pytest.raises(StoreError, match="does not open"):
            store.get(trace.id)
        store.close()
