"""Two values crossed: the source gives both, each of the other thing. That is never found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainbot.explain import Source, ground
from explainbot.explain.statement import State


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ("Open until 2 pm on weekdays, 6 pm on Saturdays.", "Open until 6 pm on weekdays, 2 pm on Saturdays."),
        ("Weekdays: 10 AM to 2 PM, Saturdays: 9 AM to 5 PM.", "Weekdays: 9 AM to 5 PM, Saturdays: 10 AM to 2 PM."),
        ("Standard delivery costs $5 and express $15.", "Express delivery costs $5 and standard $15."),
        ("Standard delivery costs $5. Express delivery costs $15.", "Express costs $5 and standard costs $15."),
        ("Standard delivery costs $5 and express delivery costs $15.", "Express delivery costs $5."),
        ("Students get 20% and seniors get 10%.", "You get 10% as a student and 20% as a senior."),
        ("Bags weigh 32 kg in economy while 23 kg in business.", "Bags weigh 23 kg in economy but 32 kg in business."),
        ("Order A-17 ships on 5 May, order B-22 on 3 May.", "Order A-17 ships on 3 May, order B-22 on 5 May."),
        ("Wir haben werktags bis 14 Uhr und samstags bis 18 Uhr auf.", "Wir haben werktags bis 18 Uhr auf."),
        ("営業時間は平日は14時、土曜は18時です。", "営業時間は平日は18時、土曜は14時です。"),
    ],
)
def test_values_of_each_others_things_conflict(source: str, answer: str) -> None:
    """Each value stands in the passage, but beside the other's words."""
    (one,) = ground(answer, [source])
    assert one.state == "conflicts"
    assert all(value.source_text for value in one.values if value.state == "conflicts")


def test_the_conflict_names_the_value_that_stands_there() -> None:
    """Beginning is set against beginning, and end against end."""
    (one,) = ground(
        "Weekdays: 9 AM to 5 PM, Saturdays: 10 AM to 2 PM.", ["Weekdays: 10 AM to 2 PM, Saturdays: 9 AM to 5 PM."]
    )
    said = {value.text: value.source_text for value in one.values if value.state == "conflicts"}
    assert said == {"9 AM": "10 AM", "5 PM": "2 PM", "10 AM": "9 AM", "2 PM": "5 PM"}


@pytest.mark.parametrize(
    ("source", "answer", "state"),
    [
        ("Your flights are A17, B22 and C33.", "Your flight C33 is booked.", "partly found"),
        ("You can cancel flights A17 and B22.", "You can cancel flight B22.", "found"),
        ("Express is $15, standard $5.", "Standard is $5 and express $15.", "found"),
        ("One way is $304 per person, making the total $608.", "The total is $608.", "found"),
        ("Refunds take 7 days, and you may cancel within 24 hours.", "You may cancel within 24 hours.", "found"),
    ],
)
def test_values_of_the_same_things_in_another_order_do_not_conflict(source: str, answer: str, state: State) -> None:
    """Lists share their label, and clauses may change places."""
    (one,) = ground(answer, [source])
    assert one.state == state


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        (
            "The show was cancelled in May, four episodes into its second season. It ran 34 episodes on our channel.",
            "It consisted of 34 episodes, but our channel cancelled the show in May in its second season.",
        ),
        (
            "Acme, which won, spent $295, while the Conservatives' expenditure was $298.",
            "The Conservative party spent $298.",
        ),
        ("He won 11 gold, eight silver and three bronze medals on wheels. He has 22 medals.", "He won 22 medals."),
    ],
)
def test_a_word_that_stands_with_both_makes_no_conflict(source: str, answer: str) -> None:
    """What a sentence says besides, or a verb that both share, crosses nothing."""
    (one,) = ground(answer, [source])
    assert one.state != "conflicts"


def test_what_another_passage_says_of_it_is_no_conflict() -> None:
    """One passage gives the value of something else, and a second one gives it of this."""
    crossed = "Standard delivery costs $5, express delivery costs $15."
    (one,) = ground("Express delivery costs $5.", [crossed, "In May express delivery costs $5."])
    assert one.state != "conflicts"


def test_what_the_customer_said_makes_nothing_wrong() -> None:
    """A reply that sets right what the customer crossed is doubtful, and no more."""
    said = Source("m", "So standard costs $5 and express costs $15?", kind="customer_message")
    (one,) = ground("Express costs $5 and standard costs $15.", [said])
    assert one.state == "partly found"


THINGS = st.lists(
    st.sampled_from("standard express weekend island business student winter pickup".split()),
    min_size=2,
    max_size=4,
    unique=True,
)
FORMS = st.sampled_from(["${}", "{} EUR", "{}%", "{} days", "{} kg"])
ORDERS = st.sampled_from(["{thing} post: {value}", "{value} for {thing} post", "{thing} post costs {value}"])
LINKS = st.sampled_from([", ", " and ", "; ", " but "])


@given(THINGS, st.permutations([5, 12, 19, 44]), FORMS, ORDERS, ORDERS, LINKS, LINKS)
def test_crossed_values_are_never_found(
    things: list[str], numbers: list[int], form: str, here: str, there: str, one_link: str, other_link: str
) -> None:
    """In any order of words and clauses: as the source says is no conflict, and crossed is never found."""
    values = [form.format(number) for number in numbers[: len(things)]]
    pairs = list(zip(things, values, strict=True))
    turned = list(zip(things, values[1:] + values[:1], strict=True))

    def sentence(order: str, link: str, given: list[tuple[str, str]]) -> str:
        return link.join(order.format(thing=thing, value=value) for thing, value in given).capitalize() + "."

    source = sentence(there, other_link, pairs[::-1])
    assert [one.state for one in ground(sentence(here, one_link, pairs), [source])] != ["conflicts"]
    assert all(one.state != "found" for one in ground(sentence(here, one_link, turned), [source]))
