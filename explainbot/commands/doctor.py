"""`explainbot doctor`: whether traces can be kept here, and what to mend."""

from __future__ import annotations

import argparse
import os
import platform
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from explainbot.commands import terminal
from explainbot.commands.opening import add_store, configured_path, open_store, url_of
from explainbot.errors import ConfigError, ExplainbotError

Finding = tuple[str, str, str]
"""What was looked at, what was found, and what to do about it, empty for nothing."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Look at the trace store, its keys, its checkpoints and its spool, and say what to mend.

    Exit code 0: all is well. Exit code 1: something is not.
    """
    add_store(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Look, say what was found, and return the exit code."""
    found = [*_findings(options)]
    terminal.fields((what, f"{value}{'  -> ' if advice else ''}{advice}") for what, value, advice in found)
    return int(any(advice for *_, advice in found))


def _findings(options: argparse.Namespace) -> Iterator[Finding]:
    import sqlite3

    from explainbot.stores.sqlite.turns import WAL_MENDED
    from explainbot.stores.wrapping import KEY_VARIABLE

    if url_of(options.store) is not None:
        yield "python", platform.python_version(), ""
        with open_store(options.store) as store:
            yield "key", *_key(store.path)
        yield from _log(options.store)
        return
    path = Path(options.store) if options.store else configured_path()
    yield "python", platform.python_version(), ""
    old = sqlite3.sqlite_version_info < WAL_MENDED
    note = "; before 3.51.3 processes that write take turns, so that the write-ahead log stays whole" if old else ""
    yield "sqlite", f"{sqlite3.sqlite_version}{note}", ""
    if not path.exists():
        yield "store", f"none at {path} yet", "" if _writable(path) else "this user cannot write there"
        if os.environ.get(KEY_VARIABLE):
            yield "key", *_key(path)
        return
    yield "store", f"{path}, {path.stat().st_size:,} bytes", _rights(path)
    yield from _months(path)
    yield from _keys(path)
    yield from _log(options.store)
    left = [*path.with_name(f"{path.name}.spool").glob("[!.]*")]
    waiting = sum(file.stat().st_size > SPOOL_PAGE for file in left)
    yield "spool", f"{len(left)} files, {waiting} with traces that wait for the store", ""


def _months(path: Path) -> Iterator[Finding]:
    """The files of the months that are over."""
    from explainbot.stores.sqlite import SQLiteStore

    try:
        with closing(SQLiteStore(path, read_only=True)) as store:
            files = store.month_files()
    except ExplainbotError:
        return  # what is wrong is told where the records are looked at
    gone = [file.name for file in files if not file.exists()]
    size = sum(file.stat().st_size for file in files if file.exists())
    advice = f"bring back {', '.join(gone)}: the log has a hole" if gone else ""
    advice = advice or next((found for file in files if (found := _rights(file))), "")
    yield "months that are over", f"{len(files)} files beside it, {size:,} bytes" if files else "none yet", advice


SPOOL_PAGE = 4096
"""Bytes of a spool file without records."""


def _key(path: Path) -> tuple[str, str]:
    """Where the key-encryption key is, and what to do about it."""
    from explainbot.stores.wrapping import KEY_VARIABLE, LocalKey

    key = path.with_name(f"{path.name}.key")
    if os.environ.get(KEY_VARIABLE):
        try:
            LocalKey.from_environment()
        except ConfigError as error:
            return f"in {KEY_VARIABLE}", str(error)
        return f"in {KEY_VARIABLE}", ""
    if key.exists():
        return f"{key}; keep a copy elsewhere, or better move it into {KEY_VARIABLE}", _rights(key)
    return "none", f"bring {key} back or set {KEY_VARIABLE}: without it no trace can be read"


def _keys(path: Path) -> Iterator[Finding]:
    yield "key", *_key(path)
    table = path.with_name(f"{path.name}.keys")
    yield "wrapped keys", str(table), _rights(table) if table.exists() else "bring it back: no trace can be read"


def _log(place: str | None) -> Iterator[Finding]:
    try:
        with open_store(place) as store:
            size = store.size()
            yield "records", f"{size:,}", ""
            yield "signed by", b64encode(store.public_key).decode(), ""
            notes = store.checkpoints.published()
    except ExplainbotError as error:
        yield "records", "they cannot be read", str(error)
        return
    where = store.checkpoints.path
    advice = "" if notes or not size else "bring the copy back, or the end of the log can be cut unnoticed"
    beside = "; they stand beside the store: copy them elsewhere" if where.parent == store.path.parent else ""
    yield "checkpoints", f"{len(notes):,} in {where}{beside}", advice


def _rights(path: Path) -> str:
    return f"others can read it; run: chmod 600 {path}" if path.stat().st_mode & 0o077 else ""


def _writable(path: Path) -> bool:
    """Whether the file can be made, in the nearest directory there is."""
    place = next((parent for parent in path.absolute().parents if parent.exists()), Path("/"))
    return os.access(place, os.W_OK | os.X_OK)
