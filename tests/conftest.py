"""What every test stands on: no test writes into the home, calls the network, or depends on how fast the machine is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from respx.mocks import HTTPCoreMocker
from servers import Server

# openai speaks httpx2 and so httpcore2, which respx does not patch by itself.
HTTPCoreMocker.add_targets(*[target.replace("httpcore.", "httpcore2.", 1) for target in list(HTTPCoreMocker.targets)])

# No deadlines: a shared or slow machine is not a fault of the code.
settings.register_profile("quick", max_examples=10, deadline=None, phases=[Phase.generate])
settings.register_profile("dev", max_examples=30, deadline=None)
settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))

ENVIRONMENT_THAT_STEERS_CLIENTS = (
    *("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "AZURE_OPENAI_ENDPOINT"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy"),
)


@pytest.fixture(scope="session", autouse=True)
def own_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """State goes to a directory of the test run; keys, base URLs and proxies of the machine are out of sight."""
    home = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(home))
        for name in [*ENVIRONMENT_THAT_STEERS_CLIENTS, *(n for n in os.environ if n.startswith("EXPLAINBOT_"))]:
            patch.delenv(name, raising=False)
        yield home


@pytest.fixture
def server() -> Iterator[Server]:
    """A loopback server that echoes the last message as it arrived; script it for anything else."""
    with Server() as running:
        yield running


@pytest.fixture(params=["asyncio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """The openai client's default async stack."""
    return str(request.param)
