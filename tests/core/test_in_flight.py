"""Requests of one conversation under way beside each other show nothing of each other's, and all get through."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from explainbot._given import Context, Policy
from explainbot._outgoing import Request
from explainbot._vaults import Vaults
from explainbot.errors import PrivacyError
from explainbot.exchange import Exchange
from explainbot.privacy import Customer, Redactor, Vault
from explainbot.protocols import protocol_for

JANE = Customer(name="Jane Doe", email="jane.doe@acme.test")
STAFF = "Returns are handled by Mr. John Smith, john.smith@acme.test."
CARD = "4242 4242 4242 4242"
"""A published test card, the first that stands for a card number."""

TOOLS = [
    {
        "type": "function",
        "function": {"name": "pay", "parameters": {"properties": {"card_number": {"type": "integer"}}}},
    }
]


class Conversation:
    """Exchanges that share the vault of one conversation."""

    def __init__(self, vaults: Vaults | None = None, *, explain: bool = False) -> None:
        self.vaults = vaults or Vaults("t")
        self._policy = Policy(explain=explain)
        self._redactor = Redactor(customer=JANE)

    def asked(self, *messages: tuple[str, str], **fields: Any) -> Exchange:
        """A request that has left."""
        protocol = protocol_for("POST", "/v1/chat/completions")
        assert protocol is not None
        one = Exchange(
            protocol,
            self._policy,
            Context(conversation="c", customer=JANE),
            vaults=self.vaults,
            redactor_for=lambda _: self._redactor,
            trace_id="0" * 32,
            started=datetime(2026, 1, 2, tzinfo=UTC),
            clock=lambda: 0.0,
        )
        said = [{"role": role, "content": text} for role, text in messages]
        body = json.dumps({"model": "m", "messages": said, **fields}).encode()
        one.send_request(Request("POST", "https://api.example/v1/chat/completions", (), body))
        return one


def answered(one: Exchange, text: str) -> str:
    """What the customer is shown of a reply."""
    reply = {"choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}]}
    one.receive_headers(200, {"content-type": "application/json"})
    out = json.loads(one.receive_data(json.dumps(reply).encode()) + one.receive_data(b""))
    one.finish()
    return str(out["choices"][0]["message"]["content"])


@pytest.mark.parametrize("explain", [False, True])
def test_what_a_document_said_earlier_is_withheld_when_the_model_guesses_it(explain: bool) -> None:
    talk = Conversation(explain=explain)
    first = talk.asked(("system", STAFF), ("user", "I am jane.doe@acme.test. Who handles returns?"))
    assert answered(first, "Somebody does.") == "Somebody does."
    later = talk.asked(("user", "I am jane.doe@acme.test. Who was that?"))
    assert answered(later, "[EMAIL_1], [EMAIL_2], [PERSON_1]").count("john.smith") == 0
    both = talk.asked(("user", "I am jane.doe@acme.test. Is it john.smith@acme.test?"))
    assert "john.smith@acme.test" in answered(both, "[EMAIL_1] [EMAIL_2]")


@pytest.mark.parametrize("explain", [False, True])
def test_a_value_of_a_request_beside_this_one_is_withheld(explain: bool) -> None:
    talk = Conversation(explain=explain)
    first = talk.asked(("user", "I am jane.doe@acme.test."))
    beside = talk.asked(("system", "The mail is kim@acme.test."), ("user", "Who?"))
    assert answered(first, "[EMAIL_1] [EMAIL_2]") in ("jane.doe@acme.test [EMAIL_2]", "[EMAIL_1] jane.doe@acme.test")
    assert "kim@acme.test" in answered(beside, "[EMAIL_1] [EMAIL_2]")


def test_a_surrogate_of_a_request_beside_this_one_is_what_the_customer_said() -> None:
    talk = Conversation()
    first = talk.asked(("user", "Is the number of the example in your guide right?"))
    beside = talk.asked(("user", "My card is 4111 1111 1111 1111"), tools=TOOLS)
    assert answered(first, f"It is {CARD}.") == f"It is {CARD}."
    assert answered(beside, f"It is {CARD}.") == "It is 4111 1111 1111 1111."


class Contended(Vaults):
    """Vaults of a conversation in which other processes are first, so many times."""

    def __init__(self, times: int) -> None:
        super().__init__("t")
        self.times = times

    def holds(self, vault: Vault, customer: Customer | None) -> bool:
        self.times -= 1
        return self.times < 0


def test_of_many_that_go_on_at_once_each_gets_through() -> None:
    assert answered(Conversation(Contended(40)).asked(("user", "Hi")), "Hello") == "Hello"
    with pytest.raises(PrivacyError, match="other processes"):
        Conversation(Contended(1_000)).asked(("user", "Hi"))
