"""Exact log-probabilities of a fixed answer, where a server gives them.

- llama.cpp's server forces the answer with a grammar (`grammar`, GBNF) and returns the log-probability of each token
  before the grammar narrowed the choice (https://github.com/ggml-org/llama.cpp/tree/master/tools/server). It is told by
  the `id` it gives each token of `logprobs.content`.
- vLLM scores a prompt that ends in the answer: `prompt_logprobs` with `continue_final_message`
  (https://docs.vllm.ai, "OpenAI-Compatible Server"). It is told by the field `prompt_logprobs` in every reply.

A server is asked in its own way only after it showed itself in a plain reply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from explainbot.explain import Statement

__all__ = ["Scorer", "Token", "by_statement", "scorer_for"]

NOT_SCORED = ("tools", "tool_choice", "functions", "function_call", "response_format", "stop", "top_logprobs")
"""Fields that would keep a server from writing the answer as it is."""

CHOICE_FIELDS = ("max_tokens", "max_completion_tokens", "temperature")
"""Fields that are set anew for scoring."""


class Token(NamedTuple):
    """A piece of the answer: its UTF-8 bytes and its log-probability, in nats."""

    text: bytes
    log_probability: float


class Scorer(Protocol):
    """How one kind of server is asked to score an answer."""

    def request(self, request: Mapping[str, Any], messages: Sequence[Any], answer: str) -> dict[str, Any]:
        """The fields of the request that scores `answer` after `messages`."""

    def tokens(self, body: Mapping[str, Any], answer: str) -> list[Token] | None:
        """The answer's tokens in what came back; None if they do not spell it."""


class LlamaCpp:
    """llama.cpp's server."""

    def request(self, request: Mapping[str, Any], messages: Sequence[Any], answer: str) -> dict[str, Any]:
        literal = answer.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
        return {
            **_plain(request),
            "messages": messages,
            "grammar": f'root ::= "{literal}"',
            "logprobs": True,
            "temperature": 0,
            "max_tokens": len(answer.encode("utf-8", "replace")) + 8,
            "cache_prompt": False,
        }

    def tokens(self, body: Mapping[str, Any], answer: str) -> list[Token] | None:
        found = [
            Token(bytes(item["bytes"]) if item.get("bytes") else str(item["token"]).encode(), float(item["logprob"]))
            for item in _content(body)
        ]
        while found and not found[-1].text:
            found.pop()  # the end of the answer, which is no part of it
        return found if _spells(found, answer) else None


class VLLM:
    """vLLM's server."""

    def request(self, request: Mapping[str, Any], messages: Sequence[Any], answer: str) -> dict[str, Any]:
        *before, last = messages
        if last.get("role") == "assistant" and isinstance(last.get("content"), str):  # an answer the bot began
            asked = [*before, {**last, "content": last["content"] + answer}]
        else:
            asked = [*messages, {"role": "assistant", "content": answer}]
        return {
            **_plain(request),
            "messages": asked,
            "add_generation_prompt": False,
            "continue_final_message": True,
            "prompt_logprobs": 0,
            "max_tokens": 1,
            "temperature": 0,
        }

    def tokens(self, body: Mapping[str, Any], answer: str) -> list[Token] | None:
        found: list[Token] = []
        length, wanted = 0, len(answer.encode("utf-8", "replace"))
        for choices in reversed(body.get("prompt_logprobs") or ()):
            if length >= wanted or not isinstance(choices, Mapping) or len(choices) != 1:
                break
            [item] = choices.values()
            found.append(Token(str(item.get("decoded_token") or "").encode(), float(item["logprob"])))
            length += len(found[-1].text)
        found.reverse()
        if length > wanted and found[0].text.strip() and found[0].text.endswith(answer[:1].encode()):
            return None  # the first token is shared with what stood before the answer
        return found if _spells(found, answer) else None


def scorer_for(body: Mapping[str, Any]) -> Scorer | None:
    """The scorer for the server that sent `body`, a reply that was asked for with `logprobs`; None if there is none."""
    if any(isinstance(item.get("id"), int) for item in _content(body)):
        return LlamaCpp()
    return VLLM() if "prompt_logprobs" in body else None


def by_statement(tokens: Sequence[Token], answer: str, statements: Mapping[int, Statement]) -> dict[int, float]:
    """The log-probability of each statement of `answer`: the sum over the tokens that end in it."""
    spans = {
        place: (len(answer[: one.start].encode("utf-8", "replace")), len(answer[: one.end].encode("utf-8", "replace")))
        for place, one in statements.items()
    }
    sums = dict.fromkeys(statements, 0.0)
    at = -len(_leading(tokens, answer))
    for token in tokens:
        at += len(token.text)
        for place, (start, end) in spans.items():
            if start < at <= end:
                sums[place] += token.log_probability
    return sums


def _leading(tokens: Sequence[Token], answer: str) -> bytes:
    """White space that the first token holds besides the answer."""
    spelled = b"".join(token.text for token in tokens)
    return spelled[: len(spelled) - len(answer.encode("utf-8", "replace"))]


def _spells(tokens: Sequence[Token], answer: str) -> bool:
    spelled, wanted = b"".join(token.text for token in tokens), answer.encode("utf-8", "replace")
    return bool(tokens) and spelled.endswith(wanted) and not spelled[: len(spelled) - len(wanted)].strip()


def _plain(request: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in request.items() if name not in (*NOT_SCORED, *CHOICE_FIELDS)}


def _content(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The tokens of the first choice, as chat completions give them."""
    choices = body.get("choices") or [{}]
    content = (choices[0].get("logprobs") or {}).get("content")
    return [item for item in content if isinstance(item, Mapping)] if isinstance(content, list) else []
