"""Grounding: what is found, partly found, not found and in conflict, and what may never be called found."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from explainbot.errors import ConfigError
from explainbot.explain import Source, Statement, ground, index
from explainbot.explain.grounding import INPUTS
from explainbot.explain.index import MAX_SOURCE
from explainbot.explain.lexicons import LEXICONS
from explainbot.explain.statement import State
from explainbot.explain.weights import FOUND, PARTLY, WEIGHTS
from explainbot.privacy.remembered import Remembered

POLICY = """# Refund policy

Refunds are paid within 5 to 7 business days to the original payment method. Items can be returned within 30 days of
delivery, unused and in the original box.

- The express delivery fee is $50 per order.
- Standard delivery is free for orders above 80 EUR.

Our hotline +44 20 7946 0958 is open from 9 AM to 5 PM, Monday to Friday. The summer sale ends on 3 May 2024.
"""
ORDER = '{"order": "ORD-1042", "status": "shipped", "total": 129.9, "currency": "EUR", "placed": "2024-05-03"}'
SOURCES = (
    Source("policy", POLICY, title="Refund policy"),
    Source("order", ORDER, kind="tool_result", tool="get_order"),
)


def only(answer: str) -> Statement:
    (one,) = ground(answer, SOURCES)
    return one


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("Refunds are paid within 5 to 7 business days.", "found"),
        ("Your refund will be paid within five to seven working days to the original payment method.", "found"),
        ("Items can be returned within 30 days of delivery.", "found"),
        ("Hello, unfortunately items can be returned within 30 days of delivery only.", "found"),
        ("The express delivery fee is 50 USD per order.", "found"),
        ("Our hotline is open Monday to Friday, 09:00-17:00.", "found"),
        ("Our hotline is 020 7946 0958.", "found"),
        ("The summer sale ends on May 3rd, 2024.", "found"),
        ("- **Order:** ORD-1042, placed on May 3, total 129.90 EUR", "found"),
        ("The express delivery fee is $60 per order.", "conflicts"),
        ("Refunds are paid within 9 business days.", "conflicts"),
        ("Items can be returned within 14 days of delivery.", "conflicts"),
        ("Items can be returned within three months of delivery.", "conflicts"),
        ("The summer sale ends on 4 May 2024.", "conflicts"),
        ("The hotline is open from 9 AM to 6 PM, Monday to Friday.", "conflicts"),
        ("The hotline is open from 9 AM to 5 PM, Monday to Saturday.", "conflicts"),
        ("Standard delivery is free for orders above 90 EUR.", "conflicts"),
        ("Our hotline is 020 7946 0959.", "conflicts"),
        ("Zebras sleep standing up in the savanna.", "not found"),
        ("You need to keep reference QX77 until 1999.", "not found"),
        ("Hi Anna!", "no claim"),
        ("Thank you for your patience.", "no claim"),
        ("I'm sorry to hear that.", "no claim"),
        ("Could you please tell me your order number?", "no claim"),
        ("Please let me know if you need anything else.", "no claim"),
        ("I'd be happy to help you with that!", "no claim"),
        ("I'm sorry, but I can't help with that.", "no claim"),
        ("Have a great day!", "no claim"),
        ("I think so.", "no claim"),
        ("I think so highly of it that it is free.", "not found"),
        ("One moment, please.", "no claim"),
        ("Absolutely, I can help you with that.", "no claim"),
        ("Let's get started.", "no claim"),
        ("## Returns", "no claim"),
        ("Here are your options:", "no claim"),
        ("Thank you, your refund of $75 is on its way.", "not found"),
    ],
)
def test_a_statement_stands_to_its_sources(answer: str, state: State) -> None:
    """Each state on plain examples from support: values in other forms match, other values do not."""
    assert only(answer).state == state


def test_a_conflict_names_both_values() -> None:
    """The value of the reply and the one in the source are given, each with its place."""
    answer = "Good news: the express delivery fee is $60 per order."
    (value,) = [value for value in only(answer).values if value.state == "conflicts"]
    assert (value.text, value.source_text, value.source_id) == ("$60", "$50", "policy")
    assert answer[value.start : value.end] == "$60"


def test_a_value_given_elsewhere_still_conflicts_with_its_own_passage() -> None:
    """ "80" stands in the sources, but for another fee."""
    assert only("The express delivery fee is $30 per order.").state == "conflicts"
    sources = [POLICY, "Gift wrapping costs $60."]
    (one,) = ground("The express delivery fee is $60 per order.", sources)
    assert one.state == "conflicts"


def test_an_amount_is_not_borne_out_by_the_word_one() -> None:
    """ "I got one" says nothing of money, and the wrong amount of the reply still conflicts."""
    sources = ["Gift cards are sold from £10 to £500.", "I got one by e-mail for my birthday."]
    (one,) = ground("Hello Ada, our help page says: Gift cards are sold from £1 to £500.", sources)
    assert one.state == "conflicts"


def test_a_missing_name_keeps_a_statement_from_being_found() -> None:
    """A name that no source holds is listed; the statement is at most partly found."""
    one = only("Refunds are paid by Globex within 5 to 7 business days to the original payment method.")
    assert one.state == "partly found"
    assert next((value.kind, value.text, value.state) for value in one.values) == ("name", "Globex", "not found")


def test_the_quote_is_the_sentence_that_says_so() -> None:
    """The best passage is the one sentence or list item of the policy, verbatim."""
    evidence = only("The express delivery fee is $50.").evidence[0]
    assert (evidence.source_id, evidence.quote) == ("policy", "The express delivery fee is $50 per order.")
    assert POLICY[evidence.start : evidence.end] == evidence.quote


def test_plain_strings_are_sources_too() -> None:
    """Sources given as strings are numbered from one."""
    (one,) = ground("The express delivery fee is $50.", ["nothing here", POLICY])
    assert one.evidence[0].source_id == "source-2"


@pytest.mark.parametrize("sources", [[], [""], ["!!!"], [Source("a", "")]])
def test_nothing_is_found_where_there_is_nothing(sources: list[str | Source]) -> None:
    """Without sources, or with empty ones, a claim is not found and has no evidence."""
    (one,) = ground("Refunds take five days.", sources)
    assert (one.state, one.evidence) == ("not found", ())


def test_an_unknown_kind_of_source_is_refused() -> None:
    """A source's kind is checked when it is made, not in the middle of a reply."""
    with pytest.raises(ConfigError):
        Source("a", "text", kind="rumour")  # type: ignore[arg-type]


