"""Traces for tests, and stores that misbehave in a way that is told beforehand."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from explainbot.errors import StoreError
from explainbot.stores.memory import MemoryStore
from explainbot.trace import Lost, Offered, Redacted, Trace

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
ROOT = Path(__file__).parent.parent


def record(number: int = 0, **fields: Any) -> Trace:
    """A trace called `t-00000` and so on, each started one second after the one before."""
    known: dict[str, Any] = {
        "id": f"t-{number:05}",
        "started": NOON + timedelta(seconds=number),
        "duration_ms": 812.5,
        "provider": "openai",
        "request_model": "gpt-5-mini",
        "status": "ok",
        "request": Redacted('{"messages":[{"role":"user","content":"My mail is [EMAIL_1]"}]}'),
        "reply": Redacted("We wrote to [EMAIL_1]."),
        "hidden": {"EMAIL_ADDRESS": 1},
        "restored": 1,
    }
    return Trace(**{**known, **fields})


def records(count: int, **fields: Any) -> list[Trace]:
    """Traces 0 to `count - 1`."""
    return [record(number, **fields) for number in range(count)]


def offered(traces: Iterable[Trace], lane: str = "lane", first: int = 0) -> list[Offered]:
    """The traces as a recorder offers them."""
    return [Offered(trace, lane=lane, number=number) for number, trace in enumerate(traces, first)]


def python(code: str, *arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run `code` in a fresh interpreter that can import `explainbot` and this module; every warning is an error."""
    path = f"{ROOT}:{ROOT / 'tests'}"
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **{"env": {"PYTHONPATH": path, "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}, **options},
    )


class GatedStore(MemoryStore):
    """A store whose `put` waits until the test opens the gate."""

    def __init__(self) -> None:
        super().__init__(max_traces=1_000_000)
        self.gate = threading.Event()
        self.entered = threading.Event()
        self.batches: list[int] = []

    def put(self, records: Sequence[Offered | Lost], /) -> None:
        self.entered.set()
        self.gate.wait(20)
        self.batches.append(len(records))
        super().put(records)


class FailingStore(MemoryStore):
    """A store whose first `failures` puts raise `error`."""

    def __init__(self, failures: float, error: BaseException | None = None) -> None:
        super().__init__()
        self.left = failures
        self.error = error or StoreError("the disk is full; free some space")
        self.tries = 0

    def put(self, records: Sequence[Offered | Lost], /) -> None:
        self.tries += 1
        if self.left > 0:
            self.left -= 1
            raise self.error
        super().put(records)
