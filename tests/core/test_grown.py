"""A conversation that grows costs what is new in it, and leaves the machine in the same bytes as if it were read whole.

The same requests are sent twice: by one `Sending` that goes on from the request before, and by one that reads every
request from its beginning.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainbot._body import Body, Sent
from explainbot._given import Context, Policy
from explainbot._grown import recall
from explainbot._outgoing import Outgoing, Request
from explainbot._sending import Departure, Sending
from explainbot._vaults import Vaults
from explainbot.errors import LocalProtocolError, PrivacyError
from explainbot.privacy import Customer, Redactor
from explainbot.protocols import protocol_for
from explainbot.protocols.base import WireProtocol

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "privacy"))
from privacy_strategies import CUSTOMER, texts

PATHS = {"messages": "/v1/chat/completions", "input": "/v1/responses"}


def protocol(name: str = "messages") -> WireProtocol:
    found = protocol_for("POST", PATHS[name])
    assert found is not None
    return found


IN = Context(conversation="c")


def sending(name: str = "messages", customer: Customer | None = None, context: Context = IN) -> Sending:
    redactor = Redactor(customer=customer)
    return Sending(protocol(name), context, Policy(), Vaults("t"), lambda _: redactor)


def request(body: bytes, name: str = "messages") -> Request:
    return Request("POST", "https://api.example.com" + PATHS[name], (("content-type", "application/json"),), body)


def written(members: list[Any], name: str = "messages", compact: bool = True, **rest: Any) -> bytes:
    separators = (",", ":") if compact else None
    return json.dumps({name: members, "model": "m", **rest}, ensure_ascii=False, separators=separators).encode(
        "utf-8", "surrogatepass"
    )


def says(text: str, role: str = "user") -> dict[str, Any]:
    return {"role": role, "content": text}


def state(departure: Departure) -> tuple[object, ...]:
    visit = departure.visit
    return departure.request.body, departure.sent.fields, visit.hidden, visit.unread, departure.owned


def outcomes(one: Sending, bodies: list[bytes], name: str, *, whole: bool) -> Iterator[object]:
    send = one._whole if whole else one.send
    for body in bodies:
        try:
            yield state(send(request(body, name)))
        except (PrivacyError, LocalProtocolError) as error:
            yield type(error), str(error)


messages = st.builds(
    says, texts.map(lambda text: text.replace("\ud800", "")), st.sampled_from(["user", "assistant", "system"])
)
turns = st.lists(st.lists(messages, min_size=1, max_size=3), min_size=1, max_size=5)


@pytest.mark.parametrize("name", PATHS)
@settings(deadline=None, max_examples=150)
@given(turns=turns, customer=st.sampled_from([None, CUSTOMER]), compact=st.booleans())
def test_what_leaves_is_the_same_as_if_each_request_were_read_whole(
    name: str, turns: list[list[Any]], customer: Customer | None, compact: bool
) -> None:
    talks = [list(chain.from_iterable(turns[: count + 1])) for count in range(len(turns))]
    bodies = [written(talk, name, compact) for talk in (*talks, talks[-1], talks[0])]
    assert list(outcomes(sending(name, customer), bodies, name, whole=False)) == list(
        outcomes(sending(name, customer), bodies, name, whole=True)
    )


def went_on(one: Sending, body: bytes, name: str = "messages") -> bool:
    """Whether a request would be sent as a longer one of its conversation."""
    return one._longer(request(body, name)) is not None


FIRST = [says("You are a bot.", "system"), says("I am Jane, jane@example.org.")]


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("compact", [True, False])
def test_a_longer_request_goes_on_from_the_one_before(name: str, compact: bool) -> None:
    one = sending(name)
    one.send(request(written(FIRST, name, compact), name))
    talk = list(FIRST)
    for more in ([], [says("Hello", "assistant")], [says("Mail bob@example.org too."), says("Yes", "assistant")]):
        talk += more
        assert went_on(one, written(talk, name, compact), name)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(written([FIRST[0], says("I am Jane, jane@example.com."), says("Hi")]), id="another word"),
        pytest.param(written(FIRST[:1]), id="shorter"),
        pytest.param(written([*FIRST, says("Hi")], temperature=1), id="another end"),
        pytest.param(written([*FIRST, says("Hi")]).replace(b'{"messages"', b'{"user":"u","messages"'), id="beginning"),
        pytest.param(written(FIRST).replace(b'}],"model"', b'},],"model"'), id="no JSON: a comma"),
        pytest.param(written([*FIRST, says("Hi")]).replace(b'"Hi"}', b'"Hi"'), id="no JSON: a brace"),
        pytest.param(written(FIRST).replace(b'}],"model"', b'}x{}],"model"'), id="no JSON: no comma"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_anything_else_is_read_whole(body: bytes) -> None:
    one = sending()
    one.send(request(written(FIRST), "messages"))
    assert not went_on(one, body)


def test_another_conversation_another_customer_and_no_conversation_are_read_whole() -> None:
    first = sending()
    body = request(written([*FIRST, says("Hi")]))
    first.send(request(written(FIRST)))
    assert replace(first, context=Context(conversation="c"))._longer(body)
    assert replace(first, context=Context(conversation="d"))._longer(body) is None
    assert replace(first, context=Context())._longer(body) is None
    assert replace(first, redactor_for=lambda _: Redactor(customer=CUSTOMER))._longer(body) is None


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param({"metadata": {"messages": [says("a")]}}, id="two lists of the name"),
        pytest.param({"explainbot": {"purpose": "help"}}, id="about"),
    ],
)
def test_what_may_be_taken_for_something_else_is_not_gone_on_from(rest: dict[str, Any]) -> None:
    one = sending()
    one.send(request(written(FIRST, **rest)))
    assert not went_on(one, written([*FIRST, says("Hi")], **rest))


def test_a_value_known_only_later_is_hidden_in_what_is_sent_again() -> None:
    """P1 comes before the prompt cache: the whole request is read anew, and gone on from after that."""
    one = sending()
    talk = [says("mia_li_3668 came by."), says("Who is that?", "assistant")]
    assert b"mia_li" in one.send(request(written(talk))).request.body
    talk.append(says("My user ID is mia_li_3668."))
    assert b"mia_li" not in one.send(request(written(talk))).request.body
    talk.append(says("Thank you", "assistant"))
    assert went_on(one, written(talk))


def test_a_value_that_another_thread_adds_during_the_egress_check_is_hidden_in_what_is_sent_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check = Outgoing.residue

    def checked(visit: Outgoing, url: str) -> Mapping[str, int]:
        found = check(visit, url)
        visit.vault.placeholder_for("mia_li_3668", "USERNAME")
        return found

    one = sending()
    talk = [says("mia_li_3668 came by.")]
    with monkeypatch.context() as patched:
        patched.setattr(Outgoing, "residue", checked)
        one.send(request(written(talk)))
    talk.append(says("Who is that?", "assistant"))
    assert b"mia_li" not in one.send(request(written(talk))).request.body


def test_surrogates_issued_since_are_no_word_of_what_is_sent_again() -> None:
    """P3: a word of the customer that reads as a surrogate is hidden before one is put beside it."""
    vaults, redactor = Vaults("t"), Redactor(customer=Customer(name="Mia Li"))

    def send(talk: list[Any], name: str = "messages", **rest: Any) -> bytes:
        one = Sending(protocol(name), IN, Policy(), vaults, lambda _: redactor)
        return one.send(request(written(talk, name, **rest), name)).request.body

    talk = [says("The branch is called alfa_alfa.")]
    assert b"alfa_alfa" in send(talk)
    schema = {"properties": {"name": {"type": "string", "pattern": "^[A-Z][a-z]+ [A-Z][a-z]+$"}}}
    asked = send([says("I am Mia Li.")], "input", text={"format": {"schema": schema}})
    assert b"Alfa Alfa" in asked
    talk.append(says("Which branch?"))
    assert b"alfa_alfa" not in send(talk)


def test_a_refused_message_is_not_sent_with_the_next_request_either() -> None:
    one = sending()
    one.send(request(written(FIRST)))
    image = {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://a.example/b.png"}}]}
    for talk in ([*FIRST, image], [*FIRST, image, says("Hi")]):
        with pytest.raises(PrivacyError):
            one.send(request(written(talk)))
    assert went_on(one, written([*FIRST, says("Hi")]))


def test_no_repr_shows_the_conversation() -> None:
    one = sending()
    departure = one.send(request(written(FIRST)))
    known = recall(departure.visit.vault, one._key(departure.visit.redactor))
    assert known is not None
    assert "jane" not in f"{departure!r}{known!r}{one!r}".lower()


def test_what_about_says_is_known_of_a_refused_request_too() -> None:
    one = sending()
    image = {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://a.example/b.png"}}]}
    with pytest.raises(PrivacyError):
        one.send(request(written([image], explainbot={"purpose": "help"})))
    assert (one.context.conversation, one.context.purpose) == ("c", "help")


def test_a_name_that_nothing_announces_is_looked_for_at_once_in_the_next_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first request is walked twice, since the name stands ahead of the words that tell it; others once."""
    walked: list[bool] = []
    redacted = Body.redacted

    def counted(self: Body, protocol: WireProtocol, visit: Outgoing) -> Sent:
        walked.append(visit.again)
        return redacted(self, protocol, visit)

    monkeypatch.setattr(Body, "redacted", counted)
    one = sending()
    told = [says("kyrvad again"), says("My name is Kyrvad.")]
    first = one.send(request(written(told)))
    assert walked == [False, True]
    second = one.send(request(written([*told[:1], says("My name is Kyrvad. Hello.")])))
    assert walked == [False, True, True]
    third = one.send(request(written([*told[:1], says("My name is Kyrvad. Hello."), says("it is kyrvad")])))
    assert walked == [False, True, True]  # it goes on from the one before
    for departure in (first, second, third):
        assert b"kyrvad" not in departure.request.body.lower()
