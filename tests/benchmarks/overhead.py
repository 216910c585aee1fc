"""What a call costs through explainbot, as a ratio to the same call through the bare client in the same run.

    python tests/benchmarks/overhead.py [--n 200] [--think MS] [--profile] [--max-call R] [--max-first-token R]

The server runs in a process of its own and answers at once, so the figures are the worst case: a real model takes a
second or more, beside which both clients vanish. With `--think` it waits as a model does, and what is done meanwhile
costs nobody time: what is left is the difference in milliseconds between the two columns. The request holds a
20-message conversation of 4 KB, with an e-mail address, a phone number and an order, and three sources of 500 words in
the system prompt. Bare and wrapped calls alternate. Wrapped calls redact, restore, explain, and record to SQLite, as
they do by default.

    known     the next turn of a conversation the process has seen: only the last message is new (the usual case)
    new       nothing was seen before: every message and source differs from all earlier calls (a first call, or a
              conversation that another process began)

"first token" is the time until the first piece of text of a streamed reply is in the bot's hands.
"""

from __future__ import annotations

import argparse
import contextlib
import cProfile
import json
import pstats
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import openai

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from servers import Reply, Request, Server, completion, json_reply, sse_reply, stream_body

WORDS = """
refund delivery parcel return label invoice card account order courier address warranty repair battery voucher
customer support agent request window payment balance credit subscription period notice cancel exchange size
colour stock warehouse branch signature receipt discount code membership points upgrade service ticket within
days after before the of and to for with from your our is are can may must will not when if you we it that
this
"""
MODEL = "gpt-bench"
WARM_UP = 20
UNSEEN = 100_000
"""Conversations from here on were never called before."""


# The work


def prose(rng: random.Random, words: int) -> str:
    sentences, left = [], words
    while left > 0:
        size = min(left, rng.randint(8, 16))
        sentences.append(" ".join(rng.choices(WORDS.split(), k=size)).capitalize() + ".")
        left -= size
    return " ".join(sentences)


@dataclass(frozen=True)
class Work:
    """One request: its messages, and the sources given with it as (id, title, text)."""

    messages: list[dict[str, str]]
    sources: list[tuple[str, str, str]]


def work(seed: int, messages: int = 20, last: int = 0) -> Work:
    """A conversation of `messages` messages of 200 characters; `last` changes the last one alone."""
    rng = random.Random(seed)
    sources = [(f"kb-{number}", f"Article {number}", prose(rng, 500)) for number in range(3)]
    context = "\n\n".join(f"# {title}\n{text}" for _, title, text in sources)
    talk = [{"role": "system", "content": f"You are the support agent. Answer from these articles.\n\n{context}"}]
    roles = ("user", "assistant")
    talk += [{"role": roles[number % 2], "content": prose(rng, 40)[:200]} for number in range(messages - 1)]
    talk[1]["content"] = f"I am Jane Doe, jane.doe{seed}@example.com, order {seed + 10_000}. {talk[1]['content']}"[:200]
    talk[3]["content"] = f"Please call +1 415 555 {seed % 10_000:04d}. {talk[3]['content']}"[:200]
    talk[-1] = {"role": "user", "content": f"Question {last}: {prose(random.Random(last), 40)}"[:200]}
    return Work(talk, sources)


def answer(request: Request) -> Reply:
    """Four sentences, two of them out of the request, so that there is something to explain."""
    body = request.json()
    first = body["messages"][0]["content"].split("\n")[-1]
    said = f"Thank you, [EMAIL_1]. {first[:300]} Your parcel arrives on 3 May. Please return it within 30 days."
    if body.get("stream"):
        return sse_reply((stream_body(said, size=8),))
    return json_reply(completion(said, model=MODEL))


# The two clients


Call = Callable[[Work, str, bool], float]
"""Makes one call (work, conversation, streamed) and returns the seconds it took, or those to its first token."""


def bare_call(client: openai.OpenAI, more: dict[str, Any] | None = None) -> Call:
    """`more` goes into the body of each request."""

    def call(job: Work, conversation: str, streamed: bool) -> float:
        return _timed(client, job, streamed, more)

    return call


def wrapped_call(client: openai.OpenAI, more: dict[str, Any] | None = None) -> Call:
    from explainbot import Customer, Source, turn

    customer = Customer(name="Jane Doe", phone="+1 415 555 0100", address="12 High Street, Springfield, 12345")

    def call(job: Work, conversation: str, streamed: bool) -> float:
        sources = [Source(id=id_, title=title, text=text) for id_, title, text in job.sources]
        with turn(conversation=conversation, customer=customer, purpose="support", sources=sources):
            return _timed(client, job, streamed, more)

    return call


def _timed(client: openai.OpenAI, job: Work, streamed: bool, more: dict[str, Any] | None) -> float:
    arguments: dict[str, Any] = {"model": MODEL, "messages": job.messages, "extra_body": more}
    started = time.perf_counter()
    if not streamed:
        client.chat.completions.create(**arguments)
        return time.perf_counter() - started
    first = None
    for chunk in client.chat.completions.create(**arguments, stream=True):
        if first is None and chunk.choices and chunk.choices[0].delta.content:
            first = time.perf_counter() - started
    if first is None:
        raise SystemExit("a streamed reply had no text")
    return first


# Measuring


@dataclass
class Times:
    """Seconds of bare and of wrapped calls."""

    bare: list[float] = field(default_factory=list)
    wrapped: list[float] = field(default_factory=list)

    def ratio(self, percent: int) -> float:
        return quantile(self.wrapped, percent) / quantile(self.bare, percent)


