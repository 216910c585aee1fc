"""One exchange, bytes in and bytes out: nothing leaves unredacted, and everything comes back explained."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainbot._given import Context, Policy
from explainbot._grounds import Grounds
from explainbot._outgoing import Request
from explainbot._replies import MAX_EXPLAINED, Said
from explainbot._vaults import OneVault
from explainbot.context import turn
from explainbot.errors import LocalProtocolError, PrivacyError, UnsupportedContent
from explainbot.exchange import Exchange
from explainbot.explain import Source
from explainbot.privacy import Customer, Redactor, Vault
from explainbot.protocols.openai_chat import PROTOCOL

JANE = Customer(id="cus-7", name="Jane Doe", email="jane.doe@example.com", phone="+44 20 7946 0958")
MAIL = "someone@example.org"
URL = "https://api.example.test/v1/chat/completions"


def exchange(context: Context | None = None, policy: Policy | None = None, vault: Vault | None = None) -> Exchange:
    ticks = iter(range(10_000))
    vault = vault or Vault()
    return Exchange(
        PROTOCOL,
        policy or Policy(),
        context or Context(),
        vaults=OneVault(vault),
        redactor_for=lambda customer: Redactor(customer=customer),
        trace_id="0" * 32,
        started=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        clock=lambda: float(next(ticks)),
    )


def ask(*messages: str | dict[str, Any], **fields: Any) -> bytes:
    listed = [message if isinstance(message, dict) else {"role": "user", "content": message} for message in messages]
    return json.dumps({"model": "m", "messages": listed, **fields}, ensure_ascii=False).encode()


def send(one: Exchange, body: bytes, url: str = URL, headers: tuple[tuple[str, str], ...] = ()) -> Any:
    return json.loads(one.send_request(Request("POST", url, headers, body)).body)


def whole(one: Exchange, content: Any, **message: Any) -> Any:
    one.receive_headers(200, {"content-type": "application/json"})
    choice = {"index": 0, "message": {"role": "assistant", "content": content, **message}, "finish_reason": "stop"}
    body = {"id": "r-1", "object": "chat.completion", "model": "m-1", "choices": [choice]}
    assert one.receive_data(json.dumps(body).encode()) == b""
    return json.loads(one.receive_data(b""))


def chunk(delta: dict[str, Any], finish: str | None = None, index: int = 0) -> bytes:
    choice = {"index": index, "delta": delta, "finish_reason": finish}
    body = {"id": "r-1", "object": "chat.completion.chunk", "model": "m-1", "choices": [choice]}
    return b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\n\n"


def streamed(one: Exchange, parts: list[bytes]) -> bytes:
    one.receive_headers(200, {"content-type": "text/event-stream; charset=utf-8"})
    return b"".join([one.receive_data(part) for part in parts if part] + [one.receive_data(b"")])


def events(data: bytes) -> Iterator[dict[str, Any]]:
    for frame in data.decode().split("\n\n"):
        if frame.startswith('data: {"'):
            yield json.loads(frame.removeprefix("data: "))


def said(data: bytes, index: int = 0) -> str:
    choices = [choice for event in events(data) for choice in event["choices"] if choice["index"] == index]
    return "".join(choice["delta"].get("content") or "" for choice in choices)


# The request --------------------------------------------------------------------------------------------------------


def test_what_is_detected_leaves_as_a_placeholder_and_comes_back() -> None:
    one = exchange()
    sent = send(one, ask(f"write to {MAIL}"))
    assert sent["messages"][0]["content"] == "write to [EMAIL_1]"
    reply = whole(one, "I wrote to [EMAIL_1].")
    assert reply["choices"][0]["message"]["content"] == f"I wrote to {MAIL}."


def test_the_known_customer_is_hidden_in_every_field() -> None:
    one = exchange(Context(customer=JANE))
    body = ask(
        "I am JANE, call me on 02079460958",
        {"role": "tool", "tool_call_id": "x", "content": '{"name":"Doe, Jane","n":1}'},
        user="cus-7",
        metadata={"who": "Jane Doe"},
    )
    sent = json.dumps(send(one, body)).lower()
    for value in ("jane", "doe", "cus-7", "7946", "02079460958"):
        assert value not in sent
    assert dict(one.hidden)["PERSON"] >= 2


def test_the_context_given_inside_the_call_never_leaves() -> None:
    one = exchange()
    about = {"customer": {"name": "Jane Doe"}, "purpose": "billing", "sources": [{"id": "s", "text": "Jane pays."}]}
    sent = send(one, ask("I am Jane Doe", explainbot=about))
    assert "explainbot" not in sent
    assert "Jane" not in json.dumps(sent)
    assert one.context.purpose == "billing"


@pytest.mark.parametrize("about", ["x", {"customer": "Jane"}, {"sources": [{"nonsense": 1}]}, []])
def test_a_context_that_about_did_not_make_is_refused(about: Any) -> None:
    with pytest.raises(LocalProtocolError, match="about"):
        send(exchange(), ask("hello", explainbot=about))


def test_a_value_known_from_one_text_is_hidden_in_every_other() -> None:
    one = exchange()
    number = "536-90-4399"
    sent = json.dumps(send(one, ask(f"my SSN is {number.replace('-', '')}", f"again: {number.replace('-', '')}")))
    assert number.replace("-", "") not in sent


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b'"x"', b"\xff", b"null"])
def test_a_body_that_cannot_be_read_is_not_sent_and_not_quoted(body: bytes) -> None:
    one = exchange()
    with pytest.raises(LocalProtocolError, match="nothing was sent"):
        send(one, body)
    trace = one.finish()
    assert trace is not None
    assert trace.status == "refused"
    assert trace.request is None


@pytest.mark.parametrize(
    "fields",
    [
        {"messages": [{"role": {"mail": MAIL}, "content": "hi"}]},
        {"messages": [{"role": {MAIL: 1}, "content": "hi"}]},
        {"tool_choice": {MAIL: 1}},
        {"service_tier": 4111111111111111},
        {"pin": 43217},
        {"pin": 43217.0},
        {"metadata": {"pin": [43217]}},
        {"messages": [{"role": "user", "content": {"pin": 43217}}]},
        {"tools": [{"type": "function", "function": {"name": "f", "parameters": {"default": 43217}}}]},
    ],
    ids=str,
)
def test_no_field_is_left_unread_whatever_its_type(fields: dict[str, Any]) -> None:
    one = exchange(Context(customer=Customer(extra={"pin": "43217"})))
    try:
        sent = json.dumps(send(one, ask("hi", **fields)))
    except PrivacyError:
        return  # nothing was sent
    assert not [value for value in (MAIL, "4111111111111111", "43217") if value in sent]


def test_a_parameter_stays_a_number_whatever_the_customers_postcode() -> None:
    schema = {"name": "f", "parameters": {"type": "object", "properties": {"a": {"type": "string", "maxLength": 1000}}}}
    fields = {"max_tokens": 1000, "seed": 1000, "tools": [{"type": "function", "function": schema}]}
    sent = send(exchange(Context(customer=Customer(extra={"postcode": "1000"}))), ask("I live in 1000", **fields))
    assert {key: sent[key] for key in fields} == fields
    assert sent["messages"][0]["content"] == "I live in [POSTCODE_1]"


def test_personal_data_in_the_url_is_refused() -> None:
    with pytest.raises(PrivacyError, match="URL"):
        send(exchange(), ask("hi"), url=f"{URL}?who=someone%40example.org")


def test_personal_data_in_a_name_that_cannot_be_replaced_is_refused() -> None:
    with pytest.raises(PrivacyError, match="EMAIL_ADDRESS") as caught:
        send(exchange(), ask("hi", model=f"tuned-for-{MAIL}"))
    assert MAIL not in str(caught.value)


def test_headers_of_the_bots_own_are_redacted_and_credentials_are_not() -> None:
    one = exchange()
    headers = (("X-Customer", MAIL), ("Authorization", "Bearer sk-secretsecretsecretsecret"), ("user-agent", "a@b.co"))
    sent = one.send_request(Request("POST", URL, headers, ask("hi")))
    assert dict(sent.headers) == {
        "X-Customer": "[EMAIL_1]",
        "Authorization": "Bearer sk-secretsecretsecretsecret",
        "user-agent": "[EMAIL_2]",
    }


PRIYA = Context(customer=Customer(name="Priya Raman"))


@pytest.mark.parametrize(
    "header",
    [
        *(
            (name, MAIL)
            for name in ("accept", "Traceparent", "host", "x-stainless-os", "content-type", "x-stainless-lang")
        ),
        ("host", "priya.example.org"),
        ("accept", "text/priya"),
        ("X-Priya", "1"),
        ("x-raman-id", "1"),
        ("traceparent", "00-Priya-00f067aa0ba902b7-01"),
    ],
    ids=str,
)
def test_personal_data_in_what_a_header_cannot_do_without_is_refused(header: tuple[str, str]) -> None:
    with pytest.raises(PrivacyError, match="header") as caught:
        exchange(PRIYA).send_request(Request("POST", URL, (header,), ask("hi")))
    assert not [value for value in (MAIL, "priya", "raman") if value in str(caught.value).lower()]


def test_headers_of_the_client_are_its_own_whatever_the_customer_is_called() -> None:
    own = (
        ("Host", "api.example.test"),
        ("Accept", "application/json"),
        ("Content-Length", "43217"),
        ("Content-Type", "multipart/form-data; boundary=41111111111111111111111111111111"),
        ("User-Agent", "OpenAI/Python 3.54.0"),
        ("traceparent", "00-41111111111111114111111111111111-4111111111111111-01"),
        ("X-Stainless-Lang", "python"),
        ("X-Stainless-OS", "Linux"),
        ("X-Stainless-Runtime-Version", "3.11.7.1"),
        ("OpenAI-Organization", "org-1"),
    )
    agent = Customer(
        name="Linux Example", id="api.example.test", extra={"pin": "43217", "pet": "Python", "boss": "Agent"}
    )
    form = b"--41111111111111111111111111111111--\r\n"
    sent = exchange(Context(customer=agent)).send_request(Request("POST", URL, own, form)).headers
    assert dict(sent) == {**dict(own), "User-Agent": "OpenAI/[DATA_1] 3.54.0"}


AZURE = "https://acme.openai.azure.test/openai/deployments/azure-4/chat/completions?api-version=2024-10-21"


@pytest.mark.parametrize("url", [URL, AZURE, "https://gw.example.test/azure/v1/chat/completions"])
def test_the_clients_own_paths_are_no_persons_name(url: str) -> None:
    sent = send(exchange(Context(customer=Customer(name="Chat Azure"))), ask("I am Chat Azure"), url=url)
    assert sent["messages"][0]["content"] == "I am [PERSON_1]"


@pytest.mark.parametrize(
    "url",
    [
        f"https://acme.openai.azure.test/openai/deployments/for-{MAIL}/chat/completions",
        f"https://gw.example.test/{MAIL}/v1/chat/completions",
        "https://api.example.test/v1/raman/chat/completions",
        "https://api.example.test/v1/chat/priya%20raman/chat/completions",
    ],
)
def test_what_else_a_path_says_is_still_checked(url: str) -> None:
    with pytest.raises(PrivacyError, match="URL"):
        send(exchange(PRIYA), ask("hi"), url=url)


def test_an_image_is_refused_unless_it_is_allowed_by_name() -> None:
    image = {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AA"}}]}
    with pytest.raises(UnsupportedContent):
        send(exchange(), ask(image))
    assert send(exchange(policy=Policy(allow_content=frozenset({"image"}))), ask(image))["messages"] == [image]


def test_a_growing_conversation_is_sent_with_the_same_beginning() -> None:
    turns: list[str | dict[str, Any]] = []
    before: list[Any] = []
    for n in range(6):
        turns += [
            f"my address number {n} is user{n}@example.org",
            {"role": "assistant", "content": f"noted user{n}@example.org"},
        ]
        sent = send(exchange(), ask(*turns, user=f"{MAIL}"))["messages"]
        assert sent[: len(before)] == before
        before = sent


def test_a_placeholder_written_by_the_customer_is_not_ours() -> None:
    one = exchange()
    sent = send(one, ask(f"{MAIL} and [EMAIL_1] and [EMAIL_9]"))
    assert sent["messages"][0]["content"].count("[EMAIL_1]") == 1
    assert "[EMAIL_9]" not in sent["messages"][0]["content"]
    echoed = whole(one, sent["messages"][0]["content"])
    assert echoed["choices"][0]["message"]["content"] == f"{MAIL} and [EMAIL_1] and [EMAIL_9]"


# The reply ----------------------------------------------------------------------------------------------------------


def test_values_in_tool_arguments_are_escaped_as_json() -> None:
    number = 'KD "77"\n4-2'
    one = exchange(Context(customer=Customer(extra={"customer_number": number})))
    sent = send(one, ask(f"my customer number is {number}, is that right?"))
    (placeholder,) = re.findall(r"\[\w+\]", sent["messages"][0]["content"])
    call = {"id": "c", "type": "function", "function": {"name": "f", "arguments": json.dumps({"n": placeholder})}}
    reply = whole(one, "", tool_calls=[call])
    arguments = reply["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"]
    assert json.loads(arguments) == {"n": number}


def text(said: str) -> dict[str, Any]:
    return {"type": "text", "text": said}


def test_text_in_the_parts_of_a_reply_is_restored_and_explained() -> None:
    one = exchange()
    send(one, ask(f"I am {MAIL}"))
    reply = whole(one, [text("We wrote to [EMAIL_1]."), {"type": "image"}, text("Bye [EMAIL_1]."), "odd"])
    parts = reply["choices"][0]["message"]["content"]
    assert [part["text"] for part in parts if "text" in part] == [f"We wrote to {MAIL}.", f"Bye {MAIL}."]
    assert [item["text"] for item in reply["explanation"]["statements"]] == [f"We wrote to {MAIL}.", f"Bye {MAIL}."]


@pytest.mark.parametrize(
    "end", [{}, {"content": []}, {"content": [text("")]}, {"content": [text("!")]}, {"content": "!"}], ids=str
)
@pytest.mark.parametrize("tail", ["[EMAIL_1]", "EMAIL_1", "see [EMA"])
def test_text_in_the_parts_of_a_stream_is_restored_however_it_is_cut(tail: str, end: dict[str, Any]) -> None:
    one = exchange()
    send(one, ask(f"I am {MAIL}"))
    cut = [chunk({"content": [text(char)]}) for char in f"We wrote to {tail}"]
    got = ""
    for event in events(streamed(one, [*cut, chunk(end, "stop")])):
        content = event["choices"][0]["delta"].get("content") or ""
        got += content if isinstance(content, str) else "".join(part["text"] for part in content)
    closing = "!" if "!" in str(end) else ""
    assert got == f"We wrote to {tail}{closing}".replace("[EMAIL_1]", MAIL).replace("EMAIL_1", MAIL)
    assert one.explanation is not None
    assert "".join(item.text for item in one.explanation.statements) == got


def test_the_explanation_is_in_the_reply_and_the_trace_has_its_redacted_twin() -> None:
    policy = Source(id="refunds", title="Refund policy", text="Refunds arrive within 5 working days.")
    one = exchange(Context(sources=(policy,), purpose="refunds"))
    send(one, ask({"role": "system", "content": f"Use this.\n{policy.text}"}, f"I am {MAIL}, when is my refund?"))
    reply = whole(one, "Refunds arrive within 5 working days, [EMAIL_1].")
    told = reply["explanation"]
    assert told["statements"][0]["text"] == f"Refunds arrive within 5 working days, {MAIL}."
    assert told["statements"][0]["evidence"][0]["source_id"] == "refunds"
    assert told["statements"][0]["evidence"][0]["quote"] == policy.text
    trace = one.finish()
    assert trace is not None
    assert trace.status == "ok"
    assert MAIL not in trace.to_json()
    assert "[EMAIL_1]" in (trace.explanation or "")
    assert one.finish() is None


def test_offsets_of_the_explanation_hold_in_the_restored_reply() -> None:
    one = exchange(Context(customer=JANE))
    send(one, ask("I am Jane Doe, my e-mail is jane.doe@example.com. Is my order late?"))
    reply = whole(one, "Hello [PERSON_1]! Your order is late. I will write to [EMAIL_1] on Monday.")
    content = reply["choices"][0]["message"]["content"]
    for statement in reply["explanation"]["statements"]:
        assert content[statement["start"] : statement["end"]] == statement["text"]


def test_a_document_that_was_named_but_not_sent_is_no_evidence() -> None:
    source = Source(id="secret-plan", text="The moon base opens on 3 May.")
    one = exchange(Context(sources=(source,)))
    send(one, ask("when does it open?"))
    reply = whole(one, "The moon base opens on 3 May.")
    quoted = [item["source_id"] for one_of in reply["explanation"]["statements"] for item in one_of["evidence"]]
    assert "secret-plan" not in quoted
    assert reply["explanation"]["statements"][0]["state"] == "not found"


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
def test_an_error_of_the_provider_passes_untouched(status: int) -> None:
    one = exchange()
    send(one, ask(MAIL))
    body = b'{"error": {"message": "bad [EMAIL_1]"}}'
    assert one.receive_headers(status, {"content-type": "application/json"}) is False
    assert one.receive_data(body) + one.receive_data(b"") == body
    trace = one.finish()
    assert trace is not None
    assert (trace.status, trace.http_status, trace.reply) == ("provider_error", status, None)


def test_a_reply_that_is_not_json_passes_untouched_and_the_trace_says_so() -> None:
    one = exchange()
    send(one, ask("hi"))
    one.receive_headers(200, {"content-type": "application/json"})
    assert one.receive_data(b'{"choices": [') + one.receive_data(b"") == b'{"choices": ['
    trace = one.finish()
    assert trace is not None
    assert trace.status == "error"
    assert "not JSON" in (trace.error or "")


# Streams ------------------------------------------------------------------------------------------------------------

STREAM = b"".join(
    [
        chunk({"role": "assistant", "content": ""}),
        b": keep-alive\n\n",
        chunk({"content": "Dear [EMA"}),
        chunk({"content": "IL_"}),
        chunk({"content": "1], günstig! \\[EMAIL\\_1"}),
        chunk({"content": "\\] ["}),
        chunk({}, "stop"),
        b"data: [DONE]\n\n",
    ]
)
RESTORED = f"Dear {MAIL}, günstig! {MAIL} ["


def opened(text: str = MAIL) -> Exchange:
    one = exchange()
    send(one, ask(text))
    return one


def test_a_stream_is_restored_though_its_placeholders_are_cut() -> None:
    out = streamed(opened(), [STREAM])
    assert said(out) == RESTORED
    assert b": keep-alive\n\n" in out
    assert out.endswith(b"data: [DONE]\n\n")
    assert len(list(events(out))) == len(list(events(STREAM))), "no chunk is added"


def test_every_cut_of_the_bytes_gives_the_same_stream() -> None:
    expected = streamed(opened(), [STREAM])
    for cut in range(1, len(STREAM)):
        assert streamed(opened(), [STREAM[:cut], STREAM[cut:]]) == expected
    assert streamed(opened(), [STREAM[n : n + 1] for n in range(len(STREAM))]) == expected


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["[", "[E", "[EMAIL_", "1", "]", "EMAIL_1", "\\", "_", " ", "a", "[EMAIL_1]", "ö"]), max_size=12
    )
)
def test_a_streamed_reply_says_what_the_whole_one_says(pieces: list[str]) -> None:
    reply = whole(opened(), "".join(pieces))["choices"][0]["message"]["content"]
    out = streamed(opened(), [*(chunk({"content": piece}) for piece in pieces), chunk({}, "stop"), b"data: [DONE]\n\n"])
    assert said(out) == reply


@pytest.mark.parametrize("ending", ["[", "[EMAIL", "[EMAIL_1", "EMAIL_1", "\\[EMAIL\\_1"])
@pytest.mark.parametrize("how", ["finish", "finish with text", "done only", "end only"])
def test_a_reply_that_ends_in_the_first_characters_of_a_placeholder_is_whole(ending: str, how: str) -> None:
    last = {
        "finish": [chunk({"content": ending}), chunk({}, "stop"), b"data: [DONE]\n\n"],
        "finish with text": [chunk({"content": ending}, "stop"), b"data: [DONE]\n\n"],
        "done only": [chunk({"content": ending}), b"data: [DONE]\n\n"],
        "end only": [chunk({"content": ending})],
    }[how]
    out = streamed(opened(), [chunk({"content": "x "}), *last])
    assert said(out) == "x " + ending.replace("EMAIL_1", MAIL).replace("EMAIL\\_1", MAIL)


def test_text_held_back_leaves_before_another_channel_speaks() -> None:
    call = {"index": 0, "id": "c", "type": "function", "function": {"name": "f", "arguments": '{"a":"[EMAIL'}}
    rest = {"index": 0, "function": {"arguments": '_1]"}'}}
    out = streamed(
        opened(),
        [
            chunk({"content": "see [EM"}),
            chunk({"tool_calls": [call]}),
            chunk({"tool_calls": [rest]}),
            chunk({}, "tool_calls"),
        ],
    )
    first, second, *_ = (event["choices"][0]["delta"] for event in events(out))
    assert first["content"] == "see [EM"
    assert "content" not in second
    arguments = "".join(
        part["function"]["arguments"]
        for event in events(out)
        for part in event["choices"][0]["delta"].get("tool_calls", ())
    )
    assert json.loads(arguments) == {"a": MAIL}


def test_choices_do_not_mix() -> None:
    parts = [
        chunk({"content": "one [EMA"}, index=0),
        chunk({"content": "two [EM"}, index=1),
        chunk({"content": "IL_1]"}, index=0),
        chunk({"content": "AIL_1]"}, index=1),
        chunk({}, "stop", index=1),
        chunk({}, "stop", index=0),
    ]
    out = streamed(opened(), parts)
    assert said(out, 0) == f"one {MAIL}"
    assert said(out, 1) == f"two {MAIL}"


def test_the_explanation_rides_on_the_chunk_that_ends_the_first_choice_and_only_there() -> None:
    out = list(events(streamed(opened(), [STREAM])))
    carrying = [event for event in out if "explanation" in json.dumps(event)]
    assert carrying == [out[-1]]
    assert carrying[0]["choices"][0]["delta"]["explanation"]["statements"]


def test_an_error_inside_a_stream_passes_untouched() -> None:
    error = b'event: error\ndata: {"error": {"message": "overloaded"}}\n\n'
    out = streamed(opened(), [chunk({"content": "a [EM"}), error])
    assert out.endswith(error)
    assert said(out) == "a [EM"


def test_a_chunk_that_is_not_json_passes_and_the_stream_goes_on() -> None:
    one = opened()
    out = streamed(
        one, [chunk({"content": "a [EMAIL_"}), b"data: {broken\n\n", chunk({"content": "1]"}), chunk({}, "stop")]
    )
    assert b"data: {broken\n\n" in out
    assert said(out) == f"a {MAIL}"
    trace = one.finish()
    assert trace is not None
    assert trace.status == "error"


# The end ------------------------------------------------------------------------------------------------------------


def test_the_trace_tells_a_cut_reply_from_an_abandoned_one() -> None:
    cut, abandoned, never = opened(), opened(), opened()
    for one in (cut, abandoned):
        one.receive_headers(200, {"content-type": "text/event-stream"})
        one.receive_data(chunk({"content": "half an answer"}))
    traces = [cut.finish(ConnectionError("secret")), abandoned.finish(GeneratorExit()), never.finish(TimeoutError())]
    assert [trace.status for trace in traces if trace] == ["cut", "abandoned", "error"]
    assert traces[0] is not None
    assert traces[0].error == "ConnectionError"
    assert traces[0].reply == "half an answer"


def test_the_same_exchange_gives_the_same_explanation_byte_for_byte() -> None:
    told = []
    for _ in range(2):
        one = opened(f"I am {MAIL}. Do you deliver on Sundays?")
        told.append(json.dumps(whole(one, "We deliver on Sundays from 9 to 12.")["explanation"]))
    assert told[0] == told[1]


def test_an_explanation_that_fails_costs_nobody_the_reply(monkeypatch: pytest.MonkeyPatch) -> None:
    from explainbot import _grounds as module

    def broken(record: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(module, "explain", broken)
    one = opened()
    reply = whole(one, "Hello [EMAIL_1]")
    assert reply["choices"][0]["message"]["content"] == f"Hello {MAIL}"
    assert "explanation" not in reply
    trace = one.finish()
    assert trace is not None
    assert trace.error == "not explained: ZeroDivisionError"


def test_what_the_developer_writes_round_a_document_is_redacted_in_the_trace_and_whole_for_the_customer() -> None:
    source = Source(
        "invoice-of-Jane Doe",
        "Refunds arrive within 5 days.",
        title=f"Invoice of Jane Doe <{MAIL}>",
        url=f"https://acme.example/of/{MAIL}",
        updated="by Jane Doe",
        purpose=f"refunding {MAIL}",
        tool=f"crm/{MAIL}",
        version="for Jane Doe",
    )
    purpose = f"writing to {MAIL}"
    one = exchange(
        Context(customer=JANE, sources=(source,), purpose=purpose, conversation=f"c-{MAIL}", turn="Jane Doe")
    )
    send(one, ask({"role": "system", "content": source.text}, "When?"))
    whole(one, "Refunds arrive within 5 days. It takes 9 days.")
    trace = one.finish()
    assert trace is not None
    assert not [value for value in (MAIL, "Jane", "Doe") if value in trace.to_json()]
    assert one.explanation is not None
    assert one.explanation.purpose == purpose
    note = one.explanation.sources[0]
    for field in ("id", "title", "url", "updated", "purpose", "tool", "version"):
        assert getattr(note, field) == getattr(source, field)
    statements = one.explanation.statements
    assert {item.source_id for said in statements for item in (*said.evidence, *said.values)} <= {source.id, None}
    assert one.explanation.statements[0].evidence[0].source_id == source.id


def test_a_channel_that_speaks_twice_in_its_last_chunk_gets_what_was_held_back_once() -> None:
    one = exchange()
    send(one, ask(f"I am {MAIL}"))
    pieces = [{"index": 0, "function": {"arguments": text}} for text in ('{"a": "', "[EMAIL")]
    said = list(events(streamed(one, [chunk({"tool_calls": pieces}, finish="tool_calls")])))
    calls = said[0]["choices"][0]["delta"]["tool_calls"]
    assert [call["function"]["arguments"] for call in calls] == ['{"a": "', "[EMAIL"]


def test_every_choice_gets_what_was_held_back_when_a_stream_breaks_off() -> None:
    one = exchange()
    send(one, ask(f"I am {MAIL}"))
    said = events(streamed(one, [chunk({"content": "Hi [EMAIL_1] [EMA"}, index=index) for index in (0, 1, 2)]))
    texts = {0: "", 1: "", 2: ""}
    for event in said:
        for choice in event["choices"]:
            texts[choice["index"]] += choice["delta"].get("content", "")
    assert set(texts.values()) == {f"Hi {MAIL} [EMA"}


def test_a_stream_looks_only_at_the_channels_that_hold_text() -> None:
    """However many channels a server opens, a chunk costs what it says: nothing is asked of the others again."""
    one = exchange()
    send(one, ask(f"I am {MAIL}"))
    one.receive_headers(200, {"content-type": "text/event-stream"})
    for index in range(300):
        one.receive_data(chunk({"tool_calls": [{"index": index, "function": {"name": "f", "arguments": "{}"}}]}))
    texts = one._reader._reader._texts  # type: ignore[union-attr]
    for restorer in texts.streams.values():
        restorer.flush = None  # whoever flushes it now fails
    last = [chunk({"tool_calls": [{"index": 300, "function": {"arguments": "{}"}}]}), chunk({}, finish="tool_calls")]
    given = b"".join([*map(one.receive_data, last), one.receive_data(b"")])
    assert given.count(b"data: ") == len(last)
    assert len(texts.streams) == 301


def test_of_a_long_stream_only_what_is_explained_is_kept() -> None:
    one = exchange()
    send(one, ask("hi"))
    one.receive_headers(200, {"content-type": "text/event-stream"})
    for _ in range(300):
        assert next(events(one.receive_data(chunk({"content": "word " * 200}))))["choices"][0]["delta"]["content"]
    kept = sum(len(part) for parts in one._reader._reader._texts._parts.values() for part in parts)  # type: ignore[union-attr]
    assert kept == MAX_EXPLAINED
    trace = one.finish()
    assert trace is not None
    assert trace.reply is not None
    assert len(trace.reply) == MAX_EXPLAINED


ODD = {
    "tool calls a number": {"tool_calls": 5},
    "tool calls a text": {"tool_calls": "x"},
    "a function call that is a list": {"function_call": []},
    "content in parts": {"content": [{"type": "text", "text": "Hi"}]},
    "an explanation of its own": {"explanation": "mine"},
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_an_oddly_shaped_reply_goes_through(odd: dict[str, Any]) -> None:
    """What the bare client takes, the customer gets."""
    one = exchange()
    send(one, ask(f"I am {MAIL}"))
    assert whole(one, **{"content": "Hi [EMAIL_1]", **odd})["choices"][0]["message"]
    one = exchange()
    send(one, ask(f"I am {MAIL}"))
    parts = [chunk({"content": "Hi [EMAIL_1] [EM"}), chunk(odd), chunk(odd, finish="stop")]
    said = list(events(streamed(one, parts)))
    assert said[0]["choices"][0]["delta"]["content"].startswith(f"Hi {MAIL} ")
    assert "".join(str(event["choices"][0]["delta"].get("content")) for event in said).count("[EM") == 1
    carried = [event["choices"][0]["delta"].get("explanation") for event in said]
    assert [type(value) for value in carried if value is not None] == [dict]
    assert one.finish() is not None


def test_counts_that_cannot_be_are_not_traced() -> None:
    one = exchange()
    send(one, ask("hi"))
    one.receive_headers(200, {"content-type": "application/json"})
    one.receive_data(json.dumps({"choices": [], "usage": {"prompt_tokens": -1, "completion_tokens": 2}}).encode())
    one.receive_data(b"")
    trace = one.finish()
    assert trace is not None
    assert trace.usage == {"completion_tokens": 2}


def test_ids_may_be_numbers_as_databases_have_them() -> None:
    context = turn(conversation=91, id=7).context  # type: ignore[arg-type]
    one = exchange(Context.from_json({"turn": 8}).over(context))
    send(one, ask("hi"))
    whole(one, "Hello.")
    trace = one.finish()
    assert trace is not None
    assert (trace.conversation, trace.turn) == ("91", "8")


@pytest.mark.parametrize("name", ["Claude Martin", "Anna Mini", "Max Power"])
def test_a_customer_may_be_called_as_a_model_is(name: str) -> None:
    context = Context(customer=Customer(name=name))
    for model in ("claude-4", "gpt-5-mini", "power/max:free"):
        sent = send(exchange(context), ask(f"I am {name}", model=model))
        assert sent["model"] == model
        assert sent["messages"][0]["content"] == "I am [PERSON_1]"
    with pytest.raises(PrivacyError):
        send(exchange(context), ask("hi", model=f"ft:{name.replace(' ', '-')}:7"))


def test_nothing_that_holds_customer_text_shows_it() -> None:
    source = Source(MAIL, MAIL, MAIL, MAIL, MAIL, "document", MAIL, MAIL, MAIL)
    context = Context(f"c-{MAIL}", MAIL, JANE, MAIL, None, (source,))
    request = Request("POST", URL, (("x", MAIL),), MAIL.encode())
    said = Said(MAIL, [MAIL])
    assert MAIL not in repr((source, context, request, said, exchange(context)))


@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream", "application/x-ndjson", ""])
def test_a_stream_that_was_asked_for_is_read_whatever_the_server_calls_it(kind: str) -> None:
    one = exchange()
    send(one, ask(f"I am {MAIL}", stream=True))
    one.receive_headers(200, {"content-type": kind})
    said = one.receive_data(chunk({"content": "Hi [EMAIL_1]"}, finish="stop"))
    assert next(events(said))["choices"][0]["delta"]["content"] == f"Hi {MAIL}"


def test_a_gateway_gets_its_key_and_its_cookie_back() -> None:
    own = (
        ("Helicone-Auth", "Bearer sk-helicone-abcdefghijk-1234567"),
        ("x-goog-api-key", "AIzaSyA1234567890abcdefghijklmnopqrstuv"),
        ("Cookie", "_cfuvid=UBcrabc.def-1712345678901-0.0.1.1-604800000"),
        ("User-Agent", "Bot/1.2.3.4"),
    )
    one = exchange(Context(customer=JANE))
    assert one.send_request(Request("POST", URL, own, ask("hi"))).headers == own
    assert one.hidden == {}
    theirs = (
        ("Cookie", f"who={MAIL}; v=0.0.1.1"),
        ("X-User-Token", "Jane Doe"),
        ("X-Note", "sk-abcdefghijk-1234567890"),
    )
    sent = exchange(Context(customer=JANE)).send_request(Request("POST", URL, theirs, ask("hi"))).headers
    assert not [value for value in (MAIL, "Jane", "sk-abc") if value in repr(sent)]


KINDS = ["text/plain", "application/octet-stream", "application/json", "text/event-stream", ""]
WHOLE = b'\xef\xbb\xbf {"object": "chat.completion", "choices": [{"index": 0, "message": {"content": "[EMAIL_1]"}}]}'


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("body", [WHOLE, STREAM, b": hello\n\n" + STREAM, b"\nevent: x\n" + STREAM])
def test_a_reply_is_read_as_what_it_is_whatever_the_server_calls_it(body: bytes, kind: str, asked: bool) -> None:
    def received(pieces: list[bytes]) -> bytes:
        one = exchange()
        send(one, ask(MAIL, stream=asked))
        one.receive_headers(200, {"content-type": kind})
        out = b"".join([one.receive_data(piece) for piece in pieces] + [one.receive_data(b"")])
        trace = one.finish()
        assert trace is not None
        assert (trace.streamed, trace.status) == (body is not WHOLE, "ok")
        return out

    out = received([body])
    assert MAIL.encode() in out
    assert b"EMAIL_1" not in out
    assert b'"explanation"' in out
    assert received([body[n : n + 1] for n in range(len(body))]) == out


@pytest.mark.parametrize("body", [b"", b"dat", b"[EMAIL_1] is a list\n", b"data is plural: [EMAIL_1]", b"\x89PNG\r\n"])
def test_a_reply_of_another_kind_is_passed_on_as_it_came(body: bytes) -> None:
    for pieces in ([body], [body[n : n + 1] for n in range(len(body))]):
        one = opened()
        one.receive_headers(200, {"content-type": "text/plain"})
        assert b"".join([one.receive_data(piece) for piece in pieces if piece] + [one.receive_data(b"")]) == body


@pytest.mark.parametrize(("said", "traced"), [("2", 2), ("9" * 5_000, 0), ("x", 0), ("", 0)])
def test_the_count_of_retries_is_a_small_number_or_none(said: str, traced: int) -> None:
    one = exchange()
    send(one, ask("hi"), headers=(("x-stainless-retry-count", said),))
    trace = one.finish()
    assert trace is not None
    assert trace.retry == traced


def test_a_call_beside_it_does_not_uncover_somebody_elses_data() -> None:
    staff = "Returns are handled by Mr. John Smith, john.smith@acme.com."
    vault = Vault()
    one = exchange(Context(customer=JANE, sources=(Source(id="staff", title="Who is who", text=staff),)), vault=vault)
    beside = exchange(Context(customer=JANE), vault=vault)
    sent = send(one, ask({"role": "system", "content": staff}, {"role": "user", "content": JANE.email}))
    given = sent["messages"][0]["content"]
    send(beside, ask(f"I am {JANE.email}."))
    whole(beside, "Hello [CUSTOMER_1], [EMAIL_2]")
    told = whole(one, given)["choices"][0]["message"]["content"]
    assert "smith" not in told.lower()


# Ahead of the reply -------------------------------------------------------------------------------------------------

LETTER = Source("letter", "The refund went to the card on 3 May.", title="the kyrvad letter")


@pytest.mark.parametrize("learned", ["", "Kyrvad"])
def test_what_was_read_ahead_gives_the_same_explanation(learned: str) -> None:
    """Also where a name becomes known only by the reply, and has to be hidden in a title that was read before."""
    explanations, traces = [], []
    for ahead in (True, False):
        one = exchange(Context(sources=(LETTER,)))
        send(one, ask({"role": "system", "content": LETTER.text}, "Where is my refund?"))
        if ahead:
            one.read_ahead()
        explanations.append(whole(one, f"Dear Ms {learned}, the refund went to the card on 3 May.")["explanation"])
        traces.append(one.finish())
    assert explanations[0] == explanations[1]
    assert traces[0] == traces[1]
    assert traces[0] is not None
    assert ("kyrvad" in str(traces[0].explanation)) == (not learned)


def test_nothing_is_read_ahead_of_a_reply_that_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Grounds] = []

    def told(self: Grounds) -> None:
        read.append(self)

    monkeypatch.setattr(Grounds, "read_ahead", told)
    one = exchange()
    send(one, ask("Where is my refund?"))
    whole(one, "It went to your card.")
    assert read == []
    one = exchange(policy=Policy(explain=False))
    send(one, ask("Where is my refund?"))
    one.read_ahead()
    assert read == []
    one = exchange()
    send(one, ask("Where is my refund?"))
    one.read_ahead()
    one.read_ahead()
    assert len(read) == 1
