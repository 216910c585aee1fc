"""Values are found as a person reads them, whatever Unicode, Markdown, HTML or a narrow column did to them."""

from __future__ import annotations

import pytest

from explainbot.privacy import detect, redact, restore
from explainbot.privacy.views import views

# Unicode 15.1, general categories Nd, No, Zs, Pd, Cf; WHATWG named character references; CommonMark 0.31, 2.4.
DISGUISED = {
    "call ٤١٥-٥٥٥-٢٦٧١": "٤١٥-٥٥٥-٢٦٧١",
    "call ④①⑤-⑤⑤⑤-②⑥⑦①": "④①⑤-⑤⑤⑤-②⑥⑦①",
    "card 4111•1111•1111•1111": "4111•1111•1111•1111",
    "call 415․555․2671": "415․555․2671",
    "ssn 078⁃05⁃1120": "078⁃05⁃1120",
    "jane&#64;example.com": "jane&#64;example.com",
    "jane&commat;example&period;com": "jane&commat;example&period;com",
    "card 4111&nbsp;1111&nbsp;1111&nbsp;1111": "4111&nbsp;1111&nbsp;1111&nbsp;1111",
    "card 411111111111111&#49;": "411111111111111&#49;",
    "call 415&#8209;555&#8209;2671": "415&#8209;555&#8209;2671",
    "jane\\_doe@example.com": "jane\\_doe@example.com",
    "jane\\.doe\\@example\\.com": "jane\\.doe\\@example\\.com",
    "call 415\\-555\\-2671": "415\\-555\\-2671",
    "phone **415**-**555**-**2671**": "415**-**555**-**2671",
    "card 4111 1111\n1111 1111": "4111 1111\n1111 1111",
    "call 415-555-\n2671": "415-555-\n2671",
    "call 415-555-\r\n2671": "415-555-\r\n2671",
    "IBAN DE89 3704 0044\n0532 0130 00": "DE89 3704 0044\n0532 0130 00",
    "card 4111_1111_1111_1111": "4111_1111_1111_1111",
    "card 4111|1111|1111|1111": "4111|1111|1111|1111",
    "from 203[.]0[.]113[.]42": "203[.]0[.]113[.]42",
    "j\u00ada\u200bne@exam\u2060ple.com": "j\u00ada\u200bne@exam\u2060ple.com",
    "jane\ufe6bexample\ufe52com": "jane\ufe6bexample\ufe52com",
    "card 4111\ufe0f1111\u034f1111\u31641111": "4111\ufe0f1111\u034f1111\u31641111",
    "card 4111\u28001111\U000e00201111\u180e1111": "4111\u28001111\U000e00201111\u180e1111",
    "card 4\ufe0f\u20e3111111111111111": "4\ufe0f\u20e3111111111111111",
    "card 4111111111111111.0": "4111111111111111",
    "phone: 4155550132.0, thanks": "4155550132",
}
PLAIN = [
    "fish &amp; chips",
    "2020\n2021\n2022\n2023",
    "a | b",
    "1/2",
    "C:\\temp",
    "**bold** 12",
    "tel. &#64;",
    "1-\n2",
    "[.]",
    "4111111111111112.0 and 1234567.05",
]


@pytest.mark.parametrize("text", list(DISGUISED))
def test_a_disguised_value_is_found_in_full_and_restored(text: str) -> None:
    redaction = redact(text)
    assert DISGUISED[text] not in redaction.text
    [item] = [item for item in detect(text) if item.entity_type != "LITERAL"]
    assert text[item.start : item.end] == DISGUISED[text]
    assert restore(redaction) == text


@pytest.mark.parametrize("text", PLAIN)
def test_nothing_is_read_into_what_only_looks_written_oddly(text: str) -> None:
    assert detect(text) == ()


def test_a_text_without_marks_is_read_once() -> None:
    assert len(list(views("Where is my parcel? I ordered on 3 May."))) == 1


@pytest.mark.parametrize("text", list(DISGUISED))
def test_each_character_of_a_view_stands_where_it_says(text: str) -> None:
    for view in views(text):
        spans = [view.span(at, at + 1) for at in range(len(view.text))]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert spans == sorted(spans)
