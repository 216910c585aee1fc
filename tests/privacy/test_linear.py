"""Work grows in step with the length of the text, on any text. Counted, not timed: by the interpreter's own line
events.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import count
from types import FrameType
from typing import Any

import pytest
from hostile import HOSTILE

from explainbot.explain.lexicons import plain_letters
from explainbot.privacy import Customer, Redactor, Restorer, Vault, leaks
from explainbot.privacy.surrogates import grammar
from explainbot.privacy.tagger.features import plain
from explainbot.privacy.tagger.meaning import Run, meaning
from explainbot.privacy.tagger.tagging import PLACE

CUSTOMER = Customer(name="Mia Li", email="mia@example.com", phone="+1 415 555 0132", address="9 Elm Road, Ely CB7 4AB")


def lines(work: Callable[[], Any]) -> int:
    """How many lines of Python the work runs."""
    work()  # what is loaded and compiled once does not count
    total = 0

    def local(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal total
        total += 1
        return local

    before = sys.gettrace()
    sys.settrace(local)
    try:
        work()
    finally:
        sys.settrace(before)
    return total


def seconds(work: Callable[[], Any]) -> float:
    """Least processor time of this thread over three runs, so that a busy machine changes nothing."""
    work()
    best = float("inf")
    for _ in range(3):
        start = time.thread_time()
        work()
        best = min(best, time.thread_time() - start)
    return best


@pytest.mark.parametrize("name", list(HOSTILE))
def test_ten_times_the_text_is_about_ten_times_the_work(name: str) -> None:
    small, large = HOSTILE[name](1_000), HOSTILE[name](10_000)
    assert lines(lambda: Redactor(customer=CUSTOMER).detect(large)) <= 14 * lines(
        lambda: Redactor(customer=CUSTOMER).detect(small)
    )


@pytest.mark.parametrize("name", list(HOSTILE))
def test_ten_times_the_text_takes_far_less_than_a_hundred_times_as_long(name: str) -> None:
    """Regular expressions run no lines, so here the clock has to do: a quadratic one would give 100."""
    small, large = HOSTILE[name](4_000), HOSTILE[name](40_000)
    redact_small, redact_large = (lambda text=text: Redactor(customer=CUSTOMER).detect(text) for text in (small, large))
    assert seconds(redact_large) <= 45 * max(seconds(redact_small), 2e-4)


@pytest.mark.parametrize("unit", ["Caro-", "Caro ", "Mia Li, ", "Elm Road 1, "])
def test_a_text_that_was_not_read_before_costs_what_its_length_does(unit: str) -> None:
    """What the tagger found in a text is kept, so each text here is another one."""
    numbers = count()

    def read(length: int) -> Callable[[], Any]:
        return lambda: Redactor().detect(f"{next(numbers)}. " + unit * (length // len(unit)))

    assert lines(read(10_000)) <= 14 * lines(read(1_000))


@pytest.mark.parametrize("bare", [plain, plain_letters])
def test_a_letter_with_very_many_marks_costs_what_its_length_does(bare: Callable[[str], str]) -> None:
    small, large = ("e" + "\u0301" * n + "\u0316" * n for n in (1_000, 10_000))
    assert bare(large) == "e"
    assert seconds(lambda: bare(large)) <= 45 * max(seconds(lambda: bare(small)), 2e-4)


@pytest.mark.parametrize("unit", ["2", "user1", "4242 ", "202 ", "Alfa ", "1-"])
def test_surrogates_are_looked_for_in_time_that_grows_with_the_text(unit: str) -> None:
    def search(length: int) -> Callable[[], Any]:
        text = unit * (length // len(unit))
        return lambda: (list(grammar().reading_as(text)), grammar().find(text, 0, lambda key: False))

    assert seconds(search(100_000)) <= 45 * max(seconds(search(10_000)), 2e-4)


def test_what_a_place_means_does_not_cost_more_after_many_others() -> None:
    few, many = ([Run(6 * n, 6 * n + 5, PLACE, 0.9) for n in range(count)] for count in (100, 200_000))
    text = "Paris " * len(many)
    assert meaning(text, many, len(many) - 1) == ("PLACE", "a place")
    assert seconds(lambda: meaning(text, many, len(many) - 1)) <= 20 * max(
        seconds(lambda: meaning(text, few, len(few) - 1)), 1e-5
    )


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_stream_costs_what_its_text_costs(name: str) -> None:
    def stream(length: int) -> None:
        restorer = Restorer(Vault())
        for char in HOSTILE[name](length):
            restorer.feed(char)
        restorer.flush()

    assert lines(lambda: stream(3_000)) <= 14 * lines(lambda: stream(300))


def test_the_egress_check_is_linear_in_text_and_values() -> None:
    def check(values: int, length: int) -> None:
        vault = Vault()
        for number in range(values):
            vault.placeholder_for(f"user{number}@example.com", "EMAIL_ADDRESS")
        leaks("user" * length, vault)

    assert lines(lambda: check(200, 1000)) <= 14 * lines(lambda: check(20, 100))


def test_a_text_full_of_known_values_costs_what_its_length_does() -> None:
    def known(count: int) -> Callable[[], Any]:
        values = [f"{word}-{number * 7919}" for number in range(count) for word in ("value", "card")]
        customer = Customer(extra={str(number): value for number, value in enumerate(values)})
        text = " ".join(values)
        assert len(Redactor(customer=customer).detect(text)) == len(values)
        return lambda: Redactor(customer=customer).detect(text)

    assert seconds(known(1_000)) <= 30 * seconds(known(100))
