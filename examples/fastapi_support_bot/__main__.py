"""`python examples/fastapi_support_bot [port]`: the desk on http://127.0.0.1:8000."""

import sys
from importlib import import_module
from pathlib import Path

import uvicorn

if not __package__:  # run as a folder: make the folder a package
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    __package__ = Path(__file__).resolve().parent.name

app = import_module(f"{__package__}.app").create_app_from_environment()
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]) if len(sys.argv) > 1 else 8000)
