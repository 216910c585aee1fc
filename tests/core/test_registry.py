"""A name leads to the thing it names, and a wrong one to the names there are."""

from __future__ import annotations

import threading
import time

import pytest

from explainbot._lazy import lazy
from explainbot._registry import Registry
from explainbot.errors import ConfigError, ExplainbotError, UnknownName, UnsupportedContent
from explainbot.protocols import PROTOCOLS


def test_a_name_is_loaded_when_it_is_asked_for() -> None:
    table: Registry[object] = Registry("codec", "explainbot.none", {"json": "json:dumps", "gone": "no_such_module:x"})
    import json

    assert table.load("json") is json.dumps
    assert list(table) == ["json", "gone"]
    with pytest.raises(ModuleNotFoundError):
        table.load("gone")


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"called .telex.; known: .*POST chat/completions") as caught:
        PROTOCOLS.load("telex")
    assert isinstance(caught.value, ConfigError)
    assert "POST chat/completions" in caught.value.known


def test_an_entry_point_adds_a_name(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import EntryPoint

    from explainbot import _registry

    point = EntryPoint("toml", "tomllib:loads", "explainbot.none")
    monkeypatch.setattr(_registry, "entry_points", lambda group: (point,) if group == "explainbot.none" else ())
    import tomllib

    table: Registry[object] = Registry("codec", "explainbot.none", {"json": "json:dumps"})
    assert table.load("toml") is tomllib.loads
    assert list(table) == ["json", "toml"]


def test_the_refusal_of_content_says_how_to_allow_it() -> None:
    error = UnsupportedContent("image", "a message part of type 'image_url'")
    assert "Settings(allow_content={'image'})" in str(error)
    assert isinstance(error, ExplainbotError)


class Slow:
    """A thing with a property that takes as long as a test wants."""

    def __init__(self) -> None:
        self.computing, self.done = threading.Event(), threading.Event()

    @lazy
    def value(self) -> object:
        self.computing.set()
        self.done.wait(30)
        return object()


def test_a_lazy_property_is_computed_once_and_holds_up_nobody_else() -> None:
    slow, other = Slow(), Slow()
    other.done.set()
    thread = threading.Thread(target=lambda: slow.value)
    thread.start()
    assert slow.computing.wait(30)
    started = time.monotonic()
    assert other.value is other.value
    assert time.monotonic() - started < 5, "up to Python 3.11 `functools.cached_property` waits for the first thread"
    slow.done.set()
    thread.join()
    assert slow.value is slow.value is not other.value
    assert isinstance(Slow.value, lazy)