def quantile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def alternate(n: int, bare: Call, wrapped: Call, job: Callable[[int], tuple[Work, str]], streamed: bool) -> Times:
    times = Times()
    for number in range(-WARM_UP, n):
        given, conversation = job(number)
        pair = bare(given, conversation, streamed), wrapped(given, conversation, streamed)
        if number >= 0:
            times.bare.append(pair[0])
            times.wrapped.append(pair[1])
    return times


def known(number: int) -> tuple[Work, str]:
    return work(1, last=number + WARM_UP), "known"


def new(number: int) -> tuple[Work, str]:
    return work(1000 + number), f"new-{number}"


def growing(turns: int, n: int, bare: Call, wrapped: Call) -> Times:
    """The last of `turns` turns, in conversations that grew to there one call a turn through the wrapped client."""
    times = Times()
    for repeat in range(n):
        conversation = f"growing-{turns}-{repeat}"
        full = work(5000 + turns * 100 + repeat, messages=2 * turns)
        for size in range(2, 2 * turns, max(2, turns // 5 * 2)):
            wrapped(Work(full.messages[:size], full.sources), conversation, False)
        wrapped(Work(full.messages[:-2], full.sources), conversation, False)
        times.bare.append(bare(full, conversation, False))
        times.wrapped.append(wrapped(full, conversation, False))
    return times


def threads(count: int, n: int, call: Call, name: str) -> float:
    """Calls a second with `count` threads at once."""

    def run(thread: int) -> None:
        for number in range(n):
            call(work(1, last=number), f"{name}-{thread}", False)

    started = time.perf_counter()
    running = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return count * n / (time.perf_counter() - started)


# The run


@contextlib.contextmanager
def server_process(think: float = 0.0) -> Iterator[str]:
    """The base URL of a server in another process, so that its work does not hold up the clients'.

    Args:
        think: milliseconds before it answers.
    """
    with subprocess.Popen(
        [sys.executable, __file__, "--serve", "--think", str(think)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.communicate()


def serve(think: float) -> None:
    with Server(lambda request: replace(answer(request), first_byte_after=think / 1_000)) as server:
        print(server.url, flush=True)
        sys.stdin.read()


def row(name: str, times: Times) -> str:
    p50, p99 = (f"{quantile(times.bare, p) * 1e3:7.2f} {quantile(times.wrapped, p) * 1e3:7.2f}" for p in (50, 99))
    return f"{name:34} {p50} {times.ratio(50):6.2f}   {p99} {times.ratio(99):6.2f}"


def profile(wrapped: Call, n: int) -> None:
    for name, job in (("known", known), ("new", new)):
        profiler = cProfile.Profile()
        jobs = [job(number) for number in range(n)]
        profiler.enable()
        for given, conversation in jobs:
            wrapped(given, conversation, False)
        profiler.disable()
        print(f"\n{name}: {n} wrapped calls")
        pstats.Stats(profiler).sort_stats("cumulative").print_stats("explainbot|json|httpx|openai", 35)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=200, help="calls of each kind")
    parser.add_argument("--think", type=float, default=0.0, help="milliseconds that the server waits before it answers")
    parser.add_argument("--profile", action="store_true", help="profile wrapped calls instead of comparing")
    parser.add_argument("--max-call", type=float, help="exit with 1 if the p50 ratio of a known call is above this")
    parser.add_argument("--max-first-token", type=float, help="the same for the first token")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.think)
        return 0
    import explainbot

    with server_process(options.think) as url, tempfile.TemporaryDirectory() as scratch:
        explainbot.configure(explainbot.Settings(store="sqlite", store_path=Path(scratch) / "traces.db"))
        plain = openai.OpenAI(base_url=url, api_key="none", max_retries=0)
        guarded = explainbot.OpenAI(base_url=url, api_key="none", max_retries=0)
        with plain, guarded:
            bare, wrapped = bare_call(plain), wrapped_call(guarded)
            if options.profile:
                profile(wrapped, options.n)
                return 0
            return compare(options, bare, wrapped)


def compare(options: argparse.Namespace, bare: Call, wrapped: Call) -> int:
    size = len(json.dumps(work(1).messages[1:])), len(json.dumps(work(1).messages))
    print(f"conversation {size[0]} bytes, with sources {size[1]} bytes; {options.n} calls of each; times in ms")
    print(f"{'':34} {'bare':>7} {'wrapped':>7} {'ratio':>6}   {'bare':>7} {'wrapped':>7} {'ratio':>6}")
    print(f"{'':34} {'p50':>22}   {'p99':>22}")
    call = alternate(options.n, bare, wrapped, known, streamed=False)
    print(row("call, known conversation", call), flush=True)
    first = alternate(options.n, bare, wrapped, known, streamed=True)
    print(row("first token, known conversation", first), flush=True)
    print(row("call, new conversation", alternate(options.n, bare, wrapped, new, streamed=False)), flush=True)
    unseen = alternate(options.n, bare, wrapped, lambda number: new(number + UNSEEN), streamed=True)
    print(row("first token, new conversation", unseen), flush=True)
    for turns in (10, 50, 100):
        print(row(f"call, turn {turns}", growing(turns, max(5, options.n // 20), bare, wrapped)), flush=True)
    each = max(5, options.n // 8)
    rates = threads(8, each, bare, "bare"), threads(8, each, wrapped, "wrapped")
    print(f"8 threads: {rates[0]:.0f} calls/s bare, {rates[1]:.0f} wrapped; bare/wrapped {rates[0] / rates[1]:.2f}")
    limits = ((options.max_call, call), (options.max_first_token, first))
    return int(any(limit is not None and times.ratio(50) > limit for limit, times in limits))


if __name__ == "__main__":
    sys.exit(main())
