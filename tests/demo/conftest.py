"""The demo changes the process's default settings; every test gives them back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from explainbot import engine


@pytest.fixture(autouse=True)
def default_settings_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_default", engine._default)


@pytest.fixture
def demo(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """`explainbot demo ...` in this process: exit code, output, error output."""
    from explainbot.cli import main

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["demo", *arguments])
        return code, *capsys.readouterr()

    return run
