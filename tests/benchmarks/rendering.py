"""What it costs to put an explanation into words, in each language and form, beside the cost of computing it.

    python tests/benchmarks/rendering.py [--n 300]

One warm explanation of a five-sentence reply; medians in microseconds, and the plain text as a share of `explain`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from explainbot.explain import Operator, Record, Source, explain, rendering
from explainbot.explain.languages import LANGUAGES
from explainbot.explain.telling import told

FORMS = ("simple", "record", "markdown", "html")

RECORD = Record(
    trace_id="t-1",
    created=datetime(2025, 3, 1, tzinfo=UTC),
    operation="chat",
    provider="openai",
    model="m-1",
    reply="Hi! Refunds are paid within 5 to 7 business days. The express fee is $60 per order. "
    "Your order ORD-1042 has the status shipped. Our founder likes sailing in Norway.",
    sources=(
        Source(
            "policy", "Refunds are paid within 5 to 7 business days. The express fee is $50.", title="Refund policy"
        ),
        Source("call", '{"order": "ORD-1042", "status": "shipped"}', kind="tool_result", tool="get_order"),
        Source("hours", "We open at 9.", title="Hours", updated="2024-05-01"),
    ),
    hidden={"EMAIL_ADDRESS": 1, "PHONE_NUMBER": 2},
    operator=Operator(name="Acme", contact="help@acme.example"),
)


def microseconds(call: Callable[[], object], n: int) -> float:
    call()
    times = []
    for _ in range(n):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1e6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=300)
    n = parser.parse_args().n
    print(f"telling the language of the reply: {microseconds(lambda: told(RECORD.reply), n):.0f}")
    print(f"{'':4}{'explain':>10}{'text':>10}{'share':>10}" + "".join(f"{form:>10}" for form in FORMS))
    for code in LANGUAGES:
        record = replace(RECORD, language=code)
        made = explain(record)
        whole = microseconds(partial(explain, record), n)
        text = microseconds(partial(rendering.plain, made), n)
        others = "".join(f"{microseconds(partial(getattr, made, form), n):10.0f}" for form in FORMS)
        print(f"{code:4}{whole:10.0f}{text:10.0f}{text / whole:10.2f}{others}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
