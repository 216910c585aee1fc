"""Which texts a reply may rest on: the documents the developer named, told apart from the messages that carried them.

A bot usually pastes its documents into a system or user message. A quote should then name the document, not "the
company's instructions", so the part of the message that is the document is blanked out (offsets stay as they are). A
document that was named but never sent is not evidence, and is listed as such.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from explainbot import _json
from explainbot.explain import Source
from explainbot.privacy import Edit, Restorer, Vault
from explainbot.protocols.base import SentText

SENT_SHARE = 0.8
"""Share of a document's characters, counted in whole sentences or lines, that must stand in the messages for it to
count as sent: bots trim a passage at its ends and change its line breaks, but do not reword it."""

_PIECE = re.compile(r"(?<=[.!?。！？])\s+|\s*\n\s*")


def told_apart(given: Sequence[Source], messages: Sequence[SentText]) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """Split what a request carried into sources.

    Args:
        given: documents the developer named, redacted.
        messages: the request's texts as sent.

    Returns:
        The sources that were sent (given ones first, then each message's own remaining text), and the given ones that
        were not.
    """
    texts = [message.text for message in messages]
    sent = [source for source in given if _blank_out(source.text, texts)]
    rest = [
        Source(id=message.id, text=text, kind=message.kind, tool=message.tool)
        for message, text in zip(messages, texts, strict=True)
        if text.strip()
    ]
    return (*sent, *rest), tuple(source for source in given if source not in sent)


def _blank_out(document: str, texts: list[str]) -> bool:
    """Blank every piece of `document` out of `texts`; whether enough of it stood there."""
    for form in (document.strip(), _json.escape(document.strip())):
        if form and _blank(form, texts):
            return True
    pieces = [piece.strip() for piece in _PIECE.split(document)]
    found = [piece for piece in pieces if piece and any(piece in text for text in texts)]
    if not found or sum(map(len, found)) < SENT_SHARE * sum(map(len, pieces)):
        return False
    for piece in found:
        _blank(piece, texts)
    return True


def _blank(piece: str, texts: list[str]) -> bool:
    hits = [number for number, text in enumerate(texts) if piece in text]
    for number in hits:
        texts[number] = texts[number].replace(piece, " " * len(piece))
    return bool(hits)


@dataclass(frozen=True, slots=True)
class Offsets:
    """Where an offset in a redacted text lies once its placeholders are restored."""

    edits: tuple[Edit, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str, vault: Vault) -> Offsets:
        """The map of one redacted text."""
        restorer = Restorer(vault, json_string=_json.is_container(text))
        restorer.feed(text)
        restorer.flush()
        return cls(tuple(restorer.edits), tuple(edit.start for edit in restorer.edits))

    def restored(self, offset: int) -> int:
        """The restored offset. One inside a placeholder lies at the start of the value, one at its end at its end."""
        before = bisect_right(self.starts, offset) - 1
        if before < 0:
            return offset
        edit = self.edits[before]
        return edit.out_start if offset < edit.end else edit.out_end + offset - edit.end
