"""Runs the command line in this process, on labelled data that a test gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from explainbot.cli import main

Bench = Callable[..., tuple[int, str, str]]


@pytest.fixture
def bench(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Bench:
    """`explainbot bench CHECK` over some lines: the exit code, and what stood on both outputs."""

    def run(check: str, lines: list[Any], *arguments: str) -> tuple[int, str, str]:
        path = tmp_path / "data.jsonl"
        path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
        code = main(["bench", check, "--data", str(path), *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run
