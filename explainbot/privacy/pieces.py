"""What is found in a text as it stands: by every detector, in the text itself or in the strings of a JSON text.

A JSON object or array is read as the text its strings and numbers say, and each find is led back to where it stands in
the notation. What stands as a word of its own only once its neighbour is replaced is found too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from explainbot._json import is_container
from explainbot.errors import DetectorFailed
from explainbot.privacy import placeholders
from explainbot.privacy.detection import PLACEHOLDER_LIKE, Detection, Detector, resolve
from explainbot.privacy.entries import Written
from explainbot.privacy.giving_way import give_way
from explainbot.privacy.jsontext import Layout, Token, tokens, unescape
from explainbot.privacy.triggers import Plan
from explainbot.privacy.views import views

__all__ = ["Piece", "settle"]


class Piece(NamedTuple):
    """A find in the text as it stands: the detection (offsets in the text), its value, and its JSON notation."""

    detection: Detection
    value: str
    written: Written | None = None

    def __repr__(self) -> str:
        return f"Piece({self.detection!r})"


def settle(text: str, plan: Plan, known: Detector | None = None) -> list[Piece]:
    """The finds in a text, in order.

    Args:
        known: a detector besides, which also reads the text as it stands.

    Raises:
        DetectorFailed: a detector raised, or gave offsets outside the text.
    """
    if text.lstrip(" \t\r\n")[:1] in ("{", "[") and is_container(text):
        return _json_pieces(text, plan, known)
    return [Piece(item, text[item.start : item.end]) for item in _spans(text, plan, known)]


def _spans(text: str, plan: Plan, known: Detector | None) -> list[Detection]:
    """Settled detections in a plain text, look-alikes included; `known` reads it as it stands and normalised."""
    found = list(known(text)) if known else []
    for view in views(text, plan.labels.keys()):
        detectors = plan.rules_for(view.text, view.told) if view.parted else plan.chosen(view.text)
        items = _run([*detectors, ("vault", known)] if known else detectors, view.text)
        items = give_way(items, plan.graded, view.text)
        if view.offsets is None:
            found += items
        else:
            found += [_at(item, *view.span(item.start, item.end)) for item in items]
    settled = resolve([*found, *_lookalikes(text)], text)
    while settled and (known or "_" in text):
        laid_bare = list(_laid_bare(text, settled, known))
        if not laid_bare:
            break
        settled = resolve([*settled, *laid_bare], text)
    return settled


def _laid_bare(text: str, settled: Sequence[Detection], known: Detector | None) -> Iterable[Detection]:
    """What stands as a word of its own only once its neighbour is replaced, as in `xEMAIL_1` when `x` is."""
    at = 0
    for start, end in (*[(item.start, item.end) for item in settled], (len(text), len(text))):
        gap = text[at:start]
        for item in (*_lookalikes(gap), *(known(gap) if known else ())):
            yield _at(item, at + item.start, at + item.end)
        at = end


def _run(detectors: Sequence[tuple[str, Detector]], text: str) -> list[Detection]:
    """What the detectors find, named; raises DetectorFailed for one that fails, with nothing of the text in it."""
    found: list[Detection] = []
    size = len(text)
    for name, detector in detectors:
        failed = None
        try:
            for item in detector(text):
                if not 0 <= item[0] < item[1] <= size:
                    failed = "offsets outside the text"
                    break
                found.append(item if item[5] else tuple.__new__(Detection, (*item[:5], name)))
        except Exception as error:  # noqa: BLE001 - any failure means the text counts as unread
            failed = type(error).__name__
        if failed is not None:  # raised here, outside `except`, so that no message with text is chained to it
            raise DetectorFailed(name, failed)
    return found


def _lookalikes(text: str) -> list[Detection]:
    return [
        Detection(item.start, item.end, PLACEHOLDER_LIKE, 1.0, "reads as a placeholder", "placeholders")
        for item in placeholders.find(text)
    ]


def _json_pieces(text: str, plan: Plan, known: Detector | None) -> list[Piece]:
    parts = list(tokens(text))
    nested = {token.start: token for token in parts if not token.number and is_container(token.content)}
    layout = Layout([token for token in parts if token.start not in nested])
    pieces = [
        _json_piece(text, token, low, high, item)
        for item in _spans(layout.text, plan, known)
        for token, low, high in layout.pieces(item.start, item.end)
        if not (token.number and item.detector in plan.graded)  # a sum that reads like a postcode; no name is a number
    ]
    for token in nested.values():
        pieces += [_nested_piece(text, token, piece) for piece in _json_pieces(token.content, plan, known)]
    if "\\" in text:
        pieces += _raw_lookalikes(text, pieces)
    return sorted(_once(pieces), key=lambda piece: piece.detection.start)


def _at(item: Detection, start: int, end: int) -> Detection:
    return item._replace(start=start, end=end)


def _json_piece(text: str, token: Token, low: int, high: int, item: Detection) -> Piece:
    if token.number:
        start, end = token.start, token.start + len(token.content)
        return Piece(_at(item, start, end), token.content, Written(token.content, '"'))
    start, end = token.span(low, high)
    return Piece(_at(item, start, end), token.content[low:high], Written(text[start:end]))


def _nested_piece(text: str, token: Token, piece: Piece) -> Piece:
    """A find inside a JSON text that is itself a string of a JSON text."""
    assert piece.written is not None
    start, end = token.span(piece.detection.start, piece.detection.end)
    quotes = "".join("\\" + char if char in '"\\' else char for char in piece.written.quotes)
    return Piece(_at(piece.detection, start, end), piece.value, Written(text[start:end], quotes))


def _raw_lookalikes(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Look-alikes that only the escaped text shows, as in `EMAIL_1\\u0041`, which reads `EMAIL_1A`."""
    found = []
    edges = [(piece.detection.start, piece.detection.end) for piece in sorted(pieces, key=lambda p: p.detection.start)]
    at = 0
    for start, end in (*edges, (len(text), len(text))):
        for item in _lookalikes(text[at:start]):
            raw = text[at + item.start : at + item.end]
            found.append(Piece(_at(item, at + item.start, at + item.end), unescape(raw)[0], Written(raw)))
        at = end
    return found


def _once(pieces: Iterable[Piece]) -> list[Piece]:
    """Each span once: a number that holds two finds is still replaced once."""
    return list({piece.detection.start: piece for piece in pieces}.values())
