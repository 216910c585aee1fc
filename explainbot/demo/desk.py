"""Finds the support desk that the demo talks through: its help articles, its orders, its web page.

The desk is an example to copy from, so it lives in `examples/fastapi_support_bot`. The wheel carries it as
`explainbot._desk`; in a clone the folder is loaded under that name.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from explainbot.errors import ConfigError

__all__ = ["desk"]

NAME = "explainbot._desk"
IN_A_CLONE = Path(__file__).parents[2] / "examples" / "fastapi_support_bot"


def desk(module: str) -> ModuleType:
    """A module of the desk: "knowledge", "orders", "prompt" or "app".

    Raises:
        ConfigError: the desk is neither in the wheel nor in the clone.
    """
    if NAME not in sys.modules and find_spec(NAME) is None:
        _load_from(IN_A_CLONE)
    return import_module(f"{NAME}.{module}")


def _load_from(folder: Path) -> None:
    spec = spec_from_file_location(NAME, folder / "__init__.py", submodule_search_locations=[str(folder)])
    if spec is None or spec.loader is None or not (folder / "__init__.py").is_file():
        raise ConfigError("the support desk of the demo is not installed; reinstall explainbot")
    package = module_from_spec(spec)
    sys.modules[NAME] = package
    spec.loader.exec_module(package)
