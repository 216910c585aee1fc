"""An agent's turn has one explanation for the customer, over all the calls that were made in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from servers import Server, completion, json_reply, message, tool_call

from explainbot import Customer, Decision, OpenAI, Settings, Source, about, decided, explained, explanation_of, turn
from explainbot.context import MAX_CALLS

MAIL = "jane@example.org"
OTHER = "other@example.org"
LOOK_UP = message(None, tool_calls=[tool_call("find_order", '{"id": "A-1"}')])
RULES = "Never promise a discount."


@pytest.fixture
def client(server: Server) -> Iterator[OpenAI]:
    with OpenAI(base_url=server.url, api_key="k", settings=Settings(store="memory", tenant="together")) as made:
        yield made


def ask(client: OpenAI, *messages: tuple[str, str], model: str = "m") -> object:
    said = [{"role": role, "content": text} for role, text in messages]
    return client.chat.completions.create(model=model, messages=said)  # type: ignore[arg-type]


def test_one_call_has_the_explanation_of_its_reply(client: OpenAI, server: Server) -> None:
    server.script(json_reply(completion("We are open from 9 to 5.")))
    with turn() as this:
        reply = ask(client, ("user", "When are you open?"))
    assert this.explanation == explanation_of(reply)
    assert this.explanation is not None
    assert this.explanation.calls == ()


def test_the_last_reply_is_judged_against_what_any_call_was_given(client: OpenAI, server: Server) -> None:
    """The second call does not carry the document of the first one."""
    server.script(json_reply(completion(LOOK_UP)), json_reply(completion("Refunds arrive within 5 working days.")))
    policy = Source(id="refunds", title="Refund policy", text="Refunds arrive within 5 working days.")
    with turn(sources=[policy]) as this:
        ask(client, ("system", policy.text), ("user", "When do I get my money?"))
        reply = ask(client, ("system", RULES), ("user", "What did you find?"), model="m-2")
    assert explanation_of(reply).statements[0].state == "not found"
    whole = this.explanation
    assert whole is not None
    assert whole.statements[0].state == "found"
    assert whole.statements[0].evidence[0].source_id == "refunds"
    assert "Found in: Refund policy." in whole.text
    assert "Picked for this answer, but not given to the AI" not in whole.text
    assert [(call.status, call.tool_calls) for call in whole.calls] == [("tool_calls", ("find_order",)), ("answer", ())]
    assert [call.trace_id for call in whole.calls] == [one.trace_id for one in this.explanations]
    assert whole.trace_id == this.explanations[-1].trace_id


def test_staff_see_every_call_and_the_customer_the_one_reply(client: OpenAI, server: Server) -> None:
    server.script(json_reply(completion(LOOK_UP)), json_reply(completion("Your order is on its way.")))
    with turn() as this:
        ask(client, ("user", "Where is my order?"))
        ask(client, ("user", "Where is my order?"), ("assistant", "Looking."))
    assert this.explanation is not None
    first = this.explanations[0].trace_id
    assert "Calls to the AI" in this.explanation.record
    assert first in this.explanation.record
    assert first not in this.explanation.text
    assert "The AI also asked for a look-up: find_order." in this.explanation.text


def test_a_reply_without_words_after_the_answer_does_not_stand_for_the_turn(client: OpenAI, server: Server) -> None:
    server.script(json_reply(completion("Your order is on its way.")), json_reply(completion(LOOK_UP)))
    with turn() as this:
        ask(client, ("user", "Where is my order?"))
        ask(client, ("user", "Note that down."))
    assert this.explanation is not None
    assert this.explanation.status == "answer"
    assert this.explanation.statements[0].text == "Your order is on its way."


@pytest.mark.parametrize("conversation", ["c-together", None], ids=["one vault", "a vault for each call"])
def test_values_of_all_calls_are_hidden_counted_once_and_shown_to_the_customer(
    client: OpenAI, server: Server, conversation: str | None
) -> None:
    """Each call without a conversation numbers its values anew: [EMAIL_1] is another address in the second one."""
    server.script(json_reply(completion(LOOK_UP)), json_reply(completion(f"We write to {OTHER} and {MAIL}.")))
    account = f"We write to {OTHER} and {MAIL}."
    with turn(conversation=conversation, sources=[Source(id="account", title="Your account", text=account)]) as this:
        ask(client, ("system", account), ("user", f"I am also {OTHER}. Who gets the mail?"))
        ask(client, ("user", f"I am {MAIL}. Who gets the mail?"))
    whole = this.explanation
    assert whole is not None
    assert {one.entity_type: one.count for one in whole.hidden} == {"EMAIL_ADDRESS": 2}
    [statement] = whole.statements
    assert statement.text == account
    assert [(one.source_id, one.quote) for one in statement.evidence] == [("account", account)]
    assert "[EMAIL" not in whole.model_dump_json()


def test_decisions_of_any_call_are_told_once(client: OpenAI, server: Server) -> None:
    server.script(json_reply(completion(LOOK_UP)), json_reply(completion("I am sorry, no refund.")))
    with turn() as this:
        decided(Decision("refund of order A-1", "refused"))
        ask(client, ("user", "A refund, please."))
        ask(client, ("user", "A refund, please."), ("assistant", "Looking."))
    assert this.explanation is not None
    assert [one.what for one in this.explanation.decisions] == ["refund of order A-1"]


def test_the_same_turn_gives_the_same_explanation(client: OpenAI, server: Server) -> None:
    server.script(json_reply(completion("One.")), json_reply(completion("Two.")), json_reply(completion("Three.")))
    with turn() as this:
        ask(client, ("user", "Count."))
        ask(client, ("user", "Go on."))
        second = this.explanation
        assert this.explanation is second
        ask(client, ("user", "Go on."))
    assert this.explanation is not None
    assert second is not None
    assert [len(second.calls), len(this.explanation.calls)] == [2, 3]


def test_documents_found_on_the_way_are_named_for_the_calls_after_it(client: OpenAI, server: Server) -> None:
    server.script(json_reply(completion("We are open from 9 to 5.")))
    with turn() as outer, turn(sources=["Parking is free."]) as inner:
        inner.add_sources([Source(id="hours", text="We are open from 9 to 5."), Source(id="hours", text="Closed now.")])
        inner.add_sources([Source(id="hours", text="We are open from 9 to 5.")])
        ask(client, ("system", "We are open from 9 to 5."), ("user", "When are you open?"))
    assert [source.id for source in inner.context.sources] == ["source-1", "hours", "hours-2"]
    assert [source.id for source in outer.context.sources] == ["hours", "hours-2"]
    assert inner.explanation is not None
    assert inner.explanation.statements[0].evidence[0].source_id == "hours"


def test_the_answer_may_come_before_the_last_reply(client: OpenAI, server: Server) -> None:
    """A guardrail asks a model about an answer that was given already."""
    server.script(json_reply(completion("We write to [EMAIL_1].")), json_reply(completion('{"safe": true}')))
    with turn() as this:
        ask(client, ("user", f"I am {MAIL}."))
        ask(client, ("user", "Is that safe?"))
        assert explanation_of(this).statements[0].text == '"safe": true'
        this.answered(f"We write to {MAIL}.")
    assert [one.text for one in explanation_of(this).statements] == [f"We write to {MAIL}."]
    assert len(explanation_of(this).calls) == 2
    with this:
        ask(client, ("user", "Once more?"))
    assert explanation_of(this).statements[0].text == '"safe": true', "it held until another reply came"


def test_what_a_handler_returns_is_what_is_explained(client: OpenAI, server: Server) -> None:
    server.script(json_reply(completion("We are open.")), json_reply(completion("Fine.")))

    @explained
    def handle(message: str) -> str:
        said = ask(client, ("user", message)).choices[0].message.content  # type: ignore[attr-defined]
        ask(client, ("user", "Is that safe?"))
        return str(said)

    with turn() as outer:
        answer = handle("Are you open?")
    for whole in (explanation_of(answer), explanation_of(outer)):
        assert [one.text for one in whole.statements] == ["We are open."]
        assert len(whole.calls) == 2


def test_the_explanation_over_all_calls_is_found_by_its_id(client: OpenAI, server: Server) -> None:
    server.script(json_reply(completion(LOOK_UP)), json_reply(completion("Your order is on its way.")))
    with turn() as this:
        ask(client, ("user", "Where is my order?"))
        ask(client, ("user", "Where is my order?"), ("assistant", "Looking."))
    whole = explanation_of(this)
    assert explanation_of(whole.trace_id) == whole
    assert explanation_of(whole.calls[0].trace_id).calls == ()


@pytest.mark.parametrize("of", [{"conversation": "another"}, {"customer": Customer(name="Kim Poe")}], ids=str)
def test_nothing_of_another_conversation_or_customer_is_in_it(
    client: OpenAI, server: Server, of: dict[str, object]
) -> None:
    server.script(json_reply(completion("Kim Poe owes $10.")), json_reply(completion("Kim Poe owes $10.")))
    talk = [{"role": "user", "content": "Kim Poe owes $10. Remember that."}]
    with turn(conversation="c-own", customer=Customer(name="Jane Roe")) as this:
        client.chat.completions.create(model="m", messages=talk, extra_body=about(**of))  # type: ignore[arg-type]
        ask(client, ("user", "Who owes what?"))
    whole = explanation_of(this)
    assert whole.statements[0].state == "not found"
    assert len(whole.sources) == 1


def test_the_latest_calls_count(client: OpenAI, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn that never ends does not grow."""
    server.script(json_reply(completion("Yes.")))
    with turn() as this:
        for _ in range(MAX_CALLS + 5):
            ask(client, ("user", "Still there?"))
    assert len(explanation_of(this).calls) == MAX_CALLS


def test_a_vault_that_is_full_leaves_the_explanation_of_the_last_reply(client: OpenAI, server: Server) -> None:
    server.script(json_reply(completion("Yes.")))
    with turn() as this:
        ask(client, ("user", f"I am {MAIL} and {OTHER}."))
        ask(client, ("user", f"I am {MAIL}."))
    this._calls[-1].vault.max_values = 1
    assert this.explanation is this.explanations[-1]
