"""The README's recipes for frameworks run as they stand there, given the names that a bot brings along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from servers import Reply, Request, Server, chat_reply, message, tool_call
from writers import called, response_reply, spoken

import explainbot
from explainbot import Customer, Settings, configure, turn

pytestmark = [
    *(pytest.mark.frameworks, pytest.mark.usefixtures("own_loop")),
    *(pytest.mark.filterwarnings(f"ignore::{kind}") for kind in ("UserWarning", "DeprecationWarning")),
]

README = Path(__file__).parent.parent.parent / "README.md"
BLOCKS = re.findall(r"^```py\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
FRAMEWORKS = ["agents", "langchain_core", "llama_index", "pydantic_ai", "litellm"]

PRIYA = Customer(name="Priya Raman", email="priya.raman@example.com")
FOUND = "Order A-1 was shipped on 3 May."


def find_order(id: str) -> str:
    """Look an order up."""
    return FOUND


def closing(request: Request) -> Reply:
    """The answer, and the end of the connection: a recipe closes no client."""
    return replace(answer(request), framing="close")


def answer(request: Request) -> Reply:
    """Looks an order up where it can, and says what was found."""
    body = request.json()
    given = str(body)
    if not body.get("tools") or FOUND in given:
        said = f"{FOUND} Dear [PERSON_1]."
        return response_reply(request, spoken(said)) if "input" in body else chat_reply(request, said)
    if "input" in body:
        return response_reply(request, called("find_order", '{"id": "A-1"}'))
    return chat_reply(request, message(None, tool_calls=[tool_call("find_order", '{"id": "A-1"}')]))


def names_for(framework: str) -> dict[str, Any]:
    """What the recipe takes for granted."""
    names: dict[str, Any] = {"explainbot": explainbot, "turn": turn, "priya": PRIYA, "find_order": find_order}
    names["question"] = f"I am Priya ({PRIYA.email}). Where is my order?"
    if framework == "agents":
        names["find_order"] = import_module("agents").function_tool(find_order)
    if framework == "langchain_core":
        documents = import_module("langchain_core.documents")
        names["prompt"] = import_module("langchain_core.prompts").ChatPromptTemplate.from_template(
            "{context}\n\n{question}"
        )

        class Shelf(import_module("langchain_core.retrievers").BaseRetriever):  # type: ignore[misc]
            def _get_relevant_documents(self, query: str, *, run_manager: Any) -> list[Any]:
                return [documents.Document(FOUND)]

        names["retriever"] = Shelf()
    if framework == "llama_index":
        schema = import_module("llama_index.core.schema")

        class Nodes(import_module("llama_index.core.retrievers").BaseRetriever):  # type: ignore[misc]
            def _retrieve(self, query_bundle: Any) -> list[Any]:
                return [schema.NodeWithScore(node=schema.TextNode(text=FOUND))]

        names["retriever"] = Nodes()
    return names


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with Server(closing) as server:
        monkeypatch.setenv("LITELLM_LOCAL_MODEL_COST_MAP", "True")
        monkeypatch.setenv("OPENAI_API_KEY", "test")
        for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE"):
            monkeypatch.setenv(name, server.url)
        configure(Settings(store="memory"))
        yield server
        configure(Settings())


def test_every_framework_has_a_recipe() -> None:
    found = [re.search(r"^(?:from|import) (\w+)", block, re.MULTILINE) for block in BLOCKS]
    assert [match.group(1) for match in found if match] == FRAMEWORKS


@pytest.mark.parametrize(("framework", "block"), list(zip(FRAMEWORKS, BLOCKS, strict=True)), ids=FRAMEWORKS)
def test_a_recipe_runs(framework: str, block: str, model: Server, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("llama_index.core" if framework == "llama_index" else framework)
    if framework == "agents":
        import_module("agents").set_tracing_disabled(True)  # its traces go to the provider itself
    names = names_for(framework)
    exec(compile(block, "README.md", "exec"), names)
    said = capsys.readouterr().out
    assert f"“{FOUND}”" in said
    assert "Hidden from the AI: 1 email address" in said
    assert names["this"].explanation.statements[0].state == ("not found" if framework == "litellm" else "found")
    assert b"priya.raman" not in model.received
