"""The vault numbers values in order, is bounded, and nothing it holds is overlooked on the way out."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainbot.errors import DetectorFailed, PrivacyError
from explainbot.privacy import LABELS, Customer, Detection, Redactor, Vault, leaks, redact, residue
from explainbot.privacy.detection import label_of
from explainbot.privacy.detectors import DETECTORS
from explainbot.privacy.placeholders import find


def test_placeholders_are_numbered_per_label_by_first_appearance() -> None:
    vault = Vault()
    assert vault.placeholder_for("a@b.co", "EMAIL_ADDRESS") == "[EMAIL_1]"
    assert vault.placeholder_for("Jane", "PERSON") == "[PERSON_1]"
    assert vault.placeholder_for("c@d.co", "EMAIL_ADDRESS") == "[EMAIL_2]"
    assert vault.placeholder_for("a@b.co", "CUSTOMER_DATA") == "[EMAIL_1]"
    assert vault.placeholder_for("42-x", "SOMETHING_NEW") == "[DATA_1]"
    assert vault.original_of("[EMAIL_2]") == "c@d.co"
    assert vault.entity_type_of("[DATA_1]") == "SOMETHING_NEW"
    assert vault.original_of("[EMAIL_3]") is None
    assert list(vault.originals()) == ["a@b.co", "Jane", "c@d.co", "42-x"]
    assert dict(vault.counts()) == {"EMAIL_ADDRESS": 2, "PERSON": 1, "SOMETHING_NEW": 1}
    assert len(vault) == 4


def test_labels_are_plain_capitals_and_every_placeholder_is_recognised() -> None:
    assert all(label.isascii() and label.isalpha() and label.isupper() for label in LABELS.values())
    for kind in LABELS:
        placeholder = Vault().placeholder_for("x", kind)
        assert [item.placeholder for item in find(f"see {placeholder}.")] == [placeholder]
        assert placeholder == f"[{label_of(kind)}_1]"


def test_a_full_vault_refuses() -> None:
    vault = Vault(max_values=2)
    redact("a@b.co", vault=vault)
    with pytest.raises(PrivacyError, match="more than 2 different"):
        redact("c@d.co e@f.co", vault=vault)
    assert redact("a@b.co again", vault=vault).text == "[EMAIL_1] again"


def test_an_empty_vault_is_still_used() -> None:
    vault = Vault()
    assert redact("a@b.co", vault=vault).vault is vault


def test_threads_that_meet_the_same_values_agree_on_their_placeholders() -> None:
    vault = Vault()
    values = [f"user{number}@example.com" for number in range(50)]
    with ThreadPoolExecutor(8) as pool:
        results = list(
            pool.map(lambda _: [vault.placeholder_for(value, "EMAIL_ADDRESS") for value in values], range(32))
        )
    assert all(result == results[0] for result in results)
    assert len(set(results[0])) == len(values) == len(vault)
    assert [vault.original_of(placeholder) for placeholder in results[0]] == values


def _vault(*values: tuple[str, str]) -> Vault:
    vault = Vault()
    for value, kind in values:
        vault.placeholder_for(value, kind)
    return vault


VAULT = _vault(
    ("Mia Li", "PERSON"), ("Will", "PERSON"), ("jane@example.com", "EMAIL_ADDRESS"), ('say "hi"\n', "CUSTOMER_DATA"),
    ("Zoë", "PERSON"), ("李小龙", "PERSON"), ("[EMAIL_1]", "PLACEHOLDER_LIKE"), ("+1 415", "PHONE_NUMBER"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("haystack", "kinds"),
    [
        ("write to JANE@example.com", {"EMAIL_ADDRESS": 1}),
        ("mia li and Mia Li", {"PERSON": 2}),
        ("Will you", {"PERSON": 1}),
        ("I will", {}),
        (json.dumps({"a": 'x say "hi"\n y'}), {"CUSTOMER_DATA": 1}),
        (json.dumps({"a": json.dumps({"b": 'say "hi"\n'})}), {"CUSTOMER_DATA": 1}),
        (json.dumps("Zoë"), {"PERSON": 1}),
        (json.dumps(json.dumps("ZOË")), {"PERSON": 1}),
        (json.dumps("first\nMia Li"), {"PERSON": 1}),
        (json.dumps("\u00e9Mia Li", ensure_ascii=True), {}),
        ("我叫李小龙。", {"PERSON": 1}),
        ("Mia Lind, jane@example.community, xjane@example.com", {}),
        ("[EMAIL_1] wrote", {}),
        ("call+1 415!", {"PHONE_NUMBER": 1}),
        ("", {}),
    ],
)
def test_leaks_counts_whole_values_in_any_case_and_escape(haystack: str, kinds: dict[str, int]) -> None:
    assert leaks(haystack, VAULT) == kinds


@pytest.mark.parametrize("encode", [quote, lambda value: urlencode({"q": value})])
def test_in_a_url_percent_encoding_hides_nothing(encode: object) -> None:
    assert callable(encode)
    url = "https://api.example.com/v1?" + encode("Mia Li")
    assert leaks(url, VAULT, url=True) == {"PERSON": 1}
    assert leaks("https://api.example.com/v1?q=x", VAULT, url=True) == {}


@given(st.text(min_size=1, max_size=12), st.text(max_size=6), st.text(max_size=6))
def test_a_value_that_stands_alone_is_always_seen(value: str, before: str, after: str) -> None:
    vault = _vault((value, "CUSTOMER_DATA"))
    if value.lower() in {"will", "may", "an", "do", "a", "i"} or len(value.lower()) != len(value):
        return
    for haystack in (f"{before} {value} {after}", json.dumps({"k": f"{before} {value} {after}"})):
        assert leaks(haystack, vault)


def test_a_value_first_met_later_is_masked_in_all_texts_by_the_second_pass() -> None:
    vault, redactor = Vault(), Redactor()
    early = "it says 219099999 again"
    assert redactor.redact(early, vault).text == early
    redactor.redact("my ssn is 219099999", vault)
    assert redactor.redact_known(early, vault).text == "it says [SSN_1] again"
    assert leaks(redactor.redact_known(early, vault).text, vault) == {}


SECRET = "jane.canary@example.com"


def _raises(text: str) -> list[Detection]:
    raise ValueError(f"cannot read {text}")


def _outside(text: str) -> list[Detection]:
    return [Detection(0, len(text) + 1, "PERSON", 1.0, "wrong")]


@pytest.mark.parametrize(("detector", "reason"), [(_raises, "ValueError"), (_outside, "offsets outside the text")])
def test_a_failing_detector_stops_everything_and_quotes_nothing(detector: object, reason: str) -> None:
    assert callable(detector)
    with pytest.raises(DetectorFailed, match=reason) as caught:
        Redactor([("broken", detector)]).redact(f"I am {SECRET}", Vault())
    error: BaseException | None = caught.value
    while error is not None:
        assert SECRET not in str(error)
        assert SECRET not in repr(error.args)
        error = error.__cause__ or error.__context__


def test_no_repr_shows_a_value() -> None:
    customer = Customer(name="Canary Jane", email=SECRET, extra={"Canary": "Canary 1234"})
    redactor = Redactor(customer=customer)
    vault = Vault(tenant="shop", conversation="c-1")
    redaction = redactor.redact(f"{SECRET} or Canary Jane or Canary 1234", vault)
    shown = [
        customer,
        redactor,
        vault,
        redaction,
        redaction.edits,
        redactor.detect(f"{SECRET} Canary"),
        redactor.plan.detectors,
    ]
    assert not [item for item in shown if "anary" in repr(item)]
    assert repr(vault) == "Vault({'EMAIL_ADDRESS': 1, 'PERSON': 1, 'CUSTOMER_DATA': 1})"


def test_finds_are_remembered_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def watching(text: str) -> list[Detection]:
        calls.append(str(text))
        return []

    monkeypatch.setattr("explainbot.privacy.remembered.CHARACTERS", 10)
    redactor = Redactor([("watching", watching)])
    for text in ("12345", "12345", "abcde", "12345", "fghij", "abcde", "12345", "a text longer than the cache"):
        redactor.redact(text, Vault())
    assert calls == ["12345", "abcde", "fghij", "abcde", "12345", "a text longer than the cache"]


def test_what_was_masked_for_a_value_found_elsewhere_is_not_worked_out_again() -> None:
    calls: list[str] = []

    def watching(text: str) -> list[Detection]:
        calls.append(str(text))
        return []

    redactor, vault = (
        Redactor([("email", DETECTORS.load("email")), ("phone", DETECTORS.load("phone")), ("watching", watching)]),
        Vault(),
    )
    early, late = "ask ann@example.org or 5550142", "call 5550142"
    redactor.redact(late, vault)
    first = redactor.redact_known(early, vault)
    worked = len(calls)
    assert redactor.redact_known(early, vault) == first
    redactor.redact("mail joe@example.org", vault)
    assert redactor.redact_known(early, vault) == first
    assert len(calls) == worked + 1  # the new text alone
    assert leaks(first.text, vault) == {}


def test_a_text_that_was_clean_is_searched_for_new_values_only_and_those_are_found() -> None:
    vault = Vault()
    vault.placeholder_for("joe@example.org", "EMAIL_ADDRESS")
    texts = ["ask Ann Bo", "nothing"]
    assert residue(texts, vault) == {}
    vault.placeholder_for("Ann Bo", "PERSON")
    assert residue(texts, vault) == {"PERSON": 1}
    assert residue(texts, vault) == {"PERSON": 1}
    assert residue(texts[1:], vault) == {}
