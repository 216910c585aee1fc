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

from explainbot.explain.lexicons import plain_letters
from explainbot.privacy import Customer, Redactor, Restorer, Vault, leaks
from explainbot.privacy.tagger.features import plain
from explainbot.privacy.tagger.meaning import Run, meaning
from explainbot.privacy.tagger.tagging import PLACE

CUSTOMER = Customer(name="Mia Li", email="mia@example.com", phone="+1 415 555 0132", address="9 Elm Road, Ely CB7 4AB")
HOSTILE: dict[str, Callable[[int], str]] = {
    "a.a.a.@": lambda n: "a." * (n // 2) + "@",
    "1-1-1-": lambda n: "1-" * (n // 2),
    "0000": lambda n: "0" * n,
    "a@a@a@": lambda n: "a@" * (n // 2),
    "@@@": lambda n: "@" * n,
    "[[[[": lambda n: "[" * n,
    "[ and spaces": lambda n: "[" + " " * n,
    "1 1 1": lambda n: "1 " * (n // 2),
    "::::": lambda n: ":" * n,
    "1:1:1": lambda n: "1:" * (n // 2),
    "EMAIL_1": lambda n: "EMAIL_1" * (n // 7),
    "a dot": lambda n: "a dot " * (n // 6),
    "(at)": lambda n: "(at)" * (n // 4),
    "http://": lambda n: "http://" * (n // 7),
    "five": lambda n: "five " * (n // 5),
    "eyJ": lambda n: "eyJ" * (n // 3),
    "combining": lambda n: "a" + "\u0301" * n,
    "+1+1": lambda n: "+1" * (n // 2),
    "BEGIN": lambda n: "-----BEGIN PRIVATE KEY-----" * (n // 27),
    "GB82": lambda n: "GB82 WEST " * (n // 10),
    "%40": lambda n: "%40" * (n // 3),
    "name": lambda n: ("Mia" + " " * 40) * (n // 43),
    "my name is": lambda n: "my name is Ann " * (n // 15),
    "name: name:": lambda n: "name: " * (n // 6),
    "Dear Mr.": lambda n: "Dear Mr. " * (n // 9),
    "Dr. Dr.": lambda n: "Dr. " * (n // 4),
    "handle": lambda n: "handle  " * (n // 8),
    "password is": lambda n: "password is " * (n // 12),
    "code code": lambda n: "security code " * (n // 14),
    "1 street": lambda n: "1 street " * (n // 9),
    "1 Elm Elm": lambda n: "1 " + "Elm " * (n // 4),
    "rue rue": lambda n: "rue Rue " * (n // 8),
    "a.b.straße 1": lambda n: "a." * (n // 2) + "straße 1",
    "straße 1": lambda n: "straße 1 " * (n // 9),
    "born born": lambda n: "born " * (n // 5),
    "dni dni": lambda n: "dni 1 " * (n // 6),
    "dni 1 1 1": lambda n: "dni " + "1 " * (n // 2),
    "passport 1,1": lambda n: "passport " + "AB123456, " * (n // 10),
    "account 1-": lambda n: "account " + "1-" * (n // 2),
    "0.123456": lambda n: "0.123456," * (n // 9),
    "AB-": lambda n: "AB-" * (n // 3),
    "Name Name": lambda n: "regards, " + "Ann " * (n // 4),
    "regards": lambda n: "regards, " * (n // 9),
    "bc1q": lambda n: "bc1q" * (n // 4),
    "AAAA": lambda n: "A" * n,
    "a1a1": lambda n: "a1" * (n // 2),
    "twitter": lambda n: "twitter is " * (n // 11),
    "quotes": lambda n: '"' * n + "@a.b",
    "backslashes": lambda n: "\\" * n,
    "escapes": lambda n: "\\n" * (n // 2),
    "entities": lambda n: "&#49;" * (n // 5),
    "markdown": lambda n: "1**-**" * (n // 6),
    "escaped dots": lambda n: "1\\." * (n // 3),
    "broken lines": lambda n: "1-\n" * (n // 3),
    "bars": lambda n: "1234|" * (n // 5),
    "arobase": lambda n: "a arobase point " * (n // 16),
    "ending in": lambda n: "card ending in " * (n // 15),
    "exp card": lambda n: "card exp " * (n // 9),
    "my wife": lambda n: "my wife Ann " * (n // 12),
    "straße": lambda n: "Straße " * (n // 7),
    "json": lambda n: "[" + '"",' * (n // 3) + "1]",
}
"""Texts made to be expensive, by length."""


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
