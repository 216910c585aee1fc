"""What `explainbot demo` does: picks the model, then asks the questions, talks, or opens the web desk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from explainbot.demo.local import LocalServer, local_server
from explainbot.demo.model import Model
from explainbot.demo.questions import QUESTIONS
from explainbot.errors import ConfigError

__all__ = ["Choices", "api_key", "endpoint", "model", "run_demo"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What was asked for on the command line; see `explainbot demo --help`."""

    questions: int = 10
    as_json: bool = False
    chat: bool = False
    serve: bool = False
    port: int = 8000
    base_url: str | None = None
    model: str | None = None
    api_key: str | None = None
    stand_in: bool = False
    store: Path | None = None


def run_demo(choices: Choices) -> int:
    """Run the demo; returns the exit code: 0, or 1 if a personal value reached the model.

    Raises:
        ConfigError: an optional package is missing, or the choices do not fit together.
        DemoFailed: the server could not be reached or refused a request.
        StoreError: the traces cannot be kept in the file that was named.
    """
    _check(choices)
    _settings(choices)
    if choices.serve:
        from explainbot.demo.serve import serve

        with endpoint(choices) as server:
            return serve(server, api_key(choices), choices.port)
    if choices.chat:
        from explainbot.demo.chat import chat

        with model(choices) as chosen:
            return chat(chosen)
    return _ask(choices)


def _check(choices: Choices) -> None:
    if choices.base_url is None and (choices.model or choices.api_key):
        raise ConfigError("--model and --api-key go with --base-url")
    if choices.base_url is not None and choices.model is None:
        raise ConfigError("--base-url needs --model: which model the server should use")
    if choices.base_url is not None and urlsplit(choices.base_url).scheme not in {"http", "https"}:
        raise ConfigError("--base-url must begin with http:// or https://, such as http://localhost:11434/v1")


def _settings(choices: Choices) -> None:
    """The desk's own settings; traces in memory, or in the file that was asked for."""
    from explainbot import configure
    from explainbot.demo.desk import desk
    from explainbot.engine import default_engine

    kept = {"store": "memory"} if choices.store is None else {"store": "sqlite", "store_path": choices.store}
    company = desk("company")
    configure(company.settings(contact=f"call {company.PHONE}", **kept))
    if (recorder := default_engine().recorder) is not None:
        recorder.store.list(1)  # a file that cannot be used is said now, not after ten answers


@contextmanager
def endpoint(choices: Choices, *, tapped: bool = False) -> Iterator[LocalServer]:
    """The server to ask: the one that was named, or a local one that is started here and stopped in the end."""
    if choices.base_url is not None and choices.model is not None:
        kind = f"{choices.model} at {urlsplit(choices.base_url).netloc}"
        yield LocalServer(choices.base_url, choices.model, kind, small=False)
        return
    with local_server(language_model=False if choices.stand_in else None, tapped=tapped) as server:
        yield server


def api_key(choices: Choices) -> str:
    """The key that was given, else the environment's for a server that was named; a local server needs none."""
    return choices.api_key or (os.environ.get("OPENAI_API_KEY") if choices.base_url else None) or "local"


@contextmanager
def model(choices: Choices, *, tapped: bool = False) -> Iterator[Model]:
    """The server to ask, with the drop-in client for it."""
    from explainbot import OpenAI

    with (
        endpoint(choices, tapped=tapped) as server,
        OpenAI(base_url=server.base_url, api_key=api_key(choices)) as client,
    ):
        yield Model(client, server)


def _ask(choices: Choices) -> int:
    from explainbot.demo.answers import answer_all, keep_traces
    from explainbot.demo.show import Lines, Screen
    from explainbot.demo.totals import Totals

    page = Lines() if choices.as_json else Screen()
    questions = QUESTIONS[: choices.questions]
    with model(choices, tapped=True) as chosen:
        page.opening(chosen.server, len(questions), choices.store)
        answers = []
        for number, answer in enumerate(answer_all(chosen, questions), start=1):
            page.answer(number, len(questions), answer, chosen.server)
            answers.append(answer)
        totals = Totals.of(answers, chosen.server.tap)
    keep_traces()
    page.summary(totals, chosen.server, choices.store)
    return 1 if totals.leaked else 0
