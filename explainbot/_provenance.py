"""Which texts a reply may rest on: documents and the customer's own data, told apart from the messages that carried
them.

A bot usually pastes its documents into a system or user message. A quote should then name the document, not "the
company's instructions", so the part of the message that is the document is blanked out (offsets stay as they are).
Documents the developer named come first; a document that was named but never sent is not evidence, and is listed as
such. Others are found by their shape: `explainbot.passages` says what may be quoted out of instructions, and why.

Lines of the instructions that hold nothing but the customer's own data ("E-mail: [EMAIL_1]") are their profile: they
may see it (GDPR Article 15). A line with one word more stays with the rules, and so does anybody else's data.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from explainbot import _json
from explainbot.explain import Source
from explainbot.passages import Passage, blanked, passages
from explainbot.privacy import Edit, Restorer, Vault, placeholders
from explainbot.protocols.base import SentText
from explainbot.trace import SourceRef

SENT_SHARE = 0.8
"""Share of a document's characters, counted in whole sentences or lines, that must stand in the messages for it to
count as sent: bots trim a passage at its ends and change its line breaks, but do not reword it."""

LONGEST_OWN_ID = 80
"""Characters of an id that a found document may keep as its own."""

_PIECE = re.compile(r"(?<=[.!?。！？])\s+|\s*\n\s*")
_FACT = re.compile(
    r"(?m)^[ \t>*•-]*+(?:\"[^\"\n:]{1,40}\"|[^\W\d_][^\n:=\"\[\]{}]{0,39}?)[ \t*]*[:=][ \t*]*"
    r"(?P<line>\"?\[[^\n:=]{3,200})$"
    r"|\"[^\"\n:]{1,40}\"[ \t]*:[ \t]*(?P<member>\"\[[^\"\n]{2,200}\")"
)
"""A line, or a member of a JSON text, that may hold one value: `- Name: [PERSON_1]`, `"email": "[EMAIL_1]"`."""


def told_apart(
    given: Sequence[Source], messages: Sequence[SentText], is_own: Callable[[str], bool] = lambda placeholder: False
) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """Split what a request carried into sources.

    Args:
        given: documents the developer named, redacted.
        messages: the request's texts as sent.
        is_own: whether a placeholder stands for a value of the customer's own.

    Returns:
        The sources that were sent (given ones first, then those found in each message, then its remaining text), and
        the given ones that were not.
    """
    texts = [message.text for message in messages]
    sent = [source for source in given if _blank_out(source.text, texts)]
    taken = {source.id for source in given} | {message.id for message in messages}
    rest: list[Source] = []
    for message, text in zip(messages, texts, strict=True):
        found = list(_documents(message, text, taken, named=bool(given)))
        without = blanked(text, [span for _, span in found])
        own = _profile(message, without, is_own)
        left = blanked(without, [span for _, span in own])
        rest += [source for source, _ in found]
        rest += _joined(message, own)
        if any(map(str.isalnum, left)) if found or own else left.strip():
            rest.append(Source(id=message.id, text=left, kind=message.kind, tool=message.tool))
    return (*sent, *rest), tuple(source for source in given if source not in sent)


_Span = tuple[int, int]


def _documents(message: SentText, text: str, taken: set[str], *, named: bool) -> Iterator[tuple[Source, _Span]]:
    """The documents inside a message, each with the span it takes up there.

    In the customer's message none are looked for where the developer named documents: what else looks like one is the
    customer's own.
    """
    if named and message.kind == "customer_message":
        return
    for number, passage in enumerate(passages(text, message.kind), 1):
        source = Source(
            id=_free_id(passage, f"{message.id}.{number}", taken),
            text=passage.text,
            title=passage.about.get("title"),
            url=passage.about.get("url"),
            updated=passage.about.get("updated"),
            tool=message.tool,
            version=passage.about.get("version", ""),
            origin=message.kind,
            message=message.id,
            at=passage.start,
        )
        yield source, (passage.outer_start, passage.outer_end)


def _free_id(passage: Passage, otherwise: str, taken: set[str]) -> str:
    """The id a document calls itself by, where it is short, visible and not taken; else one made of its place."""
    own = passage.about.get("id", "")
    found = own if own and len(own) <= LONGEST_OWN_ID and own.isprintable() and own not in taken else otherwise
    taken.add(found)
    return found


def _profile(message: SentText, text: str, is_own: Callable[[str], bool]) -> list[tuple[str, _Span]]:
    """Facts about the customer in the instructions: lines whose whole value is theirs."""
    if message.kind != "instructions" or "[" not in text:
        return []
    facts = []
    for match in _FACT.finditer(text):
        value = match["line"] or match["member"]
        spellings = placeholders.find(value)
        between = blanked(value, [(one.start, one.end) for one in spellings])
        if spellings and not any(map(str.isalnum, between)) and all(is_own(one.placeholder) for one in spellings):
            facts.append((match[0], match.span()))
    return facts


def _joined(message: SentText, facts: Sequence[tuple[str, _Span]]) -> Iterator[Source]:
    """Facts as one source: a slice of the message in which all else is blank."""
    if not facts:
        return
    start = facts[0][1][0]
    pieces: list[str] = []
    at = start
    for text, (begin, end) in facts:
        pieces += (" " * (begin - at), text)
        at = end
    yield Source(
        id=f"{message.id}.profile",
        text="".join(pieces),
        kind="profile",
        origin=message.kind,
        message=message.id,
        at=start,
    )


def _blank_out(document: str, texts: list[str]) -> bool:
    """Blank every piece of `document` out of `texts`; whether enough of it stood there."""
    pieces = standing(document, texts)
    for piece in pieces:
        texts[:] = [text.replace(piece, " " * len(piece)) for text in texts]
    return bool(pieces)


def standing(document: str, texts: Sequence[str]) -> list[str]:
    """The pieces of `document` as they stand in `texts`: the whole, else its sentences; none if too little stands."""
    for form in (document.strip(), _json.escape(document.strip())):
        if form and any(form in text for text in texts):
            return [form]
    pieces = [piece.strip() for piece in _PIECE.split(document)]
    found = [piece for piece in pieces if piece and any(piece in text for text in texts)]
    return found if sum(map(len, found)) >= SENT_SHARE * sum(map(len, pieces)) else []


def source_ref(source: Source) -> SourceRef:
    return SourceRef(
        id=source.id,
        kind=source.kind,
        version=source.version,
        tool=source.tool,
        updated=source.updated,
        purpose=source.purpose,
    )


@dataclass(frozen=True, slots=True)
class Offsets:
    """Where an offset in a redacted text lies once its placeholders are restored."""

    edits: tuple[Edit, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str, vault: Vault, withholds: Callable[[str], bool] | None = None) -> Offsets:
        """The map of one redacted text."""
        edits: list[Edit] = []
        restorer = Restorer(vault, json_string=_json.is_container(text), withholds=withholds, edits=edits)
        restorer.feed(text)
        restorer.flush()
        return cls(tuple(edits), tuple(edit.start for edit in edits))

    def restored(self, offset: int) -> int:
        """The restored offset. One inside a placeholder lies at the start of the value, one at its end at its end."""
        before = bisect_right(self.starts, offset) - 1
        if before < 0:
            return offset
        edit = self.edits[before]
        return edit.out_start if offset < edit.end else edit.out_end + offset - edit.end
