"""A reply in which something was restored or explained is, in every other byte, what the provider wrote."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainbot import _json
from explainbot._given import Context, Policy
from explainbot._outgoing import Request
from explainbot._spliced import spliced
from explainbot._vaults import OneVault
from explainbot.exchange import Exchange
from explainbot.privacy import Redactor, Vault
from explainbot.protocols import protocol_for

texts = st.text(st.sampled_from('aAé\u2028"\\/\n<😀\ud83d'), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=12,
)
forms = st.sampled_from([{}, {"indent": 2}, {"ensure_ascii": False}, {"separators": (",", ":")}])


@given(values, forms, st.sampled_from([("a", "[A]"), ("é", "e"), ("\\", ""), ("😀", "é"), ("", "+")]), st.booleans())
def test_it_says_what_is_new(value: Any, form: dict[str, Any], change: tuple[str, str], more: bool) -> None:
    text = json.dumps(value, **form)
    new = _json.map_strings(value, lambda one: one.replace(*change))
    if more and isinstance(new, dict):
        new["explanation"] = {"text": "é"}
    assert json.loads(spliced(text, new)) == json.loads(_json.dumps(new))


@given(values, forms)
def test_what_has_not_changed_is_as_it_was(value: Any, form: dict[str, Any]) -> None:
    text = json.dumps({"a": value, "b": "x"}, **form)
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return
    assert spliced(text, json.loads(text)) == raw
    changed = spliced(text, {**json.loads(text), "b": "y"})
    assert changed == raw[: raw.rfind(b"x")] + b"y" + raw[raw.rfind(b"x") + 1 :]


@pytest.mark.parametrize(
    ("text", "new", "expected"),
    [
        (r'{"a": "caf\u00e9 X \/ \u00e9", "n": 1.50}', {"a": "café Y / é", "n": 1.5},
         r'{"a": "caf\u00e9 Y \/ \u00e9", "n": 1.50}'),
        ('{"a": 1e2 }\n', {"a": 100.0, "more": "é"}, '{"a": 1e2,"more":"é" }\n'),
        ('{ }', {"more": 1}, '{"more":1}'),
        ('{"a": "x", "a": "y"}', {"a": "z"}, '{"a":"z"}'),
        (r'["\ud83d\ude00x"]', ["\U0001f600y"], r'["\ud83d\ude00y"]'),
        (r'["\ud83dx"]', ["\ud83dy"], r'["\ud83dy"]'),
        ('{"[K]": 1, "b": [ ]}', {"k": 1, "b": []}, '{"k":1,"b":[]}'),
        ('[1, 2]', [1], '[1]'),
    ],
)  # fmt: skip
def test_only_what_differs_is_written_anew(text: str, new: Any, expected: str) -> None:
    assert spliced(text, new).decode() == expected


REPLY = (
    r'{"id": "chatcmpl-1", "object": "chat.completion", "created": 1.70e9, "note": "caf\u00e9 \/ <x>",'
    "\n"
    r'"choices": [ {"index": 0, "message": {"role": "assistant", "content": "Caf\u00e9 %s\u00e9 \/"}, '
    r'"finish_reason": "stop"} ] }'
)
CHUNK = r'data: {"choices": [{"index": 0, "delta": {"content": "Caf\u00e9 %s\u00e9 \/"}, "finish_reason": "stop"}]}'


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize(("template", "kind"), [(REPLY, "application/json"), (CHUNK + "\n\n", "text/event-stream")])
@pytest.mark.parametrize(("said", "given_out"), [("", ""), ("[EMAIL_1] ", "kim@example.org ")])
def test_a_reply_keeps_every_byte_but_for_what_was_restored_and_added(
    template: str, kind: str, said: str, given_out: str, explain: bool
) -> None:
    protocol = protocol_for("POST", "/v1/chat/completions")
    assert protocol is not None
    one = Exchange(
        protocol,
        Policy(explain=explain),
        Context(),
        vaults=OneVault(Vault()),
        redactor_for=lambda _: Redactor(),
        trace_id="0" * 32,
        started=datetime(2026, 1, 2, tzinfo=UTC),
        clock=lambda: 0.0,
    )
    body = {"model": "m", "messages": [{"role": "user", "content": "I am kim@example.org"}]}
    one.send_request(Request("POST", "https://api.example/v1/chat/completions", (), json.dumps(body).encode()))
    one.receive_headers(200, {"content-type": kind})
    out = (one.receive_data((template % said).encode()) + one.receive_data(b"")).decode()
    if explain:
        start = out.index(',"explanation":')
        _, end = json.JSONDecoder().raw_decode(out, start + len(',"explanation":'))
        out = out[:start] + out[end:]
    assert out == template % given_out
