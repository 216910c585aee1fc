"""A desk on a real port, a model that is scripted, and a headless Chromium with a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from servers import Server

sys.path.insert(0, str(Path(__file__).parents[2] / "examples"))

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Debian's Chromium, driven by its own chromedriver; nothing is downloaded."""
    webdriver = pytest.importorskip("selenium.webdriver")
    from selenium.webdriver.chrome.service import Service

    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("chromium and chromedriver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with webdriver.Chrome(service=Service(driver), options=options) as running:
        yield running


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pictures go; pytest keeps its last three."""
    return tmp_path_factory.mktemp("screenshots")


@pytest.fixture
def upstream() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def address(upstream: Server) -> Iterator[str]:
    """The desk's address, served for real."""
    from fastapi_support_bot import company
    from fastapi_support_bot.app import create_app

    from explainbot import AsyncOpenAI

    client = AsyncOpenAI(base_url=upstream.url, api_key="k", max_retries=0, settings=company.settings(store="memory"))
    with served(create_app(client, "model-1")) as found:
        yield found


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address of an app on a real port."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core, the accessibility checker, from the npm registry."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("axe")
    subprocess.run([npm, "pack", "--silent", "axe-core@4"], cwd=folder, check=True, timeout=60, capture_output=True)
    [archive] = folder.glob("axe-core-*.tgz")
    with tarfile.open(archive) as held:
        script = held.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode()
