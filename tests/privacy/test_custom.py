"""Detectors of the company's own, and what it lets pass."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest

from explainbot import Allow, Customer, Detection, Pattern, Settings, Vault, WordList
from explainbot.engine import Engine
from explainbot.errors import ConfigError
from explainbot.privacy.patterns import compiled


def redacted(text: str, customer: Customer | None = None, **settings: object) -> str:
    engine = Engine(Settings(store="off", **settings))  # type: ignore[arg-type]
    return engine.redactor(customer).redact(text, Vault()).text


def _parity(value: str) -> bool:
    return int(value[-1]) % 2 == 0


def _shouts(text: str) -> Iterator[Detection]:
    at = text.find("SECRET")
    if at >= 0:
        yield Detection(at, at + 6, "SECRET_WORD", 1.0, "the word itself")


@pytest.mark.parametrize(
    ("detector", "text", "expected"),
    [
        (Pattern("LOYALTY_ID", r"FB-[0-9]{6}"), "card FB-123456.", "card [DATA_1]."),
        (Pattern("LOYALTY_ID", r"FB-[0-9]{6}"), "FB\u2011１２３４５６", "[DATA_1]"),
        (Pattern("SEAT", r"[0-9]{2}[A-F]", words=["seat"]), "Seat 12A, gate 14B" + " " * 60 + "15C", None),
        (Pattern("EVEN", r"\b[0-9]{4}\b", check=_parity), "1234 and 1235", "[DATA_1] and 1235"),
        (WordList("PROJECT", ["Night Owl", "Bluebird"]), "night  owl, BLUEBIRDs", "[DATA_1], BLUEBIRDs"),
        (_shouts, "the SECRET is out", "the [DATA_1] is out"),
    ],
)  # fmt: skip
def test_a_detector_given_by_setting_hides_what_it_finds(detector: object, text: str, expected: str | None) -> None:
    result = redacted(text, detectors=[detector])
    assert result == expected if expected else result.startswith("Seat [DATA_1], gate [DATA_2]") and "15C" in result


def test_what_is_allowed_stays_and_everything_else_goes() -> None:
    allow = Allow(values=["+1 (800) 555-0199"], patterns=[r"[a-z]{1,20}@acme\.com"], entity_types=["IP_ADDRESS"])
    text = "call +1 (800) 555-0199 or +1 800 555 0142, help@acme.com, jane@example.com, 203.0.113.9"
    expected = "call +1 (800) 555-0199 or [PHONE_1], help@acme.com, [EMAIL_1], 203.0.113.9"
    assert redacted(text, allow=allow) == expected


def test_nothing_known_of_the_customer_is_allowed_to_pass() -> None:
    allow = Allow(values=["jane@acme.com"], entity_types=["EMAIL_ADDRESS"])
    assert redacted("jane@acme.com", Customer(email="jane@acme.com"), allow=allow) == "[EMAIL_1]"


@pytest.mark.parametrize(
    "expression",
    [r"(a+)+b", r"\w+@\w+", r"(a|aa){1,40}b", r"(?:[a-z]{1,9}-){1,9}x", "a*", "(", r"[0-9]{1,5000}x", "x{2,}"],
)
def test_an_expression_that_some_text_could_make_slow_is_refused_without_re2(
    expression: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    with pytest.raises(ConfigError):
        Pattern("X", expression)


@pytest.mark.parametrize(
    "expression", [r"FB-[0-9]{6}", r"\b[A-Z]{2,4}-?[0-9]{1,12}\b", r"(?:EU|US)[0-9]{8}", r"a(?=b)"]
)
def test_a_bounded_expression_needs_no_re2(expression: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    assert isinstance(compiled(expression), re.Pattern)


def test_re2_takes_what_re_would_run_for_ever_on() -> None:
    pytest.importorskip("re2")
    assert redacted("b" + "a" * 50_000, detectors=[Pattern("X", r"(a+)+b")]) == "b" + "a" * 50_000


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Pattern("loyalty id", "x"),
        lambda: Pattern("X", "x", words="seat"),
        lambda: WordList("X", ["..."]),
        lambda: WordList("X", "one text"),
        lambda: Allow(patterns=["("]),
        lambda: Allow(entity_types=["email"]),
        lambda: Allow(values="one"),
        lambda: Settings(detectors=["phone"]),  # type: ignore[arg-type]
    ],
)
def test_mistakes_are_told_when_the_setting_is_built(wrong: object) -> None:
    with pytest.raises(ConfigError):
        wrong()  # type: ignore[operator]


def test_settings_with_detectors_are_values_and_their_hash_is_the_same_everywhere() -> None:
    first, second = (
        Settings(detectors=[Pattern("A", "ab", check=_parity), _shouts], allow=Allow(values=["b", "a", "c"]))
        for _ in range(2)
    )
    assert first == second
    assert hash(first) == hash(second)
    assert first.policy().settings_hash == second.policy().settings_hash != Settings().policy().settings_hash
    assert "0x" not in first.model_dump_json()
