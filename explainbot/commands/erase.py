"""`explainbot erase`: everything that was said to and by one customer, destroyed for good."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explainbot.commands import terminal
from explainbot.commands.opening import (
    add_store,
    add_subject,
    configured_path,
    nothing_found,
    open_store,
    subject_of,
    url_of,
)
from explainbot.errors import ConfigError

if TYPE_CHECKING:
    from explainbot.stores.log import Erasure


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Destroy the traces of one customer, or of one conversation whose customer was never named.

    The originals that a vault store keeps of them go too. The key goes first, so that copies and backups cannot be read
    either. The log of traces stays whole and still verifies: a signed record says which traces went, and when. This
    cannot be undone. Where nothing was found the exit code is 1.
    """
    add_subject(parser)
    add_store(parser)
    parser.add_argument("--vaults", type=Path, metavar="FILE", help="the vault store (the settings')")
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Erase, say what went, and return the exit code."""
    vaults = options.vaults or _configured_vaults()
    if vaults is not None and not vaults.exists():
        raise ConfigError(f"there is no vault store at {vaults}; name another one with --vaults")
    # Traces first: a legal hold on them stops everything.
    erasure, hint = _erase_traces(options) if vaults is None or _has_traces(options.store) else (None, "")
    count = None if vaults is None else _erase_vaults(vaults, options)
    if options.json:
        told: dict[str, Any] = {} if erasure is None else asdict(erasure)
        print(json.dumps(told if count is None else {**told, "vaults": count}))
    else:
        lines = []
        if erasure is not None:
            found = "destroyed" if erasure.had_key else "there was none (any more)"
            lines = [("traces erased", str(len(erasure.records))), ("key", found), ("record of it", erasure.id)]
        terminal.fields(lines if count is None else [*lines, ("vaults erased", str(count))])
    if hint:
        print(f"explainbot: {hint}", file=sys.stderr)
    return 0 if count or (erasure is not None and (erasure.records or erasure.had_key)) else 1


def _erase_traces(options: argparse.Namespace) -> tuple[Erasure, str]:
    """What was erased, and what to tell where that is nothing."""
    with open_store(options.store, to_write=True) as store:
        erasure = store.erase(*subject_of(options), tenant=options.tenant)
        return erasure, "" if erasure.records else nothing_found(store, options)


def _erase_vaults(path: Path, options: argparse.Namespace) -> int:
    from explainbot.stores.sqlite.vaults import SQLiteVaults

    with closing(SQLiteVaults(path, options.tenant)) as store:
        return store.erase(*subject_of(options))


def _configured_vaults() -> Path | None:
    from explainbot.config import Settings

    named = Settings.from_env().vault_store
    return named if isinstance(named, Path) and named.exists() else None


def _has_traces(place: str | None) -> bool:
    """Whether traces are kept anywhere; a vault store may stand alone."""
    if place or url_of(place) is not None:
        return True
    with suppress(ConfigError):
        return configured_path().exists()
    return False
