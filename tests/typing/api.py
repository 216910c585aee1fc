"""The public API as a type checker sees it: checked by mypy in strict mode, never run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import assert_type

import httpx2
import openai
from openai.types.chat import ChatCompletion

import explainbot
from explainbot import Customer, Detection, Explanation, Redaction, Settings, Source, Statement, Turn, explained

client = explainbot.OpenAI(api_key="k", settings=Settings(operator="Acme"))
explainbot.OpenAI(apikey="k")  # type: ignore[call-overload]
explainbot.AsyncOpenAI(apikey="k")  # type: ignore[call-overload]
assert_type(explainbot.AsyncOpenAI(base_url="http://127.0.0.1:8000/v1"), explainbot.AsyncOpenAI)
assert_type(client.with_options(timeout=1), explainbot.OpenAI)
assert_type(explainbot.wrap(openai.AsyncOpenAI()), openai.AsyncOpenAI)
assert_type(explainbot.http_client(), httpx2.Client)
assert_type(explainbot.async_http_client(), httpx2.AsyncClient)

reply = client.chat.completions.create(model="m", messages=[{"role": "user", "content": "hello"}])
assert_type(reply, ChatCompletion)
assert_type(explainbot.explanation_of(reply), Explanation)
assert_type(explainbot.explanation_of(reply).text, str)

with explainbot.turn(conversation="c", customer=Customer(name="Jane"), sources=[Source(id="s", text="t")]) as turn:
    assert_type(turn, Turn)
    assert_type(turn.explanation, Explanation | None)

assert_type(explainbot.detect("text"), tuple[Detection, ...])
assert_type(explainbot.redact("text"), Redaction)
assert_type(explainbot.restore("text"), str)
assert_type(explainbot.ground("answer", ["source"]), tuple[Statement, ...])

assert_type(explainbot.narrate("trace", explainbot.OpenAI()), explainbot.Explanation)
assert_type(explainbot.decided(explainbot.Decision("refund", "refused")), explainbot.Decision)
Settings(
    allow_content={"image"},
    checkpoint_url="https://example.com/checkpoints",
    decisions={"cancel_order"},
    detectors=["ner", explainbot.Pattern("LOYALTY_ID", r"FB-[0-9]{6}"), explainbot.detect],
    store_path="traces.db",
    thresholds={"PERSON": 0.2},
    vault_store="vaults.db",
)
assert_type(Settings().operator, explainbot.Operator | None)
Settings(detectors=[len])  # type: ignore[list-item]


@explained
def function(message: str) -> str:
    return message


@explained(redact=True)
async def coroutine(message: str) -> int:
    return len(message)


@explained(purpose="help")
def generator(message: str) -> Iterator[str]:
    yield message


@explained()
async def async_generator(message: str) -> AsyncIterator[str]:
    yield message


assert_type(function("x"), str)
assert_type(generator("x"), Iterator[str])
assert_type(async_generator("x"), AsyncIterator[str])


async def calls() -> None:
    assert_type(await coroutine("x"), int)
    assert_type(await explainbot.narrate("trace", explainbot.AsyncOpenAI()), explainbot.Explanation)
