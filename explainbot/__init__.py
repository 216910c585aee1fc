"""explainbot sits between a support bot and its language model: it hides personal data, and explains every reply.

    from explainbot import OpenAI, explanation_of

    reply = OpenAI().chat.completions.create(model="gpt-5-mini", messages=[...])
    print(explanation_of(reply).text)

Every name below is loaded when it is first used: importing explainbot loads neither openai nor an HTTP library.

For who works on it, what a call passes through, from the outside in:

    integrations/, transports/    the ways in, and thin shells that carry bytes
    engine, config, context       puts together what applies to a call: settings, turn, vault, store
    exchange, and `_` modules     one request and its reply, without input or output of their own
    protocols/                    where text lives in each provider's JSON
    privacy/, detectors/          hides and restores personal data; detectors with a model of their own
    passages/, explain/           finds the sources in a prompt, and says what the reply rests on
    trace/, sinks/, stores/       the record of it, on its way, and kept
    lookup, again, removal, narration, scoring    what may be asked about a reply later on
    cli, commands/, demo/         the command line
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explainbot.again import Budget as Budget
    from explainbot.config import Settings as Settings
    from explainbot.context import Turn as Turn
    from explainbot.context import about as about
    from explainbot.context import decided as decided
    from explainbot.context import turn as turn
    from explainbot.engine import configure as configure
    from explainbot.explain import Condition as Condition
    from explainbot.explain import Decision as Decision
    from explainbot.explain import Explanation as Explanation
    from explainbot.explain import Operator as Operator
    from explainbot.explain import Source as Source
    from explainbot.explain import Statement as Statement
    from explainbot.explain import ground as ground
    from explainbot.explain.checkers import second_check as second_check
    from explainbot.integrations.decorator import explained as explained
    from explainbot.integrations.openai import AsyncAzureOpenAI as AsyncAzureOpenAI
    from explainbot.integrations.openai import AsyncOpenAI as AsyncOpenAI
    from explainbot.integrations.openai import AzureOpenAI as AzureOpenAI
    from explainbot.integrations.openai import OpenAI as OpenAI
    from explainbot.integrations.openai import async_http_client as async_http_client
    from explainbot.integrations.openai import http_client as http_client
    from explainbot.integrations.openai import wrap as wrap
    from explainbot.lookup import explanation_of as explanation_of
    from explainbot.narration import narrate as narrate
    from explainbot.privacy import Allow as Allow
    from explainbot.privacy import Customer as Customer
    from explainbot.privacy import Detection as Detection
    from explainbot.privacy import Pattern as Pattern
    from explainbot.privacy import Redaction as Redaction
    from explainbot.privacy import Vault as Vault
    from explainbot.privacy import WordList as WordList
    from explainbot.privacy import detect as detect
    from explainbot.privacy import redact as redact
    from explainbot.privacy import restore as restore
    from explainbot.removal import removal_test as removal_test
    from explainbot.sinks.processor import redact_event as redact_event
    from explainbot.trace import Trace as Trace

_HOME = {
    "Allow": "explainbot.privacy",
    "Budget": "explainbot.again",
    "AsyncAzureOpenAI": "explainbot.integrations.openai",
    "AsyncOpenAI": "explainbot.integrations.openai",
    "AzureOpenAI": "explainbot.integrations.openai",
    "Condition": "explainbot.explain",
    "Customer": "explainbot.privacy",
    "Decision": "explainbot.explain",
    "Detection": "explainbot.privacy",
    "Explanation": "explainbot.explain",
    "OpenAI": "explainbot.integrations.openai",
    "Operator": "explainbot.explain",
    "Pattern": "explainbot.privacy",
    "Redaction": "explainbot.privacy",
    "Settings": "explainbot.config",
    "Source": "explainbot.explain",
    "Statement": "explainbot.explain",
    "Trace": "explainbot.trace",
    "Turn": "explainbot.context",
    "Vault": "explainbot.privacy",
    "WordList": "explainbot.privacy",
    "about": "explainbot.context",
    "async_http_client": "explainbot.integrations.openai",
    "configure": "explainbot.engine",
    "decided": "explainbot.context",
    "detect": "explainbot.privacy",
    "explained": "explainbot.integrations.decorator",
    "explanation_of": "explainbot.lookup",
    "ground": "explainbot.explain",
    "http_client": "explainbot.integrations.openai",
    "narrate": "explainbot.narration",
    "redact": "explainbot.privacy",
    "removal_test": "explainbot.removal",
    "redact_event": "explainbot.sinks.processor",
    "restore": "explainbot.privacy",
    "second_check": "explainbot.explain.checkers",
    "turn": "explainbot.context",
    "wrap": "explainbot.integrations.openai",
}
"""Where each public name lives."""

__all__ = sorted(_HOME)  # noqa: PLE0605 - the table is the one list of public names


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'explainbot' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
