"""Which store a command works on, and whose traces."""

from __future__ import annotations

import argparse
import getpass
import sys
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from explainbot.errors import ConfigError, StoreError
from explainbot.trace.offered import as_term

if TYPE_CHECKING:
    from explainbot.config import Settings
    from explainbot.stores.sealed import SealedStore


def add_store(parser: argparse.ArgumentParser) -> None:
    """The option that names the store."""
    parser.add_argument("--store", metavar="STORE", help="the SQLite file, or the postgresql:// URL (the settings')")


def add_subject(parser: argparse.ArgumentParser, *, required: bool = True, tenant: str | None = "default") -> None:
    """The options that name a customer or a conversation, of `tenant` unless another is named, None for any."""
    who = parser.add_mutually_exclusive_group(required=required)
    who.add_argument("--customer", metavar="ID", help="the customer's id, else e-mail address, as the bot gave it")
    who.add_argument("--conversation", metavar="C", help="a conversation whose customer was never named")
    parser.add_argument("--tenant", default=tenant, metavar="T", help=f"whose customer it is ({tenant or 'any'})")


def subject_of(options: argparse.Namespace) -> tuple[str, str]:
    """Kind and value of what `add_subject` was told."""
    if options.customer is not None:
        return "customer", as_term(options.customer)
    return "conversation", options.conversation


def nothing_found(store: SealedStore, options: argparse.Namespace) -> str:
    """What to tell where a subject has no traces under the tenant that was named: where else they may be."""
    who = "this customer" if options.customer is not None else "this conversation"
    said = f"no traces of {who} are kept under the tenant {options.tenant!r}"
    if others := store.tenants_with(*subject_of(options)):
        return f"{said}; there are some under {_listed(others)}: give it with --tenant"
    hint = "" if options.customer is not None else "; where its customer was named, give --customer"
    return f"{said}, nor under another{hint}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(repr, names))


@contextmanager
def open_store(place: str | None, *, to_write: bool = False, checkpoints: Path | None = None) -> Iterator[SealedStore]:
    """The store at `place`, or the one of the settings, until the end of the block.

    Raises:
        ConfigError: the settings keep no store that another process can read.
        StoreError: it is to be written, and there is none.
    """
    with closing(_opened(place, to_write=to_write)) as store:
        if (elsewhere := checkpoints or _configured().checkpoint_path) is not None:
            store.publish_to(elsewhere)
        yield store


def _opened(place: str | None, *, to_write: bool) -> SealedStore:
    from explainbot.stores.sqlite import SQLiteStore

    if (url := url_of(place)) is not None:
        from explainbot.stores.postgres import PostgresStore

        return PostgresStore(url, read_only=not to_write)
    path = Path(place) if place else configured_path()
    if to_write and not path.exists():
        raise StoreError(f"there is no trace store at {path}; name another one with --store")
    return SQLiteStore(path, read_only=not to_write)


def _configured() -> Settings:
    from explainbot.config import Settings

    return Settings.from_env()


def url_of(place: str | None) -> str | None:
    """The PostgreSQL database at `place`, or the one of the settings; None where it is a file."""
    if place:
        return place if place.startswith(("postgresql://", "postgres://")) else None
    settings = _configured()
    return settings.store_url.get_secret_value() if settings.store == "postgres" and settings.store_url else None


def configured_path() -> Path:
    """The SQLite file that the settings name.

    Raises:
        ConfigError: they name none.
    """
    settings = _configured()
    if settings.store != "sqlite":
        raise ConfigError(f"the settings say store={settings.store!r}, which leaves no file; name one with --store")
    return settings.store_path or settings.default_store_path()


def note_access(place: str | None, what: str, records: Sequence[str]) -> None:
    """Record in the log who has read these traces; where it cannot be written, say so."""
    try:
        with open_store(place, to_write=True) as store:
            store.note_access(_user(), what, records)
    except StoreError as error:
        print(f"explainbot: this reading was not recorded: {error}", file=sys.stderr)


def _user() -> str:
    """Who is at the terminal, as the system says."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def public_key(text: str) -> bytes:
    """A public key, as the command line takes it."""
    try:
        key = b64decode(text, validate=True)
    except Base64Error:
        key = b""
    if len(key) != 32:
        raise argparse.ArgumentTypeError("a public key is 32 bytes in base64")
    return key
