"""Sentences: where a text is cut, and that what is cut out is always a slice of it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainbot.explain.lexicons import LEXICONS
from explainbot.explain.sentences import LONG, sentences
from explainbot.explain.tokens import PLACEHOLDER, tokens

ENGLISH = LEXICONS.load("en")


def cut(text: str) -> list[str]:
    return [text[one.start : one.end] for one in sentences(text, ENGLISH)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four…", ["One.", "Two!", "Three?", "Four…"]),
        ("It costs $5.50 e.g. on Monday. Ask Dr. Who at the U.S. Dept. now.", None),
        ("We open at 3 p.m. The desk is free.", None),
        ("Come at 3 p.m. 5 of us wait.", ["Come at 3 p.m. 5 of us wait."]),
        ("Write to J. Smith. He knows.", ["Write to J. Smith.", "He knows."]),
        ("See No. 5. It is red.", ["See No. 5.", "It is red."]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("**Bold.** Next one.", ["**Bold.**", "Next one."]),
        ("1. First\n2. Second. More.\n- third", ["First", "Second.", "More.", "third"]),
        ("• a b\n◦ c d\n(3) e f\n- [x] done", ["a b", "c d", "e f", "done"]),
        ("## Returns\nKeep the box.", ["Returns", "Keep the box."]),
        ("| Plan | Price |\n|---|---|\n| Basic | $5 |", ["Plan | Price", "Basic | $5"]),
        ("| Plan | For |\n|---|---|\n| Basic | e.g. two. Or three |", ["Plan | For", "Basic | e.g. two. Or three"]),
        ("Do this:\n```json\n{1. 2}\n\nx = 3.\n```\nDone. Use ```y``` too.", None),
        ("<ul><li>One item.</li><li>Two</li></ul><p>Para<br/>Next.</p>", ["One item.", "Two", "Para", "Next."]),
        ("Term\n: What it means.", ["Term", "What it means."]),
        ("שלום. ההחזר לוקח 5 ימים! תודה.", ["שלום.", "ההחזר לוקח 5 ימים!", "תודה."]),
        ("他说：“需要五天。”然后走了。", ["他说：“需要五天。”", "然后走了。"]),
        ("환불은 5일이 걸립니다. 문의해 주세요.", ["환불은 5일이 걸립니다.", "문의해 주세요."]),
        ("> quoted line. Second.", ["quoted line.", "Second."]),
        ("退款需要五天。请联系我们！", ["退款需要五天。", "请联系我们！"]),
        ("返金は5日です。お問い合わせください。", ["返金は5日です。", "お問い合わせください。"]),
        ("هل تريد المساعدة؟ نعم، بالتأكيد.", ["هل تريد المساعدة؟", "نعم، بالتأكيد."]),
        ("वापसी पाँच दिन में। धन्यवाद।", ["वापसी पाँच दिन में।", "धन्यवाद।"]),
        ("Write to [EMAIL_1]. Call [PHONE_2].", ["Write to [EMAIL_1].", "Call [PHONE_2]."]),
        ("one part" + " " * 40 + "another part", ["one part", "another part"]),
        ("", []),
        (" \n\t", []),
        ("---\n***\n!!!", []),
    ],
)
def test_a_text_is_cut_where_a_reader_would_cut_it(text: str, expected: list[str] | None) -> None:
    """Sentences, list items, table rows and headings, in several scripts; abbreviations and decimals hold together."""
    if expected is None:
        expected = {
            "It": ["It costs $5.50 e.g. on Monday.", "Ask Dr. Who at the U.S. Dept. now."],
            "Do": ["Do this:", "{1. 2}\n\nx = 3.", "Done.", "Use ```y``` too."],
            "We": ["We open at 3 p.m.", "The desk is free."],
        }[text[:2]]
    assert cut(text) == expected


def test_a_wrapped_line_goes_on() -> None:
    """A line that breaks off and goes on below is one sentence; a blank line parts it."""
    wrapped = "This is a line that was wrapped by somebody's mail program after some\nwords. Next."
    assert cut(wrapped) == [wrapped[:-6], "Next."]
    assert cut("first part\n\nsecond part") == ["first part", "second part"]


def test_headings_are_told_from_text() -> None:
    """A Markdown heading, a bold line, an underlined line and the header of a table are headings."""
    text = "# One\n**Two**\nThree\n-----\n| Four | Five |\n|---|---|\n| 6 | 7 |\nEight."
    assert [one.kind for one in sentences(text, ENGLISH)] == ["heading"] * 4 + ["text"] * 2


def test_json_is_cut_into_its_largest_short_objects() -> None:
    """A tool result in JSON is quoted object by object, never a whole page of it."""
    rows = [
        {"flight": f"HAT{number}", "prices": {"economy": number}, "note": 'a "brace" } in a string'}
        for number in range(30)
    ]
    text = json.dumps({"flights": rows})
    pieces = cut(text)
    assert next(json.loads(piece) for piece in pieces if piece.startswith('{"flight"')) == rows[0]
    assert sum(piece.startswith('{"flight":') for piece in pieces) == 30
    assert all(len(piece) <= LONG for piece in pieces)


def test_a_long_run_is_cut_but_never_inside_a_placeholder() -> None:
    """What has no mark at all is cut by length, off a placeholder."""
    for shift in range(40):
        text = "x" * (LONG - shift) + "[EMAIL_1]" * 90
        placeholders = sum(token[0] == PLACEHOLDER for token in tokens(text))
        assert sum(token[0] == PLACEHOLDER for piece in cut(text) for token in tokens(piece)) == placeholders


@given(
    st.text(alphabet=st.sampled_from("ab A1.!?。؟।\n\r\t |#*-_[]{}\"'():;,\u2028\u200f\ud800[EMAIL_1]"), max_size=300)
)
def test_pieces_are_slices_in_order(text: str) -> None:
    """Whatever the text: pieces do not overlap, stand in order, hold something, and lose nothing but list markers."""
    pieces = sentences(text, ENGLISH)
    ends = [0, *(one.end for one in pieces)]
    assert all(before <= one.start < one.end <= len(text) for before, one in zip(ends, pieces, strict=False))
    kept = sum(char.isalnum() for one in pieces for char in text[one.start : one.end])
    markers = re.findall(r"(?:\d{1,3}|[a-zA-Z])(?=[.)])", text)
    assert kept <= sum(char.isalnum() for char in text) <= kept + sum(map(len, markers))


@given(st.text(max_size=400))
def test_any_unicode_is_cut(text: str) -> None:
    """No text raises, and cutting is repeatable."""
    assert sentences(text, ENGLISH) == sentences(text, ENGLISH)


@pytest.mark.parametrize("mark", [".", "?!", "…", "؟", "!)", "。", ". "])
def test_a_run_of_marks_is_read_once(mark: str) -> None:
    """A model that repeats itself writes them by the thousand; read anew from each, these would take minutes."""
    found = sentences(mark * 150_000 + "x", ENGLISH)
    assert found[-1].end == len(mark) * 150_000 + 1
