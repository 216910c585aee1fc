"""`explainbot prove`: that a record is in the log, or that the log only grew, for somebody who has no access to it."""

from __future__ import annotations

import argparse
import sys
from base64 import b64encode
from pathlib import Path

from explainbot.commands import terminal
from explainbot.commands.opening import add_store, note_access, open_store, public_key
from explainbot.errors import ConfigError, StoreError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Write a proof that one record is in the log, or that the log only grew since an older checkpoint; or check one.

    A proof is a few lines of text with a signed checkpoint in it. It shows nothing of the record's content, and whoever
    has the public key checks it without the store: `explainbot prove --check FILE --public-key KEY`.
    """
    parser.add_argument("id", nargs="?", metavar="ID", help="the whole id of the record")
    parser.add_argument(
        "--since", type=Path, metavar="FILE", help="that the log grew since the checkpoint in this file"
    )
    parser.add_argument(
        "--check", type=Path, metavar="FILE", help="check this proof; with --public-key without a store"
    )
    parser.add_argument(
        "--public-key",
        type=public_key,
        metavar="KEY",
        help="the key that must have signed, in base64; else the store's",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="into this new file")
    add_store(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prove or check, and return the exit code.

    Raises:
        ConfigError: not one of the three was asked for.
    """
    if sum(asked is not None for asked in (options.id, options.since, options.check)) != 1:
        raise ConfigError("give the ID of a record, or --since FILE, or --check FILE")
    return _check(options) if options.check is not None else _prove(options)


def _prove(options: argparse.Namespace) -> int:
    from explainbot.stores.proofs import prove_growth, prove_record

    with open_store(options.store) as store:
        proof = prove_record(store, options.id) if options.id else prove_growth(store, _text(options.since))
        signer = b64encode(store.public_key).decode()
    note_access(options.store, "prove", [options.id] if options.id else [])
    if options.out is None:
        sys.stdout.write(proof)
    else:
        with terminal.new_file(options.out) as file:
            file.write(proof.encode())
    print(f"signed by {signer}", file=sys.stderr)
    return 0


def _check(options: argparse.Namespace) -> int:
    from explainbot.stores.proofs import check_growth, check_record

    key, proof = options.public_key or _own_key(options), _text(options.check)
    if proof.startswith("{"):
        before, after = check_growth(proof, key)
        terminal.fields([("grew from", f"{before:,} records"), ("to", f"{after:,}"), ("verdict", "the proof holds")])
        return 0
    proved = check_record(proof, key)
    terminal.fields(
        [
            ("record", f"{proved.row.id} ({proved.row.kind})"),
            ("place", f"{proved.place:,} of {proved.size:,}"),
            ("signed", proved.time),
            ("verdict", "the proof holds"),
        ]
    )
    return 0


def _own_key(options: argparse.Namespace) -> bytes:
    with open_store(options.store) as store:
        return store.public_key


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path} cannot be read ({type(error).__name__})") from None
