"""Explanations: what they say in each situation, in all forms, on friendly and hostile input."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from explainbot.explain import Explanation, Operator, Record, Source, explain
from explainbot.explain.depths import record, simple
from explainbot.explain.languages import LANGUAGES
from explainbot.explain.lines import Part
from explainbot.explain.rendering import LONGEST, clean
from explainbot.explain.view import view

RULES = Source("rules", "You are the bot of Acme. Never name Globex. The secret discount is 37%.", kind="instructions")
POLICY = Source(
    "policy",
    "Refunds are paid within 5 to 7 business days. The express fee is $50 per order.",
    title="Refund policy",
    url="https://acme.example/refunds",
    updated="2024-05-01",
    purpose="to answer questions on refunds",
)
ORDER = Source("call_1", '{"order": "ORD-1042", "status": "shipped"}', kind="tool_result", tool="get_order")
SHIPPING = Source("shipping", "Parcels go out every morning.", title="Shipping guide")
ASKED = Source("message-2", "Where is my order ORD-1042? My mail is [EMAIL_1].", kind="customer_message")
REPLY = (
    "Hi! Refunds are paid within 5 to 7 business days. The express fee is $60 per order. "
    "Your order ORD-1042 has the status shipped. Our founder likes sailing in Norway."
)
RECORD = Record(
    trace_id="t-91",
    created=datetime(2025, 3, 1, 12, 0, tzinfo=UTC),
    operation="chat",
    provider="openai",
    model="gpt-5-mini",
    reply=REPLY,
    sources=(RULES, ASKED, POLICY, ORDER, SHIPPING),
    hidden={"EMAIL_ADDRESS": 1, "PHONE_NUMBER": 2, "MADE_UP_TYPE": 1, "PERSON": 0},
    purpose="customer support",
    operator=Operator(name="Acme Ltd", contact="help@acme.example", privacy_url="https://acme.example/privacy"),
)


def test_the_first_line_says_what_matters() -> None:
    """AI, the model, how much was found and where, and that something does not match."""
    assert explain(RECORD).headline == (
        "This reply was written by AI (model gpt-5-mini). 2 of its 4 statements were found in: Refund policy and "
        "a look-up in our system (get_order). 1 statement was not found in any source. "
        "1 statement does not match its source."
    )


@pytest.mark.parametrize(
    "said",
    [
        "“Refunds are paid within 5 to 7 business days.”\n   Found in: Refund policy (https://acme.example/refunds).",
        "Last changed: 1 May 2024.",
        "The reply says “$60”. The source, Refund policy, says “$50”.",
        "“Our founder likes sailing in Norway.”\n   Not found in any source. Please check it before you rely on it.",
        "Not found in any source: “Norway”.",
        "- 1 more sentence makes no claim, such as a greeting or a question.",
        "Hidden from the AI: 1 email address, 1 other personal detail and 2 phone numbers.",
        "nothing here was quoted from: the company's rules for the AI, your own message and Shipping guide.",
        "Your data is used for: customer support.",
        "Refund policy is used for: to answer questions on refunds.",
        "Found means that the words and values match. It does not show that the AI used that text.",
        "Who is responsible: Acme Ltd.",
        "To talk to a person, or to say this is wrong: help@acme.example.",
        "Privacy notice: https://acme.example/privacy",
        "AI model: gpt-5-mini, run by openai.",
        "Record number: t-91.",
    ],
)
def test_the_text_holds_what_the_customer_must_know(said: str) -> None:
    """Each point a customer is owed stands in the plain text, what was not found beside what was."""
    assert said in explain(RECORD).text


def test_nothing_claims_a_cause() -> None:
    """No sentence of ours says "because" or that the AI used a text for its answer, but for a removal test's result."""
    for name in LANGUAGES.load("en").messages.keys() - {"tested_because", "tested_jointly"}:
        forms = LANGUAGES.load("en").messages[name]
        for form in [forms] if isinstance(forms, str) else forms.values():
            assert "because" not in form.lower()
            assert not re.search(r"based on|relied on|derived from", form)


