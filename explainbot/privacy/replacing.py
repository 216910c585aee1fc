"""Puts placeholders, or surrogates where no placeholder can stand, in the place of what was found in a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explainbot._json import is_container
from explainbot.privacy.demands import Demands
from explainbot.privacy.detection import PLACEHOLDER_LIKE, Detection
from explainbot.privacy.pieces import Piece
from explainbot.privacy.restorer import Edit
from explainbot.privacy.surrogates import grammar
from explainbot.privacy.vault import Vault
from explainbot.trace import Redacted

__all__ = ["Redaction", "replaced"]


@dataclass(frozen=True)
class Redaction:
    """A redacted text, and what it takes to restore it. Its `repr` shows no original.

    Attributes:
        text: the text with placeholders.
        vault: holds the originals.
        edits: the replacements, from offsets in the original text to offsets in `text`.
    """

    text: Redacted
    vault: Vault
    edits: tuple[Edit, ...]


def replaced(text: str, pieces: Sequence[Piece], vault: Vault, demands: Demands | None = None) -> Redaction:
    """The text with a token in the place of each piece.

    Args:
        demands: where there are any, and they forbid a placeholder, a surrogate stands; None for placeholders only.

    Raises:
        PrivacyError: the vault is full.
    """
    result, edits = _spliced(text, pieces, vault, demands)
    if pieces and pieces[0].written is None and text.lstrip(" \t\r\n")[:1] in ("{", "[") and is_container(result):
        bracket = len(text) - len(text.lstrip(" \t\r\n"))
        mark = Detection(bracket, bracket + 1, PLACEHOLDER_LIKE, 1.0, "would read as JSON", "placeholders")
        pieces = [Piece(mark, text[bracket]), *pieces]
        result, edits = _spliced(text, pieces, vault, demands)
    if demands is not None and not _reads_back(result, edits, vault):
        return replaced(text, pieces, vault)
    return Redaction(Redacted(result), vault, tuple(edits))


def _reads_back(result: str, edits: Sequence[Edit], vault: Vault) -> bool:
    """Whether the surrogates in a text are those that were put there: words beside one may make another of it."""
    put = [(edit.out_start, edit.out_end) for edit in edits if not edit.placeholder.startswith("[")]
    return put == [(one.start, one.end) for one in grammar().find(result, 0, vault.surrogate)]


def _token(piece: Piece, vault: Vault, demands: Demands | None) -> str:
    """What stands for a value: a surrogate where no placeholder can, else a placeholder."""
    kind = piece.detection.entity_type
    demand = demands.of(piece.value, kind) if demands is not None else None
    if demand is not None:
        surrogate = vault.surrogate_for(demand, piece.written)
        is_number = piece.written is not None and piece.written.quotes
        if surrogate is not None and not (is_number and not surrogate.isdigit()):
            return surrogate
    return vault.placeholder_for(piece.value, kind, piece.written)


def _spliced(text: str, pieces: Sequence[Piece], vault: Vault, demands: Demands | None) -> tuple[str, list[Edit]]:
    out: list[str] = []
    edits: list[Edit] = []
    at = length = 0
    for piece in pieces:
        item = piece.detection
        placeholder = _token(piece, vault, demands)
        quotes = piece.written.quotes if piece.written and placeholder.startswith("[") else ""
        replacement = f"{quotes}{placeholder}{quotes}"
        out += (text[at : item.start], replacement)
        length += item.start - at
        edits.append(Edit(item.start, item.end, length, length + len(replacement), item.entity_type, placeholder))
        length += len(replacement)
        at = item.end
    out.append(text[at:])
    return "".join(out), edits
