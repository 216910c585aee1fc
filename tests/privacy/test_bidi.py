"""A value is isolated where its direction differs from its sentence's, and nowhere else; all else stays exact."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainbot.privacy import Restorer, Vault, detect
from explainbot.privacy.bidi import FIRST_STRONG_ISOLATE, POP_ISOLATE

VALUES = (
    ("محمد علي", "PERSON"), ("Jane Doe", "PERSON"), ("+1 415 555 0142", "PHONE_NUMBER"), ("דוד", "PERSON"),
    ("李小龙", "PERSON"), ("٠١٢٣٤٥", "CUSTOMER_DATA"), ("شارع 5\nالرياض", "ADDRESS"), ("a\u2069ب", "PERSON"),
    ("jane@example.org", "EMAIL_ADDRESS"),
)  # fmt: skip
VAULT = Vault()
ARABIC, JANE, PHONE, DAVID, LEE, DIGITS, LINES, CONTROL, MAIL = (VAULT.placeholder_for(*value) for value in VALUES)


def shown(text: str, *, isolate: bool = True, size: int | None = None) -> str:
    restorer = Restorer(VAULT, shown=True, isolate=isolate)
    step = size or max(1, len(text))
    return "".join([restorer.feed(text[at : at + step]) for at in range(0, len(text), step)]) + restorer.flush()


def marked(text: str) -> str:
    return text.replace(FIRST_STRONG_ISOLATE, "<").replace(POP_ISOLATE, ">")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Dear {ARABIC}, 3 items", "Dear <محمد علي>, 3 items"),
        (f"{ARABIC}, your order", "<محمد علي>, your order"),
        (f"Dear {JANE}, call {PHONE}", "Dear Jane Doe, call +1 415 555 0142"),
        (f"مرحبا {JANE}!", "مرحبا <Jane Doe>!"),
        (f"اتصل بالرقم {PHONE}.", "اتصل بالرقم <+1 415 555 0142>."),
        (f"مرحبا {ARABIC}!", "مرحبا محمد علي!"),
        (f"שלום {DAVID}, {MAIL}", "שלום דוד, <jane@example.org>"),
        (f"مرحبا\nDear {JANE}", "مرحبا\nDear Jane Doe"),
        (f"Hello\n{ARABIC}", "Hello\n<محمد علي>"),
        (f"您好 {LEE} {ARABIC}", "您好 李小龙 <محمد علي>"),
        (f"مرحبا {LEE}", "مرحبا <李小龙>"),
        (f"Number {DIGITS}", "Number <٠١٢٣٤٥>"),
        (f"Name `{ARABIC}`\n```\n{ARABIC}\n```\nDear {ARABIC}", "Name `محمد علي`\n```\nمحمد علي\n```\nDear <محمد علي>"),
        (f'{{"name": "x {ARABIC}"}}', '{"name": "x محمد علي"}'),
        (f'[{{"name": "x {ARABIC}"}}]', '[{"name": "x محمد علي"}]'),
        (f"see {LINES} and {CONTROL}", "see شارع 5\nالرياض and a>ب"),
        (f"Dear \u2068{ARABIC}\u2069, hello", "Dear <محمد علي>, hello"),
    ],
)
def test_a_value_is_isolated_where_its_direction_differs(text: str, expected: str) -> None:
    assert marked(shown(text)) == expected


PIECES = [ARABIC, JANE, PHONE, DAVID, LEE, DIGITS, MAIL, "مرحبا ", "Dear ", "\n", "`", "```", '"', "{", "[", " ", "٣"]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join)


@given(texts, st.integers(1, 9))
def test_cutting_changes_nothing_and_without_the_isolates_it_is_the_exact_text(text: str, size: int) -> None:
    whole = shown(text)
    assert shown(text, size=size) == whole
    if not {FIRST_STRONG_ISOLATE, POP_ISOLATE} & set(text):
        kept = whole.replace("a\u2069ب", "a\ue000ب")  # the one value that holds such a character itself
        plain = kept.replace("\u2068", "").replace("\u2069", "").replace("\ue000", "\u2069")
        assert plain == shown(text, isolate=False)


@given(texts)
def test_isolates_are_balanced_in_every_paragraph(text: str) -> None:
    if any(unicodedata.category(char) == "Cf" for char in text) or CONTROL in text:
        return
    for line in shown(text).split("\n"):
        depth = 0
        for char in line:
            depth += {FIRST_STRONG_ISOLATE: 1, POP_ISOLATE: -1}.get(char, 0)
            assert depth in (0, 1)
        assert depth == 0


def test_by_default_and_in_json_nothing_is_isolated() -> None:
    for options in ({}, {"json_string": True}, {"shown": True}):
        restorer = Restorer(VAULT, **options)
        assert restorer.feed(f"Dear {ARABIC}") + restorer.flush() == "Dear محمد علي"


def test_an_isolated_value_that_comes_back_is_found_again() -> None:
    assert [hit.entity_type for hit in detect("اكتب إلى \u2068jane@example.org\u2069 الآن")] == ["EMAIL_ADDRESS"]
