"""JSON goes out as the client writes it, and bad JSON is refused without being quoted."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainbot import _json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(VALUES)
def test_what_is_written_reads_back(value: object) -> None:
    assert _json.loads(_json.dumps(value)) == value


def test_the_form_is_compact_utf8() -> None:
    assert _json.dumps({"a": ["é", 1]}) == '{"a":["é",1]}'.encode()


def test_lone_surrogates_stay_escapes() -> None:
    assert _json.dumps({"a": "\ud800"}) == b'{"a":"\\ud800"}'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"a": secret}', "not JSON at character 6"),
        (b'"\xff"', "not UTF-8 at byte 1"),
        (b"[" * 200_000, "nested too deeply"),
        (b"1" * 5000, "too many digits"),
        (b"", "not JSON at character 0"),
    ],
)
def test_bad_json_is_refused_without_being_quoted(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        _json.loads(data)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


@given(st.text())
def test_escaped_text_stands_inside_a_json_string(text: str) -> None:
    assert json.loads(f'"{_json.escape(text)}"') == text


def test_what_is_no_object_is_told_by_its_type_alone() -> None:
    assert _json.loads_object(b'{"a": 1}') == {"a": 1}
    for text, said in (("[1]", "list"), ('"jane"', "str"), ("4", "int")):
        with pytest.raises(ValueError, match=f"^it must be an object, not {said}$"):
            _json.loads_object(text)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ('{"a":1}', True),
        (" [1]\n", True),
        ("[EMAIL_1]", False),
        ("[1] is a footnote", False),
        ('"a"', False),
        ("", False),
    ],
)
def test_a_container_is_a_whole_object_or_array(text: str, whole: bool) -> None:
    assert _json.is_container(text) is whole


def test_every_string_is_mapped_keys_included() -> None:
    value = {"a": ["b", {"c": 1}], "d": None}
    assert _json.map_strings(value, str.upper) == {"A": ["B", {"C": 1}], "D": None}


def test_numbers_are_mapped_where_asked_for_and_stay_numbers_where_nothing_changes() -> None:
    value = {"a": [4111111111111111, 1234567, 12, 1.5, True, None], 4111111111111111: 10**5000, "f": [2468.0, 1e300]}

    def change(text: str) -> str:
        return text.replace("4111111111111111", "[CARD_1]").replace("2468.0", "[DATA_1]")

    assert _json.map_strings(value, change) == value
    expected = {"a": ["[CARD_1]", 1234567, 12, 1.5, True, None], "[CARD_1]": 10**5000, "f": ["[DATA_1]", 1e300]}
    assert _json.map_strings(value, change, change) == expected
