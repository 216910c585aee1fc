"""What redacting the next turn of a conversation costs as it grows: the request holds all of it again each time.

    python tests/benchmarks/conversation.py [--turns 100] [--profile]

Each turn adds a customer's message of about 220 characters, with an e-mail address, a telephone number or a name that
were not there before, and an answer of about 300. Measured is the way from the bytes the client would send to those
that leave: reading, redacting, the egress check, writing. The figure is the least processor time of several runs, per
byte that is new in the turn, beside that of turn 10.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import random
import sys
import time
from typing import Any

from explainbot import Customer, Settings, turn
from explainbot.engine import Engine
from explainbot.exchange import Request

URL = "https://api.example.com/v1/chat/completions"
WORDS = (
    "refund delivery parcel return label invoice card account order courier address warranty battery voucher".split()
)
CUSTOMER = Customer(name="Marta Lindqvist", email="marta.lindqvist@example.com", phone="+46 8 5550 1234")


def message(rng: random.Random, words: int, value: str = "") -> str:
    chosen = rng.choices(WORDS, k=words)
    return f"{' '.join(chosen[: words // 2]).capitalize()} {value} {' '.join(chosen[words // 2 :])}.".strip()


def history(turns: int) -> list[dict[str, str]]:
    rng = random.Random(turns)
    messages = [{"role": "system", "content": message(rng, 120)}]
    for index in range(turns):
        value = (f"mail c{index}@example.org", f"call +1 415 555 {index:04}", f"my name is Ann Bo{'x' * (index % 7)}")
        messages += [
            {"role": "user", "content": message(rng, 28, value[index % 3])},
            {"role": "assistant", "content": message(rng, 40)},
        ]
    return messages


def send(engine: Engine, messages: list[dict[str, str]]) -> float:
    body = json.dumps({"model": "m", "messages": messages}).encode()
    request = Request("POST", URL, (("content-type", "application/json"),), body)
    exchange = engine.open("POST", URL)
    assert exchange is not None
    start = time.thread_time()
    exchange.send_request(request)
    return time.thread_time() - start


def conversation(turns: int) -> list[float]:
    """Processor time of each turn, in seconds."""
    engine = Engine(Settings(store="off"))
    messages = history(turns)
    with turn(conversation="c", customer=CUSTOMER):
        return [send(engine, messages[: 2 + 2 * index]) for index in range(turns)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=100)
    parser.add_argument("--profile", action="store_true", help="where the time goes")
    chosen = parser.parse_args()
    if chosen.profile:
        profile = cProfile.Profile()
        profile.runcall(conversation, chosen.turns)
        pstats.Stats(profile).sort_stats("tottime").print_stats(20)
        return 0
    runs = [conversation(chosen.turns) for _ in range(5)]
    least = [min(times) for times in zip(*runs, strict=True)]
    messages: list[Any] = history(chosen.turns)
    for number in sorted({1, 2, 10, 20, 50, chosen.turns}):
        if number <= chosen.turns:
            near = least[max(0, number - 3) : number + 2] if number > 2 else [least[number - 1]]
            fresh = len(json.dumps(messages[2 * number - 1 : 2 * number + 1]).encode())
            cost = sum(near) / len(near)
            tenth = sum(least[7:12]) / 5
            parts = (
                f"{cost * 1e6:8.0f} us",
                f"{cost * 1e9 / fresh:7.0f} ns a new byte",
                f"{cost / tenth:5.2f} x turn 10",
            )
            print(f"turn {number:4}: {', '.join(parts)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
