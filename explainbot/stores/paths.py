"""Where traces go when nothing is said."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["default_store_path"]


def default_store_path() -> Path:
    """`$XDG_STATE_HOME/explainbot/traces.db` (XDG Base Directory 0.8)."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "explainbot" / "traces.db"
