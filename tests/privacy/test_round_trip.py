"""Redacting and restoring are inverse for any text, and only what was issued is restored."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from privacy_strategies import CUSTOMER, LOOKALIKES, json_texts, texts

from explainbot.privacy import Customer, Detection, Redacted, Redactor, Vault, detect, leaks, redact, restore
from explainbot.privacy.placeholders import find

REDACTOR = Redactor(customer=CUSTOMER)


@given(texts | json_texts)
def test_restoring_gives_back_every_text_exactly(text: str) -> None:
    vault = Vault()
    redaction = REDACTOR.redact(text, vault)
    assert restore(redaction) == text
    assert restore(str(redaction.text), vault) == text


@pytest.mark.parametrize("given", [None, b"jane@example.com", {"mail": "jane@example.com"}])
def test_what_is_no_text_is_refused_and_not_shown(given: Any) -> None:
    for look in (detect, redact):
        with pytest.raises(TypeError, match=f"in a str, not in {type(given).__name__}$"):
            look(given)


@given(texts | json_texts)
def test_every_placeholder_in_a_redacted_text_was_issued_for_it(text: str) -> None:
    vault = Vault()
    redaction = REDACTOR.redact(text, vault)
    assert [item.placeholder for item in find(redaction.text)] == [edit.placeholder for edit in redaction.edits]
    assert all(vault.original_of(edit.placeholder) is not None for edit in redaction.edits)


@given(texts | json_texts)
def test_a_known_value_never_survives_the_second_pass(text: str) -> None:
    vault = Vault()
    REDACTOR.redact(text, vault)
    redaction = REDACTOR.redact_known(text, vault)
    assert leaks(redaction.text, vault) == {}
    assert restore(redaction) == text


@given(texts | json_texts)
def test_edits_say_what_stood_where(text: str) -> None:
    redaction = REDACTOR.redact(text, Vault())
    at = out = 0
    for edit in redaction.edits:
        assert text[at : edit.start] == redaction.text[out : edit.out_start]
        assert redaction.text[edit.out_start : edit.out_end].strip('"\\') == edit.placeholder
        at, out = edit.end, edit.out_end
    assert text[at:] == redaction.text[out:]


@given(st.lists(texts | json_texts, min_size=1, max_size=4))
def test_what_was_sent_before_is_redacted_to_the_same_bytes_as_the_conversation_grows(conversation: list[str]) -> None:
    shorter, longer = Vault(), Vault()
    before = [REDACTOR.redact(text, shorter).text for text in conversation[:-1]]
    after = [Redactor(customer=CUSTOMER).redact(text, longer).text for text in conversation]
    assert after[:-1] == before


@given(json_texts)
def test_a_json_text_stays_valid_json_of_the_same_shape(text: str) -> None:
    before, after = json.loads(text), json.loads(REDACTOR.redact(text, Vault()).text)

    def shape(value: object) -> object:
        if isinstance(value, dict):
            return [shape(item) for item in value.values()]
        return [shape(item) for item in value] if isinstance(value, list) else None

    if len(str(before)) < 400:  # two keys may become one only if they were one
        assert shape(before) == shape(after)


@pytest.mark.parametrize("spelling", LOOKALIKES[:8])
def test_a_look_alike_typed_by_the_customer_is_not_restored_as_somebodys_value(spelling: str) -> None:
    vault = Vault()
    redaction = redact(f"I wrote {spelling} myself, my mail is jane@example.com", vault=vault)
    assert redaction.text.startswith("I wrote [LITERAL_1] myself")
    assert restore(redaction) == f"I wrote {spelling} myself, my mail is jane@example.com"


def test_a_placeholder_that_the_model_invents_is_left_as_it_is() -> None:
    vault = Vault()
    redact("jane@example.com", vault=vault)
    assert restore("[EMAIL_1] or [EMAIL_2] or [PHONE_1]", vault) == "jane@example.com or [EMAIL_2] or [PHONE_1]"


def test_a_bare_look_alike_that_its_neighbour_hid_is_redacted_too() -> None:
    text = "jane@example.com, 李小龙EMAIL_1"
    redaction = redact(text, customer=Customer(name="李小龙"))
    assert redaction.text == "[EMAIL_1], [PERSON_1][LITERAL_1]"
    assert restore(redaction) == text


def test_a_known_value_that_its_neighbour_hid_is_masked_in_the_second_pass() -> None:
    vault, redactor = Vault(), Redactor(customer=Customer(name="李小龙"))
    redactor.redact("my ssn is 219099999", vault)
    assert redactor.redact_known("李小龙x219099999", vault).text == "[PERSON_1]x219099999"
    assert redactor.redact_known("李小龙219099999", vault).text == "[PERSON_1][SSN_1]"


def test_a_look_alike_that_only_the_escaped_text_shows_is_redacted_too() -> None:
    text = '["jane@example.com", "EMAIL_1\\u0041"]'
    redaction = redact(text)
    assert redaction.text == '["[EMAIL_1]", "[LITERAL_1]\\u0041"]'
    assert restore(str(redaction.text), redaction.vault) == text


def test_finds_that_overlap_in_part_are_hidden_as_a_whole() -> None:
    def first(text: str) -> list[Detection]:
        return [Detection(0, 6, "PERSON", 0.5, "first six")]

    def second(text: str) -> list[Detection]:
        return [Detection(4, 12, "URL", 0.4, "the middle"), Detection(12, 14, "IP_ADDRESS", 1.0, "what follows")]

    found = Redactor([("first", first), ("second", second)]).detect("abcdefghijklmnop")
    assert [(item.start, item.end, item.entity_type) for item in found] == [(0, 12, "URL"), (12, 14, "IP_ADDRESS")]


def test_a_text_that_only_redaction_would_turn_into_json_is_kept_from_it() -> None:
    text = '{"address": "975 Sunset Drive\nSuite 217\nAustin, TX 78750"}'
    redaction = redact(text, customer=CUSTOMER)
    with pytest.raises(ValueError, match="Expecting"):
        json.loads(redaction.text)
    assert restore(str(redaction.text), redaction.vault) == text


def test_redacted_text_is_a_type_of_its_own() -> None:
    assert type(redact("nothing personal").text) is Redacted


def test_restoring_a_plain_text_without_a_vault_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError, match="takes the vault"):
        restore("[EMAIL_1]")


def test_adjacent_values_get_a_placeholder_each() -> None:
    redaction = redact("jane@example.com|joe@example.com")
    assert redaction.text == "[EMAIL_1]|[EMAIL_2]"


def test_the_same_value_has_the_same_placeholder_and_other_spellings_have_others() -> None:
    assert redact("a@b.co, A@b.co and a@b.co again").text == "[EMAIL_1], [EMAIL_2] and [EMAIL_1] again"


def test_the_public_functions_agree_with_the_redactor() -> None:
    vault = Vault()
    text = "Zoë at a@b.co"
    assert redact(text, vault=vault, customer=CUSTOMER).text == REDACTOR.redact(text, Vault()).text


def test_a_redactor_that_many_threads_use_goes_on_remembering() -> None:
    """Two threads that read the same new text count it once; else the count only grows, and at last nothing is kept."""
    texts = [f"mail {number}@example.org " * 1_000 for number in range(6)]
    redactor = Redactor(detectors=[])
    together = threading.Barrier(8)

    def slow(text: str) -> list[Detection]:
        together.wait(10)
        return []

    one_slow = Redactor(detectors=[("slow", slow)])
    threads = [threading.Thread(target=one_slow.redact, args=("the same text", Vault())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert one_slow.remembered._size == len("the same text")

    redactor.remembered._size = 10**9  # however wrong the count is, it mends itself
    for text in texts:
        redactor.redact(text, Vault())
    assert redactor.remembered._size == sum(size for size, _ in redactor.remembered._results.values()) > 0
