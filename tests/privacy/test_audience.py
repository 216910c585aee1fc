"""Whose a value is: told by where it stands, and by what stands beside it."""

from __future__ import annotations

import pytest

from explainbot.privacy import Customer, Redactor, Vault
from explainbot.privacy.audience import CONTACTS, Audience, Stands, foreign
from explainbot.privacy.detection import LABELS, PLACEHOLDER_LIKE
from explainbot.privacy.entries import Entry
from explainbot.privacy.known import is_customers

PRIYA = Customer(name="Priya Raman", email="priya@example.org")
STAFF = "Ask for Mr. John Smith, john.smith@acme.com, +44 20 7946 0958."


def judged(
    *texts: tuple[str, str], customer: Customer | None = PRIYA, audience: Audience = "conversation"
) -> dict[str, bool]:
    """Each hidden value, and whether it is somebody else's."""
    vault, redactor = Vault(), Redactor(customer=customer)
    stands = [Stands(kind, redactor.redact(text, vault).text) for kind, text in texts]
    tokens = [entry.placeholder for entry in vault.entries() if entry.entity_type != PLACEHOLDER_LIKE]

    def own(token: str) -> bool:
        return customer is not None and is_customers(str(vault.original_of(token)), customer)

    found = foreign(tokens, stands, vault, own, known=customer is not None, audience=audience)
    return {str(vault.original_of(token)): is_foreign for token, is_foreign in found}


@pytest.mark.parametrize("kind", ["customer_message", "history", "tool_result", "profile"])
def test_what_was_said_or_looked_up_is_shown(kind: str) -> None:
    assert set(judged((kind, STAFF)).values()) == {False}
    assert set(judged((kind, STAFF), ("document", STAFF)).values()) == {False}


def test_a_person_in_a_document_is_somebody_else_with_all_that_stands_beside() -> None:
    found = judged(("document", f"Refunds take 5 days.\n\n{STAFF}"))
    assert found["john.smith@acme.com"]
    assert found["+44 20 7946 0958"]
    assert all(found.values())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Write to support@acme.com or call +44 20 7946 0958.", True),
        ("Write to refunds-team@acme.com.", True),
        ("Write to jane.roe@acme.com.", False),
        ("Pay into IBAN GB29 NWBK 6016 1331 9268 19.", True),
        ("Test with card 4111 1111 1111 1111.", False),
        ("Her SSN is 123-45-6789.", False),
    ],
)
def test_a_companys_own_contacts_in_a_document_are_shown(text: str, shown: bool) -> None:
    found = judged(("document", text))
    assert found
    assert set(found.values()) == {not shown}


def test_the_customers_own_data_is_shown_wherever_it_stands() -> None:
    text = "Account of Priya Raman, priya@example.org, card 4111 1111 1111 1111, phone +44 20 7946 0958."
    assert set(judged(("document", text)).values()) == {False}
    assert set(judged(("instructions", text)).values()) == {False}
    mixed = judged(("document", f"{text} {STAFF}"))
    assert mixed["priya@example.org"] is False
    assert mixed["4111 1111 1111 1111"] is True, "it is not told whose it is"


def test_instructions_may_describe_the_customer_and_name_the_bot() -> None:
    profile = "You help Jane Roe, jane.roe@example.org, card 4111 1111 1111 1111."
    assert set(judged(("instructions", profile), customer=None).values()) == {False}
    assert set(
        judged(
            ("instructions", "Your name is Anna Schmidt."),
        ).values()
    ) <= {False}
    assert judged(("instructions", f"Be kind.\n\nEarlier caller: {STAFF}"))["john.smith@acme.com"] is True
    assert judged(("instructions", "Call support: +44 20 7946 0958."))["+44 20 7946 0958"] is False


def test_for_the_customer_alone_tools_do_not_speak() -> None:
    record = '{"name": "Priya Raman", "agent": "john.smith@acme.com"}'
    assert judged(("tool_result", record), audience="customer")["john.smith@acme.com"] is False, "it is in their record"
    other = judged(("tool_result", "Found john.smith@acme.com"), audience="customer")
    assert other == {"john.smith@acme.com": True}
    assert judged(("customer_message", "I am john.smith@acme.com"), audience="customer") == {
        "john.smith@acme.com": False
    }


def test_what_stands_nowhere_is_not_told_of() -> None:
    vault = Vault()
    token = vault.placeholder_for("a@b.co", "EMAIL_ADDRESS")
    assert [*foreign([token], [Stands("document", "nothing")], vault, lambda _: False, known=True)] == []


def test_a_vault_remembers_whose_and_tells_other_processes() -> None:
    vault, other = Vault(), Vault()
    token = vault.placeholder_for("a@b.co", "EMAIL_ADDRESS")
    vault.judge(token, True)
    vault.judge(token, True)
    assert vault.learned == 2
    assert other.adopt(vault.entries())
    assert other.foreign == {token}
    assert other.original_of(token) == "a@b.co"
    vault.judge(token, False)
    assert other.adopt(vault.entries(2))
    assert other.foreign == set()
    assert isinstance(vault.entries()[-1], Entry)


def test_the_kinds_are_known() -> None:
    assert set(LABELS) >= CONTACTS