def test_instructions_are_never_quoted() -> None:
    """What stands in the company's instructions is named as such; not a word of it is in any form."""
    for reply in ("The secret discount is 37%.", "The secret discount is 40%.", "Never name Globex, says the bot."):
        made = explain(replace(RECORD, reply=reply))
        evidence = made.statements[0].evidence[0]
        assert (evidence.source_id, evidence.quote, evidence.withheld) == ("rules", "", True)
        for form in (made.text, made.markdown, made.html, made.model_dump_json()):
            rest = form.replace("The secret discount is", "").replace("37%" if "37" in reply else "40%", "")
            assert "37%" not in rest
            assert "You are the bot" not in form
        assert "the company's rules for the AI" in made.text


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"reply": "", "tool_calls": ("get_order",)}, "tool_calls", "It is only a look-up so far: get_order."),
        ({"reply": "", "refusal": True}, "refusal", "The AI chose not to answer this."),
        ({"reply": "  "}, "empty", "There is no answer text."),
        (
            {"reply": "Zebras sleep standing up.", "sources": ()},
            "answer",
            "It may be general knowledge. The AI was given no company source",
        ),
        ({"reply": "Zebras sleep standing up."}, "answer", "It was not found in any company source."),
        ({"reply": "Hello! How can I help?"}, "answer", "It makes no claim that could be checked."),
        (
            {"reply": "Refunds are paid within 5 to 7 business days."},
            "answer",
            "What it says was found in: Refund policy.",
        ),
        ({"finish_reason": "length"}, "answer", "The reply was cut off before its end."),
        ({"finish_reason": "content_filter"}, "answer", "The AI service held back part of the reply."),
        ({"unknown_placeholders": 2}, "answer", "The AI made up 2 stand-ins for personal data."),
        ({"tool_calls": ("refund",)}, "answer", "The AI also asked for a look-up: refund."),
        (
            {"unsent": (Source("faq", "text", title="FAQ"),)},
            "answer",
            "Picked for this answer, but not given to the AI: FAQ.",
        ),
        ({"hidden": {}}, "answer", "No personal data was found that had to be hidden from the AI."),
        ({"operator": None}, "answer", "ask for it here in the chat."),
        ({"contact": "0800 1234"}, "answer", "say this is wrong: 0800 1234."),
        ({"language": "xx"}, "answer", "This reply was written by AI"),
        ({"model": ""}, "answer", "This reply was written by AI. 2 of its"),
        ({"reply": "Parcels fly. " * 9000}, "answer", "Part of a very long text was not checked."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_each_situation_is_said_plainly(change: dict[str, object], status: str, said: str) -> None:
    """Look-ups without text, refusals, empty replies, general knowledge, cut replies: each has its own honest words."""
    made = explain(replace(RECORD, **change))  # type: ignore[arg-type]
    assert made.status == status
    assert said in made.text


def test_where_there_is_no_explanation_it_says_so() -> None:
    """A missing explanation is an explanation too, in every form."""
    made = Explanation.unavailable()
    assert made.status == "unavailable"
    assert "no explanation is available" in made.text
    assert made.html.startswith("<section")
    assert made.markdown.startswith("This reply")


def test_what_the_customer_said_counts_as_said_by_them() -> None:
    """A statement that only repeats the customer's message is found there, and named so."""
    made = explain(replace(RECORD, reply="Your mail is [EMAIL_1].", sources=(ASKED,)))
    assert "found in: your own message" in made.headline


def test_grounding_is_the_share_found() -> None:
    """Two of the four statements that claim something were found."""
    assert explain(RECORD).grounding == 0.5
    assert explain(replace(RECORD, reply="Hello!")).grounding is None


def test_the_json_is_whole_and_has_a_schema() -> None:
    """The JSON form has a version, the plain text and the AI mark, comes back the same, and allows nothing else."""
    made = explain(RECORD)
    data = json.loads(made.model_dump_json())
    assert (data["schema_version"], data["ai_generated"], data["text"]) == ("1.0", True, made.text)
    assert Explanation.model_validate(data) == made
    assert set(Explanation.model_json_schema()["properties"]) == set(data)
    with pytest.raises(ValidationError) as caught:
        Explanation.model_validate({**data, "trace_id": 5, "more": "private words"})
    assert "private words" not in str(caught.value)


def test_no_source_text_rides_along() -> None:
    """The explanation lists what was given without its text; only matched passages are quoted."""
    assert "Parcels go out" not in explain(RECORD).model_dump_json()


def test_the_same_record_gives_the_same_bytes() -> None:
    """No clock, no chance: the explanation can be made again from the trace."""
    assert explain(RECORD).model_dump_json() == explain(RECORD).model_dump_json()


ORIGINALS = {"[EMAIL_1]": "ann@example.com", "[PERSON_1]": "Ann Lee"}


def restore(text: str) -> str:
    for placeholder, original in ORIGINALS.items():
        text = text.replace(placeholder, original)
    return text


@given(
    st.lists(
        st.sampled_from(["[EMAIL_1]", "[PERSON_1]", "Refunds", "take", "5 days", ".", "!", "\n- ", "Hi", "ok"]),
        max_size=30,
    )
)
def test_the_customers_copy_keeps_its_offsets(words: list[str]) -> None:
    """With originals put back, every statement, value and quote still stands where its offsets say."""
    reply = " ".join(words)
    source = Source("s", "For [PERSON_1]: mail [EMAIL_1] now. " + reply, title="Note of [PERSON_1]")
    record = replace(RECORD, reply=reply, sources=(source, RULES), purpose="mail to [EMAIL_1]")
    whole, whole_source = restore(reply), restore(source.text)
    made = explain(record).restored(
        restore, lambda at: len(restore(reply[:at])), lambda _, at: len(restore(source.text[:at]))
    )
    for one in made.statements:
        assert whole[one.start : one.end] == one.text
        assert all(whole[value.start : value.end] == value.text for value in one.values)
        assert all(whole_source[item.start : item.end] == item.quote for item in one.evidence if not item.withheld)
    assert "[EMAIL_1]" not in made.text
    assert made.sources[0].title == "Note of Ann Lee"


def test_where_nothing_was_hidden_the_customers_copy_is_the_explanation_itself() -> None:
    made = explain(RECORD)
    assert made.statements
    assert made.restored(str, lambda at: at, lambda _, at: at) is made
    moved = made.restored(str, lambda at: at + 1, lambda _, at: at)
    assert moved.statements[0].start == made.statements[0].start + 1


class Outline(HTMLParser):
    """The tags and attributes of a fragment, and its text."""

    VOID = frozenset({"br", "hr", "img", "input"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.targets: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.open.append(tag)
        self.attributes.update(name for name, _ in attrs)
        self.targets += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


HOSTILE = st.lists(
    st.sampled_from(
        """<script>alert(1)</script> <img/src=x/onerror=alert(1)> "onmouseover=x ' & &lt; </q></details> <!-- --> ]]>
        [x](javascript:alert(1)) ![x](https://evil.example/p.png) https://evil.example www.evil.example ` ```
        ** __ # > | ~~~ \u202e \u2066 \u200f \x00 \x1b[31m \u2028 \ud800 \U000e0041
        Refunds are paid within 5 days $50 . \n""".split(" ")
    ),
    max_size=25,
).map(" ".join)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_hostile_text_stays_text(reply: str, source: str, name: str) -> None:
    """Nothing in a reply, source, title, link or name becomes a tag, an attribute, a link or an invisible character."""
    record = replace(
        RECORD,
        reply=reply,
        sources=(
            Source(
                "a", source, title=name or None, url="javascript:" + name, updated=name or None, purpose=name or None
            ),
            Source("b", reply, title=name or None, url="https://acme.example/" + name),
            Source(name, source, kind="tool_result", tool=name or None),
        ),
        model=name,
        purpose=name or None,
        operator=Operator(name=name, contact=name or None, privacy_url="javascript:x"),
        trace_id=name,
        tool_calls=(name,),
    )
    made = explain(record)
    outline = Outline(made.html)
    assert not outline.open
    assert set(outline.tags) <= set("section style p details summary h2 ol ul li bdi a".split())
    assert outline.attributes <= {
        "class",
        "lang",
        "dir",
        "data-ai-generated",
        "data-trace",
        "data-state",
        "href",
        "rel",
        "aria-label",
    }
    assert all(target.startswith("https://acme.example/") for target in outline.targets)
    unseen = re.compile(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e0fff]"
    )
    for form in (made.text, made.markdown, "".join(outline.words)):
        assert not unseen.search(form)
    bare = re.sub(r"\\.", "", made.markdown)
    assert not re.search(r"[<`]|!\[", re.sub(r"\]\(<https://acme\.example/[^<>\s]*>\)", "", bare))
    assert all(target.startswith("https://acme.example/") for target in re.findall(r"\]\(<?([^>)]*)", bare))
    assert made == explain(record)


@given(st.text(max_size=60))
def test_any_text_is_explained(text: str) -> None:
    """No reply and no source of any kind raises."""
    for kind in ("document", "tool_result", "profile", "history", "instructions", "customer_message"):
        made = explain(replace(RECORD, reply=text + " " + text, sources=(Source("s", text, kind=kind),)))
        assert made.text
        assert made.markdown
        assert Outline(made.html).tags["section"] == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\u202ec", "a b c"),
        ("  much \n\t space ", "much space"),
        ("family: \U0001f468\u200d\U0001f469\u200d\U0001f467", "family: \U0001f468\u200d\U0001f469\u200d\U0001f467"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("x" * 1000, "x" * (LONGEST - 1) + "…"),
    ],
)
def test_shown_text_is_one_visible_line(text: str, shown: str) -> None:
    """Control and direction characters go, joiners that scripts and emoji need stay, long text is cut with a mark."""
    assert clean(text) == shown


def syllables(word: str) -> int:
    """Groups of vowels, less a silent e; at least one."""
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


def grade(text: str) -> tuple[float, float]:
    """Flesch-Kincaid grade (Kincaid et al. 1975) and words a sentence."""
    parts = [part for part in re.split(r"(?<=[.:?!])\s+|\n+", text) if re.search(r"[a-z]", part)]
    words = re.findall(r"[a-z']+", text.lower())
    per_sentence = len(words) / len(parts)
    return 0.39 * per_sentence + 11.8 * sum(map(syllables, words)) / len(words) - 15.59, per_sentence


def own_words(made: Explanation) -> str:
    """The sentences of every depth with quotes and names, which are not ours to simplify, as "this"."""
    shown = view(made)
    lines = [shown.headline]
    for section in (*shown.sections, simple(made), *record(made)):
        for item in section.items:
            lines += [item.line, *item.below]
    return "\n".join("".join(_own(part) for part in line) for line in lines)


def _own(part: Part) -> str:
    return part.text if part.role == "own" else "this"


SENTENCES = (
    "Refunds are paid within 5 to 7 business days.",
    "The express fee is $50 per order.",
    "The express fee is $60 per order.",
    "Your order ORD-1042 has the status shipped.",
    "Our founder likes sailing in Norway.",
    "Parcels go out in the afternoon.",
    "Where is my order ORD-1042?",
    "The secret discount is 37%.",
    "Hello! Can I help you further?",
)


@settings(max_examples=200, derandomize=True)
@given(
    st.lists(st.sampled_from(SENTENCES), max_size=7).map(" ".join),
    st.lists(st.sampled_from([RULES, ASKED, POLICY, ORDER, SHIPPING]), unique_by=lambda source: source.id),
    st.sampled_from(
        [{}, {"refusal": True}, {"tool_calls": ("get_order",)}, {"operator": None}, {"unsent": (SHIPPING,)}]
    ),
    st.sampled_from([{}, {"hidden": {}}, {"finish_reason": "length"}, {"unknown_placeholders": 2}]),
)
def test_the_words_are_easy(reply: str, sources: list[Source], one: dict[str, Any], other: dict[str, Any]) -> None:
    """Our own sentences are at grade 8 or below and 20 words at most on average, in each of 200 explanations."""
    level, length = grade(own_words(explain(replace(RECORD, reply=reply, sources=tuple(sources), **one, **other))))
    assert level <= 8
    assert length <= 20


def talk(turns: int) -> Record:
    """The record with a talk of so many messages before it."""
    before = (Source(f"message-{n}", f"Ahoy {chr(97 + n % 26) * 4}.", kind="history") for n in range(turns))
    return replace(RECORD, sources=(RULES, *before, ASKED, POLICY, ORDER), hidden_in={"message-1": ("PERSON",)})


def test_an_explanation_does_not_grow_with_the_talk_before_it() -> None:
    short, long = explain(talk(2)), explain(talk(200))
    assert len(long.model_dump_json()) < len(short.model_dump_json()) + 20
    assert long.text == short.text


def test_earlier_turns_that_nothing_refers_to_are_one_source() -> None:
    (earlier,) = (source for source in explain(talk(3)).sources if source.kind == "history")
    assert (earlier.id, earlier.stands_for) == ("message-0…message-2", 3)
    assert earlier.personal == ("PERSON",)
    rules, first, *others = talk(3).sources
    other = replace(talk(3), sources=(rules, replace(first, text="Other.", version=""), *others))
    (again,) = (source for source in explain(other).sources if source.kind == "history")
    assert again.version != earlier.version


def test_an_earlier_turn_that_a_statement_refers_to_is_named_by_itself() -> None:
    said = replace(talk(4), reply="Our founder likes sailing in Norway.")
    told = Source("message-9", "Our founder likes sailing in Norway.", kind="history")
    sources = explain(replace(said, sources=(*said.sources[:3], told, *said.sources[3:]))).sources
    assert [(one.id, one.stands_for, one.quoted) for one in sources if one.kind == "history"] == [
        ("message-0…message-3", 4, False),
        ("message-9", 1, True),
    ]