def test_a_long_source_is_read_to_its_limit() -> None:
    """What lies beyond the limit is not matched; what lies before is."""
    text = POLICY + "filler words here. " * (MAX_SOURCE // 19) + "Zebras sleep standing up."
    first, second = ground("The express delivery fee is $50 per order.\n\nZebras sleep standing up.", [text])
    assert (first.state, second.state) == ("found", "not found")


def test_there_is_a_weight_for_every_input() -> None:
    """The weights belong to the features, and the thresholds lie in order."""
    assert len(WEIGHTS) == len(INPUTS)
    assert 0 < PARTLY < FOUND < 1


def test_what_is_kept_is_bounded() -> None:
    """The store of prepared texts drops what was unused longest, and never keeps what alone is too large."""
    kept: Remembered[str] = Remembered(16)
    for name in "abcd":
        kept.put(name, 4, name)
    assert kept.get("a") == "a"
    kept.put("e", 5, "e")
    kept.put("f", 17, "f")
    assert [kept.get(name) for name in "abcdef"] == ["a", None, None, "d", "e", None]


WORDS = (
    "refund order the is paid within days fee $50 $60 5 7 May 3 PM Acme not [EMAIL_1] HAT069 20% . ! \n - | 退款".split(
        " "
    )
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | st.text(max_size=200)


@given(TEXTS, st.lists(TEXTS, max_size=4))
def test_offsets_are_verbatim(answer: str, texts: list[str]) -> None:
    """Whatever the reply and the sources: nothing raises, and every offset points at the very text it stands for."""
    sources = [Source(str(number), text) for number, text in enumerate(texts)]
    made = ground(answer, sources)
    for one in made:
        assert answer[one.start : one.end] == one.text
        assert 0 <= one.score <= 1
        assert (one.state == "no claim") <= (one.score == 0 and not one.evidence)
        for evidence in one.evidence:
            assert texts[int(evidence.source_id)][evidence.start : evidence.end] == evidence.quote
            assert 0 <= evidence.score <= 1
        for value in one.values:
            assert answer[value.start : value.end] == value.text
            assert one.start <= value.start < value.end <= one.end
        if any(value.state != "found" for value in one.values):
            assert one.state != "found"
    assert made == ground(answer, sources)


@given(TEXTS, st.lists(TEXTS, max_size=4))
def test_the_order_of_reading_does_not_matter(answer: str, texts: list[str]) -> None:
    """States and scores are the same whichever way round the sources are given."""
    forward, backward = ground(answer, texts), ground(answer, texts[::-1])
    assert [one.state for one in forward] == [one.state for one in backward]


TEMPLATES = [
    ("The express fee is ${} per order.", st.integers(1, 99_999)),
    ("Refunds are paid within {} business days of your request.", st.integers(2, 999)),
    ("You get a discount of {}% on your next order.", st.integers(1, 100)),
    ("Your order number is ORD{} and it was shipped.", st.integers(1000, 9_999_999)),
    ("The shop opens at {}:15 every day.", st.integers(13, 23)),
    ("The sale ends on May {}, 2024 in all shops.", st.integers(1, 31)),
    ("The warranty lasts {} years from the day of purchase.", st.integers(2, 99)),
    ("You can bring {} bags on every flight.", st.integers(2, 99)),
    ("You can reach us at +44 20 7946 {} all day.", st.integers(1000, 9999)),
]


@given(st.sampled_from(TEMPLATES).flatmap(lambda pair: st.tuples(st.just(pair[0]), pair[1], pair[1])), st.booleans())
def test_a_changed_value_is_never_found(case: tuple[str, int, int], other_sources: bool) -> None:
    """The same sentence with the same value is found; with another, that no source gives, it never is."""
    template, right, wrong = case
    assume(not other_sources or str(wrong) not in re.findall(r"\d+", POLICY))
    sources = [template.format(right), *([POLICY] if other_sources else [])]
    (one,) = ground(template.format(right), sources)
    assert one.state == "found"
    (one,) = ground(template.format(wrong), sources)
    assert (one.state == "found") == (right == wrong)
    assert one.score < PARTLY or right == wrong


def test_one_wrong_value_among_many_right_ones_is_enough() -> None:
    """A long sentence copied from a source is not found if one number in it is in no source."""
    text = "Order ORD1042 was paid with $50 on 3 May 2024 at 15:00 and left depot {} by van with three red boxes."
    (right,) = ground(text.format(48213), [text.format(48213)])
    (wrong,) = ground(text.format(48214), [text.format(48213)])
    assert (right.state, wrong.state) == ("found", "partly found")
    assert wrong.score < PARTLY


@given(
    st.sampled_from(TEMPLATES).flatmap(lambda pair: st.tuples(st.just(pair[0]), pair[1])), st.lists(TEXTS, max_size=3)
)
def test_more_sources_take_nothing_away(case: tuple[str, int], more: list[str]) -> None:
    """A statement that a source says word for word stays found when sources are added."""
    text = case[0].format(case[1])
    (one,) = ground(text, [text, *more])
    assert one.state == "found"


@given(st.sampled_from(list(LEXICONS)), TEXTS)
def test_every_lexicon_reads_every_text(language: str, text: str) -> None:
    """No language raises on any text, and a language without a lexicon is read by another's."""
    assert ground(text, [text], language=language) == ground(text, [text], language=language)
    ground(text, [text], language="xx")


@pytest.mark.parametrize(
    ("answer", "source", "state"),
    [
        ("Hello [PERSON_1]!", "Refunds take 5 days.", "no claim"),
        ("Hello Priya, refunds arrive within 5 days.", "Refunds arrive within 5 days.", "found"),
        ("Thank you for waiting, your order has been shipped.", "Your order has been shipped.", "found"),
        ("Hello, call [PHONE_1]!", "Refunds arrive within 5 days.", "not found"),
        ("Gift cards can be refunded in any shop.", "Gift cards cannot be refunded in any shop.", "partly found"),
        (
            "Order 4412 was shipped on May 3.",
            "Order 4412 was shipped on May 1. Order 4413 was shipped on May 3.",
            "conflicts",
        ),
        (
            "Flight HAT001 departs at 15:00.",
            '[{"flight":"HAT001","at":"09:00"},{"flight":"HAT002","at":"15:00"}]',
            "conflicts",
        ),
    ],
)
def test_what_is_said_otherwise_is_not_taken_for_said(answer: str, source: str, state: str) -> None:
    """Greetings weigh nothing; denials, and values of another thing, are never found."""
    (one,) = ground(answer, [source])
    assert one.state == state


@pytest.mark.parametrize(
    ("answer", "sources", "state"),
    [
        ("The fee rose on 24 November 2015.", ["The fee rose on 24 November."], "partly found"),
        ("The fee rose on 24 November 2015.", ["The fee rose on 24 November.", "News of 2015"], "found"),
        ("The fee rose on 24 November 2015.", ["The fee rose on 24 November 2015."], "found"),
        ("The fee rose on 24 November.", ["The fee rose on 24 November 2015."], "found"),
        ("Prices hold for the season 2025-2026.", ["Prices hold for the season 2025-26."], "found"),
        ("Prices hold for the season 2025-26.", ["Prices hold for the season 2025–2026."], "found"),
        ("Prices hold for the season 2025-27.", ["Prices hold for the season 2025-2026."], "partly found"),
    ],
)
def test_a_year_is_found_where_it_is_said(answer: str, sources: list[str], state: State) -> None:
    """A date with a year that no source says is not all found; the last year of a range may be short."""
    (one,) = ground(answer, sources)
    assert one.state == state


@pytest.mark.parametrize(
    ("answer", "source", "state", "value"),
    [
        ("Die Rückerstattung dauert 14 Tage.", "Die Rückerstattung dauert zwei Wochen.", "found", "14 Tage"),
        ("Zwrot trwa 5 dni.", "Zwrot trwa 14 dni.", "conflicts", "5 dni"),
        ("El reembolso tarda 5 días.", "El reembolso tarda 14 días.", "conflicts", "5 días"),
    ],
)
def test_a_short_reply_to_a_short_source_is_read_in_its_language(
    answer: str, source: str, state: State, value: str
) -> None:
    (one,) = ground(answer, [source])
    assert (one.state, [item.text for item in one.values]) == (state, [value])


def test_the_same_words_in_another_order_are_found_in_part_at_most() -> None:
    """Turned round, every word is there, and what they say is another thing."""
    source = "Gold guests pay $90 upstairs, bring parcels weighing 12% extra, then leave before noon without luggage."
    answer = "Without luggage guests leave before noon, extra 12% weighing parcels bring, upstairs $90 pay gold."
    (one,) = ground(answer, [source])
    assert one.state == "partly found"
    assert {value.state for value in one.values} == {"found"}


@pytest.mark.parametrize(
    ("answer", "source"),
    [
        ("Our offices in the United Kingdom are closed.", "Our offices in the UK are closed."),
        ("**Opening Hours**: We open at 9 AM each day.", "We open at 9 AM each day."),
        ("The actual U.S election was in May 2024.", "The actual election was in May 2024."),
        ("These are the two common kinds of delivery.", "These are the two most common kinds of delivery."),
    ],
)
def test_short_forms_and_labels_are_nothing_new(answer: str, source: str) -> None:
    """A short form of what the source names, and a label in capitals, is no value that the source lacks."""
    (one,) = ground(answer, [source])
    assert [value.text for value in one.values if value.state != "found"] == []


def test_the_nearest_passages_are_kept_for_what_is_not_found() -> None:
    """A reviewer sees what came closest; a greeting, which claims nothing, has none."""
    greeting, claim = ground("Hello!\n\nThe delivery of furniture costs extra.", [POLICY])
    assert (greeting.state, greeting.evidence) == ("no claim", ())
    assert claim.state == "not found"
    assert claim.evidence


def test_what_the_speaker_says_of_itself_needs_a_source_that_does() -> None:
    """ "I like ..." scores lower than the same words of a company, unless the source says it so."""
    text = "like the summer sale at this shop"
    (own,), (copied,) = ground(f"I {text}.", [f"They {text}."]), ground(f"I {text}.", [f"I {text}."])
    assert own.score < copied.score or own.state == "no claim"


def test_a_passage_is_chosen_by_what_stands_beside_it() -> None:
    """Of two passages that say the same words, the one whose neighbours hold the rest is quoted."""
    lone = "The fee is waived in June. Nothing else is known."
    rich = "Gold members are treated best. The fee is waived in June. They also get a lounge."
    for sources in ([lone, rich], [rich, lone]):
        (one,) = ground("For gold members with a lounge the fee is waived in June.", sources)
        assert one.evidence[0].source_id == f"source-{sources.index(rich) + 1}"


def test_what_sources_were_asked_for_is_remembered_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same documents answer questions for years; the words of the answers are ever new."""
    monkeypatch.setattr(index, "MAX_TERMS", 5)
    sources = [Source("bounded", "We repair bicycles in winter.")]
    for number in range(20):
        (one,) = ground(f"We repair bicycles in winter, said novelist{number}.", sources)
        assert one.evidence[0].quote == sources[0].text
    assert len(index.index(sources, LEXICONS.load("en"))._holding) == 5
