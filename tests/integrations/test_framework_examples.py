"""The examples for frameworks run as they stand, against a server named in the environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from servers import Reply, Request, Server, chat_reply
from writers import called, response_reply, spoken

pytestmark = pytest.mark.frameworks

ROOT = Path(__file__).parents[2]
EXAMPLES = {"agents_sdk": "agents", "langchain_rag": "langchain_openai", "llama_index_rag": "llama_index.core"}
SAID = {"input": "Order A-1007 was shipped on 3 May.", "messages": "You can return it within 45 days of its delivery."}


def answer(request: Request) -> Reply:
    """Calls the tool where there is one, then repeats what it was given."""
    body = request.json()
    if "messages" in body:
        return chat_reply(request, SAID["messages"])
    looked_up = any(item.get("type") == "function_call_output" for item in body["input"])
    item = spoken(SAID["input"]) if looked_up else called("find_order", '{"email": "[EMAIL_1]"}')
    return response_reply(request, item)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_hides_restores_and_explains(name: str, tmp_path: Path) -> None:
    pytest.importorskip(EXAMPLES[name])
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "EXPLAINBOT_"))}
    environment |= {"XDG_STATE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    environment |= {"OPENAI_API_KEY": "test", "OPENAI_AGENTS_DISABLE_TRACING": "1"}
    with Server(answer) as server:
        environment |= dict.fromkeys(("OPENAI_BASE_URL", "OPENAI_API_BASE"), server.url)
        done = subprocess.run(
            [sys.executable, str(ROOT / "examples" / f"{name}.py")],
            env=environment, capture_output=True, timeout=300, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    reply, _, explanation = done.stdout.decode().partition("\n\n")
    assert reply in SAID.values()
    assert ("find_order" if name == "agents_sdk" else "found in: Returns") in explanation
    assert "Hidden from the AI: 1 email address" in explanation
    for value in (b"Lindqvist", b"marta@example"):
        assert value not in server.received


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_short_enough_to_read_at_a_glance(name: str) -> None:
    assert len((ROOT / "examples" / f"{name}.py").read_text().splitlines()) <= 45
