"""Where a framework is not installed, its integration says what to install."""

from __future__ import annotations

import pytest
from records import python

EXTRAS = {
    "langchain": ("langchain_core", "langchain"),
    "litellm": ("litellm", "litellm"),
    "llama_index": ("llama_index", "llama-index"),
    "openai_agents": ("agents", "openai-agents"),
    "fastapi": ("fastapi", "fastapi"),
    "rich": ("rich", "rich"),
}
CALLS = {"fastapi": "module.explainbot_router()", "rich": "module.terminal(None)"}


@pytest.mark.parametrize("name", EXTRAS)
def test_the_extra_is_named(name: str) -> None:
    package, extra = EXTRAS[name]
    code = (
        f"import sys; sys.modules[{package!r}] = None\n"
        "from importlib import import_module\n"
        "from explainbot.errors import ConfigError\n"
        f"try:\n    module = import_module('explainbot.integrations.{name}'); {CALLS.get(name, 'pass')}\n"
        "except ConfigError as error: print(error)\n"
    )
    done = python(code)
    assert done.returncode == 0, done.stderr
    assert f"pip install 'explainbot[{extra}]'" in done.stdout


def test_nothing_of_a_framework_is_loaded_with_the_clients() -> None:
    code = "import sys, explainbot; explainbot.OpenAI; print(sorted(sys.modules))"
    loaded = python(code).stdout
    assert "explainbot.integrations.openai" in loaded
    for package in ("langchain_core", "litellm", "llama_index", "'agents'"):
        assert package not in loaded
