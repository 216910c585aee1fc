"""What the command line says of itself."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError

import pytest
from records import ROOT

from explainbot import cli

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def test_the_version_is_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def version(name: str) -> str:
        assert name == "explainbot"
        return VERSION

    monkeypatch.setattr(cli, "version", version)
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert (ended.value.code, *capsys.readouterr()) == (0, f"explainbot {VERSION}\n", "")


def test_a_source_tree_has_no_version(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def version(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(cli, "version", version)
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert "not installed" in capsys.readouterr().out
